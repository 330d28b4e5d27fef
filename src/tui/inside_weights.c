/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The panes of the parameters of a layer and of the dense layer, of their
 * gradient and of their last change.
 */
#include <stdio.h>

#include "base/number.h"
#include "base/translate.h"
#include "tui/app.h"
#include "tui/inside.h"
#include "tui/inside_panes.h"
#include "tui/inside_parameters.h"
#include "tui/screen.h"

static void
draw_weights(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct inside *inside = inside_of(app);
	const struct inspection *inspection = inside_inspection(inside);
	char number[NUMBER_TEXT_SIZE];

	(void)own;
	if (inspection == NULL)
		return;
	snprintf(note, PANE_NOTE_SIZE, _("all %s"),
		number_grouped(number, inspection->model.parameters.total));
	inside_parameters_draw(app, area,
		&(struct inside_values){inside->weights, inside->weight_scale,
			false, {_("weight"), _("weight")},
			{_("a column is a unit of its gate"),
				_("columns: units")}});
}

/* Why some weights have no gradient. */
static const char *
explain_zeros(const struct inspection *inspection)
{
	bool carries = false;

	for (size_t i = 0; i < inspection->steps && !carries; i++)
		carries = !inspection->step[i].from_zero;
	if (!carries)
		return inspection->config.no_memory
			? _("none: without memory no step before")
			: _("none: each step starts empty");
	return inspection->tokens != NULL
		? _("none: character not in this text")
		: _("none: not used by this sequence");
}

static void
draw_gradient(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct inside *inside = inside_of(app);
	const struct inspection *inspection = inside_inspection(inside);
	char zeros[NUMBER_TEXT_SIZE], total[NUMBER_TEXT_SIZE];

	(void)own;
	if (inspection == NULL)
		return;
	if (inside->is_own || inspection->predicted == 0) {
		screen_print(area, 0, 1, ROLE_DIM, "%s",
			app_is_text(app)
				? _("its own text has no true targets")
				: _("its own drawing has no true targets"));
		return;
	}
	if (!inspection->config.has_gradient) {
		screen_print(area, 0, 1, ROLE_DIM, _("not computed"));
		return;
	}
	number_grouped(total, inspection->model.parameters.total);
	if (inside->zeros > 0)
		snprintf(note, PANE_NOTE_SIZE, _("%s of %s: none"),
			number_grouped(zeros, inside->zeros), total);
	else
		snprintf(note, PANE_NOTE_SIZE, _("all %s learn"), total);
	inside_parameters_draw(app, area,
		&(struct inside_values){inspection->gradient,
			inside->gradient_scale, inside->zeros > 0,
			{_("change of loss per change of weight"),
				_("loss by weight")},
			{inside->zeros > 0 ? explain_zeros(inspection)
					   : _("every weight has a gradient; "
					       "unshaded: small, not zero"),
				inside->zeros > 0
					? explain_zeros(inspection)
					: _("unshaded: small, not zero")}});
}

static void
draw_change(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct inside *inside = inside_of(app);
	char number[NUMBER_TEXT_SIZE];

	(void)own;
	if (inside_inspection(inside) == NULL)
		return;
	snprintf(note, PANE_NOTE_SIZE, _("update %s"),
		number_grouped(number, inside->updates));
	inside_parameters_draw(app, area,
		&(struct inside_values){inside->change, inside->change_scale,
			true,
			{_("by the last update"), _("by the last update")},
			{_("not changed"), _("not changed")}});
}

static bool
has_change(const struct app *app)
{
	return inside_of(app)->has_change;
}

/* The rows that show all parameters, and the box. */
static int
wanted_rows(const struct app *app, int rows, int columns)
{
	const struct inspection *inspection =
		app == NULL ? NULL : inside_inspection(inside_of(app));
	size_t layer, count;

	(void)columns;
	if (inspection == NULL)
		return 11 < rows / 3 ? 11 : rows / 3;
	layer = inside_of(app)->layer;
	count = inside_parameters_rows(&inspection->model, layer) + 2;
	return count < (size_t)rows / 3 ? (int)count : rows / 3;
}

static const struct pane_place place = {
	.band = "weights",
	.priority = 20,
	.screen_min = {31, 0},
	.min = {9, 36},
	.preferred = {10, 40},
	.rows = wanted_rows,
};

const struct pane inside_weights = {
	.title = N_("Weights"),
	.help = N_("the parameters of the layer and of the dense layer."),
	.explanation = N_(
		"For each gate: the weights of the inputs x, of the "
		"state h, the outputs of the step before, and the "
		"biases. A row is what is weighted, a column a unit of "
		"the gate. dense, behind the line, is the last layer, "
		"transposed: its rows are the outputs y, its columns "
		"the outputs h of the units, and the last one the biases. The "
		"scale is below; larger weights have its last shade."),
	.place = &place,
	.draw = draw_weights,
	.click = inside_parameters_click,
};

const struct pane inside_gradient = {
	.title = N_("Gradient"),
	.help = N_("of this sequence; hatched: no gradient."),
	.explanation =
		N_("How the loss of this sequence grows with each weight, in "
		   "the places of Weights. Training moves a weight against "
		   "its gradient. A hatched weight has no gradient at all: "
		   "this sequence cannot change it. Their number is at the "
		   "upper right, the reason below: where each step starts "
		   "from an empty state, as in one-to-one, no forget gate and "
		   "no weight of the state before is used; in a text, no "
		   "weight of a character that does not occur in it."),
	.place = &place,
	.draw = draw_gradient,
	.click = inside_parameters_click,
};

static const struct pane_place change_place = {
	.band = "weights",
	.priority = 12,
	.screen_min = {31, 0},
	.min = {9, 36},
	.preferred = {10, 40},
	.rows = wanted_rows,
};

const struct pane inside_change = {
	.title = N_("Last change"),
	.help = N_("of the weights by one update; hatched: none."),
	.explanation =
		N_("How the last single update changed each weight. Press s "
		   "for another update."),
	.place = &change_place,
	.is_shown = has_change,
	.draw = draw_change,
	.click = inside_parameters_click,
};
