/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/export_form.h"
#include "tui/loop.h"

#include <math.h>

#include "base/clock.h"
#include "base/signals.h"
#include "tui/action_leave.h"
#include "tui/action_save.h"
#include "tui/app.h"
#include "tui/click.h"
#include "tui/frame.h"
#include "tui/input.h"
#include "tui/keys.h"
#include "tui/line.h"
#include "tui/output.h"
#include "tui/pace.h"
#include "tui/pair.h"
#include "tui/past.h"
#include "tui/share.h"
#include "tui/slice.h"
#include "tui/terminal.h"

/* Seconds. */
#define FRAME_TIME (1.0 / 30)     /* min time between two frames */
#define KEY_FRAME_TIME (1.0 / 60) /* the same after a key */
#define KEYS_TIME 0.02            /* max time for keys before the next slice */
#define PASTE_SILENCE 1.0         /* a paste ends after this silence */

struct loop {
	struct app *app;
	const struct session *session; /* of the pace */
	double now;
	double last_frame, frame_seconds; /* its start, and its duration */
	bool is_dirty;                    /* the screen must be redrawn */
	bool is_urgent; /* a key was pressed: redraw after KEY_FRAME_TIME */
	struct pace pace;
	uint64_t work; /* multiply-adds of a slice, see tui/slice.h */
	bool is_gone;  /* the terminal is gone */
	bool is_pasting;
	double last_paste; /* time of the last pasted character */
	struct line line;  /* to the terminal */
};

/* Measure the present session from now on. */
static void
start_pace(struct loop *loop)
{
	loop->session = loop->app->session;
	pace_begin(&loop->pace, loop->now, run_updates(loop->session->run));
}

/* Train two runs in lock step. */
static void
train_both(struct loop *loop)
{
	struct app *app = loop->app;
	uint64_t before = pair_updates(app), until = UINT64_MAX, done;
	uint64_t left = loop->work;
	double start = clock_seconds();

	if (loop->pace.credit < (double)(until - before))
		until = before + (uint64_t)loop->pace.credit;
	done = pair_advance(app, until, &left);
	loop->work = slice_adapt(loop->work, left, clock_seconds() - start);
	loop->pace.credit -= (double)done;
	if (app->steps_left > 0)
		app->steps_left -=
			done < app->steps_left ? done : app->steps_left;
	loop->is_dirty = true;
}

static void
train_slice(struct loop *loop)
{
	struct app *app = loop->app;
	struct session *session = app->session;
	uint64_t before, until, done;
	uint64_t left = loop->work;
	struct error error;
	enum run_status status;
	double start = clock_seconds();
	bool was_validating = run_is_validating(session->run);

	if (app->pair != NULL) {
		train_both(loop);
		return;
	}
	before = run_updates(session->run);
	until = session_end(session);
	if (loop->pace.credit < (double)(until - before))
		until = before + (uint64_t)loop->pace.credit;
	if (until == before && !was_validating)
		return;
	status = session_advance(session, until, &left, &error);
	loop->work = slice_adapt(loop->work, left, clock_seconds() - start);
	done = run_updates(session->run) - before;
	loop->pace.credit -= (double)done;
	if (app->steps_left > 0)
		app->steps_left -=
			done < app->steps_left ? done : app->steps_left;
	app_after_slice(app, status, &error);
	if (session->best.is_waiting)
		save_ask_for_best(app);
	if (done > 0 || was_validating)
		loop->is_dirty = true;
}

/* Compute on towards an earlier update, as fast as it goes. */
static void
visit_slice(struct loop *loop)
{
	uint64_t left = loop->work;
	double start = clock_seconds();

	past_advance(loop->app, &left);
	loop->work = slice_adapt(loop->work, left, clock_seconds() - start);
	pace_rest(&loop->pace, loop->now);
	loop->is_dirty = true;
}

/* Write the log within a second, even while training is paused. */
static void
tend_log(struct loop *loop)
{
	struct error error;

	if (session_tend_log(loop->app->session, loop->now, &error))
		return;
	app_after_slice(loop->app, RUN_LOG_FAILED, &error);
	loop->is_dirty = true;
}

/* Say once that the recording has failed; training continues. */
static void
watch_recording(struct loop *loop)
{
	struct error error;

	if (!output_take_record_error(&error))
		return;
	app_say(loop->app, ROLE_WARNING, "no longer recorded: %s", error.text);
	loop->is_dirty = true;
}

static void
measure_speed(struct loop *loop)
{
	struct app *app = loop->app;

	app->measured = pace_measure(&loop->pace, loop->now,
		run_updates(app->session->run), app->is_running, app->measured);
}

/* The time from one frame to the next on a fast line. */
static double
frame_interval(const struct loop *loop)
{
	if (loop->is_urgent)
		return KEY_FRAME_TIME;
	return app_is_training(loop->app)
		? share_frame_interval(loop->frame_seconds, FRAME_TIME)
		: FRAME_TIME;
}

static void
draw_when_due(struct loop *loop)
{
	double since = loop->now - loop->last_frame, start;
	bool is_busy = line_wait(&loop->line, loop->now, output_sent()) > 0;
	int rows, columns;

	if (export_form_follow(loop->app, false) || loop->app->is_animated ||
		terminal_is_damaged())
		loop->is_dirty = true;
	if (!loop->is_dirty || terminal_is_behind() || is_busy ||
		since < frame_interval(loop))
		return;
	terminal_size(&rows, &columns);
	app_prepare(loop->app, rows, columns, loop->now);
	start = clock_seconds();
	frame_draw(loop->app);
	/* a single slow frame does not count */
	loop->frame_seconds +=
		(clock_seconds() - start - loop->frame_seconds) / 4;
	loop->is_dirty = terminal_is_damaged();
	loop->is_urgent = false;
	loop->last_frame = loop->now;
}

/* Milliseconds until there is work to do without a key; -1: never. */
static int
time_to_wait(struct loop *loop)
{
	const struct app *app = loop->app;
	double now = clock_seconds();
	double wait = training_log_due(&app->session->log, now);

	if (session_is_visiting(app->session))
		return 0;
	if (app_is_training(app)) {
		if (loop->pace.credit >= 1 ||
			run_is_validating(app->session->run))
			return 0;
		wait = fmin(wait, (1 - loop->pace.credit) / app->speed);
	}
	/* if the terminal is behind, terminal_key waits for it */
	if ((loop->is_dirty || app->is_animated) && !terminal_is_behind())
		wait = fmin(wait,
			fmax(loop->last_frame + frame_interval(loop) - now,
				line_wait(&loop->line, now, output_sent())));
	return clock_milliseconds(wait);
}

/*
 * Whether to drop a key because it was pasted. Only text fields accept pasted
 * characters; a paste never presses Enter or other keys.
 */
static bool
is_lost_paste(struct loop *loop, int key)
{
	const struct overlay *overlay = overlay_top(&loop->app->overlays);
	double now = clock_seconds();

	if (loop->is_pasting && now - loop->last_paste > PASTE_SILENCE)
		loop->is_pasting = false;
	loop->last_paste = now;
	if (key == INPUT_PASTE || key == INPUT_PASTE_END) {
		loop->is_pasting = key == INPUT_PASTE;
		return true;
	}
	return loop->is_pasting && key != INPUT_RESIZE &&
		(key < ' ' || overlay == NULL || !overlay->takes_text);
}

static void
handle_key(struct loop *loop, int key)
{
	struct app *app = loop->app;
	const struct overlay *overlay = overlay_top(&app->overlays);
	bool is_wheel = key == INPUT_WHEEL_UP || key == INPUT_WHEEL_DOWN;

	if (key == INPUT_HANGUP) {
		loop->is_gone = true;
		return;
	}
	if (is_lost_paste(loop, key))
		return;
	loop->is_dirty = true;
	loop->is_urgent = true;
	if (key == INPUT_RESIZE)
		return;
	if (key == INPUT_CONTROL_C) {
		leave_interrupted(app);
	} else if (key == INPUT_CLICK || (is_wheel && overlay == NULL)) {
		int row, column;

		terminal_click(&row, &column);
		if (is_wheel && overlay == NULL)
			click_wheel(app, row, column,
				key == INPUT_WHEEL_UP ? -1 : 1);
		else
			click_handle(app, row, column);
	} else if (overlay != NULL)
		overlay_key(&app->overlays, app, key);
	else
		keys_press(app, key);
}

/*
 * Suspend, and restart the pace: the suspended time does not count for the
 * speed.
 */
static void
suspend(struct loop *loop)
{
	terminal_suspend();
	loop->now = clock_seconds();
	start_pace(loop);
	loop->is_dirty = true;
	loop->is_urgent = true;
}

/* Handle the signals that do not end the program. */
static void
handle_signals(struct loop *loop)
{
	struct app *app = loop->app;

	if (signals_take_stop())
		suspend(loop);
	if (signals_take_interrupt())
		leave_interrupted(app);
	else if (signals_take_report())
		app_report(app);
	else
		return;
	loop->is_dirty = true;
	loop->is_urgent = true;
}

/*
 * Handle the available keys, for at most KEYS_TIME, so that an endless stream
 * of keys does not stop training.
 */
static void
handle_keys(struct loop *loop)
{
	int key = terminal_key(time_to_wait(loop));
	double start = clock_seconds();

	while (key != INPUT_NONE) {
		handle_key(loop, key);
		if (loop->is_gone || loop->app->quits)
			return;
		if (clock_seconds() - start > KEYS_TIME) {
			/* signals are delivered only while waiting for a key */
			signals_unblock_briefly();
			return;
		}
		key = terminal_key(0);
	}
}

static void
train(struct loop *loop)
{
	struct app *app = loop->app;

	if (loop->session != app->session)
		start_pace(loop);
	if (session_is_visiting(app->session)) {
		visit_slice(loop);
		return;
	}
	if (!app_is_training(app)) {
		pace_rest(&loop->pace, loop->now);
		return;
	}
	if (app->steps_left > 0)
		pace_allow_steps(&loop->pace, loop->now, app->steps_left);
	else
		pace_allow(&loop->pace, loop->now, app->speed);
	train_slice(loop);
}

bool
loop_run(struct app *app)
{
	struct loop loop = {
		.app = app,
		.work = SLICE_FIRST,
		.is_dirty = true,
	};

	loop.now = clock_seconds();
	start_pace(&loop);
	line_begin(&loop.line, terminal_speed());
	while (!app->quits && !loop.is_gone && signals_caught() == 0) {
		loop.now = clock_seconds();
		train(&loop);
		handle_signals(&loop);
		if (app->quits)
			break;
		tend_log(&loop);
		watch_recording(&loop);
		measure_speed(&loop);
		draw_when_due(&loop);
		handle_keys(&loop);
	}
	return !loop.is_gone;
}
