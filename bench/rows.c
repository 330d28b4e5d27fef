/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "row.h"
#include "sizes.h"
#include "variant.h"

enum { STREAMS = 50, STEPS = 50, TEXT_WORK = STREAMS * STEPS };

#define TEXT_ROW(title, text, flops, peer)                            \
	{                                                             \
		.name = title, .kind = &row_text,                     \
		.details = &(const struct text_details)text,          \
		.work = TEXT_WORK, .operations = TEXT_WORK * (flops), \
		.is_rate = true, .scale = 1, .unit = "characters/s",  \
		.is_threaded = true, .elsewhere = peer                \
	}
#define TEXT(units, cell)                                             \
	{                                                             \
		units, cell, "characters", "text.txt", STREAMS, STEPS \
	}
/*
 * Operations per character of `gates` gates, in one or two layers: two per
 * multiply-add of forward, backward and gradient products; the one-hot input
 * has none.
 */
#define FLOPS_1(gates, units) (6.0 * (units) * ((gates) * (units) + 65))
#define FLOPS_2(gates, units) (6.0 * (units) * (3 * (gates) * (units) + 65))

#define READ_ROW(title, what, file)                                           \
	{                                                                     \
		.name = title, .kind = &what, .details = file, .work = 1,     \
		.is_rate = true, .scale = FILES_BLOCK * 1e-6, .unit = "MB/s", \
		.reads = true                                                 \
	}

static const struct lesson_details one_to_one = {&framing_one_to_one, false},
				   approximate = {&framing_one_to_one, true},
				   sequence = {&framing_sequence, false};

#define LESSON_ROW(title, what, how, peer)                                \
	{                                                                 \
		.name = title, .kind = &what, .details = &how,            \
		.work = FLOOR_UPDATES, .scale = 1e6, .unit = "us/update", \
		.elsewhere = peer                                         \
	}
#define START_ROW(title, units)                                             \
	{                                                                   \
		.name = title, .kind = &row_start,                          \
		.details = &(const size_t){units}, .work = 1, .scale = 1e3, \
		.unit = "ms", .is_threaded = true                           \
	}
#define GENERATE_ROW(title, units, gates, flops)                            \
	{                                                                   \
		.name = title, .kind = &row_generate,                       \
		.details = &(const struct text_details)TEXT(units, "lstm"), \
		.work = 1, .operations = (flops) / 3, .is_rate = true,      \
		.scale = 1, .unit = "characters/s"                          \
	}

static const struct row rows[] = {
	LESSON_ROW("floor", row_floor, one_to_one, 0),
	LESSON_ROW("floor~", row_floor, approximate, 0),
	LESSON_ROW("lesson", row_lesson, one_to_one, 448),
	LESSON_ROW("sequence", row_lesson, sequence, 0),
	TEXT_ROW("text-10", TEXT("10", "lstm"), FLOPS_1(4, 10), 360e3),
	TEXT_ROW("text-64", TEXT("64", "lstm"), FLOPS_1(4, 64), 166e3),
	TEXT_ROW("text-128", TEXT("128", "lstm"), FLOPS_1(4, 128), 78e3),
	TEXT_ROW("text-2x128", TEXT("128,128", "lstm"), FLOPS_2(4, 128),
		34.7e3),
	TEXT_ROW("text-2x512", TEXT("512,512", "lstm"), FLOPS_2(4, 512),
		3.91e3),
	TEXT_ROW("text-gru-128", TEXT("128", "gru"), FLOPS_1(3, 128), 0),
	TEXT_ROW("text-rnn-128", TEXT("128", "rnn"), FLOPS_1(1, 128), 0),
	{.name = "words-10000",
		.kind = &row_text,
		.details = &(const struct text_details){"128", "lstm", "words",
			"words.txt", 20, 25},
		.work = 500,
		/* the vocabulary is full: softmax over all words */
		.operations = 500 * 6.0 * 128 * (4 * 128 + FILES_WORDS),
		.is_rate = true,
		.scale = 1,
		.unit = "words/s",
		.is_threaded = true},
	START_ROW("start-1024", 1024),
	START_ROW("start-2048", 2048),
	GENERATE_ROW("generate-128", "128", 4, FLOPS_1(4, 128)),
	GENERATE_ROW("generate-2x512", "512,512", 4, FLOPS_2(4, 512)),
	READ_ROW("read-text", row_read_text, "large.txt"),
	READ_ROW("read-utf8", row_read_text, "large-utf8.txt"),
	READ_ROW("read-csv", row_read_csv, "large.csv"),
	READ_ROW("read-csv-10x2", row_read_csv, "large-10x2.csv"),
	READ_ROW("read-csv-10x15", row_read_csv, "large-10x15.csv"),
	{.name = "load",
		.kind = &row_load,
		.work = 1,
		.scale = 1e3,
		.unit = "ms"},
	{.name = "save",
		.kind = &row_save,
		.work = 1,
		.scale = 1e3,
		.unit = "ms"},
};

enum { ROWS = sizeof rows / sizeof rows[0] };

/*
 * Rows of updates: one size goes from its value in `first` to `last`, in steps
 * of `factor`, or in steps of 1 if factor is 1.
 */
static const struct sweep {
	const char *name;
	struct sizes first;
	enum size size;
	size_t last, factor;
} sweeps[] = {
	{"units", {&framing_one_to_one, {1, 1, 1, 3}, NULL}, SIZE_UNITS, 1024,
		4},
	{"units", {&framing_one_to_one, {1, 1, 32, 3}, NULL}, SIZE_UNITS, 1024,
		4},
	{"units", {&framing_sequence, {1, 1, 1, 3}, NULL}, SIZE_UNITS, 1024, 2},
	{"units", {&framing_sequence, {1, 1, 32, 16}, NULL}, SIZE_UNITS, 1024,
		2},
	{"star", {&framing_sequence, {1, 8, 32, 9}, NULL}, SIZE_UNITS, 32, 2},
	{"star-gru", {&framing_sequence, {1, 8, 32, 9}, &cell_gru}, SIZE_UNITS,
		32, 2},
	{"star-rnn", {&framing_sequence, {1, 8, 32, 9}, &cell_rnn}, SIZE_UNITS,
		32, 2},
	{"gru", {&framing_sequence, {1, 64, 1, 3}, &cell_gru}, SIZE_UNITS, 1024,
		4},
	{"gru", {&framing_sequence, {1, 64, 32, 16}, &cell_gru}, SIZE_UNITS,
		1024, 2},
	{"rnn", {&framing_sequence, {1, 64, 1, 3}, &cell_rnn}, SIZE_UNITS, 1024,
		4},
	{"rnn", {&framing_sequence, {1, 64, 32, 16}, &cell_rnn}, SIZE_UNITS,
		1024, 2},
	{"layers", {&framing_sequence, {1, 10, 1, 3}, NULL}, SIZE_LAYERS, 4, 1},
	{"layers", {&framing_sequence, {1, 128, 32, 16}, NULL}, SIZE_LAYERS, 4,
		1},
	{"batch", {&framing_sequence, {1, 128, 1, 16}, NULL}, SIZE_BATCH, 256,
		2},
	{"steps", {&framing_sequence, {1, 128, 1, 1}, NULL}, SIZE_STEPS, 512,
		8},
	{"steps", {&framing_sequence, {1, 128, 32, 1}, NULL}, SIZE_STEPS, 512,
		2},
};

enum { SWEEPS = sizeof sweeps / sizeof sweeps[0] };

/* Min operations of an update that is also measured with all threads. */
#define LARGE 2e7

static void
name_sizes(const char *name, const struct sizes *sizes, struct row *row)
{
	const size_t *size = sizes->size;

	snprintf(row->name, sizeof row->name, "%s/%s/%zux%zu/b%zu/s%zu", name,
		sizes->framing->kind.name, size[SIZE_LAYERS], size[SIZE_UNITS],
		size[SIZE_BATCH], size[SIZE_STEPS]);
}

const struct row *
row_list(size_t i)
{
	static struct sizes sizes;
	static struct row row;

	if (i < ROWS)
		return &rows[i];
	i -= ROWS;
	for (size_t s = 0; s < SWEEPS; s++) {
		const struct sweep *sweep = &sweeps[s];

		sizes = sweep->first;
		for (size_t *size = &sizes.size[sweep->size];
			*size <= sweep->last;
			*size = sweep->factor > 1 ? *size * sweep->factor
						  : *size + 1) {
			if (i-- > 0)
				continue;
			row = (struct row){.kind = &row_update,
				.details = &sizes,
				.work = 1,
				.operations = sizes_operations(&sizes),
				.scale = 1e6,
				.unit = "us/update"};
			row.is_threaded = row.operations >= LARGE;
			name_sizes(sweep->name, &sizes, &row);
			return &row;
		}
	}
	return NULL;
}

const struct row *
row_find(const char *name)
{
	const struct row *row;

	for (size_t i = 0; (row = row_list(i)) != NULL; i++)
		if (strcmp(row->name, name) == 0)
			return row;
	return NULL;
}

double
row_value(const struct row *row, const struct files *files, double seconds)
{
	double work = row->work * (row->reads ? files->blocks + 1 : 1);

	return row->scale * (row->is_rate ? work / seconds : seconds / work);
}
