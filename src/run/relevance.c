/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/relevance.h"

#include <assert.h>
#include <stdio.h>

#include "base/translate.h"

static bool
is_text(const struct kind *kind)
{
	return ((const struct task *)kind)->is_text;
}

static bool
is_points(const struct kind *kind)
{
	return !is_text(kind);
}

static bool
has_chance(const struct kind *kind)
{
	return ((const struct loss *)kind)->is_density;
}

const struct need need_text = {
	.decided_by = &setting_task,
	.accepts = is_text,
};

const struct need need_points = {
	.belongs_to = N_("shapes and points"),
	.decided_by = &setting_task,
	.accepts = is_points,
};

static bool
has_data(const struct settings *settings)
{
	return settings->data[0] != '\0';
}

const struct need need_data = {
	.belongs_to = "--data",
	.decided_by = &setting_data,
	.is_met = has_data,
};

const struct need need_chance = {
	.belongs_to = N_("--loss mixture and --task text"),
	.decided_by = &setting_loss,
	.accepts = has_chance,
};

const struct need need_model = {.unmet = N_("without a MODEL to save")};

const struct need need_snapshots = {
	.unmet = N_("without a MODEL to save, or --log-format tensorboard"),
};

void
unmet_add(struct unmet *unmet, const struct need *need)
{
	assert(unmet->count < UNMET_MAX);
	unmet->need[unmet->count++] = need;
}

static bool
accepts(const struct need *need, const struct kind *kind)
{
	return need->accepts != NULL ? need->accepts(kind) : kind == need->kind;
}

static bool
is_met(const struct need *need, const struct settings *settings,
	const struct unmet *unmet)
{
	for (size_t i = 0; unmet != NULL && i < unmet->count; i++)
		if (unmet->need[i] == need)
			return false;
	if (need->decided_by == NULL || settings == NULL)
		return true;
	return need->is_met != NULL
		? need->is_met(settings)
		: accepts(need, setting_choice(need->decided_by, settings));
}

/* The first need that is not met, or NULL. */
static const struct need *
find_unmet(const struct need *const *needs, const struct settings *settings,
	const struct unmet *unmet)
{
	for (; needs != NULL && *needs != NULL; needs++)
		if (!is_met(*needs, settings, unmet))
			return *needs;
	return NULL;
}

/* Name the settings that an option needs: "--cell lstm and gru"; or NULL. */
static const char *
belongs_to(const struct need *need, char *text, size_t size)
{
	const struct kind *const *kind;
	size_t length, found = 0, count = 0;

	if (need->belongs_to != NULL || need->decided_by == NULL ||
		need->is_met != NULL)
		return _(need->belongs_to);
	for (kind = need->decided_by->choices; *kind != NULL; kind++)
		count += accepts(need, *kind);
	length = (size_t)snprintf(text, size, "--%s", need->decided_by->option);
	for (kind = need->decided_by->choices; *kind != NULL && length < size;
		kind++)
		if (accepts(need, *kind)) {
			const char *separator = found == 0 ? " "
				: found + 1 < count        ? ", "
							   : _(" and ");

			length += (size_t)snprintf(text + length, size - length,
				"%s%s", separator, (*kind)->name);
			found++;
		}
	return text;
}

bool
relevance_check(const char *option, const struct need *const *needs,
	const struct settings *settings, const struct unmet *unmet,
	struct error *error)
{
	const struct need *need = find_unmet(needs, settings, unmet);
	char value[SETTINGS_TEXT_SIZE], owner[128];

	if (need == NULL)
		return true;
	if (need->decided_by == NULL)
		return error_set_usage(error, "--%s: has no effect %s", option,
			_(need->unmet));
	setting_format(need->decided_by, settings, value);
	if (value[0] == '\0')
		return error_set_usage(error,
			"--%s: has no effect without --%s", option,
			need->decided_by->option);
	return error_set_usage(error,
		"--%s: has no effect with --%s %s; it is only for %s", option,
		need->decided_by->option, value,
		belongs_to(need, owner, sizeof owner));
}

char *
relevance_describe(const struct need *const *needs, char *text, size_t size)
{
	size_t length = 0;

	text[0] = '\0';
	for (; needs != NULL && *needs != NULL && length < size; needs++) {
		char owner[128];
		const char *name = belongs_to(*needs, owner, sizeof owner);

		if (name != NULL)
			length += (size_t)snprintf(text + length, size - length,
				"%s%s", length > 0 ? ", " : "", name);
	}
	return text;
}

bool
setting_is_relevant(const struct settings *settings,
	const struct setting *setting)
{
	return find_unmet(setting->needs, settings, NULL) == NULL;
}

bool
settings_check_relevance(const struct settings *settings, settings_mask given,
	struct error *error)
{
	for (size_t i = 0; setting_list[i] != NULL; i++) {
		const struct setting *setting = setting_list[i];

		if (settings_are_given(given, setting) &&
			!relevance_check(setting->option, setting->needs,
				settings, NULL, error))
			return false;
	}
	return true;
}

void
settings_forget_irrelevant(struct settings *settings)
{
	struct error error;

	for (size_t i = 0; setting_list[i] != NULL; i++)
		if (!setting_is_relevant(settings, setting_list[i]) &&
			setting_list[i]->initial != NULL)
			setting_parse(setting_list[i], settings,
				setting_list[i]->initial, &error);
}
