/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/scaling.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/translate.h"

/* Numbers up to this size are learnt as they are. */
#define SMALL 2.0

/* A range below this part of the numbers is the rounding of a constant. */
#define NOISE 1e-12

static bool
always(const double *numbers, size_t count)
{
	(void)numbers;
	(void)count;
	return true;
}

static bool
if_large(const double *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (fabs(numbers[i]) > SMALL)
			return true;
	return false;
}

const struct scaling_rule scaling_none = {
	.kind = {.name = "none",
		.summary = N_("numbers as they are in the file")},
};

const struct scaling_rule scaling_standard = {
	.kind = {.name = "standard",
		.summary = N_("each column less its mean, divided by its "
			      "standard deviation")},
	.applies = always,
};

const struct scaling_rule scaling_auto = {
	.kind = {.name = "auto",
		.summary = N_("none if all numbers are within [-2, 2], else "
			      "standard")},
	.applies = if_large,
};

const struct kind *const scaling_list[] = {
	&scaling_none.kind,
	&scaling_standard.kind,
	&scaling_auto.kind,
	NULL,
};

bool
scaling_create(struct scaling *scaling, size_t features, struct error *error)
{
	scaling->features = features;
	scaling->offset = memory_new(features, sizeof *scaling->offset);
	scaling->factor = memory_new(features, sizeof *scaling->factor);
	if (scaling->offset == NULL || scaling->factor == NULL) {
		scaling_destroy(scaling);
		error_out_of_memory(error);
		return false;
	}
	for (size_t f = 0; f < features; f++)
		scaling->factor[f] = 1;
	return true;
}

/* Measure a column, whose numbers are `stride` apart. */
static void
measure_column(const double *number, size_t count, size_t stride,
	double *offset, double *factor)
{
	double min = number[0], max = number[0], sum = 0, squares = 0;

	for (size_t i = 0; i < count; i++) {
		min = fmin(min, number[i * stride]);
		max = fmax(max, number[i * stride]);
	}
	*offset = min;
	*factor = 1;
	if (!(max - min > NOISE * fmax(fabs(min), fabs(max))))
		return;
	/* in parts of the range, so that nothing overflows or vanishes */
	for (size_t i = 0; i < count; i++)
		sum += (number[i * stride] - min) / (max - min);
	*offset = min + (max - min) * (sum / (double)count);
	for (size_t i = 0; i < count; i++) {
		double part = (number[i * stride] - *offset) / (max - min);

		squares += part * part;
	}
	*factor = (max - min) * sqrt(squares / (double)count);
	if (!isnormal(*factor))
		*factor = 1;
}

bool
scaling_measure(struct scaling *scaling, size_t features, size_t points,
	const double *numbers, struct error *error)
{
	if (!scaling_create(scaling, features, error))
		return false;
	for (size_t f = 0; f < features; f++)
		measure_column(numbers + f, points, features,
			&scaling->offset[f], &scaling->factor[f]);
	return true;
}

void
scaling_destroy(struct scaling *scaling)
{
	free(scaling->offset);
	free(scaling->factor);
	*scaling = (struct scaling){0};
}

bool
scaling_copy(struct scaling *to, const struct scaling *from,
	struct error *error)
{
	if (to->features != from->features) {
		scaling_destroy(to);
		if (from->features > 0 &&
			!scaling_create(to, from->features, error))
			return false;
	}
	for (size_t f = 0; f < from->features; f++) {
		to->offset[f] = from->offset[f];
		to->factor[f] = from->factor[f];
	}
	return true;
}

bool
scaling_equals(const struct scaling *one, const struct scaling *other)
{
	size_t size = one->features * sizeof(double);

	return one->features == other->features &&
		(size == 0 ||
			(memcmp(one->offset, other->offset, size) == 0 &&
				memcmp(one->factor, other->factor, size) == 0));
}

bool
scaling_is_valid(const struct scaling *scaling)
{
	/* those of numbers that are finite as floats */
	for (size_t f = 0; f < scaling->features; f++)
		if (!(fabs(scaling->offset[f]) <= (double)FLT_MAX) ||
			!(scaling->factor[f] >= DBL_MIN) ||
			!(scaling->factor[f] <= (double)FLT_MAX))
			return false;
	return true;
}

double
scaling_unit(const struct scaling *scaling)
{
	double sum = 0;

	if (scaling->features == 0)
		return 1;
	for (size_t f = 0; f < scaling->features; f++)
		sum += scaling->factor[f] / (double)scaling->features;
	return sum;
}

double
scaling_round(const struct scaling *scaling, size_t column, double number)
{
	double unit;

	if (scaling->features == 0)
		return number;
	/* a float has 6 decimal digits, and most scaled numbers are below 10 */
	unit = pow(10, ceil(log10(scaling->factor[column])) - FLT_DIG);
	return isnormal(unit) && fabs(number) / unit < 1 / DBL_EPSILON
		? round(number / unit) * unit + 0.0 /* no -0 */
		: number;
}

int
scaling_digits(const struct scaling *scaling)
{
	return scaling->features == 0 ? FLT_DECIMAL_DIG : DBL_DIG;
}

float
scaling_apply_one(const struct scaling *scaling, size_t column, double number)
{
	if (scaling->features == 0)
		return (float)number;
	return (float)((number - scaling->offset[column]) /
		scaling->factor[column]);
}

double
scaling_undo_one(const struct scaling *scaling, size_t column, float scaled)
{
	if (scaling->features == 0)
		return (double)scaled;
	return scaling->offset[column] +
		scaling->factor[column] * (double)scaled;
}

void
scaling_apply_floats(const struct scaling *scaling, size_t count,
	const float *numbers, float *scaled)
{
	size_t features = scaling->features;

	for (size_t i = 0; i < count; i++)
		scaled[i] = features == 0
			? numbers[i]
			: scaling_apply_one(scaling, i % features,
				  (double)numbers[i]);
}

void
scaling_undo_floats(const struct scaling *scaling, size_t count,
	const float *scaled, float *numbers)
{
	size_t features = scaling->features;

	for (size_t i = 0; i < count; i++)
		numbers[i] = features == 0 ? scaled[i]
					   : (float)scaling_undo_one(scaling,
						     i % features, scaled[i]);
}
