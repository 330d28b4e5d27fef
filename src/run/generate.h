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

/* Points of a forecast, if nothing else sets them. */
enum { GENERATOR_FORECAST_POINTS = 100 };

/* All points of a generator are scaled, except those of generator_show. */
struct generator {
	struct pass pass; /* of one sample */
	struct framing_config framing;
	struct loss_config config;
	/* for a model that predicts a distribution */
	double temperature; /* see mixture.h; initially 1 */
	struct random random;
	/*
	 * cut the memory: every step starts from zero state, so a point depends
	 * only on the point before it; initially false. Set it before reading
	 */
	bool no_memory;
	/*
	 * [framing_steps, features]: the input of the next call of the model,
	 * the points read last; in one-to-many the last point in each row
	 */
	float *input;
	bool is_pending; /* the model has not read the input yet */
	size_t left;     /* predicted points that were not taken yet */
	/* of generator_mark: the input, and the state of all layers */
	float *marked_input, *marked_state;
	bool has_marked_state; /* false: zero state */
};

/*
 * Create a generator for the model of a run, which is borrowed: it generates
 * with the current weights. Random numbers come from the seed's stream for
 * generation. Release it with generator_destroy.
 */
bool generator_create(struct generator *generator, const struct run *run,
	uint64_t seed, struct error *error);

/* The same for another model of the same shape, such as a copy; borrowed. */
bool generator_create_for(struct generator *generator, const struct run *run,
	const struct model *model, uint64_t seed, struct error *error);

void generator_destroy(struct generator *generator);

/*
 * Return the number of points of a forecast, and the length of a sequence that
 * starts from `count` points: that of the run, or of a forecast after them.
 */
size_t generator_forecast(const struct run *run);
size_t generator_length(const struct run *run, size_t count);

/* Reset to zero state, with no points read. */
void generator_reset(struct generator *generator);

/*
 * Read points[count, features], as if they had been generated. Several calls
 * read what one call with all points reads. The framing sequence carries the
 * state through all points; the others need only the last framing_start_points
 * of them.
 */
void generator_read(struct generator *generator, const float *points,
	size_t count);

/*
 * Store in point[features] what the model expects after the points read, at
 * least framing_start_points of them: its prediction or, of a distribution, the
 * mean of the most probable component. The point is not read.
 */
void generator_expect(struct generator *generator, float *point);

/*
 * Store the next point in point[features], and read it. It is the prediction,
 * or a sample of a distribution. The framing one-to-one predicts each point
 * from the previous point, sequence does so and carries the state, many-to-one
 * predicts each point from the previous window, and one-to-many predicts a
 * window of points from the last point.
 */
void generator_next(struct generator *generator, float *point);

/*
 * Remember the state and the points read, and return to them any number of
 * times, to continue the same points by several samples. The random numbers go
 * on.
 */
void generator_mark(struct generator *generator);
void generator_return(struct generator *generator);

/*
 * Complete points[length, features], whose first framing_start_points points
 * are given: reset, read them, and generate the others.
 */
void generator_draw(struct generator *generator, size_t length, float *points);

/*
 * Generate points[length, features], a sequence from the start of the run that
 * the generator was created for, in the units of the data.
 */
void generator_show(struct generator *generator, const struct run *run,
	size_t length, float *points);

#endif
