/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cryptographic hash SHA-256 (FIPS 180-4). */
#ifndef LSTMTUI_BASE_SHA256_H
#define LSTMTUI_BASE_SHA256_H

#include <stddef.h>

enum { SHA256_SIZE = 32 };

/* Store the hash of bytes[count]. */
void sha256_bytes(const void *bytes, size_t count,
	unsigned char hash[SHA256_SIZE]);

#endif
