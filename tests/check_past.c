/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of going back in time in a session: each update is what it was, with
 * learning rates that changed on the way; the present is untouched; a branch
 * goes on with the same bits, and its log and file are those of a run that
 * never went further.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "folder.h"
#include "run/relevance.h"
#include "run/run_private.h"
#include "session/model_file.h"
#include "session/session.h"
#include "suite.h"

enum { UPDATES = 120, KINDS = 4 };

static char folder[FOLDER_PATH_SIZE], model[FOLDER_PATH_SIZE],
	log_name[FOLDER_PATH_SIZE];
static struct session session;

/* The states that a session of the kind has after each update. */
static struct run_state *was[UPDATES + 1];

static void
set(struct settings *settings, settings_mask *given,
	const struct setting *setting, const char *text)
{
	struct error error;

	ck_assert_msg(setting_parse(setting, settings, text, &error), "%s",
		error.text);
	*given |= settings_bit(setting);
}

/* Open a session of a kind; memory for about `states` copies of its state. */
static void
open_session(int kind, size_t states)
{
	struct session_options options = {.context = suite_context(),
		.model = model,
		.log = log_name,
		.log_every = 1,
		.force = true,
		.history_memory = states * 500000};
	char data[FOLDER_PATH_SIZE];
	struct error error;

	folder_join(model, folder, "m.safetensors");
	folder_join(log_name, folder, "log");
	settings_default(&options.settings);
	set(&options.settings, &options.given, &setting_seed, "3");
	set(&options.settings, &options.given, &setting_units, "4,3");
	set(&options.settings, &options.given, &setting_snapshots, "7,50,90");
	if (kind == 1)
		set(&options.settings, &options.given, &setting_framing,
			"sequence");
	if (kind >= 2) {
		folder_join(data, folder, "text.txt");
		file_write_text(data,
			"to be,\nor not to be:\n\nthat is the question.\n\n"
			"whether 'tis nobler\nin the mind to suffer\n\nthe "
			"slings and arrows\n");
		set(&options.settings, &options.given, &setting_task, "text");
		set(&options.settings, &options.given, &setting_data, data);
		set(&options.settings, &options.given, &setting_batch, "3");
		set(&options.settings, &options.given, &setting_sequence_length,
			"6");
	}
	if (kind == 3)
		set(&options.settings, &options.given, &setting_dropout, "0.3");
	ck_assert_msg(session_open(&session, &options, &error), "%s",
		error.text);
}

static void
close_session(void)
{
	struct error error;

	ck_assert_msg(session_close(&session, &error), "%s", error.text);
}

static void
advance_to(uint64_t updates)
{
	uint64_t work = UINT64_MAX;
	enum run_status status;
	struct error error;

	do
		status = session_advance(&session, updates, &work, &error);
	while (status == RUN_GOES_ON);
	ck_assert_int_eq(status, RUN_REACHED);
}

/* Train to `last`, changing the learning rate at two updates. */
static void
train_to(uint64_t last, bool keeps)
{
	struct error error;

	for (uint64_t u = run_updates(session.run); u <= last; u++) {
		advance_to(u);
		if (keeps) {
			was[u] = run_state_clone(&session.run->state, &error);
			ck_assert_ptr_nonnull(was[u]);
		}
		if (u == 33)
			session_set_learning_rate(&session, 0.02);
		if (u == 71)
			session_set_learning_rate(&session, 0.0004);
	}
}

static void
release_states(void)
{
	for (int u = 0; u <= UPDATES; u++) {
		if (was[u] != NULL)
			run_state_destroy(was[u]);
		free(was[u]);
		was[u] = NULL;
	}
}

static void
visit(uint64_t update)
{
	uint64_t work;
	struct error error;

	ck_assert_msg(session_visit(&session, update, &error), "%s",
		error.text);
	while (session_is_visiting(&session)) {
		/* slices that end inside an update, and one for all */
		work = update % 2 == 0 ? 3000 : UINT64_MAX;
		session_visit_advance(&session, &work, &error);
	}
	ck_assert(session_is_in_past(&session));
	ck_assert_uint_eq(run_updates(session.run), update);
}

/* The rate is that of the update, or the one set after it. */
static void
expect_was(uint64_t update)
{
	struct run_state *now = &session.run->state;
	double rate = now->settings.learning_rate;
	const char *name;

	ck_assert(rate ==
			(update < 33                  ? 0.001
					: update < 71 ? 0.02
						      : 0.0004) ||
		session.run->reader.is_open);
	now->settings.learning_rate = was[update]->settings.learning_rate;
	name = run_state_difference(now, was[update]);
	ck_assert_msg(name == NULL, "update %d: %s differs", (int)update, name);
	now->settings.learning_rate = rate;
}

START_TEST(every_update_is_what_it_was)
{
	struct run_state *present;
	struct error error;

	open_session(_i, 12);
	train_to(UPDATES, true);
	ck_assert_uint_ge(session.past.timeline.count, 5);
	ck_assert_uint_le(session.past.timeline.count, 40);
	present = run_state_clone(&session.run->state, &error);
	/* in an order that has no pattern: 37 and 121 have no common factor */
	for (uint64_t i = 1, u = 37; i <= UPDATES; i++, u = (u + 37) % 121) {
		visit(u);
		expect_was(u);
	}
	ck_assert_uint_eq(session_present_updates(&session), UPDATES);
	ck_assert(session_return(&session, &error));
	ck_assert_ptr_null(run_state_difference(&session.run->state, present));
	run_state_destroy(present);
	free(present);
	close_session();
	release_states();
}
END_TEST

/* Assert that the log has each update once, in order. */
static void
expect_log(unsigned updates)
{
	char *text = file_read(log_name, NULL), *line = strtok(text, "\n");

	for (unsigned i = 1; i <= updates; i++, line = strtok(NULL, "\n")) {
		unsigned update = 0;

		ck_assert_msg(line != NULL, "no line %u", i);
		ck_assert_int_eq(sscanf(line, "{\"update\":%u,", &update), 1);
		ck_assert_uint_eq(update, i);
	}
	ck_assert_ptr_null(line);
	free(text);
}

START_TEST(a_branch_goes_on_with_the_same_bits)
{
	struct settings settings;
	struct run *saved;
	struct error error;

	open_session(_i, 12);
	train_to(UPDATES, true);
	visit(60);
	settings = session.run->state.settings;
	settings.target = was[UPDATES]->settings.target;
	ck_assert_msg(session_branch_off(&session, &settings, &error), "%s",
		error.text);
	ck_assert(!session_is_in_past(&session));
	ck_assert_ptr_null(timeline_before(&session.past.timeline, 0) == NULL
			? "no first state"
			: NULL);
	/* the same changes of the rate from here on */
	train_to(UPDATES, false);
	expect_was(UPDATES);
	visit(40);
	expect_was(40);
	visit(75);
	expect_was(75);
	/* saved is the present, whatever is on the screen */
	ck_assert(session_save(&session, &error));
	ck_assert(!session_is_in_past(&session));
	saved = model_file_open(suite_context(), model, &error);
	ck_assert_msg(saved != NULL, "%s", error.text);
	ck_assert_ptr_null(
		run_state_difference(&saved->state, &session.run->state));
	run_destroy(saved);
	close_session();
	expect_log(UPDATES);
	release_states();
}
END_TEST

START_TEST(the_future_and_a_lost_past_are_refused)
{
	struct error error;

	open_session(0, 12);
	train_to(50, false);
	ck_assert(!session_visit(&session, 51, &error));
	ck_assert_str_eq(error.text, "the run has done only 50 updates");
	ck_assert(!session_is_in_past(&session));
	ck_assert(session_return(&session, &error));
	close_session();
	/* without memory for copies */
	open_session(0, 0);
	train_to(50, false);
	ck_assert(!session_visit(&session, 20, &error));
	ck_assert_str_eq(error.text, "no state is kept at or before update 20");
	close_session();
}
END_TEST

static void
make_folder(void)
{
	folder_new(folder);
}

static Suite *
past_suite(void)
{
	Suite *suite = suite_create("past");
	TCase *group = suite_group(suite, "past", SUITE_SECONDS);

	tcase_add_checked_fixture(group, make_folder, NULL);
	tcase_add_unchecked_fixture(group, folder_setup, folder_teardown);
	suite_add_loop(group, every_update_is_what_it_was, 0, KINDS);
	suite_add_loop(group, a_branch_goes_on_with_the_same_bits, 0, KINDS);
	tcase_add_test(group, the_future_and_a_lost_past_are_refused);
	return suite;
}

int
main(void)
{
	return suite_run(past_suite());
}
