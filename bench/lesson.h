/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lesson, 25,000 rectangles to LSTM(10) and Dense(2): in the engine, as
 * the program runs it, and in the loops that are the floor.
 */
#ifndef LSTMTUI_BENCH_LESSON_H
#define LSTMTUI_BENCH_LESSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "core/context.h"
#include "task/framing.h"

/* The mean loss at the lesson's end lies here, whatever the seed. */
#define LESSON_LOSS_MIN 0.100
#define LESSON_LOSS_MAX 0.116

struct lesson_time {
	double seconds; /* an update */
	double loss;    /* the mean over the last updates, and over seeds */
};

/* By run_advance; the random rectangles and the history are in the time. */
bool lesson_run(const struct framing *framing, const struct context *context,
	double seconds, struct lesson_time *time, struct error *error);

/* By one of a variant's two loops. */
void lesson_floor(double (*floor)(uint64_t seed), double seconds,
	struct lesson_time *time);

#endif
