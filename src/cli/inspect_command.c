/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `lstmtui inspect`: one sequence through a model, step by step.
 */
#include "base/translate.h"
#include "cli/commands.h"
#include "cli/common_options.h"
#include "cli/options.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/inspect_output.h"
#include "cli/start_points.h"
#include "inspect/inspection.h"
#include "run/moved_data.h"
#include "run/reader.h"
#include "run/relevance.h"
#include "run/run_data.h"
#include "run/run_state.h"
#include "session/model_file.h"
#include "task/source.h"

/*
 * The steps of a text in a framing without --sequence-length, and the maximum
 * number of steps whose connectivity is computed.
 */
enum { TEXT_STEPS = 50, CONNECTED_MAX = 500 };

/* The sequence to read. */
struct reading {
	float *points;    /* [count, features], scaled, or ... */
	uint32_t *tokens; /* ... [count] */
	size_t count;
	bool reads_last; /* given: all of it is read */
	uint64_t seed;
	bool has_seed; /* the task made it from the seed */
};

/* Make a sequence of the task. */
static bool
make_sequence(const struct run *run, struct reading *reading,
	struct error *error)
{
	const struct task *task = run_task(run);
	struct random random;

	reading->count = settings_points(run_settings(run));
	reading->points = memory_floats(reading->count * task->features);
	if (reading->points == NULL)
		return error_out_of_memory(error);
	random_seed(&random, reading->seed, RANDOM_STREAM_EVALUATE);
	task->make(&random, reading->count, reading->points);
	reading->has_seed = true;
	return true;
}

/* Read the first sequence of the run's data. */
static bool
read_sequence(const struct run *run, struct reading *reading,
	struct error *error)
{
	const char *path = run_settings(run)->data;
	struct sequences data;
	size_t size;
	bool good;

	if (!run_data_read(&data, run, path, false, error))
		return moved_data_explain(path, MOVED_DATA_TRAIN, error);
	good = moved_data_check(path, data.hash, run_data_hash(run),
		N_("--start reads given points"), error);
	if (good) {
		reading->count = data.start[1];
		size = data.start[1] * data.features;
		reading->points = memory_floats(size);
		good = reading->points != NULL || error_out_of_memory(error);
	}
	if (good) {
		assert(reading->points != NULL && data.values != NULL);
		memcpy(reading->points, data.values, size * sizeof(float));
	}
	sequences_destroy(&data);
	return good;
}

/* Read the beginning of the run's text. */
static bool
read_text(const struct run *run, struct reading *reading, struct error *error)
{
	const struct settings *settings = run_settings(run);
	struct text_config config =
		reader_text_config(&run_get_state(run)->reader, settings);
	size_t min = framing_min(settings_framing(settings));
	struct text text;
	bool good;

	/* text_translate finds the words */
	config.words = 0;
	if (!text_read(&text, settings->data, &config, error))
		return moved_data_explain(settings->data, MOVED_DATA_TRAIN,
			error);
	good = moved_data_check(settings->data, text.hash, run_data_hash(run),
		       N_("--prime reads a given text"), error) &&
		text_translate(&text, run_vocabulary(run), settings->data,
			error);
	reading->count = settings->framing->carries_state
		? (size_t)settings->sequence_length + 1
		: TEXT_STEPS + 1;
	if (reading->count < min)
		reading->count = min;
	if (reading->count > text.length)
		reading->count = text.length;
	if (good) {
		reading->tokens =
			memory_new(reading->count, sizeof *reading->tokens);
		good = reading->tokens != NULL || error_out_of_memory(error);
	}
	if (good)
		token_array_copy(&text.token, 0, reading->count,
			reading->tokens);
	text_destroy(&text);
	return good;
}

/* Take the points of --start. */
static bool
take_start(const struct run *run, const char *start, struct reading *reading,
	struct error *error)
{
	reading->reads_last = true;
	return start_points_parse(run, start, &reading->points, &reading->count,
		error);
}

/* Take the text of --prime. */
static bool
take_prime(const struct run *run, const char *prime, struct reading *reading,
	struct error *error)
{
	reading->reads_last = true;
	reading->tokens =
		memory_new(strlen(prime) + 1, sizeof *reading->tokens);
	if (reading->tokens == NULL)
		return error_out_of_memory(error);
	if (!text_tokens(run_vocabulary(run), prime, reading->tokens,
		    &reading->count, error))
		return error_prefix(error, "--prime");
	return reading->count > 0 ||
		error_set_usage(error, "--prime: the text is empty");
}

static bool
choose(const struct run *run, const struct arguments *arguments,
	struct reading *reading, struct error *error)
{
	if (arguments->start != NULL)
		return take_start(run, arguments->start, reading, error);
	if (arguments->prime != NULL)
		return take_prime(run, arguments->prime, reading, error);
	if (run_task(run)->make == NULL && run_settings(run)->data[0] == '\0')
		return error_set_usage(error,
			"the model has no data; --%s gives what to read",
			run_task(run)->is_text ? "prime" : "start");
	if (run_task(run)->is_text)
		return read_text(run, reading, error);
	if (run_settings(run)->data[0] != '\0')
		return read_sequence(run, reading, error);
	return make_sequence(run, reading, error);
}

/* ---------------------------------------------------------------------- */

static const struct need need_no_start = {.unmet = N_("with --start")};

static const struct need need_fresh_sequence = {
	.unmet = N_("where the sequences are those of a file"),
};

static const struct need need_target = {
	.unmet = N_("where no step has a target: give more to read"),
};

static const struct setting option_start = {
	.option = "start",
	.argument = "X,Y",
	.summary = N_("points to read"),
	.type = SETTING_TEXT,
	.offset = ARGUMENT(start),
	.shown_default =
		N_("a new sequence of the task, or the first of the data"),
	.needs = NEEDS(&need_points),
};

static const struct setting option_prime = {
	.option = "prime",
	.argument = "TEXT",
	.summary = N_("text to read"),
	.type = SETTING_TEXT,
	.offset = ARGUMENT(prime),
	.shown_default = N_("the beginning of the data"),
	.needs = NEEDS(&need_text),
};

static const struct setting option_seed = {
	.option = "seed",
	.argument = "N",
	.summary = N_("seed of the new sequence (default: the run's)"),
	.type = SETTING_COUNT,
	.offset = ARGUMENT(session.settings.seed),
	.max = 0x1p53,
	.needs = NEEDS(&need_points, &need_no_start, &need_fresh_sequence),
};

static const struct setting option_no_memory = {
	.option = "no-memory",
	.summary = N_("set the state to zero at each step"),
	.type = SETTING_FLAG,
	.offset = ARGUMENT(no_memory),
	.needs = NEEDS(&need_state),
};

static const struct setting option_gradient = {
	.option = "gradient",
	.summary = N_("print the gradient of the error, by tensor"),
	.type = SETTING_FLAG,
	.offset = ARGUMENT(gradient),
	.needs = NEEDS(&need_target),
};

/* The needs that the model's data or the given sequence do not meet. */
static void
find_unmet_by_run(const struct run *run, const struct reading *reading,
	struct unmet *unmet)
{
	if (run_settings(run)->data[0] != '\0')
		unmet_add(unmet, &need_fresh_sequence);
	if (reading->reads_last &&
		reading->count <= framing_start_points(
					  settings_framing(run_settings(run))))
		unmet_add(unmet, &need_target);
}

static bool
is_finite(const struct inspection *inspection)
{
	return parameters_finite(inspection_output(inspection, 0),
		inspection->steps * inspection->features);
}

static bool
print(const struct run *run, const struct arguments *arguments,
	const struct reading *reading, struct inspection *inspection,
	struct error *error)
{
	const struct inspect_output output = {
		.run = run,
		.inspection = inspection,
		.seed = reading->has_seed ? &reading->seed : NULL,
	};
	const struct inspection_config config = {
		.no_memory = arguments->no_memory,
		.has_gradient = arguments->gradient,
		.connected = inspection->steps <= CONNECTED_MAX
			? inspection->steps
			: 0,
	};

	if (!inspection_compute(inspection, &config, error))
		return false;
	if (!is_finite(inspection))
		return error_set(error,
			"%s: what the model predicts is not finite",
			arguments->session.model);
	if (config.connected == 0 && !arguments->quiet)
		fprintf(stderr,
			_("lstmtui: note: the connectivity is left out: the "
			  "sequence has more than %d steps\n"),
			CONNECTED_MAX);
	if (arguments->json)
		return inspect_output_json(&output, error);
	inspect_output_table(&output);
	return true;
}

static bool
inspect(const struct run *run, const struct arguments *arguments,
	struct reading *reading, struct error *error)
{
	struct inspection inspection;
	struct unmet unmet = {0};
	bool good;

	find_unmet_by_run(run, reading, &unmet);
	if (!options_check(arguments, run_settings(run), &unmet, error) ||
		!choose(run, arguments, reading, error))
		return false;
	unmet.count = 0;
	find_unmet_by_run(run, reading, &unmet);
	if (!options_check(arguments, run_settings(run), &unmet, error))
		return false;
	good = inspection_create(&inspection, run, error) &&
		(reading->tokens != NULL
				? inspection_set_tokens(&inspection,
					  reading->tokens, reading->count,
					  reading->reads_last, error)
				: inspection_set_points(&inspection,
					  reading->points, reading->count,
					  reading->reads_last, error)) &&
		print(run, arguments, reading, &inspection, error);
	inspection_destroy(&inspection);
	return good && command_flush(error);
}

static enum exit_status
inspect_command(const struct arguments *arguments, struct error *error)
{
	struct reading reading = {0};
	struct run *run = NULL;
	bool good;

	if (command_check_files(arguments->session.model, NULL, error))
		run = model_file_open(arguments->session.context,
			arguments->session.model, error);
	if (run != NULL)
		reading.seed = option_is_given(arguments, &option_seed)
			? arguments->session.settings.seed
			: run_settings(run)->seed;
	good = run != NULL &&
		command_check_files(arguments->session.model,
			run_settings(run)->data, error) &&
		inspect(run, arguments, &reading, error);
	free(reading.points);
	free(reading.tokens);
	run_destroy(run);
	return good ? EXIT_DONE : EXIT_FAILED;
}

static void
find_unmet(const struct arguments *arguments, struct unmet *unmet)
{
	if (arguments->start != NULL)
		unmet_add(unmet, &need_no_start);
}

static const struct setting *const options[] = {
	&option_start,
	&option_prime,
	&option_seed,
	&option_no_memory,
	&option_gradient,
	&option_json,
	NULL,
};

const struct command command_inspect = {
	.name = "inspect",
	.operand = "MODEL",
	.needs_operand = true,
	.first_files = MODEL_FILES,
	.summary = N_("follow one sequence through a model, step by step"),
	.run = inspect_command,
	.options = options,
	.find_unmet = find_unmet,
};
