/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rows of the bench: parts of the program that are measured. A row belongs
 * to a kind, which creates the operands and does the work; `details` has what
 * distinguishes the rows of a kind.
 */
#ifndef LSTMTUI_BENCH_ROW_H
#define LSTMTUI_BENCH_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "core/cell.h"
#include "core/context.h"
#include "files.h"
#include "task/framing.h"

enum { ROW_NAME_SIZE = 48 };

/* Where a row is measured. */
struct place {
	const struct context *context;
	const struct files *files;
};

struct row;

struct row_kind {
	/* Create the operands in *work; destroy them also after a failure. */
	bool (*create)(const struct row *row, const struct place *place,
		void **work, struct error *error);
	/* Do the work n times. */
	bool (*run)(void *work, uint64_t n, struct error *error);
	void (*destroy)(void *work);
	/* Do the same work n times in another way, to compare with; or NULL. */
	bool (*yardstick)(void *work, uint64_t n, struct error *error);
	const char *yardstick_name;
};

struct row {
	char name[ROW_NAME_SIZE];
	const struct row_kind *kind;
	const void *details;
	double work;       /* units of work of one call; see `reads` */
	double operations; /* floating-point operations; 0: not counted */
	bool is_rate;      /* print work per second, not seconds per work */
	double scale;      /* factor of the printed number */
	const char *unit;
	bool is_threaded; /* also measured with more than one thread */
	bool reads;       /* the work is all blocks of a large file */
	double elsewhere; /* PyTorch, in the unit: see table.c; 0: unknown */
};

/* Return row i, or NULL after the last. */
const struct row *row_list(size_t i);

/* Return the row with a name, or NULL. */
const struct row *row_find(const char *name);

/* Convert seconds per call to the unit of the row. */
double row_value(const struct row *row, const struct files *files,
	double seconds);

/* The kinds, each with its details. */

extern const struct row_kind row_update; /* struct sizes */

/* The default run, and the loop written by hand: 25,000 updates a call. */
struct lesson_details {
	const struct framing *framing;
	bool is_approximate;
};
extern const struct row_kind row_lesson, row_floor;

/* An update of a text model, and a character that it generates. */
struct text_details {
	const char *units, *cell, *tokens, *file;
	uint64_t batch, steps;
};
extern const struct row_kind row_text, row_generate;

/* Reading a file; its name. */
extern const struct row_kind row_read_text, row_read_csv;

/* An orthogonal kernel; size_t units. */
extern const struct row_kind row_start;

/* Loading and saving the model of a text with 2 layers of 512 units. */
extern const struct row_kind row_load, row_save;

#endif
