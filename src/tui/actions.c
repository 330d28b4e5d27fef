/*
 * What can be done to the interface's state: the actions that keys have.
 */
#include "tui/app.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/number.h"
#include "tui/form.h"
#include "tui/overlay.h"

#define SPEED_MOST 1000000.0
#define RATE_LEAST 1e-7
#define RATE_MOST 10.0
#define TEMPERATURE_LEAST 0.1
#define TEMPERATURE_MOST 3.0
#define TEMPERATURE_STEP 0.1

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
		app_write_anew(app);
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
