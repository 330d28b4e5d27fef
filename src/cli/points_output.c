/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/points_output.h"

#include <stdio.h>

#include "cli/json_output.h"

static double
shown(const float *points, size_t at, size_t column,
	const struct scaling *scaling)
{
	return scaling_round(scaling, column,
		scaling_undo_one(scaling, column, points[at]));
}

void
points_output_csv(const float *points, size_t length, size_t features,
	const struct scaling *scaling)
{
	for (size_t i = 0; i < length; i++)
		for (size_t f = 0; f < features; f++)
			printf("%.*g%c", scaling_digits(scaling),
				shown(points, i * features + f, f, scaling),
				f + 1 < features ? ',' : '\n');
}

json_t *
points_output_json(const float *points, size_t length, size_t features,
	const struct scaling *scaling)
{
	json_t *list = json_array();
	int failed = list == NULL;

	for (size_t i = 0; !failed && i < length; i++) {
		json_t *point = json_array();

		for (size_t f = 0; f < features; f++)
			failed |= json_array_append_new(point,
				json_output_number(shown(points,
					i * features + f, f, scaling)));
		failed |= json_array_append_new(list, point);
	}
	if (!failed)
		return list;
	json_decref(list);
	return NULL;
}
