/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Compare states bit for bit. Settings are compared as text, since different
 * values have different texts, so that a new setting needs no line here.
 */
#include "run/run_state.h"

#include <string.h>

/* A named range of bytes. */
struct part {
	const char *name;
	const void *bytes;
	size_t size;
};

enum { PARTS_MAX = 60 + MODEL_LAYERS_MAX };

struct parts {
	size_t count;
	struct part part[PARTS_MAX];
};

static void
add(struct parts *parts, const char *name, const void *bytes, size_t size)
{
	if (size > 0)
		parts->part[parts->count++] = (struct part){name, bytes, size};
}

#define ADD(parts, name, value) add(parts, name, &(value), sizeof(value))

static void
add_run(struct parts *parts, const struct run_state *state)
{
	size_t starts = run_state_task(state)->is_text
		? 0
		: framing_start_points(settings_framing(&state->settings));

	add(parts, "identity", state->identity, strlen(state->identity) + 1);
	add(parts, "kernel", state->kernel, strlen(state->kernel) + 1);
	ADD(parts, "data position", state->position.passes);
	ADD(parts, "data position", state->position.next);
	ADD(parts, "random state", state->position.random.word);
	ADD(parts, "data hash", state->data_hash);
	if (state->settings.data_bytes != NULL)
		add(parts, "data", state->settings.data_bytes->bytes,
			state->settings.data_bytes->count);
	if (state->data_report != NULL)
		add(parts, "data report", state->data_report->bytes,
			state->data_report->count);
	add(parts, "init file", state->init, strlen(state->init) + 1);
	ADD(parts, "init hash", state->init_hash);
	ADD(parts, "length", state->length);
	ADD(parts, "features", state->model.shape.inputs);
	add(parts, "start", state->start,
		starts * run_state_features(state) * sizeof *state->start);
}

static void
add_scaling(struct parts *parts, const struct scaling *scaling)
{
	size_t size = scaling->features * sizeof *scaling->offset;

	ADD(parts, "scaling", scaling->features);
	add(parts, "scaling", scaling->offset, size);
	add(parts, "scaling", scaling->factor, size);
}

static void
add_weights(struct parts *parts, const struct run_state *state)
{
	const struct optimizer_state *optimizer = &state->optimizer;
	size_t bytes = state->model.parameters.packed_total * sizeof(float);

	add(parts, "weights", state->model.values, bytes);
	ADD(parts, "updates", optimizer->updates);
	ADD(parts, "beta 1 power", optimizer->beta1_power);
	ADD(parts, "beta 2 power", optimizer->beta2_power);
	add(parts, "first moments", optimizer->first,
		optimizer->first != NULL ? bytes : 0);
	add(parts, "second moments", optimizer->second,
		optimizer->second != NULL ? bytes : 0);
}

static void
add_snapshots(struct parts *parts, const struct snapshots *snapshots)
{
	ADD(parts, "snapshots", snapshots->count);
	ADD(parts, "snapshots", snapshots->size);
	add(parts, "snapshots", snapshots->at,
		snapshots->count * sizeof *snapshots->at);
	add(parts, "snapshots", snapshots->values,
		snapshots->count * snapshots->size * SNAPSHOTS_NUMBER);
}

static void
add_reader(struct parts *parts, const struct run_state *state)
{
	const struct reader_state *reader = &state->reader;
	const struct streams_position *position = &reader->position;

	ADD(parts, "vocabulary", reader->vocabulary.is_bytes);
	ADD(parts, "vocabulary", reader->vocabulary.count);
	ADD(parts, "vocabulary", reader->vocabulary.characters);
	ADD(parts, "vocabulary", reader->vocabulary.words.count);
	ADD(parts, "vocabulary", reader->vocabulary.words.used);
	add(parts, "vocabulary", reader->vocabulary.character,
		reader->vocabulary.characters *
			sizeof *reader->vocabulary.character);
	add(parts, "vocabulary", reader->vocabulary.words.bytes,
		reader->vocabulary.words.used);
	add(parts, "vocabulary", reader->vocabulary.words.end,
		reader->vocabulary.words.count *
			sizeof *reader->vocabulary.words.end);
	ADD(parts, "byte order mark", reader->dropped_mark);
	ADD(parts, "epochs", position->epochs);
	ADD(parts, "streams", position->streams);
	add(parts, "streams", position->next,
		position->streams * sizeof *position->next);
	ADD(parts, "carried state", reader->carries);
	for (size_t l = 0; reader->carries && l < state->model.shape.layers;
		l++)
		add(parts, "carried state", reader->carried[l],
			reader_state_carried(&state->model.shape, l,
				position->streams) *
				sizeof(float));
}

static void
add_validations(struct parts *parts, const struct run_state *state)
{
	ADD(parts, "validated epochs", state->validation.epochs);
	ADD(parts, "last validation", state->validation.last);
	ADD(parts, "best validation", state->validation.best);
	ADD(parts, "best epoch", state->validation.best_epoch);
	ADD(parts, "validations", state->validations.count);
	add(parts, "validations", state->validations.at,
		state->validations.count * sizeof state->validations.at[0]);
}

static void
list_parts(struct parts *parts, const struct run_state *state)
{
	parts->count = 0;
	add_run(parts, state);
	add_scaling(parts, &state->scaling);
	add_weights(parts, state);
	add_snapshots(parts, &state->snapshots);
	add_reader(parts, state);
	add_validations(parts, state);
}

/* The option of the first setting that differs, or NULL. */
static const char *
settings_difference(const struct settings *one, const struct settings *other)
{
	char text[SETTINGS_TEXT_SIZE], other_text[SETTINGS_TEXT_SIZE];

	for (size_t id = 0; setting_list[id] != NULL; id++) {
		setting_format(setting_list[id], one, text);
		setting_format(setting_list[id], other, other_text);
		if (strcmp(text, other_text) != 0)
			return setting_list[id]->option;
	}
	return NULL;
}

bool
run_state_is_alike(const struct run_state *one, const struct run_state *other)
{
	char text[SETTINGS_TEXT_SIZE], other_text[SETTINGS_TEXT_SIZE];

	for (size_t id = 0; setting_list[id] != NULL; id++) {
		if (setting_list[id]->may_change ||
			setting_list[id] == &setting_seed)
			continue;
		setting_format(setting_list[id], &one->settings, text);
		setting_format(setting_list[id], &other->settings, other_text);
		if (strcmp(text, other_text) != 0)
			return false;
	}
	return true;
}

/* The name of the first part that differs, or NULL. */
static const char *
parts_difference(const struct parts *one, const struct parts *other)
{
	for (size_t i = 0; i < one->count && i < other->count; i++) {
		const struct part *a = &one->part[i], *b = &other->part[i];

		if (strcmp(a->name, b->name) != 0 || a->size != b->size ||
			memcmp(a->bytes, b->bytes, a->size) != 0)
			return a->name;
	}
	return one->count == other->count ? NULL : "parts";
}

const char *
run_state_difference(const struct run_state *one, const struct run_state *other)
{
	const char *name =
		settings_difference(&one->settings, &other->settings);
	struct parts parts, other_parts;

	if (name != NULL)
		return name;
	list_parts(&parts, one);
	list_parts(&other_parts, other);
	name = parts_difference(&parts, &other_parts);
	if (name == NULL && !history_equals(&one->history, &other->history))
		return "history";
	return name;
}

bool
run_state_equals(const struct run_state *one, const struct run_state *other)
{
	return run_state_difference(one, other) == NULL;
}
