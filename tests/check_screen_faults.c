/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Faults in the interface: as check_faults does for the commands, but seen
 * and used by a person, in a terminal. LSTMTUI_FAULTS_ALL=1: every point.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "endless.h"
#include "suite.h"

static const char *const faults[] = {"calloc:%d:ENOMEM",
	"aligned_alloc:%d:ENOMEM", "realloc:%d:ENOMEM", "write:%d:ENOSPC",
	"write:%d:short", "fsync:%d:EIO", "close:%d:EIO", "rename:%d:EROFS",
	"mkostemp:%d:EACCES", "read:%d:EIO", "fopen:%d:EACCES"};

/* What is trained; then which faults. */
static const char *const trained[][8] = {
	{"--seed", "1", "--updates", "20", MODEL},
	{"--seed", "1", "--updates", "20", "--task", "text", "--data", "t.txt"},
};

static bool has_left; /* whoever uses it; else it ended by itself */

/* A text on the screen, or the end. */
static bool
shows_or_ends(struct terminal *from, void *argument)
{
	return terminal_shows(from, argument) || terminal_wait_for_end(from, 0);
}

/* Returns false where it has ended. */
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

/* Train to the end. What memory was short for is only put off. */
static bool
finish(void)
{
	ck_assert_msg(terminal_wait(&terminal, has_stopped, NULL, LIMIT_MS),
		"it does not stop:\n%s", terminal_text(&terminal));
	if (!terminal.is_over && terminal_shows(&terminal, "paused"))
		press(" ");
	return await("finished");
}

/* A new run has begun, or the form says why not, or it has ended. */
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

/* What a person does: see, resize, save, ask, begin another run, leave. */
static void
use_it(void)
{
	if (!finish())
		return;
	terminal_resize(&terminal, 40, 90);
	press("?");
	if (!await("Help"))
		return;
	press("?nw");
	press(KEY_ESCAPE);
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
		"no new run, and no reason:\n%s", terminal_text(&terminal));
	press(KEY_ESCAPE);
	if (!finish())
		return;
	has_left = true;
	/* not saved: it asks, or asks for a name by now */
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

/* What is there is whole, and nothing is left beside it. */
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
	/* a lock that could not be removed may be one more */
	ck_assert_uint_le(folder_count(folder), known + 1);
}

/* One fault; returns false where it did not come to it. */
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

START_TEST(no_fault_does_harm)
{
	bool all = getenv("LSTMTUI_FAULTS_ALL") != NULL;
	const char *const *arguments = trained[_i / COUNT(faults)];
	const char *kind = faults[_i % COUNT(faults)];
	const char *words[9] = {NULL};
	int injected = 0;

	memcpy(words, arguments, sizeof trained[0]);
	for (int n = 1;; n = all ? n + 1 : 8 * n) {
		char fault[64];

		snprintf(fault, sizeof fault, kind, n);
		if (!inject(words, fault))
			break;
		injected++;
	}
	/* a fault that never comes tests nothing; all allocate */
	ck_assert(injected > 0 || strncmp(kind, "calloc", 6) != 0);
	printf("%s, %s: %d\n", arguments[4], kind, injected);
}
END_TEST

static void
add_faults(Suite *suite)
{
	TCase *tcase = add_screen_case(suite, "faults");

	tcase_set_timeout(tcase, SUITE_SECONDS_SLOW);
	tcase_add_loop_test(tcase, no_fault_does_harm, 0,
		COUNT(trained) * COUNT(faults));
}

int
main(void)
{
	Suite *suite = suite_create("screen faults");

	add_faults(suite);
	return suite_run(suite);
}
