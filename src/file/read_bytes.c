/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/read_bytes.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

bool
read_bytes(int descriptor, unsigned char *bytes, size_t done, size_t end,
	struct error *error)
{
	while (done < end) {
		ssize_t got = read(descriptor, bytes + done, end - done);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_set(error, "%s", strerror(errno));
		if (got == 0)
			return error_set(error,
				"damaged: truncated while it was read");
		done += (size_t)got;
	}
	return true;
}
