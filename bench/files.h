/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A temporary folder with the data that the bench reads. Each file is made when
 * it is first needed:
 *
 *   text.txt                   400,000 characters of 65 kinds
 *   words.txt                  words, of 10,000 kinds
 *   small.txt, large.txt       a block of ASCII text once, and often
 *   small-utf8.txt, ...        the same with a tenth of other characters
 *   small.csv, large.csv       two columns of numbers with six decimals
 *   small-10x2.csv, ...        ten columns with two decimals
 *   small-10x15.csv, ...       ten columns with fifteen decimals
 */
#ifndef LSTMTUI_BENCH_FILES_H
#define LSTMTUI_BENCH_FILES_H

#include <stdbool.h>

#include "base/error.h"

enum {
	FILES_FOLDER_SIZE = 240,
	FILES_PATH_SIZE = 512,
	FILES_BLOCK = 1 << 20, /* bytes of a small file */
	FILES_TOKENS = 65,     /* kinds of characters in text.txt */
	FILES_WORDS = 10000    /* kinds of words in words.txt */
};

struct files {
	char folder[FILES_FOLDER_SIZE]; /* "": not created */
	unsigned blocks; /* a large file has as many more than a small one */
};

/*
 * Create the folder under $TMPDIR, or /tmp. A large file is larger than a small
 * one by `blocks` blocks. Remove it with files_destroy.
 */
bool files_create(struct files *files, unsigned blocks, struct error *error);

/* Remove the folder and all files in it. */
void files_destroy(struct files *files);

/* Make each of the files whose name occurs in a text, unless it exists. */
bool files_make(const struct files *files, const char *text,
	struct error *error);

/* Store the path of a file in the folder. Return path. */
char *files_path(const struct files *files, const char *name,
	char path[FILES_PATH_SIZE]);

#endif
