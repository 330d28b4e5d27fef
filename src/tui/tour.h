/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The guided tour: short scenes, each a run that is prepared to show one thing,
 * with a caption. It begins with --tour or F2. The user's session and the whole
 * state of the interface are put aside, untouched, and come back at its end.
 * The session of a scene has no file; the actions that save or replace a run
 * refuse while the tour is open.
 */
#ifndef LSTMTUI_TUI_TOUR_H
#define LSTMTUI_TUI_TOUR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "cli/command.h"
#include "tui/live_steps.h"
#include "tui/tour_measure.h"

struct app;

enum { TOUR_KEYS = 4, TOUR_SCENES_MAX = 16, TOUR_COMPARISON_SIZE = 800 };

/* A scene. Consecutive scenes of one number are compared with each other. */
struct tour_scene {
	int number; /* from 1 on; 0 ends the list */
	const char *title;
	/* of its run, as on the command line; --updates is where it stops */
	const char *options;
	/*
	 * The caption: while the run trains, and after its last update. Each
	 * fits into two lines of 78 columns. tests/check_tour.c measures what
	 * `seen` claims.
	 */
	const char *watch, *seen;
	const char *more;      /* on screens with more rows, as long again */
	tour_measure *measure; /* after the last update; NULL: nothing */
	/*
	 * Its part of the line that compares the scenes of its number, and the
	 * name of the part; the first of them names the line. NULL: no line.
	 */
	tour_measure *part;
	const char *part_name, *comparison;
	/* keys to try; those without an effect here are not shown */
	struct tour_key {
		const char *action; /* its name; NULL: none */
		const char *word;
	} keys[TOUR_KEYS];
};

extern const struct tour_scene tour_list[]; /* tui/tour_list.c */

/* The number of the last scene. */
int tour_count(void);

/*
 * Parse the options of a scene as the command line is parsed. Strings of the
 * result do not outlive words[TOUR_OPTIONS_SIZE].
 */
enum { TOUR_OPTIONS_SIZE = 512 };
bool tour_parse(const struct tour_scene *scene, char words[TOUR_OPTIONS_SIZE],
	struct arguments *arguments, struct error *error);

/*
 * Begin the tour, which must not be open, with the first scene. If that fails,
 * the message says why and nothing else has changed.
 */
void tour_begin(struct app *app);

/* End the tour: the interface is as it was before. Nothing without a tour. */
void tour_end(struct app *app);

/* Go to the scene `by` places after this one, if there is one. */
void tour_move(struct app *app, int by);

/* The scene that is shown, or NULL without a tour. */
const struct tour_scene *tour_scene(const struct app *app);

/* Whether there is a scene `by` places after this one. */
bool tour_has(const struct app *app, int by);

/*
 * Measure after the last update of the scene, once. Later updates make the
 * measurement void; its part of the comparison stays until the next one.
 */
void tour_prepare(struct app *app);

/* Whether the run of the scene has made its last update. */
bool tour_is_done(const struct app *app);

/* What was measured on the run as it is now, or NULL. */
const char *tour_measured(const struct app *app);

/* Write the name of the measured unit, as in live_steps_name, or "". */
void tour_unit(const struct app *app, char name[LIVE_NAME_SIZE]);

/*
 * Write the comparison of the scenes of this number, in at most 78 columns;
 * scenes that did not reach their last update are named. "": there is none.
 */
void tour_compare(const struct app *app, char text[TOUR_COMPARISON_SIZE]);

/* For struct action.refuse: why an action has no effect in the tour. */
const char *tour_refuse_save(const struct app *app);
const char *tour_refuse_new(const struct app *app);

#endif
