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

struct multiples
points_multiples(const struct run *run, const struct multiples_item *items,
	size_t count)
{
	const struct task *task = run_task(run);
	struct drawing drawing =
		points_drawing(run_settings(run), run_features(run));

	return multiples_make(items, count, &drawing, task->is_closed,
		task->make != NULL && run_scaling(run)->features == 0);
}
