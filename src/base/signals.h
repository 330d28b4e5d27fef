/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Handle the signals that end the program, suspend it or ask for a report.
 * The handlers only set flags. Loops check the flags and act on them.
 */
#ifndef LSTMTUI_BASE_SIGNALS_H
#define LSTMTUI_BASE_SIGNALS_H

#include <stdbool.h>

/*
 * Catch the signals that end the program, and SIGUSR1 (and SIGINFO), which asks
 * for a progress report. Ignore SIGPIPE, so that writes fail instead. A signal
 * that is already ignored (SIGHUP under nohup) or handled keeps its action. If
 * the limit of processor time would kill the program without a warning, lower
 * its soft limit, so that SIGXCPU comes first.
 */
void signals_catch(void);

/* Return the first ending signal that was caught, or 0. */
int signals_caught(void);

/*
 * Return the reason for a signal that reports a reached limit, for a message;
 * NULL for any other signal.
 */
const char *signals_reason(int number);

/* Return true if a progress report was asked for since the last call. */
bool signals_take_report(void);

/*
 * Return true if an ending signal is caught, or is pending while blocked: the
 * program must end soon.
 */
bool signals_is_ending(void);

/*
 * Also catch SIGTSTP and SIGWINCH, and block all caught signals except in
 * signals_wait_input and signals_unblock_briefly. No signal is then lost
 * between the check of its flag and the wait, and none interrupts drawing.
 * From now on Ctrl-C asks whether to quit: see signals_take_interrupt.
 */
void signals_block(void);

/*
 * Return true if Ctrl-C was pressed since the last call. For use after
 * signals_block. A SIGINT sent by a process is reported by signals_caught.
 */
bool signals_take_interrupt(void);

/*
 * Wait up to `milliseconds` (negative: no limit) until there is input, `output`
 * is writable (-1: ignore) or a blocked signal arrives. Return true if there is
 * input or its end is reached.
 */
bool signals_wait_input(int input, int output, int milliseconds);

/* Deliver pending blocked signals now, without waiting for input. */
void signals_unblock_briefly(void);

/* Return true if a stop (Ctrl-Z) was requested since the last call. */
bool signals_take_stop(void);

/* Return true if the window was resized since the last call. */
bool signals_take_resize(void);

/* Stop the process as Ctrl-Z does, until the shell continues it. */
void signals_stop(void);

#endif
