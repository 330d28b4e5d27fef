/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The part of the plane that the Generated pane shows: that of the data, so
 * that a small shape fills the pane, and more while a drawing leaves it. It
 * stays the same while training changes the drawing a little.
 */
#ifndef LSTMTUI_TUI_SHAPE_RANGE_H
#define LSTMTUI_TUI_SHAPE_RANGE_H

#include "base/error.h"
#include "draw/plane.h"
#include "run/run_view.h"

struct shape_range {
	struct drawing drawing;
	struct plane_range data;  /* of the data, without a margin */
	struct plane_range shown; /* larger, with a margin */
};

/*
 * Find the range of the data of a run: of all its sequences, or of 1,000 that
 * its task generates. The shown range is that of the data, with a margin.
 */
bool shape_range_create(struct shape_range *range, const struct run *run,
	const struct drawing *drawing, struct error *error);

/*
 * Let the shown range hold drawings, whose own range is given and may be empty.
 * It grows when they leave it; a side stays if they leave it by more than the
 * size of the data, so that an exploding model does not shrink all else to a
 * dot. It returns to the data when all drawings are within the data's range.
 */
void shape_range_hold(struct shape_range *range,
	const struct plane_range *drawings);

#endif
