/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The state of the interface: the session, its pace, what is shown of it.
 * Actions (tui/action.h) change it, panes and overlays draw it.
 */
#ifndef LSTMTUI_TUI_APP_H
#define LSTMTUI_TUI_APP_H

#include <stdbool.h>
#include <stdint.h>

#include "session/session.h"
#include "tui/live_shape.h"
#include "tui/live_text.h"
#include "tui/overlay.h"
#include "tui/pane.h"
#include "tui/screen.h"

struct action;

enum {
	APP_MESSAGE_SIZE = 512,
	APP_NAME_SIZE = 1024 /* of a file's name that is typed */
};

/* What is shown; each pane also has a state of its own. */
struct app_view {
	bool shows_film;
	const char *zoom; /* title of the only pane; NULL: all are shown */
};

struct app {
	struct session *session;
	const struct pane *const *panes;     /* ends with NULL */
	const struct action *const *actions; /* ends with NULL */
	bool is_running;
	uint64_t steps_left; /* single steps to do, then it pauses */
	double speed;        /* updates per second requested; 0: no limit */
	double measured;     /* updates per second measured */
	bool has_diverged;

	struct app_view view;
	void *pane_state[PANES_MAX]; /* NULL: the pane has none */
	bool is_animated;            /* another frame follows soon */

	/* what the model generates: points or a text */
	struct live_shape shape;
	struct live_text text;

	struct overlay_stack overlays;
	char save_name[APP_NAME_SIZE]; /* while a question about it is open */
	/* called after the save that was requested last, or NULL */
	void (*once_saved)(struct app *app);

	char message[APP_MESSAGE_SIZE];
	enum screen_role message_role;
	uint64_t count; /* typed before a key; 0: none */
	bool quits;
	bool is_interrupted;  /* quits, as SIGINT makes it */
	struct error failure; /* why it cannot go on; empty: it can */
};

/*
 * Create the state for an open session. The lists of panes, at most PANES_MAX,
 * and of actions end with NULL. Training starts unless the run has finished.
 * Release with app_destroy, also after an error.
 */
bool app_create(struct app *app, struct session *session,
	const struct pane *const *panes, const struct action *const *actions,
	double speed, struct error *error);
void app_destroy(struct app *app);

/*
 * Show the session's run after it was replaced by another. The view stays.
 * After an error the interface cannot go on.
 */
bool app_take_run(struct app *app, struct error *error);

/* Return whether the task is a text. */
bool app_is_text(const struct app *app);

/* All updates are done; an overlay stops training; training goes on. */
bool app_is_finished(const struct app *app);
bool app_is_waiting(const struct app *app);
bool app_is_training(const struct app *app);

/* Return whether updates would be lost by quitting now. */
bool app_has_unsaved(const struct app *app);

/* Set the message line; ROLE_WARNING for errors. */
void app_say(struct app *app, enum screen_role role, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* List the panes whose is_shown holds; the list ends with NULL. */
void app_shown_panes(const struct app *app,
	const struct pane *shown[PANES_MAX + 1]);

/* Return the state of a pane of the list, NULL if it has none. */
void *app_pane_state(const struct app *app, const struct pane *pane);

/* Compute what the next frame shows, `now` by clock_seconds. */
void app_prepare(struct app *app, double now);

/* Handle the result of a slice of training. */
void app_after_slice(struct app *app, enum run_status status,
	const struct error *error);

/* Set the message line to the progress of the run. */
void app_report(struct app *app);

#endif
