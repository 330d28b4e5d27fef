/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The manual's source, and sets of names to hold against each other: the
 * manual's items and mentions, and those of the program.
 */
#ifndef LSTMTUI_TESTS_MANUAL_H
#define LSTMTUI_TESTS_MANUAL_H

#include <stdbool.h>
#include <stddef.h>

#include "folder.h"

enum { NAMES_MAX = 256, NAME_SIZE = 64 };

/* Names without their doubles. */
struct names {
	size_t count;
	char name[NAMES_MAX][NAME_SIZE];
};

bool has_name(const struct names *names, const char *name);
void add_name(struct names *names, const char *from, size_t length);
void expect_all_in(const struct names *names, const struct names *others,
	const char *complaint);

/* A fixture: the manual, whose comments are blanked. */
void read_manual(void);
void release_manual(void);
extern char manual_path[FOLDER_PATH_SIZE];
extern char *manual;

/* The line behind this one, or NULL at the text's end. */
const char *next_line(const char *line);

bool begins(const char *text, const char *start);

/*
 * The part of the manual that a heading begins, up to the next one of its
 * kind or a greater one; fails where there is none. `end` is behind it.
 */
const char *section(const char *macro, const char *title, const char **end);

/* What the items of a part of the manual begin with, behind a macro. */
void add_items(struct names *names, const char *start, const char *end,
	const char *macro);

/* The words that follow a macro, in a part of the manual; in all of it. */
void add_mentions_in(struct names *names, const char *start, const char *end,
	const char *macro);
void add_mentions(struct names *names, const char *macro);

#endif
