/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of diverged runs: the state that a run returns to, its exactness to the
 * bit, and how training continues from it.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "folder.h"
#include "session/model_file.h"
#include "run/run.h"
#include "run/run_private.h"
#include "run_to.h"
#include "session/session.h"
#include "suite.h"

static char folder[FOLDER_PATH_SIZE];

/* Settings of a session's run. */
#define GIVEN                                                           \
	(settings_bit(&setting_seed) | settings_bit(&setting_framing) | \
		settings_bit(&setting_optimizer) |                      \
		settings_bit(&setting_loss) |                           \
		settings_bit(&setting_learning_rate) |                  \
		settings_bit(&setting_units))

static void
set(struct settings *settings, const struct setting *setting, const char *text)
{
	struct error error;

	ck_assert_msg(setting_parse(setting, settings, text, &error), "%s",
		error.text);
}

static const struct {
	const char *optimizer, *framing, *units, *loss, *rate;
} shapes[] = {
	{"sgd", "sequence", "10", "mse", "0.1"},
	{"sgd", "one-to-one", "6,5", "mse", "0.05"},
	{"adam", "one-to-one", "10", "mse", "0.001"},
	{"rmsprop", "sequence", "4", "mse", "0.001"},
	{"adam", "many-to-one", "5", "mixture", "0.001"},
};

enum { SHAPES = sizeof shapes / sizeof shapes[0], KINDS = SHAPES + 2 };

/* Begin a run on a text of 5 streams, with carried states and validations. */
static void
set_text(struct settings *settings, const char *dropout)
{
	char path[FOLDER_PATH_SIZE], text[4000] = "";
	settings_mask given;
	struct error error;

	for (size_t i = 0; strlen(text) + 100 < sizeof text; i++)
		snprintf(text + strlen(text), 100,
			"%zu to be, or not to "
			"be: that is the question.\n",
			i * i);
	folder_join(path, folder, "t.txt");
	file_write_text(path, text);
	set(settings, &setting_task, "text");
	set(settings, &setting_data, path);
	set(settings, &setting_units, "12");
	set(settings, &setting_batch, "5");
	set(settings, &setting_sequence_length, "20");
	set(settings, &setting_dropout, dropout);
	given = settings_bit(&setting_units) | settings_bit(&setting_batch);
	ck_assert(settings_complete(settings, given, &error));
}

static struct run *
begin(int kind)
{
	struct run *run;
	struct settings settings;
	struct error error;

	settings_default(&settings);
	set(&settings, &setting_seed, "7");
	set(&settings, &setting_snapshots, "1,100,500,1000,3000,4999");
	if (kind >= SHAPES) {
		set_text(&settings, kind == SHAPES ? "0" : "0.3");
	} else {
		set(&settings, &setting_optimizer, shapes[kind].optimizer);
		set(&settings, &setting_framing, shapes[kind].framing);
		set(&settings, &setting_units, shapes[kind].units);
		set(&settings, &setting_loss, shapes[kind].loss);
		set(&settings, &setting_learning_rate, shapes[kind].rate);
	}
	run = run_create(suite_context(), &settings, NULL, &error);
	ck_assert_msg(run != NULL, "%s", error.text);
	return run;
}

static void
end(struct run *run)
{
	run_destroy(run);
}

static void
must_train_to(struct run *run, uint64_t updates)
{
	struct error error;

	ck_assert_msg(run_to(run, updates, &error) == RUN_REACHED, "%s",
		error.text);
	ck_assert(run_updates(run) == updates);
}

/* Make the run diverge by an update at an absurd learning rate. */
static void
lose(struct run *run)
{
	double rate = run->state.settings.learning_rate;
	struct error error;

	run->state.settings.learning_rate = 1e30;
	ck_assert_int_eq(run_to(run, run_updates(run) + 100000, &error),
		RUN_DIVERGED);
	ck_assert_msg(strncmp(error.text, "update ", 7) == 0 &&
			strstr(error.text,
				"; training stopped, back at update "),
		"%s", error.text);
	run->state.settings.learning_rate = rate;
}

/* Return the bytes of the run's model file. The caller frees them. */
static char *
file_of(const struct run *run, size_t *length)
{
	char path[FOLDER_PATH_SIZE], *bytes;
	struct error error;

	folder_join(path, folder, "f.safetensors");
	ck_assert_msg(model_file_write(&run->state, path, &error), "%s",
		error.text);
	bytes = file_read(path, length);
	ck_assert_ptr_nonnull(bytes);
	return bytes;
}

/*
 * Assert equal files, except for a better model validated after the good state.
 */
static void
expect_same_file(struct run *one, const struct run *other)
{
	struct validation *best = &one->state.validation;
	size_t length, other_length;
	char *bytes, *others;

	ck_assert(!(best->best > other->state.validation.best));
	best->best = other->state.validation.best;
	best->best_epoch = other->state.validation.best_epoch;
	/* each run draws its identity from the system */
	memcpy(one->state.identity, other->state.identity,
		sizeof one->state.identity);
	bytes = file_of(one, &length);
	others = file_of(other, &other_length);
	ck_assert_uint_eq(length, other_length);
	ck_assert_mem_eq(bytes, others, length);
	free(bytes);
	free(others);
}

/*
 * A diverged run equals a twin that was stopped at that update and continued.
 */
START_TEST(a_diverged_run_returns_to_its_last_good_state_exactly)
{
	struct run *run = begin(_i), *twin = begin(_i);
	uint64_t every = run->fallback.every;

	ck_assert_uint_ge(every, 128);
	ck_assert_uint_le(every, 4096);
	must_train_to(run, 3 * every + 17);
	lose(run);
	/* the check of the third interval has not confirmed its copy yet */
	ck_assert_uint_eq(run_updates(run), 2 * every);
	must_train_to(twin, 2 * every);
	expect_same_file(run, twin);
	/* train on past further checks, then diverge again */
	must_train_to(run, 5 * every + 1);
	must_train_to(twin, 5 * every + 1);
	expect_same_file(run, twin);
	lose(run);
	ck_assert_uint_eq(run_updates(run), 4 * every);
	must_train_to(run, 6 * every);
	must_train_to(twin, 6 * every);
	expect_same_file(run, twin);
	end(run);
	end(twin);
}
END_TEST

START_TEST(weights_ruined_by_a_checked_update_are_not_kept)
{
	struct run *run = begin(_i), *twin = begin(_i);
	uint64_t every = run->fallback.every;

	must_train_to(run, 3 * every - 1);
	lose(run);
	/* the third check confirms the copy of the second and takes another */
	ck_assert_uint_eq(run_updates(run), 2 * every);
	must_train_to(twin, 2 * every);
	expect_same_file(run, twin);
	end(run);
	end(twin);
}
END_TEST

START_TEST(a_run_that_diverges_early_returns_to_its_initial_state)
{
	struct run *run = begin(_i), *twin = begin(_i);
	struct error error;

	lose(run);
	ck_assert_uint_eq(run_updates(run), 0);
	expect_same_file(run, twin);
	must_train_to(run, 50);
	must_train_to(twin, 50);
	expect_same_file(run, twin);
	/* after a reset, nothing of the former run remains */
	ck_assert(run_reset(run, 8, NULL, &error));
	ck_assert(run_reset(twin, 8, NULL, &error));
	lose(run);
	ck_assert_uint_eq(run_updates(run), 0);
	expect_same_file(run, twin);
	end(run);
	end(twin);
}
END_TEST

START_TEST(a_resumed_run_that_diverges_returns_to_its_file)
{
	char path[FOLDER_PATH_SIZE];
	struct run *run = begin(_i), *twin = begin(_i);
	struct error error;

	folder_join(path, folder, "m.safetensors");
	must_train_to(run, 61);
	must_train_to(twin, 61);
	ck_assert(model_file_write(&run->state, path, &error));
	run_destroy(run);
	run = model_file_open(suite_context(), path, &error);
	ck_assert_msg(run != NULL, "%s", error.text);
	ck_assert(run_prepare(run, &error));
	lose(run);
	ck_assert_uint_eq(run_updates(run), 61);
	expect_same_file(run, twin);
	must_train_to(run, 80);
	must_train_to(twin, 80);
	expect_same_file(run, twin);
	end(run);
	end(twin);
}
END_TEST

/* The loss rises without an overflow, as with a text at too high a rate. */
START_TEST(a_text_whose_average_rises_returns_to_a_low_one)
{
	struct run *run = begin(SHAPES), *twin = begin(SHAPES);
	uint64_t every = run->fallback.every;
	struct error error;

	must_train_to(run, 4 * every + 5);
	run->state.settings.learning_rate = 10;
	ck_assert_int_eq(run_to(run, 100000, &error), RUN_DIVERGED);
	ck_assert_msg(strstr(error.text,
			      "the average loss is 3 times the "
			      "first; training stopped, back at update ") !=
			NULL,
		"%s", error.text);
	ck_assert_uint_eq(run_updates(run), 3 * every);
	must_train_to(twin, 3 * every);
	run->state.settings.learning_rate = twin->state.settings.learning_rate;
	expect_same_file(run, twin);
	end(run);
	end(twin);
}
END_TEST

/*
 * A file saved, by another program, when its run had diverged already: the high
 * average does not stop the run, neither at once nor when resumed later.
 */
START_TEST(a_text_saved_after_it_diverged_can_recover)
{
	struct run *run = begin(SHAPES);
	double first;

	must_train_to(run, 100);
	first = (double)run->state.history.level[0].head[0].mean;
	run->state.history.average_sum =
		4 * first * run->state.history.average_weight;
	run->fallback.is_begun = false;
	must_train_to(run, 101);
	run->fallback.is_begun = false;
	must_train_to(run, 600);
	ck_assert_double_lt(history_average(&run->state.history), first);
	end(run);
}
END_TEST

START_TEST(weights_that_are_not_finite_are_never_kept)
{
	static const float bad[] = {INFINITY, -INFINITY, NAN};
	struct run *run = begin(0), *twin = begin(0);
	struct error error;
	float *values[] = {run->state.model.values, run->state.optimizer.first};

	must_train_to(run, 30);
	run->fallback.is_begun = false;
	must_train_to(run, 31);
	must_train_to(twin, 30);
	ck_assert(run_check(run, &error));
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		for (size_t k = 0; k < 2; k++) {
			values[k][i] = bad[i];
			ck_assert(!run_check(run, &error));
			ck_assert_msg(
				strstr(error.text,
					k == 0 ? "update 31: the weights are "
						 "not finite"
					       : "update 31: the optimizer's "
						 "moments are") != NULL,
				"%s", error.text);
			expect_same_file(run, twin);
			must_train_to(run, 31);
		}
	end(run);
	end(twin);
}
END_TEST

/* A model too large for copies stops, and can still be continued. */
START_TEST(a_run_without_a_fallback_stops_before_the_update)
{
	struct run *run = begin(0);
	struct error error;

	must_train_to(run, 20);
	fallback_destroy(&run->fallback);
	run->state.settings.learning_rate = 1e30;
	ck_assert_int_eq(run_to(run, 1000, &error), RUN_DIVERGED);
	ck_assert_msg(strcmp(error.text,
			      "update 22: the gradient overflows; "
			      "training stopped") == 0,
		"%s", error.text);
	ck_assert_uint_eq(run_updates(run), 21);
	end(run);
}
END_TEST

static void
advance_to(struct session *session, uint64_t updates)
{
	uint64_t work = UINT64_MAX;
	enum run_status status;
	struct error error;

	do
		status = session_advance(session, updates, &work, &error);
	while (status == RUN_GOES_ON);
	ck_assert_int_eq(status, RUN_REACHED);
}

/* Assert that the log has each update once, in order. */
static void
expect_log(const char *name, unsigned updates)
{
	char *text = file_read(name, NULL), *line = strtok(text, "\n");

	for (unsigned i = 1; i <= updates; i++, line = strtok(NULL, "\n")) {
		char start[40];

		snprintf(start, sizeof start, "{\"update\":%u,", i);
		ck_assert_msg(line != NULL &&
				strncmp(line, start, strlen(start)) == 0,
			"%s: %s", start, line);
	}
	ck_assert_ptr_null(line);
	free(text);
}

/*
 * As in the interface: diverge, lower the rate, continue; the file is the same.
 */
START_TEST(a_session_saves_the_good_state_and_continues)
{
	char path[FOLDER_PATH_SIZE], log[FOLDER_PATH_SIZE];
	struct session *session = malloc(sizeof *session);
	struct run *kept, *twin = begin(0);
	struct session_options options = {.context = suite_context(),
		.model = path,
		.log = log,
		.log_every = 1,
		.checkpoint_every = 1,
		.given = GIVEN,
		.settings = twin->state.settings};
	uint64_t work = UINT64_MAX;
	enum run_status status;
	struct error error;

	ck_assert_ptr_nonnull(session);
	folder_join(path, folder, "m.safetensors");
	folder_join(log, folder, "log");
	ck_assert_msg(session_open(session, &options, &error), "%s",
		error.text);
	advance_to(session, 40);
	session->run->fallback.is_begun = false;
	session_set_learning_rate(session, 100);
	do
		status = session_advance(session, 1000, &work, &error);
	while (status == RUN_GOES_ON);
	ck_assert_int_eq(status, RUN_DIVERGED);
	ck_assert_uint_eq(run_updates(session->run), 40);
	/* checkpoints of the last updates are replaced */
	ck_assert(!session->is_saved);
	session_set_learning_rate(session, twin->state.settings.learning_rate);
	ck_assert_msg(session_keep(session, true, &error), "%s", error.text);
	must_train_to(twin, 40);
	kept = model_file_open(suite_context(), path, &error);
	ck_assert_msg(kept != NULL, "%s", error.text);
	expect_same_file(kept, twin);
	run_destroy(kept);
	advance_to(session, 60);
	must_train_to(twin, 60);
	kept = model_file_open(suite_context(), path, &error);
	ck_assert_msg(kept != NULL, "%s", error.text);
	expect_same_file(kept, twin);
	end(kept);
	end(twin);
	ck_assert(session_close(session, &error));
	free(session);
	expect_log(log, 60);
}
END_TEST

static void
make_folder(void)
{
	folder_new(folder);
}

static Suite *
fallback_suite(void)
{
	Suite *suite = suite_create("fallback");
	TCase *group = suite_group(suite, "fallback", SUITE_SECONDS);

	tcase_add_checked_fixture(group, make_folder, NULL);
	tcase_add_unchecked_fixture(group, folder_setup, folder_teardown);
	suite_add_loop(group,
		a_diverged_run_returns_to_its_last_good_state_exactly, 0,
		KINDS);
	suite_add_loop(group, weights_ruined_by_a_checked_update_are_not_kept,
		0, KINDS);
	suite_add_loop(group,
		a_run_that_diverges_early_returns_to_its_initial_state, 0,
		KINDS);
	suite_add_loop(group, a_resumed_run_that_diverges_returns_to_its_file,
		0, KINDS);
	tcase_add_test(group, a_text_whose_average_rises_returns_to_a_low_one);
	tcase_add_test(group, a_text_saved_after_it_diverged_can_recover);
	tcase_add_test(group, weights_that_are_not_finite_are_never_kept);
	tcase_add_test(group, a_run_without_a_fallback_stops_before_the_update);
	tcase_add_test(group, a_session_saves_the_good_state_and_continues);
	return suite;
}

int
main(void)
{
	return suite_run(fallback_suite());
}
