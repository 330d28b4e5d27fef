/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `lstmtui evaluate`: the metrics of a model on data outside its training set.
 */
#include "base/translate.h"
#include "cli/commands.h"
#include "cli/common_options.h"
#include "cli/evaluate_data.h"
#include "cli/options.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/number.h"
#include "cli/json_output.h"
#include "run/evaluate.h"
#include "session/model_file.h"
#include "task/extent.h"
#include "run/moved_data.h"
#include "run/relevance.h"
#include "run/right_lines.h"
#include "run/run_state.h"

/* Print the size of the generated shape, and whether it is a mere dot. */
static void
print_size(const struct run *run, const struct generated *generated)
{
	char size[NUMBER_TEXT_SIZE];

	printf("%-16s %s  (", "size", number_loss(size, generated->size));
	if (generated->is_degenerate)
		printf(_("degenerate: a dot, below %g"),
			EXTENT_MIN * scaling_unit(run_scaling(run)));
	else
		fputs(generated->count == 1
				? _("mean of width and height")
				: _("median of the mean of width and height"),
			stdout);
	puts(")");
}

static void
print_generated(const struct run *run, const struct generated *generated)
{
	const struct task *task = run_task(run);
	char text[NUMBER_TEXT_SIZE], count[NUMBER_TEXT_SIZE];
	char height[NUMBER_TEXT_SIZE];

	if (task->shape_error == NULL)
		return;
	number_loss(text, generated->shape_error);
	if (generated->count == 1) {
		printf("%-16s %s  (", task->shape_error_name, text);
		printf(_("of the %s that the model generates"),
			_(task->singular));
		puts(")");
		print_size(run, generated);
		return;
	}
	printf("%-16s %s  (", task->shape_error_name, text);
	printf(_("median of %s %s that the model generates"),
		number_grouped(count, generated->count), _(task->plural));
	puts(")");
	print_size(run, generated);
	if (isnan(generated->correlation))
		return;
	printf("%-16s %s  (%s)\n", "correlation",
		number_fixed(text, generated->correlation, 4),
		_("of width and height"));
	printf("%-16s %s, %s  (%s)\n", "distance",
		number_fixed(count, generated->width_distance, 4),
		number_fixed(height, generated->height_distance, 4),
		_("Kolmogorov-Smirnov, of width and height to the uniform "
		  "distribution"));
}

/* What a floor is for the framing of the run. */
static const char *
floor_label(const struct run *run, const struct task_floor *floor)
{
	return task_floor_is_passed(floor, run_settings(run)->framing)
		? _("without memory")
		: _("floor");
}

/* Print what the loss is of: "mae over 1,000 fresh rectangles". */
static void
print_sample(const struct run *run, const struct evaluation *evaluation,
	const struct evaluate_data *data)
{
	const char *name = run_settings(run)->loss->kind.name;
	const char *noun = evaluation->count == 1 ? _(run_task(run)->singular)
						  : _(run_task(run)->plural);
	char count[NUMBER_TEXT_SIZE];

	printf(data->is_kept ? _("%s over %s %s held out from training")
			: data->is_given ? _("%s over %s %s of the file")
					 : _("%s over %s fresh %s"),
		name, number_grouped(count, evaluation->count), noun);
}

static void
print_text(const struct run *run, const struct evaluation *evaluation,
	const struct evaluate_data *data, const struct task_floor *floor)
{
	char loss[NUMBER_TEXT_SIZE];
	char fraction[TASK_FLOOR_TEXT_SIZE];

	printf("%-16s %s  (", "loss", number_loss(loss, evaluation->loss));
	print_sample(run, evaluation, data);
	if (floor != NULL)
		printf("; %s %s = %.6f", floor_label(run, floor),
			task_floor_text(floor,
				settings_points(run_settings(run)), fraction),
			task_floor_value(floor,
				settings_points(run_settings(run))));
	printf(")\n");
	print_generated(run, &evaluation->generated);
	if (data->is_given)
		evaluate_data_print(data);
}

/* Returns nonzero on failure, as jansson's functions do. */
static int
add_generated(json_t *object, const struct task *task,
	const struct generated *generated)
{
	int failed = json_object_set_new(object, task->shape_error_name,
		json_real(generated->shape_error));

	failed |=
		json_object_set_new(object, "size", json_real(generated->size));
	failed |= json_object_set_new(object, "degenerate",
		json_boolean(generated->is_degenerate));
	failed |= json_object_set_new(object, "generated",
		json_integer((json_int_t)generated->count));
	if (isnan(generated->correlation))
		return failed;
	failed |= json_object_set_new(object, "width_height_correlation",
		json_real(generated->correlation));
	failed |= json_object_set_new(object, "width_distance",
		json_real(generated->width_distance));
	return failed |
		json_object_set_new(object, "height_distance",
			json_real(generated->height_distance));
}

static bool
print_json(const struct run *run, const struct evaluation *evaluation,
	const struct evaluate_data *data, const struct task_floor *floor,
	uint64_t seed, struct error *error)
{
	const struct task *task = run_task(run);
	json_t *object = json_pack("{s: f, s: I, s: I, s: s, s: I}", "loss",
		evaluation->loss, "count", (json_int_t)evaluation->count,
		"seed", (json_int_t)seed, "loss_name",
		run_settings(run)->loss->kind.name, "updates",
		(json_int_t)run_updates(run));
	int failed = object == NULL;
	bool good;

	if (floor != NULL)
		failed |= json_object_set_new(object,
			task_floor_is_passed(floor, run_settings(run)->framing)
				? "floor_without_memory"
				: "floor",
			json_real(task_floor_value(floor,
				settings_points(run_settings(run)))));
	if (task->shape_error != NULL)
		failed |= add_generated(object, task, &evaluation->generated);
	if (data->is_given)
		failed |= evaluate_data_add(data, object);
	good = json_output(failed == 0 ? object : NULL, error);
	json_decref(object);
	return good;
}

/* Print how many tokens were predicted, and which were left out. */
static void
print_counted(const struct run *run, const struct text_evaluation *evaluation)
{
	const struct tokens *tokens = run_settings(run)->tokens;
	char count[NUMBER_TEXT_SIZE], skipped[NUMBER_TEXT_SIZE];
	char of[160], number[NUMBER_TEXT_SIZE];

	number_grouped(count, evaluation->count);
	if (tokens->has_words)
		snprintf(of, sizeof of,
			translate_count("%s token of %s characters",
				"%s tokens of %s characters",
				evaluation->count),
			count, number_grouped(number, evaluation->characters));
	else
		snprintf(of, sizeof of,
			translate_count("%s character", "%s characters",
				evaluation->count),
			count);
	putchar('(');
	if (evaluation->is_kept)
		printf(_("crossentropy in nats, over the %s held out from "
			 "training"),
			of);
	else if (evaluation->skipped == 1)
		printf(_("crossentropy in nats, over %s: all but the first"),
			of);
	else
		printf(_("crossentropy in nats, over %s: all but the first "
			 "%s"),
			of, number_grouped(skipped, evaluation->skipped));
	puts(")");
}

static double
share(const struct right_lines *lines)
{
	return (double)lines->right / (double)lines->count;
}

static void
print_text_measures(const struct run *run,
	const struct text_evaluation *evaluation,
	const struct right_lines *lines)
{
	char text[NUMBER_TEXT_SIZE], count[NUMBER_TEXT_SIZE];

	printf("%-20s %s  ", "loss", number_loss(text, evaluation->loss));
	print_counted(run, evaluation);
	printf("%-20s %s\n", "perplexity",
		number_perplexity(text, evaluation->loss));
	printf("%-20s %s\n", "bits_per_character",
		number_fixed(text, text_evaluation_bits(evaluation), 4));
	if (lines->count > 0) {
		printf("%-20s %s  (", "right_lines",
			number_fixed(text, share(lines), 4));
		printf(_("of %s lines that the model writes"),
			number_grouped(count, lines->count));
		puts(")");
	}
}

/* Add the share of right lines. Returns nonzero on failure. */
static int
add_right_lines(json_t *object, const struct right_lines *lines)
{
	if (lines->count == 0)
		return 0;
	return json_object_set_new(object, "right_lines",
		       json_real(share(lines))) |
		json_object_set_new(object, "lines",
			json_integer((json_int_t)lines->count));
}

/*
 * Print the loss of a text model in nats per token and in bits per character,
 * and the perplexity.
 */
static bool
evaluate_text_model(const struct run *run, const struct arguments *arguments,
	struct error *error)
{
	struct text_evaluation evaluation;
	struct right_lines lines;
	double loss;
	json_t *object;
	bool good;

	if (!evaluate_text(run, arguments->session.settings.data, &evaluation,
		    error) ||
		!right_lines_measure(run, run_settings(run)->seed, &lines,
			error))
		return false;
	loss = evaluation.loss;
	if (!isfinite(loss))
		return error_set(error,
			"%s: the model's predictions are not finite",
			arguments->session.model);
	if (!arguments->json) {
		print_text_measures(run, &evaluation, &lines);
		return true;
	}
	object = json_pack("{s: f, s: I, s: I, s: s, s: I, s: o, s: f}", "loss",
		loss, "count", (json_int_t)evaluation.count, "characters",
		(json_int_t)evaluation.characters, "loss_name", "crossentropy",
		"updates", (json_int_t)run_updates(run),
		/* not finite: null */
		"perplexity",
		isfinite(exp(loss)) ? json_real(exp(loss)) : json_null(),
		"bits_per_character", text_evaluation_bits(&evaluation));
	if (object != NULL && add_right_lines(object, &lines) != 0) {
		json_decref(object);
		object = NULL;
	}
	good = json_output(object, error);
	json_decref(object);
	return good;
}

/*
 * The seed has an effect if the task makes the sequences, or if the model draws
 * shapes from a mixture.
 */
static const struct need need_fresh_data = {
	.unmet = N_(
		"with sequences from a file and a model that does not sample"),
};

static const struct need need_part = {
	.unmet =
		N_("where a part is held out from training, which is evaluated "
		   "completely"),
};

static const struct setting option_seed = {
	.option = "seed",
	.argument = "N",
	.summary = N_("seed of the new data (default: the run's)"),
	.type = SETTING_COUNT,
	.offset = ARGUMENT(session.settings.seed),
	.max = 0x1p53,
	.needs = NEEDS(&need_points, &need_fresh_data),
};

static const struct setting option_data = {
	.option = "data",
	.argument = "FILE",
	.summary = N_("evaluate on a CSV file of sequences or on a text file"),
	.type = SETTING_PATH,
	.offset = ARGUMENT(session.settings.data),
	.files = "csv tsv txt",
};

static const struct setting option_count = {
	.option = "count",
	.argument = "N",
	.summary = N_("number of sequences; those of a file once each"),
	.type = SETTING_COUNT,
	.offset = ARGUMENT(count),
	.min = 1,
	.max = 1e12,
	.initial = "10000",
	.needs = NEEDS(&need_points, &need_part),
};

/* By default, each sequence of a file once (0), or many new ones. */
static uint64_t
choose_count(const struct arguments *arguments,
	const struct evaluate_data *data)
{
	return data->is_given && !option_is_given(arguments, &option_count)
		? 0
		: arguments->count;
}

static bool
evaluate(const struct run *run, const struct arguments *arguments,
	struct error *error)
{
	const struct task *task = run_task(run);
	bool has_seed = option_is_given(arguments, &option_seed);
	uint64_t seed = has_seed ? arguments->session.settings.seed
				 : run_settings(run)->seed;
	struct evaluate_data data;
	struct evaluation evaluation;
	const struct task_floor *floor;
	bool good;

	if (task->is_text)
		return evaluate_text_model(run, arguments, error);
	good = evaluate_data_read(&data, run, arguments, error) &&
		(evaluate_run(run,
			 &(struct evaluation_config){
				 .data = data.is_given ? &data.sequences : NULL,
				 .count = choose_count(arguments, &data),
				 .seed = seed,
				 .errors = data.is_given ? &data.errors : NULL,
			 },
			 &evaluation, error) ||
			error_prefix(error, "%s", arguments->session.model));
	/* floors are known for the sequences of the task only */
	floor = data.is_given
		? NULL
		: task_floor(run_settings(run)->task,
			  run_settings(run)->framing, run_settings(run)->loss);
	if (good && arguments->json)
		good = print_json(run, &evaluation, &data, floor, seed, error);
	else if (good)
		print_text(run, &evaluation, &data, floor);
	evaluate_data_destroy(&data);
	return good;
}

static void
find_unmet(const struct run *run, const struct arguments *arguments,
	struct unmet *unmet)
{
	const struct task *task = run_task(run);
	bool has_data = task->make == NULL ||
		arguments->session.settings.data[0] != '\0';
	bool draws = run_settings(run)->loss->is_density &&
		task->shape_error != NULL;

	if (task->make == NULL && arguments->session.settings.data[0] == '\0' &&
		run_state_validates(run_settings(run)))
		unmet_add(unmet, &need_part);
	if (has_data && !draws)
		unmet_add(unmet, &need_fresh_data);
}

static enum exit_status
evaluate_command(const struct arguments *arguments, struct error *error)
{
	struct run *run = NULL;
	const char *data = arguments->session.settings.data;
	struct unmet unmet = {0};
	bool good;

	/* before reading: the redirection may have emptied the model itself */
	if (command_check_files(arguments->session.model, data, error))
		run = model_file_open(arguments->session.context,
			arguments->session.model, error);
	if (run != NULL)
		find_unmet(run, arguments, &unmet);
	good = run != NULL &&
		command_check_files(arguments->session.model,
			data[0] != '\0' ? data : run_settings(run)->data,
			error) &&
		options_check(arguments, run_settings(run), &unmet, error) &&
		(data[0] != '\0' ||
			settings_check_data(run_settings(run), error)) &&
		evaluate(run, arguments, error) && command_flush(error);
	run_destroy(run);
	return good ? EXIT_DONE : EXIT_FAILED;
}

static const struct setting *const options[] = {
	&option_seed,
	&option_data,
	&option_count,
	&option_json,
	NULL,
};

const struct command command_evaluate = {
	.name = "evaluate",
	.operand = "MODEL",
	.needs_operand = true,
	.first_files = MODEL_FILES,
	.summary = N_("evaluate a model on new data"),
	.run = evaluate_command,
	.options = options,
};
