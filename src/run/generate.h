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
	float *repeated; /* [window, features]: one point, repeated */
	struct loss_config config;
	/* for a model that predicts a distribution */
	double temperature; /* see mixture.h; initially 1 */
	struct random random;
	/*
	 * cut the memory: every step starts from zero state, so a point depends
	 * only on the point before it; initially false
	 */
	bool no_memory;
};

/*
 * Create a generator for the model of a run, which is borrowed: it generates
 * with the current weights. Random numbers come from the seed's stream for
 * generation. Release it with generator_destroy.
 */
bool generator_create(struct generator *generator, const struct run *run,
	uint64_t seed, struct error *error);

void generator_destroy(struct generator *generator);

/*
 * Complete points[length, features], whose first framing_start_points points
 * are given. The framing one-to-one predicts each point from the previous
 * point, sequence does so and carries the state, many-to-one predicts each
 * point from the previous window, and one-to-many predicts a window of points
 * from the last point. A model that predicts a distribution samples a new
 * sequence in each call.
 */
void generator_draw(struct generator *generator, size_t length, float *points);

#endif
