/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/task.h"

const struct kind *const task_list[] = {
	&task_rectangle.kind,
	&task_rectangle_mid.kind,
	&task_rectangle_skew.kind,
	&task_circle.kind,
	&task_star.kind,
	&task_cross.kind,
	&task_spiral.kind,
	&task_points.kind,
	&task_text.kind,
	NULL,
};

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
