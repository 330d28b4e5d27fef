/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Read a zip archive in memory (PKWARE's APPNOTE 6.3), also with ZIP64, which
 * PyTorch and NumPy write. Members are stored or, if the program is built with
 * zlib, deflated.
 *
 * An archive from an unknown source is checked before any of it is used: the
 * central directory and every member are within the archive, members do not
 * overlap, and no two have the same name. Names are only compared, never used
 * as paths. A deflated member is not trusted with its size: it is inflated
 * piece by piece, and all members together may grow to only a multiple of the
 * archive.
 */
#ifndef LSTMTUI_FILE_ZIP_READER_H
#define LSTMTUI_FILE_ZIP_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct zip_member {
	const char *name; /* in the archive: [name_length], without '\0' */
	size_t name_length;
	const unsigned char *packed; /* [packed_size], in the archive */
	size_t packed_size, size;
	uint32_t crc;
	uint16_t method, flags;
	size_t header;           /* offset of the local header */
	unsigned char *inflated; /* [size], owned; NULL: not inflated yet */
	bool is_checked;         /* the checksum is right */
};

struct zip_archive {
	const unsigned char *bytes; /* [size], borrowed */
	size_t size;
	size_t members;
	struct zip_member *member; /* [members], in the order of the data */
	size_t inflated;           /* bytes of all inflated members */
};

/*
 * Open the archive bytes[size], which must outlive it. Release it with
 * zip_close, also after a failure.
 */
bool zip_open(struct zip_archive *archive, const unsigned char *bytes,
	size_t size, struct error *error);
void zip_close(struct zip_archive *archive);

/* Return true if a member has this name. */
bool zip_is_named(const struct zip_member *member, const char *name);

/* Return a member by name, or NULL. */
struct zip_member *zip_find(const struct zip_archive *archive,
	const char *name);

/*
 * Return the content of a member, [member->size], which belongs to the archive.
 * NULL, with the cause in the message, if it is damaged, encrypted or
 * compressed by another method, or if out of memory.
 */
const unsigned char *zip_content(struct zip_archive *archive,
	struct zip_member *member, struct error *error);

#endif
