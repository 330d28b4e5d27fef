/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A sweep: the same run for several sizes of the model and several seeds,
 * each kept in a model file of its own in one directory. The files are all
 * that a sweep remembers of its runs: what is trained, how far and how well
 * is read from them, whoever trained them.
 */
#ifndef LSTMTUI_SWEEP_SWEEP_H
#define LSTMTUI_SWEEP_SWEEP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "run/settings.h"

enum { SWEEP_RUNS_MAX = 10000 };

/* One run, by the size of its one layer and its seed. */
struct sweep_run {
	size_t units;
	uint64_t seed;
	char *model; /* the file's name, with the directory */

	/* what stands in the file, after sweep_look */
	uint64_t updates;  /* 0: no file, or nothing done */
	bool is_finished;  /* the updates wanted are done */
	bool is_evaluated; /* and what follows from there is known */
	size_t parameters;
	double loss;        /* on fresh data, as `evaluate` gives it */
	double shape_error; /* NaN: the task has none */
	double shape_size;  /* NaN likewise */
	bool is_degenerate; /* it draws a dot: see task/extent.h */
	size_t length, features;
	float *shape; /* [length, features]: what the model draws, or NULL */

	/* of training, in one sitting by the sweep; NaN: not known */
	double seconds;
};

struct sweep {
	const struct context *context; /* borrowed */
	char *directory;
	/* complete, but for the units and the seed: those are each run's */
	struct settings settings;
	uint64_t data_hash; /* of its data, wherever the file is; 0: made */
	uint64_t evaluated; /* sequences that a loss is the mean of */
	bool is_collected;  /* each run has a target of its own */
	bool force;         /* replace results that are not a sweep's */
	/*
	 * sweep_results_check found a shapes.svg that may be replaced: that of
	 * an older program is known only as long as its results.json stands
	 */
	bool has_own_shapes;
	size_t count;
	struct sweep_run *runs; /* [count], by units, then by seed */
};

/* The runs of one size, as far as they are finished. */
struct sweep_size {
	size_t first, count; /* its runs: of sweep->runs */
	size_t units, parameters;
	size_t finished;
	uint64_t updates_min, updates_max; /* done by those */
	/* of their losses; spread: the standard deviation, NaN below two */
	double mean, spread, min, max;
	double shape_error; /* the mean; NaN: the task has none */
	size_t degenerate;  /* runs that draw a dot */
	size_t median;      /* the run in the middle by loss, or SIZE_MAX */
};

/*
 * Plan a run for every size ("1,2,5") and each of `seeds` seeds from
 * first_seed on. The settings are those asked for; they are completed here.
 * Release it with sweep_destroy, also after a failure.
 */
bool sweep_plan(struct sweep *sweep, const struct context *context,
	const char *directory, const char *sizes, uint64_t first_seed,
	uint64_t seeds, const struct settings *settings, settings_mask given,
	struct error *error);

/*
 * Find the runs whose files stand in a directory; the settings are theirs,
 * on which they have to agree.
 */
bool sweep_find(struct sweep *sweep, const struct context *context,
	const char *directory, struct error *error);

void sweep_destroy(struct sweep *sweep);

/*
 * Read the file of a run: how far it is, the shape that the model draws and,
 * once it is finished, how well it does. No file is no error. Returns false
 * for a damaged file and, as wrong usage, for a run with other settings than
 * the sweep's.
 */
bool sweep_look(const struct sweep *sweep, struct sweep_run *run,
	struct error *error);

/*
 * Look at all of them, up to a signal, and take over the seconds that an
 * earlier results.json tells.
 */
bool sweep_look_all(struct sweep *sweep, struct error *error);

/* How many sizes there are. */
size_t sweep_sizes(const struct sweep *sweep);

/* The size whose runs begin at sweep->runs[first]. */
struct sweep_size sweep_size(const struct sweep *sweep, size_t first);

/*
 * The updates that finished runs have done, those of the least and of the most
 * of them; 0 where none is finished. They differ where models of longer runs
 * are in the directory.
 */
void sweep_updates(const struct sweep *sweep, uint64_t *min, uint64_t *max);

/* How many runs are finished. */
size_t sweep_finished(const struct sweep *sweep);

#endif
