/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Write the results of a sweep to files: results.csv, with a line for each
 * finished run, and results.json, with an object for each finished run and the
 * statistics of each combination, in the array "sizes". Both are written
 * atomically.
 */
#ifndef LSTMTUI_SWEEP_SWEEP_RESULTS_H
#define LSTMTUI_SWEEP_SWEEP_RESULTS_H

#include <jansson.h>

#include "file/atomic_file.h"
#include "sweep/sweep.h"

/* The files that a sweep writes to its directory, besides the models. */
enum sweep_result {
	SWEEP_RESULT_CSV,
	SWEEP_RESULT_JSON,
	SWEEP_RESULT_SHAPES /* an image: sweep/sweep_report.h */
};

/* Return the file name of a result; NULL after the last one. */
const char *sweep_result_name(size_t result);

/*
 * Marks by which a sweep recognizes its files: the start of results.csv, the
 * string "format" of results.json, the end of shapes.svg.
 */
#define SWEEP_CSV_BEGIN "units,seed,parameters,updates,loss"
#define SWEEP_FORMAT "lstmtui sweep"
#define SWEEP_SHAPES_END "<!-- lstmtui sweep -->\n"

/*
 * Check that all results can be written, and that existing files may be
 * replaced: they were written by a sweep of this or an older version and are
 * not write-protected, or sweep->is_forced. Return false, with the path and the
 * cause in the message, otherwise.
 */
bool sweep_results_check(struct sweep *sweep, struct error *error);

/*
 * Begin to write a result. Return NULL, with the path and the cause in the
 * message, on failure or if an existing file may not be replaced.
 */
struct atomic_file *sweep_result_open(const struct sweep *sweep,
	enum sweep_result result, struct error *error);

/* Read an existing results.json. The caller releases it. NULL on failure. */
json_t *sweep_results_read(const struct sweep *sweep);

/* Write results.csv and results.json to the sweep's directory. */
bool sweep_write_results(const struct sweep *sweep, struct error *error);

/*
 * Read the seconds of finished runs, which model files do not contain, from an
 * existing results.json. Ignore a missing or invalid file.
 */
void sweep_read_seconds(struct sweep *sweep);

#endif
