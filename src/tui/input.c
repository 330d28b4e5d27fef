/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/input.h"

#include <curses.h>
#include <stdio.h>
#include <string.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

/* term.h defines these words as macros */
#undef columns
#undef lines

#include "base/clock.h"
#include "base/signals.h"
#include "tui/mouse.h"
#include "tui/output.h"
#include "tui/sequence.h"

enum {
	/* the terminal is gone after this many readable but empty reads */
	EMPTY_READS_MAX = 100,
	ESCAPE_MILLISECONDS = 25,
	REPORT_MAX = 64, /* bytes of a report of the mouse */
	QUEUE_MAX = 64,  /* keys pressed before the terminal's answer */
	/* our own key codes, above those of curses */
	KEY_PASTE = KEY_MAX + 0x1000,
	KEY_PASTE_END,
	KEY_MOUSE_SGR,
	KEY_MOUSE_X10
};

/*
 * The background colour, and the device attributes, which nearly all terminals
 * answer: their answer shows that no other one will come. The query ends with
 * BEL, because some versions of rxvt-unicode omit a part of the delimiter
 * ESC \\ in their answer.
 */
static const char query[] = "\033]11;?\a\033[c";

/*
 * Seconds. An answer may come late, and in parts. Until the device attributes
 * came, a sequence is continued after a pause.
 */
#define ANSWER_MAX 10.0  /* no answer comes later */
#define ESCAPE_PAUSE 0.2 /* after ESC, which may be a key */
#define PART_PAUSE 1.0   /* after more of a sequence */

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
	char report[REPORT_MAX + 1];
	int click_row, click_column;
	struct sequence sequence; /* under way */
	double last_read;         /* time of its last character */
	double answer_end;        /* when no answer can come any more; or 0 */
	char answer[SEQUENCE_TEXT_SIZE];
	int queue[QUEUE_MAX]; /* keys for input_read */
	size_t queued;
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

static bool
is_waiting_for_answer(void)
{
	return input.answer_end > 0 && clock_seconds() < input.answer_end;
}

void
input_end(void)
{
	report_mouse(false);
	bracket_pastes(false);
	/* the answer must not reach the shell */
	if (is_waiting_for_answer())
		tcflush(STDIN_FILENO, TCIFLUSH);
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
 * Return the seconds that the sequence under way may still take before it is
 * complete as it is; 0: it is.
 */
static double
pause_left(void)
{
	const struct sequence *sequence = &input.sequence;
	bool is_escape =
		sequence->kind == SEQUENCE_ESCAPE || sequence_is_bare(sequence);
	double pause = is_escape ? ESCAPE_PAUSE : PART_PAUSE;

	/* only answers are strings */
	if ((sequence->kind != SEQUENCE_STRING || is_escape) &&
		!is_waiting_for_answer())
		return 0;
	pause -= clock_seconds() - input.last_read;
	return pause > 0 ? pause : 0;
}

/*
 * End an incomplete sequence. Returns the key that it is: Escape, which may
 * come from Alt and another key; INPUT_NONE for a part of an answer.
 */
static int
cut_sequence(void)
{
	struct sequence sequence = input.sequence;

	input.sequence.kind = SEQUENCE_NONE;
	if (sequence_is_bare(&sequence)) {
		unget_wch(L']');
		return INPUT_ESCAPE;
	}
	if (sequence.kind == SEQUENCE_STRING)
		return INPUT_NONE;
	return sequence.kind == SEQUENCE_ESCAPE ? INPUT_ESCAPE : INPUT_OTHER;
}

/* End a complete sequence. Returns a key; INPUT_NONE for an answer. */
static int
end_sequence(void)
{
	struct sequence sequence = input.sequence;

	input.sequence.kind = SEQUENCE_NONE;
	if (sequence.kind == SEQUENCE_STRING) {
		memcpy(input.answer, input.sequence.text, sizeof input.answer);
		return INPUT_NONE;
	}
	if (sequence_is_attributes(&sequence) && is_waiting_for_answer()) {
		input.answer_end = 0;
		return INPUT_NONE;
	}
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
		if (!is_part || input.report_length == REPORT_MAX) {
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

/* Add a character to the sequence under way. Returns a key or INPUT_NONE. */
static int
continue_sequence(wint_t code)
{
	input.last_read = clock_seconds();
	switch (sequence_add(&input.sequence, (uint32_t)code)) {
	case SEQUENCE_CONTINUES:
		break;
	case SEQUENCE_ENDS:
		return end_sequence();
	case SEQUENCE_IS_CUT:
		unget_wch((wchar_t)code);
		return cut_sequence();
	}
	return INPUT_NONE;
}

/* Handle what wget_wch returned, except ERR. Returns a key or INPUT_NONE. */
static int
handle_code(int kind, wint_t code)
{
	bool is_in_sequence = input.sequence.kind != SEQUENCE_NONE;

	if (kind == KEY_CODE_YES && is_in_sequence) {
		ungetch((int)code);
		return cut_sequence();
	}
	if (kind == KEY_CODE_YES && code == KEY_MOUSE_SGR) {
		input.is_in_report = true;
		input.report_length = 0;
		return read_report();
	}
	if (kind == KEY_CODE_YES)
		return code == KEY_MOUSE_X10 ? skip_old_report()
					     : translate(code);
	if (is_in_sequence)
		return continue_sequence(code);
	if (code == 127 || code == '\b')
		return INPUT_BACKSPACE;
	if (code == INPUT_ESCAPE) {
		sequence_begin(&input.sequence);
		input.last_read = clock_seconds();
		return INPUT_NONE;
	}
	return code == 0 ? INPUT_OTHER : (int)code;
}

/* Return the next available key, or INPUT_NONE. */
static int
read_key(void)
{
	int key = INPUT_NONE;

	if (input.is_in_report)
		return read_report();
	while (key == INPUT_NONE && !input.is_in_report) {
		wint_t code = 0;
		int kind = wget_wch(input.keys, &code);

		if (kind == ERR)
			break;
		/* resizeterm adds a key to the queue too */
		if (kind == KEY_CODE_YES && code == KEY_RESIZE)
			continue;
		input.empty_reads = 0;
		key = handle_code(kind, code);
	}
	if (key == INPUT_NONE && input.sequence.kind != SEQUENCE_NONE &&
		pause_left() <= 0)
		key = cut_sequence();
	return key;
}

/* Whether the terminal is gone: it is readable but has nothing to read. */
static bool
is_gone(void)
{
	return ++input.empty_reads >= EMPTY_READS_MAX;
}

const char *
input_ask_background(int milliseconds)
{
	double end = clock_seconds() + milliseconds / 1000.0;

	output_ask(query);
	input.answer[0] = '\0';
	input.answer_end = clock_seconds() + ANSWER_MAX;
	while (is_waiting_for_answer() && input.queued < QUEUE_MAX &&
		clock_seconds() < end && signals_caught() == 0) {
		int key = read_key();
		bool has_input;

		if (key != INPUT_NONE) {
			input.queue[input.queued++] = key;
			continue;
		}
		if (!is_waiting_for_answer())
			break;
		has_input = signals_wait_input(STDIN_FILENO, output_waits_for(),
			clock_milliseconds(end - clock_seconds()));
		output_advance();
		if (has_input && is_gone())
			break;
	}
	return input.answer;
}

/* Return the first key of the queue, or INPUT_NONE. */
static int
take_queued(void)
{
	int key = input.queue[0];

	if (input.queued == 0)
		return INPUT_NONE;
	input.queued--;
	memmove(input.queue, input.queue + 1,
		input.queued * sizeof input.queue[0]);
	return key;
}

int
input_read(int milliseconds)
{
	int key = take_queued();
	bool has_input;

	/* noted by signals_unblock_briefly, it would not end the wait */
	if (key == INPUT_NONE && signals_take_resize())
		return INPUT_RESIZE;
	if (key == INPUT_NONE)
		key = read_key(); /* curses may have queued a key */
	if (key != INPUT_NONE)
		return key;
	if (input.sequence.kind != SEQUENCE_NONE) {
		int pause = clock_milliseconds(pause_left());

		if (milliseconds < 0 || pause < milliseconds)
			milliseconds = pause;
	}
	has_input = signals_wait_input(STDIN_FILENO, output_waits_for(),
		milliseconds);
	output_advance();
	if (signals_take_resize())
		return INPUT_RESIZE;
	if (!has_input)
		return INPUT_NONE;
	key = read_key();
	return key == INPUT_NONE && is_gone() ? INPUT_HANGUP : key;
}

void
input_click(int *row, int *column)
{
	*row = input.click_row;
	*column = input.click_column;
}
