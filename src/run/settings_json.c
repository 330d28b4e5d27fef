/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/settings_json.h"

#include <stdlib.h>

#include "base/exact_bytes.h"

json_t *
settings_json_path(const char *path)
{
	char *shown;
	json_t *value;

	if (path[0] == '\0')
		return json_null();
	shown = exact_bytes_show(path);
	value = shown != NULL ? json_string(shown) : NULL;
	free(shown);
	return value;
}

json_t *
settings_json(const struct settings *settings, const struct setting *setting)
{
	const void *field = (const char *)settings + setting->offset;
	const struct settings_units *units = field;
	const struct settings_list *list = field;
	char text[SETTINGS_TEXT_SIZE];
	json_t *value;

	switch (setting->type) {
	case SETTING_UNITS:
		value = json_array();
		for (size_t l = 0; l < units->layers; l++)
			json_array_append_new(value,
				json_integer((json_int_t)units->units[l]));
		return value;
	case SETTING_COUNT:
		return json_integer((json_int_t) * (const uint64_t *)field);
	case SETTING_LIST:
		value = json_array();
		for (size_t i = 0; i < list->count; i++)
			json_array_append_new(value,
				json_integer((json_int_t)list->update[i]));
		return value;
	case SETTING_REAL:
		return json_real(*(const double *)field);
	case SETTING_PATH:
	case SETTING_NAMES:
		return settings_json_path(field);
	case SETTING_CHOICE:
	case SETTING_TEXT:
	case SETTING_TEXTS:
	case SETTING_FLAG:
		break;
	}
	setting_format(setting, settings, text);
	return text[0] != '\0' ? json_string(text) : json_null();
}
