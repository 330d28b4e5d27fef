/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/relevance.h"

#include <stdio.h>

static bool
is_text(const struct settings *settings)
{
	return task_info((enum task)settings->task)->is_text;
}

static bool
is_points(const struct settings *settings)
{
	return !is_text(settings);
}

static bool
is_sequence(const struct settings *settings)
{
	return settings->framing == FRAMING_SEQUENCE;
}

static bool
has_window(const struct settings *settings)
{
	return framing_has_window((enum framing)settings->framing);
}

static bool
is_sgd(const struct settings *settings)
{
	return settings->optimizer == OPTIMIZER_SGD;
}

static bool
is_rectangle_loss(const struct settings *settings)
{
	return settings->loss == LOSS_RECTANGLE;
}

static bool
is_mixture(const struct settings *settings)
{
	return settings->loss == LOSS_MIXTURE;
}

static bool
has_chance(const struct settings *settings)
{
	return is_text(settings) || is_mixture(settings);
}

static bool
has_decay(const struct settings *settings)
{
	return settings->decay != 1;
}

/* In the order of the bits. */
static const struct row {
	enum need need;
	enum setting_id decided_by; /* named with its value when it is unmet */
	/* whether the settings meet it; NULL: they do not decide */
	bool (*is_met)(const struct settings *settings);
	const char *unmet;      /* what is said in place of that */
	const char *belongs_to; /* NULL: `unmet` says all there is */
} rows[] = {
	{NEED_TEXT, SETTING_TASK, is_text, NULL, "--task text"},
	{NEED_POINTS, SETTING_TASK, is_points, NULL, "shapes and points"},
	{NEED_SEQUENCE, SETTING_FRAMING, is_sequence, NULL,
		"--framing sequence"},
	{NEED_WINDOW, SETTING_FRAMING, has_window, NULL,
		"--framing many-to-one and one-to-many"},
	{NEED_SGD, SETTING_OPTIMIZER, is_sgd, NULL, "--optimizer sgd"},
	{NEED_RECTANGLE, SETTING_LOSS, is_rectangle_loss, NULL,
		"--loss rectangle"},
	{NEED_MIXTURE, SETTING_LOSS, is_mixture, NULL, "--loss mixture"},
	{NEED_CHANCE, SETTING_LOSS, has_chance, NULL,
		"--loss mixture and --task text"},
	{NEED_DECAY, SETTING_DECAY, has_decay, NULL,
		"--learning-rate-decay below 1"},
	{NEED_LOG, SETTINGS, NULL, "without --log", "--log"},
	{NEED_MODEL, SETTINGS, NULL, "without a MODEL to save", NULL},
	{NEED_NEW_DRAWING, SETTINGS, NULL,
		"with --gallery, which draws "
		"nothing new",
		NULL},
	{NEED_NEW_RUNS, SETTINGS, NULL,
		"with --collect, which takes models "
		"as they are",
		NULL},
	{NEED_TRAINING, SETTINGS, NULL, "with --plan, which trains nothing",
		NULL},
	{NEED_FRESH_DATA, SETTINGS, NULL,
		"where the sequences are those of "
		"a file and the model draws none by chance",
		NULL},
};

enum { ROWS = sizeof rows / sizeof rows[0] };

bool
relevance_has_row(enum need need)
{
	for (size_t i = 0; i < ROWS; i++)
		if (rows[i].need == need)
			return (unsigned)need == 1u << i;
	return false;
}

/* The first need that is not met, or NULL. */
static const struct row *
find_unmet(unsigned needs, const struct settings *settings, unsigned missing)
{
	for (size_t i = 0; i < ROWS; i++) {
		const struct row *row = &rows[i];
		bool is_met = row->is_met == NULL
			? !(missing & row->need)
			: settings == NULL || row->is_met(settings);

		if ((needs & row->need) && !is_met)
			return row;
	}
	return NULL;
}

bool
relevance_check(const char *option, unsigned needs,
	const struct settings *settings, unsigned missing, struct error *error)
{
	const struct row *row = find_unmet(needs, settings, missing);
	char value[SETTINGS_TEXT_SIZE];

	if (row == NULL)
		return true;
	if (row->is_met == NULL)
		return error_set_usage(error, "--%s: has no effect %s", option,
			row->unmet);
	settings_format(settings, row->decided_by, value);
	return error_set_usage(error,
		"--%s: has no effect with --%s %s; it "
		"belongs to %s",
		option, setting_info(row->decided_by)->option, value,
		row->belongs_to);
}

char *
relevance_describe(unsigned needs, char *text, size_t size)
{
	size_t length = 0;

	text[0] = '\0';
	for (size_t i = 0; i < ROWS && length < size; i++)
		if ((needs & rows[i].need) && rows[i].belongs_to != NULL)
			length += (size_t)snprintf(text + length, size - length,
				"%s%s", length > 0 ? ", " : "",
				rows[i].belongs_to);
	return text;
}

bool
setting_is_relevant(const struct settings *settings, enum setting_id id)
{
	return find_unmet(setting_info(id)->needs, settings, 0) == NULL;
}

bool
settings_check_relevance(const struct settings *settings, settings_mask given,
	struct error *error)
{
	for (unsigned id = 0; id < SETTINGS; id++) {
		const struct setting *setting = setting_info(id);

		if ((given & (settings_mask)1 << id) &&
			!relevance_check(setting->option, setting->needs,
				settings, 0, error))
			return false;
	}
	return true;
}

void
settings_forget_irrelevant(struct settings *settings)
{
	struct settings defaults;
	char text[SETTINGS_TEXT_SIZE];
	struct error error;

	settings_default(&defaults);
	for (unsigned id = 0; id < SETTINGS; id++)
		if (!setting_is_relevant(settings, id))
			settings_parse(settings, id,
				settings_format(&defaults, id, text), &error);
}
