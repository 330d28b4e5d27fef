/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "manual.h"

#include <check.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char manual_path[FOLDER_PATH_SIZE];
char *manual;

/* Blank the comments, which mention macros too. */
void
read_manual(void)
{
	const char *source = getenv("TOP_SRCDIR");
	bool is_comment = false;

	ck_assert_msg(source != NULL, "TOP_SRCDIR does not name the source");
	snprintf(manual_path, sizeof manual_path, "%s/man/lstmtui.1", source);
	manual = file_read(manual_path, NULL);
	for (char *at = manual; *at != '\0'; at++) {
		if (at == manual || at[-1] == '\n')
			is_comment = strncmp(at, ".\\\"", 3) == 0;
		if (is_comment && *at != '\n' && *at != '\t' &&
			isascii((unsigned char)*at))
			*at = ' ';
	}
}

void
release_manual(void)
{
	free(manual);
	manual = NULL;
}

bool
has_name(const struct names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->name[i], name) == 0)
			return true;
	return false;
}

void
add_name(struct names *names, const char *from, size_t length)
{
	char name[NAME_SIZE];

	ck_assert_msg(length < sizeof name, "too long: %.*s", (int)length,
		from);
	memcpy(name, from, length);
	name[length] = '\0';
	if (has_name(names, name))
		return;
	ck_assert_uint_lt(names->count, NAMES_MAX);
	strcpy(names->name[names->count++], name);
}

void
expect_all_in(const struct names *names, const struct names *others,
	const char *complaint)
{
	for (size_t i = 0; i < names->count; i++)
		ck_assert_msg(has_name(others, names->name[i]), "%s: %s",
			names->name[i], complaint);
}

const char *
next_line(const char *line)
{
	line = strchr(line, '\n');
	return line != NULL && line[1] != '\0' ? line + 1 : NULL;
}

bool
begins(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

/* Return true if a line is `start` followed by `title`. */
static bool
is_heading(const char *line, const char *start, const char *title)
{
	return begins(line, start) && begins(line + strlen(start), title) &&
		line[strlen(start) + strlen(title)] == '\n';
}

const char *
section(const char *macro, const char *title, const char **end)
{
	const char *line = manual, *start;

	while (line != NULL && !is_heading(line, macro, title))
		line = next_line(line);
	ck_assert_msg(line != NULL, "the manual has no '%s%s'", macro, title);
	start = next_line(line);
	for (line = start; line != NULL; line = next_line(line))
		if (begins(line, ".Sh ") || begins(line, macro))
			break;
	*end = line != NULL ? line : start + strlen(start);
	return start;
}

void
add_items(struct names *names, const char *start, const char *end,
	const char *macro)
{
	for (const char *line = start; line != NULL && line < end;
		line = next_line(line)) {
		const char *word;
		size_t length;

		if (!begins(line, ".It ") || !begins(line + 4, macro))
			continue;
		word = line + 4 + strlen(macro);
		if (begins(word, "\\&"))
			word += 2; /* escapes a following dot or comma */
		length = strcspn(word, " \n");
		add_name(names, word, length);
	}
}

void
add_mentions_in(struct names *names, const char *start, const char *end,
	const char *macro)
{
	size_t width = strlen(macro);

	for (const char *at = start;
		(at = strstr(at, macro)) != NULL && at < end; at += width) {
		bool is_macro = at > manual && strchr(" .\n", at[-1]) != NULL;
		size_t length = strcspn(at + width, " \n");

		if (is_macro && length > 0)
			add_name(names, at + width, length);
	}
}

void
add_mentions(struct names *names, const char *macro)
{
	add_mentions_in(names, manual, manual + strlen(manual), macro);
}
