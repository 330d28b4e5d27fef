/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Temporary folders and whole files for tests. What cannot be done fails the
 * test that asks for it, with the cause.
 */
#ifndef LSTMTUI_TESTS_FOLDER_H
#define LSTMTUI_TESTS_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

enum { FOLDER_PATH_SIZE = 1024 };

/*
 * One folder for a test program, under $TMPDIR or /tmp, and a fresh one in it
 * for each test: a test that fails leaves its folder to the program's end.
 * The first two are meant as an unchecked fixture, which runs outside the
 * processes of the tests.
 */
void folder_setup(void);
void folder_teardown(void);

/* A new empty folder; returns path. */
char *folder_new(char path[FOLDER_PATH_SIZE]);

/* The path of a file in a folder; returns path. */
char *folder_join(char path[FOLDER_PATH_SIZE], const char *folder,
	const char *name);

/* Remove a folder with all that is in it. */
void folder_remove(const char *path);

/* How many files and folders stand in it, hidden ones too. */
size_t folder_count(const char *path);

bool file_exists(const char *path);

/*
 * A file's bytes, with a '\0' behind them that is not counted. The caller
 * frees them; length may be NULL.
 */
char *file_read(const char *path, size_t *length);

void file_write(const char *path, const void *bytes, size_t length);
void file_write_text(const char *path, const char *text);

#endif
