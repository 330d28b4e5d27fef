/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pace of training: how many updates the wanted speed allows by now, and
 * how many a second there are. Times are those of clock_seconds.
 */
#ifndef LSTMTUI_TUI_PACE_H
#define LSTMTUI_TUI_PACE_H

#include <stdbool.h>
#include <stdint.h>

struct pace {
	double credit; /* updates allowed and not done yet; may be infinite */
	double last;   /* when it was last added to */
	double measured_since;
	uint64_t measured_from; /* updates */
};

/* Begin at that time, after so many updates. What was before is not missed. */
void pace_begin(struct pace *pace, double now, uint64_t updates);

/*
 * Allow the updates that are due by now at a speed, in updates a second; 0:
 * any number. After a delay no more than a quarter of a second is made up for.
 */
void pace_allow(struct pace *pace, double now, double speed);

/* Allow so many updates, and no others. */
void pace_allow_steps(struct pace *pace, double now, uint64_t steps);

/* Allow none: training stands still. */
void pace_rest(struct pace *pace, double now);

/*
 * The updates a second up to now. A measurement takes half a second at least;
 * before it ends `measured`, the last one, is returned. While training stands
 * still there is none.
 */
double pace_measure(struct pace *pace, double now, uint64_t updates,
	bool is_running, double measured);

#endif
