/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/line.h"

#include <math.h>

/* Bits of a byte on a serial line, and the speed of pseudo terminals. */
enum { BYTE_BITS = 10, PSEUDO_SPEED = 38400 };

void
line_begin(struct line *line, int bits)
{
	*line = (struct line){0};
	if (bits > 0 && bits < PSEUDO_SPEED)
		line->byte_seconds = (double)BYTE_BITS / bits;
}

double
line_wait(struct line *line, double now, uint64_t sent)
{
	double seconds = (double)(sent - line->carried) * line->byte_seconds;

	line->carried = sent;
	line->free = fmax(line->free, now) + seconds;
	return line->free - now;
}
