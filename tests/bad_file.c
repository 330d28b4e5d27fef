/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bad_file.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "suite.h"
#include "terminal.h"

enum {
	LIMIT_MS = 20000,
	/* well above the need of the small models here, well below 100 GB */
	MEMORY_KILOBYTES_MAX = 2000000
};

struct tensors good;

char *
path_of(char path[FOLDER_PATH_SIZE], const char *name)
{
	return folder_join(path, folder, name);
}

static void
make_good_file(void)
{
	MUST("train", "--quiet", "--seed", "1", "--updates", "60", GOOD);
	read_tensors_here(&good, GOOD);
}

static void
release_good_file(void)
{
	tensors_release(&good);
}

/* Arguments that precede the model's name in commands that read a model. */
static const char *const *const readers[READERS] = {
	(const char *const[]){"info", NULL},
	(const char *const[]){"info", "--json", NULL},
	(const char *const[]){"evaluate", "--count", "8", NULL},
	(const char *const[]){"generate", NULL},
	(const char *const[]){"train", "--quiet", "--updates", "70", NULL},
};

void
run_reader(size_t reader, const char *model, struct outcome *outcome)
{
	enum { WORDS_MAX = 8 };
	const char *words[WORDS_MAX];
	size_t count = 0;

	while (readers[reader][count] != NULL) {
		words[count] = readers[reader][count];
		count++;
	}
	words[count++] = model;
	words[count] = NULL;
	command_run(&(struct command){.folder = folder, .arguments = words},
		outcome);
}

void
expect_modest_memory(const struct outcome *outcome)
{
	ck_assert_msg(outcome->peak_kilobytes < MEMORY_KILOBYTES_MAX,
		"the command used %ld kB of memory", outcome->peak_kilobytes);
}

/* The interface must fail before it changes the terminal. */
static void
expect_interface_refuses(void)
{
	struct terminal terminal;
	char path[FOLDER_PATH_SIZE];

	terminal_open(&terminal,
		&(struct terminal_options){
			.command =
				{
					.folder = folder,
					.arguments = WORDS(BAD),
					.errors = path_of(path, "errors"),
				},
		});
	ck_assert_msg(terminal_wait_for_end(&terminal, LIMIT_MS), "%s",
		terminal_text(&terminal));
	terminal.outcome.errors =
		file_read(path, &terminal.outcome.errors_length);
	expect_failure(&terminal.outcome, BAD);
	ck_assert(terminal_is_restored(&terminal));
	ck_assert(!terminal.is_alternate);
	free(terminal.outcome.errors);
	terminal_close(&terminal);
	unlink(path);
}

void
expect_bad(const char *what)
{
	char path[FOLDER_PATH_SIZE];
	struct stat before, after;
	size_t files = folder_count(folder);

	ck_assert_int_eq(stat(path_of(path, BAD), &before), 0);
	for (size_t i = 0; i < READERS; i++) {
		struct outcome outcome;

		run_reader(i, BAD, &outcome);
		ck_assert_msg(outcome.status == 1 && outcome.signal == 0,
			"%s: %s: exit status %d, signal %d: %s", what,
			readers[i][0], outcome.status, outcome.signal,
			outcome.errors);
		expect_failure(&outcome, BAD);
		ck_assert_msg(outcome.output_length == 0, "%s: %s: %s", what,
			readers[i][0], outcome.output);
		expect_modest_memory(&outcome);
		outcome_release(&outcome);
	}
	expect_interface_refuses();
	ck_assert_int_eq(stat(path, &after), 0);
	ck_assert_msg(before.st_ino == after.st_ino &&
			before.st_size == after.st_size &&
			before.st_mtim.tv_sec == after.st_mtim.tv_sec &&
			before.st_mtim.tv_nsec == after.st_mtim.tv_nsec,
		"%s: the command changed the file", what);
	ck_assert_msg(folder_count(folder) == files,
		"%s: the command left files behind", what);
}

void
write_bad(const void *bytes, size_t length)
{
	char path[FOLDER_PATH_SIZE];

	file_write(path_of(path, BAD), bytes, length);
}

void
write_header(const char *header)
{
	char path[FOLDER_PATH_SIZE];

	tensors_write_text(&good, header, path_of(path, BAD));
}

void
write_good_as_bad(void)
{
	char path[FOLDER_PATH_SIZE];

	tensors_write(&good, path_of(path, BAD));
}

json_t *
entry_of(const char *name)
{
	json_t *entry = json_object_get(good.header, name);

	ck_assert_msg(entry != NULL, "no tensor '%s'", name);
	return entry;
}

json_t *
metadata(void)
{
	return entry_of("__metadata__");
}

void
set(json_t *object, const char *key, json_t *value)
{
	ck_assert_int_eq(json_object_set_new(object, key, value), 0);
}

void
expect_decency(const char *what)
{
	char path[FOLDER_PATH_SIZE];
	struct stat before, after;
	struct outcome outcome;

	ck_assert_int_eq(stat(path_of(path, BAD), &before), 0);
	run_reader(0, BAD, &outcome);
	ck_assert_msg(outcome.signal == 0 && !outcome.is_late,
		"%s: signal %d: %s", what, outcome.signal, outcome.errors);
	if (outcome.status != 0)
		expect_failure(&outcome, BAD);
	expect_modest_memory(&outcome);
	outcome_release(&outcome);
	ck_assert_int_eq(stat(path, &after), 0);
	ck_assert(before.st_mtim.tv_sec == after.st_mtim.tv_sec &&
		before.st_mtim.tv_nsec == after.st_mtim.tv_nsec);
}

void
expect_decent_work(const char *what)
{
	for (size_t i = 0; i < READERS; i++) {
		struct outcome outcome;

		run_reader(i, BAD, &outcome);
		ck_assert_msg(outcome.signal == 0 && !outcome.is_late,
			"%s: %s: signal %d: %s", what, readers[i][0],
			outcome.signal, outcome.errors);
		if (outcome.status != 0)
			expect_failure(&outcome, NULL);
		expect_modest_memory(&outcome);
		outcome_release(&outcome);
	}
}

void
expect_each_refuses(const char *model)
{
	for (size_t i = 0; i < READERS_ONLY; i++) {
		struct outcome outcome;

		run_reader(i, model, &outcome);
		expect_failure(&outcome, model);
		expect_modest_memory(&outcome);
		outcome_release(&outcome);
	}
}

TCase *
add_bad_case(Suite *suite, const char *name)
{
	TCase *tcase = add_case(suite, name);

	tcase_add_checked_fixture(tcase, make_good_file, release_good_file);
	return tcase;
}
