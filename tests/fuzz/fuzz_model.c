/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Target: the model file. A model that is accepted can be displayed, generates
 * a sequence or a text, is saved as it was read, and trains on if it is small.
 * Therefore the reader must refuse everything that would fail there.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run/generate.h"
#include "run/generated.h"
#include "run/run.h"
#include "run/run_private.h"
#include "session/model_file.h"
#include "run/writer.h"
#include "target.h"

/* The data of the corpus's models, so that these can train on. */
static const char points_learnt[] = "0,0\n0.5,0\n0.5,0.25\n0,0.25\n0,0\n\n"
				    "0,0\n0.75,0\n0.75,1\n0,1\n0,0\n\n"
				    "0,0\n1,0\n1,0.5\n0,0.5\n0,0\n0,0.5\n";
static const char text_learnt[] =
	"the hare ran and the tortoise ran,\n"
	"the hare slept \xe2\x80\x93 the tortoise ran on.\n\n"
	"the tortoise was there first.\n";

enum {
	SMALL_PARAMETERS = 3000,
	/* limit of other sizes that determine the time of an update */
	SMALL_SIZE = 64,
	UPDATES = 3,
	WRITTEN = 40
};

static bool
is_text(const struct run *run)
{
	return run->state.settings.task->is_text;
}

static bool
is_small(const struct run *run)
{
	return run->state.model.parameters.total <= SMALL_PARAMETERS &&
		run->state.settings.batch <= SMALL_SIZE &&
		(run->state.settings.window <= SMALL_SIZE ||
			!framing_has_window(run->state.settings.framing)) &&
		(run->state.length <= SMALL_SIZE || is_text(run)) &&
		run_features(run) <= SMALL_SIZE;
}

/* Read all values that `info` and the panes show. */
static void
look_at(const struct run *run)
{
	struct history_bucket span;
	uint64_t updates = run_updates(run);
	double sum = 0;

	for (size_t i = 0; i < run->state.snapshots.count; i++) {
		const float *points =
			snapshots_points(&run->state.snapshots, i);

		for (size_t k = 0; k < run->state.length * run_features(run);
			k++)
			sum += (double)points[k];
	}
	fuzz_expect(sum - sum == 0, "snapshots are finite");
	history_span(&run->state.history, 0, updates, &span);
	history_span(&run->state.history, updates / 2, updates, &span);
	fuzz_expect(run_learning_parameters(run) <=
			run->state.model.parameters.total,
		"no more learns than there is");
	run_floor(run);
}

static void
write_text(const struct run *run)
{
	const struct vocabulary *vocabulary = &run->state.reader.vocabulary;
	char character[TEXT_ENCODED_SIZE];
	struct writer writer;
	struct error error;
	uint32_t again;
	size_t count;

	fuzz_expect(writer_create(&writer, run, 1, &error),
		"a small model can write");
	for (size_t i = 0; i < WRITTEN; i++) {
		uint32_t token = writer_write(&writer);

		fuzz_expect(token < vocabulary->count,
			"what is written is of the vocabulary");
		text_encode(vocabulary, token, character);
		if (character[0] == '\0')
			continue;
		fuzz_expect(text_tokens(vocabulary, character, &again, &count,
				    &error) &&
				count == 1 && again == token,
			"what is written can be read");
	}
	writer_destroy(&writer);
}

static void
draw(const struct run *run)
{
	float *points =
		malloc(run->state.length * run_features(run) * sizeof *points);
	struct generated generated;
	struct generator generator;
	struct error error;

	fuzz_expect(points != NULL &&
			generator_create(&generator, run, 1, &error),
		"a small model can draw");
	run_start(run, points);
	generator_draw(&generator, run->state.length, points);
	generator_destroy(&generator);
	/* a density draws thousands of points */
	if (!run->state.settings.loss->is_density)
		fuzz_expect(generated_measure(run, 1, &generated, &error),
			"what a small model draws can be measured");
	free(points);
}

/* Save; return the bytes of the file, or NULL if the weights are not finite. */
static unsigned char *
save(const struct run *run, const char *path, size_t *size)
{
	unsigned char *bytes = NULL;
	struct error error;

	if (model_file_write(&run->state, path, &error)) {
		bytes = fuzz_read(path, size);
	} else {
		fuzz_expect_refusal(&error, path);
		fuzz_expect(strstr(error.text, "finite") != NULL,
			"what is finite can be saved");
	}
	return bytes;
}

/* Return true if the file is accepted, and saving gives the same bytes. */
static bool
reads_as(const char *path, const unsigned char *bytes, size_t size,
	bool is_prepared)
{
	struct run *again;
	unsigned char *second;
	size_t second_size;
	struct error error;
	bool is_same;

	again = model_file_open(fuzz_context(), path, &error);
	if (again == NULL || (is_prepared && !run_prepare(again, &error)))
		fuzz_expect(false, error.text);
	second = save(again, path, &second_size);
	is_same = second != NULL && size == second_size &&
		memcmp(bytes, second, size) == 0;
	run_destroy(again);
	free(second);
	return is_same;
}

/* Assert that a saved file is read back as it was. */
static void
save_twice(const struct run *run)
{
	char folder[FUZZ_FOLDER_SIZE], path[FUZZ_FOLDER_SIZE + 8];
	unsigned char *bytes;
	size_t size;

	fuzz_folder_new(folder);
	snprintf(path, sizeof path, "%s/m", folder);
	bytes = save(run, path, &size);
	if (bytes != NULL)
		fuzz_expect(reads_as(path, bytes, size, run->is_prepared),
			"a model that is read and saved stays the same");
	unlink(path);
	rmdir(folder);
	free(bytes);
}

/*
 * Make an existing file the run's data, with the hash that the run expects: a
 * foreign file could name any path.
 */
static void
name_data(struct run *run, const char *path)
{
	struct sequences sequences;
	struct error error;
	struct text text;

	snprintf(run->state.settings.data, sizeof run->state.settings.data,
		"%s", path);
	if (is_text(run)) {
		fuzz_expect(text_read(&text, path,
				    &(struct text_config){.is_bytes = true},
				    &error),
			error.text);
		run->state.data_hash = text.hash;
		text_destroy(&text);
	} else {
		fuzz_expect(sequences_read(&sequences,
				    &(struct sequences_config){.path = path},
				    &error),
			error.text);
		run->state.data_hash = sequences.hash;
		sequences_destroy(&sequences);
	}
}

static void
learn(struct run *run)
{
	struct fuzz_file data;
	struct error error;
	uint64_t until = run_updates(run) + UPDATES;
	enum run_status status = RUN_GOES_ON;

	if (is_text(run))
		fuzz_file_open(&data, text_learnt, sizeof text_learnt - 1);
	else
		fuzz_file_open(&data, points_learnt, sizeof points_learnt - 1);
	if (run->state.settings.data[0] != '\0')
		name_data(run, data.path);
	if (run_prepare(run, &error)) {
		while (status == RUN_GOES_ON)
			status = run_advance(run, until, 1 << 20, &error);
		fuzz_expect(status == RUN_REACHED || status == RUN_DIVERGED,
			"training comes to an end");
		save_twice(run);
	} else {
		fuzz_expect(error.text[0] != '\0', "a refusal has a message");
	}
	fuzz_file_close(&data);
}

bool
fuzz_model(const unsigned char *bytes, size_t size, struct error *error)
{
	struct run *run;
	struct fuzz_file file;
	bool is_taken;

	fuzz_file_open(&file, bytes, size);
	run = model_file_open(fuzz_context(), file.path, error);
	is_taken = run != NULL;
	if (!is_taken)
		fuzz_expect_refusal(error, file.path);
	fuzz_file_close(&file);
	if (is_taken)
		fuzz_expect(run->state.length <=
				run_state_length_max(&run->state),
			"what is drawn has a bound");
	if (is_taken && is_small(run)) {
		look_at(run);
		if (is_text(run))
			write_text(run);
		else
			draw(run);
		save_twice(run);
		learn(run);
	}
	run_destroy(run);
	return is_taken;
}
