/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hdf5.h"

#include <check.h>
#include <stdbool.h>
#include <string.h>

#include "suite.h"

enum { DATASPACE = 1, DATATYPE = 3, LINK = 6, LAYOUT = 8 };

static uint32_t
rotate(uint32_t word, int bits)
{
	return word << bits | word >> (32 - bits);
}

/* A step of mixing a block, and of mixing the last one. */
static void
mix(uint32_t *x, uint32_t *y, uint32_t *z, int bits)
{
	*x -= *z;
	*x ^= rotate(*z, bits);
	*z += *y;
}

static void
finish(uint32_t *x, const uint32_t *y, int bits)
{
	*x ^= *y;
	*x -= rotate(*y, bits);
}

static uint64_t
number(const unsigned char *bytes, size_t size)
{
	uint64_t value = 0;

	for (size_t i = size; i > 0; i--)
		value = value << 8 | bytes[i - 1];
	return value;
}

/* As its author describes it: three words, the last block padded with 0. */
uint32_t
hdf5_lookup3(const unsigned char *bytes, size_t count)
{
	uint32_t a = 0xdeadbeefU + (uint32_t)count, b = a, c = a;

	while (count > 0) {
		unsigned char block[12] = {0};
		size_t length = count < 12 ? count : 12;

		memcpy(block, bytes, length);
		a += (uint32_t)number(block, 4);
		b += (uint32_t)number(block + 4, 4);
		c += (uint32_t)number(block + 8, 4);
		bytes += length;
		count -= length;
		if (count > 0) {
			mix(&a, &b, &c, 4);
			mix(&b, &c, &a, 6);
			mix(&c, &a, &b, 8);
			mix(&a, &b, &c, 16);
			mix(&b, &c, &a, 19);
			mix(&c, &a, &b, 4);
			continue;
		}
		finish(&c, &b, 14);
		finish(&a, &c, 11);
		finish(&b, &a, 25);
		finish(&c, &b, 16);
		finish(&a, &c, 4);
		finish(&b, &a, 14);
		finish(&c, &b, 24);
	}
	return c;
}

/* Check that a range is inside the file, and its checksum after it. */
static void
expect_sum(const struct hdf5 *file, size_t at, size_t size)
{
	EXPECT(at < file->size && size + 4 <= file->size - at,
		"%zu bytes at %zu are outside of the file", size, at);
	EXPECT(number(file->bytes + at + size, 4) ==
			hdf5_lookup3(file->bytes + at, size),
		"the checksum of %zu bytes at %zu", size, at);
}

struct hdf5
hdf5_open(const void *bytes, size_t size)
{
	struct hdf5 file = {bytes, size};

	expect_sum(&file, 0, 44);
	ck_assert(memcmp(bytes,
			  "\x89HDF\r\n\x1a\n\2\10\10\0"
			  "\0\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff",
			  28) == 0);
	ck_assert_uint_eq(number(file.bytes + 28, 8), size);
	return file;
}

/*
 * Return the nth message of a type in the header of an object, and its size;
 * NULL if there are fewer.
 */
static const unsigned char *
find_message(const struct hdf5 *file, size_t object, unsigned type, size_t n,
	size_t *size)
{
	const unsigned char *header = file->bytes + object, *at, *end;
	size_t length;

	EXPECT(object % 8 == 0 && object + 10 < file->size, "a header at %zu",
		object);
	/* version 2, 4 bytes of length, no times */
	ck_assert(memcmp(header, "OHDR\2\2", 6) == 0);
	length = (size_t)number(header + 6, 4);
	expect_sum(file, object, 10 + length);
	at = header + 10;
	end = at + length;
	while (at < end) {
		EXPECT(end - at >= 4, "a cut message");
		*size = (size_t)number(at + 1, 2);
		EXPECT(*size <= (size_t)(end - at) - 4, "a cut message");
		EXPECT(at[3] == 0, "flags %d", at[3]);
		if (at[0] == type && n-- == 0)
			return at + 4;
		at += 4 + *size;
	}
	return NULL;
}

/* Return the target of the link with this name, or 0. */
static size_t
follow(const struct hdf5 *file, size_t group, const char *name, size_t length)
{
	const unsigned char *link;
	size_t size;

	for (size_t n = 0;
		(link = find_message(file, group, LINK, n, &size)) != NULL;
		n++) {
		/* version 1, no flags */
		ck_assert(link[0] == 1 && link[1] == 0);
		ck_assert_uint_eq(size, 3U + link[2] + 8);
		if (link[2] == length && memcmp(link + 3, name, length) == 0)
			return (size_t)number(link + 3 + length, 8);
	}
	return 0;
}

size_t
hdf5_find(const struct hdf5 *file, const char *path)
{
	size_t object = (size_t)number(file->bytes + 36, 8);

	for (const char *name = path; *name != '\0';) {
		size_t length = strcspn(name, "/");

		object = follow(file, object, name, length);
		ck_assert_msg(object != 0, "no %s", path);
		name += length + (name[length] == '/');
	}
	return object;
}

size_t
hdf5_links(const struct hdf5 *file, const char *path)
{
	size_t group = hdf5_find(file, path), count = 0, size;

	while (find_message(file, group, LINK, count, &size) != NULL)
		count++;
	return count;
}

/* Return the only message of a type; assert its size. */
static const unsigned char *
message_of(const struct hdf5 *file, size_t object, unsigned type, size_t wanted)
{
	size_t size;
	const unsigned char *message =
		find_message(file, object, type, 0, &size);

	ck_assert_ptr_nonnull(message);
	ck_assert_uint_eq(size, wanted);
	return message;
}

/* Return the data of a dataset; assert their length. */
static const unsigned char *
data_of(const struct hdf5 *file, size_t object, size_t length)
{
	const unsigned char *layout = message_of(file, object, LAYOUT, 18);
	size_t at = (size_t)number(layout + 2, 8);

	/* version 3, contiguous */
	ck_assert(layout[0] == 3 && layout[1] == 1);
	ck_assert_uint_eq(number(layout + 10, 8), length);
	EXPECT(at < file->size && length <= file->size - at, "data at %zu", at);
	return file->bytes + at;
}

const void *
hdf5_floats(const struct hdf5 *file, const char *path, size_t rows,
	size_t columns)
{
	/* IEEE 754, 32 bits, little-endian, as libhdf5 describes it */
	static const unsigned char type[] = {0x11, 0x20, 0x1f, 0, 4, 0, 0, 0, 0,
		0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0};
	size_t object = hdf5_find(file, path), rank = rows > 0 ? 2 : 1;
	const unsigned char *space =
		message_of(file, object, DATASPACE, 4 + 8 * rank);

	ck_assert(memcmp(message_of(file, object, DATATYPE, sizeof type), type,
			  sizeof type) == 0);
	/* version 2, no maximum, simple */
	ck_assert(space[0] == 2 && space[1] == rank && space[2] == 0 &&
		space[3] == 1);
	if (rows > 0)
		ck_assert_uint_eq(number(space + 4, 8), rows);
	ck_assert_uint_eq(number(space + 8 * rank - 4, 8), columns);
	return data_of(file, object,
		(rows > 0 ? rows : 1) * columns * sizeof(float));
}

const char *
hdf5_text(const struct hdf5 *file, const char *path, size_t *length)
{
	size_t object = hdf5_find(file, path);
	const unsigned char *type = message_of(file, object, DATATYPE, 8);

	/* a string padded with '\0', UTF-8; a scalar */
	ck_assert(type[0] == 0x13 && number(type + 1, 3) == 0x11);
	ck_assert(memcmp(message_of(file, object, DATASPACE, 4), "\2\0\0\0",
			  4) == 0);
	*length = (size_t)number(type + 4, 4);
	return (const char *)data_of(file, object, *length);
}
