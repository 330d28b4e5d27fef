/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/points_drawing.h"

#include "task/data_layout.h"
#include "task/task.h"

struct drawing
points_drawing(const struct settings *settings, size_t features)
{
	if (settings->task == &task_points && settings->layout->is_strokes &&
		features >= 2)
		return drawing_of_strokes(features);
	return drawing_of(features);
}
