/*
 * The results of a sweep as files: results.csv with a line, results.json
 * with an object for every finished run, the latter also with the statistics
 * of every size. Both are replaced whole, never half written.
 */
#ifndef LSTMTUI_RUN_SWEEP_RESULTS_H
#define LSTMTUI_RUN_SWEEP_RESULTS_H

#include "run/sweep.h"

/* The files that a sweep leaves in its directory beside the models. */
enum sweep_result {
	SWEEP_RESULT_CSV,
	SWEEP_RESULT_JSON,
	SWEEP_RESULT_SHAPES /* a picture: cli/sweep_report.h */
};

/* The name of one, without the directory; NULL past the last. */
const char *sweep_result_name(size_t result);

/* Write both files into the sweep's directory. */
bool sweep_write_results(const struct sweep *sweep, struct error *error);

/*
 * Take over the seconds of finished runs from an earlier results.json: the
 * one thing that their files do not tell. One that is not there or makes no
 * sense is no error.
 */
void sweep_read_seconds(struct sweep *sweep);

#endif
