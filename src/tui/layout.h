/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the panes stand: a pure function of the size of the screen, so that
 * a test can ask it for every size there is. As the screen gets smaller the
 * panes shrink, then the least worth goes first.
 */
#ifndef LSTMTUI_TUI_LAYOUT_H
#define LSTMTUI_TUI_LAYOUT_H

#include <stdbool.h>

#include "tui/area.h"

/* What the body of the screen shows: all panes, or one. */
enum layout_zoom {
	LAYOUT_ALL,
	LAYOUT_LOSS,
	LAYOUT_GENERATED,
	LAYOUT_TRAINING,
	LAYOUT_ZOOMS
};

/* Areas that are not there have 0 rows. */
struct layout {
	struct area notice; /* the screen is too small for anything else */
	struct area title;
	struct area loss, generated, training;
	struct area message, keys;
	bool has_boxes;        /* about loss and generated */
	bool training_has_box; /* else it is one line */
};

struct layout layout_compute(int rows, int columns, enum layout_zoom zoom);

#endif
