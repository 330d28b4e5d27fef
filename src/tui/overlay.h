/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An overlay: a box over the panes that receives the keys, such as the help or
 * a question. Each kind is a constant of struct overlay in its own file. The
 * open overlays form a stack; only the top one is drawn.
 */
#ifndef LSTMTUI_TUI_OVERLAY_H
#define LSTMTUI_TUI_OVERLAY_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/area.h"

struct app;

struct overlay {
	bool is_dialog;  /* replaces a dialog at the top of the stack */
	bool stops_run;  /* training waits while it is open */
	bool takes_text; /* accepts pasted characters */
	/* for the key bar while it is open; ends with a NULL `keys` */
	const struct overlay_keys {
		const char *keys, *word;
	} * keys;
	/* bytes of its state, at most OVERLAY_STATE_SIZE */
	size_t state_size;

	/* Handle a key. This may close the overlay and invalidate its state. */
	void (*key)(struct app *app, void *state, int key);

	/*
	 * Handle a click on a cell of a screen of this size; it may close the
	 * overlay too. NULL: clicks have no effect.
	 */
	void (*click)(struct app *app, void *state, int rows, int columns,
		struct area cell);

	/* Draw the overlay in the middle of a screen of this size. */
	void (*draw)(const struct app *app, const void *state, int rows,
		int columns);
};

enum { OVERLAYS_MAX = 4, OVERLAY_STATE_SIZE = 16384 };

/* The stack contains the states, so opening an overlay cannot fail. */
struct overlay_stack {
	size_t count;
	struct overlay_entry {
		const struct overlay *overlay;
		union {
			max_align_t alignment;
			unsigned char bytes[OVERLAY_STATE_SIZE];
		} state;
	} entry[OVERLAYS_MAX]; /* the bottom first */
};

/*
 * Push an overlay; if the stack is full, replace the top. Returns the state of
 * the overlay, all bytes 0, owned by the stack.
 */
void *overlay_open(struct overlay_stack *stack, const struct overlay *overlay);

/* Close the top overlay, if any. */
void overlay_close(struct overlay_stack *stack);

/* Close all overlays. */
void overlay_close_all(struct overlay_stack *stack);

/* Return the top overlay, or NULL if none is open. */
const struct overlay *overlay_top(const struct overlay_stack *stack);

/* Return the state of the topmost overlay of this kind, or NULL. */
void *overlay_state(struct overlay_stack *stack, const struct overlay *overlay);

/* Whether any open overlay stops training. */
bool overlay_stops_run(const struct overlay_stack *stack);

/* Send a key or a click to the top overlay, or draw it, if any is open. */
void overlay_key(struct overlay_stack *stack, struct app *app, int key);
void overlay_click(struct overlay_stack *stack, struct app *app, int rows,
	int columns, struct area cell);
void overlay_draw(const struct overlay_stack *stack, const struct app *app,
	int rows, int columns);

/*
 * Return an area of the wanted size, at most that of the screen, in the middle
 * of the screen; overlay_area also clears it.
 */
struct area overlay_place(int rows, int columns, int wanted_rows,
	int wanted_columns);
struct area overlay_area(int rows, int columns, int wanted_rows,
	int wanted_columns);

#endif
