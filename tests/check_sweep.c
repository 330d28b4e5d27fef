/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of `lstmtui sweep`: its results are the same for all ways of running it
 * and after interruptions.
 */
#include <check.h>
#include <fcntl.h>
#include <jansson.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "here.h"
#include "suite.h"
#include "terminal.h"

enum { LIMIT_MS = 40000, TEXT_SIZE = 512 };

/* Parse a JSON object and free its text. */
static json_t *
object_of(char *text)
{
	json_t *object = parse_object(text);

	free(text);
	return object;
}

static char *
read_in(const char *directory, const char *name, size_t *length)
{
	char inner[FOLDER_PATH_SIZE], path[FOLDER_PATH_SIZE];

	folder_join(inner, folder, directory);
	return file_read(folder_join(path, inner, name), length);
}

static struct stat
status_in(const char *directory, const char *name)
{
	char inner[FOLDER_PATH_SIZE], path[FOLDER_PATH_SIZE];
	struct stat status;

	folder_join(inner, folder, directory);
	ck_assert_int_eq(stat(folder_join(path, inner, name), &status), 0);
	return status;
}

static bool
exists_in(const char *directory, const char *name)
{
	char inner[FOLDER_PATH_SIZE], path[FOLDER_PATH_SIZE];

	folder_join(inner, folder, directory);
	return file_exists(folder_join(path, inner, name));
}

static void
expect_same_file(const char *a, const char *b, const char *name)
{
	size_t a_length, b_length;
	char *a_bytes = read_in(a, name, &a_length);
	char *b_bytes = read_in(b, name, &b_length);

	ck_assert_msg(a_length == b_length &&
			memcmp(a_bytes, b_bytes, a_length) == 0,
		"%s differs in %s and %s", name, a, b);
	free(a_bytes);
	free(b_bytes);
}

/* A small sweep of four runs, and the names of their models. */
#define SMALL "--units", "2,4", "--seeds", "2", "--updates", "500"

/* clang-format off */
static const char *const small_models[] = {
	"units-2-seed-1.safetensors", "units-2-seed-2.safetensors",
	"units-4-seed-1.safetensors", "units-4-seed-2.safetensors"};

enum { SMALL_RUNS = 4 };

START_TEST(the_results_equal_those_of_evaluate_and_info)
{
	char path[TEXT_SIZE], line[TEXT_SIZE], *csv;
	json_t *results;
	const json_t *runs;

	MUST("sweep", SMALL, "--jobs", "2", "--output", "d");
	csv = read_in("d", "results.csv", NULL);
	ck_assert_uint_eq(count_lines(csv), SMALL_RUNS + 1);
	ck_assert_ptr_eq(strstr(csv, "units,seed,parameters,updates,loss,"
		"rectangle_error,seconds,size,degenerate\n"), csv);
	results = object_of(read_in("d", "results.json", NULL));
	runs = json_object_get(results, "runs");
	ck_assert_uint_eq(json_array_size(runs), SMALL_RUNS);
	for (size_t i = 0; i < SMALL_RUNS; i++) {
		const json_t *run = json_array_get(runs, i);
		json_t *evaluation, *about;

		snprintf(path, sizeof path, "d/%s", small_models[i]);
		evaluation = OBJECT_OF("evaluate", "--json", path);
		about = OBJECT_OF("info", "--json", path);
		ck_assert(get_number(run, "loss") ==
			get_number(evaluation, "loss"));
		ck_assert(get_number(run, "rectangle_error") ==
			get_number(evaluation, "rectangle_error"));
		ck_assert(get_number(run, "parameters") ==
			get_number(about, "parameters"));
		ck_assert(get_number(run, "updates") == 500);
		ck_assert(get_number(run, "seconds") > 0);
		snprintf(line, sizeof line, "\n%g,%g,%g,500,%.9g,%.9g,",
			get_number(run, "units"), get_number(run, "seed"),
			get_number(about, "parameters"),
			get_number(evaluation, "loss"),
			get_number(evaluation, "rectangle_error"));
		ck_assert_msg(strstr(csv, line) != NULL, "%s not in %s", line,
			csv);
		ck_assert(get_number(run, "size") ==
			get_number(evaluation, "size"));
		snprintf(line, sizeof line, ",%.9g,no\n",
			get_number(evaluation, "size"));
		ck_assert_msg(strstr(csv, line) != NULL, "%s not in %s", line,
			csv);
		json_decref(evaluation);
		json_decref(about);
	}
	json_decref(results);
	free(csv);
}
/* clang-format on */
END_TEST

/* Mean, standard deviation and median run of the two runs of each size. */
START_TEST(sizes_summarize_their_runs)
{
	json_t *results;
	const json_t *sizes, *runs;

	MUST("sweep", SMALL, "--jobs", "2", "--output", "d");
	results = object_of(read_in("d", "results.json", NULL));
	sizes = json_object_get(results, "sizes");
	runs = json_object_get(results, "runs");
	ck_assert_uint_eq(json_array_size(sizes), SMALL_RUNS / 2);
	for (size_t i = 0; i < SMALL_RUNS / 2; i++) {
		const json_t *size = json_array_get(sizes, i);
		const json_t *a = json_array_get(runs, 2 * i);
		const json_t *b = json_array_get(runs, 2 * i + 1);
		double loss_a = get_number(a, "loss");
		double loss_b = get_number(b, "loss");

		ck_assert(loss_a != loss_b);
		ck_assert_double_eq_tol(get_number(size, "mean"),
			(loss_a + loss_b) / 2, 1e-8);
		ck_assert_double_eq_tol(get_number(size, "spread"),
			fabs(loss_a - loss_b) / sqrt(2), 1e-8);
		/* the lower one of two */
		ck_assert(get_number(size, "median_seed") ==
			get_number(loss_a < loss_b ? a : b, "seed"));
	}
	json_decref(results);
}
END_TEST

/* A model trained on equal points draws dots, which have a large error. */
START_TEST(models_that_draw_dots_are_named)
{
	char *csv, *table, *text;
	json_t *results, *evaluation;
	const json_t *run, *size;

	write_here("dots.csv", "0,0\n0,0\n0,0\n0,0\n");
	table = OUTPUT_OF("sweep", "--units", "2", "--seeds", "2", "--updates",
		"2000", "--task", "rectangle", "--data", "dots.csv", "--output",
		"d");
	ck_assert_msg(strstr(table, "  2 degenerate\n") != NULL, "%s", table);
	csv = read_in("d", "results.csv", NULL);
	ck_assert_msg(strstr(csv, ",yes\n") != NULL, "%s", csv);
	results = object_of(read_in("d", "results.json", NULL));
	size = json_array_get(json_object_get(results, "sizes"), 0);
	ck_assert_int_eq(get_integer(size, "degenerate"), 2);
	run = json_array_get(json_object_get(results, "runs"), 1);
	ck_assert(json_is_true(json_object_get(run, "degenerate")));
	evaluation =
		OBJECT_OF("evaluate", "--json", "d/units-2-seed-2.safetensors");
	ck_assert(json_is_true(json_object_get(evaluation, "degenerate")));
	ck_assert_double_lt(get_number(evaluation, "size"), 0.02);
	ck_assert_double_gt(get_number(evaluation, "rectangle_error"), 0.5);
	ck_assert(get_number(run, "size") == get_number(evaluation, "size"));
	text = OUTPUT_OF("evaluate", "d/units-2-seed-2.safetensors");
	ck_assert_msg(strstr(text, "(degenerate: a dot, below 0.02)\n") != NULL,
		"%s", text);
	json_decref(evaluation);
	json_decref(results);
	free(text);
	free(table);
	free(csv);
}
END_TEST

START_TEST(the_number_of_jobs_changes_no_model)
{
	char *one = OUTPUT_OF("sweep", "--quiet", SMALL, "--jobs", "1",
		"--output", "one");
	char *two = OUTPUT_OF("sweep", "--quiet", SMALL, "--jobs", "2",
		"--output", "two");
	char *many = OUTPUT_OF("sweep", "--quiet", SMALL, "--jobs", "9",
		"--output", "many");

	ck_assert_str_eq(one, two);
	ck_assert_str_eq(one, many);
	for (size_t i = 0; i < SMALL_RUNS; i++)
		expect_same_file("one", "two", small_models[i]);
	free(one);
	free(two);
	free(many);
}
END_TEST

START_TEST(a_plan_trains_nothing)
{
	char path[FOLDER_PATH_SIZE];
	char *plan = OUTPUT_OF("sweep", "--plan", SMALL, "--output", "d");

	ck_assert_uint_eq(count_lines(plan), SMALL_RUNS);
	ck_assert_uint_eq(folder_count(folder_join(path, folder, "d")), 0);
	for (size_t i = 0; i < SMALL_RUNS; i++)
		ck_assert_ptr_nonnull(strstr(plan, small_models[i]));
	free(plan);
}
END_TEST

/* Return true if GNU parallel is installed. */
static bool
has_parallel(void)
{
	struct outcome outcome;
	bool has;

	command_run(&(struct command){.program = "parallel",
			    .folder = folder,
			    .arguments = WORDS("--version")},
		&outcome);
	has = strstr(outcome.output, "GNU parallel") != NULL;
	outcome_release(&outcome);
	return has;
}

/* Programs that run the lines of a plan. */
/* clang-format off */
static const struct {
	const char *program;
	const char *const *arguments;
	const char *output; /* the sweep's directory */
} runners[] = {
	{"sh", WORDS("plan"), "d"},
	{"sh", WORDS("plan"), "it's a \"$HOME\" `directory`"},
	{"sh", WORDS("-c", "tr '\\n' '\\0' <plan | xargs -0 -P 2 -I {} "
		"sh -c {}"), "d"},
	{"parallel", WORDS("-j2", "-a", "plan"), "d"},
	{"parallel", WORDS("-j2", "-a", "plan"), "it's"},
};
/* clang-format on */

START_TEST(a_plan_run_by_other_programs_gives_the_same_results)
{
	char path[FOLDER_PATH_SIZE];
	const char *directory = runners[_i].output;
	struct outcome outcome;
	char *swept, *collected;

	if (strcmp(runners[_i].program, "parallel") == 0 && !has_parallel()) {
		printf("not tested: GNU parallel is missing\n");
		return;
	}
	command_run(&(struct command){.folder = folder,
			    .output = folder_join(path, folder, "plan"),
			    .arguments = WORDS("sweep", "--plan", SMALL,
				    "--output", directory)},
		&outcome);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
	command_run(&(struct command){.program = runners[_i].program,
			    .folder = folder,
			    .arguments = runners[_i].arguments,
			    .environment = WORDS("HOME=.")},
		&outcome);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
	swept = OUTPUT_OF("sweep", "--quiet", SMALL, "--output", "swept");
	collected = OUTPUT_OF("sweep", "--quiet", "--collect", directory);
	ck_assert_str_eq(swept, collected);
	for (size_t i = 0; i < SMALL_RUNS; i++)
		expect_same_file("swept", directory, small_models[i]);
	free(swept);
	free(collected);
}
END_TEST

START_TEST(collecting_gives_the_files_of_the_sweep)
{
	char *before, *after;

	MUST("sweep", "--quiet", SMALL, "--output", "d");
	before = read_in("d", "results.csv", NULL);
	MUST("sweep", "--collect", "d/");
	after = read_in("d", "results.csv", NULL);
	ck_assert_str_eq(before, after);
#ifdef HAVE_CAIRO
	ck_assert(exists_in("d", "shapes.svg"));
#else
	ck_assert(!exists_in("d", "shapes.svg"));
#endif
	free(before);
	free(after);
}
END_TEST

START_TEST(a_finished_sweep_is_not_trained_again)
{
	struct stat before[SMALL_RUNS];
	char *first = OUTPUT_OF("sweep", "--quiet", SMALL, "--output", "d");
	char *second;

	for (size_t i = 0; i < SMALL_RUNS; i++)
		before[i] = status_in("d", small_models[i]);
	second = OUTPUT_OF("sweep", "--quiet", SMALL, "--output", "d");
	ck_assert_str_eq(first, second);
	for (size_t i = 0; i < SMALL_RUNS; i++) {
		struct stat after = status_in("d", small_models[i]);

		ck_assert_uint_eq(before[i].st_ino, after.st_ino);
	}
	free(first);
	free(second);
}
END_TEST

/* Wait until all processes of a sweep have ended and released its lock. */
static void
wait_for_lock(const char *directory)
{
	char path[FOLDER_PATH_SIZE];
	int descriptor = open(folder_join(path, folder, directory),
		O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	long begin = now_ms();

	ck_assert_int_ge(descriptor, 0);
	while (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
		ck_assert_int_lt(now_ms() - begin, LIMIT_MS);
		pause_shortly();
	}
	close(descriptor);
}

#define LONGER \
	"--units", "3", "--seeds", "4", "--updates", "15000", "--jobs", "1"

START_TEST(a_killed_sweep_is_resumed)
{
	static const char *const models[] = {"units-3-seed-1.safetensors",
		"units-3-seed-2.safetensors", "units-3-seed-3.safetensors",
		"units-3-seed-4.safetensors"};
	struct stat first, second;
	struct process process;
	struct outcome outcome;
	char *whole, *resumed;

	whole = OUTPUT_OF("sweep", "--quiet", LONGER, "--output", "whole");
	command_start(&(struct command){.folder = folder,
			      .arguments = WORDS("sweep", LONGER,
				      "--checkpoint-every", "500", "--output",
				      "d")},
		&process);
	ck_assert(process_wait_for_lines(&process, 2, LIMIT_MS));
	kill(process.pid, SIGKILL);
	process_finish(&process, LIMIT_MS, &outcome);
	outcome_release(&outcome);
	first = status_in("d", models[0]);
	second = status_in("d", models[1]);
	/* start at once: the new sweep waits for the killed one's workers */
	resumed = OUTPUT_OF("sweep", "--quiet", LONGER, "--output", "d");
	ck_assert_str_eq(whole, resumed);
	ck_assert_uint_eq(first.st_ino, status_in("d", models[0]).st_ino);
	ck_assert_uint_eq(second.st_ino, status_in("d", models[1]).st_ino);
	for (size_t i = 0; i < 4; i++)
		expect_same_file("whole", "d", models[i]);
	free(whole);
	free(resumed);
}
END_TEST

START_TEST(a_partly_trained_run_is_resumed)
{
	char *output;
	json_t *results;

	MUST("sweep", "--quiet", "--units", "3", "--seeds", "1", "--updates",
		"1000", "--output", "d");
	/* a larger --updates continues the runs */
	output = OUTPUT_OF("sweep", "--units", "3", "--seeds", "1", "--updates",
		"3000", "--output", "d");
	ck_assert_ptr_nonnull(strstr(output, "after 3,000 updates"));
	results = object_of(read_in("d", "results.json", NULL));
	/* the seconds of the first part are unknown */
	ck_assert(json_is_null(
		json_object_get(json_array_get(json_object_get(results, "runs"),
					0),
			"seconds")));
	json_decref(results);
	free(output);
	MUST("sweep", "--quiet", "--units", "3", "--seeds", "1", "--updates",
		"3000", "--output", "whole");
	expect_same_file("d", "whole", "units-3-seed-1.safetensors");
}
END_TEST

#define ENDLESS                                                         \
	"--units", "2,3", "--seeds", "1", "--updates", "1000000000000", \
		"--checkpoint-every", "100", "--jobs", "2"

/* Wait until both runs have saved: a sweep without files removes its folder. */
static void
wait_for_models(void)
{
	long begin = now_ms();

	while (!exists_in("d", "units-2-seed-1.safetensors") ||
		!exists_in("d", "units-3-seed-1.safetensors")) {
		ck_assert_int_lt(now_ms() - begin, LIMIT_MS);
		pause_shortly();
	}
}

static const int ending_signals[] = {SIGINT, SIGTERM, SIGKILL, SIGQUIT, SIGHUP,
	SIGALRM, SIGXCPU};

START_TEST(a_signal_stops_the_runs_with_a_save)
{
	struct process process;
	struct outcome outcome;
	char inner[FOLDER_PATH_SIZE];
	int number = ending_signals[_i];

	command_start(&(struct command){.folder = folder,
			      .arguments =
				      WORDS("sweep", ENDLESS, "--output", "d")},
		&process);
	wait_for_models();
	kill(process.pid, number);
	process_finish(&process, LIMIT_MS, &outcome);
	if (number == SIGKILL)
		ck_assert_int_eq(outcome.signal, number);
	else
		expect_status(&outcome, 128 + number);
	wait_for_lock("d");
	outcome_release(&outcome);
	for (int i = 0; i < 2; i++) {
		char path[TEXT_SIZE];
		json_t *about;

		snprintf(path, sizeof path, "d/units-%d-seed-1.safetensors",
			i + 2);
		about = OBJECT_OF("info", "--json", path);
		ck_assert(get_number(about, "updates") >= 100);
		json_decref(about);
	}
	/* no temporary file is left */
	folder_join(inner, folder, "d");
	ck_assert_uint_eq(folder_count(inner), 2);
}
END_TEST

START_TEST(a_sweep_on_a_terminal_is_shown_live_and_obeys_ctrl_c)
{
	struct terminal terminal;
	size_t received;

	terminal_open(&terminal,
		&(struct terminal_options){
			.command = {.folder = folder,
				.arguments = WORDS("sweep", ENDLESS, "--output",
					"d")},
		});
	ck_assert_msg(terminal_wait_for(&terminal, "0/2 runs", LIMIT_MS), "%s",
		terminal_text(&terminal));
	ck_assert(terminal_wait_for(&terminal, "3 units", LIMIT_MS));
	/* the first report may be of the old size: wait for two */
	for (int rows = 12; rows >= 3; rows -= 9) {
		terminal_resize(&terminal, rows, rows == 12 ? 40 : 30);
		for (int i = 0; i < 2; i++) {
			received = terminal.received;
			while (terminal.received == received)
				ck_assert(terminal_pump(&terminal, LIMIT_MS));
		}
		if (rows == 12)
			ck_assert(terminal_wait_for(&terminal, "0/2 runs",
				LIMIT_MS));
	}
	wait_for_models();
	terminal_type(&terminal, KEY_CTRL_C);
	ck_assert(terminal_wait_for_end(&terminal, LIMIT_MS));
	expect_status(&terminal.outcome, 130);
	ck_assert(terminal_is_restored(&terminal));
	ck_assert(!terminal.was_alternate);
	ck_assert(terminal.is_cursor_visible);
	wait_for_lock("d");
	terminal_close(&terminal);
}
END_TEST

START_TEST(a_sweep_on_a_terminal_ends_with_table_and_shapes)
{
	struct terminal terminal;
	json_t *results;

	terminal_open(&terminal,
		&(struct terminal_options){
			.command = {.folder = folder,
				.arguments = WORDS("sweep", "--ascii",
					"--units", "2,4", "--seeds", "2",
					"--updates", "50000", "--output", "d")},
		});
	ck_assert(terminal_wait_for_end(&terminal, LIMIT_MS));
	expect_status(&terminal.outcome, 0);
	ck_assert(terminal_shows(&terminal, "parameters runs"));
	ck_assert(terminal_shows(&terminal, "4 units"));
	ck_assert(terminal_shows(&terminal, "##"));
	ck_assert_uint_eq(terminal.high, 0);
	terminal_close(&terminal);
	results = object_of(read_in("d", "results.json", NULL));
	ck_assert(
		get_number(json_array_get(json_object_get(results, "runs"), 0),
			"seconds") > 0);
	json_decref(results);
}
END_TEST

START_TEST(an_unwritable_place_is_named)
{
	struct outcome outcome;
	char path[FOLDER_PATH_SIZE], inner[FOLDER_PATH_SIZE];

	MUST("sweep", "--plan", SMALL, "--output", "d");
	/* a link to a path that cannot be written */
	folder_join(inner, folder, "d");
	ck_assert_int_eq(symlink("/dev/null/none",
				 folder_join(path, inner, small_models[1])),
		0);
	RUN(&outcome, "sweep", SMALL, "--output", "d");
	expect_failure(&outcome, small_models[1]);
	outcome_release(&outcome);
	ck_assert_int_eq(unlink(path), 0);
}
END_TEST

/* Lock a file in the sweep's directory, like another process. */
static int
hold(const char *name, int flags)
{
	char inner[FOLDER_PATH_SIZE], path[FOLDER_PATH_SIZE];
	int descriptor;

	folder_join(inner, folder, "d");
	descriptor =
		open(folder_join(path, inner, name), flags | O_CLOEXEC, 0600);
	ck_assert_int_ge(descriptor, 0);
	ck_assert_int_eq(flock(descriptor, LOCK_EX | LOCK_NB), 0);
	return descriptor;
}

/* A run fails if another process is training its model. */
START_TEST(failed_runs_do_not_stop_the_others)
{
	struct outcome outcome;
	char name[TEXT_SIZE];
	int held[2];

	MUST("sweep", "--plan", SMALL, "--output", "d");
	snprintf(name, sizeof name, ".%s.lock", small_models[1]);
	held[0] = hold(name, O_RDWR | O_CREAT);
	RUN(&outcome, "sweep", SMALL, "--output", "d");
	expect_failure(&outcome, small_models[1]);
	ck_assert_ptr_nonnull(
		strstr(outcome.output, "1 of 4 runs is not finished"));
	outcome_release(&outcome);
	for (size_t i = 0; i < SMALL_RUNS; i++)
		ck_assert(exists_in("d", small_models[i]) == (i != 1));
	ck_assert(exists_in("d", "results.json"));

	/* of two failures, the first is reported */
	snprintf(name, sizeof name, ".%s.lock", small_models[2]);
	held[1] = hold(name, O_RDWR | O_CREAT);
	RUN(&outcome, "sweep", SMALL, "--updates", "600", "--output", "d");
	expect_failure(&outcome, "2 of 4 runs failed");
	outcome_release(&outcome);

	/* another sweep trains both runs */
	close(held[0]);
	close(held[1]);
	MUST("sweep", SMALL, "--updates", "600", "--output", "d");
	for (size_t i = 0; i < SMALL_RUNS; i++)
		ck_assert(exists_in("d", small_models[i]));
}
END_TEST

/* Without the seconds that the second sweep waits for the first. */
START_TEST(a_second_sweep_in_the_same_directory_is_refused)
{
	char program[FOLDER_PATH_SIZE];
	struct outcome outcome;
	int held;

	ck_assert_ptr_nonnull(getenv("TOP_BUILDDIR"));
	snprintf(program, sizeof program, "%s/src/lstmtui-faults",
		getenv("TOP_BUILDDIR"));
	MUST("sweep", "--plan", SMALL, "--output", "d");
	held = hold(".", O_RDONLY | O_DIRECTORY);
	command_run(&(struct command){.program = program,
			    .folder = folder,
			    .arguments = WORDS("sweep", SMALL, "--output", "d"),
			    .environment = WORDS("LSTMTUI_NO_SLEEP=1")},
		&outcome);
	expect_failure(&outcome, "in use by another sweep");
	outcome_release(&outcome);
	ck_assert(!exists_in("d", small_models[0]));
	close(held);
}
END_TEST

START_TEST(a_damaged_model_is_named)
{
	struct outcome outcome;
	char inner[FOLDER_PATH_SIZE], path[FOLDER_PATH_SIZE];

	MUST("sweep", "--plan", SMALL, "--output", "d");
	folder_join(inner, folder, "d");
	file_write_text(folder_join(path, inner, small_models[2]), "no");
	RUN(&outcome, "sweep", SMALL, "--output", "d");
	expect_failure(&outcome, small_models[2]);
	outcome_release(&outcome);
	RUN(&outcome, "sweep", "--collect", "d");
	expect_failure(&outcome, small_models[2]);
	outcome_release(&outcome);
}
END_TEST

START_TEST(a_directory_of_another_sweep_is_refused)
{
	struct outcome outcome;

	MUST("sweep", "--quiet", SMALL, "--output", "d");
	RUN(&outcome, "sweep", SMALL, "--loss", "mse", "--output", "d");
	expect_usage_error(&outcome, "loss");
	outcome_release(&outcome);
}
END_TEST

static const struct {
	const char *const *arguments;
	const char *named;
	int status;
} wrong[] = {
	{WORDS("sweep"), "--output", 2},
	{WORDS("sweep", "--output", ""), "--output", 2},
	{WORDS("sweep", "--output", "d", "m"), "m", 2},
	{WORDS("sweep", "--output", "d", "--units", "3,x"), "x", 2},
	{WORDS("sweep", "--output", "d", "--units", "3,3"), "3", 2},
	{WORDS("sweep", "--output", "d", "--units", "0"), "0", 2},
	{WORDS("sweep", "--output", "d", "--seeds", "0"), "--seeds", 2},
	{WORDS("sweep", "--output", "d", "--seeds", "10000"), "runs", 2},
	{WORDS("sweep", "--output", "d", "--jobs", "0"), "--jobs", 2},
	{WORDS("sweep", "--output", "d", "--updates", "0"), "--updates", 2},
	{WORDS("sweep", "--output", "d", "--task", "points"), "--data", 2},
	{WORDS("sweep", "--output", "d", "--collect", "d"), "--collect", 2},
	{WORDS("sweep", "--output", "d", "--task", "points", "--data",
		 "missing"),
		"missing", 1},
	{WORDS("sweep", "--output", "d/e"), "d/e", 1},
	{WORDS("sweep", "--output", "/dev/null"), "/dev/null", 1},
	{WORDS("sweep", "--collect", "missing"), "missing", 1},
	{WORDS("sweep", "--collect", "."), "no model", 1},
};

START_TEST(an_impossible_sweep_is_refused_and_leaves_no_files)
{
	struct outcome outcome;

	command_run(&(struct command){.folder = folder,
			    .arguments = wrong[_i].arguments},
		&outcome);
	if (wrong[_i].status == 2)
		expect_usage_error(&outcome, wrong[_i].named);
	else
		expect_failure(&outcome, wrong[_i].named);
	outcome_release(&outcome);
	ck_assert_uint_eq(folder_count(folder), 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("sweep");
	TCase *tcase = add_case(suite, "results");

	tcase_add_test(tcase, the_results_equal_those_of_evaluate_and_info);
	tcase_add_test(tcase, sizes_summarize_their_runs);
	tcase_add_test(tcase, models_that_draw_dots_are_named);
	tcase_add_test(tcase, the_number_of_jobs_changes_no_model);
	tcase_add_test(tcase, collecting_gives_the_files_of_the_sweep);
	tcase_add_test(tcase, a_plan_trains_nothing);
	suite_add_loop(tcase,
		a_plan_run_by_other_programs_gives_the_same_results, 0,
		COUNT(runners));
	tcase = add_case(suite, "interruptions");
	tcase_add_test(tcase, a_finished_sweep_is_not_trained_again);
	tcase_add_test(tcase, a_killed_sweep_is_resumed);
	tcase_add_test(tcase, a_partly_trained_run_is_resumed);
	suite_add_loop(tcase, a_signal_stops_the_runs_with_a_save, 0,
		COUNT(ending_signals));
	tcase = add_case(suite, "terminal");
	tcase_add_test(tcase,
		a_sweep_on_a_terminal_is_shown_live_and_obeys_ctrl_c);
	tcase_add_test(tcase, a_sweep_on_a_terminal_ends_with_table_and_shapes);
	tcase = add_case(suite, "errors");
	tcase_add_test(tcase, an_unwritable_place_is_named);
	tcase_add_test(tcase, failed_runs_do_not_stop_the_others);
	tcase_add_test(tcase, a_second_sweep_in_the_same_directory_is_refused);
	tcase_add_test(tcase, a_damaged_model_is_named);
	tcase_add_test(tcase, a_directory_of_another_sweep_is_refused);
	suite_add_loop(tcase,
		an_impossible_sweep_is_refused_and_leaves_no_files, 0,
		COUNT(wrong));
	return suite_run(suite);
}
