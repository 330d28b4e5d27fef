#include "run/evaluate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "run/generate.h"

/* Sequences that go through the model side by side. */
enum { CHUNK = 64 };

struct evaluator {
	struct source source;
	struct batch batch;
	struct pass pass;
	float *points;
	float *slopes; /* the losses' gradient, of no use here */
	size_t lengths[CHUNK];
};

static void
evaluator_destroy(struct evaluator *evaluator)
{
	framing_destroy(&evaluator->batch);
	pass_destroy(&evaluator->pass);
	free(evaluator->points);
	free(evaluator->slopes);
}

static bool
evaluator_create(struct evaluator *evaluator, const struct run *run,
	const struct sequences *data, uint64_t seed, struct error *error)
{
	enum framing framing = (enum framing)run->settings.framing;
	size_t features = run_features(run);
	size_t longest, steps, samples, size;

	*evaluator = (struct evaluator){.source = {
		.task = task_info((enum task)run->settings.task),
		.data = data,
	}};
	random_seed(&evaluator->source.position.random, seed,
		RANDOM_STREAM_EVALUATE);
	longest = source_longest(&evaluator->source);
	framing_measure(framing, longest, &steps, &samples);
	if (!memory_product(longest, CHUNK * features, &size))
		return error_out_of_memory(error);
	evaluator->points = memory_floats(size);
	evaluator->slopes = memory_floats(size);
	if (evaluator->points == NULL || evaluator->slopes == NULL)
		return error_out_of_memory(error);
	return framing_create(framing, CHUNK, longest, features,
		       &evaluator->batch, error) &&
		pass_create(&evaluator->pass, &run->model, steps,
			samples * CHUNK, false, error);
}

/* The summed loss of `count` further sequences. */
static double
chunk_sum(struct evaluator *evaluator, const struct run *run, size_t count)
{
	struct batch *batch = &evaluator->batch;
	size_t longest = source_longest(&evaluator->source);
	size_t stride = longest * batch->features, offset;
	size_t row;

	for (size_t k = 0; k < count; k++)
		evaluator->lengths[k] = source_next(&evaluator->source,
			evaluator->points + k * stride);
	framing_fill((enum framing)run->settings.framing, count, longest,
		evaluator->lengths, evaluator->points, batch);
	pass_predict(&evaluator->pass, batch->steps, batch->samples,
		batch->inputs);
	row = batch->first_target * batch->samples;
	offset = row * batch->features;
	return loss_sum((enum loss)run->settings.loss,
		(batch->steps - batch->first_target) * batch->samples,
		batch->features, evaluator->pass.predictions + offset,
		batch->targets + offset,
		batch->weights ? batch->weights + row : NULL, 1,
		evaluator->slopes);
}

static bool
shape_error(const struct run *run, double *result, struct error *error)
{
	const struct task_info *task =
		task_info((enum task)run->settings.task);
	struct generator generator;
	float *points;

	*result = NAN;
	if (task->shape_error == NULL)
		return true;
	points = memory_floats(task->points * task->features);
	if (points == NULL)
		return error_out_of_memory(error);
	if (!generator_create(&generator, &run->model,
		    (enum framing)run->settings.framing, error)) {
		free(points);
		return false;
	}
	memcpy(points, run->start, task->features * sizeof *points);
	generator_draw(&generator, task->points, points);
	*result = task->shape_error(points);
	generator_destroy(&generator);
	free(points);
	return true;
}

bool
evaluate_run(const struct run *run, const struct sequences *data,
	uint64_t count, uint64_t seed, struct evaluation *evaluation,
	struct error *error)
{
	struct evaluator evaluator;
	double sum = 0;
	uint64_t predicted = 0;

	if (!evaluator_create(&evaluator, run, data, seed, error)) {
		evaluator_destroy(&evaluator);
		return false;
	}
	for (uint64_t done = 0; done < count; done += CHUNK) {
		uint64_t rest = count - done;

		sum += chunk_sum(&evaluator, run,
			rest < CHUNK ? (size_t)rest : CHUNK);
		predicted += evaluator.batch.predicted;
	}
	evaluation->count = count;
	evaluation->loss =
		sum / ((double)predicted * (double)evaluator.batch.features);
	evaluator_destroy(&evaluator);
	if (!shape_error(run, &evaluation->shape_error, error))
		return false;
	evaluation->is_finite = isfinite(evaluation->loss) &&
		!isinf(evaluation->shape_error);
	return true;
}
