/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/page_examples.h"

#include <stdlib.h>

#include "base/memory.h"
#include "core/random.h"
#include "export/page_floats.h"
#include "run/generate.h"
#include "run/reader.h"
#include "run/run_data.h"
#include "run/run_state.h"

/* Tokens of a text that are shown, if the window needs no more. */
enum { TEXT_TOKENS = 120 };

/* Points of a sequence that are shown, of so many. */
static size_t
shown_points(const struct run *run, size_t length)
{
	size_t min = framing_min(settings_framing(run_settings(run)));
	size_t max = PAGE_EXAMPLE_NUMBERS / run_features(run);

	if (max < min)
		max = min;
	return length < max ? length : max;
}

/* Return the list, or release it and return NULL if it is not complete. */
static json_t *
list_unless(int failed, json_t *list)
{
	if (failed == 0)
		return list;
	json_decref(list);
	return NULL;
}

/* Sequences that the task makes, the first as `lstmtui inspect` shows it. */
static json_t *
made_examples(const struct run *run)
{
	const struct task *task = run_task(run);
	size_t count = settings_points(run_settings(run));
	size_t size = count * task->features;
	float *points = memory_floats(size);
	struct random random;
	json_t *list;
	int failed = 0;

	if (points == NULL)
		return NULL;
	list = json_array();
	random_seed(&random, run_settings(run)->seed, RANDOM_STREAM_EVALUATE);
	for (size_t i = 0; i < PAGE_EXAMPLES; i++) {
		task->make(&random, count, points);
		failed |=
			json_array_append_new(list, page_floats(points, size));
	}
	free(points);
	return list_unless(failed, list);
}

/* The first sequences of the data that have enough points. */
static json_t *
read_examples(const struct run *run, const struct sequences *data)
{
	size_t min = framing_min(settings_framing(run_settings(run)));
	json_t *list = json_array();
	int failed = 0;

	for (size_t i = 0; i < data->count; i++) {
		size_t length = data->start[i + 1] - data->start[i];

		if (length < min || json_array_size(list) == PAGE_EXAMPLES)
			continue;
		failed |= json_array_append_new(list,
			page_floats(data->values +
					data->start[i] * data->features,
				shown_points(run, length) * data->features));
	}
	return list_unless(failed, list);
}

/*
 * The state of each layer after the points, all but the last of which the
 * generator has read.
 */
static json_t *
read_states(const struct generator *generator)
{
	const struct pass *pass = &generator->pass;
	json_t *list = json_array();
	int failed = 0;

	for (size_t l = 0; l < pass->model->shape.layers; l++) {
		size_t size = pass_state_size(pass, l, 1);
		float *state = memory_floats(size);

		if (state != NULL)
			pass_get_state(pass, l, state);
		failed |= json_array_append_new(list,
			state != NULL ? page_floats(state, size) : NULL);
		free(state);
	}
	return list_unless(failed, list);
}

/*
 * The end of the data, from which `generate --start end` goes on. What comes
 * before the points shown is in the states.
 */
static json_t *
read_end(const struct run *run, const struct sequences *data,
	struct error *error)
{
	size_t first = data->start[data->count - 1];
	size_t end = data->start[data->count];
	size_t count = shown_points(run, end - first);
	const float *points = data->values + (end - count) * data->features;
	json_t *states = json_null();
	struct generator generator;

	if (end - first > count && run_settings(run)->framing->carries_state) {
		if (!generator_create(&generator, run, 0, error))
			return NULL;
		generator_read(&generator,
			data->values + first * data->features,
			end - first - count + 1);
		states = read_states(&generator);
		generator_destroy(&generator);
	}
	return json_pack("{s: o, s: I, s: o}", "points",
		page_floats(points, count * data->features), "count",
		(json_int_t)count, "states", states);
}

/* Add both; they may be NULL if out of memory. */
static bool
add(json_t *object, json_t *examples, json_t *end, struct error *error)
{
	int failed = json_object_set_new(object, "examples", examples);

	failed |= json_object_set_new(object, "end", end);
	return failed == 0 || error_out_of_memory(error);
}

static bool
add_points(const struct run *run, json_t *object, bool *lacks_data,
	struct error *error)
{
	struct sequences data;
	struct error cause;
	bool good;

	if (!run_data_read(&data, run, run_settings(run)->data, false,
		    &cause)) {
		*lacks_data = true;
		return add(object, json_array(), json_null(), error);
	}
	*lacks_data = data.hash != run_data_hash(run);
	good = *lacks_data ? add(object, json_array(), json_null(), error)
			   : add(object, read_examples(run, &data),
				     read_end(run, &data, error), error);
	sequences_destroy(&data);
	return good;
}

/* Read the text; return false if it is not the run's any more. */
static bool
read_text(const struct run *run, struct text *text)
{
	const struct settings *settings = run_settings(run);
	struct text_config config =
		reader_text_config(&run_get_state(run)->reader, settings);
	struct error cause;

	/* text_translate finds the words */
	config.words = 0;
	if (!text_read(text, settings->data, &config, &cause))
		return false;
	if (text->hash == run_data_hash(run) &&
		text_translate(text, run_vocabulary(run), settings->data,
			&cause))
		return true;
	text_destroy(text);
	return false;
}

/* The beginning of a text, as a list of one example. */
static json_t *
read_beginning(const struct run *run, const struct text *text)
{
	size_t min = framing_min(settings_framing(run_settings(run)));
	size_t count = min > TEXT_TOKENS ? min : TEXT_TOKENS;
	json_t *list = json_array(), *tokens = json_array();
	int failed = 0;

	for (size_t i = 0; i < count && i < text->length; i++)
		failed |= json_array_append_new(tokens,
			json_integer(token_array_get(&text->token, i)));
	failed |= json_array_append_new(list, tokens);
	return list_unless(failed, list);
}

static bool
add_text(const struct run *run, json_t *object, bool *lacks_data,
	struct error *error)
{
	struct text text;
	bool good;

	*lacks_data = !read_text(run, &text);
	if (*lacks_data)
		return add(object, json_array(), json_null(), error);
	good = add(object, read_beginning(run, &text), json_null(), error);
	text_destroy(&text);
	return good;
}

bool
page_examples_add(const struct run *run, json_t *object, bool *lacks_data,
	struct error *error)
{
	if (run_task(run)->is_text)
		return add_text(run, object, lacks_data, error);
	if (run_settings(run)->data[0] != '\0')
		return add_points(run, object, lacks_data, error);
	return add(object, made_examples(run), json_null(), error);
}
