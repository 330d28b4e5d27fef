/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/sequences.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv_reader.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/number.h"

/* Bytes of a field that a message shows. */
enum { SHOWN_MAX = 40 };

/* A file while its rows become sequences. */
struct loader {
	struct csv_reader *file;
	const char *path;
	struct csv_row row; /* the one at hand */

	struct sequences *sequences;
	size_t starts_room, values_room; /* allocated items */
	size_t points;                   /* read so far, in the whole file */
	size_t wanted_features, wanted_points;
	struct error *error;
};

#define FAIL(loader, ...)                                               \
	(error_set((loader)->error, __VA_ARGS__),                       \
		error_prefix((loader)->error, "%s:%zu", (loader)->path, \
			(loader)->row.line))

/* Close the sequence that the points since the last start make, if any. */
static bool
end_sequence(struct loader *loader)
{
	struct sequences *sequences = loader->sequences;
	size_t points = loader->points - sequences->start[sequences->count];

	if (points == 0)
		return true;
	if (points == 1)
		return FAIL(loader,
			"the sequence that ends here has one point: there is "
			"nothing to predict");
	if (loader->wanted_points > 0 && points != loader->wanted_points)
		return FAIL(loader,
			"the sequence that ends here has %zu points, not the "
			"%zu of the task",
			points, loader->wanted_points);
	if (points > sequences->longest)
		sequences->longest = points;
	if (!memory_grow((void **)&sequences->start, &loader->starts_room,
		    sequences->count + 2, sizeof *sequences->start))
		return error_out_of_memory(loader->error);
	sequences->start[++sequences->count] = loader->points;
	return true;
}

/* A field as a number; blanks may stand around it between quotes too. */
static bool
read_number(struct loader *loader, char *field, float *value)
{
	char *text = field + strspn(field, " \t");
	size_t length = strlen(text);
	enum number_kind kind;
	double number;

	while (length > 0 &&
		(text[length - 1] == ' ' || text[length - 1] == '\t'))
		text[--length] = '\0';
	if (length == 0)
		return FAIL(loader, "a number is missing");
	kind = number_read(text, &number);
	if (kind == NUMBER_NONE)
		return FAIL(loader, "'%.*s' is not a number", SHOWN_MAX, text);
	if (kind == NUMBER_NOT_FINITE || fabs(number) > (double)FLT_MAX)
		return FAIL(loader, "'%.*s' is not a finite number", SHOWN_MAX,
			text);
	*value = (float)number;
	return true;
}

static bool
set_features(struct loader *loader)
{
	struct sequences *sequences = loader->sequences;
	size_t features = loader->row.count;

	if (features > SEQUENCES_FEATURES_MAX)
		return FAIL(loader,
			"%zu numbers on a line: at most %d are "
			"possible",
			features, SEQUENCES_FEATURES_MAX);
	if (sequences->features == 0 && loader->wanted_features > 0 &&
		features != loader->wanted_features)
		return FAIL(loader,
			"%zu number%s on the line, not the %zu of "
			"the task",
			features, features == 1 ? "" : "s",
			loader->wanted_features);
	if (sequences->features != 0 && features != sequences->features)
		return FAIL(loader,
			"%zu number%s on the line, but %zu on the "
			"first",
			features, features == 1 ? "" : "s",
			sequences->features);
	sequences->features = features;
	return true;
}

static bool
read_point(struct loader *loader)
{
	struct sequences *sequences = loader->sequences;
	float *point;

	if (!set_features(loader))
		return false;
	if (!memory_grow((void **)&sequences->values, &loader->values_room,
		    (loader->points + 1) * sequences->features,
		    sizeof *sequences->values))
		return error_out_of_memory(loader->error);
	point = sequences->values + loader->points * sequences->features;
	for (size_t f = 0; f < sequences->features; f++)
		if (!read_number(loader, loader->row.field[f], &point[f]))
			return false;
	loader->points++;
	return true;
}

/*
 * Of what training sees of the file: where sequences start, as numbers of
 * eight bytes, then the points, as float's bits.
 */
static uint64_t
hash_of(const struct sequences *sequences)
{
	size_t values =
		sequences->start[sequences->count] * sequences->features;
	uint64_t hash = HASH_EMPTY;
	uint32_t bits;

	for (size_t i = 0; i <= sequences->count; i++)
		hash = hash_number(hash, sequences->start[i], sizeof(uint64_t));
	for (size_t i = 0; i < values; i++) {
		memcpy(&bits, &sequences->values[i], sizeof bits);
		hash = hash_number(hash, bits, sizeof bits);
	}
	return hash;
}

static bool
read_all(struct loader *loader)
{
	enum csv_reader_item item;

	if (!memory_grow((void **)&loader->sequences->start,
		    &loader->starts_room, 1, sizeof(size_t)))
		return error_out_of_memory(loader->error);
	do {
		item = csv_reader_next(loader->file, &loader->row,
			loader->error);
		if (item == CSV_READER_ERROR ||
			(item == CSV_READER_ROW ? !read_point(loader)
						: !end_sequence(loader)))
			return false;
	} while (item != CSV_READER_END);
	if (loader->sequences->count == 0)
		return error_set(loader->error, "%s: there are no points in it",
			loader->path);
	loader->sequences->hash = hash_of(loader->sequences);
	return true;
}

bool
sequences_read(struct sequences *sequences, const char *path, size_t features,
	size_t points, struct error *error)
{
	struct loader loader = {
		.file = csv_reader_open(path, error),
		.path = path,
		.sequences = sequences,
		.wanted_features = features,
		.wanted_points = points,
		.error = error,
	};
	bool done;

	*sequences = (struct sequences){0};
	if (loader.file == NULL)
		return false;
	done = read_all(&loader);
	csv_reader_close(loader.file);
	if (!done)
		sequences_destroy(sequences);
	return done;
}

void
sequences_destroy(struct sequences *sequences)
{
	free(sequences->start);
	free(sequences->values);
	*sequences = (struct sequences){0};
}
