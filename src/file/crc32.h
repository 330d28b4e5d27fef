/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Checksums of 32 bits: CRC-32 of zip archives and PNG images (ISO 3309), the
 * polynomial 0xedb88320 in reflected form, and CRC-32C (RFC 3720, Castagnoli),
 * 0x82f63b78.
 */
#ifndef LSTMTUI_FILE_CRC32_H
#define LSTMTUI_FILE_CRC32_H

#include <stddef.h>
#include <stdint.h>

/* Checksum of zero bytes: the start of every checksum. */
#define CRC32_EMPTY UINT32_C(0)

/* Continue a checksum over `count` more bytes. */
uint32_t crc32_bytes(uint32_t crc, const void *bytes, size_t count);
uint32_t crc32c_bytes(uint32_t crc, const void *bytes, size_t count);

#endif
