/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lesson: train LSTM(10) and Dense(2) on 25,000 rectangles, with the
 * program's engine and with the loops that are the floor.
 */
#ifndef LSTMTUI_BENCH_LESSON_H
#define LSTMTUI_BENCH_LESSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "core/context.h"
#include "task/framing.h"

/* Bounds of the mean loss at the end of the lesson, for any seed. */
#define LESSON_LOSS_MIN 0.100
#define LESSON_LOSS_MAX 0.116

struct lesson_time {
	double seconds; /* per update */
	double loss;    /* mean over the last updates and over seeds */
};

/*
 * Run the lesson with run_advance; the time includes drawing the rectangles and
 * recording the history.
 */
bool lesson_run(const struct framing *framing, const struct context *context,
	double seconds, struct lesson_time *time, struct error *error);

/* Run the lesson with one of a variant's two floor loops. */
void lesson_floor(double (*floor)(uint64_t seed), double seconds,
	struct lesson_time *time);

#endif
