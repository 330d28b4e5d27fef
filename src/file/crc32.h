/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The checksum CRC-32 of zip archives and PNG images (ISO 3309): the polynomial
 * 0xedb88320 in reflected form.
 */
#ifndef LSTMTUI_FILE_CRC32_H
#define LSTMTUI_FILE_CRC32_H

#include <stddef.h>
#include <stdint.h>

/* Checksum of zero bytes: the start of every checksum. */
#define CRC32_EMPTY UINT32_C(0)

/* Continue a checksum over `count` more bytes. */
uint32_t crc32_bytes(uint32_t crc, const void *bytes, size_t count);

#endif
