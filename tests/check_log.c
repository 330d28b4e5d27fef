/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The log of a run, whatever happens to the program: each logged update once,
 * every line whole, never behind the model; nothing of anybody else's is cut.
 * How many are killed: LSTMTUI_KILLS.
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

/* The file holds just this. */
static void
expect_text(const char *name, const char *wanted)
{
	char *text = read_here(name, NULL);

	ck_assert_str_eq(text, wanted);
	free(text);
}

/* The log and a file of a run, from update `from` + 1 to `to`. */
static void
train(const char *from_model, const char *to, const char *every)
{
	MUST("train", "--quiet", "--seed", "1", "--updates", to, "--log", LOG,
		"--log-every", every, from_model);
}

/* The part of a text up to and with its n-th line; the caller frees it. */
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
 * Kill a training at most 60 milliseconds after it wrote its first lines, or,
 * one in four, at any moment before.
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
		ck_assert_msg(now_ms() < deadline, "nothing is logged");
		pause_shortly();
	}
	nanosleep(&(struct timespec){0, (long)(60e6 * fate)}, NULL);
	kill(process.pid, SIGKILL);
	process_finish(&process, LIMIT_MS, &outcome);
	outcome_release(&outcome);
}

/*
 * A run that is killed again and again leaves the log, to the byte, of one
 * that never was. _i: each update logged, or each seventh; each saved, or
 * each thousandth.
 */
START_TEST(kills_leave_the_log_as_it_would_have_been)
{
	static const char *const every[] = {"1", "1", "7"};
	static const char *const save[] = {"1", "1000", "10"};
	const char *wanted = getenv("LSTMTUI_KILLS");
	int kills = wanted != NULL ? atoi(wanted) / 3 + 1 : 15;
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

/* What a killed run may leave behind its last save, at update 50. */
static const char *const leftovers[] = {"", "{", "{\"upda",
	"{\"update\":61,\"loss\":0.1"};

/*
 * The updates after the saved one go, a last line that is torn too. _i: how
 * the log ends, beyond update 60.
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

/* Zeros, as after a power cut, behind what had reached the disk. */
START_TEST(blocks_that_never_reached_the_disk_are_cut)
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

/* The interval may be another after each stop. */
START_TEST(the_interval_may_change)
{
	uint64_t at[64];
	size_t count = 0;
	char *log, *next;

	train(MODEL, "30", "1");
	/* unsaved: from 30 on once more */
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

/* A log that began with a resumed run, which was never saved since. */
START_TEST(a_log_that_began_behind_the_saved_update_begins_again)
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

/* Objects that somebody else wrote between the lines stay. */
START_TEST(notes_stay_where_they_stand)
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
 * Another run's lines before this run's are kept, and nothing of them is cut.
 * _i: how many of this run's stand there before it goes on from update 50; of
 * the former's as many as do not meet those to come, or more.
 */
static const struct {
	const char *former;
	size_t own;
} former_runs[] = {{"50", 0}, {"50", 50}, {"90", 50}, {"90", 55}};

START_TEST(lines_of_a_former_run_stay)
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
 * Another run's lines of updates that this run is to log: the two would mix.
 * _i: alone, behind this run's lines, and before a shorter one of a third run.
 */
START_TEST(lines_of_another_run_do_not_mix_with_those_to_come)
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

/* What is no log, or not surely this run's, is refused and stays. */
/* clang-format off */
static const char *const foreign[] = {
	"hello\n", "hello", "{\"name\":1}\n", "{\n\"a\": 1\n}\n", "\n",
	"{\"update\":1,\"loss\":0.2}\nhello\n", "{\"name\":1}",
	"{\"update\":x}\n", "{\"update\":0,\"loss\":1}\n",
	/* later than update 50: the average says that it is not the run's */
	"{\"update\":51,\"loss\":0.2,\"average\":0.3,\"learning_rate\":1}\n"
	"{\"update\":1,\"loss\":9,\"average\":9,\"learning_rate\":1}\n"
	"hello\n",
	/* nothing says whose it is */
	"{\"update\":60,\"loss\":0.2,\"average\":0.3,\"learning_rate\":1}\n",
};
/* clang-format on */

START_TEST(what_is_not_the_run_s_is_refused_and_stays)
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

/* Another run went on in the same file, behind what would have to go. */
START_TEST(lines_of_a_run_behind_are_not_cut)
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

/* Standard output is a file of somebody else's: it is only written to. */
START_TEST(standard_output_is_never_cut)
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

/* A FIFO takes lines and is not read. */
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
 * A disk that is full leaves no torn line. The limit stands in for one: 2
 * blocks of 512 or 1,024 bytes.
 */
START_TEST(a_log_that_cannot_grow_ends_with_a_whole_line)
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

/* Slow updates: the first lines are seen long before a buffer is full. */

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

START_TEST(a_slow_run_is_seen_in_its_log)
{
	OPEN("--seed", "1", "--speed", "2", "--log", LOG);
	expect_log_of(50);
	expect_log_of(size_here(LOG) + 1);
	/* also what was done before a pause */
	press(" ");
	expect("paused");
	press("3s");
	expect_log_of(size_here(LOG) + 1);
	leave();
}
END_TEST

START_TEST(a_slow_training_is_seen_in_its_log)
{
	struct process process;
	struct outcome outcome;

	command_start(&(struct command){.folder = folder,
			      .arguments = WORDS("train", "--seed", "1",
				      "--framing", "sequence", "--units", "64",
				      "--batch", "10000", "--log", "-",
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
	struct log_line line; /* update 0: it is none */
} log_lines[] = {
	{"{\"update\":7,\"loss\":0.5,\"average\":-1e-3,"
	 "\"learning_rate\":1e-05}",
		{7, 0.5, -1e-3, 1e-5}},
	/* in another form, or with less or more in it */
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

START_TEST(a_line_is_read_by_what_it_says)
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

START_TEST(a_line_is_an_object_that_is_read_again)
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
	tcase_add_loop_test(kills, kills_leave_the_log_as_it_would_have_been, 0,
		3);
	tcase_add_loop_test(resuming, a_log_is_cut_back_to_the_saved_update, 0,
		COUNT(leftovers));
	tcase_add_test(resuming, blocks_that_never_reached_the_disk_are_cut);
	tcase_add_test(resuming, the_interval_may_change);
	tcase_add_test(resuming,
		a_log_that_began_behind_the_saved_update_begins_again);
	tcase_add_test(resuming, notes_stay_where_they_stand);
	tcase_add_loop_test(resuming, lines_of_a_former_run_stay, 0,
		COUNT(former_runs));
	tcase_add_loop_test(resuming,
		lines_of_another_run_do_not_mix_with_those_to_come, 0, 3);
	tcase_add_loop_test(resuming,
		what_is_not_the_run_s_is_refused_and_stays, 0, COUNT(foreign));
	tcase_add_test(resuming, a_binary_file_is_no_log);
	tcase_add_test(resuming, lines_of_a_run_behind_are_not_cut);
	tcase_add_loop_test(lines, a_line_is_read_by_what_it_says, 0,
		COUNT(log_lines));
	tcase_add_test(lines, a_line_is_an_object_that_is_read_again);
	tcase_add_test(files, standard_output_is_never_cut);
	tcase_add_test(files, a_fifo_is_written_to);
	tcase_add_test(files, a_log_that_cannot_grow_ends_with_a_whole_line);
	tcase_add_test(slow, a_slow_run_is_seen_in_its_log);
	tcase_add_test(slow, a_slow_training_is_seen_in_its_log);
	return suite_run(suite);
}
