/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Temporary folders, and reading and writing of files, for tests. Each error
 * fails the calling test with a message that gives the cause.
 */
#ifndef LSTMTUI_TESTS_FOLDER_H
#define LSTMTUI_TESTS_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

enum { FOLDER_PATH_SIZE = 1024 };

/*
 * Create and remove the test program's folder, under $TMPDIR, or
 * else in memory, or /tmp. The
 * folders of the tests are in it, so folder_teardown also removes those of
 * failed tests. Use these functions as an unchecked fixture, which runs outside
 * the tests' processes.
 */
void folder_setup(void);
void folder_teardown(void);

/* Create an empty folder and store its path. Return path. */
char *folder_new(char path[FOLDER_PATH_SIZE]);

/* Store the path of a file in a folder. Return path. */
char *folder_join(char path[FOLDER_PATH_SIZE], const char *folder,
	const char *name);

/* Remove a folder and its content. */
void folder_remove(const char *path);

/* Return the number of files and folders in a folder, with hidden ones. */
size_t folder_count(const char *path);

bool file_exists(const char *path);

/*
 * Return the bytes of a file, followed by a '\0' that *length does not count.
 * The caller frees them. length may be NULL.
 */
char *file_read(const char *path, size_t *length);

void file_write(const char *path, const void *bytes, size_t length);
void file_write_text(const char *path, const char *text);

#endif
