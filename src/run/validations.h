/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The losses of the validations of a run, in bounded memory, for the plot of
 * the loss: does the run overfit, and since which update? If there are more
 * validations than room, every second one is dropped, but never the best one.
 */
#ifndef LSTMTUI_RUN_VALIDATIONS_H
#define LSTMTUI_RUN_VALIDATIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
 * Whether the updates rise, the losses are finite and not negative, as the
 * cross-entropy of a text is, and the count fits: for a file's values.
 */
bool validations_are_valid(const struct validations *validations);

#endif
