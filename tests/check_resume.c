/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of runs that are ended and resumed: by command, by signal, by kill. A
 * resumed run ends with the same bits as an uninterrupted one.
 */
#include <check.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/activation.h"
#include "core/cell.h"
#include "core/kernel.h"
#include "core/loss.h"
#include "core/optimizer.h"
#include "here.h"
#include "suite.h"
#include "task/framing.h"
#include "task/reset.h"
#include "task/task.h"
#include "tensors.h"

enum { LIMIT_MS = 20000 };

START_TEST(updates_is_the_total_to_reach)
{
	char *before, *after;
	size_t before_length, after_length;
	json_t *object;

	MUST("train", "--seed", "1", "--updates", "300", "m.safetensors");
	MUST("train", "--updates", "500", "m.safetensors");
	object = info("m.safetensors");
	ck_assert_int_eq(get_integer(object, "updates"), 500);
	ck_assert_int_eq(get_integer(object, "target"), 500);
	ck_assert_int_eq(get_integer(object, "seed"), 1);
	json_decref(object);
	/* all updates are done: nothing to do, nothing changed */
	before = read_here("m.safetensors", &before_length);
	MUST("train", "m.safetensors");
	after = read_here("m.safetensors", &after_length);
	ck_assert_uint_eq(before_length, after_length);
	ck_assert_mem_eq(before, after, before_length);
	free(before);
	free(after);
}
END_TEST

static const struct {
	const char *option, *value;
} contradictions[] = {
	{"--units", "12"},
	{"--units", "10,10"},
	{"--cell", "gru"},
	{"--framing", "sequence"},
	{"--loss", "mse"},
	{"--task", "points"},
};

START_TEST(an_option_that_contradicts_the_model_is_refused)
{
	struct outcome outcome;
	char *before, *after;
	size_t before_length, after_length;

	write_here("walk.csv", "0,0\n0.5,0\n0.5,0.5\n");
	MUST("train", "--seed", "1", "--updates", "30", "m.safetensors");
	before = read_here("m.safetensors", &before_length);
	if (strcmp(contradictions[_i].value, "points") == 0)
		RUN(&outcome, "train", "--updates", "60", "--data", "walk.csv",
			contradictions[_i].option, contradictions[_i].value,
			"m.safetensors");
	else
		RUN(&outcome, "train", "--updates", "60",
			contradictions[_i].option, contradictions[_i].value,
			"m.safetensors");
	ck_assert(outcome.status == 1 || outcome.status == 2);
	outcome.status = 1;
	expect_failure(&outcome, contradictions[_i].option);
	after = read_here("m.safetensors", &after_length);
	ck_assert_uint_eq(before_length, after_length);
	ck_assert_mem_eq(before, after, before_length);
	free(before);
	free(after);
	outcome_release(&outcome);
}
END_TEST

START_TEST(an_option_that_agrees_with_the_model_is_accepted)
{
	MUST("train", "--seed", "1", "--updates", "30", "m.safetensors");
	MUST("train", "--updates", "60", "--units", "10", "--task", "rectangle",
		"--learning-rate", "0.002", "m.safetensors");
	ck_assert_uint_eq(updates_of("m.safetensors"), 60);
}
END_TEST

START_TEST(data_may_have_moved)
{
	static const char walk[] = "0,0\n0.5,0\n0.5,0.5\n";
	char from[FOLDER_PATH_SIZE], to[FOLDER_PATH_SIZE];
	struct outcome outcome;

	write_here("walk.csv", walk);
	write_here("other.csv", "0,0\n0.5,0\n0.5,0.75\n");
	MUST("train", "--task", "points", "--data", "walk.csv", "--updates",
		"30", "m.safetensors");
	ck_assert_int_eq(rename(folder_join(from, folder, "walk.csv"),
				 folder_join(to, folder, "moved.csv")),
		0);
	RUN(&outcome, "train", "--updates", "60", "m.safetensors");
	expect_failure(&outcome, "walk.csv");
	outcome_release(&outcome);
	RUN(&outcome, "train", "--updates", "60", "--data", "other.csv",
		"m.safetensors");
	expect_failure(&outcome, "other.csv: not the data");
	outcome_release(&outcome);
	MUST("train", "--updates", "60", "--data", "moved.csv",
		"m.safetensors");
	/* the new place is saved */
	MUST("train", "--updates", "90", "m.safetensors");
	ck_assert_uint_eq(updates_of("m.safetensors"), 90);
}
END_TEST

START_TEST(force_starts_a_new_run)
{
	json_t *object;

	MUST("train", "--seed", "1", "--updates", "30", "m.safetensors");
	MUST("train", "--force", "--seed", "2", "--units", "12", "--updates",
		"10", "m.safetensors");
	object = info("m.safetensors");
	ck_assert_int_eq(get_integer(object, "updates"), 10);
	ck_assert_int_eq(get_integer(object, "seed"), 2);
	ck_assert_int_eq(json_integer_value(
				 json_array_get(json_object_get(object,
							"units"),
					 0)),
		12);
	json_decref(object);
}
END_TEST

/* Assert that all tensors of two files are equal bit for bit. */
static void
expect_same_tensors(const char *first, const char *second)
{
	struct tensors whole, parts;
	const char *name;
	json_t *entry;
	size_t compared = 0;

	read_tensors_here(&whole, first);
	read_tensors_here(&parts, second);
	json_object_foreach(whole.header, name, entry)
	{
		size_t whole_length, parts_length;
		const void *a, *b;

		if (strcmp(name, "__metadata__") == 0)
			continue;
		a = tensors_find(&whole, name, NULL, &whole_length);
		b = tensors_find(&parts, name, NULL, &parts_length);
		ck_assert_uint_eq(whole_length, parts_length);
		ck_assert_msg(memcmp(a, b, whole_length) == 0, "%s differs",
			name);
		compared++;
	}
	ck_assert_uint_ge(compared, 5);
	tensors_release(&whole);
	tensors_release(&parts);
}

START_TEST(resuming_is_exact_to_the_bit)
{
	static const char *const momenta[] = {"0", "0.9"};

#define SETTINGS                                                            \
	"train", "--quiet", "--seed", "11", "--framing", "sequence",        \
		"--optimizer", "sgd", "--momentum", momenta[_i], "--batch", \
		"2", "--updates"
	MUST(SETTINGS, "300", "whole.safetensors");
	MUST(SETTINGS, "120", "parts.safetensors");
#undef SETTINGS
	MUST("train", "--quiet", "--updates", "300", "parts.safetensors");
	expect_same_tensors("whole.safetensors", "parts.safetensors");
}
END_TEST

/* The lists of kinds, with their options. */
static const struct {
	const char *option;
	const struct kind *const *list;
} kinds[] = {
	{"--task", task_list},
	{"--framing", framing_list},
	{"--cell", cell_list},
	{"--loss", loss_list},
	{"--optimizer", optimizer_list},
	{"--recurrent-activation", activation_list},
	{"--reset-at", reset_list},
	{"--tokens", tokens_list},
};

enum { WORDS_MAX = 32 };

static void
add_words(const char **words, const char *const *more)
{
	size_t count = 0;

	while (words[count] != NULL)
		count++;
	for (; *more != NULL; more++) {
		ck_assert_uint_lt(count + 1, WORDS_MAX);
		words[count++] = *more;
	}
	words[count] = NULL;
}

/* Add the task and the data that a kind needs. */
static void
add_data(const char **words, const struct kind *const *list,
	const struct kind *kind)
{
	const struct task *task =
		list == task_list ? (const struct task *)kind : NULL;
	const struct loss *loss =
		list == loss_list ? (const struct loss *)kind : NULL;

	bool is_text = list == reset_list || list == tokens_list ||
		(loss != NULL && loss->is_of_tokens);

	if (is_text)
		add_words(words, WORDS("--task", "text"));
	if (is_text || task == &task_text)
		add_words(words, WORDS("--data", "t.txt"));
	if (task == &task_points)
		add_words(words, WORDS("--data", "d.csv"));
}

/* Train to an update; return false if the kinds are incompatible. */
static bool
train_to(const char *const *settings, const char *updates, const char *model)
{
	const char *words[WORDS_MAX] = {"train", "--quiet", "--seed", "11",
		"--units", "4,3", "--batch", "2", "--updates", updates};
	struct outcome outcome;
	bool is_refused;

	add_words(words, settings);
	add_words(words, WORDS(model));
	command_run(&(struct command){.folder = folder, .arguments = words},
		&outcome);
	is_refused = outcome.status == 2;
	if (!is_refused)
		expect_status(&outcome, 0);
	outcome_release(&outcome);
	return !is_refused;
}

/* _i: the list. Each of its kinds is combined with every framing. */
START_TEST(every_kind_resumes_exactly)
{
	const struct kind *const *list = kinds[_i].list;

	write_here("d.csv", "0,0\n1,0\n1,1\n2,1\n\n0,1\n1,2\n0,0\n1,1\n");
	write_here("t.txt",
		"one line\nanother line\n\na paragraph\nand its end\n\n"
		"one line more\nand another\n");
	for (; *list != NULL; list++) {
		size_t taken = 0;

		for (size_t f = 0; framing_list[f] != NULL; f++) {
			const char *settings[WORDS_MAX] = {NULL};

			if (kinds[_i].list == framing_list &&
				framing_list[f] != *list)
				continue;
			add_words(settings,
				WORDS("--framing", framing_list[f]->name));
			if (kinds[_i].list != framing_list)
				add_words(settings,
					WORDS(kinds[_i].option, (*list)->name));
			add_data(settings, kinds[_i].list, *list);
			if (!train_to(settings, "45", "whole.safetensors"))
				continue;
			taken++;
			ck_assert(
				train_to(settings, "17", "parts.safetensors"));
			MUST("train", "--quiet", "--updates", "45",
				"parts.safetensors");
			expect_same_tensors("whole.safetensors",
				"parts.safetensors");
			remove_here("whole.safetensors");
			remove_here("parts.safetensors");
			remove_here("whole-best.safetensors");
			remove_here("parts-best.safetensors");
		}
		ck_assert_msg(taken > 0, "%s %s is refused in each framing",
			kinds[_i].option, (*list)->name);
	}
}
END_TEST

static const int ending_signals[] = {
	SIGINT,
	SIGTERM,
	SIGHUP,
	SIGQUIT,
	SIGUSR2,
	SIGALRM,
	SIGXCPU,
	SIGXFSZ,
	SIGVTALRM,
	SIGPROF,
#ifdef SIGPWR
	SIGPWR,
#endif
};

START_TEST(a_signal_ends_training_and_saves)
{
	struct process process;
	struct outcome outcome;
	uint64_t updates;

	command_start(&(struct command){.folder = folder,
			      .arguments = WORDS("train", "--seed", "1",
				      "--updates", "0", "--log", "-",
				      "m.safetensors")},
		&process);
	ck_assert(process_wait_for_lines(&process, 50, LIMIT_MS));
	kill(process.pid, ending_signals[_i]);
	process_finish(&process, LIMIT_MS, &outcome);
	expect_status(&outcome, 128 + ending_signals[_i]);
	ck_assert_int_eq(outcome.output[outcome.output_length - 1], '\n');
	updates = updates_of("m.safetensors");
	/* the file is at the last logged update */
	ck_assert_uint_eq(updates, count_lines(outcome.output));
	ck_assert_uint_eq(folder_count(folder), 1);
	outcome_release(&outcome);
}
END_TEST

START_TEST(a_signal_ends_training_without_a_model_too)
{
	struct process process;
	struct outcome outcome;

	command_start(&(struct command){.folder = folder,
			      .arguments = WORDS("train", "--updates", "0",
				      "--log", "-", "--log-every", "100")},
		&process);
	ck_assert(process_wait_for_lines(&process, 5, LIMIT_MS));
	kill(process.pid, SIGTERM);
	process_finish(&process, LIMIT_MS, &outcome);
	expect_status(&outcome, 143);
	ck_assert_uint_eq(folder_count(folder), 0);
	outcome_release(&outcome);
}
END_TEST

/* A short update, and one that takes longer than a slice. */
static const char *const batches[] = {"1", "1000"};

START_TEST(checkpoints_survive_a_kill)
{
	struct process process;
	struct outcome outcome;
	uint64_t updates;

	command_start(&(struct command){.folder = folder,
			      .arguments = WORDS("train", "--seed", "1",
				      "--updates", "0", "--batch", batches[_i],
				      "--checkpoint-every", "40", "--log", "-",
				      "m.safetensors")},
		&process);
	/* the log is written line by line: a pipe's buffer must not delay it */
	ck_assert(process_wait_for_lines(&process, 200, LIMIT_MS));
	kill(process.pid, SIGKILL);
	process_finish(&process, LIMIT_MS, &outcome);
	ck_assert_int_eq(outcome.signal, SIGKILL);
	updates = updates_of("m.safetensors");
	ck_assert_uint_ge(updates, 160);
	ck_assert_uint_eq(updates % 40, 0);
	outcome_release(&outcome);
}
END_TEST

START_TEST(a_diverged_run_stops_and_keeps_its_good_file)
{
	struct outcome outcome;
	char *before, *after;
	size_t before_length, after_length;

	MUST("train", "--seed", "1", "--updates", "30", "--optimizer", "sgd",
		"--loss", "mse", "m.safetensors");
	before = read_here("m.safetensors", &before_length);
	RUN(&outcome, "train", "--quiet", "--updates", "100000",
		"--learning-rate", "1e30", "m.safetensors");
	expect_failure(&outcome,
		"back at update 30; continue at a lower rate: lstmtui train "
		"--learning-rate 0.01 m.safetensors\n");
	after = read_here("m.safetensors", &after_length);
	ck_assert_uint_eq(before_length, after_length);
	ck_assert_mem_eq(before, after, before_length);
	free(before);
	free(after);
	outcome_release(&outcome);
}
END_TEST

/* Run the command that the message suggests, by a shell. */
static void
type_advice(const struct outcome *outcome)
{
	const char *advice = strstr(outcome->errors, "lstmtui train --");
	char command[2 * FOLDER_PATH_SIZE];

	ck_assert_msg(advice != NULL, "%s", outcome->errors);
	snprintf(command, sizeof command, "cd '%s' && \"$LSTMTUI\"%s", folder,
		advice + strlen("lstmtui"));
	command[strcspn(command, "\n")] = '\0';
	strcat(command, " > output");
	ck_assert_int_eq(system(command), 0);
}

/*
 * Assert a finished run whose loss is lower than that of predicting the median.
 */
static void
expect_learnt(const char *model, double max)
{
	json_t *object = info(model);

	ck_assert_double_lt(get_number(object, "average_loss"), max);
	ck_assert_int_eq(get_integer(object, "updates"),
		get_integer(object, "target"));
	json_decref(object);
}

START_TEST(a_new_diverged_run_continues_by_the_command_of_its_message)
{
	static const char model[] = "it's new.safetensors";
	struct outcome outcome;

	RUN(&outcome, "train", "--quiet", "--seed", "1", "--learning-rate",
		"1e30", "--loss", "mse", model);
	expect_failure(&outcome,
		"update 2: the gradient overflows; training stopped, back at "
		"update 0; continue at a lower rate: lstmtui train "
		"--learning-rate 0.01 'it'\\''s new.safetensors'\n");
	outcome_release(&outcome);
	ck_assert_uint_eq(updates_of(model), 0);
	/* diverge again at the same rate, in a resumed run */
	RUN(&outcome, "train", "--quiet", model);
	expect_failure(&outcome, "update 2: the gradient overflows");
	type_advice(&outcome);
	outcome_release(&outcome);
	expect_learnt(model, 0.06);
}
END_TEST

START_TEST(a_diverged_text_continues_by_the_command_of_its_message)
{
	struct outcome outcome;
	char text[3000] = "";

	while (strlen(text) + 60 < sizeof text)
		strcat(text, "to be, or not to be: that is the question.\n");
	write_here("t.txt", text);
	RUN(&outcome, "train", "--quiet", "--task", "text", "--data", "t.txt",
		"--units", "16", "--batch", "5", "--seed", "1", "--updates",
		"300", "--learning-rate", "5", "--checkpoint-every", "1",
		"m.safetensors");
	expect_failure(&outcome, "update ");
	ck_assert_uint_eq(updates_of("m.safetensors"), 0);
	type_advice(&outcome);
	outcome_release(&outcome);
	expect_learnt("m.safetensors", 0.5);
}
END_TEST

/* With --force: the other run's file is better than one without any updates. */
START_TEST(a_run_that_diverges_at_once_does_not_replace_another_file)
{
	struct outcome outcome;

	MUST("train", "--quiet", "--seed", "1", "--updates", "30",
		"m.safetensors");
	RUN(&outcome, "train", "--quiet", "--force", "--learning-rate", "1e30",
		"--loss", "mse", "m.safetensors");
	expect_failure(&outcome,
		"back at update 0; try a lower "
		"--learning-rate\n");
	outcome_release(&outcome);
	ck_assert_uint_eq(updates_of("m.safetensors"), 30);
}
END_TEST

/* The loss does not show yet what the last update did to the weights. */
START_TEST(weights_that_the_last_update_ruined_are_not_saved)
{
	struct outcome outcome;

	write_here("d.csv", "0,0\n1e9,2e9\n");
	for (int every = 0; every < 2; every++) {
		RUN(&outcome, "train", "--quiet", "--task", "points", "--data",
			"d.csv", "--scale", "none", "--seed", "1",
			"--optimizer", "sgd", "--loss", "mse",
			"--learning-rate", "1e30", "--updates", "1",
			"--checkpoint-every", every == 0 ? "0" : "1",
			every == 0 ? "m.safetensors" : "n.safetensors");
		expect_failure(&outcome,
			"update 1: the weights are not "
			"finite; training stopped, back at update 0");
		outcome_release(&outcome);
	}
	ck_assert_uint_eq(updates_of("m.safetensors"), 0);
	ck_assert_uint_eq(updates_of("n.safetensors"), 0);
}
END_TEST

static void
add_resuming(Suite *suite)
{
	TCase *tcase = add_case(suite, "resuming");

	tcase_add_test(tcase, updates_is_the_total_to_reach);
	suite_add_loop(tcase, an_option_that_contradicts_the_model_is_refused,
		0, COUNT(contradictions));
	tcase_add_test(tcase, an_option_that_agrees_with_the_model_is_accepted);
	tcase_add_test(tcase, data_may_have_moved);
	tcase_add_test(tcase, force_starts_a_new_run);
	suite_add_loop(tcase, resuming_is_exact_to_the_bit, 0, 2);
	suite_add_loop(tcase, every_kind_resumes_exactly, 0, COUNT(kinds));
}

static void
add_ending(Suite *suite)
{
	TCase *tcase = add_case(suite, "ending");

	suite_add_loop(tcase, a_signal_ends_training_and_saves, 0,
		COUNT(ending_signals));
	tcase_add_test(tcase, a_signal_ends_training_without_a_model_too);
	suite_add_loop(tcase, checkpoints_survive_a_kill, 0, COUNT(batches));
}

/* Epochs of two updates; each halves the learning rate. */
START_TEST(the_log_has_the_rate_of_each_update_and_info_that_of_the_next)
{
	static const double rates[] = {0.1, 0.1, 0.05, 0.05, 0.025, 0.025};
	char text[101 + 1] = "", *log, *line, *about;
	json_t *object;

	for (size_t i = 0; i < sizeof text - 1; i++)
		text[i] = (char)('a' + i % 12);
	write_here("t.txt", text);
	MUST("train", "--quiet", "--task", "text", "--data", "t.txt", "--units",
		"3", "--batch", "1", "--validation", "0", "--learning-rate",
		"0.1", "--learning-rate-decay", "0.5", "--decay-after", "0",
		"--updates", "6", "--seed", "1", "--log", "l", "m.safetensors");
	log = read_here("l", NULL);
	line = strtok(log, "\n");
	for (int i = 0; i < COUNT(rates); i++, line = strtok(NULL, "\n")) {
		ck_assert_ptr_nonnull(line);
		object = parse_object(line);
		ck_assert_double_eq_tol(get_number(object, "learning_rate"),
			rates[i], 1e-9);
		json_decref(object);
	}
	object = info("m.safetensors");
	ck_assert_double_eq(get_number(object, "learning_rate"), 0.1);
	ck_assert_double_eq_tol(get_number(object, "present_learning_rate"),
		0.0125, 1e-9);
	about = OUTPUT_OF("info", "m.safetensors");
	ck_assert_msg(strstr(about, "present_learning_rate 0.0125\n") != NULL,
		"%s", about);
	json_decref(object);
	free(about);
	free(log);
}
END_TEST

/* Train to an update with a kernel; NULL: the fastest. */
static void
train_with(const char *kernel, const char *updates)
{
	struct outcome outcome;
	char variable[64] = "LSTMTUI_KERNEL";

	if (kernel != NULL)
		snprintf(variable, sizeof variable, "LSTMTUI_KERNEL=%s",
			kernel);
	command_run(&(struct command){.folder = folder,
			    .environment = WORDS(variable),
			    .arguments = WORDS("train", "--quiet", "--updates",
				    updates, "m.safetensors")},
		&outcome);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
}

static void
expect_kernel(const char *name)
{
	json_t *object = info("m.safetensors");
	char *about = OUTPUT_OF("info", "m.safetensors"), line[64];

	snprintf(line, sizeof line, "\n%-22s%s\n", "kernel", name);
	ck_assert_str_eq(get_string(object, "kernel"), name);
	ck_assert_msg(strstr(about, line) != NULL, "%s", about);
	json_decref(object);
	free(about);
}

START_TEST(info_names_the_kernel_of_the_last_update)
{
	char updates[32];
	const struct kernel *kernel;

	for (size_t i = 0; (kernel = kernel_variant(i)) != NULL; i++) {
		/* each resumption uses another kernel */
		snprintf(updates, sizeof updates, "%zu", 10 * (i + 1));
		train_with(kernel->name, updates);
		expect_kernel(kernel->name);
	}
	/* without a further update the name stays */
	train_with(NULL, updates);
	expect_kernel("portable");
}
END_TEST

static void
add_kernel(Suite *suite)
{
	TCase *tcase = add_case(suite, "kernel");

	tcase_add_test(tcase, info_names_the_kernel_of_the_last_update);
}

static void
add_rates(Suite *suite)
{
	TCase *tcase = add_case(suite, "rates");

	tcase_add_test(tcase,
		the_log_has_the_rate_of_each_update_and_info_that_of_the_next);
	tcase_add_test(tcase, a_diverged_run_stops_and_keeps_its_good_file);
	tcase_add_test(tcase,
		a_new_diverged_run_continues_by_the_command_of_its_message);
	tcase_add_test(tcase,
		a_diverged_text_continues_by_the_command_of_its_message);
	tcase_add_test(tcase,
		a_run_that_diverges_at_once_does_not_replace_another_file);
	tcase_add_test(tcase,
		weights_that_the_last_update_ruined_are_not_saved);
}

int
main(void)
{
	Suite *suite = suite_create("resume");

	add_resuming(suite);
	add_ending(suite);
	add_rates(suite);
	add_kernel(suite);
	return suite_run(suite);
}
