/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/pickle_machine.h"

#include <string.h>

#include "base/memory.h"

bool
pickle_damaged(struct pickle_machine *machine)
{
	return error_set(machine->error, "damaged: the pickle is wrong at %zu",
		machine->at);
}

bool
pickle_add(struct pickle_machine *machine, struct pickle_numbers *numbers,
	size_t number)
{
	if (!memory_grow((void **)&numbers->number, &numbers->capacity,
		    numbers->count + 1, sizeof *numbers->number))
		return error_out_of_memory(machine->error);
	numbers->number[numbers->count++] = (uint32_t)number;
	return true;
}

/* Take bytes of the pickle; NULL if there are not so many. */
static const unsigned char *
take(struct pickle_machine *machine, size_t count)
{
	const unsigned char *bytes = machine->bytes + machine->at;

	if (count > machine->size - machine->at)
		return NULL;
	machine->at += count;
	return bytes;
}

/* Take an unsigned number, lowest byte first. */
bool
pickle_take_number(struct pickle_machine *machine, size_t size,
	uint64_t *number)
{
	const unsigned char *bytes = take(machine, size);

	*number = 0;
	if (bytes == NULL)
		return pickle_damaged(machine);
	for (size_t i = 0; i < size; i++)
		*number |= (uint64_t)bytes[i] << 8 * i;
	return true;
}

/* Push a copy of a value. */
bool
pickle_push(struct pickle_machine *machine, const struct pickle_value *value)
{
	struct pickle *pickle = machine->pickle;

	if (!memory_grow((void **)&pickle->value, &pickle->capacity,
		    pickle->values + 1, sizeof *pickle->value))
		return error_out_of_memory(machine->error);
	pickle->value[pickle->values] = *value;
	return pickle_add(machine, &machine->stack, pickle->values++);
}

/* The values above the last mark, or all. */
size_t
pickle_above_mark(const struct pickle_machine *machine)
{
	const struct pickle_numbers *marks = &machine->marks;

	return machine->stack.count -
		(marks->count > 0 ? marks->number[marks->count - 1] : 0);
}

/* Take a value from the stack, above the last mark. */
bool
pickle_pop(struct pickle_machine *machine, uint32_t *number)
{
	if (pickle_above_mark(machine) == 0)
		return pickle_damaged(machine);
	*number = machine->stack.number[--machine->stack.count];
	return true;
}

/* Return the top of the stack, of this type; NULL if it is none. */
struct pickle_value *
pickle_top(struct pickle_machine *machine, enum pickle_type type)
{
	struct pickle_value *value;

	if (pickle_above_mark(machine) > 0) {
		value = &machine->pickle
				 ->value[machine->stack.number
						 [machine->stack.count - 1]];
		if (value->type == type)
			return value;
	}
	pickle_damaged(machine);
	return NULL;
}

bool
pickle_push_empty(struct pickle_machine *machine, enum pickle_type type)
{
	return pickle_push(machine, &(struct pickle_value){.type = type});
}

bool
pickle_push_number(struct pickle_machine *machine, int64_t number)
{
	return pickle_push(machine,
		&(struct pickle_value){.type = PICKLE_NUMBER,
			.number = number});
}

/* An unsigned integer of so many bytes. */
bool
pickle_push_unsigned(struct pickle_machine *machine, size_t size)
{
	uint64_t number = 0;

	return pickle_take_number(machine, size, &number) &&
		pickle_push_number(machine, (int64_t)number);
}

/* BININT: a signed integer of 4 bytes. */
bool
pickle_push_int32(struct pickle_machine *machine)
{
	uint64_t number = 0;

	return pickle_take_number(machine, 4, &number) &&
		pickle_push_number(machine, (int32_t)(uint32_t)number);
}

/* LONG1: a length, and a signed integer of so many bytes. */
bool
pickle_push_long(struct pickle_machine *machine)
{
	uint64_t length = 0, number = 0;

	if (!pickle_take_number(machine, 1, &length))
		return false;
	if (length > sizeof number)
		return take(machine, (size_t)length) != NULL
			? pickle_push_empty(machine, PICKLE_LONG)
			: pickle_damaged(machine);
	if (!pickle_take_number(machine, (size_t)length, &number))
		return false;
	if (length > 0 && length < sizeof number &&
		number >> (8 * length - 1) != 0)
		number |= UINT64_MAX << 8 * length;
	return pickle_push_number(machine, (int64_t)number);
}

/* BINFLOAT: 8 bytes, highest first. */
bool
pickle_push_real(struct pickle_machine *machine)
{
	struct pickle_value value = {.type = PICKLE_REAL};
	const unsigned char *bytes = take(machine, sizeof value.real);
	uint64_t bits = 0;

	if (bytes == NULL)
		return pickle_damaged(machine);
	for (size_t i = 0; i < sizeof bits; i++)
		bits = bits << 8 | bytes[i];
	memcpy(&value.real, &bits, sizeof bits);
	return pickle_push(machine, &value);
}

/* A length of so many bytes, and a string or bytes. */
bool
pickle_push_text(struct pickle_machine *machine, size_t size)
{
	struct pickle_value value = {.type = PICKLE_TEXT};
	uint64_t length = 0;

	if (!pickle_take_number(machine, size, &length))
		return false;
	if (length > machine->size - machine->at)
		return pickle_damaged(machine);
	value.text.length = (size_t)length;
	value.text.bytes = (const char *)take(machine, (size_t)length);
	return pickle_push(machine, &value);
}

/* Append the last `count` values of the stack to the items of a value. */
bool
pickle_move_items(struct pickle_machine *machine, uint32_t to, size_t count)
{
	struct pickle_value *value = &machine->pickle->value[to];
	size_t first = machine->stack.count - count;

	if (count == 0)
		return true;
	if (!memory_grow((void **)&value->list.item, &value->list.capacity,
		    value->list.count + count, sizeof *value->list.item))
		return error_out_of_memory(machine->error);
	memcpy(value->list.item + value->list.count,
		machine->stack.number + first,
		count * sizeof *value->list.item);
	value->list.count += count;
	machine->stack.count = first;
	return true;
}

/* Replace the last `count` values by one that has them as items. */
bool
pickle_collect(struct pickle_machine *machine, enum pickle_type type,
	size_t count)
{
	uint32_t number = 0;

	if (count > pickle_above_mark(machine))
		return pickle_damaged(machine);
	/* the new value is pushed above its items, and taken off again */
	if (!pickle_push_empty(machine, type) ||
		!pickle_pop(machine, &number) ||
		!pickle_move_items(machine, number, count))
		return false;
	return pickle_add(machine, &machine->stack, number);
}

/* Remove the last mark; return the number of values above it. */
bool
pickle_pop_mark(struct pickle_machine *machine, size_t *count)
{
	if (machine->marks.count == 0)
		return pickle_damaged(machine);
	*count = pickle_above_mark(machine);
	machine->marks.count--;
	return true;
}

bool
pickle_collect_marked(struct pickle_machine *machine, enum pickle_type type)
{
	size_t count = 0;

	return pickle_pop_mark(machine, &count) &&
		pickle_collect(machine, type, count);
}

/* Append the last `count` values to the list or dict below them. */
bool
pickle_append(struct pickle_machine *machine, enum pickle_type type,
	size_t count)
{
	size_t total = machine->stack.count;
	uint32_t to = 0;

	if (count >= pickle_above_mark(machine) ||
		(type == PICKLE_DICT && count % 2 != 0))
		return pickle_damaged(machine);
	to = machine->stack.number[total - count - 1];
	if (machine->pickle->value[to].type != type)
		return pickle_damaged(machine);
	return pickle_move_items(machine, to, count);
}

bool
pickle_append_marked(struct pickle_machine *machine, enum pickle_type type)
{
	size_t count = 0;

	return pickle_pop_mark(machine, &count) &&
		pickle_append(machine, type, count);
}
