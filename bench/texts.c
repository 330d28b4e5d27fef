/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text models: train and generate. */
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "row.h"
#include "run/run.h"
#include "run/writer.h"

struct training {
	struct settings settings;
	struct run *run;
	struct writer writer;
	bool has_writer;
};

static bool
choose(struct settings *settings, const struct text_details *details,
	struct error *error)
{
	settings_default(settings);
	settings->task = &task_text;
	settings->framing = &framing_sequence;
	settings->loss = &loss_crossentropy;
	settings->batch = details->batch;
	settings->sequence_length = details->steps;
	settings->validation = 0;
	settings->clip = 5;
	settings->target = 0;
	return setting_parse(&setting_units, settings, details->units, error) &&
		setting_parse(&setting_cell, settings, details->cell, error) &&
		setting_parse(&setting_tokens, settings, details->tokens,
			error);
}

static bool
create(const struct row *row, const struct place *place, void **work,
	struct error *error)
{
	const struct text_details *details = row->details;
	struct training *training = memory_new(1, sizeof *training);

	*work = training;
	if (training == NULL)
		return error_out_of_memory(error);
	if (!choose(&training->settings, details, error) ||
		!files_make(place->files, details->file, error))
		return false;
	files_path(place->files, details->file, training->settings.data);
	training->run =
		run_create(place->context, &training->settings, NULL, error);
	return training->run != NULL;
}

static bool
train(void *work, uint64_t n, struct error *error)
{
	struct training *training = work;

	return run_advance(training->run, run_updates(training->run) + n,
		       UINT64_MAX, error) == RUN_REACHED;
}

static void
destroy(void *work)
{
	struct training *training = work;

	if (training == NULL)
		return;
	if (training->has_writer)
		writer_destroy(&training->writer);
	run_destroy(training->run);
	free(training);
}

const struct row_kind row_text = {.create = create,
	.run = train,
	.destroy = destroy};

static bool
create_writer(const struct row *row, const struct place *place, void **work,
	struct error *error)
{
	struct training *training;

	if (!create(row, place, work, error))
		return false;
	training = *work;
	training->has_writer =
		writer_create(&training->writer, training->run, 1, error);
	return training->has_writer;
}

static bool
generate(void *work, uint64_t n, struct error *error)
{
	struct training *training = work;

	(void)error;
	for (uint64_t i = 0; i < n; i++)
		writer_write(&training->writer);
	return true;
}

const struct row_kind row_generate = {.create = create_writer,
	.run = generate,
	.destroy = destroy};
