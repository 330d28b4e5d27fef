/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/setting.h"

#include <stdio.h>
#include <string.h>

#include "base/number.h"

const struct kind *
setting_choice(const struct setting *setting, const void *object)
{
	const struct kind *kind;

	/* the field points to a struct that begins with its kind */
	memcpy(&kind, (const char *)object + setting->offset,
		sizeof kind); /* NOLINT(bugprone-sizeof-expression) */
	return kind;
}

void
setting_choose(const struct setting *setting, void *object,
	const struct kind *kind)
{
	memcpy((char *)object + setting->offset, &kind,
		sizeof kind); /* NOLINT(bugprone-sizeof-expression) */
}

/* Refuse a name that is like none of the choices, and list them. */
static void
refuse_choice(const struct kind *const *choices, const char *text,
	struct error *error)
{
	char names[ERROR_TEXT_SIZE] = "";

	for (size_t i = 0; choices[i] != NULL; i++) {
		size_t length = strlen(names);

		snprintf(names + length, sizeof names - length, "%s%s",
			i == 0 ? "" : ", ", choices[i]->name);
	}
	error_set(error, "'%s' is unknown; choose from %s", text, names);
}

static bool
parse_choice(const struct setting *setting, const char *text, void *object,
	struct error *error)
{
	const struct kind *const *choices = setting->choices;
	const struct kind *kind = kind_find(choices, text);
	const char *nearest;

	if (kind != NULL) {
		setting_choose(setting, object, kind);
		return true;
	}
	nearest = kind_nearest(choices, text);
	if (nearest != NULL)
		error_set(error, "'%s' is unknown; did you mean '%s'?", text,
			nearest);
	else
		refuse_choice(choices, text, error);
	return false;
}

static bool
parse_units(const char *text, struct settings_units *value, struct error *error)
{
	struct settings_units units = {0};

	for (;;) {
		size_t length = strcspn(text, ",");
		char number[32] = "";
		uint64_t count;

		if (units.layers == MODEL_LAYERS_MAX)
			return error_set(error, "the maximum is %d layers",
				MODEL_LAYERS_MAX);
		if (length < sizeof number)
			memcpy(number, text, length);
		if (!number_parse_count(number, MODEL_UNITS_MAX, &count) ||
			count == 0)
			return error_set(error,
				"'%.*s' is not a number of units from 1 to %d",
				(int)(length < 60 ? length : 60), text,
				MODEL_UNITS_MAX);
		units.units[units.layers++] = (size_t)count;
		if (text[length] == '\0')
			break;
		text += length + 1;
	}
	*value = units;
	return true;
}

static bool
parse_count(const struct setting *setting, const char *text, uint64_t *value,
	struct error *error)
{
	char max[NUMBER_TEXT_SIZE];
	uint64_t count;

	if (!number_parse_count(text, (uint64_t)setting->max, &count) ||
		count < (uint64_t)setting->min)
		return error_set(error,
			"'%.60s' is not a whole number from %.0f to %s", text,
			setting->min,
			number_grouped(max, (uint64_t)setting->max));
	*value = count;
	return true;
}

static bool
parse_real(const struct setting *setting, const char *text, double *value,
	struct error *error)
{
	double real;

	if (!number_parse_real(text, &real) || real < setting->min ||
		real > setting->max)
		return error_set(error,
			"'%.60s' is not a number from %g to "
			"%g",
			text, setting->min, setting->max);
	*value = real;
	return true;
}

static bool
parse_path(const char *text, char *value, struct error *error)
{
	if (text[0] == '\0')
		return error_set(error, "the name is empty");
	if (strlen(text) >= SETTINGS_PATH_SIZE)
		return error_set(error, "the name is too long");
	memcpy(value, text, strlen(text) + 1);
	return true;
}

static bool
parse_names(const char *text, char *value, struct error *error)
{
	if (strlen(text) >= SETTINGS_NAMES_SIZE)
		return error_set(error, "the list is too long");
	memcpy(value, text, strlen(text) + 1);
	return true;
}

/* "100,500,...", in increasing order; "0" alone is an empty list. */
static bool
parse_list(const struct setting *setting, const char *text,
	struct settings_list *value, struct error *error)
{
	struct settings_list list = {0};
	const char *at = text;

	while (strcmp(text, "0") != 0) {
		size_t length = strcspn(at, ",");
		uint64_t count = 0;
		char number[32] = "";

		if (length < sizeof number)
			memcpy(number, at, length);
		if (!number_parse_count(number, (uint64_t)setting->max,
			    &count) ||
			count == 0 ||
			(list.count > 0 &&
				count <= list.update[list.count - 1]))
			return error_set(error,
				"'%s' is not a list of ascending counts, such "
				"as 100,500,1000",
				text);
		if (list.count == SETTINGS_LIST_MAX)
			return error_set(error, "at most %d are possible",
				SETTINGS_LIST_MAX);
		list.update[list.count++] = count;
		if (at[length] == '\0')
			break;
		at += length + 1;
	}
	*value = list;
	return true;
}

static bool
add_text(struct settings_texts *texts, const char *text, struct error *error)
{
	if (texts->count == SETTINGS_TEXTS_MAX)
		return error_set(error, "at most %d are possible",
			SETTINGS_TEXTS_MAX);
	texts->text[texts->count++] = text;
	return true;
}

/* "no" leaves the choice of a short form to the other setting. */
static void
parse_flag(const struct setting *setting, const char *text, void *object)
{
	bool is_set =
		text == NULL || (text[0] != '\0' && strcmp(text, "no") != 0);

	if (setting->chooses == NULL)
		*(bool *)((char *)object + setting->offset) = is_set;
	else if (is_set)
		setting_choose(setting, object, setting->chooses);
}

bool
settings_list_has(const struct settings_list *list, uint64_t update)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->update[i] == update)
			return true;
	return false;
}

bool
setting_parse(const struct setting *setting, void *object, const char *text,
	struct error *error)
{
	void *field = (char *)object + setting->offset;

	switch (setting->type) {
	case SETTING_CHOICE:
		return parse_choice(setting, text, object, error);
	case SETTING_UNITS:
		return parse_units(text, field, error);
	case SETTING_COUNT:
		return parse_count(setting, text, field, error);
	case SETTING_REAL:
		return parse_real(setting, text, field, error);
	case SETTING_PATH:
		return parse_path(text, field, error);
	case SETTING_NAMES:
		return parse_names(text, field, error);
	case SETTING_TEXT:
		*(const char **)field = text;
		return true;
	case SETTING_TEXTS:
		return add_text(field, text, error);
	case SETTING_LIST:
		return parse_list(setting, text, field, error);
	case SETTING_FLAG:
		parse_flag(setting, text, object);
		return true;
	}
	return false;
}

static void
format_list(const struct settings_list *list, char *text)
{
	size_t length = 0;

	snprintf(text, SETTINGS_TEXT_SIZE, "0");
	for (size_t i = 0; i < list->count; i++)
		length += (size_t)snprintf(text + length,
			SETTINGS_TEXT_SIZE - length, "%s%llu", i ? "," : "",
			(unsigned long long)list->update[i]);
}

static void
format_units(const struct settings_units *units, char *text)
{
	size_t length = 0;

	for (size_t l = 0; l < units->layers; l++)
		length += (size_t)snprintf(text + length,
			SETTINGS_TEXT_SIZE - length, "%s%zu", l ? "," : "",
			units->units[l]);
}

static void
format_texts(const struct settings_texts *texts, char *text)
{
	size_t length = 0;

	text[0] = '\0';
	for (size_t i = 0; i < texts->count && length < SETTINGS_TEXT_SIZE; i++)
		length += (size_t)snprintf(text + length,
			SETTINGS_TEXT_SIZE - length, "%s%s", i > 0 ? " " : "",
			texts->text[i]);
}

static bool
has_flag(const struct setting *setting, const void *object)
{
	if (setting->chooses != NULL)
		return setting_choice(setting, object) == setting->chooses;
	return *(const bool *)((const char *)object + setting->offset);
}

char *
setting_format(const struct setting *setting, const void *object,
	char text[SETTINGS_TEXT_SIZE])
{
	const void *field = (const char *)object + setting->offset;

	switch (setting->type) {
	case SETTING_CHOICE:
		snprintf(text, SETTINGS_TEXT_SIZE, "%s",
			setting_choice(setting, object)->name);
		break;
	case SETTING_UNITS:
		format_units(field, text);
		break;
	case SETTING_COUNT:
		snprintf(text, SETTINGS_TEXT_SIZE, "%llu",
			(unsigned long long)*(const uint64_t *)field);
		break;
	case SETTING_REAL:
		number_shortest(text, *(const double *)field);
		break;
	case SETTING_PATH:
	case SETTING_NAMES:
		snprintf(text, SETTINGS_TEXT_SIZE, "%s", (const char *)field);
		break;
	case SETTING_LIST:
		format_list(field, text);
		break;
	case SETTING_TEXTS:
		format_texts(field, text);
		break;
	case SETTING_FLAG:
		snprintf(text, SETTINGS_TEXT_SIZE, "%s",
			has_flag(setting, object) ? "yes" : "");
		break;
	case SETTING_TEXT:
		snprintf(text, SETTINGS_TEXT_SIZE, "%s",
			*(const char *const *)field != NULL
				? *(const char *const *)field
				: "");
		break;
	}
	return text;
}
