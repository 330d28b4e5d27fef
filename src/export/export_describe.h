/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an export says of a run besides its weights, as JSON: the settings, the
 * vocabulary of a text, the scaling of data.
 */
#ifndef LSTMTUI_EXPORT_EXPORT_DESCRIBE_H
#define LSTMTUI_EXPORT_EXPORT_DESCRIBE_H

#include <jansson.h>

#include "run/run_view.h"

/*
 * Return an object with "program", "parameters", "updates", "settings", an
 * object with the settings by their keys in a model file (numbers as numbers),
 * "length" and, of points, "start": the default length of generated sequences
 * and the scaled points that they start from; and those of "vocabulary" and
 * "scaling" that the run has; NULL if out of memory.
 */
json_t *export_describe(const struct run *run);

/*
 * Return the tokens of a text as a list of strings, in the order of the model's
 * inputs. A byte is the character of that code point. NULL if out of memory.
 */
json_t *export_vocabulary(const struct vocabulary *vocabulary);

/*
 * Return {"columns": names or null, "offset": [...], "factor": [...]}: a number
 * of the data is offset + factor · scaled. null if nothing is scaled; NULL if
 * out of memory.
 */
json_t *export_scaling(const struct run *run);

/*
 * Describe the run in a line: its task, framing, architecture and updates.
 * Returns text. The size is for 16 layers with room to spare.
 */
enum { EXPORT_LINE_SIZE = 1280 };
char *export_describe_line(const struct run *run, char text[EXPORT_LINE_SIZE]);

/* Return JSON text with its keys in a fixed order, or NULL. Free it. */
char *export_json_text(const json_t *value);

#endif
