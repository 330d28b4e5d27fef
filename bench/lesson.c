/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lesson.h"

#include "base/clock.h"
#include "run/run.h"
#include "variant.h"

enum { SEEDS_MIN = 8 };

/* Update the min time and the sum of losses with one more lesson. */
static void
add_lesson(struct lesson_time *time, double seconds, double loss)
{
	if (time->seconds == 0 || seconds / FLOOR_UPDATES < time->seconds)
		time->seconds = seconds / FLOOR_UPDATES;
	time->loss += loss;
}

void
lesson_floor(double (*floor)(uint64_t seed), double seconds,
	struct lesson_time *time)
{
	double begin = clock_seconds(), start = begin;
	uint64_t seed = 0;

	*time = (struct lesson_time){0};
	while (seed < SEEDS_MIN || start - begin < seconds) {
		double loss = floor(++seed), end = clock_seconds();

		add_lesson(time, end - start, loss);
		start = end;
	}
	time->loss /= (double)seed;
}

/* Run one lesson with initial values from a seed. */
static bool
run_lesson(struct run *run, uint64_t seed, struct lesson_time *time,
	struct error *error)
{
	struct history_bucket tail;
	double start;

	if (!run_reset(run, seed, NULL, error))
		return false;
	start = clock_seconds();
	if (run_advance(run, FLOOR_UPDATES, UINT64_MAX, error) != RUN_REACHED)
		return false;
	start = clock_seconds() - start;
	if (!history_span(run_history(run), FLOOR_UPDATES - FLOOR_TAIL,
		    FLOOR_UPDATES, &tail))
		return error_set(error, "the history has no last updates");
	add_lesson(time, start, (double)tail.mean);
	return true;
}

bool
lesson_run(const struct framing *framing, const struct context *context,
	double seconds, struct lesson_time *time, struct error *error)
{
	static struct settings settings;
	struct run *run = NULL;
	double begin = clock_seconds();
	uint64_t seed = 0;
	bool ok;

	*time = (struct lesson_time){0};
	settings_default(&settings);
	settings.framing = framing;
	settings.seed = 1;
	if (settings_complete(&settings, 0, error))
		run = run_create(context, &settings, NULL, error);
	ok = run != NULL;
	while (ok && (seed < SEEDS_MIN || clock_seconds() - begin < seconds))
		ok = run_lesson(run, ++seed, time, error);
	time->loss /= (double)(seed + !seed);
	run_destroy(run);
	return ok;
}
