/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "event_files.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "here.h"
#include "suite.h"

/* Numbers of fields, from event.proto and summary.proto. */
enum {
	EVENT_WALL_TIME = 1,
	EVENT_STEP = 2,
	EVENT_VERSION = 3,
	EVENT_SUMMARY = 5,
	EVENT_SESSION = 7,
	VALUE_TAG = 1
};

uint32_t
event_files_crc(const unsigned char *bytes, size_t length)
{
	uint32_t crc = UINT32_MAX;

	for (size_t i = 0; i < 8 * length; i++) {
		uint32_t bit = (uint32_t)(bytes[i / 8] >> i % 8 & 1);

		crc = (crc ^ bit) & 1 ? crc >> 1 ^ UINT32_C(0x82f63b78)
				      : crc >> 1;
	}
	return ~crc;
}

static uint64_t
number_at(const char *bytes, size_t size)
{
	uint64_t number = 0;

	for (size_t i = size; i-- > 0;)
		number = number << 8 | (unsigned char)bytes[i];
	return number;
}

static void
expect_checksum(const char *bytes, size_t length)
{
	uint32_t crc = event_files_crc((const unsigned char *)bytes, length);
	uint32_t masked = (crc >> 15 | crc << 17) + UINT32_C(0xa282ead8);

	EXPECT(number_at(bytes + length, 4) == masked, "a checksum is wrong");
}

bool
event_files_next(const struct event_bytes *file, size_t *at,
	struct protobuf *event)
{
	const char *record = file->bytes + *at;
	size_t left = file->length - *at, length;

	if (left < 12)
		return false;
	expect_checksum(record, 8);
	length = (size_t)number_at(record, 8);
	if (left < length + 16)
		return false;
	expect_checksum(record + 12, length);
	*event = (struct protobuf){(const unsigned char *)record + 12, length};
	*at += length + 16;
	return true;
}

uint64_t
event_files_step(struct protobuf event)
{
	return protobuf_count(event, EVENT_STEP) == 0
		? 0
		: protobuf_varint(event, EVENT_STEP);
}

bool
event_files_is_start(struct protobuf event)
{
	return protobuf_count(event, EVENT_SESSION) == 1 &&
		protobuf_varint(protobuf_message(event, EVENT_SESSION), 1) == 1;
}

/* Check the events of a file: the version first, then times in order. */
static void
check_events(struct event_bytes *file)
{
	struct protobuf event;
	size_t at = 0;
	double time = 1.7e9;

	for (bool is_first = true; event_files_next(file, &at, &event);
		is_first = false) {
		EXPECT(protobuf_double(event, EVENT_WALL_TIME) >= time,
			"the times are not in order");
		time = protobuf_double(event, EVENT_WALL_TIME);
		if (is_first)
			ck_assert(protobuf_is(protobuf_message(event,
						      EVENT_VERSION),
				"brain.Event:2"));
		EXPECT(is_first == (protobuf_count(event, EVENT_VERSION) == 1),
			"a second version");
	}
	file->torn = file->length - at;
}

static int
is_event_file(const struct dirent *entry)
{
	return strncmp(entry->d_name, "events.out.tfevents.", 20) == 0;
}

void
event_files_read(struct event_files *files, const char *folder_name)
{
	char path[FOLDER_PATH_SIZE];
	struct dirent **entries;
	int count = scandir(path_here(path, folder_name), &entries,
		is_event_file, alphasort);

	*files = (struct event_files){.count = (size_t)count};
	ck_assert_int_ge(count, 0);
	ck_assert_int_le(count, COUNT(files->file));
	for (size_t i = 0; i < files->count; i++) {
		struct event_bytes *file = &files->file[i];

		snprintf(file->name, sizeof file->name, "%s/%.40s", folder_name,
			entries[i]->d_name);
		file->bytes = read_here(file->name, &file->length);
		check_events(file);
		free(entries[i]);
	}
	free(entries);
}

void
event_files_release(struct event_files *files)
{
	for (size_t i = 0; i < files->count; i++)
		free(files->file[i].bytes);
}

/* Find the value of a tag in an event. */
static bool
find_value(struct protobuf event, const char *tag, struct protobuf *value)
{
	struct protobuf summary;
	struct protobuf_field field;

	if (protobuf_count(event, EVENT_SUMMARY) == 0)
		return false;
	summary = protobuf_message(event, EVENT_SUMMARY);
	while (protobuf_next(&summary, &field))
		if (protobuf_is(protobuf_message(field.bytes, VALUE_TAG),
			    tag)) {
			*value = field.bytes;
			return true;
		}
	return false;
}

bool
event_files_find(const struct event_files *files, const char *tag,
	uint64_t step, struct protobuf *value)
{
	bool is_found = false;

	for (size_t i = 0; i < files->count; i++) {
		struct protobuf event, found;
		size_t at = 0;

		while (event_files_next(&files->file[i], &at, &event)) {
			if (event_files_is_start(event) &&
				event_files_step(event) <= step)
				is_found = false;
			if (event_files_step(event) != step ||
				!find_value(event, tag, &found))
				continue;
			EXPECT(!is_found, "%s: two values of %llu", tag,
				(unsigned long long)step);
			*value = found;
			is_found = true;
		}
	}
	return is_found;
}

size_t
event_files_count(const struct event_files *files, const char *tag)
{
	struct protobuf event, value;
	uint64_t last = 0;
	size_t count = 0;

	for (size_t i = 0; i < files->count; i++)
		for (size_t at = 0;
			event_files_next(&files->file[i], &at, &event);)
			if (event_files_step(event) > last)
				last = event_files_step(event);
	for (uint64_t step = 0; step <= last; step++)
		count += event_files_find(files, tag, step, &value);
	return count;
}
