#include "tui/output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/clock.h"

enum { CHUNK = 16384 };

static struct {
	FILE *stream;   /* what curses has: a terminal, or what is kept */
	int descriptor; /* of it */
	int terminal;   /* not blocking, where that can be had */
	FILE *file;     /* that holds what is kept; NULL: not possible */
	bool keeps;
	off_t sent, size; /* of what is kept */
} output = {.descriptor = -1, .terminal = -1};

/*
 * The terminal once more: a description of our own, which may be made not
 * to block without the shell's and other programs' noticing.
 */
static int
open_terminal(void)
{
	char name[PATH_MAX];
	int descriptor = -1;

	if (ttyname_r(STDOUT_FILENO, name, sizeof name) == 0)
		descriptor = open(name,
			O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	return descriptor >= 0 ? descriptor
			       : fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
}

/* A file without a name, in memory where that can be had. */
static FILE *
open_kept(void)
{
#ifdef HAVE_MEMFD_CREATE
	int descriptor = memfd_create("screen", MFD_CLOEXEC);

	if (descriptor >= 0)
		return fdopen(descriptor, "w+");
#endif
	return tmpfile();
}

FILE *
output_open(void)
{
	output.keeps = false;
	output.sent = output.size = 0;
	output.terminal = open_terminal();
	output.descriptor = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
	output.file = open_kept();
	if (output.terminal >= 0 && output.descriptor >= 0)
		output.stream = fdopen(output.descriptor, "w");
	if (output.stream == NULL)
		output_close();
	return output.stream;
}

void
output_close(void)
{
	if (output.file != NULL)
		fclose(output.file);
	if (output.stream != NULL)
		fclose(output.stream);
	else if (output.descriptor >= 0)
		close(output.descriptor);
	if (output.terminal >= 0)
		close(output.terminal);
	output.file = output.stream = NULL;
	output.descriptor = output.terminal = -1;
}

void
output_keep(bool keeps)
{
	int source = keeps ? fileno(output.file) : STDOUT_FILENO;

	if (output.file == NULL || output.keeps == keeps)
		return;
	fflush(output.stream);
	if (dup3(source, output.descriptor, O_CLOEXEC) >= 0)
		output.keeps = keeps;
}

/* All is sent: begin anew, at the file's start. */
static void
forget(void)
{
	int file = fileno(output.file);

	output.sent = output.size = 0;
	/* where this fails the file grows, and works as before */
	if (ftruncate(file, 0) == 0)
		lseek(file, 0, SEEK_SET);
	else
		output.sent = output.size = lseek(file, 0, SEEK_CUR);
}

bool
output_send(void)
{
	char bytes[CHUNK];
	ssize_t got, written;

	if (!output.keeps)
		return true;
	output.size = lseek(fileno(output.file), 0, SEEK_CUR);
	while (output.sent < output.size) {
		got = pread(fileno(output.file), bytes, sizeof bytes,
			output.sent);
		if (got <= 0)
			break;
		written = write(output.terminal, bytes, (size_t)got);
		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return false;
		if (written < 0)
			break; /* the terminal is gone: so is this */
		output.sent += written;
	}
	if (output.size > 0)
		forget();
	return true;
}

void
output_finish(int milliseconds)
{
	double end = clock_seconds() + milliseconds / 1e3;
	struct pollfd file = {.fd = output.terminal, .events = POLLOUT};

	while (!output_send()) {
		double left = end - clock_seconds();

		if (left <= 0)
			return;
		poll(&file, 1, (int)(left * 1000) + 1);
	}
}

int
output_waits_for(void)
{
	return output.sent < output.size ? output.terminal : -1;
}

void
output_send_at_once(const char *bytes, size_t length)
{
	int terminal = output.terminal >= 0 ? output.terminal : STDOUT_FILENO;

	/* nothing more can be done where it fails */
	if (write(terminal, bytes, length) < 0)
		return;
}
