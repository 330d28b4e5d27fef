/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The checksum of HDF5's metadata: the hash lookup3 of Bob Jenkins (2006,
 * public domain) over bytes, "hashlittle" with the initial value 0.
 */
#ifndef LSTMTUI_FILE_LOOKUP3_H
#define LSTMTUI_FILE_LOOKUP3_H

#include <stddef.h>
#include <stdint.h>

/* Return the checksum of bytes[count], count less than 4 GiB. */
uint32_t lookup3_bytes(const void *bytes, size_t count);

#endif
