/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Target: the reader of points. Accepted data are complete and finite, and are
 * accepted again by a reader that expects their shape.
 */
#include <math.h>

#include "target.h"
#include "task/sequences.h"

static const struct scaling none;

static void
expect_whole(const struct sequences *sequences)
{
	size_t longest = 0;

	fuzz_expect(sequences->count > 0 && sequences->features > 0 &&
			sequences->features <= SEQUENCES_FEATURES_MAX &&
			sequences->start[0] == 0,
		"there are points");
	for (size_t i = 0; i < sequences->count; i++) {
		size_t length = sequences->start[i + 1] - sequences->start[i];

		fuzz_expect(sequences->start[i + 1] > sequences->start[i] + 1,
			"a sequence has two points");
		if (length > longest)
			longest = length;
	}
	fuzz_expect(sequences->longest == longest, "the longest is known");
	for (size_t i = 0;
		i < sequences->start[sequences->count] * sequences->features;
		i++)
		fuzz_expect(isfinite(sequences->values[i]),
			"all numbers are finite");
}

/* Read a file with requirements; return true if it was accepted. */
static bool
read_again(const char *path, size_t features, size_t points)
{
	const struct sequences_config config = {
		.path = path,
		.features = features,
		.points = points,
	};
	struct sequences sequences;
	struct error error;
	bool is_taken = sequences_read(&sequences, &config, &error);

	if (is_taken)
		sequences_destroy(&sequences);
	else
		fuzz_expect_refusal(&error, path);
	return is_taken;
}

static bool
all_have(const struct sequences *sequences, size_t points)
{
	for (size_t i = 0; i < sequences->count; i++)
		if (sequences->start[i + 1] - sequences->start[i] != points)
			return false;
	return true;
}

bool
fuzz_points(const unsigned char *bytes, size_t size, struct error *error)
{
	struct sequences sequences;
	struct sequences_config config = {0};
	struct fuzz_file file;
	bool is_taken;

	fuzz_file_open(&file, bytes, size);
	config.path = file.path;
	is_taken = sequences_read(&sequences, &config, error);
	if (is_taken) {
		sequences_scale(&sequences, &none);
		expect_whole(&sequences);
		fuzz_expect(read_again(file.path, sequences.features, 0),
			"the features it has are those it has");
		fuzz_expect(!read_again(file.path, sequences.features + 1, 0),
			"other features are refused");
		fuzz_expect(read_again(file.path, 0, sequences.longest) ==
				all_have(&sequences, sequences.longest),
			"sequences of other lengths are refused");
		sequences_destroy(&sequences);
	} else {
		fuzz_expect_refusal(error, file.path);
	}
	fuzz_file_close(&file);
	return is_taken;
}
