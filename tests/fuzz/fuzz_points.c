/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Target: the reader of points. Accepted data are complete and finite, and are
 * accepted again by a reader that expects their shape. The file is also read
 * with another separator, decimal character, layout and treatment of missing
 * values, and what was read is described, encoded and decoded.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "target.h"
#include "task/data_head.h"
#include "task/data_report.h"
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

/* Encode what was read, and read it back. */
static void
expect_report(const struct sequences *sequences)
{
	char *text = data_report_encode(sequences, false);
	struct text_list lines = {0};
	struct data_report report;
	char line[80];

	fuzz_expect(text != NULL && data_report_decode(&report, text),
		"a report is read back");
	fuzz_expect(report.points == sequences->start[sequences->count] &&
			report.features == sequences->features,
		"a report has the counts");
	fuzz_expect(data_report_list(&report, &lines) && lines.count > 0,
		"a report is listed");
	data_report_line(&report, line, sizeof line);
	text_list_destroy(&lines);
	data_report_destroy(&report);
	free(text);
}

/* Read a file with a config; it is refused with a line, or whole. */
static void
read_as(const struct sequences_config *config)
{
	struct sequences sequences;
	struct error error;
	char text[60];

	if (sequences_read(&sequences, config, &error)) {
		expect_report(&sequences);
		sequences_scale(&sequences, &none);
		expect_whole(&sequences);
		sequences_destroy(&sequences);
	} else {
		fuzz_expect_refusal(&error, config->path);
	}
	data_head_describe(config, text, sizeof text);
	fuzz_expect(strlen(text) < sizeof text, "a description ends");
}

/*
 * Read the file with a value of each option; the bytes decide which, so that
 * many inputs try all.
 */
static void
read_in_other_ways(const char *path, uint64_t choice)
{
	static const char *const columns[] = {"1", "2-", "x", "\"x\",1-2"};
	struct sequences_config config = {.path = path};
	const struct kind *kind;

	kind = csv_separator_list[choice % kind_count(csv_separator_list)];
	config.separator = (const struct csv_separator *)kind;
	choice /= kind_count(csv_separator_list);
	kind = csv_decimal_list[choice % kind_count(csv_decimal_list)];
	config.decimal = (const struct csv_decimal *)kind;
	choice /= kind_count(csv_decimal_list);
	read_as(&config);
	config = (struct sequences_config){.path = path};
	kind = data_layout_list[choice % kind_count(data_layout_list)];
	config.layout = (const struct data_layout *)kind;
	choice /= kind_count(data_layout_list);
	kind = missing_list[choice % kind_count(missing_list)];
	config.missing = (const struct missing *)kind;
	choice /= kind_count(missing_list);
	if (choice % 2 == 0)
		config.columns = columns[choice / 2 % 4];
	read_as(&config);
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
	read_in_other_ways(file.path, hash_bytes(HASH_EMPTY, bytes, size));
	fuzz_file_close(&file);
	return is_taken;
}
