/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/settings_command.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/shell.h"
#include "base/utf8.h"
#include "run/relevance.h"

static const char *
without_folders(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

/*
 * Add a space and a word, quoted. A name that is not UTF-8 is escaped, so that
 * the line is UTF-8, in every locale the same.
 */
static void
add_word(struct bytes *line, const char *word)
{
	char *quoted = shell_quoted_line(word, !utf8_is_valid(word));

	if (quoted == NULL)
		line->has_failed = true;
	else
		bytes_add_format(line, " %s", quoted);
	free(quoted);
}

static void
add_option(struct bytes *line, const char *option, const char *value)
{
	bytes_add_format(line, " --%s", option);
	add_word(line, value);
}

/*
 * Whether the line names a setting: those without which the run would be
 * another one even at the defaults, and all others that differ from them. The
 * default decay of a text follows from its length.
 */
static bool
is_named(const struct settings *settings, const struct setting *setting,
	const char *value)
{
	const char *initial = settings_default_text(settings, setting);

	if (setting == &setting_task || setting == &setting_target ||
		setting == &setting_seed)
		return true;
	if (setting->chooses != NULL || value[0] == '\0' ||
		!setting_is_relevant(settings, setting))
		return false;
	return setting == &setting_decay || setting == &setting_decay_after ||
		initial == NULL || strcmp(initial, value) != 0;
}

static void
add_setting(struct bytes *line, const struct run *run,
	const struct setting *setting)
{
	char text[SETTINGS_TEXT_SIZE];

	setting_format(setting, run_settings(run), text);
	if (!is_named(run_settings(run), setting, text))
		return;
	if (setting->type == SETTING_FLAG)
		bytes_add_format(line, " --%s", setting->option);
	else if (setting == &setting_target && run_updates(run) > 0)
		bytes_add_format(line, " --%s %llu", setting->option,
			(unsigned long long)run_updates(run));
	else
		add_option(line, setting->option,
			setting->type == SETTING_PATH ? without_folders(text)
						      : text);
}

char *
settings_command(const struct run *run, const char *model)
{
	const char *init = run_init_file(run), *name = without_folders(model);
	struct bytes line = {0};

	bytes_add_text(&line, "lstmtui train");
	for (size_t id = 0; setting_list[id] != NULL; id++)
		add_setting(&line, run, setting_list[id]);
	if (init[0] != '\0')
		add_option(&line, "init", without_folders(init));
	if (name[0] == '-')
		bytes_add_text(&line, " --");
	add_word(&line, name);
	bytes_add(&line, "", 1);
	if (!line.has_failed)
		return (char *)line.data;
	bytes_release(&line);
	return NULL;
}
