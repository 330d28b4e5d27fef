/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/config_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/name.h"
#include "base/regular_file.h"
#include "base/utf8.h"
#include "cli/common_options.h"
#include "cli/options.h"

enum { LINE_SIZE = 1024 };

static const char blanks[] = " \t\r\n";

const struct setting *const config_file_options[] = {
	&option_theme,
	&option_color,
	&option_ascii,
	&option_speed,
	&option_no_mouse,
	&option_tour,
	&option_quiet,
	NULL,
};

struct reader {
	struct arguments *arguments;
	bool (*bind)(void *bindings, const char *key, const char *action,
		struct error *error);
	void *bindings;
};

bool
config_file_path(char path[CONFIG_FILE_PATH_SIZE])
{
	const char *folder = getenv("XDG_CONFIG_HOME"), *between = "";
	int length;

	/* the XDG specification ignores relative paths */
	if (folder == NULL || folder[0] != '/') {
		folder = getenv("HOME");
		between = "/.config";
	}
	if (folder == NULL || folder[0] != '/')
		return false;
	length = snprintf(path, CONFIG_FILE_PATH_SIZE, "%s%s/lstmtui/config",
		folder, between);
	return length < CONFIG_FILE_PATH_SIZE;
}

/* Cut the first word of a text off. Returns the rest without leading blanks. */
static char *
cut_word(char *text, const char *delimiters)
{
	char *end = text + strcspn(text, delimiters);

	if (*end == '\0')
		return end;
	if (strchr(blanks, *end) != NULL)
		*end++ = '\0';
	return end + strspn(end, blanks);
}

static bool
read_key(const struct reader *reader, char *text, struct error *error)
{
	char *action = cut_word(text, blanks);

	if (action[0] == '\0' || strpbrk(action, blanks) != NULL)
		return error_set(error,
			"key: expected a key and an action, as in "
			"'key w save'");
	return reader->bind(reader->bindings, text, action, error);
}

static const struct setting *
find_option(const char *name)
{
	for (size_t i = 0; config_file_options[i] != NULL; i++)
		if (strcmp(config_file_options[i]->option, name) == 0)
			return config_file_options[i];
	return NULL;
}

static bool
refuse_name(const struct reader *reader, const char *name, struct error *error)
{
	const struct command *command = reader->arguments->command;
	const char *names[16] = {"key"}, *nearest;
	const struct setting *option;
	size_t count = 1;

	for (size_t i = 0; (option = options_of(command, i)) != NULL; i++)
		if (strcmp(option->option, name) == 0)
			return error_set(error,
				"%s: only --%s on the command line is "
				"possible, because this file does not change "
				"runs",
				name, name);
	for (size_t i = 0; config_file_options[i] != NULL; i++)
		names[count++] = config_file_options[i]->option;
	nearest = name_nearest(name, names, count);
	if (nearest != NULL)
		return error_set(error, "'%s' is unknown; did you mean '%s'?",
			name, nearest);
	return error_set(error,
		"'%s' is unknown; there are key, theme, color, ascii, speed, "
		"no-mouse, tour, quiet",
		name);
}

static bool
read_option(const struct reader *reader, const char *name, const char *value,
	struct error *error)
{
	const struct setting *option = find_option(name);
	/* a value that the command line overrides is only checked */
	struct arguments ignored = {0};
	struct arguments *arguments = reader->arguments;

	if (option == NULL)
		return refuse_name(reader, name, error);
	if (option->argument == NULL && value[0] != '\0')
		return error_set(error, "%s takes no value", name);
	if (option->argument != NULL && value[0] == '\0')
		return error_set(error, "%s: missing value", name);
	if (option_is_given(reader->arguments, option))
		arguments = &ignored;
	if (!setting_parse(option, arguments,
		    option->argument != NULL ? value : NULL, error))
		return error_prefix(error, "%s", name);
	return true;
}

static bool
read_line(const struct reader *reader, char *line, struct error *error)
{
	char *name = line + strspn(line, blanks), *value;
	size_t length = strlen(name);

	while (length > 0 && strchr(blanks, name[length - 1]) != NULL)
		name[--length] = '\0';
	if (name[0] == '\0' || name[0] == '#')
		return true;
	if (!utf8_is_valid(name))
		return error_set(error, "the line is not valid UTF-8");
	/* strchr also finds the end of the line */
	if (strncmp(name, "key", 3) == 0 && strchr(blanks, name[3]) != NULL)
		return read_key(reader, cut_word(name, blanks), error);
	value = cut_word(name, " \t=");
	if (*value == '=') {
		*value++ = '\0';
		value += strspn(value, blanks);
	}
	return read_option(reader, name, value, error);
}

static bool
read_lines(const struct reader *reader, const char *path, FILE *stream,
	struct error *error)
{
	char line[LINE_SIZE];
	size_t number = 1;

	for (; fgets(line, sizeof line, stream) != NULL; number++) {
		bool is_whole = strchr(line, '\n') != NULL || feof(stream);

		if (!is_whole)
			error_set(error, "the line is too long or not text");
		else if (read_line(reader, line, error))
			continue;
		error_prefix(error, "%s:%zu", path, number);
		error->is_usage = true;
		return false;
	}
	if (ferror(stream))
		return error_set(error, "%s: it could not be read", path);
	return true;
}

bool
config_file_read(const char *path, struct arguments *arguments,
	bool (*bind)(void *bindings, const char *key, const char *action,
		struct error *error),
	void *bindings, struct error *error)
{
	struct reader reader = {arguments, bind, bindings};
	FILE *stream;
	bool is_read;

	if (access(path, F_OK) != 0)
		return true;
	stream = regular_file_stream(path, REGULAR_FILE_ONLY, error);
	if (stream == NULL)
		return false;
	is_read = read_lines(&reader, path, stream, error);
	fclose(stream);
	return is_read;
}
