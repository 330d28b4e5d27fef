/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands over the panes: help, questions and lines to be typed. They
 * take the keys as long as they are there.
 */
#ifndef LSTMTUI_TUI_OVERLAY_H
#define LSTMTUI_TUI_OVERLAY_H

#include "tui/app.h"

/* Put a question or a request over the panes; training waits for it. */
void overlay_ask(struct app *app, const struct question *question);
void overlay_request(struct app *app, const struct prompt *prompt);

/* Give a key to what stands there. */
void overlay_key(struct app *app, int key);

/* A box of at most that size in the middle of the screen, emptied. */
struct area overlay_center(int rows, int columns, int wanted_rows,
	int wanted_columns);

/* The end of what was typed, as much as fits into so many columns. */
const char *overlay_visible_end(const char *typed, int columns);

/* Append a character to what was typed; remove the last one. */
void overlay_type(char *typed, size_t size, int key);
void overlay_erase(char *typed);

/* Draw it, in the middle of a screen of that size. */
void overlay_draw(const struct app *app, int rows, int columns);

#endif
