/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The panes of the inside view of a text, from the top of the screen to the
 * bottom.
 */
#ifndef LSTMTUI_TUI_MICROSCOPE_PANES_H
#define LSTMTUI_TUI_MICROSCOPE_PANES_H

#include <stddef.h>
#include <stdint.h>

#include "task/text.h"
#include "tui/pane.h"

struct action;
struct microscope;

extern const struct view view_microscope; /* tui/microscope_view.c */

/* The keys that the narrator recommends: tui/microscope_view.c. */
extern const struct action microscope_prime, microscope_gates;

/* tui/microscope_bars.c */
extern const struct pane microscope_title, microscope_caption;
extern const struct pane microscope_text;
extern const struct pane microscope_units;
extern const struct pane microscope_expected, microscope_back;

/* Rows of the panes of a character (see pane_place). */
int microscope_character_rows(const struct app *app, int rows, int columns);

/* Remember the room that the text has on the screen. */
void microscope_text_measure(const struct app *app,
	struct microscope *microscope);

/* Move the cursor by so many pages of lines, to the same column. */
void microscope_text_page(const struct app *app, struct microscope *microscope,
	int by);

enum { MICROSCOPE_GLYPH_SIZE = TEXT_ENCODED_SIZE };

/*
 * Write a character as a sign of one or two columns: a line end, a tab or a
 * character that cannot be shown has a sign of its own. A word is written as it
 * is. Returns the columns.
 */
int microscope_glyph(const struct app *app, uint32_t token,
	char text[MICROSCOPE_GLYPH_SIZE]);

#endif
