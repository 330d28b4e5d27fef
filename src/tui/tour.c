/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/tour.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "cli/options.h"
#include "tui/app.h"

enum { WORDS_MAX = 32 };

struct tour {
	struct app own; /* the interface before the tour */
	size_t at;      /* the scene, in tour_list */
	struct session *session;
	bool is_measured; /* the scene, since its last update */
	char measured[TOUR_TEXT_SIZE];
	char part[TOUR_SCENES_MAX][TOUR_TEXT_SIZE]; /* "": not measured yet */
};

static size_t
list_length(void)
{
	size_t length = 0;

	while (tour_list[length].number != 0)
		length++;
	return length;
}

int
tour_count(void)
{
	return tour_list[list_length() - 1].number;
}

bool
tour_parse(const struct tour_scene *scene, char words[TOUR_OPTIONS_SIZE],
	struct arguments *arguments, struct error *error)
{
	char *argv[WORDS_MAX + 1] = {"lstmtui"};
	int argc = 1;
	char *rest = words;

	strncpy(words, scene->options, TOUR_OPTIONS_SIZE - 1);
	words[TOUR_OPTIONS_SIZE - 1] = '\0';
	for (char *word;
		argc < WORDS_MAX && (word = strtok_r(rest, " ", &rest)) != NULL;
		argc++)
		argv[argc] = word;
	return options_parse(command_list[0], argc, argv, arguments, error);
}

static void
close_session(struct session *session)
{
	struct error ignored; /* a scene has no log */

	if (session != NULL)
		session_close(session, &ignored);
	free(session);
}

/* Open the session of a scene; NULL on failure. */
static struct session *
open_session(const struct tour_scene *scene, const struct context *context,
	double *speed, struct error *error)
{
	char words[TOUR_OPTIONS_SIZE];
	struct arguments arguments;
	struct session *session;

	if (!tour_parse(scene, words, &arguments, error))
		return NULL;
	session = memory_new(1, sizeof *session);
	if (session == NULL) {
		error_out_of_memory(error);
		return NULL;
	}
	*speed = arguments.speed;
	arguments.session.context = context;
	if (session_open(session, &arguments.session, error))
		return session;
	close_session(session);
	return NULL;
}

/*
 * Show a scene in place of the present one, if there is one. A scene of the
 * same number stays as the ghost.
 */
static bool
show(struct app *app, struct tour *tour, size_t at, struct error *error)
{
	double speed;
	struct session *session = open_session(&tour_list[at],
		tour->own.session->context, &speed, error);
	struct ghost former = {.is_kept = false};
	bool is_good;

	if (session == NULL)
		return false;
	if (tour->session != NULL) {
		if (tour_list[at].number == tour_list[tour->at].number)
			ghost_take(&former, tour->session->run, &app->shape);
		app_destroy(app);
	}
	close_session(tour->session);
	tour->session = session;
	tour->at = at;
	tour->is_measured = false;
	is_good = app_create(app, session, tour->own.views, tour->own.common,
		tour->own.bindings, speed, error);
	app->tour = tour;
	ghost_replace(&app->ghost, &former, run_settings(session->run));
	return is_good;
}

void
tour_begin(struct app *app)
{
	struct tour *tour;
	struct error error;

	/* the lines of the log do not wait for the end of the tour */
	if (!session_tend_log(app->session, INFINITY, &error)) {
		app_after_slice(app, RUN_LOG_FAILED, &error);
		return;
	}
	tour = memory_new(1, sizeof *tour);
	if (tour == NULL) {
		error_out_of_memory(&error);
		app_say(app, ROLE_WARNING, "%s", error.text);
		return;
	}
	tour->own = *app;
	if (show(app, tour, 0, &error))
		return;
	if (app->tour != NULL)
		tour_end(app);
	else
		free(tour);
	app_say(app, ROLE_WARNING, "%s", error.text);
}

void
tour_end(struct app *app)
{
	struct tour *tour = app->tour;

	if (tour == NULL)
		return;
	app_destroy(app);
	close_session(tour->session);
	*app = tour->own;
	free(tour);
}

bool
tour_has(const struct app *app, int by)
{
	size_t at = app->tour->at;

	return by < 0 ? at >= (size_t)-by : at + (size_t)by < list_length();
}

void
tour_move(struct app *app, int by)
{
	struct tour *tour = app->tour;
	const struct session *before = tour->session;
	struct error error;

	if (!tour_has(app, by)) {
		app_say(app, ROLE_NORMAL,
			by < 0 ? "this is the first scene"
			       : "this is the last scene; Esc leaves the tour");
		return;
	}
	if (show(app, tour, (size_t)((long)tour->at + by), &error))
		return;
	/* without a new session the present scene goes on */
	if (tour->session != before)
		tour_end(app);
	app_say(app, ROLE_WARNING, "%s", error.text);
}

const struct tour_scene *
tour_scene(const struct app *app)
{
	return app->tour != NULL ? &tour_list[app->tour->at] : NULL;
}

/* ---------------------------------------------------------------------- */
/* Measurements */

bool
tour_is_done(const struct app *app)
{
	const struct run *run = app->session->run;

	return run_updates(run) >= run_settings(run)->target &&
		!run_is_validating(run);
}

void
tour_prepare(struct app *app)
{
	struct tour *tour = app->tour;
	const struct tour_scene *scene = &tour_list[tour->at];
	const struct run *run = app->session->run;

	if (!tour_is_done(app)) {
		tour->is_measured = false;
		return;
	}
	if (tour->is_measured)
		return;
	if (scene->measure != NULL && !scene->measure(run, tour->measured))
		return;
	if (scene->part != NULL && !scene->part(run, tour->part[tour->at]))
		return;
	tour->is_measured = true;
}

const char *
tour_measured(const struct app *app)
{
	const struct tour *tour = app->tour;

	return tour->is_measured && tour_list[tour->at].measure != NULL &&
			tour_is_done(app)
		? tour->measured
		: NULL;
}

void
tour_unit(const struct app *app, char name[LIVE_NAME_SIZE])
{
	const struct tour *tour = app->tour;
	const char *measured = tour_measured(app);

	name[0] = '\0';
	/* the line of the clock begins with the name */
	if (measured != NULL &&
		tour_list[tour->at].measure == tour_measure_clock)
		snprintf(name, LIVE_NAME_SIZE, "%.*s",
			(int)strcspn(measured, " "), measured);
}

void
tour_compare(const struct app *app, char text[TOUR_COMPARISON_SIZE])
{
	const struct tour *tour = app->tour;
	int number = tour_list[tour->at].number;
	const char *between = ":";
	size_t length = 0;

	text[0] = '\0';
	for (size_t i = 0; tour_list[i].number != 0; i++) {
		const struct tour_scene *scene = &tour_list[i];
		const char *part = tour->part[i];

		if (scene->number != number || scene->part == NULL)
			continue;
		if (scene->comparison != NULL)
			length += (size_t)snprintf(text + length,
				TOUR_COMPARISON_SIZE - length, "%s",
				scene->comparison);
		length += (size_t)snprintf(text + length,
			TOUR_COMPARISON_SIZE - length, "%s %s%s%s", between,
			scene->part_name, part[0] != '\0' ? " " : ": ",
			part[0] != '\0' ? part : "not yet");
		between = ";";
	}
}

const char *
tour_refuse_save(const struct app *app)
{
	return app->tour != NULL
		? _("a scene of the tour is not saved; Esc leaves the tour")
		: NULL;
}

const char *
tour_refuse_new(const struct app *app)
{
	return app->tour != NULL
		? _("the run of a scene stays as it is; Esc leaves the tour")
		: NULL;
}
