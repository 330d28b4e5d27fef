/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside view: how one sequence passes through the network. Its panes, its
 * keys, and the key that opens it.
 */
#include "base/translate.h"
#include "tui/actions.h"
#include "tui/app.h"
#include "tui/input.h"
#include "tui/inside.h"
#include "tui/inside_panes.h"
#include "tui/microscope_panes.h"
#include "tui/moves.h"
#include "tui/panes.h"
#include "tui/view.h"

static bool
is_inside(const struct app *app)
{
	return app->current == &view_inside;
}

/* Whether a view of the inside is shown: this one or that of a text. */
static bool
is_any_inside(const struct app *app)
{
	return is_inside(app) || app->current == &view_microscope;
}

static const char *
inside_word(const struct app *app)
{
	return is_any_inside(app) ? _("back") : _("inside");
}

static void
toggle_inside(struct app *app, uint64_t count)
{
	(void)count;
	app_say(app, ROLE_NORMAL, "%s", "");
	app_show_view(app,
		is_any_inside(app)         ? app->views[0]
			: app_is_text(app) ? &view_microscope
					   : &view_inside);
}

const struct action action_inside = {
	.name = "inside",
	.key = {'i'},
	.shown = "i",
	.help = N_("look inside the network, or go back"),
	.bar_keys = "i",
	.bar_word = N_("inside"),
	.leads = is_any_inside,
	.word = inside_word,
	.act = toggle_inside,
};

static const char *
refuse_memory(const struct app *app)
{
	return framing_has_memory(
		       settings_framing(run_settings(app->session->run)))
		? NULL
		: _("this framing has no memory to cut: each step starts "
		    "empty");
}

static const char *
memory_word(const struct app *app)
{
	return app->cuts_memory ? _("give memory") : _("cut memory");
}

static void
toggle_memory(struct app *app, uint64_t count)
{
	(void)count;
	app->cuts_memory = !app->cuts_memory;
	app_apply_memory(app);
	inside_of(app)->is_stale = true;
	app_say(app, ROLE_NORMAL, "%s",
		app->cuts_memory ? _("memory cut; m gives it back")
				 : _("the memory is back"));
}

const struct action action_memory = {
	.name = "memory",
	.key = {'m'},
	.shown = "m",
	.help = N_("cut the memory of the shown sequence, or give it back"),
	.bar_keys = "m",
	.bar_word = N_("cut memory"),
	.leads = is_any_inside,
	.word = memory_word,
	.refuse = refuse_memory,
	.act = toggle_memory,
};

static void
move_step(struct app *app, long by)
{
	inside_move_step(inside_of(app), by);
}

static void
move_unit(struct app *app, long by)
{
	inside_move_unit(inside_of(app), by);
}

/* Move by a page of units, or of steps if all units fit. */
static void
move_page(struct app *app, int sign)
{
	struct inside *inside = inside_of(app);
	const struct inspection *inspection = inside_inspection(inside);
	size_t units;

	if (inspection == NULL)
		return;
	units = inspection->model.shape.units[inside->layer];
	if (inside->page_units < units)
		inside_move_unit(inside, sign * (long)inside->page_units);
	else
		inside_move_step(inside, sign * (long)inside->page_steps);
}

static void
next_layer(struct app *app)
{
	struct inside *inside = inside_of(app);
	const struct inspection *inspection = inside_inspection(inside);
	size_t units;

	if (inspection == NULL)
		return;
	inside->layer = (inside->layer + 1) % inspection->model.shape.layers;
	units = inspection->model.shape.units[inside->layer];
	if (inside->unit >= units)
		inside->unit = units - 1;
}

static const struct moves moves = {
	.place = N_("step"),
	.along = move_step,
	.across = move_unit,
	.page = move_page,
	.next_layer = next_layer,
};

static void
show_numbers(struct app *app, uint64_t count)
{
	(void)count;
	app->view.zoom = app->view.zoom == NULL ? inside_numbers.title : NULL;
}

static const struct action action_numbers = {
	.name = "numbers",
	.key = {INPUT_ENTER},
	.shown = "Enter",
	.help = N_("show the numbers of the marked unit, or all panes"),
	.bar_keys = "Enter",
	.bar_word = N_("numbers"),
	.leads = is_inside,
	.act = show_numbers,
};

static const char *
own_word(const struct app *app)
{
	return !inside_of(app)->wants_own ? _("own")
		: app_is_text(app)        ? _("cursor")
					  : _("learnt");
}

static void
toggle_own(struct app *app, uint64_t count)
{
	struct inside *inside = inside_of(app);

	(void)count;
	inside->wants_own = !inside->wants_own;
	inside->is_stale = true;
}

static const struct action action_own = {
	.name = "own",
	.key = {'o'},
	.shown = "o",
	.help = N_("show the model's own sequence, or the other one again"),
	.bar_keys = "o",
	.bar_word = N_("own"),
	.leads = is_inside,
	.word = own_word,
	.act = toggle_own,
};

/* From the steps of a text, return to the text. */
static bool
escape(struct app *app, void *state)
{
	(void)state;
	if (!app_is_text(app))
		return false;
	app_show_view(app, &view_microscope);
	return true;
}

static const struct pane *const panes[] = {
	&inside_title,
	&inside_steps,
	&inside_gates,
	&inside_connections,
	&inside_memory,
	&inside_unit,
	&inside_numbers,
	&inside_weights,
	&inside_gradient,
	&inside_change,
	&inside_health,
	&bar_tour_heading,
	&bar_tour_line_1,
	&bar_tour_line_2,
	&bar_tour_line_3,
	&bar_tour_line_4,
	&inside_caption,
	&bar_keys,
	NULL,
};

static const struct action *const actions[] = {
	&move_back,
	&move_on,
	&move_up,
	&move_down,
	&move_page_back,
	&move_page_on,
	&move_first,
	&move_last,
	&move_layer,
	&action_numbers,
	&action_own,
	NULL,
};

const struct view view_inside = {
	.name = "inside",
	.panes = panes,
	.actions = actions,
	.moves = &moves,
	.state_size = sizeof(struct inside),
	.enter = inside_enter,
	.leave = inside_leave,
	.prepare = inside_prepare,
	.escape = escape,
};
