/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A writer generates text with a model: it draws a token from the predicted
 * probabilities, lets the model read it, draws the next, and so on.
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
	/* divides the scores before softmax; 0: take the most likely token */
	double temperature;
	struct random random;
	/*
	 * cut the memory: every step starts from zero state, so a token depends
	 * only on the token before it; initially false
	 */
	bool no_memory;
	double *weight;   /* [tokens]: scratch memory */
	float *estimate;  /* [tokens]: the same */
	uint32_t *window; /* [steps]: the last tokens read */
	size_t read;      /* their count */
	/* predictions of one-to-many: number used, and in all */
	size_t used, ready;
	/* when to reset the state, and the last tokens, which decide it */
	struct reset_rule rule;
	uint32_t recent[RESET_LOOK_BACK + 1];
	size_t recents;
};

/*
 * Create a writer for the model of a run, which is borrowed, with temperature
 * 1. Random numbers come from the seed's stream for generation. Release it with
 * writer_destroy.
 */
bool writer_create(struct writer *writer, const struct run *run, uint64_t seed,
	struct error *error);
void writer_destroy(struct writer *writer);

/* Reset to zero state, with no tokens read. */
void writer_reset(struct writer *writer);

/*
 * Read a token as if it had been written. The state is reset before the same
 * tokens as in training (task/reset.h).
 */
void writer_read(struct writer *writer, uint32_t token);

/*
 * Write the next token and read it. A writer that has read nothing reads
 * reset_opening first. With weights that are not finite the token is arbitrary.
 */
uint32_t writer_write(struct writer *writer);

/* The approximate cost of a token in multiply-adds. */
uint64_t writer_cost(const struct writer *writer);

#endif
