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

/* Maximum bytes of a field in a message. */
enum { SHOWN_MAX = 40 };

/* The state of reading a file. */
struct loader {
	struct csv_reader *file;
	const char *path;
	struct csv_row row; /* the current row */

	struct sequences *sequences;
	size_t start_capacity, values_capacity; /* allocated items */
	size_t points; /* points of the file read so far */
	size_t required_features, required_points; /* 0: any */
	struct error *error;
};

#define FAIL(loader, ...)                                               \
	(error_set((loader)->error, __VA_ARGS__),                       \
		error_prefix((loader)->error, "%s:%zu", (loader)->path, \
			(loader)->row.line))

/* End the current sequence, if it has points. */
static bool
end_sequence(struct loader *loader)
{
	struct sequences *sequences = loader->sequences;
	size_t points = loader->points - sequences->start[sequences->count];

	if (points == 0)
		return true;
	if (points == 1)
		return FAIL(loader,
			"the sequence that ends here has one point; at least "
			"two are required");
	if (loader->required_points > 0 && points != loader->required_points)
		return FAIL(loader,
			"the sequence that ends here has %zu points, not the "
			"%zu of the task",
			points, loader->required_points);
	if (points > sequences->longest)
		sequences->longest = points;
	if (!memory_grow((void **)&sequences->start, &loader->start_capacity,
		    sequences->count + 2, sizeof *sequences->start))
		return error_out_of_memory(loader->error);
	sequences->start[++sequences->count] = loader->points;
	return true;
}

/* Parse a field as a number. A quoted field may have blanks around it. */
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
			"%zu numbers on the line; the maximum is %d", features,
			SEQUENCES_FEATURES_MAX);
	if (sequences->features == 0 && loader->required_features > 0 &&
		features != loader->required_features)
		return FAIL(loader,
			"%zu number%s on the line, not the %zu of "
			"the task",
			features, features == 1 ? "" : "s",
			loader->required_features);
	if (sequences->features != 0 && features != sequences->features)
		return FAIL(loader,
			"%zu number%s on the line, but %zu on the first line",
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
	if (!memory_grow((void **)&sequences->values, &loader->values_capacity,
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
 * Return the hash of the training data: the starts of the sequences as numbers
 * of eight bytes, then the points as bits of floats.
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
		    &loader->start_capacity, 1, sizeof(size_t)))
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
		return error_set(loader->error, "%s: contains no points",
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
		.required_features = features,
		.required_points = points,
		.error = error,
	};
	bool ok;

	*sequences = (struct sequences){0};
	if (loader.file == NULL)
		return false;
	ok = read_all(&loader);
	csv_reader_close(loader.file);
	if (!ok)
		sequences_destroy(sequences);
	return ok;
}

void
sequences_destroy(struct sequences *sequences)
{
	free(sequences->start);
	free(sequences->values);
	*sequences = (struct sequences){0};
}
