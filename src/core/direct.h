/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The direct path: a training pass of a small model in one piece. For a few
 * units and samples, the stages and parts of a pass take longer than the
 * computation. The direct path has none: the kernel's direct_forward, the loss,
 * and the kernel's direct_backward.
 *
 * It is for one LSTM layer on points, from zero state. Every number is the
 * result of the same operations in the same order as with the stages, so that
 * the bits are the same, and a run may take either path at any update. A pass
 * that keeps its trace, has dropout or carries a state takes the stages.
 */
#ifndef LSTMTUI_CORE_DIRECT_H
#define LSTMTUI_CORE_DIRECT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/pass.h"

/*
 * Prepare a new training pass for the direct path, if its model is small
 * enough and of the right kind.
 */
void direct_create(struct pass *pass);

/* Whether the pass that begins, whose sizes are set, takes the direct path. */
bool direct_applies(const struct pass *pass);

/* Do the whole pass. Returns its cost in multiply-adds, approximately. */
uint64_t direct_run(struct pass *pass);

#endif
