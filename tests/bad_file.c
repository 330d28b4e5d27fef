/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bad_file.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/model_file.h"
#include "suite.h"
#include "terminal.h"

enum {
	LIMIT_MS = 20000,
	/* well above the need of the small models here, well below 100 GB */
	MEMORY_KILOBYTES_MAX = 2000000,
	/* of many similar files, the commands read one in so many */
	ALL_COMMANDS_EVERY = 8,
	ONE_COMMAND_EVERY = 4,
	INFO_EVERY = 16
};

struct tensors good;

char *
path_of(char path[FOLDER_PATH_SIZE], const char *name)
{
	return folder_join(path, folder, name);
}

/* The file GOOD, trained once for all tests of a group. */
static struct {
	char *bytes;
	size_t length;
} trained;

static void
train_good_file(void)
{
	folder_new(folder);
	MUST("train", "--quiet", "--seed", "1", "--updates", "60", GOOD);
	trained.bytes = read_here(GOOD, &trained.length);
}

static void
release_trained(void)
{
	free(trained.bytes);
}

static void
make_good_file(void)
{
	char path[FOLDER_PATH_SIZE];

	file_write(path_of(path, GOOD), trained.bytes, trained.length);
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

static struct stat
status_of_bad(void)
{
	char path[FOLDER_PATH_SIZE];
	struct stat status;

	ck_assert_int_eq(stat(path_of(path, BAD), &status), 0);
	return status;
}

static void
expect_unchanged(const struct stat *before, const char *what)
{
	struct stat after = status_of_bad();

	ck_assert_msg(before->st_ino == after.st_ino &&
			before->st_size == after.st_size &&
			before->st_mtim.tv_sec == after.st_mtim.tv_sec &&
			before->st_mtim.tv_nsec == after.st_mtim.tv_nsec,
		"%s: the command changed the file", what);
}

static void
expect_refusal_by(size_t reader, const char *what)
{
	struct stat before = status_of_bad();
	size_t files = folder_count(folder);
	struct outcome outcome;

	run_reader(reader, BAD, &outcome);
	ck_assert_msg(outcome.status == 1 && outcome.signal == 0,
		"%s: %s: exit status %d, signal %d: %s", what,
		readers[reader][0], outcome.status, outcome.signal,
		outcome.errors);
	expect_failure(&outcome, BAD);
	ck_assert_msg(outcome.output_length == 0, "%s: %s: %s", what,
		readers[reader][0], outcome.output);
	expect_modest_memory(&outcome);
	outcome_release(&outcome);
	expect_unchanged(&before, what);
	ck_assert_msg(folder_count(folder) == files,
		"%s: the command left files behind", what);
}

void
expect_bad(const char *what)
{
	struct stat before = status_of_bad();
	size_t files = folder_count(folder);

	for (size_t i = 0; i < READERS; i++)
		expect_refusal_by(i, what);
	expect_interface_refuses();
	expect_unchanged(&before, what);
	ck_assert_msg(folder_count(folder) == files,
		"%s: the interface left files behind", what);
}

/* make faults: each command reads each file. */
static bool
is_complete(void)
{
	return getenv("LSTMTUI_FAULTS_ALL") != NULL;
}

bool
opens_bad(const char *what)
{
	char path[FOLDER_PATH_SIZE];
	struct stat before = status_of_bad();
	struct rusage usage;
	struct error error;
	struct run *run =
		model_file_open(suite_context(), path_of(path, BAD), &error);

	if (run == NULL) {
		ck_assert_msg(strstr(error.text, BAD) != NULL,
			"%s: '%s' does not name the file", what, error.text);
		ck_assert_msg(count_lines(error.text) == 1 &&
				!has_control_characters(error.text),
			"%s: no line of text: '%s'", what, error.text);
	}
	ck_assert_int_eq(getrusage(RUSAGE_SELF, &usage), 0);
#ifdef __linux__
	ck_assert_msg(usage.ru_maxrss < MEMORY_KILOBYTES_MAX,
		"%s: reading used %ld kB of memory", what, usage.ru_maxrss);
#endif
	expect_unchanged(&before, what);
	run_destroy(run);
	return run != NULL;
}

void
expect_refusal(const char *what, size_t number)
{
	ck_assert_msg(!opens_bad(what), "%s is accepted", what);
	if (is_complete() || number % ALL_COMMANDS_EVERY == 0)
		expect_bad(what);
	else
		expect_refusal_by(number % READERS, what);
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

/* Assert that a command reads BAD or refuses it, whichever it is. */
static void
expect_decency_of(size_t reader, const char *what)
{
	struct outcome outcome;

	run_reader(reader, BAD, &outcome);
	ck_assert_msg(outcome.signal == 0 && !outcome.is_late,
		"%s: %s: signal %d: %s", what, readers[reader][0],
		outcome.signal, outcome.errors);
	if (outcome.status != 0)
		expect_failure(&outcome, NULL);
	expect_modest_memory(&outcome);
	outcome_release(&outcome);
}

void
expect_decency(const char *what, size_t number)
{
	struct stat before = status_of_bad();

	opens_bad(what);
	if (is_complete() || number % INFO_EVERY == 0)
		expect_decency_of(0, what);
	expect_unchanged(&before, what);
}

void
expect_decent_work(const char *what, size_t number)
{
	if (opens_bad(what) || is_complete())
		for (size_t i = 0; i < READERS; i++)
			expect_decency_of(i, what);
	else if (number % ONE_COMMAND_EVERY == 0)
		expect_decency_of(number / ONE_COMMAND_EVERY % READERS, what);
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

	tcase_add_unchecked_fixture(tcase, train_good_file, release_trained);
	tcase_add_checked_fixture(tcase, make_good_file, release_good_file);
	return tcase;
}
