/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/points_drawing.h"

struct drawing
points_drawing(const struct settings *settings, size_t features)
{
	(void)settings;
	return drawing_of(features);
}
