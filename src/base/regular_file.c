/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/regular_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/translate.h"

/* Return the type of a file that is not regular, for a message. */
static const char *
type_name(mode_t mode)
{
	return S_ISDIR(mode)     ? _("a directory")
		: S_ISFIFO(mode) ? _("a pipe (FIFO)")
		: S_ISSOCK(mode) ? _("a socket")
				 : _("a device");
}

bool
regular_file_is_stdin(const char *path)
{
	static const char *const names[] = {
		"-",
		"/dev/stdin",
		"/dev/fd/0",
		"/proc/self/fd/0",
	};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(path, names[i]) == 0)
			return true;
	return false;
}

/* Duplicate the descriptor, since open("/dev/stdin") fails for a socket. */
static int
open_standard_input(const char *path, const struct stat *status,
	struct error *error)
{
	int descriptor;

	if (S_ISDIR(status->st_mode) || isatty(STDIN_FILENO)) {
		error_set(error,
			S_ISDIR(status->st_mode)
				? N_("%s: standard input is a directory; "
				     "redirect a file or a pipe to it")
				: N_("%s: standard input is a terminal; "
				     "redirect a file or a pipe to it"),
			path);
		return -1;
	}
	descriptor = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
	if (descriptor < 0)
		error_set(error, "%s: %s", path, strerror(errno));
	return descriptor;
}

int
regular_file_open(const char *path, enum regular_file_source source,
	struct error *error)
{
	struct stat status;
	int descriptor;

	/* a regular file at standard input is opened again and read from 0 */
	if (source == REGULAR_FILE_OR_STDIN && regular_file_is_stdin(path) &&
		fstat(STDIN_FILENO, &status) == 0 && !S_ISREG(status.st_mode))
		return open_standard_input(path, &status, error);
	/*
	 * Do not wait for the writer of a FIFO; do not make a terminal the
	 * controlling one.
	 */
	if (source == REGULAR_FILE_OR_STDIN && strcmp(path, "-") == 0)
		path = "/dev/stdin";
	descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (descriptor >= 0 && fstat(descriptor, &status) == 0) {
		if (S_ISREG(status.st_mode))
			return descriptor;
		error_set(error, "%s: not a regular file but %s", path,
			type_name(status.st_mode));
	} else if (errno == ENXIO && stat(path, &status) == 0) {
		/* a socket, or a device without a driver, cannot be opened */
		error_set(error, "%s: not a regular file but %s", path,
			type_name(status.st_mode));
	} else {
		error_set(error, "%s: %s", path, strerror(errno));
	}
	if (descriptor >= 0)
		close(descriptor);
	return -1;
}

FILE *
regular_file_stream(const char *path, enum regular_file_source source,
	struct error *error)
{
	int descriptor = regular_file_open(path, source, error);
	FILE *stream;

	if (descriptor < 0)
		return NULL;
	stream = fdopen(descriptor, "r");
	if (stream == NULL) {
		error_set(error, "%s: %s", path, strerror(errno));
		close(descriptor);
	}
	return stream;
}
