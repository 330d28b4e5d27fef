/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "entrant.h"

#include <math.h>
#include <time.h>

#include "base/clock.h"
#include "base/signals.h"
#include "core/kernel.h"
#include "variant.h"

/* The peak and the yardstick take this part of the time of the work. */
#define PEAK_PART 0.2
#define YARDSTICK_PART 0.5

enum { PEAK_ROUNDS = 1000 };

struct times {
	double processor, wall;
};

typedef bool work_function(void *work, uint64_t n, struct error *error);

static double
processor_seconds(size_t threads)
{
	struct timespec time = {0};

	clock_gettime(threads > 1 ? CLOCK_PROCESS_CPUTIME_ID
				  : CLOCK_THREAD_CPUTIME_ID,
		&time);
	return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* Store the seconds per call. */
static bool
measure(work_function *run, void *work, size_t threads, uint64_t n,
	struct times *times, struct error *error)
{
	double wall = clock_seconds(), processor = processor_seconds(threads);

	if (!run(work, n, error))
		return false;
	if (signals_is_ending())
		return error_set(error, "interrupted");
	times->processor = (processor_seconds(threads) - processor) / (double)n;
	times->wall = (clock_seconds() - wall) / (double)n;
	return true;
}

/* Find the number of calls that take about `seconds`, after a warm-up. */
static bool
choose_calls(work_function *run, void *work, size_t threads, double seconds,
	uint64_t *calls, struct error *error)
{
	struct times times = {.wall = 0};

	for (*calls = 1;; *calls *= 2) {
		if (!measure(run, work, threads, *calls, &times, error))
			return false;
		if (times.processor * (double)*calls >= seconds / 8)
			break;
	}
	*calls = (uint64_t)fmax(1, round(seconds / times.processor));
	return true;
}

static bool
run_peak(void *work, uint64_t n, struct error *error)
{
	double *operations = work;

	(void)error;
	/* use the widest vectors, also if another kernel is measured */
	*operations =
		variant_find(kernel_variant(0)->name)->peak(n * PEAK_ROUNDS) /
		(double)n;
	return true;
}

bool
entrant_create(struct entrant *entrant, const struct row *row,
	const char *kernel, size_t threads, const struct files *files,
	double seconds, struct error *error)
{
	const struct row_kind *kind = row->kind;
	const struct place place = {&entrant->context, files};
	double operations;

	*entrant = (struct entrant){.row = *row, .threads = threads};
	return context_create(&entrant->context,
		       kernel != NULL ? kernel_find(kernel) : NULL, threads,
		       error) &&
		kind->create(&entrant->row, &place, &entrant->work, error) &&
		choose_calls(kind->run, entrant->work, threads, seconds,
			&entrant->calls, error) &&
		(kind->yardstick == NULL ||
			choose_calls(kind->yardstick, entrant->work, 1,
				seconds * YARDSTICK_PART,
				&entrant->yardstick_calls, error)) &&
		choose_calls(run_peak, &operations, 1, seconds * PEAK_PART,
			&entrant->peak_calls, error);
}

bool
entrant_measure(struct entrant *entrant, struct round *round,
	struct error *error)
{
	const struct row_kind *kind = entrant->row.kind;
	double operations;
	struct times times = {.wall = 0};

	*round = (struct round){.yardstick = 0};
	if (!measure(run_peak, &operations, 1, entrant->peak_calls, &times,
		    error))
		return false;
	round->peak = operations / times.processor;
	if (!measure(kind->run, entrant->work, entrant->threads, entrant->calls,
		    &times, error))
		return false;
	round->processor = times.processor;
	round->wall = times.wall;
	if (kind->yardstick == NULL)
		return true;
	if (!measure(kind->yardstick, entrant->work, 1,
		    entrant->yardstick_calls, &times, error))
		return false;
	round->yardstick = times.processor;
	return true;
}

void
entrant_destroy(struct entrant *entrant)
{
	if (entrant->work != NULL)
		entrant->row.kind->destroy(entrant->work);
	entrant->work = NULL;
	context_destroy(&entrant->context);
}
