/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/sequences.h"

#include <errno.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/regular_file.h"

/* A file while it is read. */
struct reader {
	FILE *file;
	const char *path;
	size_t line; /* the number of the one at hand */
	char text[SEQUENCES_LINE_MAX + 1];
	size_t length;

	struct sequences *sequences;
	size_t starts_room, values_room; /* allocated items */
	size_t points;                   /* read so far, in the whole file */
	size_t wanted_features, wanted_points;
	struct error *error;
};

#define FAIL(reader, ...)                                               \
	(error_set((reader)->error, __VA_ARGS__),                       \
		error_prefix((reader)->error, "%s:%zu", (reader)->path, \
			(reader)->line))

enum line { LINE_TEXT, LINE_END, LINE_ERROR };

/* The next line into text, without its end. */
static enum line
read_line(struct reader *reader)
{
	int c;

	reader->length = 0;
	reader->line++;
	while ((c = getc(reader->file)) != EOF && c != '\n') {
		if (c == '\0') {
			FAIL(reader, "a zero byte: this is no CSV file");
			return LINE_ERROR;
		}
		if (reader->length == SEQUENCES_LINE_MAX) {
			FAIL(reader, "the line is longer than %d characters",
				SEQUENCES_LINE_MAX);
			return LINE_ERROR;
		}
		reader->text[reader->length++] = (char)c;
	}
	if (ferror(reader->file)) {
		error_set(reader->error, "%s: %s", reader->path,
			strerror(errno));
		return LINE_ERROR;
	}
	if (reader->length > 0 && reader->text[reader->length - 1] == '\r')
		reader->length--;
	reader->text[reader->length] = '\0';
	return c == EOF && reader->length == 0 ? LINE_END : LINE_TEXT;
}

/* Close the sequence that the points since the last start make, if any. */
static bool
end_sequence(struct reader *reader)
{
	struct sequences *sequences = reader->sequences;
	size_t points = reader->points - sequences->start[sequences->count];

	if (points == 0)
		return true;
	if (points == 1)
		return FAIL(reader,
			"the sequence that ends here has one point: there is "
			"nothing to predict");
	if (reader->wanted_points > 0 && points != reader->wanted_points)
		return FAIL(reader,
			"the sequence that ends here has %zu points, not the "
			"%zu of the task",
			points, reader->wanted_points);
	if (points > sequences->longest)
		sequences->longest = points;
	if (!memory_grow((void **)&sequences->start, &reader->starts_room,
		    sequences->count + 2, sizeof *sequences->start))
		return error_out_of_memory(reader->error);
	sequences->start[++sequences->count] = reader->points;
	return true;
}

/* One number at *text, which moves to the comma or end behind it. */
static bool
parse_number(struct reader *reader, const char **text, float *value)
{
	const char *start = *text + strspn(*text, " \t");
	size_t length = strcspn(start, ",");
	char *end;
	double number = strtod(start, &end);

	while (length > 0 &&
		(start[length - 1] == ' ' || start[length - 1] == '\t'))
		length--;
	if (length == 0)
		return FAIL(reader, "a number is missing");
	/* no hexadecimal numbers, as strtod reads them too */
	if (end != start + length || memchr(start, 'x', length) != NULL ||
		memchr(start, 'X', length) != NULL)
		return FAIL(reader, "'%.*s' is not a number",
			(int)(length < 40 ? length : 40), start);
	if (!isfinite(number) || fabs(number) > (double)FLT_MAX)
		return FAIL(reader, "'%.*s' is not a finite number",
			(int)(length < 40 ? length : 40), start);
	*value = (float)number;
	*text += strcspn(*text, ",");
	return true;
}

static bool
set_features(struct reader *reader)
{
	struct sequences *sequences = reader->sequences;
	size_t features = 1;

	for (size_t i = 0; i < reader->length; i++)
		features += reader->text[i] == ',';
	if (features > SEQUENCES_FEATURES_MAX)
		return FAIL(reader,
			"%zu numbers on a line: at most %d are "
			"possible",
			features, SEQUENCES_FEATURES_MAX);
	if (sequences->features == 0 && reader->wanted_features > 0 &&
		features != reader->wanted_features)
		return FAIL(reader,
			"%zu number%s on the line, not the %zu of "
			"the task",
			features, features == 1 ? "" : "s",
			reader->wanted_features);
	if (sequences->features != 0 && features != sequences->features)
		return FAIL(reader,
			"%zu number%s on the line, but %zu on the "
			"first",
			features, features == 1 ? "" : "s",
			sequences->features);
	sequences->features = features;
	return true;
}

static bool
read_point(struct reader *reader)
{
	struct sequences *sequences = reader->sequences;
	const char *text = reader->text;
	float *point;

	if (!set_features(reader))
		return false;
	if (!memory_grow((void **)&sequences->values, &reader->values_room,
		    (reader->points + 1) * sequences->features,
		    sizeof *sequences->values))
		return error_out_of_memory(reader->error);
	point = sequences->values + reader->points * sequences->features;
	for (size_t f = 0; f < sequences->features; f++) {
		if (!parse_number(reader, &text, &point[f]))
			return false;
		text++; /* the comma */
	}
	reader->points++;
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
read_all(struct reader *reader)
{
	enum line line;

	if (!memory_grow((void **)&reader->sequences->start,
		    &reader->starts_room, 1, sizeof(size_t)))
		return error_out_of_memory(reader->error);
	while ((line = read_line(reader)) == LINE_TEXT) {
		const char *text = reader->text;

		if (reader->line == 1 && strncmp(text, "\xef\xbb\xbf", 3) == 0)
			memmove(reader->text, text + 3, reader->length -= 3);
		reader->text[reader->length] = '\0';
		if (text[0] == '#')
			continue;
		if (text[strspn(text, " \t")] == '\0') {
			if (!end_sequence(reader))
				return false;
		} else if (!read_point(reader)) {
			return false;
		}
	}
	if (line == LINE_ERROR || !end_sequence(reader))
		return false;
	if (reader->sequences->count == 0)
		return error_set(reader->error, "%s: there are no points in it",
			reader->path);
	reader->sequences->hash = hash_of(reader->sequences);
	return true;
}

bool
sequences_read(struct sequences *sequences, const char *path, size_t features,
	size_t points, struct error *error)
{
	struct reader *reader = memory_new(1, sizeof *reader);
	bool done;

	*sequences = (struct sequences){0};
	if (reader == NULL)
		return error_out_of_memory(error);
	reader->path = path;
	reader->sequences = sequences;
	reader->wanted_features = features;
	reader->wanted_points = points;
	reader->error = error;
	reader->file = regular_file_stream(path, REGULAR_FILE_OR_STDIN, error);
	if (reader->file == NULL) {
		free(reader);
		return false;
	}
	done = read_all(reader);
	fclose(reader->file);
	free(reader);
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
