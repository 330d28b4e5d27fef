/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/data_head.h"

#include <stdio.h>
#include <string.h>

#include "base/regular_file.h"
#include "base/translate.h"
#include "task/column_list.h"

/* Bytes of the name of a column that are shown. */
enum { NAME_MAX_SHOWN = 24 };

/* Append the names of the columns that are in the list, or are not. */
static void
add_names(const struct csv_dialect *dialect, const struct column_list *list,
	bool is_listed, char *text, size_t size)
{
	const char *before = is_listed ? ": " : _("; left out: ");
	size_t length = strlen(text);

	for (size_t i = 0; i < dialect->count && length < size; i++) {
		const char *name = dialect->column[i].name;

		if (column_list_contains(list, i) != is_listed ||
			(is_listed && name[0] == '\0'))
			continue;
		if (name[0] != '\0')
			length += (size_t)snprintf(text + length, size - length,
				"%s%.*s", before, NAME_MAX_SHOWN, name);
		else
			length += (size_t)snprintf(text + length, size - length,
				"%s%zu", before, i + 1);
		before = ", ";
	}
}

static void
describe(const struct csv_dialect *dialect, const struct column_list *list,
	char *text, size_t size)
{
	snprintf(text, size,
		translate_count("%zu column", "%zu columns", list->count),
		list->count);
	add_names(dialect, list, true, text, size);
	add_names(dialect, list, false, text, size);
}

char *
data_head_describe(const struct sequences_config *config, char *text,
	size_t size)
{
	const struct csv_dialect_config asked =
		sequences_dialect_config(config);
	struct csv_dialect dialect = {0};
	struct column_list list = {0};
	struct csv_reader *reader;
	struct error error;

	text[0] = '\0';
	if (config->bytes == NULL && regular_file_is_stdin(config->path))
		return text;
	reader = sequences_open(config, &error);
	if (reader == NULL) {
		snprintf(text, size, "%s", error.text);
		return text;
	}
	if (csv_dialect_find(&dialect, reader, &asked, &error) &&
		column_list_find(&list,
			config->columns != NULL ? config->columns : "",
			&dialect, &error))
		describe(&dialect, &list, text, size);
	else
		snprintf(text, size, "%s", error.text);
	column_list_destroy(&list);
	csv_dialect_destroy(&dialect);
	csv_reader_close(reader);
	return text;
}
