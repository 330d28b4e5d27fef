/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A monotonic clock for measuring durations and timeouts, and the time of day
 * for time stamps.
 */
#ifndef LSTMTUI_BASE_CLOCK_H
#define LSTMTUI_BASE_CLOCK_H

/*
 * Return the seconds since an arbitrary fixed moment. The value never
 * decreases from one call to the next.
 */
double clock_seconds(void);

/* Return the seconds since 1970-01-01 UTC. The system may set its clock. */
double clock_time_of_day(void);

/*
 * Convert a timeout in seconds to milliseconds, rounded up: 0 for a negative
 * timeout, at most CLOCK_WAIT_MAX, and -1 for infinity (no timeout).
 */
enum { CLOCK_WAIT_MAX = 1000000000 };

int clock_milliseconds(double seconds);

#endif
