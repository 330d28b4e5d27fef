/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Base64 (RFC 4648, section 4): bytes as printable ASCII. */
#ifndef LSTMTUI_BASE_BASE64_H
#define LSTMTUI_BASE_BASE64_H

#include <stddef.h>

#include "base/bytes.h"

/* Add data[count] as base64, padded with '='. */
void base64_add(struct bytes *bytes, const void *data, size_t count);

/* Add numbers of IEEE 754, lowest byte first, as base64. */
void base64_add_floats(struct bytes *bytes, const float *values, size_t count);

#endif
