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
	/* milliseconds to wait for a terminal that accepts no output */
	FRAME_WAIT_MS = 4,
	LAST_WAIT_MS = 250,
	/* max number of such waits */
	FRAME_WAITS = 5,
	LAST_WAITS = 20,
	PIECE_SIZE = 8192,
	FRAME_SIZE_MAX = 64 << 20 /* bytes, more than any frame needs */
};

static const char frame_begin[] = "\033[?2026h";
static const char frame_end[] = "\033[?2026l";

static struct {
	FILE *stream;
	/*
	 * A non-blocking descriptor of the terminal, opened by us: setting
	 * O_NONBLOCK on standard output would affect the shell too.
	 */
	int terminal;
	int buffer;        /* file in memory for the output of curses */
	off_t sent;        /* bytes of the buffer sent to the terminal */
	uint64_t accepted; /* bytes of all buffers that it has accepted */
	off_t frame_start; /* offset of the current frame in the buffer */
	/* the part of the buffer that is not recorded, a question */
	off_t question_start, question_end;
	struct asciicast *recording; /* borrowed, or NULL */
	bool is_buffering, is_pending, has_lost;
	bool marks_frames;
} output = {.terminal = -1, .buffer = -1};

static bool
is_our_terminal(int descriptor)
{
	struct stat given, opened;

	return fstat(STDOUT_FILENO, &given) == 0 &&
		fstat(descriptor, &opened) == 0 && isatty(descriptor) &&
		given.st_rdev == opened.st_rdev;
}

/*
 * Open the terminal again. If it is the controlling terminal, use /dev/tty,
 * which can be opened even if the terminal belongs to another user, as after
 * su.
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
	if (descriptor >= 0 && !is_our_terminal(descriptor)) {
		close(descriptor);
		return -1;
	}
	return descriptor;
}

static int
open_buffer(void)
{
#ifdef HAVE_MEMFD_CREATE
	struct rlimit limit;

	/* the limit on file sizes applies to files in memory too */
	if (getrlimit(RLIMIT_FSIZE, &limit) == 0 &&
		limit.rlim_cur < FRAME_SIZE_MAX)
		return -1;
	return memfd_create("frame", MFD_CLOEXEC);
#else
	return -1;
#endif
}

static void
close_if_open(int *descriptor)
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
	output.buffer = output.terminal >= 0 ? open_buffer() : -1;
	if (output.buffer < 0)
		close_if_open(&output.terminal);
	return output.stream;
}

void
output_record(struct asciicast *recording)
{
	output.recording = recording;
}

bool
output_can_record(struct error *error)
{
	return output.recording == NULL || output.buffer >= 0 ||
		error_set(error,
			"%s: cannot record: the terminal cannot be opened "
			"again, or there are no files in memory",
			output.recording->path);
}

void
output_record_size(int rows, int columns)
{
	if (output.recording != NULL)
		asciicast_size(output.recording, columns, rows);
}

bool
output_take_record_error(struct error *error)
{
	return output.recording != NULL &&
		asciicast_take_error(output.recording, error);
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
	output.is_buffering = output.is_pending = output.marks_frames = false;
	close_if_open(&output.terminal);
	close_if_open(&output.buffer);
}

/* Redirect the descriptor of the stream, which curses writes to. */
static bool
redirect_to(int descriptor)
{
	return dup2(descriptor, fileno(output.stream)) >= 0;
}

void
output_buffer(void)
{
	if (output.buffer < 0 || output.is_buffering)
		return;
	output.is_buffering = redirect_to(output.buffer);
}

/* Truncate the buffer at an offset. */
static void
truncate_buffer(off_t from)
{
	/* neither call can fail on a file in memory */
	(void)!ftruncate(output.buffer, from);
	lseek(output.buffer, from, SEEK_SET);
}

/* Empty the buffer: all of it is sent, or cannot be sent. */
static void
empty_buffer(void)
{
	output.is_pending = false;
	output.sent = 0;
	output.question_start = output.question_end = 0;
	truncate_buffer(0);
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

/* Write to the stream. Curses flushes its own output, so the order is kept. */
static void
write_stream(const char *text)
{
	fputs(text, output.stream);
	fflush(output.stream);
}

void
output_begin(void)
{
	output_buffer();
	if (!output.marks_frames)
		return;
	if (output.is_buffering)
		output.frame_start = lseek(output.buffer, 0, SEEK_CUR);
	write_stream(frame_begin);
}

/* End a frame; remove it if curses wrote nothing. */
static void
end_frame(void)
{
	if (!output.marks_frames)
		return;
	if (output.is_buffering &&
		lseek(output.buffer, 0, SEEK_CUR) ==
			output.frame_start + (off_t)strlen(frame_begin))
		truncate_buffer(output.frame_start);
	else
		write_stream(frame_end);
}

static off_t
clamp(off_t offset, off_t low, off_t high)
{
	return offset < low ? low : offset > high ? high : offset;
}

/* Record a piece of the buffer, from output.sent on, without the question. */
static void
record(const char *piece, off_t size)
{
	off_t start = clamp(output.question_start - output.sent, 0, size);
	off_t end = clamp(output.question_end - output.sent, 0, size);

	if (output.recording == NULL)
		return;
	asciicast_add(output.recording, piece, (size_t)start);
	asciicast_add(output.recording, piece + end, (size_t)(size - end));
}

static void
end_record(void)
{
	if (output.recording != NULL)
		asciicast_end(output.recording);
}

static void
send_pending(void)
{
	char piece[PIECE_SIZE];
	ssize_t size, taken;

	while (output.is_pending) {
		size = pread(output.buffer, piece, sizeof piece, output.sent);
		if (size <= 0) {
			empty_buffer();
			return;
		}
		taken = write(output.terminal, piece, (size_t)size);
		if (taken > 0) {
			record(piece, taken);
			output.sent += taken;
			output.accepted += (uint64_t)taken;
		} else if (taken == 0 || errno == EAGAIN)
			return;
		else if (errno != EINTR) {
			/* if the terminal is gone, reading keys reports it */
			output.has_lost = true;
			empty_buffer();
		}
	}
}

uint64_t
output_sent(void)
{
	return output.accepted;
}

void
output_advance(void)
{
	send_pending();
	end_record();
}

/* Send the buffer; wait as long as the terminal keeps reading. */
static void
advance_waiting(int milliseconds, int waits)
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
stop_buffering(void)
{
	if (!output.is_buffering)
		return;
	redirect_to(STDOUT_FILENO);
	output.is_buffering = false;
	output.is_pending = true;
}

void
output_push(void)
{
	stop_buffering();
	advance_waiting(FRAME_WAIT_MS, FRAME_WAITS);
}

void
output_ask(const char *question)
{
	if (output.is_buffering)
		output.question_start = lseek(output.buffer, 0, SEEK_CUR);
	write_stream(question);
	if (output.is_buffering)
		output.question_end = lseek(output.buffer, 0, SEEK_CUR);
	output_push();
}

void
output_send(void)
{
	end_frame();
	output_push();
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

/*
 * Resume output after Ctrl-S, as Ctrl-Q does. TCOON has no effect unless TCOOFF
 * came before it.
 */
static void
resume_output(void)
{
	tcflow(STDOUT_FILENO, TCOOFF);
	tcflow(STDOUT_FILENO, TCOON);
}

void
output_finish(const char *text, size_t length)
{
	stop_buffering();
	advance_waiting(LAST_WAIT_MS, LAST_WAITS);
	if (!output.is_pending)
		return;
	resume_output();
	advance_waiting(LAST_WAIT_MS, LAST_WAITS);
	if (!output.is_pending)
		return;
	empty_buffer();
	output_force(text, length);
	if (output.recording != NULL)
		asciicast_add(output.recording, text, length);
	end_record();
}

void
output_force(const char *text, size_t length)
{
	bool waits = output.terminal < 0;
	int terminal = waits ? STDOUT_FILENO : output.terminal;

	if (write(terminal, text, length) == (ssize_t)length || waits)
		return;
	resume_output();
	tcflush(STDOUT_FILENO, TCOFLUSH);
	/* if this fails too, nothing more can be done */
	(void)!write(terminal, text, length);
}
