/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What may be computed for the screen while training runs: time is saved up as
 * a small part of the time that passes, and computing spends it. So its part of
 * any long time is bounded, whatever the size of the model. The caller passes
 * the clock, so that a test can.
 */
#ifndef LSTMTUI_TUI_SHARE_H
#define LSTMTUI_TUI_SHARE_H

/*
 * The parts of the time for inspections and for frames, and the time in seconds
 * that can be saved up.
 */
#define SHARE_OF_INSPECTION 0.02
#define SHARE_OF_FRAMES 0.03
#define SHARE_SAVED_MAX 0.01

struct share {
	double saved; /* seconds; < 0: a debt */
	double last;  /* the last call of share_earn */
};

/*
 * Save up the part of the time since the last call; return the seconds that may
 * be computed now. If they are not positive, compute nothing.
 */
double share_earn(struct share *share, double now);

/* Spend the seconds that a computation took, if need be on credit. */
void share_spend(struct share *share, double seconds);

/*
 * Return the seconds from one frame to the next if a frame takes `seconds`:
 * at least `min`, and for frames that take long at most a fifth of a second.
 */
double share_frame_interval(double seconds, double min);

#endif
