/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sequence of the inside view. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "tui/app.h"
#include "tui/inside.h"

/* Max floats of the values of all steps. */
enum { VALUES_MAX = 1 << 23 };

/* The points that may be inspected: their values must fit into memory. */
static size_t
limit_points(const struct run *run, size_t count)
{
	const struct model_shape *shape = &run_model(run)->shape;
	struct framing_config framing = settings_framing(run_settings(run));
	size_t floats = run_features(run), max;

	for (size_t l = 0; l < shape->layers; l++)
		for (size_t v = 0; shape->cell->views[v].name != NULL; v++)
			floats += shape->units[l];
	max = VALUES_MAX / (floats * framing_steps(framing));
	if (max < framing_min(framing))
		max = framing_min(framing);
	return count < max ? count : max;
}

/*
 * Make a sequence of the task, the one of `lstmtui inspect`, which the caller
 * frees; NULL if memory is short.
 */
static float *
make_points(const struct run *run, size_t *count)
{
	const struct task *task = run_task(run);
	size_t length = settings_points(run_settings(run));
	float *points = memory_floats(length * task->features);
	struct random random;

	if (points == NULL)
		return NULL;
	random_seed(&random, run_settings(run)->seed, RANDOM_STREAM_EVALUATE);
	task->make(&random, length, points);
	*count = length;
	return points;
}

/* Set the first points that may be inspected; they are scaled, or shown. */
static bool
set_first(struct inside *inside, const struct run *run, const float *points,
	size_t count, bool are_scaled, struct error *error)
{
	struct inspection *next = &inside->inspection[!inside->shown];

	if (points == NULL)
		return error_out_of_memory(error);
	inside->next_length = count;
	count = limit_points(run, count);
	inside->next_is_cut = count < inside->next_length;
	return are_scaled ? inspection_set_points(next, points, count,
				    inside->next_is_own, error)
			  : inspection_set_shown(next, points, count,
				    inside->next_is_own, error);
}

/*
 * Set the sequence of points: the model's own, or the one last learnt from, or
 * before the first update since loading the first that `inspect` would show.
 */
static bool
set_points(const struct app *app, struct inside *inside, struct error *error)
{
	const struct run *run = app->session->run;
	const float *points;
	float *made;
	size_t count = 0;
	bool good;

	inside->next_is_own = inside->wants_own;
	if (inside->wants_own)
		return set_first(inside, run, app->shape.points,
			app->shape.length, false, error);
	points = run_last_sequence(run, &count);
	if (points == NULL && run_sequences(run) != NULL) {
		points = run_sequences(run)->values;
		count = run_sequences(run)->start[1];
	}
	if (points != NULL)
		return set_first(inside, run, points, count, true, error);
	made = make_points(run, &count);
	good = set_first(inside, run, made, count, false, error);
	free(made);
	return good;
}

/* Take the end of the text that the model writes; 0: it has none. */
static size_t
take_own_text(const struct app *app, uint32_t tokens[INSIDE_TOKENS_MAX])
{
	const char *text = app->text.text;
	size_t length = strlen(text), count;
	struct error error;

	if (length > INSIDE_TOKENS_MAX - 1)
		text += utf8_after(text, length - (INSIDE_TOKENS_MAX - 1));
	return text_tokens(run_vocabulary(app->session->run), text, tokens,
		       &count, &error)
		? count
		: 0;
}

/* Take the end of the given text; 0: there is none. */
static size_t
take_given_text(const struct inside *inside, size_t max,
	uint32_t tokens[INSIDE_TOKENS_MAX])
{
	size_t count = inside->given_count < max ? inside->given_count : max;

	memcpy(tokens, inside->given + inside->given_count - count,
		count * sizeof *tokens);
	return count;
}

static bool
set_tokens(const struct app *app, struct inside *inside, struct error *error)
{
	const struct run *run = app->session->run;
	struct framing_config framing = settings_framing(run_settings(run));
	uint32_t tokens[INSIDE_TOKENS_MAX];
	size_t count = 0, max = INSIDE_TOKENS_MAX;

	if (!framing.framing->carries_state && framing.window + 12 < max)
		max = framing.window + 12;
	if (inside->wants_own)
		count = take_own_text(app, tokens);
	inside->next_is_own = count >= framing_min(framing);
	if (!inside->next_is_own) {
		count = take_given_text(inside, max, tokens);
		inside->next_is_own = inside->given_is_own && count > 0;
	}
	if (count < framing_min(framing)) {
		inside->next_is_own = false;
		count = run_last_tokens(run, max, tokens);
	}
	inside->next_length = count;
	inside->next_is_cut = false;
	if (count < framing_min(framing))
		return error_set(error, "no text has been read yet");
	return inspection_set_tokens(&inside->inspection[!inside->shown],
		tokens, count, false, error);
}

bool
inside_set_input(const struct app *app, struct inside *inside,
	struct error *error)
{
	return app_is_text(app) ? set_tokens(app, inside, error)
				: set_points(app, inside, error);
}
