/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of data. */
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "row.h"
#include "task/sequences.h"
#include "task/text.h"

struct reading {
	char path[FILES_PATH_SIZE];
};

static bool
create(const struct row *row, const struct place *place, void **work,
	struct error *error)
{
	struct reading *reading = memory_new(1, sizeof *reading);

	*work = reading;
	if (reading == NULL)
		return error_out_of_memory(error);
	files_path(place->files, row->details, reading->path);
	return files_make(place->files, row->details, error);
}

static bool
read_text(void *work, uint64_t n, struct error *error)
{
	const struct reading *reading = work;

	for (uint64_t i = 0; i < n; i++) {
		struct text text;

		if (!text_read(&text, reading->path,
			    &(const struct text_config){.is_bytes = false},
			    error))
			return false;
		text_destroy(&text);
	}
	return true;
}

const struct row_kind row_read_text = {.create = create,
	.run = read_text,
	.destroy = free};

static bool
read_csv(void *work, uint64_t n, struct error *error)
{
	const struct reading *reading = work;
	const struct sequences_config config = {.path = reading->path};

	for (uint64_t i = 0; i < n; i++) {
		struct sequences sequences;

		if (!sequences_read(&sequences, &config, error))
			return false;
		sequences_destroy(&sequences);
	}
	return true;
}

/* Read the same numbers with fscanf, and drop them. */
static bool
scan(void *work, uint64_t n, struct error *error)
{
	const struct reading *reading = work;

	for (uint64_t i = 0; i < n; i++) {
		FILE *file = fopen(reading->path, "r");
		float value;

		if (file == NULL)
			return error_set(error, "%s: cannot read the file",
				reading->path);
		while (fscanf(file, "%f%*[,]", &value) != EOF)
			;
		fclose(file);
	}
	return true;
}

const struct row_kind row_read_csv = {
	.create = create,
	.run = read_csv,
	.destroy = free,
	.yardstick = scan,
	.yardstick_name = "fscanf",
};
