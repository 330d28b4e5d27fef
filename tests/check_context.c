/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of contexts: runs with different kernels and thread pools train in one
 * process at the same time, and each gives the same bits as alone.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/memory.h"
#include "core/context.h"
#include "core/thread_pool.h"
#include "run/run.h"
#include "run/run_private.h"
#include "suite.h"

/* The kernel, the threads and the sizes of a run. */
struct setup {
	size_t kernel; /* index among the kernels, slowest first */
	size_t threads;
	size_t units;
	const struct framing *framing;
	uint64_t updates;
};

/* Large enough that several threads share the parts of a pass. */
static const struct setup setups[] = {
	{0, 1, 10, &framing_one_to_one, 300},
	{1, 2, 160, &framing_sequence, 12},
	{0, 3, 160, &framing_sequence, 12},
	{1, 1, 24, &framing_sequence, 100},
};

enum { SETUPS = sizeof setups / sizeof setups[0] };

struct training {
	const struct setup *setup;
	struct context context;
	struct run *run;
};

/* Return a kernel by its index, slowest first; past the end, the fastest. */
static const struct kernel *
kernel_from_last(size_t index)
{
	size_t count = 0;

	while (kernel_variant(count) != NULL)
		count++;
	return kernel_variant(index < count ? count - 1 - index : 0);
}

static struct training *
begin(const struct setup *setup)
{
	struct training *training = memory_new(1, sizeof *training);
	struct settings settings;
	struct error error;

	ck_assert_ptr_nonnull(training);
	training->setup = setup;
	ck_assert(context_create(&training->context,
		kernel_from_last(setup->kernel), setup->threads, &error));
	settings_default(&settings);
	settings.framing = setup->framing;
	settings.units.units[0] = setup->units;
	settings.batch = setup->units > 100 ? 16 : 1;
	settings.seed = 7;
	ck_assert_msg(settings_complete(&settings, 0, &error), "%s",
		error.text);
	training->run = run_create(&training->context, &settings, NULL, &error);
	ck_assert_msg(training->run != NULL, "%s", error.text);
	return training;
}

/* Train one slice. Return true if updates remain. */
static bool
advance(struct training *training)
{
	struct error error;
	enum run_status status = run_advance(training->run,
		training->setup->updates, 100000, &error);

	ck_assert(status == RUN_GOES_ON || status == RUN_REACHED);
	return status == RUN_GOES_ON;
}

static void
end(struct training *training)
{
	run_destroy(training->run);
	context_destroy(&training->context);
	free(training);
}

static void
expect_same_values(const struct model *a, const struct model *b)
{
	size_t bytes = a->parameters.total * sizeof(float);
	float *of_a = memory_floats(a->parameters.total);
	float *of_b = memory_floats(b->parameters.total);

	ck_assert(of_a != NULL && of_b != NULL);
	ck_assert_uint_eq(a->parameters.total, b->parameters.total);
	model_get_values(a, of_a);
	model_get_values(b, of_b);
	ck_assert_mem_eq(of_a, of_b, bytes);
	free(of_a);
	free(of_b);
}

static void
expect_as_alone(struct training *training)
{
	struct training *alone = begin(training->setup);

	while (advance(alone))
		;
	ck_assert_uint_eq(run_updates(training->run), training->setup->updates);
	ck_assert_str_eq(training->run->state.model.context->kernel->name,
		alone->context.kernel->name);
	expect_same_values(&training->run->state.model,
		&alone->run->state.model);
	end(alone);
}

START_TEST(runs_that_take_turns_give_the_same_bits_as_alone)
{
	struct training *trainings[SETUPS];
	bool goes_on = true;

	for (size_t i = 0; i < SETUPS; i++)
		trainings[i] = begin(&setups[i]);
	while (goes_on) {
		goes_on = false;
		for (size_t i = 0; i < SETUPS; i++)
			if (run_updates(trainings[i]->run) < setups[i].updates)
				goes_on |= advance(trainings[i]);
	}
	for (size_t i = 0; i < SETUPS; i++) {
		expect_as_alone(trainings[i]);
		end(trainings[i]);
	}
}
END_TEST

static void *
train(void *argument)
{
	while (advance(argument))
		;
	return NULL;
}

START_TEST(runs_in_separate_threads_give_the_same_bits_as_alone)
{
	struct training *trainings[SETUPS];
	pthread_t threads[SETUPS];

	for (size_t i = 0; i < SETUPS; i++) {
		trainings[i] = begin(&setups[i]);
		ck_assert_int_eq(pthread_create(&threads[i], NULL, train,
					 trainings[i]),
			0);
	}
	for (size_t i = 0; i < SETUPS; i++)
		pthread_join(threads[i], NULL);
	for (size_t i = 0; i < SETUPS; i++) {
		expect_as_alone(trainings[i]);
		end(trainings[i]);
	}
}
END_TEST

/* The previous tests prove nothing unless the two kernels differ. */
START_TEST(a_context_uses_the_kernel_it_was_created_with)
{
	struct context context;
	struct error error;

	for (size_t i = 0; kernel_variant(i) != NULL; i++) {
		ck_assert(context_create(&context, kernel_variant(i), i + 1,
			&error));
		ck_assert_ptr_eq(context.kernel, kernel_variant(i));
		ck_assert_uint_eq(thread_pool_size(context.threads), i + 1);
		context_destroy(&context);
	}
	ck_assert(context_create(&context, NULL, 0, &error));
	ck_assert_ptr_eq(context.kernel, kernel_variant(0));
	ck_assert_uint_ge(thread_pool_size(context.threads), 1);
	context_destroy(&context);
}
END_TEST

/* ---------------------------------------------------------------------- */

enum { PARTS = 1000 };

struct parts {
	atomic_uint done[PARTS];
};

static void
count_parts(void *argument, size_t from, size_t to)
{
	struct parts *parts = argument;

	for (size_t i = from; i < to; i++)
		atomic_fetch_add(&parts->done[i], 1);
}

/*
 * Count the parts that were not done exactly once, or were done although they
 * are not in the job.
 */
static size_t
wrong_parts(struct parts *parts, size_t first, size_t last)
{
	size_t wrong = 0;

	for (size_t i = 0; i < PARTS; i++)
		wrong += atomic_load(&parts->done[i]) !=
			(i >= first && i < last);
	return wrong;
}

START_TEST(a_pool_does_each_part_once)
{
	static struct parts parts;
	struct thread_pool *pool = thread_pool_create((size_t)_i);

	ck_assert_ptr_nonnull(pool);
	ck_assert_uint_eq(thread_pool_size(pool), (size_t)_i);
	for (size_t first = 0; first < PARTS; first += PARTS / 50)
		for (size_t last = first; last <= PARTS; last += PARTS / 7) {
			for (size_t i = 0; i < PARTS; i++)
				atomic_store(&parts.done[i], 0);
			thread_pool_run(pool, count_parts, &parts, first, last);
			ck_assert_uint_eq(wrong_parts(&parts, first, last), 0);
		}
	thread_pool_destroy(pool);
}
END_TEST

START_TEST(pools_can_be_created_and_destroyed_repeatedly)
{
	struct parts *parts = memory_new(1, sizeof *parts);

	ck_assert_ptr_nonnull(parts);
	for (unsigned n = 1; n <= 100; n++) {
		struct thread_pool *pool = thread_pool_create(1 + n % 4);

		ck_assert_ptr_nonnull(pool);
		/* some pools are never used */
		if (n % 3 > 0)
			thread_pool_run(pool, count_parts, parts, 0, PARTS);
		thread_pool_destroy(pool);
	}
	for (size_t i = 0; i < PARTS; i++)
		ck_assert_uint_eq(atomic_load(&parts->done[i]), 67);
	thread_pool_destroy(NULL);
	free(parts);
}
END_TEST

START_TEST(the_size_of_a_pool_is_limited)
{
	struct thread_pool *pool = thread_pool_create(1000);

	ck_assert_ptr_nonnull(pool);
	ck_assert_uint_eq(thread_pool_size(pool), THREAD_POOL_MAX);
	thread_pool_destroy(pool);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("context");
	TCase *group = suite_group(suite, "context", SUITE_SECONDS_SLOW);

	tcase_add_test(group, a_context_uses_the_kernel_it_was_created_with);
	tcase_add_test(group, runs_that_take_turns_give_the_same_bits_as_alone);
	tcase_add_test(group,
		runs_in_separate_threads_give_the_same_bits_as_alone);

	group = suite_group(suite, "pool", SUITE_SECONDS_SLOW);
	suite_add_loop(group, a_pool_does_each_part_once, 1, 5);
	tcase_add_test(group, pools_can_be_created_and_destroyed_repeatedly);
	tcase_add_test(group, the_size_of_a_pool_is_limited);
	return suite_run(suite);
}
