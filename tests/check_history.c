/*
 * The history of the loss against a plain list of all values: nothing is
 * lost that a plot could show, in memory that does not grow.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/random.h"
#include "run/history.h"
#include "suite.h"

/* A loss that falls and scatters. */
static double
loss_at(struct random *random, uint64_t update)
{
	return 0.1 + 1 / (1 + (double)update / 300) +
		0.05 * random_uniform(random);
}

struct record {
	struct history history;
	double *loss; /* of every update, as a float keeps it */
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
	double best = INFINITY, sum = 0, weight = 0;

	for (uint64_t i = 0; i < whole->count; i++) {
		best = fmin(best, whole->loss[i]);
		sum = HISTORY_DECAY * sum +
			(1 - HISTORY_DECAY) * whole->loss[i];
		weight = HISTORY_DECAY * weight + (1 - HISTORY_DECAY);
	}
	ck_assert(whole->history.updates == whole->count);
	ck_assert_double_eq(whole->history.best, best);
	ck_assert_double_eq(whole->history.last,
		whole->loss[whole->count - 1]);
	ck_assert_double_eq_tol(history_average(&whole->history),
		sum / weight, 1e-12);
	release(whole);
}
END_TEST

/* Spans as the columns of plots ask for them, of any width. */
START_TEST(a_span_is_what_its_updates_were)
{
	struct record *whole = record(counts[_i]);

	for (uint64_t columns = 1; columns <= 400; columns += 57)
		for (uint64_t c = 0; c < columns; c++) {
			uint64_t first = whole->count * c / columns;
			uint64_t end = whole->count * (c + 1) / columns;
			struct history_bucket span;
			double least = INFINITY, most = -INFINITY;

			if (first == end)
				continue;
			ck_assert(history_span(&whole->history, first, end,
				&span));
			for (uint64_t i = first; i < end; i++) {
				least = fmin(least, whole->loss[i]);
				most = fmax(most, whole->loss[i]);
			}
			/* buckets at the ends may reach beyond the span */
			ck_assert_double_le(span.least, least + 1e-6);
			ck_assert_double_ge(span.most, most - 1e-6);
			ck_assert_double_ge(span.mean, span.least - 1e-6);
			ck_assert_double_le(span.mean, span.most + 1e-6);
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
		ck_assert(history_span(&whole->history, late, late + 1,
			&span));
		ck_assert_double_eq_tol(span.mean, whole->loss[late], 1e-6);
	}
	release(whole);
}
END_TEST

START_TEST(nothing_is_known_of_what_did_not_happen)
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

/* Through the form that the model file keeps; then both go on. */
START_TEST(a_history_put_back_goes_on_as_if_never_taken_apart)
{
	struct record *whole = record(counts[_i]);
	struct history *back = malloc(sizeof *back);
	struct history_bucket kept[2 * HISTORY_BUCKETS];

	ck_assert_ptr_nonnull(back);
	history_clear(back);
	back->updates = whole->history.updates;
	back->last = whole->history.last;
	back->best = whole->history.best;
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

		ck_assert(history_span(&whole->history, first,
			first + 1 + first / 50, &one));
		ck_assert(history_span(back, first, first + 1 + first / 50,
			&other));
		ck_assert_mem_eq(&one, &other, sizeof one);
	}
	free(back);
	release(whole);
}
END_TEST

static Suite *
history_suite(void)
{
	Suite *suite = suite_create("history");
	TCase *group = suite_group(suite, "history", SUITE_SECONDS);

	tcase_add_loop_test(group, the_numbers_beside_the_plot_are_exact, 0,
		COUNTS);
	tcase_add_loop_test(group, a_span_is_what_its_updates_were, 0, COUNTS);
	tcase_add_test(group,
		the_first_and_the_last_updates_keep_their_detail);
	tcase_add_test(group, nothing_is_known_of_what_did_not_happen);
	tcase_add_loop_test(group,
		a_history_put_back_goes_on_as_if_never_taken_apart, 0, COUNTS);
	return suite;
}

int
main(void)
{
	return suite_run(history_suite());
}
