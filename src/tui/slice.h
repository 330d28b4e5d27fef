/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How much work a slice of training does between two looks at the keys: as
 * much as takes SLICE_SECONDS, found by measuring. A pure function of what
 * the last slice did and how long it took.
 */
#ifndef LSTMTUI_TUI_SLICE_H
#define LSTMTUI_TUI_SLICE_H

#include <stdint.h>

#define SLICE_SECONDS 0.004

/* Multiply-adds: of the first slice, before any was measured; of any. */
#define SLICE_FIRST UINT64_C(100000)
#define SLICE_MAX UINT64_C(10000000000)

/*
 * The work of the next slice, 1 to SLICE_MAX multiply-adds, after one that
 * was given `work`, left `left` of it undone and took so many seconds. Only
 * a slice that used up its work (left 0) says how long that much takes; one
 * that ended early changes nothing. At most half or double of `work`.
 */
uint64_t slice_adapt(uint64_t work, uint64_t left, double seconds);

#endif
