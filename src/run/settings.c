/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/settings.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/system.h"
#include "base/translate.h"
#include "task/builtin.h"
#include "task/data_task.h"

const struct setting *const setting_list[] = {
	&setting_task,
	&setting_tokens,
	&setting_bytes,
	&setting_vocabulary,
	&setting_framing,
	&setting_window,
	&setting_gap,
	&setting_cell,
	&setting_units,
	&setting_recurrent_activation,
	&setting_loss,
	&setting_optimizer,
	&setting_momentum,
	&setting_weight_decay,
	&setting_learning_rate,
	&setting_clip,
	&setting_huber_delta,
	&setting_rectangle_weight,
	&setting_mixtures,
	&setting_sigma_floor,
	&setting_batch,
	&setting_target,
	&setting_seed,
	&setting_data,
	&setting_snapshots,
	&setting_columns,
	&setting_separator,
	&setting_decimal,
	&setting_missing,
	&setting_layout,
	&setting_scale,
	&setting_shuffle,
	&setting_validation,
	&setting_patience,
	&setting_sequence_length,
	&setting_decay,
	&setting_decay_after,
	&setting_dropout,
	&setting_reset_at,
	NULL,
};

_Static_assert(sizeof setting_list / sizeof setting_list[0] <= 64,
	"a bit of settings_mask for each");

settings_mask
settings_bit(const struct setting *setting)
{
	for (size_t i = 0; setting_list[i] != NULL; i++)
		if (setting_list[i] == setting)
			return (settings_mask)1 << i;
	return 0;
}

bool
settings_are_given(settings_mask given, const struct setting *setting)
{
	return given & settings_bit(setting);
}

/* Set a default value; it is always valid. */
static void
set_default(struct settings *settings, const struct setting *setting,
	const char *text)
{
	struct error error;
	bool is_parsed = setting_parse(setting, settings, text, &error);

	assert(is_parsed);
	(void)is_parsed;
}

void
settings_default(struct settings *settings)
{
	memset(settings, 0, sizeof *settings);
	for (size_t i = 0; setting_list[i] != NULL; i++)
		if (setting_list[i]->initial != NULL)
			set_default(settings, setting_list[i],
				setting_list[i]->initial);
}

const char *
settings_default_text(const struct settings *settings,
	const struct setting *setting)
{
	const char *text = setting->initial, *other;

	for (size_t i = 0; setting_list[i] != NULL; i++) {
		if (setting_list[i]->type != SETTING_CHOICE)
			continue;
		other = kind_default(setting_choice(setting_list[i], settings),
			setting->option);
		if (other != NULL)
			text = other;
	}
	return text;
}

void
settings_follow(struct settings *now, const struct settings *before)
{
	if (before->task->own_data != NULL && now->task != before->task &&
		strcmp(now->data, before->task->own_data) == 0)
		now->data[0] = '\0';
	for (size_t i = 0; setting_list[i] != NULL; i++) {
		const struct setting *setting = setting_list[i];
		const char *was = settings_default_text(before, setting);
		const char *is = settings_default_text(now, setting);
		char has[SETTINGS_TEXT_SIZE];

		if (was != NULL && is != NULL && was != is &&
			strcmp(setting_format(setting, now, has), was) == 0)
			set_default(now, setting, is);
	}
}

/* The default decay of texts; see settings_adapt_decay. */
#define TEXT_DECAY 0.97
enum { TEXT_DECAY_AFTER = 10, TEXT_EPOCH_UPDATES = 400 };

void
settings_adapt_decay(struct settings *settings, double updates)
{
	double part = fmin(updates / TEXT_EPOCH_UPDATES, 1);

	/* the form may have replaced the default */
	if (settings->has_default_decay && settings->decay == TEXT_DECAY)
		settings->decay = round(pow(TEXT_DECAY, part) * 1e6) / 1e6;
	if (settings->has_default_decay_after &&
		settings->decay_after == TEXT_DECAY_AFTER)
		settings->decay_after =
			(uint64_t)round(TEXT_DECAY_AFTER / part);
	settings->has_default_decay = false;
	settings->has_default_decay_after = false;
}

void
settings_set_defaults(struct settings *settings, settings_mask given)
{
	for (size_t i = 0; setting_list[i] != NULL; i++) {
		const struct setting *setting = setting_list[i];
		const char *text = settings_default_text(settings, setting);

		if (!settings_are_given(given, setting) && text != NULL &&
			text != setting->initial)
			set_default(settings, setting, text);
	}
	if (!settings->task->is_text)
		return;
	settings->has_default_decay =
		!settings_are_given(given, &setting_decay);
	/* a given decay begins after the default number of epochs */
	settings->has_default_decay_after = settings->has_default_decay &&
		!settings_are_given(given, &setting_decay_after);
}

bool
settings_choose_task(struct settings *settings, settings_mask *given)
{
	struct sequences_config config = settings_sequences(settings);
	const settings_mask of_numbers = settings_bit(&setting_columns) |
		settings_bit(&setting_separator) |
		settings_bit(&setting_decimal) |
		settings_bit(&setting_missing) | settings_bit(&setting_layout);

	if (settings->data[0] == '\0' ||
		settings_are_given(*given, &setting_task))
		return false;
	settings->task = data_task(&config);
	/* who describes numbers means no text: reading says what lacks */
	if ((*given & of_numbers) != 0 && !builtin_is_named(settings->data))
		settings->task = &task_points;
	*given |= settings_bit(&setting_task);
	return true;
}

bool
settings_check_data(const struct settings *settings, struct error *error)
{
	return settings->task->make != NULL || settings->data[0] != '\0' ||
		error_set_usage(error, "the task '%s' needs --data FILE",
			settings->task->kind.name);
}

void
settings_take_own_data(struct settings *settings)
{
	if (settings->data[0] == '\0' && settings->task->own_data != NULL)
		snprintf(settings->data, sizeof settings->data, "%s",
			settings->task->own_data);
}

bool
settings_complete(struct settings *settings, settings_mask given,
	struct error *error)
{
	settings_set_defaults(settings, given);
	settings_take_own_data(settings);
	return settings_check(settings, error) &&
		settings_check_data(settings, error);
}

bool
settings_check(const struct settings *settings, struct error *error)
{
	const struct task *task = settings->task;
	const struct loss *loss = settings->loss;

	if (task->is_text != loss->is_of_tokens)
		return error_set_usage(error, "--loss %s is not for --task %s",
			loss->kind.name, task->kind.name);
	if (task->make != NULL && settings->data[0] == '\0' &&
		framing_min(settings_framing(settings)) >
			settings_points(settings))
		return error_set_usage(error,
			"--window %llu is too large: a %s has %zu points",
			(unsigned long long)settings->window, _(task->singular),
			settings_points(settings));
	if (loss->adds_shape_error && framing_has_window(settings->framing))
		return error_set_usage(error,
			"--loss %s is only for the framings "
			"one-to-one and sequence",
			loss->kind.name);
	if (loss->adds_shape_error && task->shape_gradient == NULL)
		return error_set_usage(error, "--loss %s is not for --task %s",
			loss->kind.name, task->kind.name);
	if (settings->momentum >= 1)
		return error_set_usage(error, "--momentum must be below 1");
	return true;
}

bool
settings_draw_seed(uint64_t *seed, struct error *error)
{
	uint32_t bits;

	if (!system_random(&bits, sizeof bits))
		return error_set(error, "cannot get a seed from the system: %s",
			strerror(errno));
	*seed = bits;
	return true;
}

bool
settings_have_same_loss(const struct settings *one,
	const struct settings *other)
{
	return one->loss == other->loss && one->gap == other->gap &&
		one->huber_delta == other->huber_delta &&
		one->rectangle_weight == other->rectangle_weight;
}

size_t
settings_points(const struct settings *settings)
{
	return task_length(settings->task, settings->gap);
}

struct framing_config
settings_framing(const struct settings *settings)
{
	return (struct framing_config){
		.framing = settings->framing,
		.window = (size_t)settings->window,
	};
}

bool
settings_read_input(const struct settings *settings)
{
	return strcmp(settings->data, "-") == 0;
}

void
settings_take(struct settings *to, const struct settings *from)
{
	struct shared_bytes *former = to->data_bytes;
	struct shared_bytes *bytes = settings_read_input(from)
		? shared_bytes_share(from->data_bytes)
		: NULL;

	*to = *from;
	to->data_bytes = bytes;
	shared_bytes_release(former);
}

struct sequences_config
settings_sequences(const struct settings *settings)
{
	return (struct sequences_config){
		.path = settings->data,
		.bytes = settings_read_input(settings) ? settings->data_bytes
						       : NULL,
		.features = settings->task->features,
		.points = settings_points(settings),
		.columns = settings->columns,
		.separator = settings->separator,
		.decimal = settings->decimal,
		.missing = settings->missing,
		.layout = settings->layout,
	};
}

struct loss_config
settings_loss(const struct settings *settings, size_t features)
{
	return (struct loss_config){
		.loss = settings->loss,
		.features = features,
		.mixtures = (size_t)settings->mixtures,
		.sigma_floor = settings->sigma_floor,
		.huber_delta = settings->huber_delta,
	};
}

struct model_shape
settings_shape(const struct settings *settings, size_t features)
{
	struct loss_config config = settings_loss(settings, features);
	struct model_shape shape = {
		.inputs = features,
		.outputs = loss_outputs(&config),
		.layers = settings->units.layers,
		.recurrent_activation = settings->recurrent_activation,
		.cell = settings->cell,
	};

	memcpy(shape.units, settings->units.units, sizeof shape.units);
	return shape;
}

char *
settings_architecture(const struct settings *settings, size_t outputs,
	bool utf8, char *text, size_t size)
{
	const char *arrow = utf8 ? " → " : " -> ";
	size_t length = 0;

	for (size_t l = 0; l < settings->units.layers && length < size; l++)
		length += (size_t)snprintf(text + length, size - length,
			"%s(%zu)%s", settings->cell->type,
			settings->units.units[l], arrow);
	if (length < size)
		snprintf(text + length, size - length, "Dense(%zu)", outputs);
	return text;
}
