/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/column_name.h"

#include <stdio.h>

#include "base/printable.h"

enum { SHOWN_SIZE = 512 };

const char *
column_name(const struct sequences_column *columns, size_t features,
	size_t column, char text[COLUMN_NAME_SIZE])
{
	if (columns != NULL && columns[column].name[0] != '\0')
		return columns[column].name;
	if (features <= 2)
		snprintf(text, COLUMN_NAME_SIZE, "%c", column == 0 ? 'x' : 'y');
	else
		snprintf(text, COLUMN_NAME_SIZE, "x%zu", column + 1);
	return text;
}

json_t *
column_name_json(const struct sequences_column *columns, size_t features,
	size_t column)
{
	char text[COLUMN_NAME_SIZE], shown[SHOWN_SIZE];
	const char *name = column_name(columns, features, column, text);
	json_t *string = json_string(name);

	return string != NULL
		? string
		: json_string(printable_copy(shown, sizeof shown, name));
}
