/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The order of the bytes of numbers. The files of the program are little-endian
 * on every machine: the lowest byte of a number comes first.
 */
#ifndef LSTMTUI_BASE_BYTE_ORDER_H
#define LSTMTUI_BASE_BYTE_ORDER_H

#include <stddef.h>

/*
 * Copy `count` numbers of `size` bytes each, at most 8, between a file and
 * memory, in either direction: one side is little-endian, the other in the
 * machine's order. Neither side needs alignment. `to` may be `from`; otherwise
 * the two must not overlap.
 */
void byte_order_little(void *to, const void *from, size_t size, size_t count);

/* Copy numbers as byte_order_little does on a big-endian machine. */
void byte_order_reverse(void *to, const void *from, size_t size, size_t count);

#endif
