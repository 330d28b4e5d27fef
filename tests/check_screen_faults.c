/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fault injection into the interface, like check_faults for the commands, while
 * a test uses it in a terminal. LSTMTUI_FAULTS_ALL=1: inject at every call.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "endless.h"
#include "suite.h"

#define CAST "l.cast"

static const char *const faults[] = {"calloc:%d:ENOMEM",
	"aligned_alloc:%d:ENOMEM", "realloc:%d:ENOMEM", "write:%d:ENOSPC",
	"write:%d:short", "fsync:%d:EIO", "close:%d:EIO", "rename:%d:EROFS",
	"mkostemp:%d:EACCES", "read:%d:EIO", "fopen:%d:EACCES"};

/* Runs to train. */
static const char *const trained[][12] = {
	{"--updates", "20", "--seed", "1", "--units", "4", MODEL},
	{"--updates", "20", "--seed", "1", "--task", "text", "--data", "t.txt",
		"--record", CAST},
};

/* The test has left the program; otherwise the program exited by itself. */
static bool has_left;

/* Return true if the text is on the screen or the program has exited. */
static bool
shows_or_ends(struct terminal *from, void *argument)
{
	return terminal_shows(from, argument) || terminal_wait_for_end(from, 0);
}

/* Wait for a text; return false if the program has exited. */
static bool
await(const char *text)
{
	ck_assert_msg(terminal_wait(&terminal, shows_or_ends,
			      (void *)(uintptr_t)text, LIMIT_MS),
		"no '%s':\n%s", text, terminal_text(&terminal));
	return !terminal.is_over;
}

static bool
has_stopped(struct terminal *from, void *argument)
{
	(void)argument;
	return terminal_shows(from, "paused") ||
		shows_or_ends(from, (void *)(uintptr_t) "finished");
}

/* Train to the end. Lack of memory only pauses training. */
static bool
finish(void)
{
	ck_assert_msg(terminal_wait(&terminal, has_stopped, NULL, LIMIT_MS),
		"training does not stop:\n%s", terminal_text(&terminal));
	if (!terminal.is_over && terminal_shows(&terminal, "paused"))
		press(" ");
	return await("finished");
}

/*
 * Return true if a new run has begun, the form shows an error, or the program
 * has exited.
 */
static bool
has_decided(struct terminal *from, void *argument)
{
	static const char *const reasons[] = {"out of memory",
		"Permission denied", "Input/output error"};

	(void)argument;
	for (int i = 0; i < COUNT(reasons); i++)
		if (terminal_shows(from, reasons[i]))
			return true;
	return terminal_wait_for_end(from, 0) ||
		(!terminal_shows(from, "New run") &&
			!terminal_shows(from, "Start a new run?"));
}

/*
 * Use the interface: wait, resize, look inside, see two scenes of the tour,
 * save, get help, start a new run, leave.
 */
static void
use_it(void)
{
	if (!finish())
		return;
	terminal_resize(&terminal, 40, 90);
	press("i");
	if (!await("inside"))
		return;
	press("jlmo");
	press("mi");
	if (!await("Generated"))
		return;
	press("?");
	if (!await("Help"))
		return;
	press("?nw");
	press(KEY_ESCAPE);
	if (!await("finished"))
		return;
	/* lack of memory may keep the tour from opening, or end it */
	press(KEY_F2 "10s" KEY_RIGHT KEY_LEFT "?");
	if (!await("Help"))
		return;
	press("?" KEY_ESCAPE);
	if (!await("finished"))
		return;
	press("w");
	press(KEY_CTRL_U "s.safetensors" KEY_ENTER "?");
	if (!await("Help"))
		return;
	press("?n");
	if (!await("New run"))
		return;
	press(KEY_UP KEY_ENTER "d");
	ck_assert_msg(terminal_wait(&terminal, has_decided, NULL, LIMIT_MS),
		"no new run and no error:\n%s", terminal_text(&terminal));
	press(KEY_ESCAPE);
	if (!finish())
		return;
	has_left = true;
	/* the run is not saved: the program asks, perhaps for a file name */
	for (int i = 0; i < 100 && !terminal_wait_for_end(&terminal, 50); i++)
		press(KEY_ESCAPE "qd");
}

static void
expect_good_end(const char *fault)
{
	ck_assert_msg(terminal_wait_for_end(&terminal, LIMIT_MS),
		"%s: it does not end:\n%s", fault, terminal_text(&terminal));
	ck_assert_msg(terminal.outcome.signal == 0 &&
			(terminal.outcome.status == 0 ||
				terminal.outcome.status == 1),
		"%s: status %d, signal %d\n%s", fault, terminal.outcome.status,
		terminal.outcome.signal, terminal_text(&terminal));
	ck_assert_msg(has_left || terminal.outcome.status == 1,
		"%s: it ends by itself, as if all were well", fault);
	if (terminal.outcome.status == 1)
		ck_assert_msg(terminal_shows(&terminal, "lstmtui: "),
			"%s: it does not say why:\n%s", fault,
			terminal_text(&terminal));
	ck_assert_msg(terminal_is_restored(&terminal), "%s", fault);
}

/* Assert that the files are complete and no other file is left. */
static void
expect_whole_files(void)
{
	static const char *const names[] = {MODEL, "s.safetensors"};
	size_t known = 2; /* the text and the mark */

	for (int i = 0; i < COUNT(names); i++)
		if (size_here(names[i]) > 0) {
			updates_of(names[i]);
			known++;
		}
	known += size_here(CAST) > 0;
	/* plus a lock that could not be removed */
	ck_assert_uint_le(folder_count(folder), known + 1);
}

/* Inject one fault; return false if the program ended before that call. */
static bool
inject(const char *const *arguments, const char *fault)
{
	static char program[FOLDER_PATH_SIZE];
	char path[FOLDER_PATH_SIZE], variable[64];
	char mark[FOLDER_PATH_SIZE + 32];
	bool has_happened;

	ck_assert_ptr_nonnull(getenv("TOP_BUILDDIR"));
	snprintf(program, sizeof program, "%s/src/lstmtui-faults",
		getenv("TOP_BUILDDIR"));
	folder_new(folder);
	file_write_text(folder_join(path, folder, "t.txt"),
		"a small text, and not much more than that\n");
	snprintf(variable, sizeof variable, "LSTMTUI_FAULT=%s", fault);
	snprintf(mark, sizeof mark, "LSTMTUI_FAULT_MARK=%s",
		folder_join(path, folder, "mark"));
	open_with(&(struct terminal_options){
		.command.program = program,
		.command.arguments = arguments,
		.command.environment = WORDS(variable, mark),
	});
	has_left = false;
	use_it();
	expect_good_end(fault);
	has_happened = file_exists(path);
	expect_whole_files();
	close_terminal();
	folder_remove(folder);
	return has_happened;
}

START_TEST(no_fault_crashes_the_interface_or_damages_a_model)
{
	bool all = getenv("LSTMTUI_FAULTS_ALL") != NULL;
	const char *const *arguments = trained[_i / COUNT(faults)];
	const char *kind = faults[_i % COUNT(faults)];
	const char *words[COUNT(trained[0])] = {NULL};
	int injected = 0;

	memcpy(words, arguments, sizeof trained[0]);
	for (int n = 1;; n = all ? n + 1 : 8 * n) {
		char fault[64];

		snprintf(fault, sizeof fault, kind, n);
		if (!inject(words, fault))
			break;
		injected++;
	}
	/* a fault that never occurs tests nothing; every run allocates */
	ck_assert(injected > 0 || strncmp(kind, "calloc", 6) != 0);
	printf("%s, %s: %d\n", arguments[6], kind, injected);
}
END_TEST

static void
add_faults(Suite *suite)
{
	TCase *tcase = add_screen_case(suite, "faults");

	tcase_set_timeout(tcase, SUITE_SECONDS_SLOW);
	suite_add_loop(tcase, no_fault_crashes_the_interface_or_damages_a_model,
		0, COUNT(trained) * COUNT(faults));
}

int
main(void)
{
	Suite *suite = suite_create("screen faults");

	add_faults(suite);
	return suite_run(suite);
}
