/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A terminal for tests: a program runs in a pseudo-terminal, libvterm keeps
 * the screen that a person would see, and a test types, looks and waits.
 *
 * Nothing happens behind the test's back: what the program writes is taken in
 * while one of the waiting functions runs. All of them are bounded. The
 * terminal knows synchronized updates (mode 2026): a frame that is marked as
 * one is on the screen as a whole or not at all.
 */
#ifndef LSTMTUI_TESTS_TERMINAL_H
#define LSTMTUI_TESTS_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>
#include <vterm.h>

#include "command.h"

/* What an xterm sends. */
#define KEY_ENTER "\r"
#define KEY_TAB "\t"
#define KEY_ESCAPE "\033"
#define KEY_BACKSPACE "\177"
#define KEY_UP "\033OA"
#define KEY_DOWN "\033OB"
#define KEY_RIGHT "\033OC"
#define KEY_LEFT "\033OD"
#define KEY_PAGE_DOWN "\033[6~"
#define KEY_F1 "\033OP"
#define KEY_F5 "\033[15~"
#define KEY_F10 "\033[21~"
#define KEY_CTRL_C "\003"
#define KEY_CTRL_L "\014"
#define KEY_CTRL_U "\025"
#define KEY_CTRL_Z "\032"

enum {
	/* what anything may take on a slow machine, in milliseconds */
	TERMINAL_LIMIT_MS = 15000,
	TERMINAL_ROWS_MAX = 256,
	TERMINAL_COLUMNS_MAX = 512,
	/* a cell in UTF-8 */
	TERMINAL_CELL_SIZE = 4 * VTERM_MAX_CHARS_PER_CELL + 1
};

struct terminal_options {
	/* the program; output and input are the terminal where not given */
	struct command command;
	int rows, columns; /* 0: 30 and 100 */
	/*
	 * Under a shell that controls jobs, as Ctrl-Z needs it; else the
	 * program leads the terminal's session, as with xterm -e.
	 */
	bool in_a_shell;
};

struct terminal_cell {
	char text[TERMINAL_CELL_SIZE]; /* " " where blank */
	bool is_bold, is_reverse;
	bool is_coloured; /* foreground or background other than default */
};

struct terminal {
	int rows, columns;
	int master, slave; /* -1: closed */
	pid_t pid;         /* the program's */
	pid_t child;       /* what we wait for: the program or its shell */
	bool is_over;      /* reaped; then outcome says how it ended */
	struct outcome outcome;
	struct termios before; /* the settings that it started with */

	/* what the program switched on */
	bool is_alternate, is_cursor_visible;
	bool was_alternate; /* at any time */
	int mouse;

	size_t received;  /* bytes */
	size_t high;      /* of these with the highest bit set */
	size_t shown;     /* of these that the screen has had */
	bool is_in_frame; /* the rest begins within a frame */
	long frames;      /* that were shown as a whole */
	long received_at; /* when the last came, by now_ms */
	char *transcript; /* all of them, with a '\0' behind */
	size_t transcript_room;

	VTerm *vterm;
	VTermScreen *screen;
	char *text; /* of terminal_text */
};

/* Start a program. Release it with terminal_close, which kills what lives. */
void terminal_open(struct terminal *terminal,
	const struct terminal_options *options);
void terminal_close(struct terminal *terminal);

/* Take in what comes; waits for the first of it up to limit milliseconds. */
bool terminal_pump(struct terminal *terminal, int limit);

/* Type: bytes as the keyboard would send them. */
void terminal_type(struct terminal *terminal, const char *keys);

/* The window's size, and the screen's with it. */
void terminal_resize(struct terminal *terminal, int rows, int columns);

/* Close the window, as a person does. */
void terminal_hang_up(struct terminal *terminal);

/* The screen as lines of text in UTF-8, blanks at their ends too. */
const char *terminal_text(struct terminal *terminal);

/* One line of it. row and line may be anything; "" outside the screen. */
void terminal_line(const struct terminal *terminal, int row, char *line,
	size_t size);

void terminal_cell(const struct terminal *terminal, int row, int column,
	struct terminal_cell *cell);

bool terminal_shows(struct terminal *terminal, const char *text);

/* Wait until a text is, or is no longer, on the screen. */
bool terminal_wait_for(struct terminal *terminal, const char *text, int limit);
bool terminal_wait_until_gone(struct terminal *terminal, const char *text,
	int limit);

/* Wait for a condition, asked anew whenever the screen has changed. */
bool terminal_wait(struct terminal *terminal,
	bool (*condition)(struct terminal *terminal, void *argument),
	void *argument, int limit);

/* Whether the program has read all that was typed. */
bool terminal_has_read(const struct terminal *terminal);

/*
 * Wait until the program has answered all it was sent and sleeps. Only for a
 * program that has nothing to do before the next key, as one that is paused.
 */
bool terminal_settle(struct terminal *terminal, int limit);

/*
 * Whether the program is known to wait for input without a limit of time, so
 * that it can use no processor time; false where the system does not tell.
 */
bool terminal_rests(const struct terminal *terminal);

/* Wait for the program's end; its last words are on the screen then. */
bool terminal_wait_for_end(struct terminal *terminal, int limit);

/* Wait until the program is stopped (true) or runs on (false). */
bool terminal_wait_for_stop(struct terminal *terminal, bool is_stopped,
	int limit);

/* Are the settings those that the program started with? */
bool terminal_is_restored(const struct terminal *terminal);

/* Clock ticks of processor time that the program has used; -1: unknown. */
long terminal_ticks(const struct terminal *terminal);

#endif
