/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Actions that begin the guided tour and turn its scenes.
 */
#include "base/translate.h"
#include "tui/actions.h"
#include "tui/app.h"
#include "tui/input.h"
#include "tui/tour.h"

static const char *
refuse_outside(const struct app *app)
{
	return app->tour == NULL ? _("F2 begins the guided tour") : NULL;
}

static void
next_scene(struct app *app, uint64_t count)
{
	(void)count;
	tour_move(app, 1);
}

const struct action action_tour_next = {
	.name = "next-scene",
	.key = {INPUT_ENTER, INPUT_RIGHT},
	.shown = "Enter",
	.help = N_("in the tour: the next scene (also Right)"),
	.refuse = refuse_outside,
	.act = next_scene,
};

static void
previous_scene(struct app *app, uint64_t count)
{
	(void)count;
	tour_move(app, -1);
}

const struct action action_tour_back = {
	.name = "previous-scene",
	.key = {INPUT_LEFT},
	.shown = "Left",
	.help = N_("in the tour: the scene before"),
	.refuse = refuse_outside,
	.act = previous_scene,
};

static const char *
refuse_inside(const struct app *app)
{
	return app->tour != NULL ? _("this is the tour; Esc leaves it") : NULL;
}

static void
begin_tour(struct app *app, uint64_t count)
{
	(void)count;
	tour_begin(app);
}

const struct action action_tour = {
	.name = "tour",
	.key = {INPUT_F2},
	.shown = "F2",
	.help = N_("begin the guided tour; Esc comes back to this run"),
	.bar_keys = "F2",
	.bar_word = N_("tour"),
	.is_of_present = true,
	.is_of_one = true,
	.refuse = refuse_inside,
	.act = begin_tour,
};
