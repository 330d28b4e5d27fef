/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/shared_bytes.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/regular_file.h"

enum { BLOCK_SIZE = 65536 };

struct shared_bytes *
shared_bytes_new(const char *bytes, size_t count)
{
	struct shared_bytes *shared;

	if (count >= SIZE_MAX - sizeof *shared)
		return NULL;
	shared = memory_new(sizeof *shared + count + 1, 1);
	if (shared == NULL)
		return NULL;
	shared->owners = 1;
	shared->count = count;
	if (count > 0)
		memcpy(shared->bytes, bytes, count);
	return shared;
}

/* Read the rest of a stream into *bytes. */
static bool
read_stream(FILE *file, const char *path, size_t max, char **bytes,
	size_t *count, struct error *error)
{
	size_t capacity = 0, got;

	do {
		if (*count > max)
			return error_set(error, "%s: larger than %zu bytes",
				path, max);
		if (!memory_extend((void **)bytes, &capacity,
			    *count + BLOCK_SIZE, 1))
			return error_out_of_memory(error);
		got = fread(*bytes + *count, 1, capacity - *count, file);
		*count += got;
	} while (got > 0);
	return !ferror(file) ||
		error_set(error, "%s: %s", path, strerror(errno));
}

struct shared_bytes *
shared_bytes_read(const char *path, size_t max, struct error *error)
{
	FILE *file = regular_file_stream(path, REGULAR_FILE_OR_STDIN, error);
	struct shared_bytes *shared = NULL;
	char *bytes = NULL;
	size_t count = 0;

	if (file == NULL)
		return NULL;
	if (read_stream(file, path, max, &bytes, &count, error)) {
		shared = shared_bytes_new(bytes, count);
		if (shared == NULL)
			error_out_of_memory(error);
	}
	free(bytes);
	fclose(file);
	return shared;
}

struct shared_bytes *
shared_bytes_share(struct shared_bytes *shared)
{
	if (shared != NULL)
		shared->owners++;
	return shared;
}

void
shared_bytes_release(struct shared_bytes *shared)
{
	if (shared != NULL && --shared->owners == 0)
		free(shared);
}

void
shared_bytes_replace(struct shared_bytes **to, struct shared_bytes *from)
{
	struct shared_bytes *former = *to;

	*to = shared_bytes_share(from);
	shared_bytes_release(former);
}
