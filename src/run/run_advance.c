/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The updates of a run: take data, run the pass, move the weights, validate.
 */
#include "run/run_private.h"

#include <math.h>

/* A text's run whose average loss is so many times its first is lost. */
#define DIVERGED_TIMES 3

/* Take the next tokens of the text, and draw what is dropped. */
static void
begin_text_update(struct run *run, const struct loss_config *config)
{
	streams_fill(&run->reader.streams, &run->batch);
	if (run->settings.dropout > 0)
		pass_draw_dropout(&run->pass, &run->batch,
			run->settings.dropout, &run->source.position.random);
	pass_begin(&run->pass, &run->batch, config);
}

/* Take the update's sequences from the source and begin its pass. */
static void
begin_update(struct run *run)
{
	struct framing_config framing = settings_framing(&run->settings);
	size_t count = (size_t)run->settings.batch;
	size_t longest =
		run->source.task->is_text ? 0 : source_longest(&run->source);
	size_t stride = longest * run->batch.features;
	struct loss_config config =
		settings_loss(&run->settings, run_features(run));

	if (run->source.task->is_text) {
		begin_text_update(run, &config);
		return;
	}
	for (size_t k = 0; k < count; k++)
		run->lengths[k] =
			source_next(&run->source, run->points + k * stride);
	framing_fill(framing, count, longest, run->lengths, run->points,
		&run->batch);
	pass_begin(&run->pass, &run->batch, &config);
}

/* The rectangle loss: add the error of what the model itself generates. */
static double
add_feedback(struct run *run)
{
	float weight = (float)run->settings.rectangle_weight;
	size_t live = pass_live_gradients(&run->pass);
	double error = feedback_run(&run->feedback, run->start,
		run->source.task->shape_gradient);

	for (size_t i = 0; i < live; i++)
		run->pass.gradients[i] += weight * run->feedback.gradients[i];
	return weight * error;
}

/* The pass is done: move the weights, and count the update. */
static bool
end_update(struct run *run, struct error *error)
{
	struct optimizer_rates rates = {
		.learning_rate = run_learning_rate(run),
		.momentum = run->settings.momentum,
		.weight_decay = run->settings.weight_decay,
		.clip = run->settings.clip,
	};
	double loss = pass_loss(&run->pass);
	unsigned long long number = run_updates(run) + 1;

	if (run->settings.loss->adds_shape_error)
		loss += add_feedback(run);
	if (!isfinite(loss))
		return error_set(error, "update %llu: the loss is %s", number,
			isnan(loss) ? "not a number" : "infinite");
	if (!optimizer_update(&run->optimizer, run->model.context, &rates,
		    pass_live_gradients(&run->pass), run->model.values,
		    run->pass.gradients))
		return error_set(error, "update %llu: the gradient overflows",
			number);
	history_add(&run->history, loss);
	run->last_rate = rates.learning_rate;
	run->position = run->source.position;
	snapshots_take(&run->snapshots, run);
	if (!run->source.task->is_text)
		return true;
	reader_commit(&run->reader, &run->pass);
	/* a run may have been resumed with an average that is above already */
	if (history_average(&run->history) > DIVERGED_TIMES *
			fmax((double)run->history.level[0].head[0].mean,
				run->fallback.average))
		return error_set(error,
			"update %llu: the average loss is %d "
			"times the first",
			number, DIVERGED_TIMES);
	return true;
}

/* Take from the work that is left what a part of it cost. */
static void
spend(uint64_t *work, uint64_t cost)
{
	*work -= cost < *work ? cost : *work;
}

enum run_status
run_advance_within(struct run *run, uint64_t until, uint64_t *work,
	struct error *error)
{
	if (!run->fallback.is_begun)
		fallback_begin(&run->fallback, run);
	while (run->reader.is_validating || run_updates(run) < until) {
		if (*work == 0)
			return RUN_GOES_ON;
		if (run->reader.is_validating) {
			spend(work, reader_validate(&run->reader));
			/* the best model is kept as it was judged */
			if (run->reader.validation.has_improved)
				return RUN_GOES_ON;
			continue;
		}
		if (pass_is_done(&run->pass))
			begin_update(run);
		spend(work, pass_advance(&run->pass));
		if (!pass_is_done(&run->pass))
			continue;
		if (!end_update(run, error)) {
			fallback_stop(run, error);
			return RUN_DIVERGED;
		}
		spend(work, run->optimizer.still * 4);
		if (run_updates(run) == run->fallback.due)
			fallback_look(&run->fallback, run);
		if (run->source.task->is_text &&
			!reader_begin_validation(&run->reader, &run->model,
				&run->settings, error))
			return RUN_FAILED;
	}
	return RUN_REACHED;
}

enum run_status
run_advance(struct run *run, uint64_t until, uint64_t work, struct error *error)
{
	return run_advance_within(run, until, &work, error);
}
