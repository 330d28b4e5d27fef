/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A slow line to the terminal, such as a serial one: the time until it has
 * carried what was sent. The buffers of the system accept several frames at
 * once, so that otherwise the screen would be seconds behind the keys. Times
 * are those of clock_seconds.
 */
#ifndef LSTMTUI_TUI_LINE_H
#define LSTMTUI_TUI_LINE_H

#include <stdint.h>

struct line {
	double byte_seconds; /* for one byte; 0: no limit */
	double free;         /* time when all bytes will have been carried */
	uint64_t carried;    /* bytes of which `free` knows */
};

/*
 * Begin with a line of so many bits per second, ten for each byte. The speed of
 * a pseudo terminal means nothing: it is 38,400 everywhere, so speeds from this
 * one on set no limit.
 */
void line_begin(struct line *line, int bits);

/*
 * Return the seconds until the line is free, 0 or more, after `sent` bytes in
 * all.
 */
double line_wait(struct line *line, double now, uint64_t sent);

#endif
