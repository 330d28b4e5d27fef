/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A list of distinct words, numbered from 0 in the order in which they were
 * added. A hash table finds the number of a word.
 */
#ifndef LSTMTUI_TASK_WORD_LIST_H
#define LSTMTUI_TASK_WORD_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* All zero: an empty list. */
struct word_list {
	size_t count;
	size_t used; /* bytes of all words */
	char *bytes; /* the words, one after another */
	size_t *end; /* [count]: of each word in bytes */
	size_t bytes_capacity, end_capacity;
	uint32_t *slot; /* [slots]: number of a word + 1, or 0 */
	size_t slots;   /* a power of two, or 0 */
};

/*
 * Add a word of `length` bytes unless it is in the list. Store its number.
 * Return false if out of memory.
 */
bool word_list_add(struct word_list *list, const char *word, size_t length,
	uint32_t *number, struct error *error);

/* Find the number of a word. Return false if it is not in the list. */
bool word_list_find(const struct word_list *list, const char *word,
	size_t length, uint32_t *number);

/* Return the bytes of a word, without '\0'; store their number. */
const char *word_list_get(const struct word_list *list, size_t number,
	size_t *length);

/* Copy a list to *copy, which is overwritten. */
bool word_list_copy(struct word_list *copy, const struct word_list *list,
	struct error *error);
bool word_list_equals(const struct word_list *one,
	const struct word_list *other);
void word_list_destroy(struct word_list *list);

#endif
