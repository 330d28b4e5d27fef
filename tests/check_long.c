/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of very long runs, in short: memory use stays constant, counts exceed
 * 32 bits, and a clock that jumps does no harm. LSTMTUI_UPDATES: updates of the
 * first test.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "folder.h"
#include "session/model_file.h"
#include "run/run.h"
#include "run/run_private.h"
#include "suite.h"
#include "terminal.h"

enum { UPDATES = 1000000, STRETCHES = 10 };

static char folder[FOLDER_PATH_SIZE], model[FOLDER_PATH_SIZE];

static void
begin(void)
{
	folder_join(model, folder_new(folder), "m.safetensors");
}

static void
set(struct settings *settings, const struct setting *setting, const char *text)
{
	struct error error;

	ck_assert_msg(setting_parse(setting, settings, text, &error), "%s",
		error.text);
}

static struct run *
begin_run(const struct settings *settings)
{
	struct run *run;
	struct error error;

	run = run_create(suite_context(), settings, NULL, &error);
	ck_assert_msg(run != NULL, "%s", error.text);
	return run;
}

static void
end_run(struct run *run)
{
	run_destroy(run);
}

static void
train_to(struct run *run, uint64_t updates)
{
	struct error error;

	ck_assert_int_eq(run_advance(run, updates, UINT64_MAX, &error),
		RUN_REACHED);
	ck_assert(run_updates(run) == updates);
}

/* Return the resident memory in kB; 0: unknown. */
static long
resident_kilobytes(void)
{
	FILE *file = fopen("/proc/self/statm", "r");
	long size, resident = 0;

	if (file == NULL)
		return 0;
	if (fscanf(file, "%ld %ld", &size, &resident) != 2)
		resident = 0;
	fclose(file);
	return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

static uint64_t
count_updates(void)
{
	const char *wanted = getenv("LSTMTUI_UPDATES");

	return wanted != NULL ? strtoull(wanted, NULL, 10) : UPDATES;
}

/*
 * The smallest model. The history's mean over the run equals the mean over its
 * stretches, although most updates are merged into large buckets.
 */
START_TEST(a_long_run_uses_no_more_memory_than_a_short_one)
{
	uint64_t updates = count_updates() / STRETCHES * STRETCHES;
	struct settings settings;
	struct run *run;
	struct history_bucket span;
	long memory = 0;
	double mean = 0;

	settings_default(&settings);
	set(&settings, &setting_units, "1");
	set(&settings, &setting_seed, "1");
	run = begin_run(&settings);
	for (int i = 1; i <= STRETCHES; i++) {
		uint64_t from = run_updates(run);

		train_to(run, updates / STRETCHES * (uint64_t)i);
		ck_assert(history_span(&run->state.history, from,
			run_updates(run), &span));
		mean += span.mean / STRETCHES;
		if (i == 1)
			memory = resident_kilobytes();
	}
	ck_assert_int_le(resident_kilobytes(), memory + 128);
	ck_assert(history_span(&run->state.history, 0, updates, &span));
	ck_assert_double_eq_tol(span.mean, mean, 0.002);
	/* one unit reaches a loss of about 0.19 */
	ck_assert_double_eq_tol(history_average(&run->state.history), 0.19,
		0.05);
	end_run(run);
}
END_TEST

/* Counts near which an integer may wrap, or a double is no longer exact. */
static const uint64_t counts[] = {
	(UINT64_C(1) << 31) - 5,
	(UINT64_C(1) << 32) - 5,
	(UINT64_C(1) << 40) - 5,
	UINT64_C(1000000000000000) - 40,
};

enum { COUNTS = sizeof counts / sizeof counts[0] };

/* Create a run as if it had done `updates` updates, each with a loss of 0.2. */
static struct run *
run_at(uint64_t updates)
{
	static struct history_bucket buckets[2 * HISTORY_BUCKETS];
	struct settings settings;
	struct run *run;

	settings_default(&settings);
	set(&settings, &setting_seed, "1");
	run = begin_run(&settings);
	train_to(run, 100);
	run->state.history.updates = updates;
	for (size_t level = 0; level < HISTORY_LEVELS; level++) {
		size_t kept = history_kept(&run->state.history, level, buckets);

		for (size_t i = 0; i < kept; i++)
			buckets[i] =
				(struct history_bucket){0.2f, 0.2f, 0.2f, 0.2f};
		ck_assert(history_restore(&run->state.history, level, buckets,
			kept));
	}
	optimizer_resume(&run->state.optimizer, updates);
	run->state.settings.target = updates + 30;
	return run;
}

/* Group by thousands, as on the screen: "1,099,511,627,776". */
static void
group(char *text, size_t size, uint64_t count)
{
	char plain[32];
	size_t digits, length = 0;

	snprintf(plain, sizeof plain, "%llu", (unsigned long long)count);
	digits = strlen(plain);
	for (size_t i = 0; i < digits && length + 2 < size; i++) {
		if (i > 0 && (digits - i) % 3 == 0)
			text[length++] = ',';
		text[length++] = plain[i];
	}
	text[length] = '\0';
}

START_TEST(counts_continue_beyond_32_bits)
{
	struct run *run = run_at(counts[_i]), *resumed;
	struct outcome outcome;
	struct error error;
	const char *line;

	begin();
	ck_assert_msg(model_file_write(&run->state, model, &error), "%s",
		error.text);
	command_run(&(struct command){.folder = folder,
			    .arguments = WORDS("train", "--log", "-",
				    "m.safetensors")},
		&outcome);
	expect_status(&outcome, 0);
	line = outcome.output;
	for (uint64_t n = counts[_i] + 1; n <= counts[_i] + 30; n++) {
		char begins[64];

		snprintf(begins, sizeof begins, "{\"update\":%llu,",
			(unsigned long long)n);
		ck_assert_msg(strncmp(line, begins, strlen(begins)) == 0,
			"%s: %.100s", begins, line);
		line = strchr(line, '\n') + 1;
	}
	ck_assert_str_eq(line, "");
	outcome_release(&outcome);
	/* the file equals that of a run that was never stopped */
	resumed = model_file_open(suite_context(), model, &error);
	ck_assert_msg(resumed != NULL, "%s", error.text);
	train_to(run, counts[_i] + 30);
	ck_assert(run_updates(resumed) == counts[_i] + 30);
	ck_assert_mem_eq(run->state.model.values, resumed->state.model.values,
		run->state.model.parameters.packed_total * sizeof(float));
	end_run(resumed);
	end_run(run);
}
END_TEST

START_TEST(the_screen_has_room_for_any_count)
{
	struct run *run = run_at(counts[_i]);
	struct terminal terminal;
	struct error error;
	char count[64];

	begin();
	ck_assert_msg(model_file_write(&run->state, model, &error), "%s",
		error.text);
	end_run(run);
	terminal_open(&terminal,
		&(struct terminal_options){
			.command = {.folder = folder,
				.arguments = WORDS("m.safetensors")}});
	ck_assert_msg(terminal_wait_for(&terminal, "finished",
			      TERMINAL_LIMIT_MS),
		"%s", terminal_text(&terminal));
	group(count, sizeof count, counts[_i] + 30);
	ck_assert_msg(terminal_shows(&terminal, count), "%s:\n%s", count,
		terminal_text(&terminal));
	/* the average stays near 0.2 over the whole run */
	ck_assert_msg(terminal_shows(&terminal, "average 0.2") ||
			terminal_shows(&terminal, "average 0.1"),
		"%s", terminal_text(&terminal));
	terminal_type(&terminal, "qd");
	ck_assert(terminal_wait_for_end(&terminal, TERMINAL_LIMIT_MS));
	ck_assert_int_eq(terminal.outcome.status, 0);
	terminal_close(&terminal);
}
END_TEST

/* The clock jumps back and forth by up to a minute or a year. */
/* clang-format off */
static const char *const jumps[] = {
	"LSTMTUI_CLOCK=60", "LSTMTUI_CLOCK=31536000"};

static const char *
program_with_faults(void)
{
	static char path[FOLDER_PATH_SIZE];

	snprintf(path, sizeof path, "%s/src/lstmtui-faults",
		getenv("TOP_BUILDDIR") != NULL ? getenv("TOP_BUILDDIR")
					       : ".");
	return path;
}
/* clang-format on */

START_TEST(a_clock_that_jumps_does_no_harm)
{
	const char *const environment[] = {jumps[_i], NULL};
	struct terminal terminal;

	begin();
	terminal_open(&terminal,
		&(struct terminal_options){
			.command = {.program = program_with_faults(),
				.environment = environment,
				.folder = folder,
				.arguments = WORDS("--seed", "1", "--updates",
					"3000", "--speed", "1000",
					"m.safetensors")}});
	ck_assert_msg(terminal_wait_for(&terminal, "running",
			      TERMINAL_LIMIT_MS),
		"%s", terminal_text(&terminal));
	terminal_type(&terminal, " ");
	ck_assert_msg(terminal_wait_for(&terminal, "paused", TERMINAL_LIMIT_MS),
		"%s", terminal_text(&terminal));
	terminal_type(&terminal, " ");
	ck_assert_msg(terminal_wait_for(&terminal, "3,000/3,000",
			      TERMINAL_LIMIT_MS),
		"%s", terminal_text(&terminal));
	terminal_type(&terminal, "w");
	ck_assert_msg(terminal_wait_for(&terminal, "saved", TERMINAL_LIMIT_MS),
		"%s", terminal_text(&terminal));
	terminal_type(&terminal, "q");
	ck_assert(terminal_wait_for_end(&terminal, TERMINAL_LIMIT_MS));
	ck_assert_int_eq(terminal.outcome.status, 0);
	terminal_close(&terminal);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("long");
	TCase *group = suite_group(suite, "long", SUITE_SECONDS);
	TCase *slow = suite_group(suite, "memory",
		getenv("LSTMTUI_UPDATES") != NULL ? 24 * 3600
						  : SUITE_SECONDS_SLOW);

	tcase_add_unchecked_fixture(group, folder_setup, folder_teardown);
	suite_add_loop(group, counts_continue_beyond_32_bits, 0, COUNTS);
	suite_add_loop(group, the_screen_has_room_for_any_count, 0, COUNTS);
	suite_add_loop(group, a_clock_that_jumps_does_no_harm, 0,
		sizeof jumps / sizeof jumps[0]);
	tcase_add_test(slow, a_long_run_uses_no_more_memory_than_a_short_one);
	return suite_run(suite);
}
