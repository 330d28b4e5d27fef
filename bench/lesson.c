/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lesson: train LSTM(10) and Dense(2) on 25,000 rectangles, with the
 * program's engine and with the loops that are the floor. The time includes
 * drawing the rectangles and recording the history.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "row.h"
#include "run/run.h"
#include "variant.h"

/* Bounds of the mean loss at the end of the lesson over SEEDS_MIN seeds. */
#define LOSS_MIN 0.100
#define LOSS_MAX 0.116

enum { SEEDS_MIN = 8 };

struct lesson {
	const struct variant *variant;
	struct run *run; /* NULL: the floor alone */
	bool is_one_to_one, is_approximate;
	uint64_t seed;
	double losses; /* sum over the seeds */
};

static bool
create_floor(const struct row *row, const struct place *place, void **work,
	struct error *error)
{
	const struct lesson_details *details = row->details;
	struct lesson *lesson = memory_new(1, sizeof *lesson);

	*work = lesson;
	if (lesson == NULL)
		return error_out_of_memory(error);
	lesson->variant = variant_find(place->context->kernel->name);
	lesson->is_one_to_one = details->framing == &framing_one_to_one;
	lesson->is_approximate = details->is_approximate &&
		lesson->variant->floor_approximate != NULL;
	return true;
}

static bool
create_lesson(const struct row *row, const struct place *place, void **work,
	struct error *error)
{
	const struct lesson_details *details = row->details;
	static struct settings settings;
	struct lesson *lesson;

	if (!create_floor(row, place, work, error))
		return false;
	lesson = *work;
	settings_default(&settings);
	settings.framing = details->framing;
	settings.seed = 1;
	if (settings_complete(&settings, 0, error))
		lesson->run =
			run_create(place->context, &settings, NULL, error);
	return lesson->run != NULL;
}

/* Add the loss at the end of a lesson; the mean must be that of a lesson. */
static bool
add_loss(struct lesson *lesson, double loss, struct error *error)
{
	double mean;

	lesson->seed++;
	lesson->losses += loss;
	mean = lesson->losses / (double)lesson->seed;
	return !lesson->is_one_to_one || lesson->seed < SEEDS_MIN ||
		(mean > LOSS_MIN && mean < LOSS_MAX) ||
		error_set(error, "the loss %.4f of the lesson is wrong", mean);
}

static bool
run_lessons(void *work, uint64_t n, struct error *error)
{
	struct lesson *lesson = work;
	struct history_bucket tail;

	for (uint64_t i = 0; i < n; i++) {
		if (!run_reset(lesson->run, lesson->seed + 1, NULL, error) ||
			run_advance(lesson->run, FLOOR_UPDATES, UINT64_MAX,
				error) != RUN_REACHED)
			return false;
		if (!history_span(run_history(lesson->run),
			    FLOOR_UPDATES - FLOOR_TAIL, FLOOR_UPDATES, &tail))
			return error_set(error, "the history has no end");
		if (!add_loss(lesson, (double)tail.mean, error))
			return false;
	}
	return true;
}

static bool
run_loops(void *work, uint64_t n, struct error *error)
{
	struct lesson *lesson = work;
	double (*floor)(uint64_t seed) = lesson->is_approximate
		? lesson->variant->floor_approximate
		: lesson->variant->floor_exact;

	for (uint64_t i = 0; i < n; i++)
		if (!add_loss(lesson, floor(lesson->seed + 1), error))
			return false;
	return true;
}

/* Run the floor beside the engine, without its losses. */
static bool
run_yardstick(void *work, uint64_t n, struct error *error)
{
	const struct lesson *lesson = work;

	(void)error;
	for (uint64_t i = 0; i < n; i++)
		lesson->variant->floor_exact(i + 1);
	return true;
}

static void
destroy(void *work)
{
	struct lesson *lesson = work;

	if (lesson != NULL)
		run_destroy(lesson->run);
	free(lesson);
}

const struct row_kind row_lesson = {
	.create = create_lesson,
	.run = run_lessons,
	.destroy = destroy,
	.yardstick = run_yardstick,
	.yardstick_name = "floor",
};
const struct row_kind row_floor = {.create = create_floor,
	.run = run_loops,
	.destroy = destroy};
