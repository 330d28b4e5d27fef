/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The updates of a run: take data, run the pass, update the weights, validate.
 */
#include "base/translate.h"
#include "run/run.h"

#include <math.h>
#include <string.h>

#include "run/run_private.h"

/* A text run has diverged if its average loss exceeds this times the first. */
#define DIVERGED_TIMES 3

/*
 * Fill the batch with the next tokens, draw the dropout masks, begin the pass.
 */
static void
begin_text_update(struct run *run, const struct loss_config *config)
{
	reader_fill(&run->reader, &run->state.reader, &run->batch, &run->pass);
	if (run->state.settings.dropout > 0)
		pass_draw_dropout(&run->pass, &run->batch,
			run->state.settings.dropout,
			&run->source.position.random);
	pass_begin(&run->pass, &run->batch, config);
}

/* Fill the batch with the next sequences and begin the pass. */
static void
begin_update(struct run *run)
{
	struct framing_config framing = settings_framing(&run->state.settings);
	size_t count = (size_t)run->state.settings.batch;
	size_t longest =
		run->source.task->is_text ? 0 : source_longest(&run->source);
	size_t stride = longest * run->batch.features;
	struct loss_config config =
		settings_loss(&run->state.settings, run_features(run));

	run_take_position(run);
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

/*
 * The rectangle loss: add the gradient of the generated shape's error. Return
 * the error times its weight, to be added to the loss.
 */
static double
add_generated_error(struct run *run)
{
	float weight = (float)run->state.settings.rectangle_weight;
	size_t live = pass_live_gradients(&run->pass);

	for (size_t i = 0; i < live; i++)
		run->pass.gradients[i] += weight * run->generation.gradients[i];
	return weight * pass_loss(&run->generation);
}

/*
 * Do the next parts of the passes of an update: the pass over the batch, then
 * the generation of the rectangle loss. Returns their cost.
 */
static uint64_t
advance_passes(struct run *run)
{
	uint64_t cost;

	if (!pass_is_done(&run->generation))
		return pass_advance(&run->generation);
	cost = pass_advance(&run->pass);
	if (pass_is_done(&run->pass) &&
		run->state.settings.loss->adds_shape_error)
		pass_begin_generating(&run->generation, run->state.start,
			run->source.task->shape_gradient);
	return cost;
}

static bool
passes_are_done(const struct run *run)
{
	return pass_is_done(&run->pass) && pass_is_done(&run->generation);
}

/* After the passes: update the weights and count the update. */
static bool
end_update(struct run *run, struct error *error)
{
	struct optimizer_rates rates = {
		.learning_rate = run_learning_rate(run),
		.momentum = run->state.settings.momentum,
		.weight_decay = run->state.settings.weight_decay,
		.clip = run->state.settings.clip,
	};
	double loss = pass_loss(&run->pass);
	unsigned long long number = run_updates(run) + 1;

	if (run->state.settings.loss->adds_shape_error)
		loss += add_generated_error(run);
	if (!isfinite(loss))
		return error_set(error, "update %llu: the loss is %s", number,
			isnan(loss) ? _("not a number") : _("infinite"));
	if (!optimizer_update(&run->state.optimizer, run->state.model.context,
		    &rates, pass_live_gradients(&run->pass),
		    run->state.model.values, run->pass.gradients))
		return error_set(error, "update %llu: the gradient overflows",
			number);
	history_add(&run->state.history, loss);
	run->last_rate = rates.learning_rate;
	run->state.position = run->source.position;
	memcpy(run->state.kernel, run->state.model.context->kernel->name,
		sizeof run->state.kernel);
	if (!run->source.task->is_text)
		return true;
	reader_commit(&run->reader, &run->state.reader, &run->pass);
	/* a resumed run may begin with a higher average */
	if (history_average(&run->state.history) > DIVERGED_TIMES *
			fmax((double)run->state.history.level[0].head[0].mean,
				run->fallback.average))
		return error_set(error,
			"update %llu: the average loss is %d "
			"times the first",
			number, DIVERGED_TIMES);
	return true;
}

/* Subtract the cost of a part from the remaining work. */
static void
spend(uint64_t *work, uint64_t cost)
{
	*work -= cost < *work ? cost : *work;
}

/* Handle divergence, its cause in *error: return to the last good state. */
static void
stop(struct run *run, struct error *error)
{
	char cause[ERROR_TEXT_SIZE];

	memcpy(cause, error->text, sizeof cause);
	error_set(error, "%s; training stopped", cause);
	/*
	 * without a fallback, the update can still be repeated at another rate
	 */
	run_abandon(run);
	if (!fallback_return(&run->fallback, &run->state))
		return;
	error_set(error, "%s; training stopped, back at update %llu", cause,
		(unsigned long long)run_updates(run));
}

bool
run_check(struct run *run, struct error *error)
{
	if (run_state_check_finite(&run->state, error))
		return true;
	error_prefix(error, "update %llu",
		(unsigned long long)run_updates(run));
	stop(run, error);
	return false;
}

/* Begin an update; check the state before it if a check is due. */
static void
begin(struct run *run)
{
	if (!run->fallback.is_begun)
		fallback_begin(&run->fallback, &run->state);
	if (run_updates(run) == run->fallback.due)
		fallback_look(&run->fallback, &run->state);
	begin_update(run);
}

/* Continue the update until it is done or the work is used up. */
static bool
advance_update(struct run *run, uint64_t *work, struct error *error)
{
	while (*work > 0 && !passes_are_done(run))
		spend(work, advance_passes(run));
	if (!passes_are_done(run))
		return true;
	if (!end_update(run, error)) {
		stop(run, error);
		return false;
	}
	spend(work, run->state.optimizer.nonzero * 4);
	return true;
}

/* Do a part of a validation; set *is_best if it ends as the best so far. */
static bool
advance_validation(struct run *run, uint64_t *work, bool *is_best,
	struct error *error)
{
	const struct validation *validation = &run->state.validation;
	struct validation before = *validation;
	uint64_t cost;

	*is_best = false;
	if (!validator_advance(&run->validator, &run->state, &run->generation,
		    &cost, error))
		return false;
	spend(work, cost);
	/* weights that exploded in the last update have no loss */
	if (validation->epochs != before.epochs && isfinite(validation->last))
		validations_add(&run->state.validations, run_updates(run),
			validation->last);
	*is_best = validation_is_better(validation, &before);
	return true;
}

enum run_status
run_advance_within(struct run *run, uint64_t until, uint64_t *work,
	struct error *error)
{
	while (run_is_validating(run) ||
		(run_updates(run) < until && !run_lost_patience(run))) {
		if (*work == 0)
			return RUN_GOES_ON;
		if (run_is_validating(run)) {
			bool is_best;

			if (!advance_validation(run, work, &is_best, error))
				return RUN_FAILED;
			if (is_best)
				return RUN_GOES_ON;
			continue;
		}
		if (passes_are_done(run))
			begin(run);
		if (!advance_update(run, work, error))
			return RUN_DIVERGED;
	}
	return run_updates(run) < until ? RUN_LOST_PATIENCE : RUN_REACHED;
}

enum run_status
run_advance(struct run *run, uint64_t until, uint64_t work, struct error *error)
{
	return run_advance_within(run, until, &work, error);
}
