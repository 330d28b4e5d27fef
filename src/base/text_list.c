/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text_list.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"

enum { LINE_SIZE = 401 };

bool
text_list_add(struct text_list *list, const char *format, ...)
{
	char line[LINE_SIZE], *copy;
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(line, sizeof line, format, arguments);
	va_end(arguments);
	copy = memory_string(line);
	if (copy == NULL)
		return false;
	if (!memory_grow((void **)&list->text, &list->capacity, list->count + 1,
		    sizeof *list->text)) {
		free(copy);
		return false;
	}
	list->text[list->count++] = copy;
	return true;
}

void
text_list_destroy(struct text_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->text[i]);
	free(list->text);
	*list = (struct text_list){0};
}
