/*
 * Generation: a trained model draws a sequence by predicting a point, taking
 * that for real, predicting the next, and so on.
 */
#ifndef LSTMTUI_RUN_GENERATE_H
#define LSTMTUI_RUN_GENERATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "core/model.h"
#include "core/pass.h"
#include "task/framing.h"

struct generator {
	struct pass pass; /* of one step of one sample */
	enum framing framing;
};

/*
 * Make a generator for the model, which is borrowed: it always draws what
 * the model's values of the moment give. Release it with generator_destroy.
 */
bool generator_create(struct generator *generator, const struct model *model,
	enum framing framing, struct error *error);

void generator_destroy(struct generator *generator);

/*
 * Fill points[length, features]. The first point is there already; each
 * further one is predicted from the one before: from that alone where the
 * framing is one-to-one, with the state carried on where it is sequence.
 */
void generator_draw(struct generator *generator, size_t length,
	float *points);

#endif
