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

/* Add all settings given, and the updates in any case. */
static bool
add_settings(struct sweep_words *words, const struct sweep *sweep,
	settings_mask given)
{
	const settings_mask own =
		settings_bit(&setting_units) | settings_bit(&setting_seed);
	const settings_mask always = settings_bit(&setting_target);
	char text[SETTINGS_TEXT_SIZE];

	for (size_t id = 0; setting_list[id] != NULL; id++) {
		settings_mask bit = settings_bit(setting_list[id]);

		if (!((given | always) & ~own & bit))
			continue;
		setting_format(setting_list[id], &sweep->settings, text);
		if (setting_list[id]->type == SETTING_FLAG
				? text[0] != '\0' &&
					!add_flag(words,
						setting_list[id]->option)
				: !add_option(words, setting_list[id]->option,
					  text))
			return false;
	}
	return true;
}

bool
sweep_train_words(const struct sweep *sweep, const struct sweep_run *run,
	const struct arguments *arguments, bool has_pipe,
	struct sweep_words *words, struct error *error)
{
	uint64_t every = arguments->session.checkpoint_every;
	bool good;

	*words = (struct sweep_words){0};
	good = add(words, arguments->program) && add(words, "train") &&
		add(words, "--quiet") &&
		add_count(words, "units", run->units) &&
		add_count(words, "seed", run->seed) &&
		add_settings(words, sweep, arguments->session.given) &&
		(every == 0 || add_count(words, "checkpoint-every", every));
	if (has_pipe)
		good = good && add_option(words, "log", "-") &&
			add_count(words, "log-every",
				sweep->settings.target / LINES_PER_RUN + 1);
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

bool
sweep_print_plan(const struct sweep *sweep, const struct arguments *arguments,
	struct error *error)
{
	for (size_t i = 0; i < sweep->count; i++) {
		struct sweep_words words;
		bool good = sweep_train_words(sweep, &sweep->runs[i], arguments,
			false, &words, error);

		for (size_t w = 0; good && w < words.count; w++) {
			if (w > 0)
				putchar(' ');
			good = print_word(words.word[w], error);
		}
		if (good)
			putchar('\n');
		sweep_words_release(&words);
		if (!good)
			return false;
	}
	return true;
}
