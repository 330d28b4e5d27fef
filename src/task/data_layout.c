/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/data_layout.h"

#include <stddef.h>

#include "base/translate.h"

const struct data_layout data_layout_points = {
	.kind = {.name = "points", .summary = N_("a line is a point")},
};

const struct data_layout data_layout_series = {
	.kind = {.name = "series",
		.summary = N_("a line is a sequence of one-number points")},
	.is_series = true,
};

const struct data_layout data_layout_strokes = {
	.kind = {.name = "strokes",
		.summary = N_("a line is an offset of a pen: dx, dy, 1 if the "
			      "pen is lifted after it")},
	.is_strokes = true,
};

const struct kind *const data_layout_list[] = {
	&data_layout_points.kind,
	&data_layout_series.kind,
	&data_layout_strokes.kind,
	NULL,
};

const struct missing missing_refuse = {
	.kind = {.name = "refuse", .summary = N_("refuse the file")},
};

const struct missing missing_drop = {
	.kind = {.name = "drop", .summary = N_("leave out the line")},
	.drops = true,
};

const struct missing missing_hold = {
	.kind = {.name = "hold",
		.summary = N_("repeat the value before, of the same sequence")},
	.holds = true,
};

const struct kind *const missing_list[] = {
	&missing_refuse.kind,
	&missing_drop.kind,
	&missing_hold.kind,
	NULL,
};
