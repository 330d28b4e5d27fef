/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The way of frames to the terminal, which may take them slowly or not at
 * all: a connection that hangs, a window that is stopped, Ctrl-S. Nothing here
 * waits for it longer than a moment. Curses writes until all is written; so
 * while it draws it writes to a file in memory, from where the terminal gets
 * as much as it takes. Where the system cannot do that curses writes to the
 * terminal itself, and waits for it.
 *
 * There is one terminal: standard output.
 */
#ifndef LSTMTUI_TUI_OUTPUT_H
#define LSTMTUI_TUI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* A stream for curses, at first to the terminal; NULL where that fails. */
FILE *output_open(void);
void output_close(void);

/* That stream, while it is open. */
FILE *output_stream(void);

/*
 * Mark the frames as synchronized updates (private mode 2026): a terminal that
 * knows the mode shows a frame when it is whole, others ignore it. For
 * terminals that know private modes.
 */
void output_mark_frames(void);

/* What ends a frame that is marked; "" if frames are not. */
const char *output_frame_end(void);

/* What is written to the stream is kept from here on, until output_send. */
void output_keep(void);

/* The same, and a frame begins. */
void output_begin(void);

/*
 * End the frame and send what is kept. It waits a moment where the terminal
 * has no room, since most read on at once; what is left then goes by
 * output_advance.
 */
void output_send(void);

/* Send as much of what is kept as the terminal takes now. */
void output_advance(void);

/*
 * Whether something could not be sent since the last call: what the terminal
 * shows is unknown then.
 */
bool output_has_lost(void);

/* Where to wait for the terminal to take more; -1: all is sent. */
int output_waits_for(void);

/*
 * Send what is kept, the last words, at any price: where the terminal does
 * not take it let it go on after a Ctrl-S, and at worst throw away what it
 * has not read for a text that gives it back.
 */
void output_finish(const char *text, size_t length);

/* That text alone. To be called by handlers of signals too. */
void output_force(const char *text, size_t length);

#endif
