/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the history of the loss against a list of all values: a plot shows
 * all extremes, and memory does not grow.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/random.h"
#include "run/history.h"
#include "run/validations.h"
#include "suite.h"

/* Return a loss that falls and scatters. */
static double
loss_at(struct random *random, uint64_t update)
{
	return 0.1 + 1 / (1 + (double)update / 300) +
		0.05 * random_uniform(random);
}

struct record {
	struct history history;
	double *loss; /* losses of all updates, rounded to float */
	uint64_t count;
};

static struct record *
record(uint64_t count)
{
	struct record *record = malloc(sizeof *record);
	struct random random;

	ck_assert_ptr_nonnull(record);
	history_clear(&record->history);
	record->count = count;
	record->loss = malloc((size_t)count * sizeof *record->loss);
	ck_assert_ptr_nonnull(record->loss);
	random_seed(&random, 1, RANDOM_STREAM_DATA);
	for (uint64_t i = 0; i < count; i++) {
		record->loss[i] = loss_at(&random, i);
		history_add(&record->history, record->loss[i]);
	}
	return record;
}

static void
release(struct record *record)
{
	free(record->loss);
	free(record);
}

static const uint64_t counts[] = {1, 2, 511, 512, 513, 1000, 1024, 1025, 5000,
	100000, 1234567};

enum { COUNTS = sizeof counts / sizeof counts[0] };

START_TEST(the_numbers_beside_the_plot_are_exact)
{
	struct record *whole = record(counts[_i]);
	double best = INFINITY, best_average = NAN, sum = 0, weight = 0;

	for (uint64_t i = 0; i < whole->count; i++) {
		best = fmin(best, whole->loss[i]);
		sum = HISTORY_DECAY * sum +
			(1 - HISTORY_DECAY) * whole->loss[i];
		weight = HISTORY_DECAY * weight + (1 - HISTORY_DECAY);
		if (i + 1 >= 100)
			best_average = fmin(best_average, sum / weight);
	}
	ck_assert(whole->history.updates == whole->count);
	ck_assert_double_eq(whole->history.best, best);
	if (whole->count < 100)
		ck_assert(isnan(whole->history.best_average));
	else
		ck_assert_double_eq_tol(whole->history.best_average,
			best_average, 1e-12);
	ck_assert_double_eq(whole->history.last, whole->loss[whole->count - 1]);
	ck_assert_double_eq_tol(history_average(&whole->history), sum / weight,
		1e-12);
	release(whole);
}
END_TEST

/* Spans of any width, as the columns of plots request them. */
START_TEST(a_span_has_the_extremes_of_its_updates)
{
	struct record *whole = record(counts[_i]);

	for (uint64_t columns = 1; columns <= 400; columns += 57)
		for (uint64_t c = 0; c < columns; c++) {
			uint64_t first = whole->count * c / columns;
			uint64_t end = whole->count * (c + 1) / columns;
			struct history_bucket span;
			double min = INFINITY, max = -INFINITY;

			if (first == end)
				continue;
			EXPECT(history_span(&whole->history, first, end, &span),
				"no span %zu of %zu", (size_t)c,
				(size_t)columns);
			for (uint64_t i = first; i < end; i++) {
				min = fmin(min, whole->loss[i]);
				max = fmax(max, whole->loss[i]);
			}
			/* buckets at the ends may reach beyond the span */
			EXPECT(span.min <= min + 1e-6 &&
					span.max >= max - 1e-6 &&
					span.mean >= span.min - 1e-6 &&
					span.mean <= span.max + 1e-6,
				"%g to %g, mean %g, not %g to %g",
				(double)span.min, (double)span.max,
				(double)span.mean, min, max);
		}
	release(whole);
}
END_TEST

START_TEST(the_first_and_the_last_updates_keep_their_detail)
{
	struct record *whole = record(1234567);
	struct history_bucket span;

	for (uint64_t i = 0; i < HISTORY_BUCKETS; i++) {
		uint64_t late = whole->count - HISTORY_BUCKETS + i;

		ck_assert(history_span(&whole->history, i, i + 1, &span));
		ck_assert_double_eq_tol(span.mean, whole->loss[i], 1e-6);
		ck_assert(history_span(&whole->history, late, late + 1, &span));
		ck_assert_double_eq_tol(span.mean, whole->loss[late], 1e-6);
	}
	release(whole);
}
END_TEST

/* One lucky update is no best average, whenever it happens. */
START_TEST(a_lucky_update_is_not_the_best_average)
{
	struct history *history = malloc(sizeof *history);

	ck_assert_ptr_nonnull(history);
	history_clear(history);
	for (int i = 0; i < 1000; i++)
		history_add(history, i == 0 || i == 500 ? 0.001 : 1);
	ck_assert_double_eq(history->best, 0.001);
	ck_assert_double_gt(history->best_average, 0.95);
	free(history);
}
END_TEST

/* A file of an older program has no best average: that of its buckets. */
START_TEST(the_best_average_of_an_older_file_is_near)
{
	struct record *whole = record(counts[_i]);
	double exact = whole->history.best_average;

	history_estimate_best(&whole->history);
	if (whole->count < 100)
		ck_assert(isnan(whole->history.best_average));
	else
		ck_assert_double_eq_tol(whole->history.best_average, exact,
			0.01);
	release(whole);
}
END_TEST

START_TEST(the_best_validation_is_kept_however_many_there_are)
{
	struct validations validations = {0};

	for (uint64_t i = 0; i < 100000; i++) {
		/* the minimum is at an odd number */
		validations_add(&validations, 7 * i,
			1 + fabs((double)i - 12345) / 1000);
		EXPECT(validations_are_valid(&validations, 0), "after %zu",
			(size_t)i);
	}
	ck_assert_uint_gt(validations.count, VALIDATIONS_MAX / 2);
	ck_assert_double_eq(validations.at[validations_best(&validations)]
				    .update,
		7.0 * 12345);
	ck_assert_double_eq(validations.at[validations.count - 1].update,
		7.0 * 99999);
	ck_assert(validations_are_rising(&validations));
}
END_TEST

START_TEST(losses_that_have_risen_since_the_best_are_rising)
{
	static const struct {
		bool is_rising;
		double loss[5]; /* ends with 0 */
	} cases[] = {
		{false, {3, 2, 1}},
		{false, {3, 1, 2}}, /* one validation may be chance */
		{true, {3, 1, 2, 3}},
		{false, {3, 1, 3, 2}},
		{true, {1, 2, 2.5}},
		{false, {1}},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct validations validations = {0};

		for (uint64_t k = 0; cases[i].loss[k] > 0; k++)
			validations_add(&validations, k, cases[i].loss[k]);
		ck_assert_msg(validations_are_rising(&validations) ==
				cases[i].is_rising,
			"case %zu", i);
	}
}
END_TEST

START_TEST(an_empty_span_has_no_values)
{
	struct record *whole = record(100);
	struct history_bucket span;

	ck_assert(!history_span(&whole->history, 100, 101, &span));
	ck_assert(!history_span(&whole->history, 5000, 6000, &span));
	history_clear(&whole->history);
	ck_assert(!history_span(&whole->history, 0, 1, &span));
	ck_assert(isnan(history_average(&whole->history)));
	release(whole);
}
END_TEST

/* Convert to the form of the model file and back; then continue both. */
START_TEST(a_restored_history_continues_like_the_original)
{
	struct record *whole = record(counts[_i]);
	struct history *back = malloc(sizeof *back);
	struct history_bucket kept[2 * HISTORY_BUCKETS];

	ck_assert_ptr_nonnull(back);
	history_clear(back);
	back->updates = whole->history.updates;
	back->last = whole->history.last;
	back->best = whole->history.best;
	back->best_average = whole->history.best_average;
	back->average_sum = whole->history.average_sum;
	back->average_weight = whole->history.average_weight;
	for (size_t level = 0; level < HISTORY_LEVELS; level++) {
		size_t count = history_kept(&whole->history, level, kept);

		ck_assert_uint_le(count, 2 * HISTORY_BUCKETS);
		ck_assert(history_restore(back, level, kept, count));
		ck_assert(!history_restore(back, level, kept, count + 1));
	}
	for (int i = 0; i < 3000; i++) {
		history_add(&whole->history, 1.0 / (i + 1));
		history_add(back, 1.0 / (i + 1));
	}
	ck_assert_double_eq(history_average(&whole->history),
		history_average(back));
	for (uint64_t first = 0; first < whole->history.updates;
		first += 1 + first / 50) {
		struct history_bucket one, other;
		uint64_t end = first + 1 + first / 50;

		EXPECT(history_span(&whole->history, first, end, &one) &&
				history_span(back, first, end, &other) &&
				memcmp(&one, &other, sizeof one) == 0,
			"the span from %zu", (size_t)first);
	}
	free(back);
	release(whole);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* exact values of spans */

/* Return the loss of an update, computed anew whenever it is needed. */
static double
known_loss(uint64_t update)
{
	uint64_t bits = (update + 1) * UINT64_C(0x9e3779b97f4a7c15);

	return 0.5 + (double)(bits >> 40) / (1 << 24) +
		100.0 / (1 + (double)update);
}

static struct history *
known_history(uint64_t count)
{
	struct history *history = malloc(sizeof *history);

	ck_assert_ptr_nonnull(history);
	history_clear(history);
	for (uint64_t i = 0; i < count; i++)
		history_add(history, known_loss(i));
	return history;
}

/* Return true if a level has kept all its buckets from..to. */
static bool
is_kept(uint64_t updates, uint64_t size, uint64_t from, uint64_t to)
{
	uint64_t count = updates / size;

	for (uint64_t i = from; i <= to && i < count; i++)
		if (i >= HISTORY_BUCKETS && i + HISTORY_BUCKETS < count)
			return false;
	return from < count;
}

/*
 * Assert the exact values of a span. Its ends are rounded outwards to buckets,
 * of the largest size that fits into the span, or of the smallest size kept.
 */
static void
check_span(const struct history *history, uint64_t first, uint64_t end)
{
	struct history_bucket span;
	double min = INFINITY, max = -INFINITY, sum = 0;
	uint64_t size = 1, from, last;

	while (size * HISTORY_RATIO <= end - first)
		size *= HISTORY_RATIO;
	while (!is_kept(history->updates, size, first / size, (end - 1) / size))
		size *= HISTORY_RATIO;
	from = first / size * size;
	/* while the last bucket is incomplete, use smaller ones */
	while ((last = (end + size - 1) / size * size) > history->updates)
		size /= HISTORY_RATIO;
	for (uint64_t i = from; i < last; i++) {
		double loss = known_loss(i);

		min = fmin(min, loss);
		max = fmax(max, loss);
		sum += loss;
	}
	if (!history_span(history, first, end, &span))
		ck_abort_msg("no span from %ju to %ju", (uintmax_t)first,
			(uintmax_t)end);
	EXPECT(span.min == (float)min && span.max == (float)max,
		"%g to %g, not %g to %g", (double)span.min, (double)span.max,
		min, max);
	if (last == end)
		EXPECT(fabs((double)span.mean - sum / (double)(last - from)) <
				2e-6 * (1 + max),
			"mean %g", (double)span.mean);
	else
		EXPECT(span.mean >= span.min && span.mean <= span.max,
			"mean %g", (double)span.mean);
}

static const uint64_t lengths[] = {1, 3, 4, 17, 511, 512, 513, 1000, 2049, 4096,
	10007, 70000};

enum { LENGTHS = sizeof lengths / sizeof lengths[0] };

START_TEST(spans_of_any_width_are_exact_to_the_bucket)
{
	uint64_t count = lengths[_i];
	struct history *history = known_history(count);

	for (uint64_t width = 1; width <= count; width += 1 + width / 2)
		for (uint64_t first = 0; first + width <= count;
			first += width + count / 60)
			check_span(history, first, first + width);
	/* the whole history, and any number of last updates */
	check_span(history, 0, count);
	for (uint64_t width = 1; width < 100 && width <= count; width += 3)
		check_span(history, count - width, count);
	free(history);
}
END_TEST

START_TEST(complete_buckets_have_the_exact_mean_and_average)
{
	enum { COUNT = 20000 };
	struct history *history = malloc(sizeof *history);
	static double average[COUNT];
	double sum = 0, power = 1;
	size_t wrong = 0, seen = 0;

	ck_assert_ptr_nonnull(history);
	history_clear(history);
	for (uint64_t i = 0; i < COUNT; i++) {
		/*
		 * the definition of the average, instead of a running sum of
		 * weights
		 */
		sum = 0.99 * sum + 0.01 * known_loss(i);
		power *= 0.99;
		average[i] = sum / (1 - power);
		history_add(history, known_loss(i));
		wrong += fabs(history_average(history) - average[i]) > 1e-9;
	}
	for (uint64_t size = 1; size <= 4096; size *= HISTORY_RATIO)
		for (uint64_t i = 0; i < COUNT / size; i++) {
			struct history_bucket span;
			double mean = 0;

			if (!is_kept(COUNT, size, i, i))
				continue;
			for (uint64_t k = i * size; k < (i + 1) * size; k++)
				mean += known_loss(k) / (double)size;
			seen++;
			if (!history_span(history, i * size, (i + 1) * size,
				    &span) ||
				fabs(span.mean - mean) > 1e-6 * (1 + mean) ||
				fabs(span.average -
					average[(i + 1) * size - 1]) >
					1e-6 * (1 + mean))
				wrong++;
		}
	/* the average of a span is that at the end of its last bucket */
	for (uint64_t width = 1; width <= COUNT; width++) {
		struct history_bucket span;

		if (!history_span(history, COUNT - width, COUNT, &span) ||
			fabs(span.average - average[COUNT - 1]) > 1e-6)
			wrong++;
	}
	ck_assert_uint_eq(wrong, 0);
	ck_assert_uint_gt(seen, 2 * 2 * HISTORY_BUCKETS);
	free(history);
}
END_TEST

/* The columns of a plot cover every update. */
START_TEST(a_peak_is_visible_at_any_width)
{
	enum { COUNT = 30000 };
	static const uint64_t peaks[] = {0, 1, 511, 512, 2047, 2048, 8191,
		12345, 20000, 29487, 29488, 29998, 29999};

	for (size_t p = 0; p < sizeof peaks / sizeof peaks[0]; p++) {
		struct history *history = malloc(sizeof *history);

		ck_assert_ptr_nonnull(history);
		history_clear(history);
		for (uint64_t i = 0; i < COUNT; i++)
			history_add(history,
				i == peaks[p]                         ? 9
					: i == (peaks[p] + 7) % COUNT ? 0.25
								      : 1);
		for (uint64_t columns = 1; columns <= 500; columns += 7) {
			float min = INFINITY, max = -INFINITY;

			for (uint64_t c = 0; c < columns; c++) {
				struct history_bucket span = {0};

				if (!history_span(history, COUNT * c / columns,
					    COUNT * (c + 1) / columns, &span))
					ck_abort_msg("a gap");
				min = fminf(min, span.min);
				max = fmaxf(max, span.max);
			}
			ck_assert_float_eq(max, 9);
			ck_assert_float_eq(min, 0.25f);
		}
		free(history);
	}
}
END_TEST

START_TEST(ten_million_updates_use_no_more_memory)
{
	enum { COUNT = 10000000, COLUMNS = 7 };
	struct history *history = known_history(COUNT);
	struct history_bucket kept[2 * HISTORY_BUCKETS + 1];
	double best = INFINITY;

	for (size_t level = 0; level < HISTORY_LEVELS; level++) {
		uint64_t all = (uint64_t)COUNT >> (2 * level);
		size_t count = history_kept(history, level, kept);

		ck_assert_uint_eq(count,
			all < 2 * HISTORY_BUCKETS ? all : 2 * HISTORY_BUCKETS);
	}
	for (uint64_t c = 0; c < COLUMNS; c++)
		check_span(history, (uint64_t)COUNT * c / COLUMNS,
			(uint64_t)COUNT * (c + 1) / COLUMNS);
	for (uint64_t i = 0; i < COUNT; i++)
		best = fmin(best, known_loss(i));
	ck_assert_double_eq(history->best, best);
	ck_assert_double_eq(history->last, known_loss(COUNT - 1));
	ck_assert(history->updates == COUNT);
	free(history);
}
END_TEST

START_TEST(losses_of_any_size_are_kept_as_floats)
{
	static const double losses[] = {1e300, -1e300, 1, -1e308, 1e308};
	struct history *history = calloc(1, sizeof *history);
	struct history_bucket kept[2 * HISTORY_BUCKETS];
	size_t count;

	ck_assert_ptr_nonnull(history);
	history_clear(history);
	for (size_t i = 0; i < sizeof losses / sizeof losses[0]; i++)
		history_add(history, losses[i]);
	for (size_t level = 0; level < 2; level++) {
		count = history_kept(history, level, kept);
		for (size_t i = 0; i < count; i++)
			ck_assert(isfinite(kept[i].mean) &&
				isfinite(kept[i].min) &&
				isfinite(kept[i].max) &&
				isfinite(kept[i].average));
	}
	free(history);
}
END_TEST

static Suite *
history_suite(void)
{
	Suite *suite = suite_create("history");
	TCase *group = suite_group(suite, "history", SUITE_SECONDS);

	suite_add_loop(group, the_numbers_beside_the_plot_are_exact, 0, COUNTS);
	suite_add_loop(group, a_span_has_the_extremes_of_its_updates, 0,
		COUNTS);
	tcase_add_test(group, the_first_and_the_last_updates_keep_their_detail);
	tcase_add_test(group, an_empty_span_has_no_values);
	tcase_add_test(group, a_lucky_update_is_not_the_best_average);
	suite_add_loop(group, the_best_average_of_an_older_file_is_near, 0,
		COUNTS);
	tcase_add_test(group,
		the_best_validation_is_kept_however_many_there_are);
	tcase_add_test(group, losses_that_have_risen_since_the_best_are_rising);
	suite_add_loop(group, a_restored_history_continues_like_the_original, 0,
		COUNTS);
	suite_add_loop(group, spans_of_any_width_are_exact_to_the_bucket, 0,
		LENGTHS);
	tcase_add_test(group, complete_buckets_have_the_exact_mean_and_average);
	tcase_add_test(group, a_peak_is_visible_at_any_width);
	tcase_add_test(group, ten_million_updates_use_no_more_memory);
	tcase_add_test(group, losses_of_any_size_are_kept_as_floats);
	return suite;
}

int
main(void)
{
	return suite_run(history_suite());
}
