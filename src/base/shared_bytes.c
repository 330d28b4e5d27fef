/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/shared_bytes.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

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
