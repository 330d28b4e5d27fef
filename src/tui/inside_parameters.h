/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Draw numbers of the parameters of a layer and of the dense layer as heat
 * maps: the gates are side by side, the inputs of a unit are the rows. A cell
 * of the screen holds two weights, one above the other, where the terminal can
 * show that.
 */
#ifndef LSTMTUI_TUI_INSIDE_PARAMETERS_H
#define LSTMTUI_TUI_INSIDE_PARAMETERS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/model.h"
#include "tui/area.h"

struct app;

/* An array of all parameters, [total], and how to shade and explain it. */
struct inside_values {
	const float *at;
	double scale;
	bool has_hatches; /* a value that is exactly 0 is not small but none */
	/* in words, the long ones where there is room */
	const char *meaning[2];
	const char *note[2]; /* behind the hatch, if there are hatches */
};

/* Draw them for the layer of the cursor, with a legend if there is room. */
void inside_parameters_draw(const struct app *app, struct area area,
	const struct inside_values *values);

/* Select the unit whose column was clicked; false: there is none. */
bool inside_parameters_click(struct app *app, struct area area, int row,
	int column);

/* Return the rows that show all parameters of a layer, with the legend. */
size_t inside_parameters_rows(const struct model *model, size_t layer);

#endif
