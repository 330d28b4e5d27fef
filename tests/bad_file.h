/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Invalid model files: made from a valid file that the program itself wrote,
 * and passed to every command and to the interface.
 */
#ifndef LSTMTUI_TESTS_BAD_FILE_H
#define LSTMTUI_TESTS_BAD_FILE_H

#include "here.h"

#define GOOD "good.safetensors"
#define BAD "bad.safetensors"

/* The content of GOOD, which a test may change. */
extern struct tensors good;

/* Add a group of tests like add_case, each with GOOD in its folder. */
TCase *add_bad_case(Suite *suite, const char *name);

char *path_of(char path[FOLDER_PATH_SIZE], const char *name);

/* Return a tensor's entry in the header of `good`; its metadata; set a key. */
json_t *entry_of(const char *name);
json_t *metadata(void);
void set(json_t *object, const char *key, json_t *value);

/*
 * Write BAD: arbitrary bytes; a header followed by the data of `good`; `good`.
 */
void write_bad(const void *bytes, size_t length);
void write_header(const char *header);
void write_good_as_bad(void);

/* Commands that read a model. The last one would also save it. */
enum { READERS = 5, READERS_ONLY = READERS - 1 };

void run_reader(size_t reader, const char *model, struct outcome *outcome);

/* Assert that the command used no more memory than a small model needs. */
void expect_modest_memory(const struct outcome *outcome);

/*
 * Assert that every command that reads models, and the interface, refuses BAD:
 * exit status 1, one line that names the file, little memory, and BAD
 * unchanged. `what` describes BAD in the failure message.
 */
void expect_bad(const char *what);

/*
 * Assert the same for a path that is not a regular file, without the command
 * that would save over it.
 */
void expect_each_refuses(const char *model);

/*
 * Many similar files: each is read in the test's own process, some by the
 * commands, as the number of the file decides; with LSTMTUI_FAULTS_ALL=1 each
 * by all of them.
 *
 * Read BAD; return true if it is accepted. Otherwise, assert that the error is
 * one line that names the file. Assert that little memory is used and BAD is
 * unchanged.
 */
bool opens_bad(const char *what);

/* As expect_bad: one command refuses BAD, every eighth file all of them. */
void expect_refusal(const char *what, size_t number);

/*
 * Assert that reading BAD neither crashes nor hangs nor changes it. BAD may be
 * accepted or refused.
 */
void expect_decency(const char *what, size_t number);

/* Assert the same for all work done with BAD, if it is accepted. */
void expect_decent_work(const char *what, size_t number);

#endif
