/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An overlay: a box over the panes that receives the keys, such as the help or
 * a question. Each kind is a constant of this struct in a file of its own. The
 * open overlays form a stack; only the top one is drawn.
 */
#ifndef LSTMTUI_TUI_OVERLAY_H
#define LSTMTUI_TUI_OVERLAY_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/area.h"

struct app;

struct overlay {
	bool is_dialog;  /* replaces the dialog on top, if there is one */
	bool stops_run;  /* training waits until it is closed */
	bool takes_text; /* pasted characters are typed into it */
	/* of an open one, at most OVERLAY_STATE_SIZE bytes */
	size_t state_size;

	/* Handle a key. It may close the overlay; its state is invalid then. */
	void (*key)(struct app *app, void *state, int key);

	/* Draw it in the middle of a screen of that size. */
	void (*draw)(const struct app *app, const void *state, int rows,
		int columns);
};

enum { OVERLAYS_MAX = 4, OVERLAY_STATE_SIZE = 16384 };

/* It contains the states: no question fails for lack of memory. */
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
 * Open an overlay on top of the stack; if the stack is full it replaces the
 * top. Returns its state, all bytes 0, which belongs to the stack.
 */
void *overlay_open(struct overlay_stack *stack, const struct overlay *overlay);

/* Close the top overlay, if there is one. */
void overlay_close(struct overlay_stack *stack);

/* Close all overlays. */
void overlay_close_all(struct overlay_stack *stack);

/* Return the top overlay, or NULL. */
const struct overlay *overlay_top(const struct overlay_stack *stack);

/* Return the state of an open overlay of that kind, the top one, or NULL. */
void *overlay_state(struct overlay_stack *stack, const struct overlay *overlay);

/* Return whether any open overlay stops training. */
bool overlay_stops_run(const struct overlay_stack *stack);

/* Give a key to the top overlay; draw it. Do nothing if none is open. */
void overlay_key(struct overlay_stack *stack, struct app *app, int key);
void overlay_draw(const struct overlay_stack *stack, const struct app *app,
	int rows, int columns);

/*
 * Clear an area in the middle of a screen of that size and return it. It has
 * the wanted size, or the screen's where that is smaller.
 */
struct area overlay_area(int rows, int columns, int wanted_rows,
	int wanted_columns);

#endif
