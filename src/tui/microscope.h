/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The state of the inside view of a text: a text under the microscope, with the
 * states of one unit at all of its characters, and the cursor, a character. The
 * panes tui/microscope_*.c draw it; the actions of tui/microscope_view.c change
 * it.
 *
 * As in tui/inside.h the numbers are computed in small parts before a frame and
 * shown when they are complete. Only how far back the network looked at the
 * character under the cursor is computed anew when the cursor moves, with the
 * same weights.
 */
#ifndef LSTMTUI_TUI_MICROSCOPE_H
#define LSTMTUI_TUI_MICROSCOPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tui/microscope_result.h"
#include "tui/share.h"

struct app;

enum { MICROSCOPE_GIVEN_SIZE = 1024 /* of a file name or a typed text */ };

enum microscope_stage {
	MICROSCOPE_IDLE,
	MICROSCOPE_VALUES,
	MICROSCOPE_OTHER, /* the values on the other side of the memory */
	MICROSCOPE_UNITS,
	MICROSCOPE_LOOK
};

struct microscope {
	bool is_open;
	/* result[shown] is complete if has_results; the other is computed */
	struct microscope_result result[2];
	int shown;
	bool has_results, is_stale;
	struct error failure; /* why there are no results, or "" */

	/* of the computation in progress */
	enum microscope_stage stage;
	struct text_features features;
	size_t at_layer, at_unit;
	bool is_looking; /* back[] of the shown result is computed */

	/* selected by the user */
	enum microscope_source source;
	char path[MICROSCOPE_GIVEN_SIZE], typed[MICROSCOPE_GIVEN_SIZE];
	struct text_excerpt
		given; /* by the source, unless it is the own text */
	size_t layer, unit;
	bool has_unit;
	/* the character, or the number of all of them: the next one */
	size_t at;
	bool has_cursor;

	int page_rows, columns; /* of the text, in the last frame */

	/* time: see tui/inside.c */
	struct share share;
	double computed_at;
};

/* Return the state; the result that is shown, or NULL if there is none. */
struct microscope *microscope_of(const struct app *app);
const struct microscope_result *microscope_result(
	const struct microscope *microscope);

/* Hooks of the view. */
void microscope_enter(struct app *app, void *state);
void microscope_leave(struct app *app, void *state);
bool microscope_prepare(struct app *app, void *state, double now);

/* Look at another source; the cursor goes to its first place. */
void microscope_look_at(struct microscope *microscope,
	enum microscope_source source);

/* Go on to the source after the present one that has a text. */
enum microscope_source microscope_next_source(
	const struct microscope *microscope);

/* Move the cursor to a character, or to the last one. */
void microscope_go_to(struct microscope *microscope, size_t at);

/* Return the place of the selected unit in the order of the units, from 0. */
size_t microscope_rank(const struct microscope *microscope);

/* Select the unit at a place of the order, or the last one. */
void microscope_select(struct microscope *microscope, size_t rank);

#endif
