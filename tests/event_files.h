/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Read TensorBoard's event files without the program's writer: the records with
 * their checksums, and the events of all files of a folder.
 */
#ifndef LSTMTUI_TESTS_EVENT_FILES_H
#define LSTMTUI_TESTS_EVENT_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "protobuf.h"

/* The event files of a folder of the test, in the order of their names. */
struct event_files {
	size_t count;
	struct event_bytes {
		char name[64];
		char *bytes;
		size_t length;
		size_t torn; /* bytes after the last whole record */
	} file[16];
};

/* Read all files; each name and each whole record is checked. */
void event_files_read(struct event_files *files, const char *folder_name);
void event_files_release(struct event_files *files);

/* Return the CRC-32C of bytes. */
uint32_t event_files_crc(const unsigned char *bytes, size_t length);

/* Take the next event of a file from the offset *at on; false at the end. */
bool event_files_next(const struct event_bytes *file, size_t *at,
	struct protobuf *event);

/* The step of an event; whether it is the start of a session. */
uint64_t event_files_step(struct protobuf event);
bool event_files_is_start(struct protobuf event);

/*
 * Find the last value of a tag at a step in all files, as TensorBoard shows it:
 * a start removes the values of its step and of later ones. Return false if
 * there is none.
 */
bool event_files_find(const struct event_files *files, const char *tag,
	uint64_t step, struct protobuf *value);

/* Count the steps with a value of the tag. */
size_t event_files_count(const struct event_files *files, const char *tag);

#endif
