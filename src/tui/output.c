/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/output.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

enum {
	/* milliseconds without room after which a terminal is not reading */
	FRAME_PATIENCE = 4,
	LAST_PATIENCE = 250,
	/* pieces of a frame that are waited for at most */
	FRAME_WAITS = 5,
	LAST_WAITS = 20,
	PIECE_SIZE = 8192,
	FRAME_SIZE_MAX = 64 << 20 /* bytes of what is kept, generously */
};

static const char frame_begin[] = "\033[?2026h";
static const char frame_end[] = "\033[?2026l";

static struct {
	FILE *stream;
	/*
	 * The terminal once more, for us alone and without waiting. The flag
	 * is not set on standard output: a shell shares that with us.
	 */
	int terminal;
	int kept;    /* what curses writes while it draws */
	off_t sent;  /* of that */
	off_t begun; /* where in it the frame begins */
	bool is_keeping, is_pending, has_lost;
	bool marks_frames;
} output = {.terminal = -1, .kept = -1};

static bool
is_terminal(int descriptor)
{
	struct stat given, opened;

	return fstat(STDOUT_FILENO, &given) == 0 &&
		fstat(descriptor, &opened) == 0 && isatty(descriptor) &&
		given.st_rdev == opened.st_rdev;
}

/*
 * Open the terminal anew. /dev/tty is it where it is the one that controls
 * us, and can be opened where another user's terminal cannot, as after su.
 */
static int
open_terminal(void)
{
	static const int flags = O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC;
	char name[128];
	int descriptor = -1;

	if (tcgetpgrp(STDOUT_FILENO) >= 0)
		descriptor = open("/dev/tty", flags);
	if (descriptor >= 0)
		return descriptor;
	if (ttyname_r(STDOUT_FILENO, name, sizeof name) != 0)
		return -1;
	descriptor = open(name, flags);
	if (descriptor >= 0 && !is_terminal(descriptor)) {
		close(descriptor);
		return -1;
	}
	return descriptor;
}

static int
open_kept(void)
{
#ifdef HAVE_MEMFD_CREATE
	struct rlimit limit;

	/* of files' sizes: it holds for those in memory too */
	if (getrlimit(RLIMIT_FSIZE, &limit) == 0 &&
		limit.rlim_cur < FRAME_SIZE_MAX)
		return -1;
	return memfd_create("frame", MFD_CLOEXEC);
#else
	return -1;
#endif
}

static void
drop(int *descriptor)
{
	if (*descriptor >= 0)
		close(*descriptor);
	*descriptor = -1;
}

FILE *
output_open(void)
{
	int descriptor =
		fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);

	if (descriptor < 0)
		return NULL;
	output.stream = fdopen(descriptor, "w");
	if (output.stream == NULL) {
		close(descriptor);
		return NULL;
	}
	output.terminal = open_terminal();
	output.kept = output.terminal >= 0 ? open_kept() : -1;
	if (output.kept < 0)
		drop(&output.terminal);
	return output.stream;
}

FILE *
output_stream(void)
{
	return output.stream;
}

void
output_close(void)
{
	if (output.stream != NULL)
		fclose(output.stream);
	output.stream = NULL;
	output.is_keeping = output.is_pending = output.marks_frames = false;
	drop(&output.terminal);
	drop(&output.kept);
}

/* Let the stream's descriptor, which curses knows, be another file. */
static bool
lead_to(int descriptor)
{
	return dup2(descriptor, fileno(output.stream)) >= 0;
}

void
output_keep(void)
{
	if (output.kept < 0 || output.is_keeping)
		return;
	output.is_keeping = lead_to(output.kept);
}

/* Drop what is kept from there on. */
static void
cut(off_t from)
{
	/* a file in memory: neither can fail */
	(void)!ftruncate(output.kept, from);
	lseek(output.kept, from, SEEK_SET);
}

/* All is sent, or cannot be: the next frame begins an empty file. */
static void
forget(void)
{
	output.is_pending = false;
	output.sent = 0;
	cut(0);
}

void
output_mark_frames(void)
{
	output.marks_frames = true;
}

const char *
output_frame_end(void)
{
	return output.marks_frames ? frame_end : "";
}

/* Behind what curses has written, which it does not leave in the stream. */
static void
put(const char *text)
{
	fputs(text, output.stream);
	fflush(output.stream);
}

void
output_begin(void)
{
	output_keep();
	if (!output.marks_frames)
		return;
	if (output.is_keeping)
		output.begun = lseek(output.kept, 0, SEEK_CUR);
	put(frame_begin);
}

/* A frame in which nothing has changed is none. */
static void
end_frame(void)
{
	if (!output.marks_frames)
		return;
	if (output.is_keeping &&
		lseek(output.kept, 0, SEEK_CUR) ==
			output.begun + (off_t)strlen(frame_begin))
		cut(output.begun);
	else
		put(frame_end);
}

void
output_advance(void)
{
	char piece[PIECE_SIZE];
	ssize_t size, taken;

	while (output.is_pending) {
		size = pread(output.kept, piece, sizeof piece, output.sent);
		if (size <= 0) {
			forget();
			return;
		}
		taken = write(output.terminal, piece, (size_t)size);
		if (taken > 0)
			output.sent += taken;
		else if (taken == 0 || errno == EAGAIN)
			return;
		else if (errno != EINTR) {
			/* where the terminal is gone its input will say so */
			output.has_lost = true;
			forget();
		}
	}
}

/* Advance, and wait for room as long as there comes some. */
static void
advance_patiently(int milliseconds, int waits)
{
	output_advance();
	while (output.is_pending && waits-- > 0) {
		struct timeval limit = {0, milliseconds * 1000L};
		fd_set set;

		FD_ZERO(&set);
		FD_SET(output.terminal, &set);
		if (select(output.terminal + 1, NULL, &set, NULL, &limit) == 0)
			return;
		output_advance();
	}
}

static void
stop_keeping(void)
{
	if (!output.is_keeping)
		return;
	lead_to(STDOUT_FILENO);
	output.is_keeping = false;
	output.is_pending = true;
}

void
output_send(void)
{
	end_frame();
	stop_keeping();
	advance_patiently(FRAME_PATIENCE, FRAME_WAITS);
}

bool
output_has_lost(void)
{
	bool has_lost = output.has_lost;

	output.has_lost = false;
	return has_lost;
}

int
output_waits_for(void)
{
	return output.is_pending ? output.terminal : -1;
}

/* As Ctrl-Q: what is switched off here is on afterwards, whoever did it. */
static void
let_go_on(void)
{
	tcflow(STDOUT_FILENO, TCOOFF);
	tcflow(STDOUT_FILENO, TCOON);
}

void
output_finish(const char *text, size_t length)
{
	stop_keeping();
	advance_patiently(LAST_PATIENCE, LAST_WAITS);
	if (!output.is_pending)
		return;
	let_go_on();
	advance_patiently(LAST_PATIENCE, LAST_WAITS);
	if (!output.is_pending)
		return;
	forget();
	output_force(text, length);
}

void
output_force(const char *text, size_t length)
{
	bool waits = output.terminal < 0;
	int terminal = waits ? STDOUT_FILENO : output.terminal;

	if (write(terminal, text, length) == (ssize_t)length || waits)
		return;
	let_go_on();
	tcflush(STDOUT_FILENO, TCOFLUSH);
	/* nothing more can be done where this fails too */
	(void)!write(terminal, text, length);
}
