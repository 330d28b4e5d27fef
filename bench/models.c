/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orthogonal kernels, and files of models. */
#include <stdlib.h>

#include "base/memory.h"
#include "core/orthogonal.h"
#include "core/random.h"
#include "row.h"
#include "run/run_state.h"
#include "session/model_file.h"

struct start {
	const struct context *context;
	size_t units;
	float *values; /* [units, gates units] */
	struct random random;
};

enum { GATES = 4 };

static bool
create_start(const struct row *row, const struct place *place, void **work,
	struct error *error)
{
	struct start *start = memory_new(1, sizeof *start);

	*work = start;
	if (start == NULL)
		return error_out_of_memory(error);
	start->context = place->context;
	start->units = *(const size_t *)row->details;
	random_seed(&start->random, 1, RANDOM_STREAM_WEIGHTS);
	start->values = memory_floats(start->units * start->units * GATES);
	return start->values != NULL || error_out_of_memory(error);
}

static bool
draw(void *work, uint64_t n, struct error *error)
{
	struct start *start = work;

	for (uint64_t i = 0; i < n; i++)
		if (!orthogonal_draw(start->context, start->values,
			    start->units, start->units * GATES, &start->random,
			    NULL, error))
			return false;
	return true;
}

static void
destroy_start(void *work)
{
	struct start *start = work;

	if (start != NULL)
		free(start->values);
	free(start);
}

const struct row_kind row_start = {.create = create_start,
	.run = draw,
	.destroy = destroy_start};

struct stored {
	const struct context *context;
	struct run *run;
	char path[FILES_PATH_SIZE];
};

static bool
create_stored(const struct row *row, const struct place *place, void **work,
	struct error *error)
{
	struct stored *stored = memory_new(1, sizeof *stored);
	static struct settings settings;

	*work = stored;
	if (stored == NULL)
		return error_out_of_memory(error);
	stored->context = place->context;
	files_path(place->files, row->name, stored->path);
	settings_default(&settings);
	settings.task = &task_text;
	settings.framing = &framing_sequence;
	settings.loss = &loss_crossentropy;
	if (!setting_parse(&setting_units, &settings, "512,512", error) ||
		!files_make(place->files, "text.txt", error))
		return false;
	files_path(place->files, "text.txt", settings.data);
	stored->run = run_create(place->context, &settings, NULL, error);
	return stored->run != NULL &&
		model_file_write(run_get_state(stored->run), stored->path,
			error);
}

static bool
load(void *work, uint64_t n, struct error *error)
{
	const struct stored *stored = work;

	for (uint64_t i = 0; i < n; i++) {
		struct run *run =
			model_file_open(stored->context, stored->path, error);

		if (run == NULL)
			return false;
		run_destroy(run);
	}
	return true;
}

static bool
save(void *work, uint64_t n, struct error *error)
{
	const struct stored *stored = work;

	for (uint64_t i = 0; i < n; i++)
		if (!model_file_write(run_get_state(stored->run), stored->path,
			    error))
			return false;
	return true;
}

static void
destroy_stored(void *work)
{
	struct stored *stored = work;

	if (stored != NULL)
		run_destroy(stored->run);
	free(stored);
}

const struct row_kind row_load = {.create = create_stored,
	.run = load,
	.destroy = destroy_stored};
const struct row_kind row_save = {.create = create_stored,
	.run = save,
	.destroy = destroy_stored};
