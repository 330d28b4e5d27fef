/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The state of the interface and what can be done to it. Nothing here draws
 * or reads keys: keys.c calls these actions, the panes look at the state.
 */
#ifndef LSTMTUI_TUI_APP_H
#define LSTMTUI_TUI_APP_H

#include <stdbool.h>
#include <stdint.h>

#include "draw/plane.h"
#include "run/generate.h"
#include "session/session.h"
#include "run/writer.h"
#include "tui/layout.h"
#include "tui/screen.h"

enum {
	APP_MESSAGE_SIZE = 512,
	APP_PROMPT_SIZE = 1024,
	APP_CHOICES_MAX = 4,
	APP_WRITTEN_SIZE = 16384
};

struct app;

/* A question with a key for each answer; Escape is the last one. */
struct question {
	const char *title;
	const char *text;
	struct {
		int key;
		const char *label;
		void (*act)(struct app *app);
	} choice[APP_CHOICES_MAX];
};

/*
 * A line to be typed; Enter gives it to accept, Escape drops it. What stands
 * in it at first is a proposal: the first character typed replaces it.
 */
struct prompt {
	const char *title;
	const char *text;
	void (*accept)(struct app *app, const char *typed);
	char typed[APP_PROMPT_SIZE];
	bool is_edited;
};

/* A form for a new run: see form.h. */
struct form {
	struct settings settings;
	unsigned at; /* the setting whose line it is, or SETTINGS */
	/* of that line, where it is typed; fresh: typing replaces it */
	char text[SETTINGS_TEXT_SIZE];
	bool is_fresh;
	char message[APP_MESSAGE_SIZE]; /* what is wrong, or "" */
};

enum overlay {
	OVERLAY_NONE,
	OVERLAY_HELP,     /* training goes on beneath */
	OVERLAY_QUESTION, /* training waits */
	OVERLAY_PROMPT,   /* training waits */
	OVERLAY_FORM      /* training waits */
};

struct app {
	struct session *session;
	bool is_running;
	uint64_t steps_left; /* of single steps asked for; then it pauses */
	double speed;        /* updates a second wanted; 0: unlimited */
	double measured;     /* updates a second reached */
	bool has_diverged;

	/* what is seen */
	bool log_x, log_y, only_recent;
	bool shows_training, shows_film;
	enum layout_zoom zoom;
	int help_scroll; /* lines */

	/* the shape that the model draws: computed before each frame */
	struct generator generator;
	float *shape; /* [run.length, features] */
	struct plane_range range;
	double drawing_since; /* the shape is drawn point by point; <0: not */
	size_t shape_points;  /* of it that are seen */
	uint64_t drawing;     /* its number, where chance decides */
	/* many of them, where the model is a distribution */
	bool shows_cloud;
	size_t cloud_count;
	float *cloud; /* [cloud_count, run.length, features], or NULL */

	/* what a model of texts writes while it learns: the end of it */
	struct writer writer;
	char written[APP_WRITTEN_SIZE]; /* UTF-8, lines end in '\n' */
	bool written_return; /* a CR was written last: text_encode_shown */
	uint64_t written_at; /* update */
	double drawn_at, draw_seconds; /* the shape: when, how long it took */

	enum overlay overlay;
	struct question question;
	struct prompt prompt;
	struct form form;
	char pending_name[APP_PROMPT_SIZE]; /* awaits a yes */
	char asked[APP_PROMPT_SIZE]; /* the text of a question about a file */

	char message[APP_MESSAGE_SIZE];
	enum screen_role message_role;
	uint64_t count; /* typed before a key; 0: none */
	bool quits, quits_after_save, begins_after_save;
	bool is_interrupted;  /* quits, as SIGINT makes it */
	struct error failure; /* why it cannot go on, where there is a text */
};

/* Begin with an open session, running. Release with app_destroy. */
bool app_create(struct app *app, struct session *session, double speed,
	struct error *error);
void app_destroy(struct app *app);

/* Whether a text is learnt. */
bool app_is_text(const struct app *app);

/* The state: all updates done; waiting for an answer; neither, nor paused. */
bool app_is_finished(const struct app *app);
bool app_is_waiting(const struct app *app);
bool app_is_training(const struct app *app);

/* Whether leaving now would lose updates. */
bool app_has_unsaved(const struct app *app);

/* Show a line; ROLE_WARNING for what went wrong. */
void app_say(struct app *app, enum screen_role role, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Compute what the model draws now: before a frame, never within it. */
void app_update_shape(struct app *app, double now);

/* Write a page of text with the model as it is now. */
void app_write_anew(struct app *app);

/* What a slice of training came to. */
void app_after_slice(struct app *app, enum run_status status,
	const struct error *error);

/* Ask whether a best model that waits may replace the file there. */
void app_ask_for_best(struct app *app);

/* Begin what the form says, once unsaved progress is settled. */
void app_begin_from_form(struct app *app);

/*
 * The actions that keys have. Each takes the count typed before the key, 0
 * where there was none.
 */
void app_toggle_running(struct app *app, uint64_t count);
void app_step(struct app *app, uint64_t count);
void app_faster(struct app *app, uint64_t count);
void app_slower(struct app *app, uint64_t count);
void app_raise_rate(struct app *app, uint64_t count);
void app_lower_rate(struct app *app, uint64_t count);
void app_generate(struct app *app, uint64_t count);
void app_new_run(struct app *app, uint64_t count);
void app_toggle_film(struct app *app, uint64_t count);
void app_toggle_cloud(struct app *app, uint64_t count);
void app_warmer(struct app *app, uint64_t count);
void app_colder(struct app *app, uint64_t count);
void app_toggle_training(struct app *app, uint64_t count);
void app_reset(struct app *app, uint64_t count);
void app_reset_new_seed(struct app *app, uint64_t count);
void app_extend(struct app *app, uint64_t count);
void app_save(struct app *app, uint64_t count);
void app_save_as(struct app *app, uint64_t count);
void app_toggle_log_y(struct app *app, uint64_t count);
void app_next_x(struct app *app, uint64_t count);
void app_next_zoom(struct app *app, uint64_t count);
void app_previous_zoom(struct app *app, uint64_t count);
void app_help(struct app *app, uint64_t count);
void app_redraw(struct app *app, uint64_t count);
void app_quit(struct app *app, uint64_t count);

/*
 * Ctrl-C: leave as SIGINT does, with the model saved where it has a name. Asks
 * as app_quit where something would be lost, and leaves at the next one.
 */
void app_interrupt(struct app *app, uint64_t count);

/* Say how far the run is. */
void app_report(struct app *app);

#endif
