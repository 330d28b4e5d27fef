#include "run/generate.h"

#include <string.h>

#include "core/mixture.h"

bool
generator_create(struct generator *generator, const struct run *run,
	uint64_t seed, struct error *error)
{
	*generator = (struct generator){
		.framing = (enum framing)run->settings.framing,
		.form = settings_loss(&run->settings, run_features(run)),
		.temperature = 1,
	};
	random_seed(&generator->random, seed, RANDOM_STREAM_GENERATE);
	return pass_create(&generator->pass, &run->model, 1, 1, false, error);
}

void
generator_destroy(struct generator *generator)
{
	pass_destroy(&generator->pass);
}

void
generator_draw(struct generator *generator, size_t length, float *points)
{
	struct pass *pass = &generator->pass;
	size_t features = pass->model->shape.inputs;

	pass_reset_state(pass);
	for (size_t i = 1; i < length; i++) {
		const float *next =
			pass_predict(pass, 1, 1, points + (i - 1) * features);

		if (loss_is_sampled(generator->form.loss))
			mixture_draw(&generator->form, next,
				generator->temperature, &generator->random,
				points + i * features);
		else
			memcpy(points + i * features, next,
				features * sizeof *next);
		if (framing_carries_state(generator->framing))
			pass_carry_state(pass);
	}
}
