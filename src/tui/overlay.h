/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An overlay: a box over the panes that takes the keys, such as the help or a
 * question. Each kind is a constant of this struct in a file of its own. The
 * open ones are a stack, of which the top one is seen.
 */
#ifndef LSTMTUI_TUI_OVERLAY_H
#define LSTMTUI_TUI_OVERLAY_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/area.h"

struct app;

struct overlay {
	bool is_dialog;  /* takes the place of the dialog on top, if any */
	bool stops_run;  /* training waits until it is closed */
	bool takes_text; /* pasted characters are typed into it */
	/* bytes of what an open one remembers, OVERLAY_STATE_SIZE at most */
	size_t state_size;

	/* Take a key. It may close the overlay, which releases its state. */
	void (*key)(struct app *app, void *state, int key);

	/* Draw it in the middle of a screen of that size. */
	void (*draw)(const struct app *app, const void *state, int rows,
		int columns);
};

enum { OVERLAYS_MAX = 4, OVERLAY_STATE_SIZE = 16384 };

/* With room for their states: a question is not to fail for lack of memory. */
struct overlay_stack {
	size_t count;
	struct overlay_entry {
		const struct overlay *overlay;
		union {
			max_align_t alignment;
			unsigned char bytes[OVERLAY_STATE_SIZE];
		} state;
	} entry[OVERLAYS_MAX]; /* from the bottom */
};

/*
 * Put an overlay on top, of a stack that is full in place of the one there.
 * Returns its state, all bytes 0, which is in the stack.
 */
void *overlay_open(struct overlay_stack *stack, const struct overlay *overlay);

/* Remove the one on top, if any. */
void overlay_close(struct overlay_stack *stack);

/* Remove all. */
void overlay_close_all(struct overlay_stack *stack);

/* The one on top, or NULL. */
const struct overlay *overlay_top(const struct overlay_stack *stack);

/* The state of the topmost open overlay of a kind, or NULL. */
void *overlay_state(struct overlay_stack *stack, const struct overlay *overlay);

/* Whether training waits for any of them. */
bool overlay_stops_run(const struct overlay_stack *stack);

/* Give a key to the one on top; draw it. Neither does anything without one. */
void overlay_key(struct overlay_stack *stack, struct app *app, int key);
void overlay_draw(const struct overlay_stack *stack, const struct app *app,
	int rows, int columns);

/*
 * An area in the middle of a screen of that size, of the wanted size where it
 * fits; cleared.
 */
struct area overlay_area(int rows, int columns, int wanted_rows,
	int wanted_columns);

#endif
