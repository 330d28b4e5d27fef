/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/evaluate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "run/batch_loss.h"
#include "run/reader.h"
#include "run/run_state.h"
#include "run/moved_data.h"
#include "run/points_loss.h"
#include "run/text_loss.h"

/* Sequences per batch: fewer if they have many points. */
enum { CHUNK = 64, CHUNK_POINTS = 1 << 16 };

struct evaluator {
	struct source source;
	struct batch_loss loss;
	struct data_errors *errors; /* borrowed, or NULL */
	size_t chunk;               /* sequences per batch */
	float *points;              /* [chunk, longest, features] */
	size_t lengths[CHUNK];
};

static void
evaluator_destroy(struct evaluator *evaluator)
{
	batch_loss_destroy(&evaluator->loss);
	free(evaluator->points);
}

/* The sequences per batch: those of a long file need much memory each. */
static size_t
choose_chunk(size_t longest, uint64_t count)
{
	size_t chunk = longest < CHUNK_POINTS / CHUNK ? CHUNK
		: longest < CHUNK_POINTS              ? CHUNK_POINTS / longest
						      : 1;

	return count < chunk ? (size_t)count : chunk;
}

static bool
evaluator_create(struct evaluator *evaluator, const struct run *run,
	const struct evaluation_config *wanted, struct error *error)
{
	struct framing_config framing = settings_framing(run_settings(run));
	size_t features = run_features(run);
	struct loss_config config = settings_loss(run_settings(run), features);
	size_t longest, steps, samples, size;

	*evaluator = (struct evaluator){
		.source =
			{
				.task = run_task(run),
				.points = settings_points(run_settings(run)),
				.data = wanted->data,
			},
		.errors = wanted->errors,
	};
	random_seed(&evaluator->source.position.random, wanted->seed,
		RANDOM_STREAM_EVALUATE);
	longest = source_longest(&evaluator->source);
	evaluator->chunk = choose_chunk(longest, wanted->count);
	framing_measure(framing, longest, &steps, &samples);
	if (!memory_product(longest, evaluator->chunk * features, &size))
		return error_out_of_memory(error);
	evaluator->points = memory_floats(size);
	if (evaluator->points == NULL)
		return error_out_of_memory(error);
	return framing_create(framing, evaluator->chunk, longest, features,
		       &evaluator->loss.batch, error) &&
		batch_loss_create(&evaluator->loss, run_model(run), &config,
			steps, samples * evaluator->chunk, error);
}

/* Add the losses of the next `count` sequences. */
static void
add_chunk(struct evaluator *evaluator, const struct run *run, size_t count)
{
	struct batch *batch = &evaluator->loss.batch;
	size_t longest = source_longest(&evaluator->source);
	size_t stride = longest * batch->features;

	for (size_t k = 0; k < count; k++) {
		float *points = evaluator->points + k * stride;

		evaluator->lengths[k] = source_next(&evaluator->source, points);
		/* those of a file are scaled */
		if (evaluator->source.data == NULL)
			scaling_apply_floats(run_scaling(run),
				evaluator->lengths[k] * batch->features, points,
				points);
	}
	framing_fill(settings_framing(run_settings(run)), count, longest,
		evaluator->lengths, evaluator->points, batch);
	batch_loss_add(&evaluator->loss);
	if (evaluator->errors != NULL)
		data_errors_add(evaluator->errors, &evaluator->loss);
}

/* Evaluate the next config->count sequences. */
static bool
measure_sequences(const struct run *run, const struct evaluation_config *config,
	struct evaluation *evaluation, struct error *error)
{
	uint64_t count = config->count;
	struct evaluator evaluator;

	if (!evaluator_create(&evaluator, run, config, error)) {
		evaluator_destroy(&evaluator);
		return false;
	}
	for (uint64_t done = 0; done < count; done += evaluator.chunk) {
		uint64_t rest = count - done;

		add_chunk(&evaluator, run,
			rest < evaluator.chunk ? (size_t)rest
					       : evaluator.chunk);
	}
	evaluation->count = count;
	evaluation->loss = batch_loss_mean(&evaluator.loss);
	evaluator_destroy(&evaluator);
	return true;
}

/* The number of sequences with points that are held out. */
static size_t
count_held_out(const struct sequences *data)
{
	return data->count - data->training +
		(data->training_points < data->start[data->training]);
}

/*
 * Evaluate the held-out part of the data, or all if nothing is held out, in
 * parts of bounded memory.
 */
static bool
measure_held_out(const struct run *run, const struct evaluation_config *config,
	struct evaluation *evaluation, struct error *error)
{
	struct framing_config framing = settings_framing(run_settings(run));
	struct loss_config loss_config =
		settings_loss(run_settings(run), run_features(run));
	struct sequences data = *config->data;
	struct points_loss loss;
	bool good;

	if (data.training_points == data.start[data.count])
		data.training = data.training_points = 0;
	good = points_loss_begin(&loss, run_model(run), &data, framing,
		&loss_config, error);
	while (good && !points_loss_is_done(&loss)) {
		points_loss_advance(&loss);
		if (config->errors != NULL)
			data_errors_add(config->errors, &loss.part);
	}
	evaluation->count = count_held_out(&data);
	if (good)
		evaluation->loss = points_loss_mean(&loss);
	points_loss_end(&loss);
	return good;
}

bool
evaluate_run(const struct run *run, const struct evaluation_config *config,
	struct evaluation *evaluation, struct error *error)
{
	if (config->count > 0
			? !measure_sequences(run, config, evaluation, error)
			: !measure_held_out(run, config, evaluation, error))
		return false;
	if (!generated_measure(run, config->seed, &evaluation->generated,
		    error))
		return false;
	if (run_settings(run)->loss->adds_shape_error)
		evaluation->loss += run_settings(run)->rectangle_weight *
			evaluation->generated.scaled_error;
	if (!isfinite(evaluation->loss) ||
		isinf(evaluation->generated.shape_error))
		return error_set(error,
			"the model's predictions are not finite");
	return true;
}

/* The loss over the text's tokens from `first` on. */
static bool
measure_text(const struct run *run, const struct text *text, size_t first,
	struct text_evaluation *evaluation, struct error *error)
{
	struct text_loss loss;
	bool good = text_loss_begin(&loss, run_model(run), text,
		settings_framing(run_settings(run)), first,
		run_settings(run)->reset_at, error);

	while (good && !text_loss_is_done(&loss))
		text_loss_advance(&loss);
	if (good)
		*evaluation = (struct text_evaluation){
			.loss = text_loss_mean(&loss),
			.count = text_loss_predicted(&loss),
			.characters = text_loss_characters(&loss),
			.skipped = text->length - first -
				text_loss_predicted(&loss),
			.is_kept = first > 0,
		};
	text_loss_end(&loss);
	return good;
}

/* Evaluate on the text at `path`, which is_own: the run's, moved there. */
static bool
evaluate_file(const struct run *run, const char *path, bool is_own,
	struct text_evaluation *evaluation, struct error *error)
{
	const struct settings *settings = run_settings(run);
	struct text_config config =
		reader_text_config(&run_get_state(run)->reader, settings);
	struct text text;
	bool good;

	if (is_own && !settings_check_data(settings, error))
		return false;
	if (!is_own)
		config.content = NULL;
	config.min = framing_min(settings_framing(settings));
	/* text_translate finds the words */
	config.words = 0;
	if (!text_read(&text, path, &config, error)) {
		/*
		 * --data would evaluate the whole file, including the training
		 * part
		 */
		if (is_own)
			moved_data_explain(path, MOVED_DATA_TRAIN, error);
		return false;
	}
	/* only the run's own data have a known validation part */
	good = (!is_own ||
		       moved_data_check(path, text.hash, run_data_hash(run),
			       MOVED_DATA_EVALUATE, error)) &&
		text_translate(&text, run_vocabulary(run), path, error) &&
		measure_text(run, &text,
			is_own && text.training < text.length ? text.training
							      : 0,
			evaluation, error);
	text_destroy(&text);
	return good;
}

bool
evaluate_own_text(const struct run *run, const char *path,
	struct text_evaluation *evaluation, struct error *error)
{
	return evaluate_file(run, path, true, evaluation, error);
}

bool
evaluate_text(const struct run *run, const char *path,
	struct text_evaluation *evaluation, struct error *error)
{
	bool is_own = path[0] == '\0';

	return evaluate_file(run, is_own ? run_settings(run)->data : path,
		is_own, evaluation, error);
}

double
text_evaluation_bits(const struct text_evaluation *evaluation)
{
	return evaluation->loss / M_LN2 * (double)evaluation->count /
		(double)evaluation->characters;
}
