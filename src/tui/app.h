/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The state of the interface: the run it shows, how fast that goes, what is
 * seen of it. Actions (tui/action.h) change it, panes and overlays draw it.
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

/* What is seen, beside what each pane remembers for itself. */
struct app_view {
	bool shows_film;
	const char *zoom; /* title of the pane that is alone; NULL: all are */
};

struct app {
	struct session *session;
	const struct pane *const *panes;     /* ends with NULL */
	const struct action *const *actions; /* ends with NULL */
	bool is_running;
	uint64_t steps_left; /* of single steps asked for; then it pauses */
	double speed;        /* updates a second wanted; 0: unlimited */
	double measured;     /* updates a second reached */
	bool has_diverged;

	struct app_view view;
	void *pane_state[PANES_MAX]; /* of each pane in the list; or NULL */
	bool is_moving;              /* what is seen will change by itself */

	/* what the model makes at the moment: of points or of texts */
	struct live_shape shape;
	struct live_text text;

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
 * Show an open session in these panes, at most PANES_MAX, with these actions;
 * both lists end with NULL. The run goes on, unless it has finished. Release
 * with app_destroy, after failure too.
 */
bool app_create(struct app *app, struct session *session,
	const struct pane *const *panes, const struct action *const *actions,
	double speed, struct error *error);
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

/* The panes that say something now; the list ends with NULL. */
void app_shown_panes(const struct app *app,
	const struct pane *shown[PANES_MAX + 1]);

/* What a pane of the list remembers: see struct pane. */
void *app_pane_state(const struct app *app, const struct pane *pane);

/* Compute what a frame at that time shows: before it, never within it. */
void app_prepare(struct app *app, double now);

/* What a slice of training came to. */
void app_after_slice(struct app *app, enum run_status status,
	const struct error *error);

/* Say how far the run is. */
void app_report(struct app *app);

#endif
