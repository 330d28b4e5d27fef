/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the timeline: which updates it keeps, in how much memory.
 * check_state tests that a run repeats from a copy what it did.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "run/run.h"
#include "run/run_private.h"
#include "run/timeline.h"
#include "suite.h"

static struct run *run;
static struct timeline timeline;

/* Begin a run of the default task, with room for about `states` copies. */
static void
begin(const char *snapshots, double states)
{
	struct settings settings;
	struct error error;

	settings_default(&settings);
	ck_assert(setting_parse(&setting_seed, &settings, "1", &error));
	ck_assert(setting_parse(&setting_units, &settings, "2", &error));
	ck_assert(setting_parse(&setting_snapshots, &settings, snapshots,
		&error));
	ck_assert(settings_complete(&settings,
		settings_bit(&setting_seed) | settings_bit(&setting_units) |
			settings_bit(&setting_snapshots),
		&error));
	run = run_create(suite_context(), &settings, NULL, &error);
	ck_assert_msg(run != NULL, "%s", error.text);
	timeline_create(&timeline,
		(uint64_t)(states * (double)timeline_bytes(&run->state)));
}

static void
end(void)
{
	timeline_destroy(&timeline);
	run_destroy(run);
}

/*
 * Count updates without training: jump to those that are due, and let each
 * loss be that of the update before.
 */
static void
count_to(uint64_t last)
{
	struct run_state *state = &run->state;

	for (;;) {
		uint64_t updates = run_state_updates(state), next;

		timeline_take(&timeline, state);
		ck_assert_uint_le(timeline.used, timeline.memory);
		next = timeline_next(&timeline, state, last);
		if (updates == last)
			return;
		ck_assert_uint_gt(next, updates);
		state->optimizer.updates = next;
	}
}

static double
gap(size_t i)
{
	return log1p((double)timeline.mark[i].update) -
		log1p((double)timeline.mark[i - 1].update);
}

/* Whether the timeline has a copy of that update. */
static bool
keeps(uint64_t update)
{
	const struct run_state *state = timeline_before(&timeline, update);

	return state != NULL && run_state_updates(state) == update;
}

START_TEST(copies_are_spaced_evenly_on_a_logarithmic_axis)
{
	static const uint64_t lasts[] = {1000, 25000, 1000000, 100000000,
		10000000000};
	uint64_t last = lasts[_i];
	double widest = 0;
	size_t first = 0;

	begin("0", 60);
	count_to(last);
	ck_assert_uint_ge(timeline.count, 30);
	ck_assert_uint_le(timeline.count, 60);
	ck_assert(keeps(0));
	widest = log1p((double)last) -
		log1p((double)timeline.mark[timeline.count - 1].update);
	/* at first the updates are farther apart than evenly spaced copies */
	while (timeline.mark[first + 1].update ==
		timeline.mark[first].update + 1)
		first++;
	ck_assert_uint_lt(first, 20);
	for (size_t i = first + 1; i < timeline.count; i++)
		widest = fmax(widest, gap(i));
	ck_assert_double_le(widest, 3.5 * log1p((double)last) / 60);
	end();
}
END_TEST

START_TEST(copies_at_snapshots_stay)
{
	static const uint64_t snapshots[] = {3, 101, 102, 5000, 7001};

	begin("3,101,102,5000,7001", 12);
	/* a session stops at each snapshot */
	for (size_t i = 0; i < 5; i++)
		count_to(snapshots[i]);
	count_to(1000000);
	for (size_t i = 0; i < 5; i++)
		ck_assert(keeps(snapshots[i]));
	ck_assert_uint_le(timeline.count, 12);
	end();
}
END_TEST

START_TEST(memory_without_room_keeps_what_fits)
{
	begin("0", 0.5);
	count_to(1000);
	ck_assert_uint_eq(timeline.count, 0);
	ck_assert_ptr_null(timeline_before(&timeline, 1000));
	end();
	begin("0", 1.5);
	count_to(1000);
	ck_assert_uint_eq(timeline.count, 1);
	ck_assert(keeps(0));
	end();
	begin("0", 2.5);
	count_to(1000);
	ck_assert_uint_eq(timeline.count, 2);
	ck_assert(keeps(0));
	end();
	begin("0", 0);
	count_to(1000);
	ck_assert_uint_eq(timeline.count, 0);
	end();
}
END_TEST

START_TEST(a_timeline_is_cut_where_the_run_goes_on)
{
	begin("0", 30);
	count_to(10000);
	timeline_cut(&timeline, 500);
	ck_assert_ptr_nonnull(timeline_before(&timeline, 10000));
	ck_assert_uint_le(run_state_updates(timeline_before(&timeline, 10000)),
		500);
	run->state.optimizer.updates = 500;
	count_to(10000);
	ck_assert_uint_ge(timeline.count, 15);
	timeline_clear(&timeline);
	ck_assert_uint_eq(timeline.count, 0);
	ck_assert_uint_eq(timeline.used, 0);
	count_to(20000);
	ck_assert(keeps(10000));
	ck_assert_ptr_null(timeline_before(&timeline, 9999));
	end();
}
END_TEST

static Suite *
timeline_suite(void)
{
	Suite *suite = suite_create("timeline");
	TCase *group = suite_group(suite, "timeline", SUITE_SECONDS);

	suite_add_loop(group, copies_are_spaced_evenly_on_a_logarithmic_axis, 0,
		5);
	tcase_add_test(group, copies_at_snapshots_stay);
	tcase_add_test(group, memory_without_room_keeps_what_fits);
	tcase_add_test(group, a_timeline_is_cut_where_the_run_goes_on);
	return suite;
}

int
main(void)
{
	return suite_run(timeline_suite());
}
