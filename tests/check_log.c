/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of a run's log when the program is killed, stopped or resumed: each
 * logged update occurs once, every line is complete, the log is never behind
 * the model, and lines of other programs are kept. LSTMTUI_KILLS: number of
 * kills.
 */
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/random.h"
#include "endless.h"
#include "session/log_line.h"
#include "suite.h"

/* Assert the content of a file. */
static void
expect_text(const char *name, const char *wanted)
{
	char *text = read_here(name, NULL);

	ck_assert_str_eq(text, wanted);
	free(text);
}

/* Train a model to update `to`, logging every `every`-th update to LOG. */
static void
train(const char *from_model, const char *to, const char *every)
{
	MUST("train", "--quiet", "--seed", "1", "--updates", to, "--log", LOG,
		"--log-every", every, from_model);
}

/* Return the first `count` lines of a text. The caller frees them. */
static char *
lines_of(const char *text, size_t count)
{
	const char *end = text;
	char *copy;

	while (count-- > 0) {
		end = strchr(end, '\n');
		ck_assert_ptr_nonnull(end);
		end++;
	}
	copy = strndup(text, (size_t)(end - text));
	ck_assert_ptr_nonnull(copy);
	return copy;
}

static char *
joined(const char *first, const char *second)
{
	char *text = malloc(strlen(first) + strlen(second) + 1);

	ck_assert_ptr_nonnull(text);
	return strcat(strcpy(text, first), second);
}

/*
 * Kill a training at most 60 milliseconds after it logged its first lines; one
 * time in four within 15 milliseconds of its start.
 */
static void
train_and_kill(const char *const *arguments, double fate)
{
	off_t size = size_here(LOG);
	long deadline = now_ms() + LIMIT_MS;
	struct process process;
	struct outcome outcome;

	command_start(&(struct command){.folder = folder,
			      .arguments = arguments},
		&process);
	while (fate > 0.25 && size_here(LOG) == size) {
		ck_assert_msg(now_ms() < deadline, "no line is logged");
		pause_shortly();
	}
	nanosleep(&(struct timespec){0, (long)(60e6 * fate)}, NULL);
	kill(process.pid, SIGKILL);
	process_finish(&process, LIMIT_MS, &outcome);
	outcome_release(&outcome);
}

/*
 * After many kills, the log equals that of an uninterrupted run byte for byte.
 * _i: intervals of log lines and of checkpoints.
 */
START_TEST(kills_leave_the_log_of_an_uninterrupted_run)
{
	static const char *const every[] = {"1", "1", "7"};
	static const char *const save[] = {"1", "1000", "10"};
	const char *wanted = getenv("LSTMTUI_KILLS");
	int kills = wanted != NULL ? atoi(wanted) / 3 + 1 : 8;
	uint64_t done = 0;
	struct random random;
	char to[32], *log, *whole;

	random_seed(&random, 1, RANDOM_STREAM_DATA);
	for (int i = 0; i < kills; i++) {
		train_and_kill(WORDS("train", "--quiet", "--seed", "1",
				       "--updates", "1000000000", "--log", LOG,
				       "--log-every", every[_i],
				       "--checkpoint-every", save[_i], MODEL),
			random_uniform(&random));
		if (exists_here(MODEL))
			done = updates_of(MODEL);
	}
	snprintf(to, sizeof to, "%llu", (unsigned long long)done + 100);
	train(MODEL, to, every[_i]);
	log = read_here(LOG, NULL);
	MUST("train", "--quiet", "--seed", "1", "--updates", to, "--log",
		"whole.jsonl", "--log-every", every[_i]);
	whole = read_here("whole.jsonl", NULL);
	ck_assert_msg(strcmp(log, whole) == 0, "the logs differ at byte %zu",
		strspn(log, whole));
	free(log);
	free(whole);
}
END_TEST

/* Remains of a killed run after update 60; its last save was at update 50. */
static const char *const leftovers[] = {"", "{", "{\"upda",
	"{\"update\":61,\"loss\":0.1"};

/*
 * Lines after the saved update are removed, and an incomplete last line too.
 * _i: the end of the log after update 60.
 */
START_TEST(a_log_is_cut_back_to_the_saved_update)
{
	char *until_60, *log;

	train(MODEL, "50", "1");
	MUST("train", "--quiet", "--seed", "1", "--updates", "60", "--log",
		"60.jsonl");
	MUST("train", "--quiet", "--seed", "1", "--updates", "70", "--log",
		"70.jsonl");
	until_60 = read_here("60.jsonl", NULL);
	log = joined(until_60, leftovers[_i]);
	write_here(LOG, log);
	free(log);
	train(MODEL, "70", "1");
	log = read_here("70.jsonl", NULL);
	expect_text(LOG, log);
	free(until_60);
	free(log);
}
END_TEST

/* Zeros after the data that reached the disk, as after a power failure. */
START_TEST(blocks_that_never_reached_the_disk_are_removed)
{
	char path[FOLDER_PATH_SIZE], *whole;
	struct stat status;

	train(MODEL, "50", "1");
	folder_join(path, folder, LOG);
	ck_assert_int_eq(stat(path, &status), 0);
	ck_assert_int_eq(truncate(path, status.st_size + 100000), 0);
	train(MODEL, "70", "1");
	MUST("train", "--quiet", "--seed", "1", "--updates", "70", "--log",
		"whole.jsonl");
	whole = read_here("whole.jsonl", NULL);
	expect_text(LOG, whole);
	free(whole);
}
END_TEST

/* Each resumed run may log at another interval. */
START_TEST(the_log_interval_may_change)
{
	uint64_t at[64];
	size_t count = 0;
	char *log, *next;

	train(MODEL, "30", "1");
	/* not saved: the updates from 30 on are logged again */
	MUST("train", "--quiet", "--seed", "1", "--updates", "43", "--log",
		LOG);
	train(MODEL, "60", "10");
	train(MODEL, "72", "7");
	log = read_here(LOG, NULL);
	for (char *line = strtok_r(log, "\n", &next); line != NULL;
		line = strtok_r(NULL, "\n", &next)) {
		json_t *object = parse_object(line);

		ck_assert_uint_lt(count, 64);
		at[count++] = (uint64_t)get_integer(object, "update");
		json_decref(object);
	}
	ck_assert_uint_eq(count, 35);
	for (size_t i = 0; i < 30; i++)
		ck_assert_uint_eq(at[i], i + 1);
	ck_assert_uint_eq(at[30], 40);
	ck_assert_uint_eq(at[31], 50);
	ck_assert_uint_eq(at[32], 60);
	ck_assert_uint_eq(at[33], 63);
	ck_assert_uint_eq(at[34], 70);
	free(log);
}
END_TEST

/* The log began with a resumed run that has not been saved since. */
START_TEST(a_log_that_began_after_the_saved_update_is_started_anew)
{
	char copy[FOLDER_PATH_SIZE], *first, *whole;

	MUST("train", "--quiet", "--seed", "1", "--updates", "50", MODEL);
	MUST("train", "--quiet", "--seed", "1", "--updates", "50",
		folder_join(copy, folder, "copy.safetensors"));
	train(MODEL, "80", "1");
	first = read_here(LOG, NULL);
	ck_assert_uint_eq(count_lines(first), 30);
	free(first);
	train(copy, "70", "1");
	MUST("train", "--quiet", "--seed", "1", "--updates", "70", "--log",
		"whole.jsonl");
	whole = read_here("whole.jsonl", NULL);
	first = lines_of(whole, 50);
	expect_text(LOG, whole + strlen(first));
	free(first);
	free(whole);
}
END_TEST

/* Objects of other programs between the lines are kept. */
START_TEST(objects_of_other_programs_are_kept_in_place)
{
	char *log, *half, *noted, *all, *whole;

	train(MODEL, "50", "1");
	log = read_here(LOG, NULL);
	half = lines_of(log, 25);
	noted = joined(half, "{\"note\":\"rate lowered\"}\n");
	all = joined(noted, log + strlen(half));
	write_here(LOG, all);
	free(log);
	free(noted);
	free(half);
	train(MODEL, "60", "1");
	MUST("train", "--quiet", "--seed", "1", "--updates", "60", "--log",
		"whole.jsonl");
	whole = read_here("whole.jsonl", NULL);
	log = joined(all, strstr(whole, "{\"update\":51,"));
	expect_text(LOG, log);
	free(log);
	free(whole);
	free(all);
}
END_TEST

/*
 * Lines of a former run at the beginning of the log are kept. _i: the former
 * run's last update, which may be beyond those that follow, and the number of
 * this run's lines before it continues from update 50.
 */
static const struct {
	const char *former;
	size_t own;
} former_runs[] = {{"50", 0}, {"50", 50}, {"90", 50}, {"90", 55}};

START_TEST(lines_of_a_former_run_are_kept)
{
	size_t count = former_runs[_i].own;
	char *former, *whole, *own, *both;

	MUST("train", "--quiet", "--seed", "2", "--updates",
		former_runs[_i].former, "--log", LOG);
	former = read_here(LOG, NULL);
	MUST("train", "--quiet", "--seed", "1", "--updates", "50", MODEL);
	MUST("train", "--quiet", "--seed", "1", "--updates", "60", "--log",
		"whole.jsonl");
	whole = read_here("whole.jsonl", NULL);
	own = lines_of(whole, count);
	both = joined(former, own);
	write_here(LOG, both);
	free(both);
	train(MODEL, "60", "1");
	both = joined(former,
		count > 0 ? whole : strstr(whole, "{\"update\":51,"));
	expect_text(LOG, both);
	free(former);
	free(whole);
	free(own);
	free(both);
}
END_TEST

/*
 * The log contains another run's lines for updates that this run is going to
 * log. _i: those lines alone; after lines of this run; before lines of a third
 * run.
 */
START_TEST(a_log_with_another_runs_later_updates_is_refused)
{
	static const char *const place[] = {"line 51", "line 101", "line 51"};
	struct outcome outcome;
	char *other, *more, *both;

	MUST("train", "--quiet", "--seed", "1", "--updates", "50", "--log",
		"own.jsonl", MODEL);
	MUST("train", "--quiet", "--seed", "9", "--updates", "70", "--log",
		"other.jsonl");
	MUST("train", "--quiet", "--seed", "8", "--updates", "20", "--log",
		"third.jsonl");
	other = read_here("other.jsonl", NULL);
	more = read_here(_i == 1 ? "own.jsonl" : "third.jsonl", NULL);
	both = _i == 0    ? joined(other, "")
		: _i == 1 ? joined(more, other)
			  : joined(other, more);
	write_here(LOG, both);
	RUN(&outcome, "train", "--updates", "60", "--log", LOG, MODEL);
	expect_failure(&outcome, LOG ": ");
	expect_failure(&outcome, place[_i]);
	expect_text(LOG, both);
	ck_assert_uint_eq(updates_of(MODEL), 50);
	outcome_release(&outcome);
	free(other);
	free(more);
	free(both);
}
END_TEST

/* Files that are no log, or may be another run's, are refused and kept. */
/* clang-format off */
static const char *const foreign[] = {
	"hello\n", "hello", "{\"name\":1}\n", "{\n\"a\": 1\n}\n", "\n",
	"{\"update\":1,\"loss\":0.2}\nhello\n", "{\"name\":1}",
	"{\"update\":x}\n", "{\"update\":0,\"loss\":1}\n",
	/* later than update 50; the average shows that it is another run's */
	"{\"update\":51,\"loss\":0.2,\"average\":0.3,\"learning_rate\":1}\n"
	"{\"update\":1,\"loss\":9,\"average\":9,\"learning_rate\":1}\n"
	"hello\n",
	/* nothing shows whose line it is */
	"{\"update\":60,\"loss\":0.2,\"average\":0.3,\"learning_rate\":1}\n",
};
/* clang-format on */

START_TEST(a_file_that_is_not_the_runs_log_is_refused_and_kept)
{
	struct outcome outcome;

	MUST("train", "--quiet", "--seed", "1", "--updates", "50", MODEL);
	write_here("other", foreign[_i]);
	RUN(&outcome, "train", "--updates", "60", "--log", "other", MODEL);
	expect_failure(&outcome, "other: ");
	expect_text("other", foreign[_i]);
	ck_assert_uint_eq(updates_of(MODEL), 50);
	outcome_release(&outcome);
}
END_TEST

START_TEST(a_binary_file_is_no_log)
{
	char path[FOLDER_PATH_SIZE], *before, *after;
	size_t length, length_after;
	struct outcome outcome;

	MUST("train", "--quiet", "--seed", "1", "--updates", "50", MODEL);
	MUST("train", "--quiet", "--seed", "1", "--updates", "50", "other");
	before = read_here("other", &length);
	RUN(&outcome, "train", "--updates", "60", "--log",
		folder_join(path, folder, "other"), MODEL);
	expect_failure(&outcome, "other: ");
	outcome_release(&outcome);
	after = read_here("other", &length_after);
	ck_assert_uint_eq(length, length_after);
	ck_assert_mem_eq(before, after, length);
	free(before);
	free(after);
}
END_TEST

/* Another run logged to the same file after the lines to be removed. */
START_TEST(lines_of_a_later_run_are_not_removed)
{
	struct outcome outcome;
	char *first, *second, *both;

	MUST("train", "--quiet", "--seed", "1", "--updates", "50", MODEL);
	MUST("train", "--quiet", "--seed", "1", "--updates", "80", "--log",
		LOG);
	MUST("train", "--quiet", "--seed", "2", "--updates", "90", "--log",
		"second.jsonl");
	first = read_here(LOG, NULL);
	second = read_here("second.jsonl", NULL);
	both = joined(first, second);
	write_here(LOG, both);
	RUN(&outcome, "train", "--updates", "60", "--log", LOG, MODEL);
	expect_failure(&outcome, "line 81");
	expect_text(LOG, both);
	outcome_release(&outcome);
	free(first);
	free(second);
	free(both);
}
END_TEST

/* Standard output may be a file of the user: it is only appended to. */
START_TEST(standard_output_is_only_appended_to)
{
	struct outcome outcome;
	char *log;

	write_here(LOG, "hello\n");
	MUST("train", "--quiet", "--seed", "1", "--updates", "50", MODEL);
	command_run(&(struct command){.folder = folder,
			    .program = "sh",
			    .arguments = WORDS("-c",
				    "\"$LSTMTUI\" train --updates 60 "
				    "--log - " MODEL " >>" LOG)},
		&outcome);
	expect_status(&outcome, 0);
	log = read_here(LOG, NULL);
	ck_assert_int_eq(strncmp(log, "hello\n{\"update\":51,", 19), 0);
	ck_assert_uint_eq(count_lines(log), 11);
	outcome_release(&outcome);
	free(log);
}
END_TEST

/* A FIFO can be written, but not read. */
START_TEST(a_fifo_is_written_to)
{
	char path[FOLDER_PATH_SIZE], *log;
	struct outcome outcome;

	MUST("train", "--quiet", "--seed", "1", "--updates", "50", MODEL);
	ck_assert_int_eq(mkfifo(folder_join(path, folder, "fifo"), 0600), 0);
	command_run(&(struct command){.folder = folder,
			    .program = "sh",
			    .arguments = WORDS("-c",
				    "cat fifo >" LOG " & "
				    "\"$LSTMTUI\" train --quiet --updates 60 "
				    "--log fifo " MODEL " && wait")},
		&outcome);
	expect_status(&outcome, 0);
	log = read_here(LOG, NULL);
	ck_assert_int_eq(strncmp(log, "{\"update\":51,", 13), 0);
	ck_assert_uint_eq(count_lines(log), 10);
	outcome_release(&outcome);
	free(log);
}
END_TEST

/*
 * A full disk leaves no incomplete line. A file size limit of 2 blocks of 512
 * or 1,024 bytes simulates it.
 */
START_TEST(a_log_that_cannot_grow_ends_with_a_complete_line)
{
	struct outcome outcome;
	char *log;

	command_run(&(struct command){.folder = folder,
			    .program = "sh",
			    .arguments = WORDS("-c",
				    "trap '' XFSZ; ulimit -f 2; "
				    "exec \"$LSTMTUI\" train --quiet "
				    "--updates 2000 --log " LOG)},
		&outcome);
	expect_failure(&outcome, LOG ": ");
	log = read_here(LOG, NULL);
	if (log[0] != '\0')
		ck_assert_int_eq(log[strlen(log) - 1], '\n');
	outcome_release(&outcome);
	free(log);
}
END_TEST

/* With slow updates, lines are written long before a buffer is full. */

static bool
has_logged(struct terminal *from, void *argument)
{
	(void)from;
	return size_here(LOG) >= *(const off_t *)argument;
}

static void
expect_log_of(off_t bytes)
{
	ck_assert_msg(terminal_wait(&terminal, has_logged, &bytes, LIMIT_MS),
		"the log has %lld bytes", (long long)size_here(LOG));
}

START_TEST(a_slow_run_in_the_interface_is_logged_without_delay)
{
	OPEN("--seed", "1", "--speed", "2", "--log", LOG);
	expect_log_of(50);
	expect_log_of(size_here(LOG) + 1);
	/* also updates done step by step while paused */
	press(" ");
	expect("paused");
	press("3s");
	expect_log_of(size_here(LOG) + 1);
	leave();
}
END_TEST

START_TEST(a_slow_training_is_logged_without_delay)
{
	struct process process;
	struct outcome outcome;

	command_start(&(struct command){.folder = folder,
			      .arguments = WORDS("train", "--seed", "1",
				      "--framing", "sequence", "--units", "64",
				      "--batch", "4000", "--log", "-",
				      "--updates", "0")},
		&process);
	ck_assert(process_wait_for_lines(&process, 1, LIMIT_MS));
	ck_assert(process_wait_for_lines(&process, 2, LIMIT_MS));
	kill(process.pid, SIGTERM);
	process_finish(&process, LIMIT_MS, &outcome);
	expect_status(&outcome, 128 + SIGTERM);
	outcome_release(&outcome);
}
END_TEST

static const struct {
	const char *text;
	struct log_line line; /* update 0: not a log line */
} log_lines[] = {
	{"{\"update\":7,\"loss\":0.5,\"average\":-1e-3,"
	 "\"learning_rate\":1e-05}",
		{7, 0.5, -1e-3, 1e-5}},
	/* other notations, missing and additional keys */
	{"{\"update\":7,\"loss\":0.5}", {7, 0.5, NAN, NAN}},
	{"{ \"loss\": 1, \"update\": 7 }", {7, 1, NAN, NAN}},
	{"{\"update\":7,\"loss\":0.5,\"average\":1,"
	 "\"learning_rate\":2,\"norm\":3}",
		{7, 0.5, 1, 2}},
	{"{\"update\":7,\"loss\":0.5,\"average\":1,"
	 "\"learning_rate\":2} ",
		{7, 0.5, 1, 2}},
	{"", {0}},
	{"{}", {0}},
	{"{\"update\":7}", {0}},
	{"{\"update\":0,\"loss\":1}", {0}},
	{"{\"update\":-1,\"loss\":1}", {0}},
	{"{\"update\":1.5,\"loss\":1}", {0}},
	{"{\"update\":7,\"loss\":nan}", {0}},
	{"{\"update\":7,\"loss\":null}", {0}},
	{"{\"update\":7,\"loss\":0.5,\"average\":1,\"learning_rate\":2", {0}},
	{"{\"update\":7,\"loss\":0.5,\"average\":1,\"learning_rate\":2}x", {0}},
};

static bool
is_same(double one, double other)
{
	return one == other || (isnan(one) && isnan(other));
}

START_TEST(a_log_line_is_parsed)
{
	const struct log_line *wanted = &log_lines[_i].line;
	struct log_line line;
	bool is_line = log_line_read(log_lines[_i].text, &line);

	ck_assert(is_line == (wanted->update > 0));
	if (!is_line)
		return;
	ck_assert_uint_eq(line.update, wanted->update);
	ck_assert(is_same(line.loss, wanted->loss) &&
		is_same(line.average, wanted->average) &&
		is_same(line.learning_rate, wanted->learning_rate));
}
END_TEST

START_TEST(a_written_log_line_is_read_back)
{
	const struct log_line line = {UINT64_C(1) << 53, 1 / 3.0f, -1e30f,
		1e-7};
	char text[LOG_LINE_SIZE];
	struct log_line back;
	size_t length = log_line_write(text, &line);
	json_t *object;

	ck_assert_uint_eq(length, strlen(text));
	ck_assert_int_eq(text[length - 1], '\n');
	object = parse_object(text);
	ck_assert_int_eq(get_integer(object, "update"), 1L << 53);
	json_decref(object);
	text[length - 1] = '\0';
	ck_assert(log_line_read(text, &back));
	ck_assert_uint_eq(back.update, line.update);
	ck_assert((float)back.loss == (float)line.loss &&
		(float)back.average == (float)line.average &&
		back.learning_rate == line.learning_rate);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("log");
	TCase *kills = add_case(suite, "kills");
	TCase *resuming = add_case(suite, "resuming");
	TCase *files = add_case(suite, "files");
	TCase *lines = suite_group(suite, "lines", SUITE_SECONDS);
	TCase *slow = add_screen_case(suite, "slow");

	tcase_set_timeout(kills, SUITE_SECONDS_SLOW);
	suite_add_loop(kills, kills_leave_the_log_of_an_uninterrupted_run, 0,
		3);
	suite_add_loop(resuming, a_log_is_cut_back_to_the_saved_update, 0,
		COUNT(leftovers));
	tcase_add_test(resuming,
		blocks_that_never_reached_the_disk_are_removed);
	tcase_add_test(resuming, the_log_interval_may_change);
	tcase_add_test(resuming,
		a_log_that_began_after_the_saved_update_is_started_anew);
	tcase_add_test(resuming, objects_of_other_programs_are_kept_in_place);
	suite_add_loop(resuming, lines_of_a_former_run_are_kept, 0,
		COUNT(former_runs));
	suite_add_loop(resuming,
		a_log_with_another_runs_later_updates_is_refused, 0, 3);
	suite_add_loop(resuming,
		a_file_that_is_not_the_runs_log_is_refused_and_kept, 0,
		COUNT(foreign));
	tcase_add_test(resuming, a_binary_file_is_no_log);
	tcase_add_test(resuming, lines_of_a_later_run_are_not_removed);
	suite_add_loop(lines, a_log_line_is_parsed, 0, COUNT(log_lines));
	tcase_add_test(lines, a_written_log_line_is_read_back);
	tcase_add_test(files, standard_output_is_only_appended_to);
	tcase_add_test(files, a_fifo_is_written_to);
	tcase_add_test(files, a_log_that_cannot_grow_ends_with_a_complete_line);
	tcase_add_test(slow,
		a_slow_run_in_the_interface_is_logged_without_delay);
	tcase_add_test(slow, a_slow_training_is_logged_without_delay);
	return suite_run(suite);
}
