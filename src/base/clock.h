/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The time of day is for people; the program measures with a clock that
 * only goes forward.
 */
#ifndef LSTMTUI_BASE_CLOCK_H
#define LSTMTUI_BASE_CLOCK_H

/* Seconds since some moment in the past; never less than the last time. */
double clock_seconds(void);

/*
 * Seconds as milliseconds to wait, rounded up: 0 for what is over, at most
 * CLOCK_WAIT_MAX, -1 for infinity (wait for ever).
 */
enum { CLOCK_WAIT_MAX = 1000000000 };

int clock_milliseconds(double seconds);

#endif
