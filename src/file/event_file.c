/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/event_file.h"

#include <assert.h>

#include "file/crc32.h"
#include "file/protobuf_writer.h"

#define FILE_VERSION "brain.Event:2"

/* Numbers of fields, from the .proto files. */
enum {
	EVENT_WALL_TIME = 1,
	EVENT_STEP = 2,
	EVENT_FILE_VERSION = 3,
	EVENT_SUMMARY = 5,
	EVENT_SESSION_LOG = 7,

	SESSION_LOG_STATUS = 1,
	SUMMARY_VALUE = 1,

	VALUE_TAG = 1,
	VALUE_SIMPLE = 2,
	VALUE_IMAGE = 4,
	VALUE_TENSOR = 8,
	VALUE_METADATA = 9,

	IMAGE_HEIGHT = 1,
	IMAGE_WIDTH = 2,
	IMAGE_COLORSPACE = 3,
	IMAGE_ENCODED = 4,

	TENSOR_TYPE = 1,
	TENSOR_SHAPE = 2,
	TENSOR_STRING = 8,

	METADATA_PLUGIN = 1,
	PLUGIN_NAME = 1
};

enum { STATUS_START = 1, TYPE_STRING = 7, COLORSPACE_RGB = 3 };

/* Of a record: its length and the checksum of that. */
enum { LENGTH_SIZE = 8, HEADER_SIZE = LENGTH_SIZE + 4 };

/* Of a PNG image, after its signature: the places of its size. */
enum { PNG_WIDTH = 16, PNG_HEIGHT = 20, PNG_SIZE_END = 24 };

/*
 * Change a checksum, so that the checksum of bytes that contain a checksum does
 * not depend only on its length.
 */
static uint32_t
masked(const unsigned char *bytes, size_t count)
{
	uint32_t crc = crc32c_bytes(CRC32_EMPTY, bytes, count);

	return (crc >> 15 | crc << 17) + UINT32_C(0xa282ead8);
}

/* Begin a record with an event. Return the place for end_record. */
static size_t
begin_record(struct bytes *bytes, struct event_time time)
{
	static const unsigned char header[HEADER_SIZE];
	size_t place = bytes->count;

	bytes_add(bytes, header, sizeof header);
	protobuf_add_double(bytes, EVENT_WALL_TIME, time.wall);
	if (time.step > 0)
		protobuf_add_number(bytes, EVENT_STEP, time.step);
	return place;
}

static void
end_record(struct bytes *bytes, size_t place)
{
	size_t event = place + HEADER_SIZE;

	if (bytes->has_failed)
		return;
	bytes_set_number(bytes, place, bytes->count - event, LENGTH_SIZE);
	bytes_set_number(bytes, place + LENGTH_SIZE,
		masked(bytes->data + place, LENGTH_SIZE), 4);
	bytes_add_number(bytes,
		masked(bytes->data + event, bytes->count - event), 4);
}

void
event_add_version(struct bytes *bytes, double wall)
{
	size_t record = begin_record(bytes, (struct event_time){wall, 0});

	protobuf_add_text(bytes, EVENT_FILE_VERSION, FILE_VERSION);
	end_record(bytes, record);
}

void
event_add_start(struct bytes *bytes, struct event_time time)
{
	size_t record = begin_record(bytes, time);
	size_t log = protobuf_begin(bytes, EVENT_SESSION_LOG);

	protobuf_add_number(bytes, SESSION_LOG_STATUS, STATUS_START);
	protobuf_end(bytes, log);
	end_record(bytes, record);
}

void
event_add_scalars(struct bytes *bytes, struct event_time time,
	const struct event_scalar *scalars, size_t count)
{
	size_t record = begin_record(bytes, time);
	size_t summary = protobuf_begin(bytes, EVENT_SUMMARY);

	for (size_t i = 0; i < count; i++) {
		size_t value = protobuf_begin(bytes, SUMMARY_VALUE);

		protobuf_add_text(bytes, VALUE_TAG, scalars[i].tag);
		protobuf_add_float(bytes, VALUE_SIMPLE,
			(float)scalars[i].value);
		protobuf_end(bytes, value);
	}
	protobuf_end(bytes, summary);
	end_record(bytes, record);
}

void
event_add_text(struct bytes *bytes, struct event_time time, const char *tag,
	const struct bytes *text)
{
	size_t record = begin_record(bytes, time);
	size_t summary = protobuf_begin(bytes, EVENT_SUMMARY);
	size_t value = protobuf_begin(bytes, SUMMARY_VALUE), tensor, metadata;
	size_t plugin;

	protobuf_add_text(bytes, VALUE_TAG, tag);
	/* a tensor without dimensions: one string */
	tensor = protobuf_begin(bytes, VALUE_TENSOR);
	protobuf_add_number(bytes, TENSOR_TYPE, TYPE_STRING);
	protobuf_end(bytes, protobuf_begin(bytes, TENSOR_SHAPE));
	protobuf_add_bytes(bytes, TENSOR_STRING, text->data, text->count);
	protobuf_end(bytes, tensor);
	metadata = protobuf_begin(bytes, VALUE_METADATA);
	plugin = protobuf_begin(bytes, METADATA_PLUGIN);
	protobuf_add_text(bytes, PLUGIN_NAME, "text");
	protobuf_end(bytes, plugin);
	protobuf_end(bytes, metadata);
	protobuf_end(bytes, value);
	protobuf_end(bytes, summary);
	end_record(bytes, record);
}

/* Read four bytes, the highest first. */
static uint64_t
number_at(const unsigned char *bytes)
{
	return (uint64_t)bytes[0] << 24 | (uint64_t)bytes[1] << 16 |
		(uint64_t)bytes[2] << 8 | bytes[3];
}

void
event_add_png(struct bytes *bytes, struct event_time time, const char *tag,
	const struct bytes *png)
{
	size_t record = begin_record(bytes, time);
	size_t summary = protobuf_begin(bytes, EVENT_SUMMARY);
	size_t value = protobuf_begin(bytes, SUMMARY_VALUE), image;

	assert(png->count >= PNG_SIZE_END);
	protobuf_add_text(bytes, VALUE_TAG, tag);
	image = protobuf_begin(bytes, VALUE_IMAGE);
	protobuf_add_number(bytes, IMAGE_HEIGHT,
		number_at(png->data + PNG_HEIGHT));
	protobuf_add_number(bytes, IMAGE_WIDTH,
		number_at(png->data + PNG_WIDTH));
	protobuf_add_number(bytes, IMAGE_COLORSPACE, COLORSPACE_RGB);
	protobuf_add_bytes(bytes, IMAGE_ENCODED, png->data, png->count);
	protobuf_end(bytes, image);
	protobuf_end(bytes, value);
	protobuf_end(bytes, summary);
	end_record(bytes, record);
}
