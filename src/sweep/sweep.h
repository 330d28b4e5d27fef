/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A sweep: runs that differ in the size of the model and in the seed, each with
 * its own model file in one directory. The progress and results of the runs are
 * read from these files, no matter which process trained them.
 */
#ifndef LSTMTUI_SWEEP_SWEEP_H
#define LSTMTUI_SWEEP_SWEEP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "run/settings.h"

enum { SWEEP_RUNS_MAX = 10000 };

/* A run of a sweep, identified by the units of its only layer and its seed. */
struct sweep_run {
	size_t units;
	uint64_t seed;
	char *model; /* path of the model file */

	/* read from the model file by sweep_load_run */
	uint64_t updates;  /* updates done; 0: none, or no file */
	bool is_finished;  /* the target is reached, or patience is lost */
	bool is_evaluated; /* the values up to is_degenerate are set */
	size_t parameters;
	double loss;        /* on fresh data, as `evaluate` computes it */
	double shape_error; /* NaN: the task has none */
	double shape_size;  /* NaN: the task has none */
	bool is_degenerate; /* the model draws a dot: see task/extent.h */
	size_t length, features;
	float *shape; /* [length, features], drawn by the model; or NULL */

	/* time of training without interruption by a sweep; NaN: unknown */
	double seconds;
};

struct sweep {
	const struct context *context; /* borrowed */
	char *directory;
	/* the settings of all runs, except their units and seed */
	struct settings settings;
	uint64_t data_hash; /* hash of --data; 0: generated data */
	uint64_t evaluated; /* number of sequences in an evaluation */
	bool is_collected;  /* each run has its own target */
	bool is_forced;     /* replace files not written by a sweep */
	/*
	 * sweep_results_check found a shapes.svg that may be replaced. That of
	 * an older version is recognized by its results.json, which may be
	 * replaced first.
	 */
	bool has_own_shapes;
	size_t count;
	struct sweep_run *runs; /* [count], by units, then by seed */
};

/* Statistics of the finished runs of one size. */
struct sweep_size {
	size_t first, count; /* all runs of this size in sweep->runs */
	size_t units, parameters;
	size_t finished;                   /* number of finished runs */
	uint64_t updates_min, updates_max; /* updates that they have done */
	/* of their losses; spread: standard deviation, NaN for one run */
	double mean, spread, min, max;
	double shape_error; /* mean; NaN: the task has none */
	size_t degenerate;  /* number of runs that draw a dot */
	size_t median;      /* index of the run of median loss, or SIZE_MAX */
};

/*
 * Plan a run for each size in a list such as "1,2,5" and each of `seeds` seeds
 * from first_seed on. `given` marks the settings that the user has set; the
 * others are completed. Release the sweep with sweep_destroy, also after a
 * failure.
 */
bool sweep_plan(struct sweep *sweep, const struct context *context,
	const char *directory, const char *sizes, uint64_t first_seed,
	uint64_t seeds, const struct settings *settings, settings_mask given,
	struct error *error);

/*
 * Find the runs whose model files are in a directory. The sweep gets the
 * settings of the first file and the largest target of all files. Release the
 * sweep with sweep_destroy, also after a failure.
 */
bool sweep_find(struct sweep *sweep, const struct context *context,
	const char *directory, struct error *error);

void sweep_destroy(struct sweep *sweep);

/*
 * Read the model file of a run: its updates, the shape that the model draws
 * and, if the run is finished, its evaluation. A missing file is not an error.
 * Return false for a damaged file and, as an error of usage, for a run whose
 * settings or data differ from the sweep's.
 */
bool sweep_load_run(const struct sweep *sweep, struct sweep_run *run,
	struct error *error);

/*
 * Read the model files of all runs until a signal arrives, and the seconds of
 * finished runs from an existing results.json.
 */
bool sweep_load_runs(struct sweep *sweep, struct error *error);

/* Return the number of different sizes. */
size_t sweep_sizes(const struct sweep *sweep);

/* Return the statistics of the size whose first run is sweep->runs[first]. */
struct sweep_size sweep_size(const struct sweep *sweep, size_t first);

/*
 * Store the smallest and largest number of updates of finished runs; 0 if no
 * run is finished. They differ if the directory contains longer runs.
 */
void sweep_updates(const struct sweep *sweep, uint64_t *min, uint64_t *max);

/* Return the number of finished runs. */
size_t sweep_finished(const struct sweep *sweep);

#endif
