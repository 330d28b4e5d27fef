/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/validator.h"

void
validator_use_text(struct validator *validator, const struct text *text)
{
	*validator = (struct validator){
		.text = text->training < text->length ? text : NULL,
	};
}

void
validator_use_points(struct validator *validator,
	const struct sequences *sequences, uint64_t batch)
{
	uint64_t training = sequences->training;
	bool holds_out =
		sequences->training_points < sequences->start[sequences->count];

	*validator = (struct validator){
		.sequences = holds_out ? sequences : NULL,
		.passes = (VALIDATOR_UPDATES * batch + training - 1) / training,
	};
}

static uint64_t
epochs(const struct validator *validator, const struct run_state *state)
{
	return validator->text != NULL
		? state->reader.position.epochs
		: state->position.passes / validator->passes;
}

bool
validator_is_due(const struct validator *validator,
	const struct run_state *state)
{
	return (validator->text != NULL || validator->sequences != NULL) &&
		state->validation.epochs < epochs(validator, state);
}

static bool
begin(struct validator *validator, const struct run_state *state,
	struct error *error)
{
	const struct settings *settings = &state->settings;
	struct framing_config framing = settings_framing(settings);
	struct loss_config config =
		settings_loss(settings, run_state_features(state));

	validator->is_measuring = true;
	return validator->text != NULL
		? text_loss_begin(&validator->text_loss, &state->model,
			  validator->text, framing, validator->text->training,
			  settings->reset_at, error)
		: points_loss_begin(&validator->points_loss, &state->model,
			  validator->sequences, framing, &config, error);
}

static bool
is_measured(const struct validator *validator)
{
	return validator->text != NULL
		? text_loss_is_done(&validator->text_loss)
		: points_loss_is_done(&validator->points_loss);
}

static uint64_t
measure(struct validator *validator)
{
	return validator->text != NULL
		? text_loss_advance(&validator->text_loss)
		: points_loss_advance(&validator->points_loss);
}

static void
end(struct validator *validator, struct run_state *state,
	const struct pass *generation)
{
	double loss = validator->text != NULL
		? text_loss_mean(&validator->text_loss)
		: points_loss_mean(&validator->points_loss);

	if (validator->is_generating)
		loss += state->settings.rectangle_weight *
			pass_loss(generation);
	validation_add(&state->validation, epochs(validator, state), loss);
	validator_abandon(validator);
}

bool
validator_advance(struct validator *validator, struct run_state *state,
	struct pass *generation, uint64_t *cost, struct error *error)
{
	if (!validator->is_measuring && !begin(validator, state, error)) {
		validator_abandon(validator);
		return false;
	}
	*cost = validator->is_generating ? pass_advance(generation)
					 : measure(validator);
	if (!is_measured(validator))
		return true;
	if (state->settings.loss->adds_shape_error &&
		!validator->is_generating) {
		pass_begin_generating(generation, state->start,
			run_state_task(state)->shape_gradient);
		validator->is_generating = true;
	}
	if (pass_is_done(generation))
		end(validator, state, generation);
	return true;
}

void
validator_abandon(struct validator *validator)
{
	if (validator->is_measuring && validator->text != NULL)
		text_loss_end(&validator->text_loss);
	if (validator->is_measuring && validator->sequences != NULL)
		points_loss_end(&validator->points_loss);
	validator->is_measuring = false;
	validator->is_generating = false;
}
