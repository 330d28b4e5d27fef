/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests that a model too large for memory is refused before it is created, with
 * both sizes in the message. The tests limit the address space, so that they do
 * not depend on the machine.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "base/memory.h"
#include "core/model.h"
#include "folder.h"
#include "run/footprint.h"
#include "run/run.h"
#include "run/run_private.h"
#include "suite.h"
#include "task/text.h"

static struct settings
settings_of(const char *units)
{
	struct settings settings;
	struct error error;

	settings_default(&settings);
	ck_assert_msg(setting_parse(&setting_units, &settings, units, &error),
		"%s", error.text);
	return settings;
}

static double
bytes_of(const struct cell *cell, const char *units, double *parameters)
{
	struct settings settings = settings_of(units);

	settings.cell = cell;
	return footprint_bytes(suite_context(), &settings, 2, 4, parameters);
}

/* Gates, bias vectors of a gate, and floats stored per unit and step. */
static const struct {
	const struct cell *cell;
	double gates, biases, floats;
} cells[] = {
	{&cell_lstm, 4, 1, 8},
	{&cell_gru, 3, 2, 6},
	{&cell_rnn, 1, 1, 3},
};

enum { CELLS = sizeof cells / sizeof cells[0] };

/*
 * With adam: weights, gradients and two moments; three of these in the last
 * good state, three for a save.
 */
START_TEST(a_parameter_takes_ten_floats)
{
	const double recurrent = cells[_i].gates * 1024 * 1024;
	const double others =
		cells[_i].gates * 1024 * (2 + cells[_i].biases) + 1024 * 2 + 2;
	double parameters,
		bytes = bytes_of(cells[_i].cell, "1024", &parameters);

	ck_assert_double_eq(parameters, recurrent + others);
	/* plus a little for the steps and for the padding of vectors */
	ck_assert_double_ge(bytes, 40 * parameters);
	ck_assert_double_lt(bytes, 40.5 * parameters);
}
END_TEST

START_TEST(the_size_includes_the_steps_of_a_batch)
{
	struct settings settings = settings_of("100");
	double parameters, one, many;

	settings.cell = cells[_i].cell;
	settings.framing = &framing_sequence;
	settings.batch = 7;
	one = footprint_bytes(suite_context(), &settings, 2, 11, &parameters);
	settings.batch = 1007;
	many = footprint_bytes(suite_context(), &settings, 2, 11, &parameters);
	/* ten steps of a thousand more sequences */
	ck_assert_double_eq_tol(many - one,
		1000 * 10 * (cells[_i].floats * 100 + 2 * 2) * 4.0, 1);
	/* 60 rows have no transposed copies of the weights, 70 have */
	settings.batch = 6;
	ck_assert_double_gt(one -
			footprint_bytes(suite_context(), &settings, 2, 11,
				&parameters),
		4 * parameters);
}
END_TEST

static void
limit_to(rlim_t bytes)
{
	const struct rlimit limit = {bytes, RLIM_INFINITY};

	ck_assert_int_eq(setrlimit(RLIMIT_AS, &limit), 0);
}

START_TEST(the_limit_of_the_process_is_respected)
{
	double machine = memory_limit(), less, min;

	limit_to(3000000000);
	less = memory_limit();
	limit_to(1000000000);
	min = memory_limit();
	/* the end of the test needs memory, above all with sanitizers */
	limit_to(RLIM_INFINITY);
	ck_assert_double_gt(machine, 1e6);
	ck_assert_double_le(less, 3e9);
	ck_assert_double_le(min, 1e9);
}
END_TEST

/* Create a run within a limit; return true if it was refused. */
static bool
is_refused(const struct settings *settings, rlim_t limit, struct error *error)
{
	const struct context *context = suite_context();
	bool refused;

	limit_to(limit);
#ifdef __SANITIZE_ADDRESS__
	/* sanitizers leave no memory within the limit: only call the check */
	refused = !footprint_check(context, settings, 2, 4, error);
#else
	struct run *run = run_create(context, settings, NULL, error);

	refused = run == NULL;
#endif
	limit_to(RLIM_INFINITY);
	return refused;
}

START_TEST(a_model_that_does_not_fit_is_refused_with_both_sizes)
{
	struct settings settings = settings_of("10");
	struct error error;

	ck_assert(footprint_check(suite_context(), &settings, 2, 4, &error));
	settings = settings_of("16384");
	ck_assert(is_refused(&settings, 1000000000, &error));
	ck_assert_msg(strstr(error.text, "1.074e+09 parameters") != NULL, "%s",
		error.text);
	ck_assert_msg(strstr(error.text, "take 43.0 GB") != NULL, "%s",
		error.text);
	ck_assert_msg(strstr(error.text,
			      "but only 1.0 GB are available; use fewer "
			      "--units") != NULL,
		"%s", error.text);
}
END_TEST

/* A sanitizer's or valgrind's memory is not that of the program. */
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
START_TEST(a_character_of_a_text_takes_at_most_two_and_a_half_bytes)
{
	enum { BYTES = 20000000 };
	char folder[FOLDER_PATH_SIZE], path[FOLDER_PATH_SIZE];
	struct rusage before, after;
	struct error error;
	struct text text;
	FILE *file;

	folder_join(path, folder_new(folder), "t.txt");
	file = fopen(path, "w");
	ck_assert_ptr_nonnull(file);
	for (int i = 0; i < BYTES; i++)
		putc('a' + i % 25, file);
	ck_assert_int_eq(fclose(file), 0);
	getrusage(RUSAGE_SELF, &before);
	ck_assert_msg(text_read(&text, path, &(struct text_config){0}, &error),
		"%s", error.text);
	getrusage(RUSAGE_SELF, &after);
	/* in units of 1024 bytes */
	ck_assert_double_lt(1024.0 *
			(double)(after.ru_maxrss - before.ru_maxrss),
		2.5 * BYTES);
	text_destroy(&text);
}
END_TEST
#endif

static Suite *
footprint_suite(void)
{
	Suite *suite = suite_create("footprint");
	TCase *group = suite_group(suite, "footprint", SUITE_SECONDS);

	suite_add_loop(group, a_parameter_takes_ten_floats, 0, CELLS);
	suite_add_loop(group, the_size_includes_the_steps_of_a_batch, 0, CELLS);
	tcase_add_test(group, the_limit_of_the_process_is_respected);
	tcase_add_unchecked_fixture(group, folder_setup, folder_teardown);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
	tcase_add_test(group,
		a_character_of_a_text_takes_at_most_two_and_a_half_bytes);
#endif
	tcase_add_test(group,
		a_model_that_does_not_fit_is_refused_with_both_sizes);
	return suite;
}

int
main(void)
{
	return suite_run(footprint_suite());
}
