/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of completion in real shells: command lines with their cursor at the
 * end, and the candidates that each shell must offer, from the program's lists
 * of commands, options and choices. tests/completion contains a script for each
 * shell, which completes the lines.
 */
#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/completion.h"
#include "cli/options.h"
#include "export/exporter.h"
#include "folder.h"
#include "suite.h"
#include "sweep/sweep_axes.h"

enum { QUERIES_MAX = 256, WANTED_MAX = 96, LINE_SIZE = 160, START_SIZE = 40 };

struct query {
	char line[LINE_SIZE];
	const char *wanted[WANTED_MAX];
	int count;
};

static struct query queries[QUERIES_MAX];
static int query_count;

static void
want(const char *candidate)
{
	struct query *query = &queries[query_count - 1];

	ck_assert_int_lt(query->count, WANTED_MAX);
	query->wanted[query->count++] = candidate;
}

/* Begin a query: a line with its cursor at the end. */
#define ASK(...)                                                             \
	do {                                                                 \
		ck_assert_int_lt(query_count, QUERIES_MAX);                  \
		queries[query_count].count = 0;                              \
		snprintf(queries[query_count].line, LINE_SIZE, __VA_ARGS__); \
		query_count++;                                               \
	} while (0)

/* Ask for a line whose candidates are given. */
static void
ask_for(const char *line, const char *const *wanted)
{
	ASK("%s", line);
	for (; *wanted != NULL; wanted++)
		want(*wanted);
}

#define EXPECT_OF(line, ...) \
	ask_for(line, (const char *const[]){__VA_ARGS__, NULL})

static void
want_kinds(const struct kind *const *kinds)
{
	for (; *kinds != NULL; kinds++)
		want((*kinds)->name);
}

/* "lstmtui train ", or "lstmtui " for the interface. */
static const char *
line_of(const struct command *command, char line[START_SIZE])
{
	snprintf(line, START_SIZE, "lstmtui %s%s",
		command->name != NULL ? command->name : "",
		command->name != NULL ? " " : "");
	return line;
}

/* ---------------------------------------------------------------------- */
/* Queries from the tables */

/* "--NAME" of each option: static, because queries borrow their words. */
static const char *
flag_of(const struct setting *option)
{
	static char flags[128][48];
	static const struct setting *known[128];
	int i = 0;

	for (; known[i] != NULL && known[i] != option; i++)
		ck_assert_int_lt(i, 127);
	known[i] = option;
	snprintf(flags[i], sizeof flags[i], "--%s", option->option);
	return flags[i];
}

static void
ask_for_options(void)
{
	for (size_t c = 0; command_list[c] != NULL; c++) {
		const struct setting *option;
		char line[START_SIZE];

		if (command_list[c]->is_hidden)
			continue;
		ASK("%s--", line_of(command_list[c], line));
		for (size_t i = 0;
			(option = options_of(command_list[c], i)) != NULL; i++)
			want(flag_of(option));
	}
}

/* The choices of each option of each command, in turn in both forms. */
static void
ask_for_choices(void)
{
	const struct setting *option;
	char line[START_SIZE];

	for (size_t c = 0; command_list[c] != NULL; c++)
		for (size_t i = 0;
			(option = options_of(command_list[c], i)) != NULL;
			i++) {
			/* settings are equal in all commands */
			if (option->choices == NULL ||
				command_list[c]->is_hidden ||
				(c > 1 && settings_bit(option) != 0))
				continue;
			ASK("%s--%s%c", line_of(command_list[c], line),
				option->option, c % 2 == 0 ? ' ' : '=');
			want_kinds(option->choices);
		}
}

static void
ask_for_axes(void)
{
	ASK("lstmtui sweep --vary ");
	for (size_t i = 0; setting_list[i] != NULL; i++)
		if (sweep_may_vary(setting_list[i]))
			want(setting_list[i]->option);
	for (size_t i = 0; setting_list[i] != NULL; i++) {
		if (!sweep_may_vary(setting_list[i]) ||
			setting_list[i]->choices == NULL)
			continue;
		ASK("lstmtui sweep --vary %s=", setting_list[i]->option);
		want_kinds(setting_list[i]->choices);
	}
}

static void
ask_for_commands(void)
{
	ASK("lstmtui ");
	for (size_t c = 1; command_list[c] != NULL; c++)
		if (!command_list[c]->is_hidden)
			want(command_list[c]->name);
	/* or a MODEL */
	want("m.safetensors");
	want("sub");
	want("page-tfjs");
}

/* ---------------------------------------------------------------------- */
/* Queries whose answers are given */

static void
ask_for_lists(void)
{
	EXPECT_OF("lstmtui train --framing s", "sequence");
	EXPECT_OF("lstmtui sweep --vary framing=one-to-one,", "sequence",
		"many-to-one", "one-to-many");
	EXPECT_OF("lstmtui sweep --vary \"framing=one-to-one;s", "sequence");
	EXPECT_OF("lstmtui sweep --vary=cell=l", "lstm");
	EXPECT_OF("lstmtui sweep --vary cell=gru --vary shuffle=", "yes", "no");
	EXPECT_OF("lstmtui sweep --vary data=s", "sea.csv", "sub");
	EXPECT_OF("lstmtui --snapshots 100,5000,", "500", "1000", "10000",
		"25000");
	EXPECT_OF("lstmtui train --snapshots=25", "25000");
}

static void
ask_for_files(void)
{
	EXPECT_OF("lstmtui generate ", "m.safetensors", "sub", "page-tfjs");
	EXPECT_OF("lstmtui m.safetensors ", "m.safetensors", "sub",
		"page-tfjs");
	EXPECT_OF("lstmtui generate --count 2 m", "m.safetensors");
	EXPECT_OF("lstmtui import ", "m.safetensors", "t.pt", "sub",
		"page-tfjs");
	EXPECT_OF("lstmtui import t.pt ", "m.safetensors", "sub", "page-tfjs");
	EXPECT_OF("lstmtui train --data ", "sea.csv", "tale.txt", "sub",
		"page-tfjs");
	EXPECT_OF("lstmtui evaluate --data=t", "tale.txt");
	/* another name, because a text may have any */
	EXPECT_OF("lstmtui train --data n", "novel.md");
	EXPECT_OF("lstmtui train --log n", "novel.md");
	EXPECT_OF("lstmtui train --init ", "m.safetensors", "t.pt", "sub",
		"page-tfjs");
	EXPECT_OF("lstmtui sweep --output ", "sub", "page-tfjs");
	EXPECT_OF("lstmtui export m.safetensors ", "m.safetensors", "sea.csv",
		"tale.txt", "novel.md", "t.pt", "sub", "page-tfjs");
	EXPECT_OF("lstmtui export --format tfjs m.safetensors ", "sub",
		"page-tfjs");
	EXPECT_OF("lstmtui export m.safetensors --format=torch ", "t.pt", "sub",
		"page-tfjs");
	EXPECT_OF("lstmtui export --force --format csv m.safetensors s",
		"sea.csv", "sub");
}

/* ---------------------------------------------------------------------- */
/* The shells */

static char folder[FOLDER_PATH_SIZE];

static void
make_folder(void)
{
	static const char *const names[] = {"m.safetensors", "sea.csv",
		"tale.txt", "novel.md", "t.pt"};
	static const char *const folders[] = {"sub", "page-tfjs"};
	char path[FOLDER_PATH_SIZE], home[FOLDER_PATH_SIZE];

	folder_join(path, folder_new(home), "work");
	ck_assert_int_eq(mkdir(path, 0700), 0);
	snprintf(folder, sizeof folder, "%s", path);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		file_write_text(folder_join(path, folder, names[i]), "");
	for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
		ck_assert_int_eq(mkdir(folder_join(path, folder, folders[i]),
					 0700),
			0);
}

static bool
has_shell(const char *shell)
{
	char line[64];

	snprintf(line, sizeof line, "command -v %s >/dev/null 2>&1", shell);
	return system(line) == 0;
}

/* Write the completion file, let the shell answer, and return the answers. */
static char *
answers_of(const struct kind *shell)
{
	char path[FOLDER_PATH_SIZE], line[4 * FOLDER_PATH_SIZE];
	FILE *file = fopen(folder_join(path, folder, "../code"), "w");

	ck_assert_ptr_nonnull(file);
	completion_write(shell, file);
	ck_assert_int_eq(fclose(file), 0);
	file = fopen(folder_join(path, folder, "../queries"), "w");
	ck_assert_ptr_nonnull(file);
	for (int i = 0; i < query_count; i++)
		fprintf(file, "%s\n", queries[i].line);
	ck_assert_int_eq(fclose(file), 0);
	snprintf(line, sizeof line,
		"cd '%s' && HOME=$PWD/.. TERM=xterm LC_ALL=C; "
		"export HOME TERM LC_ALL; unset XDG_CONFIG_HOME XDG_DATA_HOME; "
		"%s \"$TESTS_DIR/completion/driver.%s\" ../code ../hits "
		"<../queries >../answers 2>../errors",
		folder, shell->name, shell->name);
	if (system(line) != 0)
		ck_abort_msg("%s: %s", shell->name,
			file_read(folder_join(path, folder, "../errors"),
				NULL));
	return file_read(folder_join(path, folder, "../answers"), NULL);
}

/*
 * Reduce a candidate to the part that is completed: without quotes, and without
 * what is before it in an option, a list or a path.
 */
static void
reduce(char *candidate)
{
	size_t length = 0;
	char *cut = candidate;

	for (char *c = candidate; *c != '\0'; c++)
		if (strchr("'\"\\", *c) == NULL)
			candidate[length++] = *c;
	candidate[length] = '\0';
	if (strncmp(candidate, "--", 2) == 0 && strchr(candidate, '=') != NULL)
		cut = strchr(candidate, '=') + 1;
	if (candidate + length > cut + 1 &&
		strchr("=/", candidate[length - 1]) != NULL)
		length--;
	candidate[length] = '\0';
	for (char *c = cut; *c != '\0'; c++)
		if (strchr("=,;", *c) != NULL && c[1] != '\0')
			cut = c + 1;
	memmove(candidate, cut, strlen(cut) + 1);
}

static bool
is_wanted(const struct query *query, const char *candidate)
{
	for (int i = 0; i < query->count; i++)
		if (strcmp(query->wanted[i], candidate) == 0)
			return true;
	return false;
}

/* Compare the lines of an answer, as a set, with those that are wanted. */
static void
expect_answer(const char *shell, const struct query *query, char *answer)
{
	const char *seen[4 * WANTED_MAX];
	int count = 0;

	for (char *rest, *line = strtok_r(answer, "\n", &rest); line != NULL;
		line = strtok_r(NULL, "\n", &rest)) {
		bool is_known = false;

		reduce(line);
		ck_assert_msg(is_wanted(query, line), "%s: '%s' offers '%s'",
			shell, query->line, line);
		for (int i = 0; i < count; i++)
			is_known |= strcmp(seen[i], line) == 0;
		ck_assert_int_lt(count, 4 * WANTED_MAX);
		if (!is_known)
			seen[count++] = line;
	}
	for (int i = 0; i < query->count; i++) {
		/* fish hides what begins with a point, as it hides files */
		bool is_there = query->wanted[i][0] == '.' &&
			strcmp(shell, "fish") == 0;

		for (int j = 0; j < count; j++)
			is_there |= strcmp(seen[j], query->wanted[i]) == 0;
		ck_assert_msg(is_there, "%s: '%s' does not offer '%s'", shell,
			query->line, query->wanted[i]);
	}
}

START_TEST(a_shell_completes_what_the_tables_contain)
{
	const struct kind *shell = completion_shell_list[_i];
	char *answers, *at;

	if (!has_shell(shell->name)) {
		printf("not tested: completion in %s, which is not here\n",
			shell->name);
		return;
	}
	make_folder();
	ask_for_commands();
	ask_for_options();
	ask_for_choices();
	ask_for_axes();
	ask_for_lists();
	ask_for_files();
	answers = answers_of(shell);
	at = answers;
	for (int i = 0; i < query_count; i++) {
		size_t length = strlen(queries[i].line);
		char *next;

		ck_assert_msg(strncmp(at, "? ", 2) == 0 &&
				strncmp(at + 2, queries[i].line, length) == 0 &&
				at[2 + length] == '\n',
			"%s: no answer to '%s' but '%.60s'", shell->name,
			queries[i].line, at);
		at += 2 + length;
		next = strstr(at, "\n? ");
		if (next != NULL)
			*next++ = '\0';
		expect_answer(shell->name, &queries[i], at);
		at = next != NULL ? next : at + strlen(at);
	}
	free(answers);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("completion");
	TCase *group = suite_group(suite, "shells", SUITE_SECONDS);

	tcase_add_unchecked_fixture(group, folder_setup, folder_teardown);
	suite_add_loop(group, a_shell_completes_what_the_tables_contain, 0,
		(int)kind_count(completion_shell_list));
	return suite_run(suite);
}
