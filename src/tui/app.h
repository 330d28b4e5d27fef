/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The state of the interface: the run it shows, how fast that goes, what is
 * seen of it. Actions (tui/action.h) change it, panes and overlays draw it.
 */
#ifndef LSTMTUI_TUI_APP_H
#define LSTMTUI_TUI_APP_H

#include <stdbool.h>
#include <stdint.h>

#include "draw/plane.h"
#include "run/generate.h"
#include "run/writer.h"
#include "session/session.h"
#include "tui/layout.h"
#include "tui/overlay.h"
#include "tui/screen.h"

struct action;

enum {
	APP_MESSAGE_SIZE = 512,
	APP_NAME_SIZE = 1024, /* of a file's name that is typed */
	APP_WRITTEN_SIZE = 16384
};

enum app_axis {
	APP_AXIS_OF_LOSS, /* linear for a density, else logarithmic */
	APP_AXIS_LINEAR,
	APP_AXIS_LOG
};

/* What is seen; kept when another run begins. */
struct app_view {
	enum app_axis loss_axis;
	bool log_updates, only_recent; /* the axis of updates */
	bool hides_training;           /* the sequence learnt from last */
	bool shows_film, shows_cloud;
	enum layout_zoom zoom;
};

struct app {
	struct session *session;
	const struct action *const *actions; /* ends with NULL */
	bool is_running;
	uint64_t steps_left; /* of single steps asked for; then it pauses */
	double speed;        /* updates a second wanted; 0: unlimited */
	double measured;     /* updates a second reached */
	bool has_diverged;

	struct app_view view;

	/* the shape that the model draws: computed before each frame */
	struct generator generator;
	float *shape; /* [run_length, features] */
	struct plane_range range;
	double drawing_since; /* the shape is drawn point by point; <0: not */
	size_t shape_points;  /* of it that are seen */
	uint64_t drawing;     /* its number, where chance decides */
	/* many of them, where the model is a distribution */
	size_t cloud_count;
	float *cloud; /* [cloud_count, run_length, features], or NULL */
	double drawn_at, draw_seconds; /* the shape: when, how long it took */

	/* what a model of texts writes while it learns: the end of it */
	struct writer writer;
	char written[APP_WRITTEN_SIZE]; /* UTF-8, lines end in '\n' */
	bool written_return; /* a CR was written last: text_encode_shown */
	uint64_t written_at; /* update */

	struct overlay_stack overlays;
	char save_name[APP_NAME_SIZE]; /* of a file, until its user agrees */
	/* to be done once the run is saved; NULL: nothing */
	void (*once_saved)(struct app *app);

	char message[APP_MESSAGE_SIZE];
	enum screen_role message_role;
	uint64_t count; /* typed before a key; 0: none */
	bool quits;
	bool is_interrupted;  /* quits, as SIGINT makes it */
	struct error failure; /* why it cannot go on, where there is a text */
};

/*
 * Show an open session: its run goes on, unless it has finished. actions ends
 * with NULL. Release with app_destroy, after failure too.
 */
bool app_create(struct app *app, struct session *session,
	const struct action *const *actions, double speed, struct error *error);
void app_destroy(struct app *app);

/*
 * Take up the session's run, another one than before. What is seen stays.
 * After failure the interface cannot go on.
 */
bool app_take_run(struct app *app, struct error *error);

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

/* Whether the loss has a logarithmic axis now. */
bool app_has_log_loss(const struct app *app);

/* Say how far the run is. */
void app_report(struct app *app);

#endif
