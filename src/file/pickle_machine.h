/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The stack of the machine that a pickle runs on (file/pickle_reader.h): values
 * are pushed, and collected into tuples, lists and dicts. Each function returns
 * false, with a message, if the pickle is damaged or if out of memory.
 */
#ifndef LSTMTUI_FILE_PICKLE_MACHINE_H
#define LSTMTUI_FILE_PICKLE_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "file/pickle_value.h"

/* Numbers of values, in an array that grows. */
struct pickle_numbers {
	uint32_t *number;
	size_t count, capacity;
};

struct pickle_machine {
	struct pickle *pickle;
	const unsigned char *bytes;
	size_t size, at; /* of the pickle; the next byte */
	struct pickle_numbers stack;
	struct pickle_numbers marks; /* sizes of the stack at the marks */
	struct pickle_numbers memo;  /* 0: no value */
	struct error *error;
};

/* Set the error of a damaged pickle. Return false. */
bool pickle_damaged(struct pickle_machine *machine);

bool pickle_add(struct pickle_machine *machine, struct pickle_numbers *numbers,
	size_t number);

/* Take an unsigned number of `size` bytes, at most 8, lowest first. */
bool pickle_take_number(struct pickle_machine *machine, size_t size,
	uint64_t *number);

/* Push a copy of a value, or an empty value of a type. */
bool pickle_push(struct pickle_machine *machine,
	const struct pickle_value *value);
bool pickle_push_empty(struct pickle_machine *machine, enum pickle_type type);
bool pickle_push_number(struct pickle_machine *machine, int64_t number);

/*
 * Push a value whose bytes are next in the pickle: an unsigned number of `size`
 * bytes, a signed one of 4 bytes, one after its length, a real number, a text
 * after its length of `size` bytes.
 */
bool pickle_push_unsigned(struct pickle_machine *machine, size_t size);
bool pickle_push_int32(struct pickle_machine *machine);
bool pickle_push_long(struct pickle_machine *machine);
bool pickle_push_real(struct pickle_machine *machine);
bool pickle_push_text(struct pickle_machine *machine, size_t size);

/* Return how many values are above the last mark, or on the stack. */
size_t pickle_above_mark(const struct pickle_machine *machine);

/* Take the top of the stack. */
bool pickle_pop(struct pickle_machine *machine, uint32_t *number);

/* Return the top of the stack; NULL if there is none of this type. */
struct pickle_value *pickle_top(struct pickle_machine *machine,
	enum pickle_type type);

/* Move the last `count` values to the items of a value. */
bool pickle_move_items(struct pickle_machine *machine, uint32_t to,
	size_t count);

/*
 * Replace the last `count` values, or those above the last mark, by a value
 * with them as items.
 */
bool pickle_collect(struct pickle_machine *machine, enum pickle_type type,
	size_t count);
bool pickle_collect_marked(struct pickle_machine *machine,
	enum pickle_type type);

/* Append them to the value below them, which must have the type. */
bool pickle_append(struct pickle_machine *machine, enum pickle_type type,
	size_t count);
bool pickle_append_marked(struct pickle_machine *machine,
	enum pickle_type type);

/* Remove the last mark. Store the number of values above it. */
bool pickle_pop_mark(struct pickle_machine *machine, size_t *count);

#endif
