/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fuzzing targets: each passes arbitrary bytes to the part of the program that
 * reads such input, and uses the result. libFuzzer calls them (entry.c), and
 * tests/check_fuzz.c calls them with the files in corpus/. A violated guarantee
 * aborts the process.
 */
#ifndef LSTMTUI_TESTS_FUZZ_TARGET_H
#define LSTMTUI_TESTS_FUZZ_TARGET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "core/context.h"

/* Return true if the input was accepted; otherwise *error gives the reason. */
typedef bool fuzz_target(const unsigned char *bytes, size_t size,
	struct error *error);

fuzz_target fuzz_model;   /* a model file */
fuzz_target fuzz_tensors; /* a file of other software */
fuzz_target fuzz_points;  /* a CSV file of points */
fuzz_target fuzz_text;    /* a text, as UTF-8 and as bytes */
fuzz_target fuzz_options; /* a command line, one word a line */

/* Abort with a message if the program violates a guarantee. */
void fuzz_expect(bool holds, const char *promise);

/*
 * Assert that the error of a refused input is one line of text, and begins with
 * the file's name unless path is NULL.
 */
void fuzz_expect_refusal(const struct error *error, const char *path);

/* Return the context of all models that targets create. */
const struct context *fuzz_context(void);

/* A file with a path, but in memory only. */
struct fuzz_file {
	int descriptor;
	char path[32];
};

void fuzz_file_open(struct fuzz_file *file, const void *bytes, size_t size);
void fuzz_file_close(struct fuzz_file *file);

/* Create a writable folder, on a file system in memory if there is one. */
enum { FUZZ_FOLDER_SIZE = 256 };

void fuzz_folder_new(char path[FUZZ_FOLDER_SIZE]);

/* Return the bytes of a file. The caller frees them. */
unsigned char *fuzz_read(const char *path, size_t *size);

#endif
