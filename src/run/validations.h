/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The losses over the part of a run's data that is held out for validation: the
 * last and the best one; and the losses of all validations, in bounded memory,
 * for the plot of the loss: does the run overfit, and since which update? If
 * there are more validations than room, every second one is dropped, but never
 * the best one.
 */
#ifndef LSTMTUI_RUN_VALIDATIONS_H
#define LSTMTUI_RUN_VALIDATIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct validation {
	uint64_t epochs;   /* completed epochs at the last validation */
	double last, best; /* NaN: none yet */
	uint64_t best_epoch;
};

/* Take the loss of the validation after an epoch. NaN is never the best. */
void validation_add(struct validation *validation, uint64_t epoch, double loss);

/* Whether a validation after `before`, up to `now`, was the best so far. */
bool validation_is_better(const struct validation *now,
	const struct validation *before);

/*
 * Whether the last `patience` epochs have brought no better validation; 0:
 * never.
 */
bool validation_exceeds(const struct validation *validation, uint64_t patience);

enum { VALIDATIONS_MAX = 512, VALIDATIONS_VALUES = 2 };

/* The model file has the layout of `at`. */
struct validations {
	size_t count;
	struct validations_item {
		double update; /* updates done before the validation */
		double loss;
	} at[VALIDATIONS_MAX]; /* rising updates */
};

/* Append the loss of a validation. */
void validations_add(struct validations *validations, uint64_t update,
	double loss);

/* Copy the used part. */
void validations_copy(struct validations *to, const struct validations *from);

/* Return the index of the first minimum; requires count > 0. */
size_t validations_best(const struct validations *validations);

/*
 * Whether the loss has risen since its minimum: two or more validations
 * followed, and the last is above the mean of those between them.
 */
bool validations_are_rising(const struct validations *validations);

/*
 * Whether the updates rise, the losses are finite and at least `min`, and the
 * count fits: for a file's values.
 */
bool validations_are_valid(const struct validations *validations, double min);

#endif
