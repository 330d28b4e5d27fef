/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/column_list.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "base/name.h"
#include "base/number.h"
#include "base/translate.h"

static bool
add(struct column_list *list, size_t column, struct error *error)
{
	if (column_list_contains(list, column))
		return error_set_usage(error,
			"--columns: column %zu is listed twice", column + 1);
	if (!memory_grow((void **)&list->column, &list->capacity,
		    list->count + 1, sizeof *list->column))
		return error_out_of_memory(error);
	list->column[list->count++] = column;
	return true;
}

/* Find a column by its number or its name. */
static bool
find(const struct csv_dialect *dialect, const char *text, size_t *column)
{
	uint64_t number;

	if (number_parse_count(text, dialect->count, &number) && number > 0) {
		*column = (size_t)number - 1;
		return true;
	}
	for (size_t i = 0; text[0] != '\0' && i < dialect->count; i++)
		if (strcmp(dialect->column[i].name, text) == 0) {
			*column = i;
			return true;
		}
	for (size_t i = 0; text[0] != '\0' && i < dialect->count; i++)
		if (strcasecmp(dialect->column[i].name, text) == 0) {
			*column = i;
			return true;
		}
	return false;
}

/* Find both ends of a range: at any '-', since names may contain it. */
static bool
find_range(const struct csv_dialect *dialect, char *text, size_t *first,
	size_t *last)
{
	for (char *dash = strchr(text, '-'); dash != NULL;
		dash = strchr(dash + 1, '-')) {
		bool is_open = dash[1] == '\0', is_found;

		*dash = '\0';
		*last = dialect->count - 1;
		is_found = find(dialect, text, first) &&
			(is_open || find(dialect, dash + 1, last));
		*dash = '-';
		if (is_found)
			return true;
	}
	return false;
}

/* Refuse a column that is not there, with the nearest name. */
static bool
fail(const struct csv_dialect *dialect, const char *text, struct error *error)
{
	const char **names = memory_new(dialect->count, sizeof *names);
	const char *nearest;

	if (names == NULL)
		return error_out_of_memory(error);
	for (size_t i = 0; i < dialect->count; i++)
		names[i] = dialect->column[i].name;
	nearest = dialect->has_header
		? name_nearest(text, names, dialect->count)
		: NULL;
	free(names);
	if (nearest != NULL && nearest[0] != '\0')
		return error_set_usage(error,
			"--columns: '%s' is not a column; did you mean '%s'?",
			text, nearest);
	return error_set_usage(error,
		dialect->has_header
			? translate_count("--columns: '%s' is not a column; "
					  "the file has %zu column",
				  "--columns: '%s' is not a column; the file "
				  "has %zu columns",
				  dialect->count)
			: translate_count("--columns: '%s' is not a column; "
					  "the file has %zu column without "
					  "names",
				  "--columns: '%s' is not a column; the file "
				  "has %zu columns without names",
				  dialect->count),
		text, dialect->count);
}

/* Add the columns of one item of the list. */
static bool
add_item(struct column_list *list, char *text,
	const struct csv_dialect *dialect, struct error *error)
{
	size_t first, last;

	if (find(dialect, text, &first))
		last = first;
	else if (!find_range(dialect, text, &first, &last))
		return fail(dialect, text, error);
	if (last < first)
		return error_set_usage(error,
			"--columns: '%s' is a range that goes backwards", text);
	for (size_t i = first; i <= last; i++)
		if (!add(list, i, error))
			return false;
	return true;
}

/* Copy the next item of a list, without its quotes. Return the rest. */
static const char *
next_item(const char *text, char item[COLUMN_LIST_SIZE])
{
	bool is_quoted = *text == '"';
	size_t length = 0;

	text += is_quoted;
	while (*text != '\0' && (is_quoted || *text != ',')) {
		if (is_quoted && *text == '"' && *++text != '"') {
			is_quoted = false;
			continue;
		}
		item[length++] = *text++;
	}
	item[length] = '\0';
	return text;
}

bool
column_list_find(struct column_list *list, const char *text,
	const struct csv_dialect *dialect, struct error *error)
{
	char item[COLUMN_LIST_SIZE];

	*list = (struct column_list){0};
	for (size_t i = 0; text[0] == '\0' && i < dialect->count; i++)
		if (dialect->column[i].kind == CSV_COLUMN_NUMBERS &&
			!add(list, i, error))
			return false;
	while (text[0] != '\0') {
		text = next_item(text, item);
		if (!add_item(list, item, dialect, error))
			return false;
		text += *text == ',';
	}
	return true;
}

bool
column_list_contains(const struct column_list *list, size_t column)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->column[i] == column)
			return true;
	return false;
}

void
column_list_destroy(struct column_list *list)
{
	free(list->column);
	*list = (struct column_list){0};
}
