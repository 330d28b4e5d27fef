/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/column_name.h"

#include <stdio.h>

char *
column_name(size_t features, size_t column, char name[COLUMN_NAME_SIZE])
{
	if (features <= 2)
		snprintf(name, COLUMN_NAME_SIZE, "%c", column == 0 ? 'x' : 'y');
	else
		snprintf(name, COLUMN_NAME_SIZE, "x%zu", column + 1);
	return name;
}
