/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "terminal.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utmp.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#if defined(HAVE_PTY_H)
#include <pty.h>
#elif defined(HAVE_UTIL_H)
#include <util.h>
#elif defined(HAVE_LIBUTIL_H)
#include <libutil.h>
#endif

#include "base/utf8.h"

enum {
	ROWS_DEFAULT = 30,
	COLUMNS_DEFAULT = 100,
	/* interval of polling a process, in milliseconds */
	LOOK_MS = 2,
	/*
	 * without /proc, a program that is silent for so long is taken as idle
	 */
	SILENCE_MS = 200
};

static const char frame_begin[] = "\033[?2026h";
static const char frame_end[] = "\033[?2026l";
static const char background_query[] = "\033]11;?\a";

/* Send the terminal's answer, as to a query for the cursor position. */
static void
reply(const char *bytes, size_t length, void *user)
{
	const struct terminal *terminal = user;

	if (terminal->master >= 0 && !terminal->is_mute)
		(void)!write(terminal->master, bytes, length);
}

static int
set_property(VTermProp property, VTermValue *value, void *user)
{
	struct terminal *terminal = user;

	switch (property) {
	case VTERM_PROP_ALTSCREEN:
		terminal->is_alternate = value->boolean;
		terminal->was_alternate |= terminal->is_alternate;
		break;
	case VTERM_PROP_CURSORVISIBLE:
		terminal->is_cursor_visible = value->boolean;
		break;
	case VTERM_PROP_MOUSE:
		terminal->mouse = value->number;
		break;
	default:
		break;
	}
	return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = set_property};

static void
make_screen(struct terminal *terminal)
{
	terminal->vterm = vterm_new(terminal->rows, terminal->columns);
	ck_assert_ptr_nonnull(terminal->vterm);
	vterm_set_utf8(terminal->vterm, 1);
	vterm_output_set_callback(terminal->vterm, reply, terminal);
	terminal->screen = vterm_obtain_screen(terminal->vterm);
	vterm_screen_set_callbacks(terminal->screen, &callbacks, terminal);
	vterm_screen_enable_altscreen(terminal->screen, 1);
	vterm_screen_reset(terminal->screen, 1);
	terminal->is_cursor_visible = true;
}

static void
replace(int standard, const char *path, int flags)
{
	int descriptor;

	if (path == NULL)
		return;
	descriptor = open(path, flags, 0666);
	if (descriptor < 0 || dup2(descriptor, standard) < 0)
		_exit(127);
}

static _Noreturn void
become_program(const struct command *command)
{
	int create = O_WRONLY | O_CREAT | O_TRUNC;

	replace(STDIN_FILENO, command->input, O_RDONLY);
	replace(STDOUT_FILENO, command->output, create);
	replace(STDERR_FILENO, command->errors, create);
	command_become(command);
}

/* Tell the test the program's process ID through a pipe. */
static void
tell(int pipe, pid_t pid)
{
	if (write(pipe, &pid, sizeof pid) != sizeof pid)
		_exit(127);
	close(pipe);
}

/*
 * A minimal shell: start one job in the foreground and exit when it exits.
 * Ctrl-Z cannot stop the leader of a session, but can stop a job.
 */
static _Noreturn void
become_shell(const struct command *command, int pipe)
{
	pid_t job;
	int status;

#ifdef __linux__
	prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
	signal(SIGTTOU, SIG_IGN);
	job = fork();
	if (job < 0)
		_exit(127);
	if (job == 0) {
		setpgid(0, 0);
		tcsetpgrp(STDIN_FILENO, getpid());
		signal(SIGTTOU, SIG_DFL);
		become_program(command);
	}
	setpgid(job, job);
	tcsetpgrp(STDIN_FILENO, job);
	tell(pipe, job);
	while (waitpid(job, &status, 0) < 0)
		if (errno != EINTR)
			_exit(127);
	if (WIFSIGNALED(status)) {
		signal(WTERMSIG(status), SIG_DFL);
		raise(WTERMSIG(status));
	}
	_exit(WEXITSTATUS(status));
}

static void
start(struct terminal *terminal, const struct terminal_options *options)
{
	int pipe[2];

	ck_assert_int_eq(pipe2(pipe, O_CLOEXEC), 0);
	fflush(NULL);
	terminal->child = fork();
	ck_assert_int_ge(terminal->child, 0);
	if (terminal->child == 0) {
		close(terminal->master);
		if (login_tty(terminal->slave) != 0)
			_exit(127);
		if (options->in_a_shell)
			become_shell(&options->command, pipe[1]);
		tell(pipe[1], getpid());
		become_program(&options->command);
	}
	close(pipe[1]);
	ck_assert_int_eq(read(pipe[0], &terminal->pid, sizeof terminal->pid),
		sizeof terminal->pid);
	close(pipe[0]);
}

void
terminal_open(struct terminal *terminal, const struct terminal_options *options)
{
	struct winsize size = {
		.ws_row = (unsigned short)(options->rows != 0 ? options->rows
							      : ROWS_DEFAULT),
		.ws_col = (unsigned short)(options->columns != 0
				? options->columns
				: COLUMNS_DEFAULT),
	};

	ck_assert_msg(options->command.program != NULL ||
			getenv("LSTMTUI") != NULL,
		"LSTMTUI does not name the program to test");
	*terminal = (struct terminal){
		.rows = size.ws_row,
		.columns = size.ws_col,
		.background = options->background,
		.is_mute = options->is_mute,
	};
	make_screen(terminal);
	ck_assert_msg(openpty(&terminal->master, &terminal->slave, NULL, NULL,
			      &size) == 0,
		"no pseudo-terminal: %s", strerror(errno));
	fcntl(terminal->master, F_SETFD, FD_CLOEXEC);
	fcntl(terminal->slave, F_SETFD, FD_CLOEXEC);
	fcntl(terminal->master, F_SETFL, O_NONBLOCK);
	ck_assert_int_eq(tcgetattr(terminal->slave, &terminal->before), 0);
	start(terminal, options);
}

static void
reap(struct terminal *terminal, int flags)
{
	int status;

	if (terminal->is_over ||
		waitpid(terminal->child, &status, flags) != terminal->child)
		return;
	terminal->is_over = true;
	outcome_set_end(&terminal->outcome, status);
}

void
terminal_close(struct terminal *terminal)
{
	reap(terminal, WNOHANG);
	if (!terminal->is_over) {
		kill(terminal->pid, SIGKILL);
		kill(terminal->child, SIGKILL);
		reap(terminal, 0);
	}
	terminal_hang_up(terminal);
	vterm_free(terminal->vterm);
	free(terminal->transcript);
	free(terminal->text);
}

static void
keep(struct terminal *terminal, const char *bytes, size_t length)
{
	size_t wanted = terminal->received + length + 1;

	if (wanted > terminal->transcript_room) {
		terminal->transcript_room = 2 * wanted;
		terminal->transcript = realloc(terminal->transcript,
			terminal->transcript_room);
		ck_assert_ptr_nonnull(terminal->transcript);
	}
	memcpy(terminal->transcript + terminal->received, bytes, length);
	terminal->transcript[wanted - 1] = '\0';
	terminal->received += length;
	for (size_t i = 0; i < length; i++)
		terminal->high += (unsigned char)bytes[i] >= 0x80;
	terminal->received_at = now_ms();
}

/* libvterm leaves this query to its user. */
static void
answer_background(struct terminal *terminal)
{
	if (terminal->background == NULL ||
		strstr(terminal->transcript, background_query) == NULL)
		return;
	terminal_type(terminal, terminal->background);
	terminal->background = NULL;
}

/*
 * Return the length of the longest prefix of the mark that the bytes end with.
 */
static size_t
begun_mark(const char *bytes, size_t length, const char *mark)
{
	size_t most = strlen(mark) - 1;

	for (size_t i = most < length ? most : length; i > 0; i--)
		if (memcmp(bytes + length - i, mark, i) == 0)
			return i;
	return 0;
}

/*
 * Return how many bytes of an incomplete character are at the end: libvterm can
 * lose the first ones.
 */
static size_t
begun_character(const char *bytes, size_t length)
{
	static const unsigned char lead[] = {0, 0xC0, 0xE0, 0xF0};

	for (size_t i = 1; i < sizeof lead && i <= length; i++) {
		unsigned char byte = (unsigned char)bytes[length - i];

		/* one that begins a character of more than i bytes */
		if (byte >= 0xC0)
			return byte >= lead[i] ? i : 0;
		if (byte < 0x80)
			return 0;
	}
	return 0;
}

/* Pass received bytes to the screen, but no incomplete frame or character. */
static void
show(struct terminal *terminal)
{
	size_t length;

	while ((length = terminal->received - terminal->shown) > 0) {
		const char *bytes = terminal->transcript + terminal->shown;
		const char *mark =
			terminal->is_in_frame ? frame_end : frame_begin;
		const char *at = memmem(bytes, length, mark, strlen(mark));

		if (at != NULL)
			length = (size_t)(at - bytes) + strlen(mark);
		else if (terminal->is_over)
			; /* no more bytes will come */
		else if (terminal->is_in_frame)
			return;
		else
			length -= begun_mark(bytes, length, mark);
		if (at == NULL && !terminal->is_over)
			length -= begun_character(bytes, length);
		if (length == 0)
			return;
		vterm_input_write(terminal->vterm, bytes, length);
		terminal->is_text_current = false;
		terminal->shown += length;
		if (at == NULL)
			continue;
		terminal->frames += terminal->is_in_frame;
		terminal->is_in_frame = !terminal->is_in_frame;
	}
}

void
terminal_open_bare(struct terminal *terminal, int rows, int columns)
{
	*terminal = (struct terminal){
		.rows = rows,
		.columns = columns,
		.master = -1,
		.slave = -1,
		.is_over = true,
	};
	make_screen(terminal);
}

void
terminal_show(struct terminal *terminal, const char *bytes, size_t length)
{
	keep(terminal, bytes, length);
	show(terminal);
}

bool
terminal_pump(struct terminal *terminal, int limit)
{
	struct pollfd file = {.fd = terminal->master, .events = POLLIN};
	char bytes[16384];
	bool any = false;
	ssize_t got;

	if (terminal->master < 0 || poll(&file, 1, limit) <= 0) {
		show(terminal);
		return false;
	}
	while ((got = read(terminal->master, bytes, sizeof bytes)) > 0) {
		keep(terminal, bytes, (size_t)got);
		answer_background(terminal);
		any = true;
		if ((size_t)got < sizeof bytes)
			break;
	}
	show(terminal);
	return any;
}

void
terminal_type(struct terminal *terminal, const char *keys)
{
	size_t length = strlen(keys);

	while (length > 0) {
		ssize_t written = write(terminal->master, keys, length);

		/* full: the program reads on while the test reads its output */
		ck_assert_msg(written >= 0 || errno == EAGAIN, "typing: %s",
			strerror(errno));
		if (written < 0) {
			terminal_pump(terminal, 1);
			continue;
		}
		keys += written;
		length -= (size_t)written;
	}
}

void
terminal_resize(struct terminal *terminal, int rows, int columns)
{
	struct winsize size = {
		.ws_row = (unsigned short)rows,
		.ws_col = (unsigned short)columns,
	};

	terminal_pump(terminal, 0);
	terminal->rows = rows;
	terminal->columns = columns;
	vterm_set_size(terminal->vterm, rows, columns);
	terminal->is_text_current = false;
	if (terminal->slave >= 0)
		ck_assert_int_eq(ioctl(terminal->slave, TIOCSWINSZ, &size), 0);
}

void
terminal_hang_up(struct terminal *terminal)
{
	if (terminal->master >= 0)
		close(terminal->master);
	if (terminal->slave >= 0)
		close(terminal->slave);
	terminal->master = terminal->slave = -1;
}

static int
color_of(const VTermColor *color, bool is_default)
{
	if (is_default)
		return -1;
	if (VTERM_COLOR_IS_INDEXED(color))
		return color->indexed.idx;
	return TERMINAL_RGB |
		(color->rgb.red << 16 | color->rgb.green << 8 |
			color->rgb.blue);
}

/* Write the text of a cell, " " if it is blank; return its length. */
static size_t
write_cell(const VTermScreenCell *from, char text[TERMINAL_CELL_SIZE])
{
	size_t length = 0;

	/* libvterm stores -1 in the second cell of a wide character */
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && from->chars[i] != 0 &&
		from->chars[i] != (uint32_t)-1;
		i++)
		length += utf8_put(from->chars[i], text + length);
	if (length == 0 && from->chars[0] != (uint32_t)-1)
		text[length++] = ' ';
	text[length] = '\0';
	return length;
}

static bool
read_cell(const struct terminal *terminal, int row, int column,
	VTermScreenCell *cell)
{
	return vterm_screen_get_cell(terminal->screen,
		(VTermPos){.row = row, .col = column}, cell);
}

void
terminal_cell(const struct terminal *terminal, int row, int column,
	struct terminal_cell *cell)
{
	VTermScreenCell from;

	memset(&from, 0, sizeof from);
	*cell = (struct terminal_cell){.text = " ",
		.foreground = -1,
		.background = -1};
	if (!read_cell(terminal, row, column, &from))
		return;
	write_cell(&from, cell->text);
	cell->is_bold = from.attrs.bold;
	cell->is_reverse = from.attrs.reverse;
	cell->foreground =
		color_of(&from.fg, VTERM_COLOR_IS_DEFAULT_FG(&from.fg));
	cell->background =
		color_of(&from.bg, VTERM_COLOR_IS_DEFAULT_BG(&from.bg));
	cell->is_coloured = cell->foreground >= 0 || cell->background >= 0;
}

/* Write a line, which must be on the screen; return its length. */
static size_t
write_line(const struct terminal *terminal, int row, char *line, size_t size)
{
	VTermScreenCell cell;
	size_t length = 0;

	memset(&cell, 0, sizeof cell);
	line[0] = '\0';
	for (int column = 0; column < terminal->columns; column++) {
		char text[TERMINAL_CELL_SIZE] = " ";
		size_t more = 1;

		if (read_cell(terminal, row, column, &cell))
			more = write_cell(&cell, text);
		if (length + more >= size)
			break;
		memcpy(line + length, text, more + 1);
		length += more;
	}
	return length;
}

void
terminal_line(const struct terminal *terminal, int row, char *line, size_t size)
{
	line[0] = '\0';
	if (row >= 0 && row < terminal->rows)
		write_line(terminal, row, line, size);
}

const char *
terminal_text(struct terminal *terminal)
{
	size_t line_size =
		(size_t)terminal->columns * (TERMINAL_CELL_SIZE - 1) + 2;
	size_t length = 0;

	if (terminal->is_text_current)
		return terminal->text;
	terminal->text =
		realloc(terminal->text, (size_t)terminal->rows * line_size + 1);
	ck_assert_ptr_nonnull(terminal->text);
	for (int row = 0; row < terminal->rows; row++) {
		length += write_line(terminal, row, terminal->text + length,
			line_size);
		terminal->text[length++] = '\n';
	}
	terminal->text[length] = '\0';
	terminal->is_text_current = true;
	return terminal->text;
}

bool
terminal_shows_color(const struct terminal *terminal, int color)
{
	for (int row = 0; row < terminal->rows; row++)
		for (int column = 0; column < terminal->columns; column++) {
			struct terminal_cell cell;

			terminal_cell(terminal, row, column, &cell);
			if (cell.foreground == color)
				return true;
		}
	return false;
}

bool
terminal_shows(struct terminal *terminal, const char *text)
{
	return strstr(terminal_text(terminal), text) != NULL;
}

bool
terminal_wait(struct terminal *terminal,
	bool (*condition)(struct terminal *terminal, void *argument),
	void *argument, int limit)
{
	long deadline = now_ms() + limit;

	for (;;) {
		long left = deadline - now_ms();

		if (condition(terminal, argument))
			return true;
		if (left <= 0)
			return false;
		if (!terminal_pump(terminal, left < 20 ? (int)left : 20)) {
			reap(terminal, WNOHANG);
			/* no more output can come */
			if (terminal->is_over && !terminal_pump(terminal, 0))
				return condition(terminal, argument);
		}
	}
}

static bool
shows(struct terminal *terminal, void *argument)
{
	return terminal_shows(terminal, argument);
}

static bool
does_not_show(struct terminal *terminal, void *argument)
{
	return !terminal_shows(terminal, argument);
}

bool
terminal_wait_for(struct terminal *terminal, const char *text, int limit)
{
	return terminal_wait(terminal, shows, (void *)(uintptr_t)text, limit);
}

bool
terminal_wait_until_gone(struct terminal *terminal, const char *text, int limit)
{
	return terminal_wait(terminal, does_not_show, (void *)(uintptr_t)text,
		limit);
}

/*
 * Return the fields of /proc/PID/stat after the program's name, which may
 * contain any character. The first field is the process state.
 */
static bool
read_stat(const struct terminal *terminal, char *state, long *ticks)
{
	char path[64], text[1024];
	unsigned long user = 0, system = 0;
	const char *fields;
	size_t length;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%ld/stat", (long)terminal->pid);
	file = fopen(path, "r");
	if (file == NULL)
		return false;
	length = fread(text, 1, sizeof text - 1, file);
	fclose(file);
	text[length] = '\0';
	fields = strrchr(text, ')');
	if (fields == NULL ||
		sscanf(fields,
			") %c %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %lu "
			"%lu",
			state, &user, &system) != 3)
		return false;
	*ticks = (long)(user + system);
	return true;
}

long
terminal_ticks(const struct terminal *terminal)
{
	char state;
	long ticks;

	return read_stat(terminal, &state, &ticks) ? ticks : -1;
}

static char
process_state(const struct terminal *terminal)
{
	char state;
	long ticks;

	return read_stat(terminal, &state, &ticks) ? state : '?';
}

bool
terminal_has_read(const struct terminal *terminal)
{
	/* Linux delivers bytes in transit on a poll */
	struct pollfd file = {.fd = terminal->slave, .events = POLLIN};
	int waiting = 0;

	return poll(&file, 1, 0) == 0 &&
		(ioctl(terminal->slave, FIONREAD, &waiting) != 0 ||
			waiting == 0);
}

/* The activity of a process, as far as the system tells. */
enum activity {
	ACTIVITY_WORK, /* computing, or waiting with a time limit */
	ACTIVITY_REST, /* stopped, or waiting for input without a time limit */
	ACTIVITY_UNKNOWN, /* asleep for an unknown reason */
};

/*
 * Read /proc/PID/syscall: the number of the current system call, followed by
 * its arguments. The program waits for keys by pselect, whose fifth argument is
 * the time limit.
 */
static enum activity
activity_of(const struct terminal *terminal)
{
	char path[64], state = process_state(terminal);
	unsigned long limit = 0;
	long call = -1;
	FILE *file;
	int read;

	if (state == 'T')
		return ACTIVITY_REST;
	if (state != 'S')
		return ACTIVITY_WORK;
	snprintf(path, sizeof path, "/proc/%ld/syscall", (long)terminal->pid);
	file = fopen(path, "r");
	if (file == NULL)
		return ACTIVITY_UNKNOWN;
	read = fscanf(file, "%ld %*x %*x %*x %*x %lx", &call, &limit);
	fclose(file);
#ifdef SYS_pselect6
	if (read == 2 && call == SYS_pselect6)
		return limit == 0 ? ACTIVITY_REST : ACTIVITY_WORK;
#endif
	/* another thread has a lock, or the disk or the terminal is slow */
	if (read == 2 && call != SYS_wait4 && call != SYS_waitid)
		return ACTIVITY_WORK;
	/* it has begun to work, or is the program's parent process */
	return read == 0 ? ACTIVITY_WORK : ACTIVITY_UNKNOWN;
}

bool
terminal_rests(const struct terminal *terminal)
{
	return activity_of(terminal) == ACTIVITY_REST;
}

bool
terminal_settle(struct terminal *terminal, int limit)
{
	long began = now_ms(), quiet_since = began;

	for (;;) {
		enum activity activity;

		while (terminal_pump(terminal, 0))
			quiet_since = now_ms();
		reap(terminal, WNOHANG);
		if (terminal->is_over)
			return true;
		/* in this order: first the keys, then the reaction to them */
		activity = terminal_has_read(terminal) ? activity_of(terminal)
						       : ACTIVITY_WORK;
		if (activity == ACTIVITY_UNKNOWN &&
			now_ms() - quiet_since > SILENCE_MS)
			activity = ACTIVITY_REST;
		if (activity == ACTIVITY_REST && !terminal_pump(terminal, 0) &&
			!terminal->is_in_frame)
			return true;
		if (now_ms() - began > limit)
			return false;
		if (terminal_pump(terminal, LOOK_MS))
			quiet_since = now_ms();
	}
}

bool
terminal_wait_for_end(struct terminal *terminal, int limit)
{
	long deadline = now_ms() + limit;

	for (;;) {
		reap(terminal, WNOHANG);
		if (terminal->is_over)
			break;
		if (now_ms() >= deadline)
			return false;
		if (terminal->master >= 0)
			terminal_pump(terminal, LOOK_MS);
		else
			poll(NULL, 0, LOOK_MS);
	}
	while (terminal_pump(terminal, 0))
		;
	return true;
}

bool
terminal_wait_for_stop(struct terminal *terminal, bool is_stopped, int limit)
{
	long deadline = now_ms() + limit;

	while ((process_state(terminal) == 'T') != is_stopped) {
		if (now_ms() >= deadline)
			return false;
		terminal_pump(terminal, LOOK_MS);
	}
	while (terminal_pump(terminal, 0) && is_stopped)
		;
	return true;
}

bool
terminal_is_restored(const struct terminal *terminal)
{
	const struct termios *before = &terminal->before;
	struct termios now = {0}; /* some systems leave a part of c_cc */

	return tcgetattr(terminal->slave, &now) == 0 &&
		now.c_iflag == before->c_iflag &&
		now.c_oflag == before->c_oflag &&
		now.c_cflag == before->c_cflag &&
		now.c_lflag == before->c_lflag &&
		memcmp(now.c_cc, before->c_cc, sizeof now.c_cc) == 0;
}
