/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/data_note.h"

#include <limits.h>
#include <stdio.h>

#include "base/printable.h"

void
data_note_print(const struct sequences *data, const char *path)
{
	char name[PATH_MAX];

	if (data->header_note != NULL)
		fprintf(stderr, "lstmtui: note: %s: %s\n",
			printable_copy(name, sizeof name, path),
			data->header_note);
}
