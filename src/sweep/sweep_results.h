/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The results of a sweep as files: results.csv with a line, results.json
 * with an object for every finished run, the latter also with the statistics
 * of every size. Both are replaced whole, never half written.
 */
#ifndef LSTMTUI_SWEEP_SWEEP_RESULTS_H
#define LSTMTUI_SWEEP_SWEEP_RESULTS_H

#include <jansson.h>

#include "file/atomic_file.h"
#include "sweep/sweep.h"

/* The files that a sweep leaves in its directory beside the models. */
enum sweep_result {
	SWEEP_RESULT_CSV,
	SWEEP_RESULT_JSON,
	SWEEP_RESULT_SHAPES /* a picture: sweep/sweep_report.h */
};

/* The name of one, without the directory; NULL past the last. */
const char *sweep_result_name(size_t result);

/*
 * Where sweeps write that a result is theirs: the beginning of results.csv,
 * the string "format" of results.json, the end of shapes.svg.
 */
#define SWEEP_CSV_BEGIN "units,seed,parameters,updates,loss"
#define SWEEP_FORMAT "lstmtui sweep"
#define SWEEP_SHAPES_END "<!-- lstmtui sweep -->\n"

/*
 * Whether all results can be written and what stands under their names may be
 * replaced: it is a sweep's own and not write-protected, or sweep->force.
 * Results of older programs are known too. Returns false with the file and
 * the cause.
 */
bool sweep_results_check(struct sweep *sweep, struct error *error);

/*
 * Begin to write a result. Returns NULL, with the file and the cause, also
 * where what is there may not be replaced.
 */
struct atomic_file *sweep_result_open(const struct sweep *sweep,
	enum sweep_result result, struct error *error);

/* An earlier results.json, which the caller releases, or NULL. */
json_t *sweep_results_read(const struct sweep *sweep);

/* Write both files into the sweep's directory. */
bool sweep_write_results(const struct sweep *sweep, struct error *error);

/*
 * Take over the seconds of finished runs from an earlier results.json: the
 * one thing that their files do not tell. One that is not there or makes no
 * sense is no error.
 */
void sweep_read_seconds(struct sweep *sweep);

#endif
