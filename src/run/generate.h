/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Generation: a trained model draws a sequence by predicting a point, taking
 * that for real, predicting the next, and so on.
 */
#ifndef LSTMTUI_RUN_GENERATE_H
#define LSTMTUI_RUN_GENERATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "core/pass.h"
#include "core/random.h"
#include "run/run.h"
#include "task/framing.h"

struct generator {
	struct pass pass; /* of one sample */
	struct framing_config framing;
	float *repeated; /* [window, features]: one point at all steps */
	struct loss_config config;
	/* where the model is a distribution to draw from */
	double temperature; /* see mixture.h; 1 at first */
	struct random random;
};

/*
 * Make a generator for a run's model, which is borrowed: it always draws
 * what the model's values of the moment give. What is random comes from the
 * seed's stream for it. Release it with generator_destroy.
 */
bool generator_create(struct generator *generator, const struct run *run,
	uint64_t seed, struct error *error);

void generator_destroy(struct generator *generator);

/*
 * Fill points[length, features]. The first framing_starts of them are there
 * already. The others are predicted: from the point before alone where the
 * framing is one-to-one, with the state carried on where it is sequence, from
 * the window before where it is many-to-one; one-to-many predicts as many as
 * its window has from the last of them.
 * Where the model is a distribution, each call draws another one.
 */
void generator_draw(struct generator *generator, size_t length, float *points);

#endif
