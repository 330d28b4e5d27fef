/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The numbers of a text under the microscope: they are computed in parts, by
 * tui/microscope.c.
 */
#ifndef LSTMTUI_TUI_MICROSCOPE_RESULT_H
#define LSTMTUI_TUI_MICROSCOPE_RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "inspect/inspection.h"
#include "inspect/text_excerpt.h"
#include "inspect/text_features.h"

enum {
	MICROSCOPE_MAX = 3000,   /* characters shown */
	MICROSCOPE_BACK = 64,    /* characters before the cursor */
	MICROSCOPE_TELLING = 100 /* fewer characters tell nothing */
};

/* What is looked at. */
enum microscope_source {
	MICROSCOPE_RUN,  /* the validation part, or the training text */
	MICROSCOPE_OWN,  /* what the model writes */
	MICROSCOPE_FILE, /* a file of the user */
	MICROSCOPE_TYPED,
	MICROSCOPE_SOURCES
};

/* A unit of a layer, and what it tells best about the text. */
struct microscope_unit {
	size_t number;
	enum text_feature feature;
	double correlation; /* 0: the text is too short, or nothing */
};

struct microscope_result {
	struct text_excerpt excerpt;
	enum microscope_source source;
	struct inspection inspection;
	/*
	 * The same text and weights on the other side of the memory, if the
	 * framing has one: without memory, or with it if `no_memory`.
	 */
	struct inspection other;
	bool has_memory;
	size_t *step; /* [first + count]: see inspection_find_steps */
	/* tanh of the states, [units, count] for each layer */
	float *state[MODEL_LAYERS_MAX];
	/* [units]: those that tell most come first */
	struct microscope_unit *unit[MODEL_LAYERS_MAX];
	uint64_t updates, written;
	bool no_memory;
	/* of the characters that were predicted; NaN: none, or no memory */
	double mean_bits, other_bits;
	/*
	 * How strongly the prediction of the character `back_at` depends on
	 * each of the characters before it, back[backs], the last one last.
	 * back_at is SIZE_MAX if it is not known.
	 */
	size_t back_at, backs;
	double back[MICROSCOPE_BACK];
};

/* As inspection_create and inspection_destroy. */
bool microscope_result_create(struct microscope_result *result,
	const struct run *run, struct error *error);
void microscope_result_destroy(struct microscope_result *result);

/*
 * How many characters of a text may be looked at: their values must fit into
 * memory, and a computation must end soon.
 */
size_t microscope_result_max(const struct run *run);

/*
 * Copy the text, and begin to compute the values with the present weights; the
 * caller advances result->inspection and result->other until they are done.
 */
bool microscope_result_begin(struct microscope_result *result,
	const struct run *run, const struct text_excerpt *excerpt,
	struct error *error);

/*
 * When the values are done, measure the surprise and the features of the text.
 */
bool microscope_result_measure(struct microscope_result *result,
	struct text_features *features, struct error *error);

/*
 * Measure what the next unit tells about the text, from the unit 0 of the layer
 * 0 on. After the last unit of a layer, order them. Returns false after the
 * last unit of all.
 */
bool microscope_result_rank(struct microscope_result *result,
	const struct text_features *features, size_t *layer, size_t *unit);

/*
 * The number of steps whose inputs are MICROSCOPE_BACK characters or fewer; and
 * when the row of the connectivity is done, keep it as back[backs].
 */
size_t microscope_result_look_steps(const struct microscope_result *result);
void microscope_result_take_look(struct microscope_result *result);

/*
 * Return the step that predicts the character `at`, or INSPECTION_NONE: nothing
 * was read before it, or the framing does not predict it.
 */
size_t microscope_step(const struct microscope_result *result, size_t at);

/* Return the name of the state: "c", or "h" of a cell without c. */
const char *microscope_state_name(const struct inspection *inspection);

#endif
