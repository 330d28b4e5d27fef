/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The data of a page that shows a run (export_html.c): a JSON object, which
 * src/export/page/data.js reads. It is that of export_describe, without the
 * folders of files, and
 *
 *   name      of the model
 *   task      {singular, plural, closed, strokes, form, unit, floor}
 *   window, features, outputs, length, learning
 *   average   the moving average of the loss
 *   command   the line that repeats the run
 *   history   the loss, floats [columns, 4]: first update, mean, min, max
 *   validations  floats [count, 2]: update, loss
 *   isRising     whether the losses of validations rise since the best one
 *   start     floats [points, features], scaled: the run's start
 *   examples  a list of points, floats [length, features], scaled, or of lists
 *             of tokens: sequences to look at
 *   end       {points, count, states}: the end of the data, and the state of
 *             each layer before it, h and c; or null
 *   snapshots list of {update, average, points in the data's units or tokens}
 *   weights   list of [name, rows, columns], rows 0 for a vector
 *   values    floats, of these tensors one after the other
 *
 * Floats are base64 of IEEE 754, lowest byte first.
 */
#ifndef LSTMTUI_EXPORT_PAGE_DATA_H
#define LSTMTUI_EXPORT_PAGE_DATA_H

#include <jansson.h>
#include <stdbool.h>

#include "base/error.h"
#include "export/export_source.h"

/*
 * Return the object. *lacks_data is whether the run has a data file that cannot
 * be read any more, or has changed: the page then shows none of its sequences.
 * NULL if out of memory.
 */
json_t *page_data(const struct export_source *source, bool *lacks_data,
	struct error *error);

#endif
