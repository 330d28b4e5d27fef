/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A terminal for tests: a program runs in a pseudo-terminal, libvterm keeps its
 * screen, and a test types, reads the screen and waits.
 *
 * The program's output is read only while one of the waiting functions runs.
 * Each of them has a time limit. The terminal supports synchronized updates
 * (mode 2026): such a frame is shown as a whole or not at all.
 */
#ifndef LSTMTUI_TESTS_TERMINAL_H
#define LSTMTUI_TESTS_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>
#include <vterm.h>

#include "command.h"

/* Bytes that xterm sends for keys. */
#define KEY_ENTER "\r"
#define KEY_TAB "\t"
#define KEY_ESCAPE "\033"
#define KEY_BACKSPACE "\177"
#define KEY_UP "\033OA"
#define KEY_DOWN "\033OB"
#define KEY_RIGHT "\033OC"
#define KEY_LEFT "\033OD"
#define KEY_BACKTAB "\033[Z"
#define KEY_HOME "\033OH"
#define KEY_END "\033OF"
#define KEY_PAGE_UP "\033[5~"
#define KEY_PAGE_DOWN "\033[6~"
#define KEY_F1 "\033OP"
#define KEY_F3 "\033OR"
#define KEY_F5 "\033[15~"
#define KEY_F2 "\033OQ"
#define KEY_F4 "\033OS"
#define KEY_F6 "\033[17~"
#define KEY_F7 "\033[18~"
#define KEY_F8 "\033[19~"
#define KEY_F9 "\033[20~"
#define KEY_F10 "\033[21~"
#define KEY_CTRL_C "\003"
#define KEY_CTRL_L "\014"
#define KEY_CTRL_U "\025"
#define KEY_CTRL_Z "\032"

enum {
	/* time limit of any wait on a slow machine, in milliseconds */
	TERMINAL_LIMIT_MS = 15000,
	TERMINAL_ROWS_MAX = 256,
	TERMINAL_COLUMNS_MAX = 512,
	/* bytes of a cell in UTF-8 */
	TERMINAL_CELL_SIZE = 4 * VTERM_MAX_CHARS_PER_CELL + 1
};

struct terminal_options {
	/* the program; its output and input, if not given, are the terminal */
	struct command command;
	int rows, columns; /* 0: 30 and 100 */
	/*
	 * Run the program under a shell with job control, as Ctrl-Z needs;
	 * otherwise the program leads the terminal's session, as with xterm -e.
	 */
	bool in_a_shell;
	/*
	 * The answer to a query of the background colour, sent before that to
	 * any later query; NULL: none.
	 */
	const char *background;
	bool is_mute; /* answers no query */
};

struct terminal_cell {
	char text[TERMINAL_CELL_SIZE]; /* " " if blank */
	bool is_bold, is_reverse;
	bool is_coloured; /* foreground or background other than default */
	/* number in the palette, TERMINAL_RGB + 0xRRGGBB, or -1: default */
	int foreground, background;
};

enum { TERMINAL_RGB = 1 << 24 };

struct terminal {
	int rows, columns;
	int master, slave; /* -1: closed */
	pid_t pid;         /* process ID of the program */
	pid_t child;       /* the program or its shell: the test's child */
	bool is_over;      /* reaped; outcome tells how it ended */
	struct outcome outcome;
	struct termios before; /* terminal settings at the start */

	const char *background; /* answer not sent yet, or NULL */
	bool is_mute;

	/* modes that the program has set */
	bool is_alternate, is_cursor_visible;
	bool was_alternate; /* the alternate screen was on at any time */
	int mouse;

	size_t received;  /* bytes received */
	size_t high;      /* of these, bytes with the highest bit set */
	size_t shown;     /* of these, bytes passed to the screen */
	bool is_in_frame; /* the remaining bytes begin inside a frame */
	long frames;      /* complete frames shown */
	long received_at; /* time of the last byte, by now_ms */
	char *transcript; /* all bytes received, followed by a '\0' */
	size_t transcript_room;

	VTerm *vterm;
	VTermScreen *screen;
	char *text;           /* result of terminal_text */
	bool is_text_current; /* no output was shown since */
};

/* Start a program. Release it with terminal_close, which kills the program. */
void terminal_open(struct terminal *terminal,
	const struct terminal_options *options);
void terminal_close(struct terminal *terminal);

/*
 * Make a terminal without a program, whose output is what terminal_show passes
 * to it.
 */
void terminal_open_bare(struct terminal *terminal, int rows, int columns);
void terminal_show(struct terminal *terminal, const char *bytes, size_t length);

/* Read output; wait up to `limit` milliseconds for the first byte of it. */
bool terminal_pump(struct terminal *terminal, int limit);

/* Type bytes as a keyboard sends them. */
void terminal_type(struct terminal *terminal, const char *keys);

/* Set the size of the window and of the screen. */
void terminal_resize(struct terminal *terminal, int rows, int columns);

/* Close the window, as a user does. */
void terminal_hang_up(struct terminal *terminal);

/* Return the screen as lines of UTF-8 text, with trailing blanks. */
const char *terminal_text(struct terminal *terminal);

/* Copy one line of the screen; "" if the row is outside the screen. */
void terminal_line(const struct terminal *terminal, int row, char *line,
	size_t size);

void terminal_cell(const struct terminal *terminal, int row, int column,
	struct terminal_cell *cell);

bool terminal_shows(struct terminal *terminal, const char *text);

/* Return true if any cell has this foreground colour. */
bool terminal_shows_color(const struct terminal *terminal, int color);

/* Wait until a text appears on the screen, or disappears from it. */
bool terminal_wait_for(struct terminal *terminal, const char *text, int limit);
bool terminal_wait_until_gone(struct terminal *terminal, const char *text,
	int limit);

/* Wait for a condition, tested again whenever the screen has changed. */
bool terminal_wait(struct terminal *terminal,
	bool (*condition)(struct terminal *terminal, void *argument),
	void *argument, int limit);

/* Return true if the program has read all keys typed. */
bool terminal_has_read(const struct terminal *terminal);

/*
 * Wait until the program has handled all input and sleeps. Only for a program
 * that does nothing before the next key, for example while paused.
 */
bool terminal_settle(struct terminal *terminal, int limit);

/*
 * Return true if the program is known to wait for input without a time limit,
 * so that it uses no processor time; false if the system does not tell.
 */
bool terminal_rests(const struct terminal *terminal);

/* Wait until the program exits and its last output is on the screen. */
bool terminal_wait_for_end(struct terminal *terminal, int limit);

/* Wait until the program is stopped (true) or continues (false). */
bool terminal_wait_for_stop(struct terminal *terminal, bool is_stopped,
	int limit);

/* Return true if the terminal settings are those of the start. */
bool terminal_is_restored(const struct terminal *terminal);

/* Return the processor time of the program in clock ticks; -1: unknown. */
long terminal_ticks(const struct terminal *terminal);

#endif
