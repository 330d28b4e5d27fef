#include "run/generate.h"

#include <string.h>

bool
generator_create(struct generator *generator, const struct model *model,
	enum framing framing, struct error *error)
{
	generator->framing = framing;
	return pass_create(&generator->pass, model, 1, 1, false, error);
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

		memcpy(points + i * features, next, features * sizeof *next);
		if (framing_carries_state(generator->framing))
			pass_carry_state(pass);
	}
}
