/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The settings that a sweep varies, their values as text, and the names of its
 * model files, which consist of them:
 *
 *   cell-gru_units-10,7-seed-1.safetensors
 *
 * A byte of a value other than a letter, a digit or one of "-.,+" is written as
 * ~XX, its hexadecimal number.
 */
#ifndef LSTMTUI_SWEEP_SWEEP_AXES_H
#define LSTMTUI_SWEEP_SWEEP_AXES_H

#include "sweep/sweep.h"

/* Room for the name of a model file and '\0': a system's NAME_MAX is 255. */
enum { SWEEP_NAME_SIZE = 256 };

/* Whether --vary takes a setting. */
bool sweep_may_vary(const struct setting *setting);

/*
 * Add the axis of "NAME=VALUE,VALUE,...". If the list contains a semicolon, the
 * values are separated by semicolons instead, and may contain commas:
 * "units=5;10,7". An empty value at the end is ignored: "units=10,7;" is one
 * value. The values are sorted. Returns false, as an error of usage, for a
 * wrong list.
 */
bool sweep_axes_add(struct sweep *sweep, const char *vary, struct error *error);

/* Add the axis of a list of values for `setting`, the option --NAME. */
bool sweep_axes_add_option(struct sweep *sweep, const struct setting *setting,
	const char *values, struct error *error);

/*
 * Return a value of a setting as the table and the names of models show it: of
 * a file its name without folders, of a flag "yes" or "no".
 */
const char *sweep_value(const struct setting *setting,
	const struct settings *settings, char text[SETTINGS_TEXT_SIZE]);

/* Order two values as the table does: negative, 0 or positive. */
int sweep_value_compare(const struct setting *setting,
	const struct settings *left, const struct settings *right);

/*
 * Write the name of the model file of a combination and a seed. Returns false,
 * as an error of usage, if it is too long.
 */
bool sweep_name_write(const struct sweep *sweep,
	const struct sweep_combination *combination, uint64_t seed,
	char name[SWEEP_NAME_SIZE], struct error *error);

/* The parts of a name. */
struct sweep_name {
	size_t axes;
	const struct setting *setting[SWEEP_AXES_MAX];
	char value[SWEEP_AXES_MAX][SWEEP_NAME_SIZE];
	uint64_t seed;
};

/* Parse the name of a model file. Returns false for any other name. */
bool sweep_name_read(const char *name, struct sweep_name *parts);

#endif
