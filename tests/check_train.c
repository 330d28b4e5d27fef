/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of `lstmtui train`: refusals, saved files, logs, displayed progress,
 * and numerical results.
 */
#include <check.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "here.h"
#include "suite.h"
#include "tensors.h"
#include "terminal.h"
#include "users.h"

enum { LIMIT_MS = 20000, LOSSES_MAX = 1000, TEXT_SIZE = 256 };

/* The lines of a log. */
struct log {
	size_t count;
	long long update[LOSSES_MAX];
	double loss[LOSSES_MAX];
};

/* Count the significant digits of a number. */
static size_t
significant_digits(const char *number)
{
	size_t digits = 0, zeros = 0;

	number += strspn(number, "-0.");
	for (; strchr(",}eE ", *number) == NULL; number++) {
		if (*number < '0' || *number > '9')
			continue;
		zeros = *number == '0' ? zeros + 1 : 0;
		digits++;
	}
	return digits - zeros;
}

static void
parse_log(const char *text, struct log *log)
{
	log->count = 0;
	while (*text != '\0') {
		size_t length = strcspn(text, "\n");
		char *line = strndup(text, length);
		const char *loss = strstr(line, "\"loss\":");
		json_t *object = parse_object(line);

		ck_assert_uint_lt(log->count, LOSSES_MAX);
		log->update[log->count] = get_integer(object, "update");
		log->loss[log->count++] = get_number(object, "loss");
		ck_assert_ptr_nonnull(loss);
		ck_assert_msg(significant_digits(loss + 7) <= 9, "%s", line);
		json_decref(object);
		free(line);
		text += length + (text[length] == '\n');
	}
}

/* Assert that `log` has a line for each `every`-th update, and no other. */
static void
expect_log(size_t count, long every)
{
	struct log log;
	char *text = read_here("log", NULL);

	parse_log(text, &log);
	ck_assert_uint_eq(log.count, count);
	for (size_t i = 0; i < log.count; i++)
		ck_assert_int_eq(log.update[i], every * ((long)i + 1));
	free(text);
}

START_TEST(an_unwritable_place_is_refused_before_training)
{
	struct outcome outcome;

	/*
	 * without a limit of updates: if it trained first, it would never end
	 */
	RUN(&outcome, "train", "--updates", "0", "missing/m.safetensors");
	expect_failure(&outcome, "missing/m.safetensors");
	outcome_release(&outcome);
	write_here("plain", "a file");
	RUN(&outcome, "train", "--updates", "0", "plain/m.safetensors");
	expect_failure(&outcome, "plain/m.safetensors");
	outcome_release(&outcome);
	RUN(&outcome, "train", "--updates", "0", ".");
	ck_assert_int_eq(outcome.status, 1);
	outcome_release(&outcome);
	ck_assert_uint_eq(folder_count(folder), 1);
}
END_TEST

START_TEST(a_folder_that_may_not_be_written_is_refused_before_training)
{
	struct outcome outcome;

	if (!users_become_plain())
		return;
	ck_assert_int_eq(chmod(folder, 0500), 0);
	RUN(&outcome, "train", "--updates", "0", "m.safetensors");
	expect_failure(&outcome, "m.safetensors");
	outcome_release(&outcome);
	chmod(folder, 0700);
}
END_TEST

START_TEST(a_log_that_cannot_be_opened_is_refused_before_training)
{
	struct outcome outcome;

	RUN(&outcome, "train", "--updates", "0", "--log", "missing/log");
	expect_failure(&outcome, "missing/log");
	outcome_release(&outcome);
}
END_TEST

static const struct {
	const char *name, *text, *named;
} wrong_data[] = {
	{"missing.csv", NULL, "missing.csv"},
	{"empty.csv", "", "empty.csv"},
	{"words.csv", "0,0\n1,0\nhello,world\n", "words.csv"},
	{"uneven.csv", "0,0\n1,0\n1\n", "uneven.csv"},
	{"comma.csv", "0;0\n0,5;0.5\n", "comma.csv"},
	{"three.csv", "0,0\n1,0\n1,1\n\n0,0\n", "three.csv"},
	{"nan.csv", "0,0\n1,nan\n1,1\n0,1\n", "nan.csv"},
	{"huge.csv", "0,0\n1,1e999\n1,1\n0,1\n", "huge.csv"},
};

START_TEST(invalid_data_are_named)
{
	struct outcome outcome;

	if (wrong_data[_i].text != NULL)
		write_here(wrong_data[_i].name, wrong_data[_i].text);
	RUN(&outcome, "train", "--updates", "5", "--data", wrong_data[_i].name,
		"m.safetensors");
	expect_failure(&outcome, wrong_data[_i].named);
	ck_assert(!exists_here("m.safetensors"));
	outcome_release(&outcome);
}
END_TEST

START_TEST(init_that_does_not_fit_is_refused)
{
	struct outcome outcome;

	MUST("train", "--updates", "5", "--units", "12", "m.safetensors");
	RUN(&outcome, "train", "--updates", "5", "--init", "m.safetensors",
		"n.safetensors");
	expect_failure(&outcome, "m.safetensors");
	outcome_release(&outcome);
	RUN(&outcome, "train", "--updates", "5", "--init", "missing",
		"n.safetensors");
	expect_failure(&outcome, "missing");
	ck_assert(!exists_here("n.safetensors"));
	outcome_release(&outcome);
}
END_TEST

START_TEST(checkpoints_without_a_model_are_refused)
{
	struct outcome outcome;

	RUN(&outcome, "train", "--updates", "5", "--checkpoint-every", "1");
	expect_usage_error(&outcome, "MODEL");
	outcome_release(&outcome);
}
END_TEST

START_TEST(the_same_seed_gives_the_same_bytes)
{
	char *first, *second, *other;
	size_t length, other_length;

	MUST("train", "--seed", "5", "--updates", "200", "a.safetensors");
	MUST("train", "--seed", "5", "--updates", "200", "b.safetensors");
	MUST("train", "--seed", "6", "--updates", "200", "c.safetensors");
	first = read_here("a.safetensors", &length);
	second = read_here("b.safetensors", &other_length);
	ck_assert_uint_eq(length, other_length);
	ck_assert_mem_eq(first, second, length);
	other = read_here("c.safetensors", &other_length);
	ck_assert(length != other_length || memcmp(first, other, length) != 0);
	free(first);
	free(second);
	free(other);
}
END_TEST

START_TEST(a_seed_that_was_drawn_is_shown_and_saved)
{
	struct outcome outcome;
	char seed[TEXT_SIZE];
	json_t *object;

	RUN(&outcome, "train", "--updates", "20", "a.safetensors");
	expect_status(&outcome, 0);
	object = info("a.safetensors");
	snprintf(seed, sizeof seed, "%lld", get_integer(object, "seed"));
	json_decref(object);
	ck_assert_ptr_nonnull(strstr(outcome.output, seed));
	outcome_release(&outcome);
	MUST("train", "--seed", seed, "--updates", "20", "b.safetensors");
	MUST("train", "--updates", "20", "c.safetensors");
	object = info("c.safetensors");
	ck_assert_int_ne(get_integer(object, "seed"), atoll(seed));
	json_decref(object);
}
END_TEST

START_TEST(the_model_file_has_keras_tensors)
{
	static const struct {
		const char *name;
		size_t rows, columns;
	} expected[] = {
		{"lstm.kernel", 2, 40},
		{"lstm.recurrent_kernel", 10, 40},
		{"lstm.bias", 40, 0},
		{"dense.kernel", 10, 2},
		{"dense.bias", 2, 0},
	};
	struct tensors tensors;

	MUST("train", "--updates", "5", "m.safetensors");
	read_tensors_here(&tensors, "m.safetensors");
	for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
		for (int kind = 0; kind < 3; kind++) {
			static const char *const prefixes[] = {"",
				"optimizer.m.", "optimizer.v."};
			char name[TEXT_SIZE];
			size_t length;

			snprintf(name, sizeof name, "%s%s", prefixes[kind],
				expected[i].name);
			tensors_find(&tensors, name, "F32", &length);
			ck_assert_uint_eq(tensors_extent(&tensors, name, 0),
				expected[i].rows);
			ck_assert_uint_eq(tensors_extent(&tensors, name, 1),
				expected[i].columns);
		}
	tensors_release(&tensors);
}
END_TEST

START_TEST(saving_keeps_a_tokenic_link)
{
	char path[FOLDER_PATH_SIZE];
	struct stat status;

	folder_join(path, folder, "link.safetensors");
	ck_assert_int_eq(symlink("real.safetensors", path), 0);
	MUST("train", "--updates", "5", "link.safetensors");
	ck_assert_int_eq(lstat(path, &status), 0);
	ck_assert(S_ISLNK(status.st_mode));
	ck_assert(exists_here("real.safetensors"));
	ck_assert_uint_eq(folder_count(folder), 2);
}
END_TEST

START_TEST(training_without_a_model_leaves_no_file)
{
	MUST("train", "--updates", "5");
	ck_assert_uint_eq(folder_count(folder), 0);
}
END_TEST

START_TEST(a_log_to_standard_output_is_only_json_lines)
{
	struct outcome outcome;
	struct log log;

	RUN(&outcome, "train", "--seed", "1", "--updates", "50", "--log", "-",
		"m.safetensors");
	expect_status(&outcome, 0);
	parse_log(outcome.output, &log);
	ck_assert_uint_eq(log.count, 50);
	for (size_t i = 0; i < log.count; i++) {
		ck_assert_int_eq(log.update[i], (long)i + 1);
		ck_assert_double_gt(log.loss[i], 0);
		ck_assert_double_lt(log.loss[i], 2);
	}
	ck_assert_int_eq(strncmp(outcome.output, "{\"update\":1,\"loss\":0.",
				 21),
		0);
	outcome_release(&outcome);
}
END_TEST

/* Write t.txt with some thousand characters. */
static void
write_text(void)
{
	static const char sentence[] =
		"The wide sea, the high hills; a road goes ever on.\n";
	char text[160 * sizeof sentence] = "";

	for (size_t i = 0; i < 160; i++)
		memcpy(text + i * (sizeof sentence - 1), sentence,
			sizeof sentence);
	write_here("t.txt", text);
}

/* Options that make an update longer than a slice. */
static const char *const *const costly[] = {
	(const char *const[]){"--batch", "1000", NULL},
	(const char *const[]){"--framing", "sequence", "--units", "400", NULL},
	(const char *const[]){"--task", "text", "--data", "t.txt", "--batch",
		"5", "--units", "8", NULL},
	(const char *const[]){"--task", "text", "--data", "t.txt", NULL},
};

enum { WORDS_MAX = 24 };

/* Train with those options and further ones. */
static void
train_costly(const char *const *setup, const char *const *more)
{
	const char *words[WORDS_MAX] = {"train", "--quiet", "--seed", "1"};
	size_t count = 4;

	write_text();
	for (; *setup != NULL; setup++)
		words[count++] = *setup;
	for (; *more != NULL; more++)
		words[count++] = *more;
	must_run(words);
}

START_TEST(updates_longer_than_a_slice_are_all_logged)
{
	train_costly(costly[_i], WORDS("--updates", "12", "--log", "log"));
	expect_log(12, 1);
}
END_TEST

/* With small texts, validations follow many of the updates. */
START_TEST(validations_do_not_disturb_the_log_interval)
{
	write_text();
	MUST("train", "--quiet", "--seed", "1", "--task", "text", "--data",
		"t.txt", "--units", "8", "--batch", "3", "--log", "log",
		"--log-every", "10", "--updates", "700");
	expect_log(70, 10);
}
END_TEST

START_TEST(log_every_logs_every_nth_update)
{
	struct outcome all, some;
	struct log every, tenth;
	char *text;

	RUN(&all, "train", "--seed", "1", "--updates", "50", "--log", "-");
	RUN(&some, "train", "--seed", "1", "--updates", "50", "--log", "log",
		"--log-every", "10");
	expect_status(&some, 0);
	text = read_here("log", NULL);
	parse_log(all.output, &every);
	parse_log(text, &tenth);
	ck_assert_uint_eq(tenth.count, 5);
	for (size_t i = 0; i < tenth.count; i++) {
		size_t update = 10 * (i + 1);

		ck_assert_int_eq(tenth.update[i], (long)update);
		ck_assert(tenth.loss[i] == every.loss[update - 1]);
	}
	free(text);
	outcome_release(&all);
	outcome_release(&some);
}
END_TEST

START_TEST(a_resumed_run_continues_its_log)
{
	MUST("train", "--seed", "1", "--updates", "30", "--log", "log",
		"m.safetensors");
	MUST("train", "--updates", "50", "--log", "log", "m.safetensors");
	expect_log(50, 1);
}
END_TEST

START_TEST(quiet_prints_nothing)
{
	struct outcome outcome;

	RUN(&outcome, "train", "--quiet", "--updates", "50", "m.safetensors");
	expect_status(&outcome, 0);
	ck_assert_str_eq(outcome.output, "");
	ck_assert_str_eq(outcome.errors, "");
	outcome_release(&outcome);
}
END_TEST

START_TEST(training_on_a_terminal_shows_a_bar_and_obeys_ctrl_c)
{
	struct terminal terminal;

	terminal_open(&terminal,
		&(struct terminal_options){
			.command = {.folder = folder,
				.arguments = WORDS("train", "--updates",
					"1000000000", "m.safetensors")},
		});
	ck_assert_msg(terminal_wait_for(&terminal, "%", LIMIT_MS), "%s",
		terminal_text(&terminal));
	ck_assert(terminal_shows(&terminal, "/1,000,000,000"));
	terminal_type(&terminal, KEY_CTRL_C);
	ck_assert(terminal_wait_for_end(&terminal, LIMIT_MS));
	expect_status(&terminal.outcome, 130);
	ck_assert(terminal_is_restored(&terminal));
	ck_assert_uint_gt(updates_of("m.safetensors"), 0);
	terminal_close(&terminal);
}
END_TEST

/* Four points have 4 - n windows. */
START_TEST(a_window_that_leaves_one_target_is_noted)
{
	static const struct {
		const char *framing, *window;
		bool is_noted;
	} cases[] = {{"many-to-one", "3", true}, {"many-to-one", "2", false},
		{"one-to-many", "3", false}};

	for (int i = 0; i < COUNT(cases); i++) {
		char *output = OUTPUT_OF("train", "--framing", cases[i].framing,
			"--window", cases[i].window, "--updates", "10");

		ck_assert_msg(
			(strstr(output,
				 "note: --window 3 leaves a single target in a "
				 "sequence of 4 points; a smaller window "
				 "leaves more\n") != NULL) == cases[i].is_noted,
			"%s", output);
		free(output);
	}
}
END_TEST

/* Losses computed independently of this program. */

static const struct {
	const char *name, *units, *framing, *loss;
} oracles[] = {
	{"rectangle-one-to-one", "10", "one-to-one", "mae"},
	{"rectangle-sequence", "10", "sequence", "mae"},
	{"rectangle-stacked-mse", "12,7", "sequence", "mse"},
};

static const char *
tests_folder(void)
{
	const char *path = getenv("TESTS_DIR");

	return path != NULL ? path : "tests";
}

/* Write the initial weights of a reference file under the model's names. */
static void
write_initial_weights(const struct tensors *oracle)
{
	char path[FOLDER_PATH_SIZE];
	struct tensors initial;
	const char *name;
	json_t *entry;

	tensors_begin(&initial);
	json_object_foreach(oracle->header, name, entry)
	{
		const void *data;
		size_t length;

		if (strncmp(name, "init.", 5) != 0)
			continue;
		data = tensors_find(oracle, name, "F32", &length);
		tensors_append(&initial, name + 5, "F32",
			json_object_get(entry, "shape"), data, length);
	}
	tensors_write(&initial,
		folder_join(path, folder, "initial.safetensors"));
	tensors_release(&initial);
}

static void
write_sequences(const struct tensors *oracle)
{
	char path[FOLDER_PATH_SIZE];
	size_t length, points = tensors_extent(oracle, "data", 1);
	const float *data = tensors_find(oracle, "data", "F32", &length);
	FILE *file = fopen(folder_join(path, folder, "data.csv"), "w");

	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(tensors_extent(oracle, "data", 2), 2);
	for (size_t i = 0; i < length / (2 * sizeof *data); i++)
		fprintf(file, "%s%.9g,%.9g\n",
			i > 0 && i % points == 0 ? "\n" : "",
			(double)data[2 * i], (double)data[2 * i + 1]);
	ck_assert_int_eq(fclose(file), 0);
}

START_TEST(init_and_data_give_the_losses_of_the_reference)
{
	char path[FOLDER_PATH_SIZE], count[TEXT_SIZE], *text;
	struct tensors oracle;
	const double *losses;
	struct log log;
	size_t length;

	snprintf(path, sizeof path, "%s/data/%s.safetensors", tests_folder(),
		oracles[_i].name);
	tensors_read(&oracle, path);
	write_initial_weights(&oracle);
	write_sequences(&oracle);
	losses = tensors_find(&oracle, "losses", "F64", &length);
	length /= sizeof *losses;
	snprintf(count, sizeof count, "%zu", length);
	MUST("train", "--units", oracles[_i].units, "--framing",
		oracles[_i].framing, "--loss", oracles[_i].loss, "--init",
		"initial.safetensors", "--data", "data.csv", "--updates", count,
		"--log", "losses.jsonl", "m.safetensors");
	text = read_here("losses.jsonl", NULL);
	parse_log(text, &log);
	ck_assert_uint_eq(log.count, length);
	for (size_t i = 0; i < length; i++)
		ck_assert_msg(fabs(log.loss[i] - losses[i]) <= 2e-5,
			"update %zu: %.9g, not %.9g", i + 1, log.loss[i],
			losses[i]);
	free(text);
	tensors_release(&oracle);
}
END_TEST

static void
add_refusals(Suite *suite)
{
	TCase *tcase = add_case(suite, "refusals");

	tcase_add_test(tcase, an_unwritable_place_is_refused_before_training);
	tcase_add_test(tcase,
		a_folder_that_may_not_be_written_is_refused_before_training);
	tcase_add_test(tcase,
		a_log_that_cannot_be_opened_is_refused_before_training);
	suite_add_loop(tcase, invalid_data_are_named, 0, COUNT(wrong_data));
	tcase_add_test(tcase, init_that_does_not_fit_is_refused);
	tcase_add_test(tcase, checkpoints_without_a_model_are_refused);
}

static void
add_files(Suite *suite)
{
	TCase *tcase = add_case(suite, "files");

	tcase_add_test(tcase, the_same_seed_gives_the_same_bytes);
	tcase_add_test(tcase, a_seed_that_was_drawn_is_shown_and_saved);
	tcase_add_test(tcase, the_model_file_has_keras_tensors);
	tcase_add_test(tcase, saving_keeps_a_tokenic_link);
	tcase_add_test(tcase, training_without_a_model_leaves_no_file);
}

static void
add_shown(Suite *suite)
{
	TCase *tcase = add_case(suite, "shown");

	tcase_add_test(tcase, a_log_to_standard_output_is_only_json_lines);
	tcase_add_test(tcase, log_every_logs_every_nth_update);
	suite_add_loop(tcase, updates_longer_than_a_slice_are_all_logged, 0,
		COUNT(costly));
	tcase_add_test(tcase, validations_do_not_disturb_the_log_interval);
	tcase_add_test(tcase, a_resumed_run_continues_its_log);
	tcase_add_test(tcase, quiet_prints_nothing);
	tcase_add_test(tcase,
		training_on_a_terminal_shows_a_bar_and_obeys_ctrl_c);
}

static void
add_numbers(Suite *suite)
{
	TCase *tcase = add_case(suite, "numbers");

	tcase_add_test(tcase, a_window_that_leaves_one_target_is_noted);
	suite_add_loop(tcase, init_and_data_give_the_losses_of_the_reference, 0,
		COUNT(oracles));
}

int
main(void)
{
	Suite *suite = suite_create("train");

	command_run_file();
	add_refusals(suite);
	add_files(suite);
	add_shown(suite);
	add_numbers(suite);
	return suite_run(suite);
}
