/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A writer lets a model of the task text write: a token at a time, each
 * drawn from what the model thinks of the next, and read again by it.
 */
#ifndef LSTMTUI_RUN_WRITER_H
#define LSTMTUI_RUN_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "core/pass.h"
#include "core/random.h"
#include "run/run.h"
#include "task/reset.h"

struct writer {
	struct pass pass;
	struct framing_config framing;
	size_t tokens;
	/* scores are divided by it before softmax; 0: always the likeliest */
	double temperature;
	struct random random;
	double *weight;   /* [tokens] */
	uint32_t *window; /* [steps]: the tokens read last */
	size_t read;      /* how many of them there are */
	/* predictions of one-to-many that are not used yet */
	size_t used, ready;
	/* where the state starts from zero, and the tokens that decide it */
	struct reset_rule rule;
	uint32_t recent[RESET_LOOK_BACK + 1];
	size_t recents;
};

/*
 * Make a writer for the run's model, which is borrowed; temperature 1. What
 * is random comes from the seed's stream for it. Release it with
 * writer_destroy.
 */
bool writer_create(struct writer *writer, const struct run *run, uint64_t seed,
	struct error *error);
void writer_destroy(struct writer *writer);

/* Forget what was read. */
void writer_reset(struct writer *writer);

/*
 * Read a token as if it had been written. The state starts from zero before
 * the same tokens as in training (task/reset.h).
 */
void writer_read(struct writer *writer, uint32_t token);

/*
 * Write the next token, and read it. Before the first one the writer reads
 * what reset_opening gives, where it has not read anything yet. Where the
 * weights are not finite, the token means nothing.
 */
uint32_t writer_write(struct writer *writer);

/* What a token costs, about, in multiply-adds. */
uint64_t writer_cost(const struct writer *writer);

#endif
