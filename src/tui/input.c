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

enum {
	/* reads in a row that promise input and give none: it is gone */
	EMPTY_READS_MAX = 100,
	ESCAPE_MILLISECONDS = 25,
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
	case KEY_F(1):
		return INPUT_F1;
	case KEY_F(10):
		return INPUT_F10;
	case KEY_BACKSPACE:
		return INPUT_BACKSPACE;
	case KEY_BTAB:
		return INPUT_BACKTAB;
	case KEY_UP:
		return INPUT_UP;
	case KEY_DOWN:
		return INPUT_DOWN;
	case KEY_LEFT:
		return INPUT_LEFT;
	case KEY_RIGHT:
		return INPUT_RIGHT;
	case KEY_ENTER:
		return INPUT_ENTER;
	case KEY_PASTE:
		return INPUT_PASTE;
	case KEY_PASTE_END:
		return INPUT_PASTE_END;
	default:
		return INPUT_OTHER;
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
		return INPUT_ESCAPE;
	if (kind != OK || (code != '[' && code != 'O')) {
		if (kind == OK)
			unget_wch((wchar_t)code);
		else
			ungetch((int)code);
		return INPUT_ESCAPE;
	}
	/* parameters, and the letter that ends it */
	for (int i = 0; i < SEQUENCE_MAX && wget_wch(input.keys, &code) == OK;
		i++)
		if (code < ' ' || code > '?')
			break;
	return INPUT_OTHER;
}

/* A key that is there already, or INPUT_NONE. */
static int
read_key(void)
{
	wint_t code = 0;
	int kind;

	/* resizeterm puts a key there too */
	do
		kind = wget_wch(input.keys, &code);
	while (kind == KEY_CODE_YES && code == KEY_RESIZE);
	if (kind == ERR)
		return INPUT_NONE;
	input.empty_reads = 0;
	if (kind == KEY_CODE_YES)
		return translate(code);
	if (code == 127 || code == '\b')
		return INPUT_BACKSPACE;
	if (code == INPUT_ESCAPE)
		return skip_sequence();
	return code == 0 ? INPUT_OTHER : (int)code;
}

int
input_read(int milliseconds)
{
	int key = read_key(); /* curses may hold one back */
	bool has_input;

	if (key != INPUT_NONE)
		return key;
	has_input = signals_wait_input(STDIN_FILENO, output_waits_for(),
		milliseconds);
	output_advance();
	if (signals_take_resize())
		return INPUT_RESIZE;
	if (!has_input)
		return INPUT_NONE;
	key = read_key();
	if (key == INPUT_NONE && ++input.empty_reads >= EMPTY_READS_MAX)
		return INPUT_HANGUP;
	return key;
}
