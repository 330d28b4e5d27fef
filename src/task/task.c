/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/task.h"

#include <stdio.h>

#include "base/translate.h"

const struct kind *const task_list[] = {
	&task_rectangle.kind,
	&task_rectangle_mid.kind,
	&task_rectangle_skew.kind,
	&task_circle.kind,
	&task_star.kind,
	&task_cross.kind,
	&task_spiral.kind,
	&task_recall.kind,
	&task_count.kind,
	&task_points.kind,
	&task_text.kind,
	NULL,
};

size_t
task_length(const struct task *task, uint64_t gap)
{
	return task->points_besides_gap > 0
		? task->points_besides_gap + (size_t)gap
		: task->points;
}

const char *
task_shape_error_label(const struct task *task)
{
	return task->shape_error_label != NULL ? task->shape_error_label
					       : N_("shape error");
}

const struct task_floor *
task_floor(const struct task *task, const struct framing *framing,
	const struct loss *loss)
{
	const struct task_floor *floor = task->floors;

	if (framing_has_window(framing))
		return NULL;
	for (; floor != NULL && floor->loss != NULL; floor++)
		if (floor->loss == loss &&
			(framing->carries_state || !floor->needs_state))
			return floor;
	return NULL;
}

double
task_floor_value(const struct task_floor *floor, size_t points)
{
	return floor->text != NULL ? floor->value
				   : floor->value / (double)(points - 1);
}

const char *
task_floor_text(const struct task_floor *floor, size_t points,
	char text[TASK_FLOOR_TEXT_SIZE])
{
	if (floor->text != NULL)
		snprintf(text, TASK_FLOOR_TEXT_SIZE, "%s", floor->text);
	else
		snprintf(text, TASK_FLOOR_TEXT_SIZE, "1/%.0f",
			1 / task_floor_value(floor, points));
	return text;
}

bool
task_floor_is_passed(const struct task_floor *floor,
	const struct framing *framing)
{
	return floor->text == NULL && framing->carries_state;
}
