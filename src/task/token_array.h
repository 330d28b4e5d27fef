/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An array of tokens with as many bytes for each as their numbers need: a text
 * of at most 256 different characters takes one byte for each.
 */
#ifndef LSTMTUI_TASK_TOKEN_ARRAY_H
#define LSTMTUI_TASK_TOKEN_ARRAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* All zero: no array. */
struct token_array {
	void *item;
	size_t width; /* bytes of a token: 1, 2 or 4 */
};

/* Return the bytes that a token needs, of a vocabulary of `tokens` tokens. */
size_t token_array_width(size_t tokens);

/*
 * Create an array of `count` tokens. The system gives it memory where it is
 * written. Release it with token_array_destroy. Return false if out of memory.
 */
bool token_array_create(struct token_array *array, size_t count, size_t width);

/*
 * Make an array of `count` tokens of one byte from a block of at least as many
 * bytes, which the array then owns, and give back the rest of the block.
 */
void token_array_take(struct token_array *array, unsigned char *bytes,
	size_t count);

/*
 * Give an array of `count` tokens another width, unless its width is right. Its
 * tokens are then in *old, which the caller destroys, and the array is empty.
 * Return false if out of memory.
 */
bool token_array_set_width(struct token_array *array, size_t count,
	size_t width, struct token_array *old, struct error *error);

void token_array_destroy(struct token_array *array);

/* Use an array of C as an array of tokens; it must not be destroyed. */
struct token_array token_array_of(uint32_t *item);

static inline uint32_t
token_array_get(const struct token_array *array, size_t at)
{
	if (array->width == 1)
		return ((const uint8_t *)array->item)[at];
	if (array->width == 2)
		return ((const uint16_t *)array->item)[at];
	return ((const uint32_t *)array->item)[at];
}

static inline void
token_array_set(const struct token_array *array, size_t at, uint32_t token)
{
	if (array->width == 1)
		((uint8_t *)array->item)[at] = (uint8_t)token;
	else if (array->width == 2)
		((uint16_t *)array->item)[at] = (uint16_t)token;
	else
		((uint32_t *)array->item)[at] = token;
}

/* Copy `count` tokens from number `first` on. */
void token_array_copy(const struct token_array *array, size_t first,
	size_t count, uint32_t *to);

#endif
