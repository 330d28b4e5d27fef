/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/loop.h"

#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/signals.h"
#include "cli/commands.h"
#include "cli/common_options.h"
#include "cli/start_progress.h"
#include "tui/action_leave.h"
#include "tui/action_save.h"
#include "tui/actions.h"
#include "tui/app.h"
#include "tui/frame.h"
#include "tui/input.h"
#include "tui/keys.h"
#include "tui/slice.h"
#include "tui/terminal.h"

/* Seconds. */
#define FRAME_TIME (1.0 / 30)     /* from one frame to the next */
#define KEY_FRAME_TIME (1.0 / 60) /* the same, after a key */
#define MEASURE_TIME 0.5          /* over which the speed is measured */
#define CREDIT_TIME 0.25          /* of updates to make up for at most */
#define KEYS_TIME 0.02            /* for keys, then training has its turn */
#define PASTE_SILENCE 1.0         /* after which a paste has no end to come */

struct loop {
	struct app *app;
	double now;
	double last_frame;
	bool is_dirty;    /* something to be seen has changed ... */
	bool is_answer;   /* ... because of a key */
	double credit;    /* updates that the wanted speed allows by now */
	double last_pace; /* when credit was last added to */
	uint64_t work;    /* of a slice: see slice.h */
	double measured_since;
	uint64_t measured_from; /* updates */
	bool is_gone;           /* the terminal */
	bool is_pasting;
	double last_paste; /* when the last of it came */
};

/* Updates that may be done by now. */
static void
add_credit(struct loop *loop)
{
	struct app *app = loop->app;
	double since = loop->now - loop->last_pace;

	loop->last_pace = loop->now;
	if (app->steps_left > 0) {
		loop->credit = (double)app->steps_left;
		return;
	}
	if (app->speed == 0) {
		loop->credit = INFINITY;
		return;
	}
	if (!isfinite(loop->credit))
		loop->credit = 0;
	loop->credit = fmin(loop->credit + since * app->speed,
		fmax(1, app->speed * CREDIT_TIME));
}

static void
train_slice(struct loop *loop)
{
	struct app *app = loop->app;
	struct session *session = app->session;
	uint64_t before = run_updates(session->run), until, done;
	uint64_t left = loop->work;
	struct error error;
	enum run_status status;
	double start = clock_seconds();
	bool was_validating = run_is_validating(session->run);

	until = session_end(session);
	if (loop->credit < (double)(until - before))
		until = before + (uint64_t)loop->credit;
	if (until == before && !was_validating)
		return;
	status = session_advance(session, until, &left, &error);
	loop->work = slice_adapt(loop->work, left, clock_seconds() - start);
	done = run_updates(session->run) - before;
	loop->credit -= (double)done;
	if (app->steps_left > 0)
		app->steps_left -=
			done < app->steps_left ? done : app->steps_left;
	app_after_slice(app, status, &error);
	if (session->best.is_waiting)
		save_ask_for_best(app);
	if (done > 0 || was_validating)
		loop->is_dirty = true;
}

/* The log's lines wait a second at most, also for one who has paused. */
static void
tend_log(struct loop *loop)
{
	struct error error;

	if (session_tend_log(loop->app->session, loop->now, &error))
		return;
	app_after_slice(loop->app, RUN_LOG_FAILED, &error);
	loop->is_dirty = true;
}

static void
measure_speed(struct loop *loop)
{
	struct app *app = loop->app;
	uint64_t updates = run_updates(app->session->run);
	double since = loop->now - loop->measured_since;

	if (!app->is_running || updates < loop->measured_from) {
		loop->measured_since = loop->now;
		loop->measured_from = updates;
		return;
	}
	/* at one update a second half a second is too short a time */
	if (since < MEASURE_TIME ||
		(updates == loop->measured_from && since < 4 * MEASURE_TIME))
		return;
	app->measured = (double)(updates - loop->measured_from) / since;
	loop->measured_since = loop->now;
	loop->measured_from = updates;
}

static void
draw_when_due(struct loop *loop)
{
	double since = loop->now - loop->last_frame;

	if (loop->app->drawing_since >= 0 || terminal_is_damaged())
		loop->is_dirty = true;
	if (!loop->is_dirty || terminal_is_behind() ||
		since < (loop->is_answer ? KEY_FRAME_TIME : FRAME_TIME))
		return;
	app_update_shape(loop->app, loop->now);
	frame_draw(loop->app);
	loop->is_dirty = terminal_is_damaged();
	loop->is_answer = false;
	loop->last_frame = loop->now;
}

/* Milliseconds until there is something to do without a key; -1: never. */
static int
time_to_wait(const struct loop *loop)
{
	const struct app *app = loop->app;
	double now = clock_seconds();
	double wait = training_log_due(&app->session->log, now);

	if (app_is_training(app)) {
		if (loop->credit >= 1 || run_is_validating(app->session->run))
			return 0;
		wait = fmin(wait, (1 - loop->credit) / app->speed);
	}
	/* where the terminal is behind it is waited for by terminal_key */
	if ((loop->is_dirty || app->drawing_since >= 0) &&
		!terminal_is_behind())
		wait = fmin(wait,
			loop->last_frame +
				(loop->is_answer ? KEY_FRAME_TIME
						 : FRAME_TIME) -
				now);
	return clock_milliseconds(wait);
}

/*
 * Whether a key is part of a paste that has nowhere to go. Pasted text fills
 * what is to be typed; it presses no keys, not even Enter.
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

	if (key == INPUT_HANGUP) {
		loop->is_gone = true;
		return;
	}
	if (is_lost_paste(loop, key))
		return;
	loop->is_dirty = true;
	loop->is_answer = true;
	if (key == INPUT_RESIZE)
		return;
	if (key == INPUT_CONTROL_C)
		leave_interrupted(app);
	else if (overlay_top(&app->overlays) != NULL)
		overlay_key(&app->overlays, app, key);
	else
		keys_press(app, key);
}

/* Stopped time is no time: no speed is measured over it or caught up with. */
static void
suspend(struct loop *loop)
{
	terminal_suspend();
	loop->now = clock_seconds();
	loop->last_pace = loop->now;
	loop->measured_since = loop->now;
	loop->measured_from = run_updates(loop->app->session->run);
	loop->is_dirty = true;
	loop->is_answer = true;
}

/* What signals ask for that do not end the program. */
static void
obey_signals(struct loop *loop)
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
	loop->is_answer = true;
}

/* All keys that are there; an endless flow of them must not be all there is. */
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
			/* they come in a wait for keys, which there was not */
			signals_unblock_briefly();
			return;
		}
		key = terminal_key(0);
	}
}

static void
run_loop(struct loop *loop)
{
	struct app *app = loop->app;

	while (!app->quits && !loop->is_gone && signals_caught() == 0) {
		loop->now = clock_seconds();
		if (app_is_training(app)) {
			add_credit(loop);
			train_slice(loop);
		} else {
			loop->credit = 0;
			loop->last_pace = loop->now;
		}
		obey_signals(loop);
		if (app->quits)
			return;
		tend_log(loop);
		measure_speed(loop);
		draw_when_due(loop);
		handle_keys(loop);
	}
}

/* Left by a signal or a lost terminal: keep what was learnt. */
static enum exit_status
rescue(struct session *session, const struct loop *loop, struct error *error)
{
	int number = signals_caught();

	if (number == 0 && loop->is_gone)
		number = SIGHUP;
	if (number == 0 && loop->app->is_interrupted)
		number = SIGINT;
	if (number == 0)
		return EXIT_DONE;
	if (!session_keep(session, loop->app->has_diverged, error))
		return EXIT_FAILED;
	if (session->notice[0] != '\0')
		error_set(error, "%s", session->notice);
	return command_signalled(number, error);
}

static enum exit_status
run_on_screen(struct session *session, const struct arguments *arguments,
	struct error *error)
{
	const char *no_color = getenv("NO_COLOR");
	struct screen_options options = {
		.ascii = arguments->ascii,
		.no_color = arguments->color == &color_never ||
			(arguments->color == &color_auto && no_color != NULL &&
				no_color[0] != '\0'),
	};
	struct app app;
	struct loop loop = {.app = &app, .work = SLICE_FIRST, .is_dirty = true};
	enum exit_status status = EXIT_FAILED;

	/*
	 * Before curses starts: it leaves alone what is handled already, and
	 * would else throw away a Ctrl-Z that comes while it draws.
	 */
	signals_block();
	if (!app_create(&app, session, action_list, arguments->speed, error) ||
		!screen_open(&options, error)) {
		app_destroy(&app);
		return EXIT_FAILED;
	}
	if (session->note[0] != '\0')
		app_say(&app, ROLE_NORMAL, "%s", session->note);
	loop.last_pace = clock_seconds();
	loop.measured_since = loop.last_pace;
	loop.measured_from = run_updates(session->run);
	run_loop(&loop);
	/* the model first: a terminal may take its time to be given back */
	status = rescue(session, &loop, error);
	if (status == EXIT_DONE && app.failure.text[0] != '\0') {
		*error = app.failure;
		status = EXIT_FAILED;
	}
	screen_close();
	app_destroy(&app);
	return status;
}

/* Before there is a screen: a large model is told of line by line. */
static bool
open_session(struct session *session, const struct arguments *arguments,
	struct error *error)
{
	struct session_options options = arguments->session;
	struct start_progress start;
	bool is_open;

	start_progress_begin(&start, arguments->quiet);
	options.progress = &start.progress;
	options.asks = true;
	is_open = session_open(session, &options, error);
	start_progress_end(&start);
	return is_open;
}

static enum exit_status
interface_run(const struct arguments *arguments, struct error *error)
{
	struct session *session = memory_new(1, sizeof *session);
	enum exit_status status = EXIT_FAILED;

	if (session == NULL) {
		error_out_of_memory(error);
		return EXIT_FAILED;
	}
	signals_catch();
	if (arguments->session.log != NULL &&
		strcmp(arguments->session.log, "-") == 0)
		error_set_usage(error,
			"--log -: the screen needs standard "
			"output; name a file");
	else if (terminal_check(error) &&
		open_session(session, arguments, error))
		status = run_on_screen(session, arguments, error);
	else if (signals_caught() != 0)
		status = command_signalled(signals_caught(), error);
	return command_close(session, status, error);
}

/* It asks for a MODEL's name when it saves. */
static void
find_unmet(const struct arguments *arguments, struct unmet *unmet)
{
	if (arguments->session.log == NULL)
		unmet_add(unmet, &need_log);
}

static const struct setting *const options[] = {
	&option_init,
	&option_log,
	&option_log_every,
	&option_checkpoint_every,
	NULL,
};

const struct command command_interface = {
	.operand = "[MODEL]",
	.summary = "watch a network learn: the terminal interface",
	.run = interface_run,
	.takes = common_takes_all,
	.options = options,
	.find_unmet = find_unmet,
};
