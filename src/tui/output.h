/*
 * The way from curses to the terminal. What curses writes is kept first, and
 * sent on as the terminal takes it: one that stops reading, over a slow line
 * or by Ctrl-S, holds up the screen but nothing else. No frame is drawn
 * before the last one is sent, so at most one is kept.
 *
 * There is one terminal, so there is one output, kept here.
 */
#ifndef LSTMTUI_TUI_OUTPUT_H
#define LSTMTUI_TUI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/*
 * A stream to the terminal on standard output for curses, which writes to
 * its descriptor. Nothing is kept back yet. NULL, with errno, where none can
 * be had.
 */
FILE *output_open(void);

/* Close it; what is still kept is lost. */
void output_close(void);

/*
 * Begin or end to keep back what curses writes. While it does, the stream is
 * no terminal: what asks or sets the terminal's ways needs it to be one.
 */
void output_keep(bool keeps);

/* Send what the terminal takes now. Returns whether all is sent. */
bool output_send(void);

/* Send all, but wait for no longer than so many milliseconds. */
void output_finish(int milliseconds);

/* The descriptor to wait for until more can be sent; -1: all is sent. */
int output_waits_for(void);

/* Send these bytes past all that is kept, as a signal's handler may. */
void output_send_at_once(const char *bytes, size_t length);

#endif
