/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A robot types random keys and bytes of all kinds, from a fixed seed, into
 * terminals of all kinds. The program never crashes and restores the terminal.
 * LSTMTUI_KEYS: number of keys.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "command.h"
#include "core/random.h"
#include "folder.h"
#include "suite.h"
#include "terminal.h"

enum { KEYS = 10000, PASTE = 100000 };

static const char *const terminals[] = {"TERM=xterm-256color", "TERM=xterm",
	"TERM=vt100", "TERM=linux", "TERM=screen"};

enum { TERMINALS = sizeof terminals / sizeof terminals[0] };

/* Sequences of keys, complete and incomplete, of mice and of pastes. */
static const char *const sequences[] = {KEY_ENTER, KEY_TAB, KEY_ESCAPE,
	KEY_BACKSPACE, KEY_UP, KEY_DOWN, KEY_LEFT, KEY_RIGHT, KEY_F1, KEY_F5,
	KEY_F10, KEY_F2, KEY_PAGE_UP, KEY_PAGE_DOWN, KEY_HOME, KEY_END,
	KEY_CTRL_L, KEY_CTRL_U, "\033[", "\033O", "\033[1;", "\033[<0;10;10M",
	"\033[M !!", "\033[200~pasted\033[201~", "\xc3", "\xc3\xa9", "\xff\xfe",
	"\xf0\x9f\x98\x80", "\033[I", "\033]0;title\007", "100s",
	"9999999999999999999s", "-", "+", "\004"};

enum { SEQUENCES = sizeof sequences / sizeof sequences[0] };

static char folder[FOLDER_PATH_SIZE];
static struct terminal terminal;
static struct random dice;

static size_t
draw(size_t below)
{
	return (size_t)(random_next(&dice) % below);
}

static void
open_program(const char *const *environment)
{
	terminal_open(&terminal,
		&(struct terminal_options){.in_a_shell = true,
			.command = {
				.folder = folder,
				.environment = environment,
				.arguments = WORDS("--updates", "1000000000",
					"m.safetensors"),
			}});
	/* before that, the terminal echoes input */
	ck_assert(terminal_wait_for(&terminal, "Training", TERMINAL_LIMIT_MS));
}

/* The robot may have left the program by q and d or s; then assert success. */
static bool
has_ended(void)
{
	if (!terminal.is_over && !terminal_wait_for_end(&terminal, 0))
		return false;
	ck_assert_msg(terminal.outcome.signal == 0 &&
			terminal.outcome.status == 0,
		"status %d, signal %d:\n%s", terminal.outcome.status,
		terminal.outcome.signal, terminal_text(&terminal));
	ck_assert(terminal_is_restored(&terminal));
	terminal_close(&terminal);
	return true;
}

static void
press_something(void)
{
	static const char keys[] =
		"s+-[]gfdrRwWeltxn?q dcyn0123456789><imohjkGp/";
	char byte[2] = {0};

	switch (draw(12)) {
	case 0:
	case 1:
	case 2:
		terminal_type(&terminal, sequences[draw(SEQUENCES)]);
		break;
	case 3:
		/* any byte except those that stop or end the program at once */
		byte[0] = (char)(1 + draw(255));
		if (strchr("\003\032\034\023\021\004", byte[0]) == NULL)
			terminal_type(&terminal, byte);
		break;
	default:
		byte[0] = keys[draw(sizeof keys - 1)];
		terminal_type(&terminal, byte);
	}
}

static void
disturb(void)
{
	/* with one column, libvterm 0.3 crashes on a wide character */
	static const int sizes[][2] = {{24, 80}, {1, 2}, {3, 7}, {50, 132},
		{200, 300}, {12, 40}, {2, 200}};
	const int *size = sizes[draw(7)];

	switch (draw(4)) {
	case 0:
		/*
		 * LeakSanitizer traces the program at its end: a SIGCONT then
		 * cancels the tracer's own SIGSTOP, and both wait forever.
		 */
#ifndef __SANITIZE_ADDRESS__
		kill(terminal.pid, SIGSTOP);
		kill(terminal.pid, SIGCONT);
#endif
		break;
	case 1:
		kill(terminal.pid, SIGWINCH);
		break;
	default:
		terminal_resize(&terminal, size[0], size[1]);
	}
}

static int
count_keys(void)
{
	const char *wanted = getenv("LSTMTUI_KEYS");

	return (wanted != NULL ? atoi(wanted) : KEYS) / TERMINALS;
}

START_TEST(no_sequence_of_keys_crashes_the_program)
{
	const char *const environment[] = {terminals[_i], NULL};
	int keys = count_keys();

	folder_new(folder);
	random_seed(&dice, (uint64_t)_i + 1, RANDOM_STREAM_DATA);
	open_program(environment);
	for (int i = 0; i < keys; i++) {
		press_something();
		if (draw(40) == 0)
			disturb();
		if (i % 8 == 0)
			terminal_pump(&terminal, 1);
		if (i % 8 == 0 && has_ended())
			open_program(environment);
	}
	if (has_ended())
		return;
	/* it still reacts to a signal */
	kill(terminal.pid, SIGTERM);
	ck_assert_msg(terminal_wait_for_end(&terminal, TERMINAL_LIMIT_MS),
		"the program does not exit:\n%s", terminal_text(&terminal));
	ck_assert_msg(terminal.outcome.signal == 0 &&
			(terminal.outcome.status == 128 + SIGTERM ||
				terminal.outcome.status == 0),
		"status %d, signal %d", terminal.outcome.status,
		terminal.outcome.signal);
	ck_assert(terminal_is_restored(&terminal));
	terminal_close(&terminal);
}
END_TEST

START_TEST(a_large_paste_is_handled)
{
	char *paste = malloc(PASTE + 1);

	ck_assert_ptr_nonnull(paste);
	folder_new(folder);
	random_seed(&dice, 9, RANDOM_STREAM_DATA);
	for (int i = 0; i < PASTE; i++)
		paste[i] = "aijkmopuvz, .:;x"[draw(16)];
	paste[PASTE] = '\0';
	open_program(NULL);
	ck_assert(terminal_wait_for(&terminal, "running", TERMINAL_LIMIT_MS));
	terminal_type(&terminal, paste);
	terminal_type(&terminal, "?");
	ck_assert_msg(terminal_wait_for(&terminal, "Help", TERMINAL_LIMIT_MS),
		"no help:\n%s", terminal_text(&terminal));
	terminal_type(&terminal, "qqd");
	ck_assert(terminal_wait_for_end(&terminal, TERMINAL_LIMIT_MS));
	ck_assert_int_eq(terminal.outcome.status, 0);
	terminal_close(&terminal);
	free(paste);
}
END_TEST

static Suite *
robot_suite(void)
{
	Suite *suite = suite_create("robot");
	TCase *group = suite_group(suite, "robot", SUITE_SECONDS_SLOW);

	tcase_add_unchecked_fixture(group, folder_setup, folder_teardown);
	suite_add_loop(group, no_sequence_of_keys_crashes_the_program, 0,
		TERMINALS);
	tcase_add_test(group, a_large_paste_is_handled);
	return suite;
}

int
main(void)
{
	return suite_run(robot_suite());
}
