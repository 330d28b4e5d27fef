/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/ghost.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "run/relevance.h"

enum { NAMED_MAX = 2 }; /* settings in a name */

void
ghost_destroy(struct ghost *ghost)
{
	free(ghost->history);
	free(ghost->points);
	*ghost = (struct ghost){0};
}

/* Copy the drawing; false: no memory. */
static bool
take_shape(struct ghost *ghost, const struct run *run,
	const struct live_shape *shape)
{
	size_t count = shape->length * shape->features;

	ghost->shape_error = NAN;
	/* a screen without room for the drawing has none */
	if (shape->points == NULL || shape->drawn_at == 0)
		return true;
	ghost->points = memory_floats(count);
	if (ghost->points == NULL)
		return false;
	memcpy(ghost->points, shape->points, count * sizeof *ghost->points);
	ghost->length = shape->length;
	ghost->features = shape->features;
	if (run_task(run)->shape_error != NULL)
		ghost->shape_error = run_shape_error(run, ghost->points);
	return true;
}

bool
ghost_take(struct ghost *ghost, const struct run *run,
	const struct live_shape *shape)
{
	*ghost = (struct ghost){0};
	if (run_updates(run) == 0)
		return false;
	ghost->history = memory_new(1, sizeof *ghost->history);
	if (ghost->history == NULL || !take_shape(ghost, run, shape)) {
		ghost_destroy(ghost);
		return false;
	}
	history_clear(ghost->history);
	history_follow(ghost->history, run_history(run));
	ghost->average = history_average(ghost->history);
	ghost->settings = *run_settings(run);
	ghost->is_kept = true;
	return true;
}

/* Whether the value of a setting explains a difference between two runs. */
static bool
explains(const struct setting *setting, const struct settings *then,
	const struct settings *now)
{
	char before[SETTINGS_TEXT_SIZE], after[SETTINGS_TEXT_SIZE];

	if (setting == &setting_target || setting == &setting_snapshots ||
		!setting_is_relevant(then, setting))
		return false;
	return !setting_is_relevant(now, setting) ||
		strcmp(setting_format(setting, then, before),
			setting_format(setting, now, after)) != 0;
}

static void
add_to_name(char name[GHOST_NAME_SIZE], const struct settings *settings,
	const struct setting *setting)
{
	char value[SETTINGS_TEXT_SIZE];
	size_t length = strlen(name);

	setting_format(setting, settings, value);
	/* names of kinds explain themselves, numbers do not */
	snprintf(name + length, GHOST_NAME_SIZE - length, "%s%s%s%.20s",
		length > 0 ? ", " : "",
		setting->type == SETTING_CHOICE ? "" : setting->option,
		setting->type == SETTING_CHOICE ? "" : " ", value);
}

void
ghost_describe(const struct settings *then, const struct settings *now,
	char name[GHOST_NAME_SIZE])
{
	int named = 0;

	name[0] = '\0';
	for (size_t i = 0; setting_list[i] != NULL && named < NAMED_MAX; i++) {
		const struct setting *setting = setting_list[i];

		/* the seed explains only what nothing else does */
		if (setting == &setting_seed || setting->type == SETTING_PATH ||
			!explains(setting, then, now))
			continue;
		add_to_name(name, then, setting);
		named++;
	}
	if (named == 0 && explains(&setting_seed, then, now))
		add_to_name(name, then, &setting_seed);
}

static void
set_name(struct ghost *ghost, const struct settings *now)
{
	ghost_describe(&ghost->settings, now, ghost->name);
	if (ghost->name[0] == '\0')
		snprintf(ghost->name, sizeof ghost->name, _("last run"));
}

void
ghost_replace(struct ghost *ghost, struct ghost *taken,
	const struct settings *now)
{
	if (taken->is_kept) {
		ghost_destroy(ghost);
		*ghost = *taken;
		*taken = (struct ghost){0};
	}
	if (ghost->is_kept)
		set_name(ghost, now);
}

bool
ghost_has_curve(const struct ghost *ghost, const struct settings *now)
{
	return ghost->is_kept && settings_have_same_loss(&ghost->settings, now);
}

bool
ghost_has_drawing(const struct ghost *ghost, size_t features)
{
	return ghost->is_kept && ghost->points != NULL &&
		ghost->features == features;
}
