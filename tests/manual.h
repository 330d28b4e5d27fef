/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The source of the manual, and sets of names to compare: names that the manual
 * lists or mentions, and names that the program has.
 */
#ifndef LSTMTUI_TESTS_MANUAL_H
#define LSTMTUI_TESTS_MANUAL_H

#include <stdbool.h>
#include <stddef.h>

#include "folder.h"

enum { NAMES_MAX = 256, NAME_SIZE = 64 };

/* A set of names, without duplicates. */
struct names {
	size_t count;
	char name[NAMES_MAX][NAME_SIZE];
};

bool has_name(const struct names *names, const char *name);
void add_name(struct names *names, const char *from, size_t length);
void expect_all_in(const struct names *names, const struct names *others,
	const char *complaint);

/* Fixture: the manual, with its comments blanked. */
void read_manual(void);
void release_manual(void);
extern char manual_path[FOLDER_PATH_SIZE];
extern char *manual;

/* Return the next line, or NULL at the end of the text. */
const char *next_line(const char *line);

bool begins(const char *text, const char *start);

/*
 * Return the part of the manual from a heading to the next heading of the same
 * or a higher level, which *end points to. Fail if there is no such heading.
 */
const char *section(const char *macro, const char *title, const char **end);

/*
 * Add the names of the items in a part of the manual that begin with a macro.
 */
void add_items(struct names *names, const char *start, const char *end,
	const char *macro);

/* Add the words that follow a macro, in a part of the manual; in all of it. */
void add_mentions_in(struct names *names, const char *start, const char *end,
	const char *macro);
void add_mentions(struct names *names, const char *macro);

#endif
