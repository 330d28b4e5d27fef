/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/terminal.h"

#include <assert.h>
#include <curses.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

/* term.h defines these words as macros */
#undef columns
#undef lines

#include "base/signals.h"
#include "base/translate.h"
#include "tui/input.h"
#include "tui/mouse.h"
#include "tui/output.h"

enum {
	RESTORE_SIZE = 512,
	TYPE_SIZE = 128, /* bytes of a terminal's type */
	/*
	 * Limits on the size that the window, or LINES and COLUMNS, may claim,
	 * since memory and drawing time grow with it.
	 */
	ROWS_MAX = 500,
	COLUMNS_MAX = 1000
};

static struct {
	bool is_open;
	bool refuses_mouse;
	SCREEN *screen;
	struct termios settings; /* while curses uses the terminal */
} terminal;

/* Data of the handler of fatal signals, which must not call curses. */
static struct {
	volatile sig_atomic_t is_armed;
	struct termios settings;
	char text[RESTORE_SIZE]; /* leaves the alternate screen, shows cursor */
	size_t length;
} restore;

static void
handle_fatal(int number)
{
	if (restore.is_armed) {
		restore.is_armed = 0;
		output_force(restore.text, restore.length);
		tcsetattr(STDOUT_FILENO, TCSANOW, &restore.settings);
	}
	signal(number, SIG_DFL);
	raise(number);
}

static int
append_character(int character)
{
	if (restore.length < RESTORE_SIZE)
		restore.text[restore.length++] = (char)character;
	return character;
}

/* Return the string of a capability; "" if the terminal lacks it. */
static const char *
capability(const char *name)
{
	const char *text = tigetstr(name);

	return text != NULL && text != (const char *)-1 ? text : "";
}

/* Whether the alternate screen is a private mode, which implies others. */
static bool
has_private_modes(void)
{
	return strstr(capability("smcup"), "\033[?") != NULL;
}

/* Append the string of a capability to the text of the handler. */
static void
append_capability(const char *name)
{
	tputs(capability(name), 1, append_character);
}

static void
arm_restore(void)
{
	static const int fatals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT,
		SIGTRAP, SIGSYS};
	struct sigaction action;

	restore.length = 0;
	tputs(output_frame_end(), 1, append_character);
	if (!terminal.refuses_mouse && capability("kmous")[0] != '\0')
		tputs(MOUSE_OFF, 1, append_character);
	append_capability("BD");
	append_capability("sgr0");
	append_capability("cnorm");
	append_capability("rmkx");
	append_capability("rmcup");
	append_capability("cnorm"); /* see restore_terminal */
	memset(&action, 0, sizeof action);
	sigemptyset(&action.sa_mask);
	action.sa_handler = handle_fatal;
	for (size_t i = 0; i < sizeof fatals / sizeof fatals[0]; i++)
		sigaction(fatals[i], &action, NULL);
	restore.is_armed = 1;
}

static bool
no_terminal(struct error *error, const char *cause)
{
	return error_set(error, "%s; 'lstmtui train' trains without a screen",
		cause);
}

bool
terminal_check(struct error *error)
{
	const char *name = getenv("TERM");

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return no_terminal(error,
			_("the interface needs a terminal for input and "
			  "output"));
	if (name == NULL || name[0] == '\0')
		return no_terminal(error, _("TERM is not set"));
	return true;
}

/* Check the description of the terminal, because curses reports no cause. */
static bool
can_place_cursor(struct error *error)
{
	char cause[128];
	const char *place;
	int result;

	if (setupterm(NULL, STDOUT_FILENO, &result) != OK) {
		snprintf(cause, sizeof cause,
			_("unknown terminal type '%.40s'"), getenv("TERM"));
		return no_terminal(error, cause);
	}
	place = tigetstr("cup");
	del_curterm(cur_term);
	if (place != NULL && place != (const char *)-1)
		return true;
	snprintf(cause, sizeof cause,
		_("a terminal of type '%.40s' cannot position "
		  "the cursor"),
		getenv("TERM"));
	return no_terminal(error, cause);
}

static int
bounded(int size, int max)
{
	return size < max ? size : max;
}

/* Limit the size that curses reads from a variable or from the window. */
static void
bound_variable(const char *name, int window, int max)
{
	const char *text = getenv(name);
	char bound[16];

	if ((text != NULL ? strtol(text, NULL, 10) : window) <= max)
		return;
	snprintf(bound, sizeof bound, "%d", max);
	setenv(name, bound, 1);
}

static void
bound_size(void)
{
	struct winsize size = {0};

	(void)ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
	bound_variable("LINES", size.ws_row, ROWS_MAX);
	bound_variable("COLUMNS", size.ws_col, COLUMNS_MAX);
}

/* What the description of a type of terminal has, if it is known here. */
struct description {
	bool is_known, has_private_modes, is_direct;
};

static struct description
describe_type(const char *type)
{
	struct description found = {0};
	int result;

	if (setupterm(type, STDOUT_FILENO, &result) != OK)
		return found;
	found.is_known = true;
	found.has_private_modes = has_private_modes();
	found.is_direct = tigetflag("RGB") > 0;
	del_curterm(cur_term);
	return found;
}

/*
 * Return the type of the terminal for curses. If the terminal announces 24-bit
 * colours that the description of its type lacks, as that of xterm-256color,
 * return the type for these, as xterm-direct, if it is known here. It must not
 * lack the alternate screen, as some versions of xterm-direct2 do.
 */
static const char *
direct_type(char *name, size_t size)
{
	static const char *const endings[] = {"-direct2", "-direct"};
	const char *given = getenv("TERM"), *colors = getenv("COLORTERM");
	const char *palette;
	struct description own;
	size_t length;

	assert(given != NULL); /* see terminal_check */
	palette = strstr(given, "-256color");
	length = palette != NULL ? (size_t)(palette - given) : strlen(given);
	if (colors == NULL ||
		(strcmp(colors, "truecolor") != 0 &&
			strcmp(colors, "24bit") != 0))
		return given;
	own = describe_type(given);
	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
		struct description direct;

		snprintf(name, size, "%.*s%s", (int)length, given, endings[i]);
		direct = describe_type(name);
		if (direct.is_known && direct.is_direct &&
			(direct.has_private_modes || !own.has_private_modes))
			return name;
	}
	return given;
}

bool
terminal_has_direct_color(void)
{
	return COLORS == 1 << 24 &&
		(tigetflag("RGB") > 0 || tigetnum("RGB") == 8);
}

/* Start curses. Its initial output is sent with the first frame. */
static bool
start_curses(struct error *error)
{
	FILE *stream = output_open();
	char name[TYPE_SIZE];

	bound_size();
	if (stream != NULL && !output_can_record(error)) {
		output_close();
		return false;
	}
	if (stream != NULL)
		terminal.screen =
			newterm(direct_type(name, sizeof name), stream, stdin);
	if (terminal.screen == NULL) {
		output_close();
		return error_out_of_memory(error);
	}
	terminal.is_open = true;
	if (has_private_modes())
		output_mark_frames();
	arm_restore();
	cbreak();
	noecho();
	nonl();
	tcgetattr(STDOUT_FILENO, &terminal.settings);
	output_buffer();
	output_record_size(LINES, COLS);
	return true;
}

void
terminal_refuse_mouse(void)
{
	terminal.refuses_mouse = true;
}

bool
terminal_set_up(struct error *error)
{
	if (!terminal_check(error) || !can_place_cursor(error))
		return false;
	if (tcgetattr(STDOUT_FILENO, &restore.settings) != 0)
		return error_set(error, "cannot read the terminal settings: %s",
			strerror(errno));
	atexit(terminal_restore);
	if (!start_curses(error))
		return false;
	if (!input_open(!terminal.refuses_mouse)) {
		terminal_restore();
		return error_out_of_memory(error);
	}
	leaveok(stdscr, TRUE);
	curs_set(0);
	return true;
}

static int
put_character(int character)
{
	return fputc(character, output_stream());
}

/*
 * Restore the terminal. Curses alone would block until the terminal has read
 * all output, possibly forever. Show the cursor again after curses has left the
 * alternate screen: some terminals, such as those of Vim and Neovim, then
 * restore the cursor of the last save (ESC 7), which curses makes while the
 * cursor is hidden.
 */
static void
restore_terminal(void)
{
	output_buffer();
	input_end();
	endwin();
	tputs(capability("cnorm"), 1, put_character);
	fflush(output_stream());
	output_finish(restore.text, restore.length);
	tcsetattr(STDOUT_FILENO, TCSANOW, &restore.settings);
}

void
terminal_restore(void)
{
	if (!terminal.is_open)
		return;
	terminal.is_open = false;
	restore_terminal();
	restore.is_armed = 0;
	delscreen(terminal.screen);
	terminal.screen = NULL;
	output_close();
}

enum background
terminal_background(void)
{
	enum background background = BACKGROUND_UNKNOWN;

	if (has_private_modes())
		background = background_of_answer(
			input_ask_background(TERMINAL_ANSWER_MS));
	if (background == BACKGROUND_UNKNOWN)
		background = background_of_variable(getenv("COLORFGBG"));
	return background;
}

int
terminal_speed(void)
{
	int speed = baudrate();

	return speed != ERR ? speed : 0;
}

void
terminal_redraw(void)
{
	clearok(curscr, TRUE);
}

/* Set the size of curses to that of the window. */
static void
resize(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 &&
		size.ws_col > 0)
		resizeterm(bounded(size.ws_row, ROWS_MAX),
			bounded(size.ws_col, COLUMNS_MAX));
	output_record_size(LINES, COLS);
}

void
terminal_suspend(void)
{
	restore_terminal();
	signals_stop();
	tcsetattr(STDOUT_FILENO, TCSANOW, &terminal.settings);
	output_buffer();
	input_begin();
	/* the window may have been resized meanwhile */
	resize();
	terminal_redraw();
}

void
terminal_size(int *rows, int *columns)
{
	getmaxyx(stdscr, *rows, *columns);
}

bool
terminal_is_behind(void)
{
	return output_waits_for() >= 0;
}

bool
terminal_is_damaged(void)
{
	if (!output_has_lost())
		return false;
	terminal_redraw();
	return true;
}

int
terminal_key(int milliseconds)
{
	int key = input_read(milliseconds);

	if (key == INPUT_RESIZE) {
		resize();
		/* the terminal may have changed its contents */
		terminal_redraw();
	}
	return key;
}

void
terminal_click(int *row, int *column)
{
	input_click(row, column);
}
