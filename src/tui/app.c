#include "tui/app.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/number.h"
#include "tui/form.h"
#include "tui/overlay.h"

/* Seconds from one point to the next when a shape is drawn slowly. */
#define DRAWING_SECONDS 0.35

#define SPEED_MOST 1000000.0
#define RATE_LEAST 1e-7
#define RATE_MOST 10.0

enum {
	CLOUD_MOST = 200,    /* shapes */
	CLOUD_WORK = 4000000, /* multiply-adds for all of them */
	/* the same for characters, between two frames */
	WRITING_MOST = 8,
	WRITING_WORK = 8000000,
	PAGE_MOST = 1000, /* of `g` */
	PAGE_WORK = 60000000
};

#define TEMPERATURE_LEAST 0.1
#define TEMPERATURE_MOST 3.0
#define TEMPERATURE_STEP 0.1

/* The range in which all of the data lie, or the unit square's. */
static void
set_range(struct app *app)
{
	const struct sequences *data = &app->session->run.data;

	app->range = plane_unit_range;
	if (data->count == 0)
		return;
	app->range = plane_empty_range();
	for (size_t k = 0; k < data->count; k++)
		plane_include(&app->range,
			data->start[k + 1] - data->start[k], data->features,
			data->values + data->start[k] * data->features);
	app->range = plane_with_margin(&app->range);
}

/* Room for many shapes, as many as can be drawn between two frames. */
static bool
make_cloud(struct app *app, struct error *error)
{
	const struct run *run = &app->session->run;
	size_t cost = run->length * run->model.parameters.total, size;

	if (!loss_is_sampled((enum loss)run->settings.loss))
		return true;
	app->cloud_count = CLOUD_WORK / cost;
	if (app->cloud_count > CLOUD_MOST)
		app->cloud_count = CLOUD_MOST;
	if (app->cloud_count == 0)
		app->cloud_count = 1;
	if (!memory_product(run->length * run_features(run), app->cloud_count,
		    &size))
		return error_out_of_memory(error);
	app->cloud = memory_floats(size);
	return app->cloud != NULL || error_out_of_memory(error);
}

bool
app_create(struct app *app, struct session *session, double speed,
	struct error *error)
{
	struct run *run = &session->run;
	size_t size;

	*app = (struct app){
		.session = session,
		.is_running = true,
		.speed = speed,
		.log_y = !loss_is_sampled((enum loss)run->settings.loss),
		.shows_training = true,
		.drawing_since = -1,
	};
	app->is_running = !app_is_finished(app);
	if (session->is_resumed)
		app_say(app, ROLE_NORMAL, "resumed %s", session->model);
	app->written_at = UINT64_MAX;
	if (app_is_text(app))
		return writer_create(&app->writer, run, run->settings.seed,
			error);
	if (!memory_product(run->length, run_features(run), &size))
		return error_out_of_memory(error);
	app->shape = memory_floats(size);
	if (app->shape == NULL)
		return error_out_of_memory(error);
	set_range(app);
	return make_cloud(app, error) &&
		generator_create(&app->generator, run, run->settings.seed,
			error);
}

void
app_destroy(struct app *app)
{
	generator_destroy(&app->generator);
	writer_destroy(&app->writer);
	free(app->shape);
	free(app->cloud);
	app->shape = NULL;
	app->cloud = NULL;
}

bool
app_is_text(const struct app *app)
{
	return task_info((enum task)app->session->run.settings.task)->is_text;
}

bool
app_is_finished(const struct app *app)
{
	return run_updates(&app->session->run) >= session_end(app->session);
}

bool
app_is_waiting(const struct app *app)
{
	return app->overlay == OVERLAY_QUESTION ||
		app->overlay == OVERLAY_PROMPT ||
		app->overlay == OVERLAY_FORM;
}

bool
app_has_unsaved(const struct app *app)
{
	return !app->session->is_saved &&
		(run_updates(&app->session->run) > 0 ||
			app->session->was_saved);
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
	const struct run *run = &app->session->run;

	run_start(run, shape);
	generator_draw(&app->generator, run->length, shape);
}

/*
 * The same dice for every frame, so that a picture of a distribution changes
 * as the model does and not by chance; `g` throws them anew.
 */
static void
draw_shapes(struct app *app)
{
	const struct run *run = &app->session->run;
	size_t size = run->length * run_features(run);

	random_seed(&app->generator.random, app->drawing,
		RANDOM_STREAM_GENERATE);
	draw_shape(app, app->shape);
	for (size_t i = 0; app->shows_cloud && i < app->cloud_count; i++)
		draw_shape(app, app->cloud + i * size);
}

/* Put a symbol behind what was written; the oldest quarter makes room. */
static void
write_down(struct app *app, uint32_t symbol)
{
	const struct vocabulary *vocabulary =
		&app->session->run.reader.vocabulary;
	size_t length = strlen(app->written), cut = APP_WRITTEN_SIZE / 4;
	char bytes[TEXT_ENCODED_SIZE];

	/* a byte 0 shows as what it is not, rather than ending all */
	if (text_encode(vocabulary, symbol, bytes) == 1 && bytes[0] == '\0')
		bytes[0] = '?';
	if (length + TEXT_ENCODED_SIZE > APP_WRITTEN_SIZE) {
		while (((unsigned char)app->written[cut] & 0xc0) == 0x80)
			cut++;
		memmove(app->written, app->written + cut, length - cut + 1);
		length -= cut;
	}
	memcpy(app->written + length, bytes, strlen(bytes) + 1);
}

/* Write on, as long as there is something new to be seen in it. */
static void
write_on(struct app *app)
{
	uint64_t updates = run_updates(&app->session->run);
	uint64_t count = WRITING_WORK / (writer_cost(&app->writer) + 1) + 1;

	if (updates == app->written_at || updates == 0)
		return;
	app->written_at = updates;
	if (count > WRITING_MOST)
		count = WRITING_MOST;
	for (uint64_t i = 0; i < count; i++)
		write_down(app, writer_write(&app->writer));
}

void
app_update_shape(struct app *app, double now)
{
	const struct run *run = &app->session->run;
	double since = now - app->drawing_since;

	if (app_is_text(app)) {
		write_on(app);
		return;
	}
	app->shape_points = run->length;
	if (app->drawing_since >= 0) {
		double seen = 1 + since / DRAWING_SECONDS;

		/* once it is whole it stays a moment before it lives on */
		if (seen < (double)run->length + 2) {
			if (seen < (double)run->length)
				app->shape_points = (size_t)seen;
			return;
		}
		app->drawing_since = -1;
	}
	draw_shapes(app);
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
		app->is_running = false;
		app->steps_left = 0;
		app->has_diverged = true;
		app_say(app, ROLE_WARNING, "%s", error->text);
		return;
	case RUN_LOG_FAILED:
		app->is_running = false;
		app->steps_left = 0;
		app_say(app, ROLE_WARNING, "not logged: %s", error->text);
		return;
	case RUN_CHECKPOINT_FAILED:
		app_say(app, ROLE_WARNING, "%s", error->text);
		return;
	}
	app->has_diverged = false;
	if (app_is_finished(app) && (app->is_running || was_stepping)) {
		app->is_running = false;
		app->steps_left = 0;
		app_say(app, ROLE_NORMAL, "finished: e trains on, w saves, "
			"q leaves");
	}
}

void
app_toggle_running(struct app *app, uint64_t count)
{
	(void)count;
	app->steps_left = 0;
	if (app_is_finished(app)) {
		app_say(app, ROLE_NORMAL, "all updates are done: e asks for "
			"more");
		return;
	}
	app->is_running = !app->is_running;
	app_say(app, ROLE_NORMAL, "%s", "");
}

void
app_step(struct app *app, uint64_t count)
{
	app->is_running = false;
	if (app_is_finished(app)) {
		app_say(app, ROLE_NORMAL, "all updates are done: e asks for "
			"more");
		return;
	}
	app->steps_left += count > 0 ? count : 1;
	app_say(app, ROLE_NORMAL, "%s", "");
}

/* The next of ... 1, 2, 5, 10, 20 ... above or below a value. */
static double
next_step(double value, bool up)
{
	static const double digits[] = {1, 2, 5, 10};
	double decade = pow(10, floor(log10(value) + 1e-9));

	for (int i = 0; i < 4; i++) {
		double here = digits[up ? i : 3 - i] * decade;

		if (up ? here > value * 1.001 : here < value * 0.999)
			return here;
	}
	return decade / 2;
}

void
app_faster(struct app *app, uint64_t count)
{
	(void)count;
	if (app->speed > 0)
		app->speed = app->speed >= SPEED_MOST
			? 0 : next_step(app->speed, true);
}

void
app_slower(struct app *app, uint64_t count)
{
	(void)count;
	if (app->speed == 0)
		app->speed = SPEED_MOST;
	else if (app->speed > 1)
		app->speed = next_step(app->speed, false);
}

static void
set_rate(struct app *app, double rate)
{
	char text[NUMBER_TEXT_SIZE];

	session_set_learning_rate(app->session, rate);
	app_say(app, ROLE_NORMAL, "learning rate %s",
		number_shortest(text, rate));
}

void
app_raise_rate(struct app *app, uint64_t count)
{
	double rate = app->session->run.settings.learning_rate;

	(void)count;
	if (rate < RATE_LEAST)
		set_rate(app, RATE_LEAST);
	else if (rate < RATE_MOST)
		set_rate(app, next_step(rate, true));
}

void
app_lower_rate(struct app *app, uint64_t count)
{
	double rate = app->session->run.settings.learning_rate;

	(void)count;
	if (rate > RATE_LEAST)
		set_rate(app, next_step(rate, false));
}

/* A page of text by the model as it is now. */
static void
write_anew(struct app *app)
{
	uint64_t count = PAGE_WORK / (writer_cost(&app->writer) + 1) + 1;

	app->written[0] = '\0';
	writer_reset(&app->writer);
	for (uint64_t i = 0; i < count && i < PAGE_MOST; i++)
		write_down(app, writer_write(&app->writer));
}

static void
set_temperature(struct app *app, double temperature)
{
	char text[NUMBER_TEXT_SIZE];

	if (!app_is_text(app)) {
		app_say(app, ROLE_NORMAL, "temperature is for texts");
		return;
	}
	app->writer.temperature = fmin(fmax(round(temperature /
		TEMPERATURE_STEP) * TEMPERATURE_STEP, TEMPERATURE_LEAST),
		TEMPERATURE_MOST);
	app_say(app, ROLE_NORMAL, "temperature %s", number_shortest(text,
		round(app->writer.temperature * 10) / 10));
}

void
app_warmer(struct app *app, uint64_t count)
{
	(void)count;
	set_temperature(app, app->writer.temperature + TEMPERATURE_STEP);
}

void
app_colder(struct app *app, uint64_t count)
{
	(void)count;
	set_temperature(app, app->writer.temperature - TEMPERATURE_STEP);
}

void
app_generate(struct app *app, uint64_t count)
{
	const struct run *run = &app->session->run;
	size_t features = run_features(run), length = 0;
	char text[APP_MESSAGE_SIZE] = "";

	(void)count;
	if (app_is_text(app)) {
		write_anew(app);
		return;
	}
	app->drawing_since = -1;
	app->drawing++;
	app_update_shape(app, clock_seconds());
	app->drawing_since = clock_seconds();
	for (size_t i = 0; i < run->length && length + 80 < sizeof text; i++)
		for (size_t f = 0; f < features && length + 40 < sizeof text;
			f++)
			length += (size_t)snprintf(text + length,
				sizeof text - length, "%s%.3f%s",
				f > 0 ? ", "
				: i == 0 ? "("
				: i == 1 ? " gives ("
					 : ", (",
				(double)app->shape[i * features + f],
				f + 1 == features ? ")" : "");
	app_say(app, ROLE_NORMAL, "%s", text);
}

void
app_toggle_training(struct app *app, uint64_t count)
{
	(void)count;
	app->shows_training = !app->shows_training;
}

void
app_toggle_film(struct app *app, uint64_t count)
{
	(void)count;
	if (app_is_text(app)) {
		app_say(app, ROLE_NORMAL, "a text has no film strip");
		return;
	}
	app->shows_film = !app->shows_film;
	if (app->shows_film && app->session->run.snapshots.count == 0)
		app_say(app, ROLE_NORMAL, "the film strip begins with the "
			"first snapshot: see --snapshots");
}

void
app_toggle_cloud(struct app *app, uint64_t count)
{
	(void)count;
	if (app->cloud == NULL) {
		app_say(app, ROLE_NORMAL, "a cloud is of --loss mixture: this "
			"model always draws the same");
		return;
	}
	app->shows_cloud = !app->shows_cloud;
	app_say(app, ROLE_NORMAL, app->shows_cloud ? "%zu drawings at once"
		: "one drawing", app->cloud_count);
}

static void
reset(struct app *app, uint64_t seed)
{
	struct error error;

	if (!session_reset(app->session, seed, &error)) {
		app_say(app, ROLE_WARNING, "%s", error.text);
		return;
	}
	app->has_diverged = false;
	app->steps_left = 0;
	app->drawing_since = -1;
	app_say(app, ROLE_NORMAL, "begun again with seed %llu",
		(unsigned long long)seed);
}

static void
reset_same_seed(struct app *app)
{
	reset(app, app->session->run.settings.seed);
}

static void
reset_other_seed(struct app *app)
{
	struct error error;
	uint64_t seed;

	if (settings_draw_seed(&seed, &error))
		reset(app, seed);
	else
		app_say(app, ROLE_WARNING, "%s", error.text);
}

void
app_reset(struct app *app, uint64_t count)
{
	(void)count;
	overlay_ask(app, &(struct question){"Begin again?",
		"All that was learnt is forgotten; the seed stays.",
		{{'y', "yes", reset_same_seed}, {'n', "no", NULL}}});
}

void
app_reset_new_seed(struct app *app, uint64_t count)
{
	(void)count;
	overlay_ask(app, &(struct question){"Begin again with a new seed?",
		"All that was learnt is forgotten.",
		{{'y', "yes", reset_other_seed}, {'n', "no", NULL}}});
}

static void
extend(struct app *app, uint64_t more)
{
	uint64_t updates = run_updates(&app->session->run);
	uint64_t target = app->session->run.settings.target;
	uint64_t from = target > updates ? target : updates;
	char text[NUMBER_TEXT_SIZE];

	if (more > UINT64_C(1000000000000000) - from) {
		app_say(app, ROLE_WARNING, "that is too many updates");
		return;
	}
	if (app_is_finished(app))
		app->is_running = true;
	session_set_target(app->session, from + more);
	app_say(app, ROLE_NORMAL, "the run now ends at update %s",
		number_grouped(text, from + more));
}

static void
extend_by_text(struct app *app, const char *typed)
{
	uint64_t more;

	if (number_parse_count(typed, (uint64_t)1e15, &more) && more > 0)
		extend(app, more);
	else
		app_say(app, ROLE_WARNING, "'%s' is not a count of updates",
			typed);
}

void
app_extend(struct app *app, uint64_t count)
{
	struct prompt prompt = {"More updates", "How many?", extend_by_text,
		"25000", false};

	if (app->session->run.settings.target == 0)
		app_say(app, ROLE_NORMAL, "this run has no end");
	else if (count > 0)
		extend(app, count);
	else
		overlay_request(app, &prompt);
}

/* All that hangs on the run, for the one that is there now. */
static bool
rebuild(struct app *app, struct error *error)
{
	struct app fresh;

	if (!app_create(&fresh, app->session, app->speed, error)) {
		app_destroy(&fresh);
		return false;
	}
	app_destroy(app);
	fresh.zoom = app->zoom;
	fresh.shows_training = app->shows_training;
	*app = fresh;
	return true;
}

/* Take the form's run in place of the present one. */
static void
begin_new(struct app *app)
{
	struct error error;

	if (!session_begin(app->session, &app->form.settings, &error)) {
		/* the old run is as it was */
		app->overlay = OVERLAY_FORM;
		snprintf(app->form.message, sizeof app->form.message, "%.500s",
			error.text);
		return;
	}
	if (!rebuild(app, &error)) {
		app_say(app, ROLE_WARNING, "%s", error.text);
		app->quits = true;
		return;
	}
	app_say(app, ROLE_NORMAL, "a new run; w asks for a name");
}

static void
save_then_begin(struct app *app)
{
	app->begins_after_save = true;
	app_save(app, 0);
}

void
app_begin_from_form(struct app *app)
{
	app->overlay = OVERLAY_NONE;
	if (!app_has_unsaved(app))
		begin_new(app);
	else
		overlay_ask(app, &(struct question){"Begin a new run?",
			"There is progress that is not saved.",
			{{'s', "save", save_then_begin},
				{'d', "discard", begin_new},
				{'c', "cancel", NULL}}});
}

void
app_new_run(struct app *app, uint64_t count)
{
	(void)count;
	form_open(app);
}

static void
after_save(struct app *app, bool good, const struct error *error)
{
	if (good) {
		app_say(app, ROLE_NORMAL, "saved %s", app->session->model);
		app->quits = app->quits_after_save;
		if (app->begins_after_save)
			begin_new(app);
	} else {
		app_say(app, ROLE_WARNING, "%s", error->text);
	}
	app->quits_after_save = false;
	app->begins_after_save = false;
}

static void
save_pending(struct app *app)
{
	struct error error;

	after_save(app, session_save_as(app->session, app->pending_name,
			&error), &error);
}

static void
keep_old(struct app *app)
{
	app->quits_after_save = false;
	app->begins_after_save = false;
	app_say(app, ROLE_NORMAL, "not saved");
}

static void
save_under(struct app *app, const char *typed)
{
	const char *model = app->session->model;

	if (typed[0] == '\0') {
		keep_old(app);
		return;
	}
	snprintf(app->pending_name, sizeof app->pending_name, "%s", typed);
	if ((model != NULL && strcmp(model, typed) == 0) ||
	    access(typed, F_OK) != 0)
		save_pending(app);
	else
		overlay_ask(app, &(struct question){"Replace the file?",
			app->pending_name,
			{{'y', "replace", save_pending},
				{'n', "keep it", keep_old}}});
}

void
app_save_as(struct app *app, uint64_t count)
{
	const char *model = app->session->model;
	struct prompt prompt = {"Save as", "File name:", save_under, "",
		false};

	(void)count;
	if (model != NULL)
		snprintf(prompt.typed, sizeof prompt.typed, "%s", model);
	else
		snprintf(prompt.typed, sizeof prompt.typed, "%s.safetensors",
			task_name(app->session->run.settings.task));
	overlay_request(app, &prompt);
}

void
app_save(struct app *app, uint64_t count)
{
	struct error error;

	if (app->session->model == NULL)
		app_save_as(app, count);
	else
		after_save(app, session_save(app->session, &error), &error);
}

void
app_toggle_log_y(struct app *app, uint64_t count)
{
	(void)count;
	app->log_y = !app->log_y;
}

/* Whole run linear, whole run logarithmic, the recent part. */
void
app_next_x(struct app *app, uint64_t count)
{
	(void)count;
	if (app->only_recent) {
		app->only_recent = false;
	} else if (app->log_x) {
		app->log_x = false;
		app->only_recent = true;
	} else {
		app->log_x = true;
	}
}

void
app_next_zoom(struct app *app, uint64_t count)
{
	(void)count;
	app->zoom = (enum layout_zoom)((app->zoom + 1) % LAYOUT_ZOOMS);
}

void
app_previous_zoom(struct app *app, uint64_t count)
{
	(void)count;
	app->zoom = (enum layout_zoom)((app->zoom + LAYOUT_ZOOMS - 1) %
		LAYOUT_ZOOMS);
}

void
app_help(struct app *app, uint64_t count)
{
	(void)count;
	app->overlay = OVERLAY_HELP;
	app->help_scroll = 0;
}

void
app_redraw(struct app *app, uint64_t count)
{
	(void)app;
	(void)count;
	screen_redraw();
}

static void
quit_now(struct app *app)
{
	app->quits = true;
}

static void
quit_saved(struct app *app)
{
	app->quits_after_save = true;
	app_save(app, 0);
}

void
app_quit(struct app *app, uint64_t count)
{
	(void)count;
	if (!app_has_unsaved(app))
		app->quits = true;
	else
		overlay_ask(app, &(struct question){"Leave?",
			"There is progress that is not saved.",
			{{'s', "save", quit_saved}, {'d', "discard", quit_now},
				{'c', "cancel", NULL}}});
}
