/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/sweep_plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/shell.h"

/* About how many progress lines a training process writes to the sweep. */
enum { LINES_PER_RUN = 2000 };

static bool
add(struct sweep_words *words, const char *word)
{
	char *copy = memory_string(word);

	/* one more for the NULL: memory_grow clears new memory */
	if (copy == NULL ||
		!memory_grow((void **)&words->word, &words->room,
			words->count + 2, sizeof *words->word)) {
		free(copy);
		return false;
	}
	words->word[words->count++] = copy;
	return true;
}

static bool
add_option(struct sweep_words *words, const char *option, const char *value)
{
	char text[64];

	snprintf(text, sizeof text, "--%s", option);
	return add(words, text) && add(words, value);
}

static bool
add_flag(struct sweep_words *words, const char *option)
{
	char text[64];

	snprintf(text, sizeof text, "--%s", option);
	return add(words, text);
}

static bool
add_count(struct sweep_words *words, const char *option, uint64_t value)
{
	char text[32];

	snprintf(text, sizeof text, "%llu", (unsigned long long)value);
	return add_option(words, option, text);
}

static bool
add_setting(struct sweep_words *words, const struct setting *setting,
	const struct settings *settings)
{
	char text[SETTINGS_TEXT_SIZE];

	setting_format(setting, settings, text);
	if (setting->type == SETTING_FLAG)
		return text[0] == '\0' || add_flag(words, setting->option);
	return add_option(words, setting->option, text);
}

/* Add all settings given and varied, and the updates in any case. */
static bool
add_settings(struct sweep_words *words,
	const struct sweep_combination *combination)
{
	settings_mask wanted =
		combination->given | settings_bit(&setting_target);

	for (size_t id = 0; setting_list[id] != NULL; id++)
		if (setting_list[id] != &setting_units &&
			settings_are_given(wanted, setting_list[id]) &&
			!add_setting(words, setting_list[id],
				&combination->settings))
			return false;
	return true;
}

bool
sweep_train_words(const struct sweep *sweep, const struct sweep_run *run,
	const struct arguments *arguments, bool has_pipe,
	struct sweep_words *words, struct error *error)
{
	const struct sweep_combination *combination =
		&sweep->combination[run->combination];
	uint64_t every = arguments->session.checkpoint_every;
	bool has_units = settings_are_given(combination->given, &setting_units);
	bool good;

	*words = (struct sweep_words){0};
	good = add(words, arguments->program) && add(words, "train") &&
		add(words, "--quiet") &&
		(!has_units ||
			add_setting(words, &setting_units,
				&combination->settings)) &&
		add_count(words, "seed", run->seed) &&
		add_settings(words, combination) &&
		(every == 0 || add_count(words, "checkpoint-every", every));
	if (has_pipe)
		good = good && add_option(words, "log", "-") &&
			add_count(words, "log-every",
				combination->settings.target / LINES_PER_RUN +
					1);
	if (run->model[0] == '-')
		good = good && add(words, "--");
	good = good && add(words, run->model);
	return good || error_out_of_memory(error);
}

void
sweep_words_release(struct sweep_words *words)
{
	for (size_t i = 0; i < words->count; i++)
		free(words->word[i]);
	free(words->word);
	*words = (struct sweep_words){0};
}

static bool
print_word(const char *word, struct error *error)
{
	char *quoted = shell_quoted_line(word, isatty(STDOUT_FILENO));

	if (quoted == NULL)
		return error_out_of_memory(error);
	fputs(quoted, stdout);
	free(quoted);
	return true;
}

/* Print the command of a run. */
static bool
print_command(const struct sweep *sweep, const struct sweep_run *run,
	const struct arguments *arguments, struct error *error)
{
	struct sweep_words words;
	bool good =
		sweep_train_words(sweep, run, arguments, false, &words, error);

	for (size_t w = 0; good && w < words.count; w++) {
		if (w > 0)
			putchar(' ');
		good = print_word(words.word[w], error);
	}
	sweep_words_release(&words);
	return good;
}

/*
 * Print several commands as one line. A run that fails does not stop those
 * after it, but its exit status is that of the line; a signal (128 and more)
 * stops them.
 */
static bool
print_chunk(const struct sweep *sweep, size_t first, size_t count,
	const struct arguments *arguments, struct error *error)
{
	fputs("s=0", stdout);
	for (size_t i = first; i < first + count; i++) {
		fputs("; [ $s -ge 128 ] || ", stdout);
		if (!print_command(sweep, &sweep->runs[i], arguments, error))
			return false;
		fputs(" || s=$?", stdout);
	}
	fputs("; (exit $s)", stdout);
	return true;
}

bool
sweep_print_plan(const struct sweep *sweep, const struct arguments *arguments,
	struct error *error)
{
	size_t chunk = (size_t)arguments->chunk;

	for (size_t i = 0; i < sweep->count; i += chunk) {
		size_t left = sweep->count - i;
		bool good = chunk == 1
			? print_command(sweep, &sweep->runs[i], arguments,
				  error)
			: print_chunk(sweep, i, left < chunk ? left : chunk,
				  arguments, error);

		if (!good)
			return false;
		putchar('\n');
	}
	return true;
}
