/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Send frames to a terminal that may be slow or accept no output: a stalled
 * connection, a stopped window, Ctrl-S. No function here waits long. Curses
 * blocks until all its output is written, so it writes to a buffer, a file in
 * memory, and the terminal gets as much of it as it accepts. If the system has
 * no files in memory, curses writes to the terminal directly and may block.
 *
 * A recording receives each piece of output when the terminal has accepted it,
 * so it shows what was on the screen, and when.
 *
 * There is one terminal, standard output, so the state is static.
 */
#ifndef LSTMTUI_TUI_OUTPUT_H
#define LSTMTUI_TUI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"
#include "file/asciicast.h"

/* Open the stream for curses, initially to the terminal; NULL: failed. */
FILE *output_open(void);
void output_close(void);

/*
 * Record what the terminal accepts, until output_record(NULL). The recording is
 * borrowed. Call it before output_open.
 */
void output_record(struct asciicast *recording);

/*
 * Return false if there is a recording but no buffer: what curses writes to
 * the terminal directly cannot be recorded.
 */
bool output_can_record(struct error *error);

/* Record the size of the screen, initially and when it has changed. */
void output_record_size(int rows, int columns);

/* Return true, with the error, once after the recording has failed. */
bool output_take_record_error(struct error *error);

/* Return the open stream. */
FILE *output_stream(void);

/*
 * Mark frames as synchronized updates (private mode 2026): a terminal that
 * supports the mode shows only complete frames, others ignore it. Call it only
 * for terminals that support private modes.
 */
void output_mark_frames(void);

/* Return the end mark of a frame; "" if frames are not marked. */
const char *output_frame_end(void);

/* Buffer the output of the stream until output_send. */
void output_buffer(void);

/* Start a frame, buffered. */
void output_begin(void);

/*
 * End the frame and send the buffer. If the terminal accepts no more, wait
 * briefly, because most terminals read on at once; output_advance sends the
 * rest.
 */
void output_send(void);

/* Send the buffer outside of a frame. Waits like output_send. */
void output_push(void);

/*
 * Send the buffer and a question to the terminal. The question is not recorded:
 * the terminal of a replay would answer it.
 */
void output_ask(const char *question);

/* Return how many bytes the terminal has accepted from the buffer in all. */
uint64_t output_sent(void);

/* Send as much of the buffer as the terminal accepts now. */
void output_advance(void);

/*
 * Whether output was lost since the last call. The contents of the screen are
 * then unknown.
 */
bool output_has_lost(void);

/*
 * The descriptor to wait for until the terminal accepts more output; -1: the
 * buffer is sent.
 */
int output_waits_for(void);

/*
 * Send the buffer for the last time. If the terminal does not accept it, resume
 * output after a Ctrl-S; if that fails, discard the pending output and write
 * `text`, which restores the terminal.
 */
void output_finish(const char *text, size_t length);

/* Write only the text. Safe in a signal handler. */
void output_force(const char *text, size_t length);

#endif
