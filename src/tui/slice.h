/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A slice of training: the work between two checks for keys, adapted so that it
 * takes SLICE_SECONDS. A pure function of the work and the time of the last
 * slice.
 */
#ifndef LSTMTUI_TUI_SLICE_H
#define LSTMTUI_TUI_SLICE_H

#include <stdint.h>

#define SLICE_SECONDS 0.004

/* Multiply-adds of the first slice, and the max of any slice. */
#define SLICE_FIRST UINT64_C(100000)
#define SLICE_MAX UINT64_C(10000000000)

/*
 * Return the work of the next slice, 1 to SLICE_MAX multiply-adds, after a
 * slice of `work` multiply-adds that took `seconds` and left `left` of them
 * undone. A slice that ended early (left > 0) was not a measurement and changes
 * nothing. The result is between half and double of `work`.
 */
uint64_t slice_adapt(uint64_t work, uint64_t left, double seconds);

#endif
