/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Internals of an inspection: inspection_sequence.c holds the sequence and its
 * results, inspection_steps.c divides it into steps, inspection_advance.c goes
 * through the stages. inspection_values.c runs the model forward,
 * inspection_backward.c computes the gradient, inspection_connect.c the
 * connectivity.
 */
#ifndef LSTMTUI_INSPECT_INSPECTION_STAGES_H
#define LSTMTUI_INSPECT_INSPECTION_STAGES_H

#include "inspect/inspection.h"

/* Set the steps of the sequence of `length` points or tokens. */
bool inspection_lay_out_steps(struct inspection *inspection, bool reads_last,
	struct error *error);

/*
 * Steps from a step on to the next that starts from zero state or to the last,
 * at most `max`.
 */
size_t inspection_stretch(const struct inspection *inspection, size_t step,
	size_t max);

/* Steps that a pass may compute in some milliseconds, at least 1. */
size_t inspection_rows(const struct inspection *inspection);

/*
 * Allocate a pass and its batch for at most steps * samples, unless it has
 * these sizes already; and release it.
 */
bool inspection_pass_create(struct inspection_pass *pass,
	const struct inspection *inspection, size_t steps, size_t samples,
	bool trains, struct error *error);
void inspection_pass_destroy(struct inspection_pass *pass);

/* Set the sizes of the next batch, and its sample's step from one step. */
void inspection_pass_begin(struct inspection_pass *pass, size_t steps,
	size_t samples);
void inspection_pass_put(struct inspection_pass *pass,
	const struct inspection *inspection, size_t t, size_t sample,
	size_t step);

/*
 * Let the next pass start all samples from the state before a step, which is
 * zero or that of the values at the step before; then run it forward.
 */
void inspection_pass_predict(struct inspection_pass *pass,
	struct inspection *inspection, size_t step);

/* Allocate room for the initial states of any pass. */
bool inspection_create_state(struct inspection *inspection,
	struct error *error);

/*
 * For each stage: allocate what it needs, and do its next part. The latter
 * returns its cost in multiply-adds, and sets inspection->at to the number of
 * steps after its last part.
 */
bool inspection_begin_values(struct inspection *inspection,
	struct error *error);
uint64_t inspection_advance_values(struct inspection *inspection);
bool inspection_begin_gradient(struct inspection *inspection,
	struct error *error);
uint64_t inspection_advance_gradient(struct inspection *inspection);
bool inspection_begin_connectivity(struct inspection *inspection,
	struct error *error);
uint64_t inspection_advance_connectivity(struct inspection *inspection);

#endif
