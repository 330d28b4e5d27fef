/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Signals that ask the program to end or to stop for a while. Their handlers
 * only set a flag, which the loops look at; what is to be done is done there.
 */
#ifndef LSTMTUI_BASE_SIGNALS_H
#define LSTMTUI_BASE_SIGNALS_H

#include <stdbool.h>

/*
 * Catch the signals that would end the program, and those that ask how far it
 * is (SIGUSR1); let writes fail rather than SIGPIPE. What is ignored already,
 * as nohup leaves SIGHUP, or handled, stays so. Where the limit of processor
 * time would kill without a warning, have SIGXCPU come before.
 */
void signals_catch(void);

/* The first signal to end that was caught, or 0. */
int signals_caught(void);

/* What a signal of a limit means, for a message; NULL: it needs no words. */
const char *signals_reason(int number);

/* Whether it was asked how far the program is, since the last call. */
bool signals_take_report(void);

/* Whether one of these is caught or, held back, waits to be: end soon. */
bool signals_is_ending(void);

/*
 * Catch also SIGTSTP and SIGWINCH, hold all of these back, and let them come
 * only within the next two functions: none is missed between a look at its flag
 * and the wait, and none interrupts a drawing. A SIGINT from the keyboard is a
 * question then and no end: see signals_take_interrupt.
 */
void signals_hold(void);

/*
 * Whether Ctrl-C was pressed since the last call, after signals_hold. A SIGINT
 * that a process sent counts with signals_caught.
 */
bool signals_take_interrupt(void);

/*
 * Wait up to so many milliseconds (below 0: for ever) for input, for room to
 * write to output (-1: not for that) or a signal that is held back. Returns
 * whether there is input, or its end.
 */
bool signals_wait_input(int input, int output, int milliseconds);

/* Let the signals that are held back come now, without a wait for input. */
void signals_let_in(void);

/* Whether a stop was asked for (Ctrl-Z) since the last call. */
bool signals_take_stop(void);

/* Whether the window was resized since the last call. */
bool signals_take_resize(void);

/* Stop as Ctrl-Z does it, until the shell lets the program go on. */
void signals_stop(void);

#endif
