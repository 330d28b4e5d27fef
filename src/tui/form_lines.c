/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/form_lines.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "run/relevance.h"
#include "task/data_head.h"

int
form_list_lines(const struct form *form,
	const struct setting *lines[FORM_LINES_MAX])
{
	bool (*takes)(const struct setting *setting) = form->purpose->takes;
	int count = 0;

	/* a short form would be a second line for the same choice */
	for (size_t i = 0; setting_list[i] != NULL; i++)
		if (setting_list[i]->chooses == NULL &&
			(takes == NULL || takes(setting_list[i])))
			lines[count++] = setting_list[i];
	lines[count++] = NULL;
	return count;
}

int
form_find_line(const struct form *form, const struct setting *setting)
{
	const struct setting *lines[FORM_LINES_MAX];
	int count = form_list_lines(form, lines), at = 0;

	while (at < count - 1 && lines[at] != setting)
		at++;
	return at;
}

bool
form_is_open(const struct form *form, const struct setting *setting)
{
	return setting == NULL || setting_is_relevant(&form->settings, setting);
}

bool
form_is_path(const struct setting *setting)
{
	return setting != NULL && setting->type == SETTING_PATH;
}

bool
form_is_choice(const struct setting *setting)
{
	return setting != NULL && setting->type == SETTING_CHOICE;
}

bool
form_is_flag(const struct setting *setting)
{
	return setting != NULL && setting->type == SETTING_FLAG;
}

bool
form_is_of_data(const struct form *form, const struct setting *setting)
{
	return !form->settings.task->is_text &&
		form->settings.data[0] != '\0' &&
		(setting == &setting_data || setting == &setting_columns ||
			setting == &setting_separator ||
			setting == &setting_decimal ||
			setting == &setting_missing ||
			setting == &setting_layout);
}

/* Hash the settings that decide what the first lines of the data are. */
static uint64_t
hash_of_reading(const struct settings *settings)
{
	const struct setting *const read[] = {&setting_data, &setting_columns,
		&setting_separator, &setting_decimal, &setting_layout};
	char text[SETTINGS_TEXT_SIZE];
	uint64_t hash = HASH_EMPTY;

	for (size_t i = 0; i < sizeof read / sizeof read[0]; i++) {
		setting_format(read[i], settings, text);
		hash = hash_bytes(hash, text, strlen(text) + 1);
	}
	return hash;
}

/* Describe the data file, if another one is named or it is read otherwise. */
static void
describe_data(struct form *form)
{
	struct sequences_config config = settings_sequences(&form->settings);
	uint64_t hash = hash_of_reading(&form->settings);

	if (!form_is_of_data(form, &setting_data)) {
		form->described = 0;
		form->description[0] = '\0';
	} else if (hash != form->described) {
		form->described = hash;
		data_head_describe(&config, form->description,
			sizeof form->description);
	}
}

void
form_check(struct form *form)
{
	struct settings copy = form->settings;
	struct error error;

	form->message[0] = '\0';
	if (form->at == &setting_data && form->text[0] == '\0')
		copy.data[0] = '\0';
	else if (form->at != NULL && !form_is_flag(form->at) &&
		!setting_parse(form->at, &copy, form->text, &error)) {
		snprintf(form->message, sizeof form->message, "%.500s",
			error.text);
		return;
	}
	form->settings = copy;
	describe_data(form);
	if (!settings_complete(&copy, SETTINGS_ALL, &error))
		snprintf(form->message, sizeof form->message, "%.500s",
			error.text);
}

void
form_go_to(struct form *form, const struct setting *setting)
{
	form->at = setting;
	form->is_fresh = true;
	form->completion.count = 0;
	form->text[0] = '\0';
	if (setting != NULL)
		setting_format(setting, &form->settings, form->text);
	form_check(form);
}

void
form_move(struct form *form, int by)
{
	const struct setting *lines[FORM_LINES_MAX];
	int count = form_list_lines(form, lines),
	    at = form_find_line(form, form->at);

	/* drop an invalid text: the setting keeps its last valid value */
	form_check(form);
	do
		at = (at + by + count) % count;
	while (!form_is_open(form, lines[at]));
	form_go_to(form, lines[at]);
}

void
form_move_far(struct form *form, int by)
{
	const struct setting *lines[FORM_LINES_MAX] = {NULL};
	int count = form_list_lines(form, lines),
	    at = form_find_line(form, form->at) + by;
	int on = by < 0 ? -1 : 1;

	form_check(form);
	assert(count > 0);
	at = at < 0 ? 0 : at >= count ? count - 1 : at;
	/* the last line always has an effect */
	while (!form_is_open(form, lines[at])) {
		if (at == 0)
			on = 1;
		at += on;
	}
	form_go_to(form, lines[at]);
}
