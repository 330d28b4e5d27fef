/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/input.h"

#include <curses.h>
#include <stdio.h>
#include <term.h>
#include <unistd.h>

/* term.h defines these words as macros */
#undef columns
#undef lines

#include "base/signals.h"
#include "tui/mouse.h"
#include "tui/output.h"

enum {
	/* the terminal is gone after this many readable but empty reads */
	EMPTY_READS_MAX = 100,
	ESCAPE_MILLISECONDS = 25,
	SEQUENCE_MAX = 64, /* bytes */
	/* our own key codes, above those of curses */
	KEY_PASTE = KEY_MAX + 0x1000,
	KEY_PASTE_END,
	KEY_MOUSE_SGR,
	KEY_MOUSE_X10
};

static struct {
	/*
	 * A pad for reading keys. Reading from a window would make curses
	 * refresh it first, bypassing output_buffer.
	 */
	WINDOW *keys;
	int empty_reads;
	bool has_mouse; /* the mouse is requested */
	/* a report of the mouse that has arrived in part */
	bool is_in_report;
	size_t report_length;
	char report[SEQUENCE_MAX + 1];
	int click_row, click_column;
} input;

/*
 * Switch bracketed paste on or off, if the terminal supports it, so that pasted
 * text is not taken for key presses.
 */
static void
bracket_pastes(bool on)
{
	const char *text = tigetstr(on ? "BE" : "BD");

	/* curses' putp would write to standard output */
	if (text != NULL && text != (const char *)-1) {
		fputs(text, output_stream());
		fflush(output_stream());
	}
}

/* Request reports of the mouse, or end them. */
static void
report_mouse(bool on)
{
	if (!input.has_mouse)
		return;
	fputs(on ? MOUSE_ON : MOUSE_OFF, output_stream());
	fflush(output_stream());
}

bool
input_open(bool mouse)
{
	const char *mouse_key = tigetstr("kmous");

	input.keys = newpad(1, 1);
	if (input.keys == NULL)
		return false;
	set_escdelay(ESCAPE_MILLISECONDS);
	nodelay(input.keys, TRUE);
	define_key("\033[200~", KEY_PASTE);
	define_key("\033[201~", KEY_PASTE_END);
	/* replace curses' own key of mouse reports, which keypad defines */
	keypad(input.keys, TRUE);
	define_key(NULL, KEY_MOUSE);
	define_key("\033[<", KEY_MOUSE_SGR);
	define_key("\033[M", KEY_MOUSE_X10);
	input.has_mouse =
		mouse && mouse_key != NULL && mouse_key != (const char *)-1;
	input.is_in_report = false;
	input_begin();
	return true;
}

void
input_begin(void)
{
	keypad(input.keys, TRUE);
	bracket_pastes(true);
	report_mouse(true);
}

void
input_end(void)
{
	report_mouse(false);
	bracket_pastes(false);
}

static int
translate(wint_t code)
{
	static const struct {
		wint_t code;
		int key;
	} keys[] = {
		{KEY_F(1), INPUT_F1},
		{KEY_F(2), INPUT_F2},
		{KEY_F(3), INPUT_F3},
		{KEY_F(4), INPUT_F4},
		{KEY_F(5), INPUT_F5},
		{KEY_F(6), INPUT_F6},
		{KEY_F(7), INPUT_F7},
		{KEY_F(8), INPUT_F8},
		{KEY_F(9), INPUT_F9},
		{KEY_F(10), INPUT_F10},
		{KEY_BACKSPACE, INPUT_BACKSPACE},
		{KEY_BTAB, INPUT_BACKTAB},
		{KEY_UP, INPUT_UP},
		{KEY_DOWN, INPUT_DOWN},
		{KEY_LEFT, INPUT_LEFT},
		{KEY_RIGHT, INPUT_RIGHT},
		{KEY_PPAGE, INPUT_PAGE_UP},
		{KEY_NPAGE, INPUT_PAGE_DOWN},
		{KEY_HOME, INPUT_HOME},
		{KEY_END, INPUT_END},
		{KEY_ENTER, INPUT_ENTER},
		{KEY_PASTE, INPUT_PASTE},
		{KEY_PASTE_END, INPUT_PASTE_END},
	};

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		if (keys[i].code == code)
			return keys[i].key;
	return INPUT_UNKNOWN;
}

/*
 * Read the rest of an escape sequence unknown to curses, such as a mouse
 * report, so that its letters do not act as keys. Returns INPUT_ESCAPE if the
 * key was Escape alone.
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
	/* parameters, and the final letter */
	for (int i = 0; i < SEQUENCE_MAX && wget_wch(input.keys, &code) == OK;
		i++)
		if (code < ' ' || code > '?')
			break;
	return INPUT_OTHER;
}

/* Decode the complete report. */
static int
finish_report(void)
{
	static const int keys[] = {
		[MOUSE_OTHER] = INPUT_OTHER,
		[MOUSE_CLICK] = INPUT_CLICK,
		[MOUSE_WHEEL_UP] = INPUT_WHEEL_UP,
		[MOUSE_WHEEL_DOWN] = INPUT_WHEEL_DOWN,
	};
	struct mouse_event event;

	input.is_in_report = false;
	input.report[input.report_length] = '\0';
	event = mouse_decode(input.report);
	if (!input.has_mouse)
		return INPUT_OTHER;
	input.click_row = event.row;
	input.click_column = event.column;
	return keys[event.kind];
}

/*
 * Read as much of a report of the mouse as has arrived. Anything that cannot
 * belong to it ends it and is read next.
 */
static int
read_report(void)
{
	wint_t code = 0;
	int kind;

	while ((kind = wget_wch(input.keys, &code)) != ERR) {
		bool is_part = kind == OK &&
			((code >= '0' && code <= '9') || code == ';' ||
				code == 'M' || code == 'm');

		input.empty_reads = 0;
		if (!is_part || input.report_length == SEQUENCE_MAX) {
			input.is_in_report = false;
			if (kind == OK)
				unget_wch((wchar_t)code);
			else
				ungetch((int)code);
			return INPUT_OTHER;
		}
		input.report[input.report_length++] = (char)code;
		if (code == 'M' || code == 'm')
			return finish_report();
	}
	return INPUT_NONE;
}

/* Skip a report in the old form, by terminals without the SGR form. */
static int
skip_old_report(void)
{
	wint_t code;

	for (int i = 0; i < 3 && wget_wch(input.keys, &code) == OK; i++)
		;
	return INPUT_OTHER;
}

/* Return the next available key, or INPUT_NONE. */
static int
read_key(void)
{
	wint_t code = 0;
	int kind;

	if (input.is_in_report)
		return read_report();
	/* resizeterm adds a key to the queue too */
	do
		kind = wget_wch(input.keys, &code);
	while (kind == KEY_CODE_YES && code == KEY_RESIZE);
	if (kind == ERR)
		return INPUT_NONE;
	input.empty_reads = 0;
	if (kind == KEY_CODE_YES && code == KEY_MOUSE_SGR) {
		input.is_in_report = true;
		input.report_length = 0;
		return read_report();
	}
	if (kind == KEY_CODE_YES)
		return code == KEY_MOUSE_X10 ? skip_old_report()
					     : translate(code);
	if (code == 127 || code == '\b')
		return INPUT_BACKSPACE;
	if (code == INPUT_ESCAPE)
		return skip_sequence();
	return code == 0 ? INPUT_OTHER : (int)code;
}

int
input_read(int milliseconds)
{
	int key = read_key(); /* curses may have queued a key */
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

void
input_click(int *row, int *column)
{
	*row = input.click_row;
	*column = input.click_column;
}
