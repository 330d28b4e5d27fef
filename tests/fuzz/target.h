/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is fuzzed: each target takes any bytes, hands them to the part of the
 * program that reads such input, and goes on with what that made of them.
 * libFuzzer drives them (entry.c), and tests/check_fuzz.c with what is in
 * corpus/. A promise of the program that is broken ends the process.
 */
#ifndef LSTMTUI_TESTS_FUZZ_TARGET_H
#define LSTMTUI_TESTS_FUZZ_TARGET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "core/context.h"

/* Whether the input was taken; where it was refused, *error says why. */
typedef bool fuzz_target(const unsigned char *bytes, size_t size,
	struct error *error);

fuzz_target fuzz_model;   /* a model file */
fuzz_target fuzz_points;  /* a CSV file of points */
fuzz_target fuzz_text;    /* a text, as UTF-8 and as bytes */
fuzz_target fuzz_options; /* a command line, a word a line */

/* Abort with a message where the program broke a promise. */
void fuzz_expect(bool holds, const char *promise);

/*
 * Refused input gets one line of text; that of a file begins with its name
 * (path; NULL: there is no file).
 */
void fuzz_expect_refusal(const struct error *error, const char *path);

/* The context of all models that targets make. */
const struct context *fuzz_context(void);

/* A file that has a name but stands in memory alone. */
struct fuzz_file {
	int descriptor;
	char path[32];
};

void fuzz_file_open(struct fuzz_file *file, const void *bytes, size_t size);
void fuzz_file_close(struct fuzz_file *file);

/* A folder to write in, on a file system in memory where there is one. */
enum { FUZZ_FOLDER_SIZE = 256 };

void fuzz_folder_new(char path[FUZZ_FOLDER_SIZE]);

/* The bytes of a file, which the caller frees. */
unsigned char *fuzz_read(const char *path, size_t *size);

#endif
