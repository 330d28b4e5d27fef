/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files that are no model: made from a good one that the program itself
 * wrote, and given to every command and the interface.
 */
#ifndef LSTMTUI_TESTS_BAD_FILE_H
#define LSTMTUI_TESTS_BAD_FILE_H

#include "here.h"

#define GOOD "good.safetensors"
#define BAD "bad.safetensors"

/* What is in GOOD: for a test to change. */
extern struct tensors good;

/* As add_case, with GOOD in the folder. */
TCase *add_bad_case(Suite *suite, const char *name);

char *path_of(char path[FOLDER_PATH_SIZE], const char *name);

/* A tensor's entry in good's header; the metadata; change one of their keys. */
json_t *entry_of(const char *name);
json_t *metadata(void);
void set(json_t *object, const char *key, json_t *value);

/* Write BAD: any bytes; any header with the good data behind it; good. */
void write_bad(const void *bytes, size_t length);
void write_header(const char *header);
void write_good_as_bad(void);

/* The commands that read a model, the last of which would save it, too. */
enum { READERS = 5, READERS_ONLY = READERS - 1 };

void run_reader(size_t reader, const char *model, struct outcome *outcome);

/* No more than a small model needs, whatever the file says. */
void expect_modest_memory(const struct outcome *outcome);

/*
 * All that reads models refuses BAD, with status 1 and one line that names
 * it, in little memory, and lets it be. what: for the message.
 */
void expect_bad(const char *what);

/* The same of what is no file, but of all that would not save over it. */
void expect_each_refuses(const char *model);

/* Anything may come of BAD, but a crash, a hang or a wrong end ... */
void expect_decency(const char *what);

/* ... and of all that is done with it, if it is taken for good. */
void expect_decent_work(const char *what);

#endif
