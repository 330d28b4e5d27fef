/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Change the settings of a saved run. */
#include <string.h>

#include "run/relevance.h"

bool
settings_resume(struct settings *saved, const struct settings *asked,
	settings_mask given, settings_mask *changed, struct error *error)
{
	*changed = 0;
	for (size_t i = 0; setting_list[i] != NULL; i++) {
		const struct setting *setting = setting_list[i];
		char has[SETTINGS_TEXT_SIZE], wants[SETTINGS_TEXT_SIZE];

		if (!settings_are_given(given, setting))
			continue;
		/*
		 * in the order of the list: a setting follows those it depends
		 * on
		 */
		if (!relevance_check(setting->option, setting->needs, saved,
			    NULL, error))
			return false;
		setting_format(setting, saved, has);
		setting_format(setting, asked, wants);
		if (strcmp(has, wants) == 0)
			continue;
		/*
		 * the data file may have moved; a run without one cannot get
		 * one, unless it was imported and needs one
		 */
		if (!setting->may_change ||
			(setting == &setting_data && has[0] == '\0' &&
				saved->task->make != NULL))
			return error_set_usage(error,
				"--%s %s contradicts the "
				"saved run, which has '%s'",
				setting->option, wants,
				has[0] != '\0' ? has : "no");
		if (!setting_parse(setting, saved, wants, error))
			return error_prefix(error, "--%s", setting->option);
		*changed |= settings_bit(setting);
	}
	return true;
}
