/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/name.h"

#include <string.h>

enum { NEAREST_LENGTH_MAX = 40 };

/*
 * Return the Levenshtein distance, computed with one row of the table; the
 * maximum for a name longer than the row.
 */
static size_t
edit_distance(const char *a, const char *b)
{
	size_t row[NEAREST_LENGTH_MAX + 1] = {0};
	size_t width = strlen(b);

	if (width > NEAREST_LENGTH_MAX)
		return NEAREST_LENGTH_MAX;
	for (size_t j = 0; j <= width; j++)
		row[j] = j;
	for (size_t i = 0; a[i] != '\0'; i++) {
		size_t diagonal = row[0];

		row[0] = i + 1;
		for (size_t j = 0; j < width; j++) {
			size_t above = row[j + 1];
			size_t best = diagonal + (a[i] != b[j]);

			if (above + 1 < best)
				best = above + 1;
			if (row[j] + 1 < best)
				best = row[j] + 1;
			row[j + 1] = best;
			diagonal = above;
		}
	}
	return row[width];
}

const char *
name_nearest(const char *text, const char *const *names, size_t count)
{
	const char *nearest = NULL;
	size_t min = strlen(text) / 2 + 1;

	for (size_t i = 0; i < count; i++) {
		size_t distance = edit_distance(text, names[i]);

		/* a prefix of the name is close; an empty text is not */
		if (strncmp(text, names[i], strlen(text)) == 0)
			distance = text[0] == '\0';
		if (distance < min) {
			min = distance;
			nearest = names[i];
		}
	}
	return nearest;
}
