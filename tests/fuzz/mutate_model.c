/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Custom mutator of libFuzzer for model files: change the header or the data,
 * and correct the header's length. Otherwise the reader's first check would
 * refuse most inputs whose length changed.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { LENGTH_BYTES = 8, ROOM = 1 << 16 };

/* libFuzzer's own mutation of bytes in place; returns the new size. */
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t size, size_t room);

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t room,
	unsigned seed);

static uint64_t
header_length(const uint8_t *bytes)
{
	uint64_t length = 0;

	for (int i = LENGTH_BYTES - 1; i >= 0; i--)
		length = length << 8 | bytes[i];
	return length;
}

static void
set_header_length(uint8_t *bytes, uint64_t length)
{
	for (int i = 0; i < LENGTH_BYTES; i++)
		bytes[i] = (uint8_t)(length >> 8 * i);
}

/* Replace one of the numbers in text[length]; return the new length. */
static size_t
mutate_number(uint8_t *text, size_t length, size_t room, unsigned seed)
{
	static const char *const numbers[] = {"0", "1", "2", "3", "4", "5", "8",
		"16", "64", "1000", "1048576", "1073741824", "4294967296",
		"9223372036854775807", "18446744073709551615", "-1", "1e999"};
	const char *number =
		numbers[seed / 64 % (sizeof numbers / sizeof numbers[0])];
	size_t start = length > 0 ? seed / 4096 % length : 0, end, count;

	while (start < length && (text[start] < '0' || text[start] > '9'))
		start++;
	for (end = start; end < length && text[end] >= '0' && text[end] <= '9';)
		end++;
	count = strlen(number);
	if (start == end || length - (end - start) + count > room)
		return LLVMFuzzerMutate(text, length, room);
	memmove(text + start + count, text + end, length - end);
	memcpy(text + start, number, count);
	return length - (end - start) + count;
}

/* Mutate header[length], which is followed by data; return the new size. */
static size_t
mutate_header(uint8_t *bytes, size_t size, size_t length, size_t room,
	unsigned seed)
{
	static uint8_t data[ROOM];
	size_t rest = size - LENGTH_BYTES - length;

	memcpy(data, bytes + LENGTH_BYTES + length, rest);
	room -= LENGTH_BYTES + rest;
	length = seed % 4 == 2
		? mutate_number(bytes + LENGTH_BYTES, length, room, seed)
		: LLVMFuzzerMutate(bytes + LENGTH_BYTES, length, room);
	memcpy(bytes + LENGTH_BYTES + length, data, rest);
	set_header_length(bytes, length);
	return LENGTH_BYTES + length + rest;
}

size_t
LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t room, unsigned seed)
{
	size_t before;

	/* at times mutate all bytes; always if the input is no model file */
	if (seed % 16 == 0 || size < LENGTH_BYTES || size > ROOM ||
		size == room || header_length(bytes) > size - LENGTH_BYTES)
		return LLVMFuzzerMutate(bytes, size, room);
	before = LENGTH_BYTES + (size_t)header_length(bytes);
	if (seed % 4 != 1)
		return mutate_header(bytes, size, before - LENGTH_BYTES, room,
			seed);
	return before +
		LLVMFuzzerMutate(bytes + before, size - before, room - before);
}
