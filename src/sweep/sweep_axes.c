/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep/sweep_axes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/name.h"

const char *
sweep_value(const struct setting *setting, const struct settings *settings,
	char text[SETTINGS_TEXT_SIZE])
{
	const char *slash;

	setting_format(setting, settings, text);
	if (setting->type == SETTING_FLAG && text[0] == '\0')
		return "no";
	slash = setting->type == SETTING_PATH ? strrchr(text, '/') : NULL;
	return slash != NULL ? slash + 1 : text;
}

/* Compare two numbers: -1, 0 or 1. */
#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

static int
compare_units(const struct settings_units *left,
	const struct settings_units *right)
{
	if (left->layers != right->layers)
		return COMPARE(left->layers, right->layers);
	for (size_t l = 0; l < left->layers; l++)
		if (left->units[l] != right->units[l])
			return COMPARE(left->units[l], right->units[l]);
	return 0;
}

/* Return the place of a choice in its list. */
static size_t
choice_place(const struct setting *setting, const struct settings *settings)
{
	size_t place = 0;

	while (setting->choices[place] != setting_choice(setting, settings))
		place++;
	return place;
}

int
sweep_value_compare(const struct setting *setting, const struct settings *left,
	const struct settings *right)
{
	const void *a = (const char *)left + setting->offset;
	const void *b = (const char *)right + setting->offset;
	char a_text[SETTINGS_TEXT_SIZE], b_text[SETTINGS_TEXT_SIZE];

	switch (setting->type) {
	case SETTING_UNITS:
		return compare_units(a, b);
	case SETTING_COUNT:
		return COMPARE(*(const uint64_t *)a, *(const uint64_t *)b);
	case SETTING_REAL:
		return COMPARE(*(const double *)a, *(const double *)b);
	case SETTING_CHOICE:
		return COMPARE(choice_place(setting, left),
			choice_place(setting, right));
	default:
		return strcmp(sweep_value(setting, left, a_text),
			sweep_value(setting, right, b_text));
	}
}

/* Parse a value; unlike an option, a flag takes one. */
static bool
parse_value(const struct setting *setting, struct settings *settings,
	const char *text, struct error *error)
{
	if (setting->type == SETTING_FLAG && strcmp(text, "yes") != 0 &&
		strcmp(text, "no") != 0)
		return error_set_usage(error, "'%.60s' is neither yes nor no",
			text);
	if (setting_parse(setting, settings, text, error))
		return true;
	error->is_usage = true;
	return false;
}

/* Insert a value in order. */
static bool
insert_value(struct sweep_axis *axis, size_t *capacity, const char *value,
	struct error *error)
{
	struct settings new_value, other;
	char text[SETTINGS_TEXT_SIZE];
	struct error ignored;
	size_t at = axis->count;
	char *copy;

	settings_default(&new_value);
	settings_default(&other);
	if (!parse_value(axis->setting, &new_value, value, error))
		return false;
	for (; at > 0; at--) {
		int order;

		setting_parse(axis->setting, &other, axis->value[at - 1],
			&ignored);
		order = sweep_value_compare(axis->setting, &other, &new_value);
		if (order == 0)
			return error_set_usage(error,
				axis->setting->type == SETTING_PATH
					? "%s: two files have this name"
					: "%s is listed twice",
				sweep_value(axis->setting, &new_value, text));
		if (order < 0)
			break;
	}
	setting_format(axis->setting, &new_value, text);
	/* setting_parse takes "no", not the text of an unset flag */
	copy = memory_string(
		axis->setting->type == SETTING_FLAG ? value : text);
	if (copy == NULL ||
		!memory_grow((void **)&axis->value, capacity, axis->count + 1,
			sizeof *axis->value)) {
		free(copy);
		return error_out_of_memory(error);
	}
	memmove(axis->value + at + 1, axis->value + at,
		(axis->count - at) * sizeof *axis->value);
	axis->value[at] = copy;
	axis->count++;
	return true;
}

/* Insert the values of a list. */
static bool
insert_list(struct sweep_axis *axis, const char *list, struct error *error)
{
	const char *separator = strchr(list, ';') != NULL ? ";" : ",";
	size_t capacity = 0;

	for (;;) {
		size_t length = strcspn(list, separator);
		char value[SETTINGS_TEXT_SIZE];

		if (length >= sizeof value)
			return error_set_usage(error, "a value is too long");
		memcpy(value, list, length);
		value[length] = '\0';
		if (!insert_value(axis, &capacity, value, error))
			return false;
		if (list[length] == '\0' ||
			(separator[0] == ';' && list[length + 1] == '\0'))
			return true;
		list += length + 1;
	}
}

static bool
add_axis(struct sweep *sweep, const struct setting *setting, const char *values,
	struct error *error)
{
	if (sweep_axis_of(sweep, setting) != NULL)
		return error_set_usage(error, "the setting is varied twice");
	if (sweep->axes == SWEEP_AXES_MAX)
		return error_set_usage(error,
			"a sweep varies at most %d settings", SWEEP_AXES_MAX);
	sweep->axis[sweep->axes] = (struct sweep_axis){.setting = setting};
	return insert_list(&sweep->axis[sweep->axes++], values, error);
}

bool
sweep_axes_add_option(struct sweep *sweep, const struct setting *setting,
	const char *values, struct error *error)
{
	return add_axis(sweep, setting, values, error) ||
		error_prefix(error, "--%s", setting->option);
}

static const struct setting *
find_setting(const char *name)
{
	for (size_t i = 0; setting_list[i] != NULL; i++)
		if (strcmp(setting_list[i]->option, name) == 0)
			return setting_list[i];
	return NULL;
}

/* Explain why `name` is not a setting that can be varied. */
static bool
refuse_name(const char *name, struct error *error)
{
	const char *names[64], *nearest;
	size_t count = 0;

	for (; setting_list[count] != NULL; count++)
		names[count] = setting_list[count]->option;
	nearest = name_nearest(name, names, count);
	return nearest != NULL
		? error_set_usage(error,
			  "--vary: '%s' is not a setting; did you mean '%s'?",
			  name, nearest)
		: error_set_usage(error,
			  "--vary: '%s' is not a setting of a run", name);
}

bool
sweep_may_vary(const struct setting *setting)
{
	return setting != &setting_seed && setting->chooses == NULL;
}

bool
sweep_axes_add(struct sweep *sweep, const char *vary, struct error *error)
{
	const char *equals = strchr(vary, '=');
	const struct setting *setting;
	char name[64] = "";

	if (equals == NULL)
		return error_set_usage(error,
			"--vary: '%.60s' is not NAME=VALUE,VALUE,...", vary);
	if ((size_t)(equals - vary) < sizeof name)
		memcpy(name, vary, (size_t)(equals - vary));
	setting = find_setting(name);
	if (setting == NULL)
		return refuse_name(name, error);
	if (setting == &setting_seed)
		return error_set_usage(error,
			"--vary seed: use --seeds and --seed");
	if (!sweep_may_vary(setting))
		return error_set_usage(error,
			"--vary %s: vary the setting that it is short for",
			name);
	return add_axis(sweep, setting, equals + 1, error) ||
		error_prefix(error, "--vary %s", name);
}
