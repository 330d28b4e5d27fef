/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A sweep: runs that differ in some settings and in the seed, each with its own
 * model file in one directory. The values of the varied settings multiply: each
 * combination of them is trained with each seed. The progress and results of
 * the runs are read from the model files, no matter which process trained them.
 */
#ifndef LSTMTUI_SWEEP_SWEEP_H
#define LSTMTUI_SWEEP_SWEEP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "run/settings.h"

enum { SWEEP_RUNS_MAX = 10000, SWEEP_AXES_MAX = 8 };

/* A setting that the sweep varies, and its values. */
struct sweep_axis {
	const struct setting *setting;
	size_t count;
	char **value; /* [count] as text, in the order of the table */
};

/* A combination of values of the varied settings. */
struct sweep_combination {
	/*
	 * [axes], owned: the values as text; of a file its name without
	 * folders, of a flag "yes" or "no"
	 */
	char *value[SWEEP_AXES_MAX];
	struct settings settings; /* of its runs, except their seed */
	settings_mask given;      /* to give to `train`; not of a collection */
	uint64_t data_hash;       /* hash of --data; 0: generated data */
	size_t first, count;      /* its runs in sweep->runs */
};

/* A run of a sweep, identified by its combination and its seed. */
struct sweep_run {
	size_t combination; /* index in sweep->combinations */
	uint64_t seed;
	char *model; /* path of the model file */

	/* read from the model file by sweep_load_run */
	uint64_t updates;  /* updates done; 0: none, or no file */
	bool is_finished;  /* the target is reached, or patience is lost */
	bool is_evaluated; /* the values up to is_degenerate are set */
	size_t parameters;
	double loss; /* on data not trained on, as `evaluate` computes it */
	double bits; /* per character; NaN: not a text */
	double shape_error; /* NaN: the task has none */
	double shape_size;  /* NaN: the task has none */
	bool is_degenerate; /* the model draws a dot: see task/extent.h */
	size_t length, features;
	/* [length, features], drawn by the model; NULL: none, or a text */
	float *shape;

	/* time of training without interruption by a sweep; NaN: unknown */
	double seconds;
};

struct sweep {
	const struct context *context; /* borrowed */
	char *directory;
	size_t axes;
	struct sweep_axis axis[SWEEP_AXES_MAX];
	uint64_t evaluated; /* number of sequences in an evaluation */
	bool is_collected;  /* each run has its own target */
	bool is_forced;     /* replace files not written by a sweep */
	/*
	 * sweep_results_check found a shapes.svg that may be replaced. That of
	 * an older version is recognized by its results.json, which may be
	 * replaced first.
	 */
	bool has_own_shapes;
	size_t combinations;
	struct sweep_combination *combination; /* [combinations] */
	size_t count;
	struct sweep_run *runs; /* [count], by combination, then by seed */
};

/* Statistics of the finished runs of a combination. */
struct sweep_statistics {
	size_t parameters;
	size_t finished;                   /* number of finished runs */
	uint64_t updates_min, updates_max; /* updates that they have done */
	/* of their losses; spread: standard deviation, NaN for one run */
	double mean, spread, min, max;
	double shape_error; /* mean; NaN: the task has none */
	double bits;        /* mean per character; NaN: not a text */
	size_t degenerate;  /* number of runs that draw a dot */
	size_t median;      /* index of the run of median loss, or SIZE_MAX */
};

/* What to plan. */
struct sweep_request {
	/* the values of each varied setting: "units=1,2,5" */
	const char *const *vary;
	size_t varied;
	/* the values of the units; NULL: not varied, or by `vary` */
	const char *units;
	uint64_t first_seed, seeds;
	const struct settings *settings;
	settings_mask given; /* the settings that the user has set */
};

/*
 * Plan a run for each combination of the varied settings and each seed. The
 * settings that are not given are completed for each combination. A given
 * setting must have an effect in at least one; a varied one in all. Returns
 * false, as an error of usage, with the combination in the message, if its
 * settings contradict each other. Release the sweep with sweep_destroy, also
 * after a failure.
 */
bool sweep_plan(struct sweep *sweep, const struct context *context,
	const char *directory, const struct sweep_request *request,
	struct error *error);

/*
 * Create the first run of each combination, so that an error common to its runs
 * is reported once, and before any is trained. Sets the hash of the data and
 * the settings that depend on the data.
 */
bool sweep_try(struct sweep *sweep, struct error *error);

/*
 * Find the runs whose model files are in a directory, by their names. Release
 * the sweep with sweep_destroy, also after a failure.
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

/* Return the settings of a run, except its seed. */
const struct settings *sweep_settings(const struct sweep *sweep,
	const struct sweep_run *run);

/* Return the axis of a setting, or NULL if it is the same in all runs. */
const struct sweep_axis *sweep_axis_of(const struct sweep *sweep,
	const struct setting *setting);

/*
 * Whether all combinations have the same task, which decides what a shape is.
 */
bool sweep_has_one_task(const struct sweep *sweep);

/*
 * Return the name of the error of a shape, "shape_error" for several tasks, or
 * NULL if no task has one.
 */
const char *sweep_shape_error_name(const struct sweep *sweep);

/* Whether a combination learns a text; whether any of them draws shapes. */
bool sweep_is_text(const struct sweep *sweep, size_t combination);
bool sweep_draws(const struct sweep *sweep);

/* Return the statistics of a combination. */
struct sweep_statistics sweep_statistics(const struct sweep *sweep,
	size_t combination);

/*
 * Store the smallest and largest number of updates of finished runs; 0 if no
 * run is finished. They differ if the directory contains longer runs.
 */
void sweep_updates(const struct sweep *sweep, uint64_t *min, uint64_t *max);

/* Return the largest number of updates that a combination is trained for. */
uint64_t sweep_target(const struct sweep *sweep);

/* Return the number of finished runs. */
size_t sweep_finished(const struct sweep *sweep);

#endif
