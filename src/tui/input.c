/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/input.h"

#include <curses.h>
#include <stdio.h>
#include <term.h>
#include <unistd.h>

/* term.h takes plain words for its own */
#undef columns
#undef lines

#include "base/signals.h"
#include "tui/output.h"
#include "tui/screen.h"

enum {
	/* reads in a row that promise input and give none: it is gone */
	EMPTY_READS_MAX = 100,
	ESCAPE_MILLISECONDS = 25,
	ESCAPE = 27,
	SEQUENCE_MAX = 64, /* bytes */
	/* codes of ours beyond those that curses gives to keys */
	KEY_PASTE = KEY_MAX + 0x1000,
	KEY_PASTE_END
};

static struct {
	/*
	 * A pad to read keys by: before it waits for a key curses draws what
	 * was changed of a window, past output_keep.
	 */
	WINDOW *keys;
	int empty_reads;
} input;

/*
 * Pastes come marked, where the terminal can do that: pasted text is no
 * sequence of keys that anybody pressed.
 */
static void
mark_pastes(bool on)
{
	const char *text = tigetstr(on ? "BE" : "BD");

	/* not by curses' putp: that writes to standard output */
	if (text != NULL && text != (const char *)-1) {
		fputs(text, output_stream());
		fflush(output_stream());
	}
}

bool
input_open(void)
{
	input.keys = newpad(1, 1);
	if (input.keys == NULL)
		return false;
	set_escdelay(ESCAPE_MILLISECONDS);
	nodelay(input.keys, TRUE);
	define_key("\033[200~", KEY_PASTE);
	define_key("\033[201~", KEY_PASTE_END);
	input_begin();
	return true;
}

void
input_begin(void)
{
	keypad(input.keys, TRUE);
	mark_pastes(true);
}

void
input_rest(void)
{
	mark_pastes(false);
}

static int
translate(wint_t code)
{
	switch (code) {
	case KEY_RESIZE:
		return SCREEN_KEY_RESIZE;
	case KEY_F(1):
		return SCREEN_KEY_F1;
	case KEY_F(10):
		return SCREEN_KEY_F10;
	case KEY_BACKSPACE:
		return SCREEN_KEY_BACKSPACE;
	case KEY_BTAB:
		return SCREEN_KEY_BACKTAB;
	case KEY_UP:
		return SCREEN_KEY_UP;
	case KEY_DOWN:
		return SCREEN_KEY_DOWN;
	case KEY_LEFT:
		return SCREEN_KEY_LEFT;
	case KEY_RIGHT:
		return SCREEN_KEY_RIGHT;
	case KEY_ENTER:
		return '\r';
	case KEY_PASTE:
		return SCREEN_KEY_PASTE;
	case KEY_PASTE_END:
		return SCREEN_KEY_PASTE_END;
	default:
		return SCREEN_KEY_OTHER;
	}
}

/*
 * What stands behind an Escape. A sequence that curses does not know, of a
 * key or a report that has no meaning here, must not act as its letters do.
 */
static int
skip_sequence(void)
{
	wint_t code = 0;
	int kind = wget_wch(input.keys, &code);

	if (kind == ERR)
		return ESCAPE;
	if (kind != OK || (code != '[' && code != 'O')) {
		if (kind == OK)
			unget_wch((wchar_t)code);
		else
			ungetch((int)code);
		return ESCAPE;
	}
	/* parameters, and the letter that ends it */
	for (int i = 0; i < SEQUENCE_MAX && wget_wch(input.keys, &code) == OK;
		i++)
		if (code < ' ' || code > '?')
			break;
	return SCREEN_KEY_OTHER;
}

/* A key that is there already, or SCREEN_KEY_NONE. */
static int
read_key(void)
{
	wint_t code = 0;
	int kind = wget_wch(input.keys, &code);

	if (kind == ERR)
		return SCREEN_KEY_NONE;
	input.empty_reads = 0;
	if (kind == KEY_CODE_YES)
		return translate(code);
	if (code == 127 || code == '\b')
		return SCREEN_KEY_BACKSPACE;
	if (code == ESCAPE)
		return skip_sequence();
	return code == 0 ? SCREEN_KEY_OTHER : (int)code;
}

int
screen_key(int milliseconds)
{
	int key = read_key(); /* curses may hold one back */
	bool has_input;

	if (key != SCREEN_KEY_NONE)
		return key;
	has_input = signals_wait_input(STDIN_FILENO, output_waits_for(),
		milliseconds);
	output_advance();
	if (signals_take_resize()) {
		screen_resize();
		/* even back to the old size: what is seen now is unknown */
		screen_redraw();
		return SCREEN_KEY_RESIZE;
	}
	if (!has_input)
		return SCREEN_KEY_NONE;
	key = read_key();
	if (key == SCREEN_KEY_NONE && ++input.empty_reads >= EMPTY_READS_MAX)
		return SCREEN_KEY_HANGUP;
	return key;
}
