/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/zip_reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "file/crc32.h"
#include "file/inflate.h"

enum {
	LOCAL_SIZE = 30,   /* of a local header without its name */
	ENTRY_SIZE = 46,   /* of an entry of the central directory */
	END_SIZE = 22,     /* of the end record without its comment */
	LOCATOR_SIZE = 20, /* of the locator of the ZIP64 end record */
	END64_SIZE = 56,   /* of the ZIP64 end record */
	COMMENT_MAX = 65535,
	NUMBER_ZIP64 = 1, /* of the extra field with sizes of 8 bytes */
	METHOD_STORED = 0,
	METHOD_DEFLATED = 8,
	FLAG_ENCRYPTED = 1,
	NAME_SHOWN = 80 /* bytes of a name in a message */
};

/*
 * Inflated members may have this many bytes, and this many times the archive's:
 * weights hardly shrink.
 */
enum { INFLATED_MIN = 64 << 20, INFLATED_TIMES = 16 };

/* The central directory. */
struct directory {
	uint64_t at, size, entries;
};

static uint64_t
number_at(const unsigned char *bytes, size_t size)
{
	uint64_t number = 0;

	for (size_t i = 0; i < size; i++)
		number |= (uint64_t)bytes[i] << 8 * i;
	return number;
}

static bool
is_signed(const unsigned char *bytes, const char *signature)
{
	return memcmp(bytes, signature, 4) == 0;
}

/* Find the end record, whose comment ends the archive; NULL if none. */
static const unsigned char *
find_end(const struct zip_archive *archive)
{
	const unsigned char *bytes = archive->bytes;

	for (size_t comment = 0;
		comment <= COMMENT_MAX && comment + END_SIZE <= archive->size;
		comment++) {
		const unsigned char *end =
			bytes + archive->size - END_SIZE - comment;

		if (is_signed(end, "PK\5\6") &&
			number_at(end + 20, 2) == comment)
			return end;
	}
	return NULL;
}

/*
 * Replace the numbers of the end record by those of the ZIP64 record before it,
 * if there is one. *limit is where the central directory must end.
 */
static bool
read_end64(const struct zip_archive *archive, struct directory *directory,
	size_t *limit, struct error *error)
{
	const unsigned char *locator = archive->bytes + *limit - LOCATOR_SIZE,
			    *end;
	uint64_t at;

	if (*limit < LOCATOR_SIZE + END64_SIZE || !is_signed(locator, "PK\6\7"))
		return true;
	at = number_at(locator + 8, 8);
	if (at > *limit - LOCATOR_SIZE - END64_SIZE)
		return error_set(error, "damaged: its ZIP64 record is outside");
	end = archive->bytes + at;
	if (!is_signed(end, "PK\6\6"))
		return error_set(error, "damaged: its ZIP64 record is missing");
	directory->entries = number_at(end + 32, 8);
	directory->size = number_at(end + 40, 8);
	directory->at = number_at(end + 48, 8);
	*limit = (size_t)at;
	return true;
}

static bool
read_end(const struct zip_archive *archive, struct directory *directory,
	struct error *error)
{
	const unsigned char *end = find_end(archive);
	size_t limit;

	if (end == NULL)
		return error_set(error,
			"damaged: the archive has no end; it may be truncated");
	directory->entries = number_at(end + 10, 2);
	directory->size = number_at(end + 12, 4);
	directory->at = number_at(end + 16, 4);
	limit = (size_t)(end - archive->bytes);
	if (!read_end64(archive, directory, &limit, error))
		return false;
	if (directory->at > limit || directory->size > limit - directory->at)
		return error_set(error,
			"damaged: its directory is outside the archive");
	if (directory->entries > directory->size / ENTRY_SIZE)
		return error_set(error,
			"damaged: its directory has fewer members than it "
			"states");
	return true;
}

/*
 * Read the sizes of 8 bytes from the extra fields of an entry: each is there
 * only if the number of 4 bytes is all ones.
 */
static bool
read_sizes64(const unsigned char *extra, size_t length, uint64_t *size,
	uint64_t *packed, uint64_t *header)
{
	uint64_t *const numbers[] = {size, packed, header};

	while (length >= 4) {
		size_t field = (size_t)number_at(extra + 2, 2), used = 0;

		if (field > length - 4)
			return false;
		for (size_t i = 0; number_at(extra, 2) == NUMBER_ZIP64 && i < 3;
			i++) {
			if (*numbers[i] != UINT32_MAX)
				continue;
			if (used + 8 > field)
				return false;
			*numbers[i] = number_at(extra + 4 + used, 8);
			used += 8;
		}
		extra += 4 + field;
		length -= 4 + field;
	}
	return true;
}

/*
 * Check the local header of a member, which ends where its data begin, and that
 * the data are before `limit`.
 */
static bool
find_data(const struct zip_archive *archive, struct zip_member *member,
	uint64_t at, uint64_t packed, uint64_t limit)
{
	const unsigned char *local;
	uint64_t data;

	if (limit < LOCAL_SIZE || at > limit - LOCAL_SIZE)
		return false;
	local = archive->bytes + at;
	data = at + LOCAL_SIZE + number_at(local + 26, 2) +
		number_at(local + 28, 2);
	if (!is_signed(local, "PK\3\4") || data > limit ||
		packed > limit - data ||
		number_at(local + 8, 2) != member->method ||
		number_at(local + 26, 2) != member->name_length ||
		memcmp(local + LOCAL_SIZE, member->name, member->name_length) !=
			0)
		return false;
	member->header = (size_t)at;
	member->packed = archive->bytes + data;
	member->packed_size = (size_t)packed;
	return true;
}

/* Read an entry of the directory, [*left] bytes, and move past it. */
static bool
read_entry(const struct zip_archive *archive, struct zip_member *member,
	const unsigned char **entry, size_t *left, uint64_t limit)
{
	const unsigned char *at = *entry;
	uint64_t size, packed, header;
	size_t name, extra, length;

	if (*left < ENTRY_SIZE || !is_signed(at, "PK\1\2"))
		return false;
	name = (size_t)number_at(at + 28, 2);
	extra = (size_t)number_at(at + 30, 2);
	length = ENTRY_SIZE + name + extra + (size_t)number_at(at + 32, 2);
	if (length > *left)
		return false;
	member->flags = (uint16_t)number_at(at + 8, 2);
	member->method = (uint16_t)number_at(at + 10, 2);
	member->crc = (uint32_t)number_at(at + 16, 4);
	packed = number_at(at + 20, 4);
	size = number_at(at + 24, 4);
	header = number_at(at + 42, 4);
	member->name = (const char *)at + ENTRY_SIZE;
	member->name_length = name;
	*entry += length;
	*left -= length;
	if (!read_sizes64(at + ENTRY_SIZE + name, extra, &size, &packed,
		    &header) ||
		size > SIZE_MAX ||
		(member->method == METHOD_STORED && size != packed))
		return false;
	member->size = (size_t)size;
	return find_data(archive, member, header, packed, limit);
}

static bool
read_directory(struct zip_archive *archive, const struct directory *directory,
	struct error *error)
{
	const unsigned char *entry = archive->bytes + directory->at;
	size_t left = (size_t)directory->size;

	archive->member =
		memory_new((size_t)directory->entries, sizeof *archive->member);
	if (archive->member == NULL)
		return error_out_of_memory(error);
	for (; archive->members < directory->entries; archive->members++)
		if (!read_entry(archive, &archive->member[archive->members],
			    &entry, &left, directory->at))
			return error_set(error,
				"damaged: member %zu of the archive is wrong",
				archive->members + 1);
	return left == 0 ||
		error_set(error,
			"damaged: its directory has more members than it "
			"states");
}

static int
compare_headers(const void *a, const void *b)
{
	const struct zip_member *left = a, *right = b;

	return (left->header > right->header) - (left->header < right->header);
}

/* The bytes of a name to show. */
static int
shown_length(const struct zip_member *member)
{
	return (int)(member->name_length < NAME_SHOWN ? member->name_length
						      : NAME_SHOWN);
}

/* A member, to be sorted by its name. */
struct named {
	const struct zip_member *member;
};

static int
compare_names(const void *a, const void *b)
{
	const struct zip_member *left = ((const struct named *)a)->member;
	const struct zip_member *right = ((const struct named *)b)->member;
	size_t length = left->name_length < right->name_length
		? left->name_length
		: right->name_length;
	int order = memcmp(left->name, right->name, length);

	return order != 0 ? order
			  : (left->name_length > right->name_length) -
			(left->name_length < right->name_length);
}

/* Check that no two members have the same name. */
static bool
check_names(const struct zip_archive *archive, struct error *error)
{
	struct named *order = memory_new(archive->members, sizeof *order);
	bool good = true;

	if (order == NULL)
		return error_out_of_memory(error);
	for (size_t i = 0; i < archive->members; i++)
		order[i].member = &archive->member[i];
	qsort(order, archive->members, sizeof *order, compare_names);
	for (size_t i = 1; good && i < archive->members; i++)
		good = compare_names(&order[i - 1], &order[i]) != 0 ||
			error_set(error,
				"damaged: two members have the name '%.*s'",
				shown_length(order[i].member),
				order[i].member->name);
	free(order);
	return good;
}

/* Check that no member overlaps the next one. */
static bool
check_places(const struct zip_archive *archive, struct error *error)
{
	for (size_t i = 1; i < archive->members; i++) {
		const struct zip_member *before = &archive->member[i - 1];

		if (before->packed + before->packed_size >
			archive->bytes + archive->member[i].header)
			return error_set(error,
				"damaged: two members of the archive overlap");
	}
	return true;
}

bool
zip_open(struct zip_archive *archive, const unsigned char *bytes, size_t size,
	struct error *error)
{
	struct directory directory = {0};

	*archive = (struct zip_archive){.bytes = bytes, .size = size};
	if (!read_end(archive, &directory, error) ||
		!read_directory(archive, &directory, error))
		return false;
	qsort(archive->member, archive->members, sizeof *archive->member,
		compare_headers);
	return check_places(archive, error) && check_names(archive, error);
}

void
zip_close(struct zip_archive *archive)
{
	for (size_t i = 0; archive->member != NULL && i < archive->members; i++)
		free(archive->member[i].inflated);
	free(archive->member);
	*archive = (struct zip_archive){0};
}

bool
zip_is_named(const struct zip_member *member, const char *name)
{
	return member->name_length == strlen(name) &&
		memcmp(member->name, name, member->name_length) == 0;
}

struct zip_member *
zip_find(const struct zip_archive *archive, const char *name)
{
	for (size_t i = 0; i < archive->members; i++)
		if (zip_is_named(&archive->member[i], name))
			return &archive->member[i];
	return NULL;
}

static bool
inflate_member(struct zip_archive *archive, struct zip_member *member,
	struct error *error)
{
	size_t max;

	if (!memory_product(archive->size, INFLATED_TIMES, &max))
		max = SIZE_MAX;
	if (max < INFLATED_MIN)
		max = INFLATED_MIN;
	if (member->size > max - archive->inflated)
		return error_set(error,
			"refused: it would be inflated to more than %zu bytes",
			max);
	member->inflated = inflate_bytes(member->packed, member->packed_size,
		member->size, error);
	if (member->inflated == NULL)
		return false;
	archive->inflated += member->size;
	return true;
}

/* Make the content of a member available. */
static bool
open_member(struct zip_archive *archive, struct zip_member *member,
	struct error *error)
{
	if (member->flags & FLAG_ENCRYPTED)
		return error_set(error, "encrypted");
	if (member->method != METHOD_STORED &&
		member->method != METHOD_DEFLATED)
		return error_set(error,
			"compressed by method %d, which is not supported",
			member->method);
	return member->method == METHOD_STORED || member->inflated != NULL ||
		inflate_member(archive, member, error);
}

const unsigned char *
zip_content(struct zip_archive *archive, struct zip_member *member,
	struct error *error)
{
	const unsigned char *content = NULL;

	if (open_member(archive, member, error)) {
		content = member->inflated != NULL ? member->inflated
						   : member->packed;
		member->is_checked = member->is_checked ||
			crc32_bytes(CRC32_EMPTY, content, member->size) ==
				member->crc;
		if (member->is_checked)
			return content;
		error_set(error, "damaged: the checksum differs");
	}
	error_prefix(error, "member '%.*s'", shown_length(member),
		member->name);
	return NULL;
}
