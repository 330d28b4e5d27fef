/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "texts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "core/random.h"
#include "measure.h"
#include "run/run.h"

enum {
	TOKENS = 65,
	LENGTH = 400000, /* characters in the text */
	STREAMS = 50,
	STEPS = 50
};

/*
 * Characters per second of PyTorch 1.13 with one thread on a similar machine.
 */
static const struct {
	const char *units;
	double elsewhere;
	bool is_quick;
} models[] = {
	{"10", 267000, true},
	{"128", 60000, true},
	{"128,128", 28000, false},
	{"512,512", 5200, false},
};

/*
 * Write a text of independent characters, as unevenly distributed as letters.
 */
static bool
make_text(char path[], struct error *error)
{
	int descriptor = mkstemp(path);
	FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "w");
	struct random random;

	if (file == NULL)
		return error_set(error, "%s: cannot create the file", path);
	random_seed(&random, 1, RANDOM_STREAM_DATA);
	for (int i = 0; i < TOKENS; i++)
		putc('0' + i, file);
	for (int i = 0; i < LENGTH; i++) {
		float x = random_uniform(&random);

		putc('0' + (int)(x * x * TOKENS), file);
	}
	return fclose(file) == 0 ||
		error_set(error, "%s: cannot write the file", path);
}

struct training {
	struct run *run;
	struct error *error;
	bool is_good;
};

static void
train(void *context, uint64_t n)
{
	struct training *training = context;

	training->is_good &=
		run_advance(training->run, run_updates(training->run) + n,
			UINT64_MAX, training->error) == RUN_REACHED;
}

static bool
time_model(const struct table *table, const struct context *context,
	size_t number, const char *path, double seconds, struct error *error)
{
	struct settings settings;
	struct training training = {NULL, error, true};
	double update, rate;

	settings_default(&settings);
	settings.task = &task_text;
	settings.framing = &framing_sequence;
	settings.loss = &loss_crossentropy;
	settings.batch = STREAMS;
	settings.sequence_length = STEPS;
	settings.validation = 0;
	settings.clip = 5;
	snprintf(settings.data, sizeof settings.data, "%s", path);
	if (!setting_parse(&setting_units, &settings, models[number].units,
		    error))
		return false;
	training.run = run_create(context, &settings, NULL, error);
	if (training.run == NULL)
		return false;
	update = measure_seconds(train, &training, seconds);
	run_destroy(training.run);
	if (!training.is_good)
		return false;
	rate = STREAMS * STEPS / update;
	if (table->is_json)
		table_print_json(json_pack("{s: s, s: s, s: I, s: f, s: f}",
			"case", "text", "units", models[number].units,
			"threads",
			(json_int_t)thread_pool_size(context->threads),
			"characters_per_second", rate, "pytorch_elsewhere",
			models[number].elsewhere));
	else
		printf("text  units %-8s threads %zu  %9.0f characters/s  "
		       "(PyTorch 1.13 elsewhere, one thread: %.0f)\n",
			models[number].units,
			thread_pool_size(context->threads), rate,
			models[number].elsewhere);
	return true;
}

bool
texts_run(const struct table *table, const struct context *context,
	double seconds, bool is_quick, struct error *error)
{
	char path[] = "/tmp/lstmtui-bench-XXXXXX";
	bool good = make_text(path, error);

	for (size_t i = 0; good && i < sizeof models / sizeof models[0]; i++)
		if (models[i].is_quick || !is_quick)
			good = time_model(table, context, i, path, seconds,
				error);
	unlink(path);
	return good;
}
