/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/validations.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/number.h"

void
validation_add(struct validation *validation, uint64_t epoch, double loss)
{
	validation->epochs = epoch;
	validation->last = loss;
	if (loss < validation->best ||
		(isnan(validation->best) && !isnan(loss))) {
		validation->best = loss;
		validation->best_epoch = epoch;
	}
}

bool
validation_is_better(const struct validation *now,
	const struct validation *before)
{
	/* after a return to an earlier state, an epoch is validated again */
	return now->best_epoch != before->best_epoch ||
		!number_has_same_bits(now->best, before->best);
}

bool
validation_exceeds(const struct validation *validation, uint64_t patience)
{
	/* the best one may be later, after a return to an earlier state */
	return patience > 0 && validation->epochs > validation->best_epoch &&
		validation->epochs - validation->best_epoch >= patience;
}

/* Drop every second item, but keep the best one and the last one. */
static void
thin_out(struct validations *validations)
{
	size_t best = validations_best(validations), kept = 0;

	for (size_t i = 0; i < validations->count; i++)
		if (i % 2 == 0 || i == best || i + 1 == validations->count)
			validations->at[kept++] = validations->at[i];
	validations->count = kept;
}

void
validations_add(struct validations *validations, uint64_t update, double loss)
{
	if (validations->count == VALIDATIONS_MAX)
		thin_out(validations);
	validations->at[validations->count++] =
		(struct validations_item){(double)update, loss};
}

void
validations_copy(struct validations *to, const struct validations *from)
{
	to->count = from->count;
	memcpy(to->at, from->at, from->count * sizeof from->at[0]);
}

size_t
validations_best(const struct validations *validations)
{
	size_t best = 0;

	assert(validations->count > 0);
	for (size_t i = 1; i < validations->count; i++)
		if (validations->at[i].loss < validations->at[best].loss)
			best = i;
	return best;
}

bool
validations_are_rising(const struct validations *validations)
{
	size_t last = validations->count - 1, best;
	double sum = 0;

	if (validations->count < 3)
		return false;
	best = validations_best(validations);
	if (last < best + 2)
		return false;
	for (size_t i = best + 1; i < last; i++)
		sum += validations->at[i].loss;
	return validations->at[last].loss > sum / (double)(last - best - 1);
}

bool
validations_are_valid(const struct validations *validations, double min)
{
	double before = -1;

	if (validations->count > VALIDATIONS_MAX)
		return false;
	for (size_t i = 0; i < validations->count; i++) {
		if (!(validations->at[i].update > before &&
			    validations->at[i].update < 1e15) ||
			!(validations->at[i].loss >= min &&
				isfinite(validations->at[i].loss)))
			return false;
		before = validations->at[i].update;
	}
	return true;
}
