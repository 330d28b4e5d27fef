/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bytes that do not change and that several owners share, such as the states of
 * a run. NULL stands for no bytes.
 */
#ifndef LSTMTUI_BASE_SHARED_BYTES_H
#define LSTMTUI_BASE_SHARED_BYTES_H

#include <stddef.h>

#include "base/error.h"

struct shared_bytes {
	size_t owners;
	size_t count;
	char bytes[]; /* [count + 1]; the last one is '\0' */
};

/* Copy bytes[count] for one owner. Return NULL if out of memory. */
struct shared_bytes *shared_bytes_new(const char *bytes, size_t count);

/*
 * Read a file or standard input (base/regular_file.h), up to a number of bytes.
 * Return NULL on failure, with the path and the cause in the message.
 */
struct shared_bytes *shared_bytes_read(const char *path, size_t max,
	struct error *error);

/* Add an owner. Return the bytes. */
struct shared_bytes *shared_bytes_share(struct shared_bytes *shared);

/* Remove an owner; the last one frees the bytes. */
void shared_bytes_release(struct shared_bytes *shared);

/* Make *to, which is NULL or has an owner, share the bytes of `from`. */
void shared_bytes_replace(struct shared_bytes **to, struct shared_bytes *from);

#endif
