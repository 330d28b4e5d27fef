/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The signs on the screen. */
#ifndef LSTMTUI_TUI_SCREEN_SIGNS_H
#define LSTMTUI_TUI_SCREEN_SIGNS_H

/* Signs that differ between UTF-8 and ASCII. */
struct screen_signs {
	const char *arrow, *separator, *times;
	const char *running, *waiting, *paused, *finished;
	const char *less, *more; /* around a value that keys change */
	const char *bar_full, *bar_rest;
	const char *cursor;
	const char *here;   /* the update that is shown, under the plot */
	const char *point;  /* marks a cell of a heat map of one column */
	const char *block;  /* of a bar */
	const char *hatch;  /* a cell without a value */
	const char *rule;   /* a line between two maps */
	const char *middle; /* marks a median or a mean */
	const char *space, *line_end; /* characters of a text */
	const char *times_dot, *minus;
	const char *level[8]; /* from low to high */
};

extern const struct screen_signs screen_signs_utf8, screen_signs_ascii;

#endif
