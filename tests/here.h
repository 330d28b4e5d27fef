/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A folder of a test's own, and what the tests of commands do in it: run
 * the program, read and write files by name, look into JSON. What cannot be
 * done fails the test.
 */
#ifndef LSTMTUI_TESTS_HERE_H
#define LSTMTUI_TESTS_HERE_H

#include <check.h>
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "command.h"
#include "folder.h"
#include "tensors.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof(array)[0]))

/* Where a test's program runs and its files stand. */
extern char folder[FOLDER_PATH_SIZE];

/* A case whose tests have a new folder each. */
TCase *add_case(Suite *suite, const char *name);

#define RUN(outcome, ...)                                     \
	command_run(&(struct command){.folder = folder,       \
			    .arguments = WORDS(__VA_ARGS__)}, \
		outcome)

/* Run a command that has to succeed and of which only that matters ... */
void must_run(const char *const *arguments);
#define MUST(...) must_run(WORDS(__VA_ARGS__))

/* ... or its standard output, and no errors; the caller frees it. */
char *run_for_output(const char *const *arguments);
#define OUTPUT_OF(...) run_for_output(WORDS(__VA_ARGS__))

/* The path of a name in the folder; its state; its permissions. */
char *path_here(char path[FOLDER_PATH_SIZE], const char *name);
struct stat status_here(const char *name);
void chmod_here(const char *name, mode_t mode);

char *read_here(const char *name, size_t *length);
void write_here(const char *name, const char *text);
bool exists_here(const char *name);
void remove_here(const char *name); /* if it is there */
void read_tensors_here(struct tensors *tensors, const char *name);

/* The object that a text or a command's output is; the caller releases it. */
json_t *parse_object(const char *text);
json_t *run_for_object(const char *const *arguments);
#define OBJECT_OF(...) run_for_object(WORDS(__VA_ARGS__))

long get_integer(const json_t *object, const char *key);
double get_number(const json_t *object, const char *key);
const char *get_string(const json_t *object, const char *key);

/* What `info --json` says of a model file; of its updates. */
json_t *info(const char *model);
uint64_t updates_of(const char *model);

#endif
