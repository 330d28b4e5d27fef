/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/random.h"
#include "measure.h"
#include "task/sequences.h"

enum { BYTES = 8000000, LINES_PER_SEQUENCE = 100 };

static const struct {
	const char *name;
	int columns;
	int digits; /* after the decimal point */
} kinds[] = {
	{"2 columns, 6 decimals", 2, 6},
	{"10 columns, 2 decimals", 10, 2},
	{"10 columns, 15 decimals", 10, 15},
};

/* Write a file of random numbers. Store its size. */
static bool
make_file(char path[], size_t number, long *size, struct error *error)
{
	int descriptor = mkstemp(path);
	FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "w");
	struct random random;

	if (file == NULL)
		return error_set(error, "%s: cannot create the file", path);
	random_seed(&random, 1, RANDOM_STREAM_DATA);
	for (int line = 1; ftell(file) < BYTES; line++) {
		for (int i = 0; i < kinds[number].columns; i++)
			fprintf(file, "%s%.*f", i > 0 ? "," : "",
				kinds[number].digits,
				200 * (double)random_uniform(&random) - 100);
		fputs(line % LINES_PER_SEQUENCE == 0 ? "\n\n" : "\n", file);
	}
	/* no sequence may end with a single point */
	fputs("\n", file);
	*size = ftell(file);
	return fclose(file) == 0 ||
		error_set(error, "%s: cannot write the file", path);
}

struct reading {
	struct sequences_config config;
	struct error *error;
	bool is_good;
};

static void
take(void *context, uint64_t n)
{
	struct reading *reading = context;
	struct sequences sequences;

	for (uint64_t i = 0; i < n && reading->is_good; i++) {
		reading->is_good = sequences_read(&sequences, &reading->config,
			reading->error);
		if (reading->is_good)
			sequences_destroy(&sequences);
	}
}

static bool
time_file(const struct table *table, size_t number, double seconds,
	struct error *error)
{
	char path[] = "/tmp/lstmtui-bench-XXXXXX";
	struct reading reading = {{.path = path}, error, true};
	long size = 0;
	double rate;

	if (!make_file(path, number, &size, error)) {
		unlink(path);
		return false;
	}
	rate = (double)size / measure_seconds(take, &reading, seconds);
	unlink(path);
	if (!reading.is_good)
		return false;
	if (table->is_json)
		table_print_json(json_pack("{s: s, s: s, s: f}", "case",
			"reading", "file", kinds[number].name,
			"bytes_per_second", rate));
	else
		printf("reading  %-24s %6.1f MB/s\n", kinds[number].name,
			rate / 1e6);
	return true;
}

bool
reading_run(const struct table *table, double seconds, struct error *error)
{
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (!time_file(table, i, seconds, error))
			return false;
	return true;
}
