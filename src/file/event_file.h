/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The events of TensorBoard's files, of which each function appends one to
 * bytes: an Event of event.proto with a Summary of summary.proto
 * (https://github.com/tensorflow/tensorboard, tensorboard/compat/proto), framed
 * as a record: the length of the event in 8 bytes, the masked checksum of these
 * 8 bytes, the event, and its masked checksum, lowest byte first. Part of a
 * record at the end of a file, as a killed process leaves it, is ignored.
 *
 * A file begins with event_add_version. Its name contains "tfevents", and the
 * files of a folder are read in the order of their names.
 */
#ifndef LSTMTUI_FILE_EVENT_FILE_H
#define LSTMTUI_FILE_EVENT_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

struct event_time {
	double wall;   /* seconds since 1970 */
	uint64_t step; /* below 2^63 */
};

struct event_scalar {
	const char *tag;
	double value;
};

/* Add the first event of a file. */
void event_add_version(struct bytes *bytes, double wall);

/*
 * Add the start of a session: values of this step and later ones, also in
 * earlier files of the folder, are void.
 */
void event_add_start(struct bytes *bytes, struct event_time time);

/* Add scalars of one step. */
void event_add_scalars(struct bytes *bytes, struct event_time time,
	const struct event_scalar *scalars, size_t count);

/* Add a text, which is UTF-8 and displayed as Markdown. */
void event_add_text(struct bytes *bytes, struct event_time time,
	const char *tag, const struct bytes *text);

/* Add a PNG image in RGB. */
void event_add_png(struct bytes *bytes, struct event_time time, const char *tag,
	const struct bytes *png);

#endif
