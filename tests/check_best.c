/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of files that a run may replace: the best model, which belongs to its
 * run, and the model itself, which another program may have changed meanwhile.
 * A foreign file is kept, and the run is saved under another name.
 */
#include <jansson.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "interface.h"
#include "session/session.h"
#include "suite.h"

#define BEST "m-best.safetensors"
#define TEXT                                            \
	"the quick brown fox jumps over the lazy dog\n" \
	"the quick brown fox jumps over the lazy dog\n"
#define A_TEXT                                                               \
	"--task", "text", "--data", "t.txt", "--units", "4", "--batch", "2", \
		"--sequence-length", "10"
#define LEARN_TEXT "train", "--quiet", "--seed", "1", A_TEXT

/* An identity: 32 hexadecimal digits. */
enum { IDENTITY = 32 };

static void
expect_bytes(const char *name, const char *bytes, size_t length)
{
	size_t now;
	char *after = read_here(name, &now);

	ck_assert_msg(now == length && memcmp(after, bytes, now) == 0,
		"%s has changed", name);
	free(after);
}

static void
copy_here(const char *from, const char *to)
{
	size_t length;
	char *bytes = read_here(from, &length);
	char path[FOLDER_PATH_SIZE];

	file_write(folder_join(path, folder, to), bytes, length);
	free(bytes);
}

/*
 * Return the position of the run's identity in a model file's header, or NULL.
 */
static char *
find_identity(char *bytes, size_t length)
{
	static const char key[] = "\"run\":\"";
	char *found = memmem(bytes, length, key, sizeof key - 1);

	return found != NULL ? found + sizeof key - 1 : NULL;
}

static void
get_identity(const char *name, char identity[IDENTITY + 1])
{
	size_t length;
	char *bytes = read_here(name, &length);
	const char *found = find_identity(bytes, length);

	ck_assert_msg(found != NULL, "%s has no identity", name);
	memcpy(identity, found, IDENTITY);
	identity[IDENTITY] = '\0';
	ck_assert_uint_eq(strspn(identity, "0123456789abcdef"), IDENTITY);
	ck_assert_int_eq(found[IDENTITY], '"');
	free(bytes);
}

/* Simulate a file of an older version: rename the key to an unknown one. */
static void
take_identity_away(const char *name)
{
	size_t length;
	char *bytes = read_here(name, &length);
	char *found = find_identity(bytes, length);
	char path[FOLDER_PATH_SIZE];

	ck_assert_ptr_nonnull(found);
	found[-4] = 'N';
	file_write(folder_join(path, folder, name), bytes, length);
	free(bytes);
}

static void
expect_same_identity(const char *one, const char *other)
{
	char left[IDENTITY + 1], right[IDENTITY + 1];

	get_identity(one, left);
	get_identity(other, right);
	ck_assert_str_eq(left, right);
}

/*
 * Create a foreign best model; kind 0: no model, 1: a model of shapes, 2: the
 * best model of another run, 3: a link to one.
 */
static void
make_foreign_best(int kind)
{
	char path[FOLDER_PATH_SIZE];

	switch (kind) {
	case 0:
		write_here(BEST, "mine");
		break;
	case 1:
		MUST("train", "--quiet", "--updates", "3", BEST);
		break;
	case 2:
	case 3:
		MUST("train", "--quiet", "--seed", "2", A_TEXT, "--updates",
			"40", "n.safetensors");
		if (kind == 2)
			copy_here("n-best.safetensors", BEST);
		else
			ck_assert_int_eq(symlink("n-best.safetensors",
						 folder_join(path, folder,
							 BEST)),
				0);
		break;
	}
}

enum { FOREIGN = 4 };

START_TEST(a_file_that_is_not_the_best_model_of_the_run_is_not_replaced)
{
	struct outcome outcome;
	char *before;
	size_t length;

	write_here("t.txt", TEXT);
	make_foreign_best(_i);
	before = read_here(BEST, &length);
	RUN(&outcome, "train", "--seed", "1", A_TEXT, "--updates", "40",
		"--log", "log", MODEL);
	expect_failure(&outcome, BEST);
	expect_failure(&outcome, "--force");
	ck_assert_str_eq(outcome.output, "");
	outcome_release(&outcome);
	expect_bytes(BEST, before, length);
	ck_assert(!exists_here(MODEL));
	ck_assert(!exists_here("log"));
	/* --force replaces it, but only by a better model */
	MUST(LEARN_TEXT, "--updates", "1", "--force", MODEL);
	expect_bytes(BEST, before, length);
	MUST(LEARN_TEXT, "--updates", "40", "--force", MODEL);
	expect_same_identity(MODEL, BEST);
	if (_i == 3)
		expect_bytes("n-best.safetensors", before, length);
	free(before);
}
END_TEST

START_TEST(a_resumed_run_replaces_its_own_best_model)
{
	char first[IDENTITY + 1], then[IDENTITY + 1];
	uint64_t updates;

	write_here("t.txt", TEXT);
	MUST(LEARN_TEXT, "--updates", "20", MODEL);
	expect_same_identity(MODEL, BEST);
	get_identity(MODEL, first);
	updates = updates_of(BEST);
	MUST("train", "--quiet", "--updates", "400", MODEL);
	expect_same_identity(MODEL, BEST);
	get_identity(MODEL, then);
	ck_assert_str_eq(first, then);
	ck_assert_uint_gt(updates_of(BEST), updates);
}
END_TEST

START_TEST(a_best_model_is_known_to_its_killed_run_but_not_to_a_new_one)
{
	struct process process;
	struct outcome outcome;
	char first[IDENTITY + 1], then[IDENTITY + 1], *before;
	size_t length;

	write_here("t.txt", TEXT);
	command_start(&(struct command){.folder = folder,
			      .arguments = WORDS("train", A_TEXT, "--updates",
				      "0", "--log", "-", "--checkpoint-every",
				      "10", MODEL)},
		&process);
	/* its output is not read, so that it blocks soon after */
	ck_assert(process_wait_for_lines(&process, 60, LIMIT_MS));
	kill(process.pid, SIGKILL);
	process_finish(&process, LIMIT_MS, &outcome);
	ck_assert_int_eq(outcome.signal, SIGKILL);
	outcome_release(&outcome);
	get_identity(BEST, first);
	MUST("train", "--quiet", "--updates", "2000", MODEL);
	get_identity(MODEL, then);
	ck_assert_str_eq(first, then);
	expect_same_identity(MODEL, BEST);

	/* as if killed before the first save */
	remove_here(MODEL);
	before = read_here(BEST, &length);
	RUN(&outcome, LEARN_TEXT, "--updates", "40", MODEL);
	expect_failure(&outcome, BEST);
	outcome_release(&outcome);
	expect_bytes(BEST, before, length);
	free(before);
}
END_TEST

/*
 * A run that replaces the files of another is killed before a save was due: its
 * model exists as soon as its best model does, and can be resumed. _i 0: it
 * replaces a model and a best model; 1: only a model; 2: only a best model.
 */
START_TEST(a_killed_run_that_replaces_another_leaves_files_of_one_run)
{
	struct process process;
	struct outcome outcome;
	char first[IDENTITY + 1], now[IDENTITY + 1];

	write_here("t.txt", TEXT);
	MUST(LEARN_TEXT, "--updates", "40", MODEL);
	get_identity(BEST, first);
	if (_i > 0)
		remove_here(_i == 1 ? BEST : MODEL);
	command_start(&(struct command){.folder = folder,
			      .arguments = WORDS("train", "--seed", "2", A_TEXT,
				      "--updates", "0", "--log", "-", "--force",
				      MODEL)},
		&process);
	/* its output is not read, so that it blocks soon after */
	ck_assert(process_wait_for_lines(&process, 60, LIMIT_MS));
	kill(process.pid, SIGKILL);
	process_finish(&process, LIMIT_MS, &outcome);
	ck_assert_int_eq(outcome.signal, SIGKILL);
	outcome_release(&outcome);
	get_identity(BEST, now);
	ck_assert_str_ne(now, first);
	expect_same_identity(MODEL, BEST);
	MUST("train", "--quiet", "--updates", "400", MODEL);
	expect_same_identity(MODEL, BEST);
}
END_TEST

/* Each run has its own identity, which does not influence training. */
START_TEST(each_run_has_an_identity_that_changes_no_result)
{
	char one[IDENTITY + 1], other[IDENTITY + 1];
	size_t length;
	char *bytes, *found;

	write_here("t.txt", TEXT);
	MUST(LEARN_TEXT, "--updates", "20", MODEL);
	MUST(LEARN_TEXT, "--updates", "20", "n.safetensors");
	get_identity(MODEL, one);
	get_identity("n.safetensors", other);
	ck_assert_str_ne(one, other);
	/* all other bytes are the same */
	bytes = read_here("n.safetensors", &length);
	found = find_identity(bytes, length);
	memcpy(found, one, IDENTITY);
	expect_bytes(MODEL, bytes, length);
	free(bytes);
	/* a run that keeps no best model has none */
	MUST(LEARN_TEXT, "--validation", "0", "--updates", "20",
		"none.safetensors");
	bytes = read_here("none.safetensors", &length);
	ck_assert_ptr_null(find_identity(bytes, length));
	free(bytes);
}
END_TEST

START_TEST(a_file_without_identity_is_recognized_by_its_settings)
{
	struct outcome outcome;
	uint64_t updates;
	char *before;
	size_t length;

	write_here("t.txt", TEXT);
	MUST(LEARN_TEXT, "--updates", "20", MODEL);
	take_identity_away(MODEL);
	take_identity_away(BEST);
	updates = updates_of(BEST);
	MUST("train", "--quiet", "--updates", "24", "--learning-rate", "1e-9",
		MODEL);
	/* now the model has an identity, the best model does not yet */
	MUST("train", "--quiet", "--updates", "400", "--learning-rate", "0.01",
		MODEL);
	expect_same_identity(MODEL, BEST);
	ck_assert_uint_gt(updates_of(BEST), updates);

	/* a best model of another seed */
	MUST("train", "--quiet", "--seed", "2", A_TEXT, "--updates", "20",
		"n.safetensors");
	copy_here("n-best.safetensors", BEST);
	take_identity_away(BEST);
	before = read_here(BEST, &length);
	RUN(&outcome, "train", "--updates", "500", MODEL);
	expect_failure(&outcome, BEST);
	outcome_release(&outcome);
	/* a best model of the same settings but of a new run */
	copy_here("n-best.safetensors", "o-best.safetensors");
	take_identity_away("o-best.safetensors");
	RUN(&outcome, "train", "--seed", "2", A_TEXT, "--updates", "20",
		"o.safetensors");
	expect_failure(&outcome, "o-best.safetensors");
	outcome_release(&outcome);
	expect_bytes(BEST, before, length);
	expect_bytes("o-best.safetensors", before, length);
	free(before);
}
END_TEST

/* Resuming an earlier checkpoint must not lose a better model. */
START_TEST(a_best_model_is_not_replaced_by_a_worse_one)
{
	char *before;
	size_t length;

	write_here("t.txt", TEXT);
	MUST(LEARN_TEXT, "--updates", "8", "--learning-rate", "0.01", MODEL);
	copy_here(MODEL, "early");
	MUST("train", "--quiet", "--updates", "200", MODEL);
	before = read_here(BEST, &length);
	copy_here("early", MODEL);
	/* the loss is lower than at update 8 and higher than at 200 */
	MUST("train", "--quiet", "--updates", "16", "--learning-rate", "0.001",
		MODEL);
	expect_bytes(BEST, before, length);
	free(before);
}
END_TEST

START_TEST(a_wrong_identity_is_named)
{
	struct outcome outcome;
	char path[FOLDER_PATH_SIZE], *bytes;
	size_t length;

	write_here("t.txt", TEXT);
	MUST(LEARN_TEXT, "--updates", "1", MODEL);
	bytes = read_here(MODEL, &length);
	find_identity(bytes, length)[3] = 'x';
	file_write(folder_join(path, folder, MODEL), bytes, length);
	free(bytes);
	RUN(&outcome, "info", MODEL);
	expect_failure(&outcome, "damaged: 'run'");
	outcome_release(&outcome);
}
END_TEST

/* How another program replaces the model file, by _i. */
enum change { WRITTEN_OVER, RENAMED_OVER, NEW_FILE, CHANGES };

static void
change_model(int change)
{
	char path[FOLDER_PATH_SIZE], from[FOLDER_PATH_SIZE];

	switch (change) {
	case WRITTEN_OVER:
	case NEW_FILE:
		copy_here("other", MODEL);
		break;
	case RENAMED_OVER:
		copy_here("other", "copy");
		ck_assert_int_eq(rename(folder_join(from, folder, "copy"),
					 folder_join(path, folder, MODEL)),
			0);
		break;
	default:
		ck_abort();
	}
}

/* Start a run that blocks when its output is not read. */
static void
start_run(struct process *process, const char *updates)
{
	command_start(&(struct command){.folder = folder,
			      .arguments = WORDS("train", "--log", "-",
				      "--updates", updates, MODEL)},
		process);
	ck_assert(process_wait_for_lines(process, 1, LIMIT_MS));
}

START_TEST(a_model_changed_by_another_program_is_kept_beside_the_run)
{
	struct process process;
	struct outcome outcome;
	char *other;
	size_t length;

	MUST("train", "--quiet", "--seed", "5", "--updates", "77", "other");
	other = read_here("other", &length);
	if (_i != NEW_FILE)
		MUST("train", "--quiet", "--seed", "1", "--updates", "10",
			MODEL);
	write_here("m-1.safetensors", "taken");
	start_run(&process, "20000");
	change_model(_i);
	process_finish(&process, LIMIT_MS, &outcome);
	expect_failure(&outcome, MODEL);
	expect_failure(&outcome, "m-2.safetensors");
	outcome_release(&outcome);
	expect_bytes(MODEL, other, length);
	expect_bytes("m-1.safetensors", "taken", 5);
	ck_assert_uint_eq(updates_of("m-2.safetensors"), 20000);
	ck_assert(!exists_here(".m-2.safetensors.lock"));
	ck_assert(!exists_here(".m.safetensors.lock"));
	free(other);
}
END_TEST

START_TEST(a_signal_keeps_a_changed_model_beside_the_run)
{
	struct process process;
	struct outcome outcome;
	char *other;
	size_t length;

	MUST("train", "--quiet", "--seed", "5", "--updates", "77", "other");
	other = read_here("other", &length);
	start_run(&process, "0");
	change_model(NEW_FILE);
	kill(process.pid, SIGTERM);
	process_finish(&process, LIMIT_MS, &outcome);
	expect_status(&outcome, 143);
	ck_assert_ptr_nonnull(strstr(outcome.errors, "m-1.safetensors"));
	ck_assert_uint_eq(count_lines(outcome.errors), 1);
	outcome_release(&outcome);
	expect_bytes(MODEL, other, length);
	ck_assert_uint_gt(updates_of("m-1.safetensors"), 0);
	free(other);
}
END_TEST

START_TEST(a_removed_model_is_written_again)
{
	struct process process;
	struct outcome outcome;

	MUST("train", "--quiet", "--seed", "1", "--updates", "10", MODEL);
	start_run(&process, "20000");
	remove_here(MODEL);
	process_finish(&process, LIMIT_MS, &outcome);
	expect_status(&outcome, 0);
	ck_assert_str_eq(outcome.errors, "");
	outcome_release(&outcome);
	ck_assert_uint_eq(updates_of(MODEL), 20000);
}
END_TEST

/* Set an option of a session with a text, as on the command line. */
static void
set_option(struct session_options *options, const struct setting *setting,
	const char *text)
{
	struct error error;

	ck_assert_msg(setting_parse(setting, &options->settings, text, &error),
		"%s", error.text);
	options->given |= settings_bit(setting);
}

/* Train until the best model has been saved again. */
static void
train_to_a_better_one(struct session *session)
{
	double before = session->best.loss;
	struct error error;

	for (int i = 0; i < 1000; i++) {
		uint64_t work = 1000000;

		ck_assert_int_ne(session_advance(session,
					 run_updates(session->run) + 1, &work,
					 &error),
			RUN_CHECKPOINT_FAILED);
		if (session->best.loss < before ||
			(isnan(before) && !isnan(session->best.loss)))
			return;
	}
	ck_abort_msg("no better model was saved");
}

/* In this process, so that the file does not change during a save. */
START_TEST(a_changed_best_model_is_kept_beside_the_new_one)
{
	struct session *session = calloc(1, sizeof *session);
	struct session_options options = {.context = suite_context(),
		.log_every = 1};
	char data[FOLDER_PATH_SIZE], model[FOLDER_PATH_SIZE];
	struct error error;

	write_here("t.txt", TEXT);
	settings_default(&options.settings);
	set_option(&options, &setting_task, "text");
	set_option(&options, &setting_data, folder_join(data, folder, "t.txt"));
	set_option(&options, &setting_units, "4");
	set_option(&options, &setting_batch, "2");
	set_option(&options, &setting_seed, "1");
	options.model = folder_join(model, folder, MODEL);
	ck_assert_msg(session_open(session, &options, &error), "%s",
		error.text);
	train_to_a_better_one(session);
	ck_assert(exists_here(BEST));
	ck_assert(!session->is_moved);
	write_here(BEST, "mine");
	train_to_a_better_one(session);
	expect_bytes(BEST, "mine", 4);
	ck_assert_uint_gt(updates_of("m-best-1.safetensors"), 0);
	ck_assert(session->is_moved);
	ck_assert_ptr_nonnull(strstr(session->notice, BEST));
	ck_assert_ptr_nonnull(strstr(session->notice, "m-best-1.safetensors"));
	/* further saves use the same name */
	train_to_a_better_one(session);
	ck_assert(!exists_here("m-best-2.safetensors"));
	expect_bytes(BEST, "mine", 4);
	ck_assert(session_save(session, &error));
	expect_same_identity(MODEL, "m-best-1.safetensors");
	ck_assert(session_close(session, &error));
	free(session);
}
END_TEST

START_TEST(w_asks_if_another_program_changed_the_model)
{
	char *other;
	size_t length;

	MUST("train", "--quiet", "--seed", "5", "--updates", "77", "other");
	other = read_here("other", &length);
	OPEN("--seed", "1", "--speed", "50", MODEL);
	expect_at_least(3);
	pause_training();
	press("w");
	expect("saved " MODEL);
	change_model(_i);
	press("s");
	press("w");
	expect("Another program has changed");
	press("n");
	expect("not saved");
	expect_bytes(MODEL, other, length);
	press("w");
	expect("Another program has changed");
	press("o");
	expect("File name");
	press("elsewhere.safetensors\r");
	expect("saved elsewhere.safetensors");
	expect_bytes(MODEL, other, length);
	press("W");
	expect("File name");
	press(MODEL "\r");
	expect("Replace the file?");
	press("y");
	expect("saved " MODEL);
	ck_assert_uint_lt(updates_of(MODEL), 77);
	leave();
	free(other);
}
END_TEST

START_TEST(a_signal_in_the_interface_keeps_a_changed_model_beside_the_run)
{
	char *other;
	size_t length;

	MUST("train", "--quiet", "--seed", "5", "--updates", "77", "other");
	other = read_here("other", &length);
	OPEN("--seed", "1", "--speed", "50", MODEL);
	expect_at_least(3);
	change_model(NEW_FILE);
	kill(terminal.pid, SIGTERM);
	expect_end(143);
	expect_bytes(MODEL, other, length);
	ck_assert_uint_ge(updates_of("m-1.safetensors"), 3);
	free(other);
}
END_TEST

START_TEST(the_interface_asks_before_it_replaces_a_foreign_best_model)
{
	write_here("t.txt", TEXT);
	write_here(BEST, "mine");
	OPEN("--seed", "1", A_TEXT, MODEL);
	expect("Replace the best model?");
	expect_bytes(BEST, "mine", 4);
	if (_i == 0) {
		press("n");
		expect("is not saved");
		press("w");
		expect("saved " MODEL);
		expect_bytes(BEST, "mine", 4);
	} else {
		press("y");
		expect("saved " BEST);
		press("w");
		expect("saved " MODEL);
		expect_same_identity(MODEL, BEST);
	}
	leave();
}
END_TEST

START_TEST(a_reset_run_does_not_replace_the_best_model_of_the_former_run)
{
	char *before, former[IDENTITY + 1], now[IDENTITY + 1];
	size_t length;

	write_here("t.txt", TEXT);
	MUST(LEARN_TEXT, "--updates", "40", MODEL);
	get_identity(MODEL, former);
	OPEN("--updates", "4000", MODEL);
	pause_training();
	settle();
	before = read_here(BEST, &length);
	press(_i == 0 ? "r" : "R");
	expect("Start over with");
	press("y");
	expect("started over");
	press(" ");
	expect("Replace the best model?");
	press("n");
	expect("is not saved");
	expect_bytes(BEST, before, length);
	pause_training();
	press("w");
	expect("saved " MODEL);
	get_identity(MODEL, now);
	ck_assert_str_ne(now, former);
	expect_bytes(BEST, before, length);
	leave();
	free(before);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("best");
	TCase *tcase = add_case(suite, "best");

	suite_add_loop(tcase,
		a_file_that_is_not_the_best_model_of_the_run_is_not_replaced, 0,
		FOREIGN);
	tcase_add_test(tcase, a_resumed_run_replaces_its_own_best_model);
	tcase_add_test(tcase,
		a_best_model_is_known_to_its_killed_run_but_not_to_a_new_one);
	suite_add_loop(tcase,
		a_killed_run_that_replaces_another_leaves_files_of_one_run, 0,
		3);
	tcase_add_test(tcase, each_run_has_an_identity_that_changes_no_result);
	tcase_add_test(tcase,
		a_file_without_identity_is_recognized_by_its_settings);
	tcase_add_test(tcase, a_best_model_is_not_replaced_by_a_worse_one);
	tcase_add_test(tcase, a_wrong_identity_is_named);
	tcase = add_case(suite, "changed");
	suite_add_loop(tcase,
		a_model_changed_by_another_program_is_kept_beside_the_run, 0,
		CHANGES);
	tcase_add_test(tcase, a_signal_keeps_a_changed_model_beside_the_run);
	tcase_add_test(tcase, a_removed_model_is_written_again);
	tcase_add_test(tcase, a_changed_best_model_is_kept_beside_the_new_one);
	tcase = add_screen_case(suite, "screen");
	suite_add_loop(tcase, w_asks_if_another_program_changed_the_model, 0,
		NEW_FILE);
	tcase_add_test(tcase,
		a_signal_in_the_interface_keeps_a_changed_model_beside_the_run);
	suite_add_loop(tcase,
		the_interface_asks_before_it_replaces_a_foreign_best_model, 0,
		2);
	suite_add_loop(tcase,
		a_reset_run_does_not_replace_the_best_model_of_the_former_run,
		0, 2);
	return suite_run(suite);
}
