/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The scaling of points from a file: a network learns numbers near 0 of about
 * the size of 1, and data are rarely such. A scaled number is
 * (number - offset) / factor, with an offset and a factor for each column.
 *
 * A run trains on scaled numbers. Everything shown or written for people is in
 * the units of the data. Numbers of the data are doubles where they are read
 * and written: a scaled float keeps differences that a float of the data's size
 * would lose, such as the seconds of a Unix time.
 */
#ifndef LSTMTUI_TASK_SCALING_H
#define LSTMTUI_TASK_SCALING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/kind.h"

/* How the data is scaled (--scale). */
struct scaling_rule {
	struct kind kind;
	/* whether numbers[count] of the data are scaled; NULL: never */
	bool (*applies)(const double *numbers, size_t count);
};

extern const struct scaling_rule scaling_none, scaling_standard, scaling_auto;

/* All kinds of scaling; ends with NULL. */
extern const struct kind *const scaling_list[];

/*
 * All zero: nothing is scaled, and the functions below copy their numbers, with
 * the same bits.
 */
struct scaling {
	size_t features; /* columns; 0: nothing is scaled */
	double *offset;  /* [features]: the mean */
	double *factor;  /* [features]: the standard deviation, above 0 */
};

/*
 * Allocate offsets of 0 and factors of 1 for a number of columns, at least 1.
 * Release the scaling with scaling_destroy.
 */
bool scaling_create(struct scaling *scaling, size_t features,
	struct error *error);

/*
 * Create the scaling of numbers[points, features]: the mean of each column, and
 * its standard deviation, or 1 if all its numbers are equal.
 */
bool scaling_measure(struct scaling *scaling, size_t features, size_t points,
	const double *numbers, struct error *error);

void scaling_destroy(struct scaling *scaling);

/*
 * Copy a scaling; *to is all zero or a scaling, which is replaced. Between
 * scalings of as many columns no memory is allocated.
 */
bool scaling_copy(struct scaling *to, const struct scaling *from,
	struct error *error);

/* Compare two scalings bit for bit. */
bool scaling_equals(const struct scaling *one, const struct scaling *other);

/* Whether all numbers are such that a scaling can have them. */
bool scaling_is_valid(const struct scaling *scaling);

/*
 * The mean of the factors, 1 without scaling: a unit of length that suits all
 * columns.
 */
double scaling_unit(const struct scaling *scaling);

/*
 * To print a number of a column that was scaled, round it to the decimals that
 * a scaled float determines, so that numbers of the data come back as they were
 * written, and use so many significant digits. Without scaling nothing is
 * rounded, and 9 digits distinguish any two floats.
 */
double scaling_round(const struct scaling *scaling, size_t column,
	double number);
int scaling_digits(const struct scaling *scaling);

/* Scale a number of a column, or return it to the data's units. */
float scaling_apply_one(const struct scaling *scaling, size_t column,
	double number);
double scaling_undo_one(const struct scaling *scaling, size_t column,
	float scaled);

/* Scale count numbers, whole points; the arrays may be the same. */
void scaling_apply_floats(const struct scaling *scaling, size_t count,
	const float *numbers, float *scaled);

/*
 * Return count scaled numbers, whole points, to the data's units; the arrays
 * may be the same.
 */
void scaling_undo_floats(const struct scaling *scaling, size_t count,
	const float *scaled, float *numbers);

#endif
