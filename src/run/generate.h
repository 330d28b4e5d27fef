/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Generation: a model predicts a point, reads its own prediction, predicts the
 * next point, and so on.
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
	/* of a model that is a distribution */
	double temperature; /* see mixture.h; 1 at first */
	struct random random;
};

/*
 * Create a generator for the model of a run, which is borrowed: it generates
 * with the present weights. Random numbers come from the seed's stream for
 * generation. Release it with generator_destroy.
 */
bool generator_create(struct generator *generator, const struct run *run,
	uint64_t seed, struct error *error);

void generator_destroy(struct generator *generator);

/*
 * Complete points[length, features], whose first framing_start_points points
 * are given. The framing one-to-one predicts each point from the point before
 * it, sequence carries the state along, many-to-one predicts from the window
 * before, and one-to-many predicts a window of points from the last point. A
 * model that is a distribution draws another sequence at each call.
 */
void generator_draw(struct generator *generator, size_t length, float *points);

#endif
