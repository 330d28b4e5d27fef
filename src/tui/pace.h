/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pace of training: the updates that the requested speed allows by now, and
 * the measured updates per second. Times are those of clock_seconds.
 */
#ifndef LSTMTUI_TUI_PACE_H
#define LSTMTUI_TUI_PACE_H

#include <stdbool.h>
#include <stdint.h>

struct pace {
	double credit; /* updates allowed but not done; may be infinite */
	double last;   /* time of the last change of credit */
	double measured_since;
	uint64_t measured_from; /* updates at that time */
};

/* Start at `now`, after `updates` updates; earlier time does not count. */
void pace_begin(struct pace *pace, double now, uint64_t updates);

/*
 * Allow the updates that are due by now at a speed in updates per second; 0:
 * any number. At most a quarter of a second of delay is made up for.
 */
void pace_allow(struct pace *pace, double now, double speed);

/* Allow exactly `steps` updates. */
void pace_allow_steps(struct pace *pace, double now, uint64_t steps);

/* Allow no updates while training is stopped. */
void pace_rest(struct pace *pace, double now);

/*
 * Return the updates per second. A measurement takes at least half a second;
 * until then, and while training is stopped, return `measured`, the last
 * result.
 */
double pace_measure(struct pace *pace, double now, uint64_t updates,
	bool is_running, double measured);

#endif
