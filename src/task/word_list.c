/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/word_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"

enum { SLOTS_MIN = 64 };

const char *
word_list_get(const struct word_list *list, size_t number, size_t *length)
{
	size_t start = number > 0 ? list->end[number - 1] : 0;

	*length = list->end[number] - start;
	return list->bytes + start;
}

/* Return the slot of a word: that with its number, or an empty one. */
static size_t
find_slot(const struct word_list *list, const char *word, size_t length)
{
	uint64_t hash = hash_bytes(HASH_EMPTY, word, length);
	size_t at = (size_t)(hash ^ hash >> 32) & (list->slots - 1);

	for (; list->slot[at] != 0; at = (at + 1) & (list->slots - 1)) {
		size_t has;
		const char *other =
			word_list_get(list, list->slot[at] - 1, &has);

		if (has == length && memcmp(other, word, length) == 0)
			break;
	}
	return at;
}

/* Replace the hash table by a larger one. */
static bool
enlarge(struct word_list *list, struct error *error)
{
	size_t slots = list->slots > 0 ? 2 * list->slots : SLOTS_MIN;
	uint32_t *slot = memory_new(slots, sizeof *slot);

	if (slot == NULL)
		return error_out_of_memory(error);
	free(list->slot);
	list->slot = slot;
	list->slots = slots;
	for (size_t i = 0; i < list->count; i++) {
		size_t length;
		const char *word = word_list_get(list, i, &length);

		list->slot[find_slot(list, word, length)] = (uint32_t)i + 1;
	}
	return true;
}

bool
word_list_add(struct word_list *list, const char *word, size_t length,
	uint32_t *number, struct error *error)
{
	size_t at;

	/* at most half of the slots are used */
	if (2 * (list->count + 1) > list->slots && !enlarge(list, error))
		return false;
	at = find_slot(list, word, length);
	if (list->slot[at] == 0) {
		if (!memory_grow((void **)&list->bytes, &list->bytes_capacity,
			    list->used + length, 1) ||
			!memory_grow((void **)&list->end, &list->end_capacity,
				list->count + 1, sizeof *list->end))
			return error_out_of_memory(error);
		memcpy(list->bytes + list->used, word, length);
		list->used += length;
		list->end[list->count++] = list->used;
		list->slot[at] = (uint32_t)list->count;
	}
	*number = list->slot[at] - 1;
	return true;
}

bool
word_list_find(const struct word_list *list, const char *word, size_t length,
	uint32_t *number)
{
	size_t at;

	if (list->slots == 0)
		return false;
	at = find_slot(list, word, length);
	if (list->slot[at] == 0)
		return false;
	*number = list->slot[at] - 1;
	return true;
}

bool
word_list_copy(struct word_list *copy, const struct word_list *list,
	struct error *error)
{
	*copy = (struct word_list){0};
	for (size_t i = 0; i < list->count; i++) {
		size_t length;
		const char *word = word_list_get(list, i, &length);
		uint32_t number;

		if (!word_list_add(copy, word, length, &number, error)) {
			word_list_destroy(copy);
			return false;
		}
	}
	return true;
}

bool
word_list_equals(const struct word_list *one, const struct word_list *other)
{
	return one->count == other->count &&
		(one->count == 0 ||
			(memcmp(one->end, other->end,
				 one->count * sizeof *one->end) == 0 &&
				memcmp(one->bytes, other->bytes, one->used) ==
					0));
}

void
word_list_destroy(struct word_list *list)
{
	free(list->bytes);
	free(list->end);
	free(list->slot);
	*list = (struct word_list){0};
}
