/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/token_array.h"

#include <stdlib.h>

#include "base/memory.h"

size_t
token_array_width(size_t tokens)
{
	if (tokens <= (size_t)UINT8_MAX + 1)
		return sizeof(uint8_t);
	if (tokens <= (size_t)UINT16_MAX + 1)
		return sizeof(uint16_t);
	return sizeof(uint32_t);
}

bool
token_array_create(struct token_array *array, size_t count, size_t width)
{
	array->width = width;
	array->item = memory_new(count, width);
	return array->item != NULL;
}

void
token_array_take(struct token_array *array, unsigned char *bytes, size_t count)
{
	array->width = sizeof *bytes;
	array->item = realloc(bytes, count > 0 ? count : 1);
	if (array->item == NULL)
		array->item = bytes;
}

bool
token_array_set_width(struct token_array *array, size_t count, size_t width,
	struct token_array *old, struct error *error)
{
	*old = (struct token_array){0};
	if (array->width == width)
		return true;
	*old = *array;
	if (token_array_create(array, count, width))
		return true;
	return error_out_of_memory(error);
}

void
token_array_destroy(struct token_array *array)
{
	free(array->item);
	*array = (struct token_array){0};
}

struct token_array
token_array_of(uint32_t *item)
{
	return (struct token_array){item, sizeof *item};
}

void
token_array_copy(const struct token_array *array, size_t first, size_t count,
	uint32_t *to)
{
	for (size_t i = 0; i < count; i++)
		to[i] = token_array_get(array, first + i);
}
