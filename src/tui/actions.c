/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What keys do to the interface: how fast it goes, and what is seen. What they
 * do to the run and its file stands in actions_run.c.
 */
#include "tui/app.h"

#include <math.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/number.h"
#include "tui/terminal.h"

#define SPEED_MAX 1000000.0
#define SPEED_MIN 0.001 /* that + leads to from any below */
#define RATE_MIN 1e-7
#define RATE_MAX 10.0
#define RATE_DIGITS 4
/* in tenths: a tenth is no binary fraction, and sums of it are not round */
#define TEMPERATURE_MIN 1
#define TEMPERATURE_MAX 30

void
app_toggle_running(struct app *app, uint64_t count)
{
	(void)count;
	app->steps_left = 0;
	if (app_is_finished(app)) {
		app_say(app, ROLE_NORMAL,
			"all updates are done: e asks for "
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
		app_say(app, ROLE_NORMAL,
			"all updates are done: e asks for "
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
		double here = number_round(digits[up ? i : 3 - i] * decade, 1);

		if (up ? here > value * 1.001 : here < value * 0.999)
			return here;
	}
	return number_round(decade / 2, 1);
}

void
app_faster(struct app *app, uint64_t count)
{
	(void)count;
	if (app->speed > 0)
		app->speed = app->speed >= SPEED_MAX
			? 0
			: fmax(next_step(app->speed, true), SPEED_MIN);
}

void
app_slower(struct app *app, uint64_t count)
{
	(void)count;
	if (app->speed == 0)
		app->speed = SPEED_MAX;
	else if (app->speed > 1)
		app->speed = next_step(app->speed, false);
}

static void
set_rate(struct app *app, double rate)
{
	char text[NUMBER_TEXT_SIZE], decayed[NUMBER_TEXT_SIZE];
	double present;

	session_set_learning_rate(app->session, rate);
	present = run_learning_rate(app->session->run);
	if (present == rate)
		app_say(app, ROLE_NORMAL, "learning rate %s",
			number_shortest(text, rate));
	else
		app_say(app, ROLE_NORMAL, "learning rate %s, decayed to %s",
			number_shortest(text, rate),
			number_shortest(decayed,
				number_round(present, RATE_DIGITS)));
}

void
app_raise_rate(struct app *app, uint64_t count)
{
	double rate = run_settings(app->session->run)->learning_rate;

	(void)count;
	if (rate < RATE_MIN)
		set_rate(app, RATE_MIN);
	else if (rate < RATE_MAX)
		set_rate(app, next_step(rate, true));
}

void
app_lower_rate(struct app *app, uint64_t count)
{
	double rate = run_settings(app->session->run)->learning_rate;

	(void)count;
	if (rate > RATE_MIN)
		set_rate(app, next_step(rate, false));
}

static void
set_temperature(struct app *app, double tenths)
{
	char text[NUMBER_TEXT_SIZE];

	if (!app_is_text(app)) {
		app_say(app, ROLE_NORMAL, "temperature is for texts");
		return;
	}
	app->writer.temperature =
		fmin(fmax(tenths, TEMPERATURE_MIN), TEMPERATURE_MAX) / 10;
	app_say(app, ROLE_NORMAL, "temperature %s",
		number_shortest(text, app->writer.temperature));
}

/* To the next tenth: 0.85 goes to 0.9 or 0.8. */
void
app_warmer(struct app *app, uint64_t count)
{
	(void)count;
	set_temperature(app, floor(app->writer.temperature * 10 + 1e-6) + 1);
}

void
app_colder(struct app *app, uint64_t count)
{
	(void)count;
	set_temperature(app, ceil(app->writer.temperature * 10 - 1e-6) - 1);
}

void
app_generate(struct app *app, uint64_t count)
{
	const struct run *run = app->session->run;
	size_t features = run_features(run), length = 0;
	char text[APP_MESSAGE_SIZE] = "", number[NUMBER_TEXT_SIZE];

	(void)count;
	if (app_is_text(app)) {
		app_write_anew(app);
		return;
	}
	app->drawing_since = -1;
	app->drawing++;
	app_update_shape(app, clock_seconds());
	app->drawing_since = clock_seconds();
	for (size_t i = 0; i < run_length(run) && length + 80 < sizeof text;
		i++)
		for (size_t f = 0; f < features && length + 40 < sizeof text;
			f++)
			length += (size_t)snprintf(text + length,
				sizeof text - length, "%s%s%s",
				f > 0            ? ", "
					: i == 0 ? "("
					: i == 1 ? " gives ("
						 : ", (",
				number_fixed(number,
					(double)app->shape[i * features + f],
					3),
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
	if (app->shows_film && run_snapshots(app->session->run)->count == 0)
		app_say(app, ROLE_NORMAL,
			"the film strip begins with the "
			"first snapshot: see --snapshots");
}

void
app_toggle_cloud(struct app *app, uint64_t count)
{
	(void)count;
	if (app->cloud == NULL) {
		app_say(app, ROLE_NORMAL,
			"many drawings at once are of --loss "
			"mixture");
		return;
	}
	app->shows_cloud = !app->shows_cloud;
	app_say(app, ROLE_NORMAL,
		app->shows_cloud ? "%zu drawings at once" : "one drawing",
		app->cloud_count);
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
	app->zoom = (enum layout_zoom)(
		(app->zoom + LAYOUT_ZOOMS - 1) % LAYOUT_ZOOMS);
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
	terminal_redraw();
}
