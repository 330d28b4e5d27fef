/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/app.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "base/number.h"

/* Seconds from one point to the next when a shape is drawn slowly. */
#define DRAWING_SECONDS 0.35

enum {
	CLOUD_MAX = 200,      /* shapes */
	CLOUD_WORK = 4000000, /* multiply-adds for all of them */
	/* the same for characters, between two frames */
	WRITING_MAX = 8,
	WRITING_WORK = 8000000,
	PAGE_MAX = 1000, /* of `g` */
	PAGE_WORK = 60000000
};

/* The range in which all of the data lie, or the unit square's. */
static void
set_range(struct app *app)
{
	const struct sequences *data = run_sequences(app->session->run);

	app->range = plane_unit_range;
	if (data == NULL)
		return;
	app->range = plane_empty_range();
	for (size_t k = 0; k < data->count; k++)
		plane_include(&app->range, data->start[k + 1] - data->start[k],
			data->features,
			data->values + data->start[k] * data->features);
	app->range = plane_with_margin(&app->range);
}

/* Room for many shapes, as many as can be drawn between two frames. */
static bool
make_cloud(struct app *app, struct error *error)
{
	const struct run *run = app->session->run;
	size_t cost = run_length(run) * run_model(run)->parameters.total, size;

	if (!run_settings(run)->loss->is_density)
		return true;
	app->cloud_count = CLOUD_WORK / cost;
	if (app->cloud_count > CLOUD_MAX)
		app->cloud_count = CLOUD_MAX;
	if (app->cloud_count == 0)
		app->cloud_count = 1;
	if (!memory_product(run_length(run) * run_features(run),
		    app->cloud_count, &size))
		return error_out_of_memory(error);
	app->cloud = memory_floats(size);
	return app->cloud != NULL || error_out_of_memory(error);
}

/* Show once what the session has to say of its file. */
static void
tell_notice(struct app *app)
{
	char *notice = app->session->notice;

	if (notice[0] != '\0')
		app_say(app, ROLE_WARNING, "%s", notice);
	notice[0] = '\0';
}

static void
release_run(struct app *app)
{
	generator_destroy(&app->generator);
	writer_destroy(&app->writer);
	free(app->shape);
	free(app->cloud);
	app->shape = NULL;
	app->cloud = NULL;
}

bool
app_take_run(struct app *app, struct error *error)
{
	const struct run *run = app->session->run;
	size_t size;

	release_run(app);
	app->is_running = !app_is_finished(app);
	app->steps_left = 0;
	app->measured = 0;
	app->has_diverged = false;
	app->drawing_since = -1;
	app->drawing = 0;
	app->draw_seconds = 0;
	app->cloud_count = 0;
	app->written[0] = '\0';
	app->written_return = false;
	app->written_at = UINT64_MAX;
	if (app_is_text(app))
		return writer_create(&app->writer, run, run_settings(run)->seed,
			error);
	if (!memory_product(run_length(run), run_features(run), &size))
		return error_out_of_memory(error);
	app->shape = memory_floats(size);
	if (app->shape == NULL)
		return error_out_of_memory(error);
	set_range(app);
	return make_cloud(app, error) &&
		generator_create(&app->generator, run, run_settings(run)->seed,
			error);
}

bool
app_create(struct app *app, struct session *session,
	const struct action *const *actions, double speed, struct error *error)
{
	*app = (struct app){
		.session = session,
		.actions = actions,
		.speed = speed,
	};
	if (session->is_resumed)
		app_say(app, ROLE_NORMAL, "resumed %s", session->model);
	tell_notice(app);
	return app_take_run(app, error);
}

void
app_destroy(struct app *app)
{
	release_run(app);
}

bool
app_is_text(const struct app *app)
{
	return run_task(app->session->run)->is_text;
}

bool
app_is_finished(const struct app *app)
{
	const struct run *run = app->session->run;

	return run_updates(run) >= session_end(app->session) &&
		!run_is_validating(run);
}

bool
app_is_waiting(const struct app *app)
{
	return overlay_stops_run(&app->overlays);
}

bool
app_is_training(const struct app *app)
{
	return (app->is_running || app->steps_left > 0) &&
		!app_is_waiting(app) && !app_is_finished(app);
}

bool
app_has_unsaved(const struct app *app)
{
	return !app->session->is_saved &&
		(run_updates(app->session->run) > 0 || app->session->was_saved);
}

void
app_say(struct app *app, enum screen_role role, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(app->message, sizeof app->message, format, arguments);
	va_end(arguments);
	app->message_role = role;
}

/* One shape, as run.start and the present state of chance have it. */
static void
draw_shape(struct app *app, float *shape)
{
	const struct run *run = app->session->run;

	run_start(run, shape);
	generator_draw(&app->generator, run_length(run), shape);
}

/*
 * The same dice for every frame, so that a picture of a distribution changes
 * as the model does and not by chance; `g` throws them anew.
 */
static void
draw_shapes(struct app *app)
{
	const struct run *run = app->session->run;
	size_t size = run_length(run) * run_features(run);

	random_seed(&app->generator.random, app->drawing,
		RANDOM_STREAM_GENERATE);
	draw_shape(app, app->shape);
	for (size_t i = 0; app->view.shows_cloud && i < app->cloud_count; i++)
		draw_shape(app, app->cloud + i * size);
}

/* Put a token behind what was written; the oldest quarter makes room. */
static void
write_down(struct app *app, uint32_t token)
{
	const struct vocabulary *vocabulary = run_vocabulary(app->session->run);
	size_t length = strlen(app->written), cut = APP_WRITTEN_SIZE / 4;
	char bytes[TEXT_ENCODED_SIZE];

	/* a byte 0 shows as what it is not, rather than ending all */
	if (text_encode_shown(vocabulary, token, &app->written_return, bytes) ==
			1 &&
		bytes[0] == '\0')
		bytes[0] = '?';
	if (length + TEXT_ENCODED_SIZE > APP_WRITTEN_SIZE) {
		cut = utf8_after(app->written, cut);
		memmove(app->written, app->written + cut, length - cut + 1);
		length -= cut;
	}
	memcpy(app->written + length, bytes, strlen(bytes) + 1);
}

/* Write on, as long as there is something new to be seen in it. */
static void
write_on(struct app *app)
{
	uint64_t updates = run_updates(app->session->run);
	uint64_t count = WRITING_WORK / (writer_cost(&app->writer) + 1) + 1;

	if (updates == app->written_at || updates == 0)
		return;
	app->written_at = updates;
	if (count > WRITING_MAX)
		count = WRITING_MAX;
	for (uint64_t i = 0; i < count; i++)
		write_down(app, writer_write(&app->writer));
}

void
app_write_anew(struct app *app)
{
	uint64_t count = PAGE_WORK / (writer_cost(&app->writer) + 1) + 1;

	app->written[0] = '\0';
	app->written_return = false;
	writer_reset(&app->writer);
	for (uint64_t i = 0; i < count && i < PAGE_MAX; i++)
		write_down(app, writer_write(&app->writer));
}

void
app_update_shape(struct app *app, double now)
{
	const struct run *run = app->session->run;
	double since = now - app->drawing_since;

	if (app_is_text(app)) {
		write_on(app);
		return;
	}
	app->shape_points = run_length(run);
	if (app->drawing_since >= 0) {
		double seen = 1 + since / DRAWING_SECONDS;

		/* once it is whole it stays a moment before it lives on */
		if (seen < (double)run_length(run) + 2) {
			if (seen < (double)run_length(run))
				app->shape_points = (size_t)seen;
			return;
		}
		app->drawing_since = -1;
	}
	/* what a large model draws may take up a tenth of the time */
	if (app->is_running && now - app->drawn_at < 9 * app->draw_seconds)
		return;
	app->drawn_at = clock_seconds();
	draw_shapes(app);
	app->draw_seconds = clock_seconds() - app->drawn_at;
}

/* It cannot go on. */
static void
stop(struct app *app, const char *prefix, const struct error *error,
	const char *advice)
{
	app->is_running = false;
	app->steps_left = 0;
	app_say(app, ROLE_WARNING, "%s%s%s", prefix, error->text, advice);
}

void
app_after_slice(struct app *app, enum run_status status,
	const struct error *error)
{
	bool was_stepping = app->steps_left > 0;

	switch (status) {
	case RUN_GOES_ON:
	case RUN_REACHED:
		break;
	case RUN_DIVERGED:
		app->has_diverged = true;
		stop(app, "", error, "; press [ then Space");
		return;
	case RUN_FAILED:
		stop(app, "", error, "");
		return;
	case RUN_LOG_FAILED:
		stop(app, "not logged: ", error, "");
		return;
	case RUN_CHECKPOINT_FAILED:
		app_say(app, ROLE_WARNING, "%s", error->text);
		break;
	}
	app->has_diverged = false;
	if (app_is_finished(app) && (app->is_running || was_stepping)) {
		app->is_running = false;
		app->steps_left = 0;
		if (status != RUN_CHECKPOINT_FAILED)
			app_say(app, ROLE_NORMAL,
				"finished: e trains on, w "
				"saves, q leaves");
	}
}

bool
app_has_log_loss(const struct app *app)
{
	const struct run *run = app->session->run;

	if (app->view.loss_axis == APP_AXIS_OF_LOSS)
		return !run_settings(run)->loss->is_density;
	return app->view.loss_axis == APP_AXIS_LOG;
}

void
app_report(struct app *app)
{
	const struct run *run = app->session->run;
	char done[NUMBER_TEXT_SIZE], target[NUMBER_TEXT_SIZE];
	char loss[NUMBER_TEXT_SIZE], average[NUMBER_TEXT_SIZE];
	bool has_end = run_settings(run)->target > 0;

	number_grouped(done, run_updates(run));
	number_grouped(target, run_settings(run)->target);
	if (run_updates(run) == 0)
		app_say(app, ROLE_NORMAL, "update %s%s%s", done,
			has_end ? "/" : "", has_end ? target : "");
	else
		app_say(app, ROLE_NORMAL, "update %s%s%s  loss %s  average %s",
			done, has_end ? "/" : "", has_end ? target : "",
			number_loss(loss, run_history(run)->last),
			number_loss(average,
				history_average(run_history(run))));
}
