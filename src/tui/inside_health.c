/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Signs of health of a model of texts: the norm of the gradient, and how many
 * gates and cells are saturated (Karpathy, Johnson and Fei-Fei 2015).
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "tui/app.h"
#include "tui/inside.h"
#include "tui/inside_panes.h"
#include "tui/screen.h"

#define CLOSED 0.1
#define OPEN 0.9
#define SATURATED 0.97 /* of |tanh c| */

enum { SHARE_COLUMNS = 10 };

/* The shares of values below and above a limit. */
struct shares {
	double below, above;
};

static struct shares
measure(const struct inspection *inspection, size_t layer, size_t view,
	bool is_cell)
{
	size_t units = inspection->model.shape.units[layer];
	double all = (double)(units * inspection->steps);
	struct shares shares = {0};

	for (size_t t = 0; t < inspection->steps; t++) {
		const float *values =
			inspection_values(inspection, layer, view, t);

		for (size_t u = 0; u < units; u++) {
			double value = is_cell ? fabs(tanh((double)values[u]))
					       : (double)values[u];

			shares.below += value < CLOSED;
			shares.above += value > (is_cell ? SATURATED : OPEN);
		}
	}
	shares.below /= all;
	shares.above /= all;
	return shares;
}

static double
gradient_norm(const struct inspection *inspection)
{
	double sum = 0;

	for (size_t i = 0; i < inspection->model.parameters.tensors; i++) {
		double norm = inspection_measure(inspection, i).norm;

		sum += norm * norm;
	}
	return sqrt(sum);
}

static int
draw_gradient(const struct app *app, const struct inspection *inspection,
	struct area area)
{
	double clip = run_settings(app->session->run)->clip;
	char number[NUMBER_TEXT_SIZE], limit[NUMBER_TEXT_SIZE];
	double norm;
	int column;

	if (!inspection->config.has_gradient)
		return 0;
	norm = gradient_norm(inspection);
	column = screen_print(area, 0, 1, ROLE_DIM, _("gradient norm "));
	screen_print(area, 0, column, ROLE_BRIGHT, "%s",
		number_fixed(number, norm, 3));
	if (clip <= 0)
		return 1;
	number_shortest(limit, clip);
	if (norm > clip)
		screen_print(area, 1, 1, ROLE_WARNING,
			_("too large: clipped to %s"), limit);
	else
		screen_print(area, 1, 1, ROLE_DIM,
			_("would be clipped above %s"), limit);
	return 2;
}

/* Draw the shares of closed and of open values of a gate. */
static void
draw_gate(struct area area, int row, const char *name, struct shares shares)
{
	screen_print(area, row, 1, ROLE_BRIGHT, "%s", name);
	screen_print(area, row, 3, ROLE_NORMAL, "%*.0f %%  %*.0f %%",
		SHARE_COLUMNS - 2, 100 * shares.below, SHARE_COLUMNS - 2,
		100 * shares.above);
}

static void
draw(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct inside *inside = inside_of(app);
	const struct inspection *inspection = inside_inspection(inside);
	const struct cell_view *views;
	double saturated = -1; /* the share of the cells; none: below 0 */
	int row;

	(void)own;
	if (inspection == NULL)
		return;
	snprintf(note, PANE_NOTE_SIZE, _("layer %zu"), inside->layer + 1);
	row = draw_gradient(app, inspection, area);
	screen_print(area, row++, 3, ROLE_DIM, "%*s%s  %*s%s",
		utf8_padding(_("shut <0.1"), SHARE_COLUMNS), "", _("shut <0.1"),
		utf8_padding(_("open >0.9"), SHARE_COLUMNS), "",
		_("open >0.9"));
	views = inspection->model.shape.cell->views;
	for (size_t v = 0; v < inspection->views; v++) {
		bool is_cell = views[v].of == CELL_STATE;
		struct shares shares;

		if (views[v].of == CELL_HIDDEN ||
			strcmp(views[v].name, "g") == 0)
			continue;
		shares = measure(inspection, inside->layer, v, is_cell);
		if (is_cell)
			saturated = shares.above;
		else
			draw_gate(area, row++, views[v].name, shares);
	}
	if (saturated >= 0)
		screen_print(area, row, 1, ROLE_NORMAL,
			_("c  %.0f %% at |tanh c| > 0.97"), 100 * saturated);
}

static const struct pane_place place = {
	.band = "weights",
	.priority = 10,
	.screen_min = {31, 0},
	.min = {5, 30},
	.preferred = {8, 34},
};

const struct pane inside_health = {
	.title = N_("Health"),
	.help = N_("the gradient's norm, and saturated gates."),
	.explanation =
		N_("The norm of the gradient of this sequence and where "
		   "--clip limits it; how many gates are closed (below 0.1) "
		   "or open (above 0.9), and how many cells are saturated "
		   "(tanh c beyond 0.97)."),
	.place = &place,
	.is_shown = app_is_text,
	.draw = draw,
};
