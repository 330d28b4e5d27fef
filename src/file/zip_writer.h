/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Write a zip archive whose members are stored, not compressed (PKWARE's
 * APPNOTE 6.3, without ZIP64). The same members give the same bytes: all have
 * the date 1980-01-01, the earliest that the format has.
 */
#ifndef LSTMTUI_FILE_ZIP_WRITER_H
#define LSTMTUI_FILE_ZIP_WRITER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"

/* A zero struct is an archive without members. */
struct zip_writer {
	struct bytes archive;   /* the members so far */
	struct bytes directory; /* their entries in the central directory */
	size_t members;
};

/*
 * Add a member. Its data begins at a multiple of `alignment` bytes, 1 to 4096,
 * of the archive: an extra field of zeros before the data fills the gap.
 */
void zip_writer_add(struct zip_writer *writer, const char *name,
	const void *data, size_t count, size_t alignment);

/*
 * Complete the archive and append it to *output, then release the writer.
 * Return false if out of memory, or if the archive has 4 GiB or 65,535 members
 * or more.
 */
bool zip_writer_end(struct zip_writer *writer, struct bytes *output,
	struct error *error);

#endif
