/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run that trains on a text, from the library alone. Errors fail the test. */
#ifndef LSTMTUI_TESTS_TEXT_RUN_H
#define LSTMTUI_TESTS_TEXT_RUN_H

#include "run/run.h"
#include "run/run_private.h"

/*
 * Begin a run of the task text with seed 1 on a file. The options are pairs
 * of a setting's option name and its value; {NULL, NULL} ends them. The
 * caller releases the run with text_run_end.
 */
struct run *text_run_begin(const char *const options[][2], const char *data);

/* Train until `updates` are done, in slices of `work` multiply-adds. */
void text_run_train(struct run *run, uint64_t updates, uint64_t work);

void text_run_end(struct run *run);

/* Return ln p of a token, from the softmax over scores[count]. */
double text_log_probability(const float *scores, size_t count, uint32_t token);

#endif
