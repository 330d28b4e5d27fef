/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Actions that run, pause and step the training, and set its speed and learning
 * rate.
 */
#include "base/translate.h"
#include "tui/actions.h"

#include <math.h>

#include "base/number.h"
#include "tui/app.h"
#include "tui/input.h"

#define SPEED_MAX 1000000.0
#define SPEED_MIN 0.001 /* the + key raises any lower speed to this one */
#define RATE_MIN 1e-7
#define RATE_MAX 10.0
#define RATE_DIGITS 3

static const char *
refuse_finished(const struct app *app)
{
	if (!app_is_finished(app))
		return NULL;
	return run_lost_patience(app->session->run)
		? _("no better validation for long enough; e trains on")
		: _("all updates are done; e extends the run");
}

static void
toggle_running(struct app *app, uint64_t count)
{
	(void)count;
	app->steps_left = 0;
	app->is_running = !app->is_running;
}

static const char *
run_word(const struct app *app)
{
	return app->is_running ? _("pause") : _("run");
}

const struct action action_run = {
	.name = "run",
	.key = {' '},
	.shown = "Space",
	.help = N_("run or pause"),
	.bar_keys = "Space",
	.bar_word = N_("pause"),
	.word = run_word,
	.is_of_present = true,
	.refuse = refuse_finished,
	.act = toggle_running,
};

static void
step(struct app *app, uint64_t count)
{
	app->is_running = false;
	app->steps_left += count > 0 ? count : 1;
}

const struct action action_step = {
	.name = "step",
	.key = {'s'},
	.shown = "s",
	.help = N_("do one update, then pause; 100s does a hundred"),
	.bar_keys = "s",
	.bar_word = N_("step"),
	.is_of_present = true,
	.refuse = refuse_finished,
	.act = step,
};

/* The next nice number that differs visibly from the value. */
static double
next_step(double value, bool up)
{
	return up ? number_nice_above(value * 1.001)
		  : number_nice_below(value * 0.999);
}

static void
go_faster(struct app *app, uint64_t count)
{
	(void)count;
	if (app->speed > 0)
		app->speed = app->speed >= SPEED_MAX
			? 0
			: fmax(next_step(app->speed, true), SPEED_MIN);
}

const struct action action_faster = {
	.name = "faster",
	.key = {'+', '=', INPUT_F8},
	.shown = "+",
	.help = N_("increase the speed, up to unlimited (also F8)"),
	.bar_keys = "+ -",
	.bar_word = N_("speed"),
	.act = go_faster,
};

static void
go_slower(struct app *app, uint64_t count)
{
	(void)count;
	if (app->speed == 0)
		app->speed = SPEED_MAX;
	else if (app->speed > 1)
		app->speed = next_step(app->speed, false);
}

const struct action action_slower = {
	.name = "slower",
	.key = {'-', '_', INPUT_F7},
	.shown = "-",
	.help = N_("decrease the speed, down to 1 per second (also F7)"),
	.act = go_slower,
};

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

static void
raise_rate(struct app *app, uint64_t count)
{
	double rate = run_settings(app->session->run)->learning_rate;

	(void)count;
	if (rate < RATE_MIN)
		set_rate(app, RATE_MIN);
	else if (rate < RATE_MAX)
		set_rate(app, next_step(rate, true));
}

const struct action action_raise_rate = {
	.name = "raise-rate",
	.key = {']'},
	.shown = "]",
	.help = N_("raise the learning rate"),
	.bar_keys = "[ ]",
	.bar_word = N_("rate"),
	.is_of_present = true,
	.act = raise_rate,
};

static void
lower_rate(struct app *app, uint64_t count)
{
	double rate = run_settings(app->session->run)->learning_rate;

	(void)count;
	if (rate > RATE_MIN)
		set_rate(app, next_step(rate, false));
}

const struct action action_lower_rate = {
	.name = "lower-rate",
	.key = {'['},
	.shown = "[",
	.help = N_("lower the learning rate"),
	.is_of_present = true,
	.act = lower_rate,
};
