/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A folder for each test, and helpers for tests of commands: run the program in
 * the folder, read and write its files by name, parse JSON. Each error fails
 * the test.
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

/* Path of the test's folder, in which the program runs. */
extern char folder[FOLDER_PATH_SIZE];

/* Add a group of tests, each with a new folder. */
TCase *add_case(Suite *suite, const char *name);

#define RUN(outcome, ...)                                     \
	command_run(&(struct command){.folder = folder,       \
			    .arguments = WORDS(__VA_ARGS__)}, \
		outcome)

/* Run a command and assert that it succeeds. */
void must_run(const char *const *arguments);
#define MUST(...) must_run(WORDS(__VA_ARGS__))

/*
 * Run a command, assert that it succeeds without an error message, except what
 * it says about its data, and return its standard output. The caller frees it.
 */
char *run_for_output(const char *const *arguments);
#define OUTPUT_OF(...) run_for_output(WORDS(__VA_ARGS__))

/* Store the path, return the status, set the permissions of a file by name. */
char *path_here(char path[FOLDER_PATH_SIZE], const char *name);
struct stat status_here(const char *name);
void chmod_here(const char *name, mode_t mode);

char *read_here(const char *name, size_t *length);
void write_here(const char *name, const char *text);
bool exists_here(const char *name);
void remove_here(const char *name); /* if it is there */
void read_tensors_here(struct tensors *tensors, const char *name);

/* Parse a JSON object, or a command's output. The caller releases it. */
json_t *parse_object(const char *text);
json_t *run_for_object(const char *const *arguments);
#define OBJECT_OF(...) run_for_object(WORDS(__VA_ARGS__))

long long get_integer(const json_t *object, const char *key);
double get_number(const json_t *object, const char *key);
const char *get_string(const json_t *object, const char *key);

/* Return the object of `info --json` for a model file; its update count. */
json_t *info(const char *model);
uint64_t updates_of(const char *model);

#endif
