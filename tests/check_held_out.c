/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of --validation and --patience for points from a file: the loss over
 * the held-out part against evaluate and against plain loops, what training
 * reads, the epochs, the best model, the end of a run that has lost patience,
 * and fractions that are refused.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "interface.h"
#include "run/evaluate.h"
#include "run/run_private.h"
#include "run_to.h"
#include "session/model_file.h"
#include "suite.h"

/* ---------------------------------------------------------------------- */
/* data and runs */

/* A number in [0, 1) from a position in the data. */
static double
number_at(size_t sequence, size_t point, size_t feature)
{
	double x =
		sin((double)(sequence * 131 + point * 17 + feature * 7)) * 1000;

	return floor((x - floor(x)) * 1000) / 1000;
}

enum { TEXT_MAX = 1 << 16 };

/* Write sequences [first, end) of 5 to 17 points of two numbers. */
static void
write_sequences(const char *name, size_t first, size_t end)
{
	static char text[TEXT_MAX];
	size_t used = 0;

	for (size_t k = first; k < end; k++) {
		for (size_t i = 0; i < 5 + k * 5 % 13; i++)
			used += (size_t)snprintf(text + used, TEXT_MAX - used,
				"%.3f,%.3f\n", number_at(k, i, 0),
				number_at(k, i, 1));
		used += (size_t)snprintf(text + used, TEXT_MAX - used, "\n");
	}
	write_here(name, text);
}

/* Write one sequence; the points from `changed` on get another number added. */
static void
write_sequence(const char *name, size_t points, size_t changed)
{
	static char text[TEXT_MAX];
	size_t used = 0;

	for (size_t i = 0; i < points; i++)
		used += (size_t)snprintf(text + used, TEXT_MAX - used,
			"%.3f,%.3f\n",
			number_at(0, i, 0) / 2 + (i >= changed ? 0.5 : 0),
			number_at(0, i, 1));
	write_here(name, text);
}

/* Begin a run on a file; pairs of a setting's option and its value. */
static struct run *
begin(const char *data, const char *const options[][2])
{
	struct settings settings;
	settings_mask given = settings_bit(&setting_task);
	char path[FOLDER_PATH_SIZE];
	struct error error;
	struct run *run;

	settings_default(&settings);
	settings.task = &task_points;
	settings.seed = 3;
	settings.units.units[0] = 6;
	settings.learning_rate = 0.01;
	ck_assert(setting_parse(&setting_data, &settings, path_here(path, data),
		&error));
	for (size_t i = 0; options[i][0] != NULL; i++)
		for (size_t id = 0; setting_list[id] != NULL; id++) {
			if (strcmp(setting_list[id]->option, options[i][0]) !=
				0)
				continue;
			ck_assert_msg(setting_parse(setting_list[id], &settings,
					      options[i][1], &error),
				"%s", error.text);
			given |= settings_bit(setting_list[id]);
		}
	ck_assert_msg(settings_complete(&settings, given, &error), "%s",
		error.text);
	run = run_create(suite_context(), &settings, NULL, &error);
	ck_assert_msg(run != NULL, "%s", error.text);
	return run;
}

#define BEGIN(data, ...) \
	begin(data, (const char *const[][2]){__VA_ARGS__, {NULL, NULL}})

/* Train until that many epochs are validated, in slices of `work`. */
static void
train_epochs(struct run *run, uint64_t epochs, uint64_t work)
{
	struct error error;

	while (run_validation(run)->epochs < epochs) {
		uint64_t until =
			run_updates(run) + (run_is_validating(run) ? 0 : 1);
		enum run_status status = run_step(run, until, work, &error);

		EXPECT(status == RUN_GOES_ON || status == RUN_REACHED, "%s",
			error.text);
	}
}

static struct sequences
read_sequences(const char *name)
{
	char path[FOLDER_PATH_SIZE];
	const struct sequences_config config = {.path = path_here(path, name)};
	struct sequences sequences;
	struct error error;

	ck_assert_msg(sequences_read(&sequences, &config, &error), "%s",
		error.text);
	sequences_scale(&sequences, &(const struct scaling){0});
	return sequences;
}

/* ---------------------------------------------------------------------- */
/* the loss */

static const char *const framings[] = {"one-to-one", "sequence", "many-to-one",
	"one-to-many"};
static const char *const losses[] = {"mae", "mse", "huber", "mixture"};
/* the last has more held-out sequences than streams */
static const char *const fractions[] = {"0.3", "0.5", "0.9"};

enum {
	FRAMINGS = sizeof framings / sizeof framings[0],
	LOSSES = sizeof losses / sizeof losses[0],
	FRACTIONS = sizeof fractions / sizeof fractions[0],
	SEQUENCES = 17
};

/* Evaluate a run on a file with the held-out sequences alone. */
static double
evaluate_held_out(const struct run *run)
{
	size_t training = run->data.training;
	struct sequences held_out;
	struct evaluation evaluation;
	struct error error;

	write_sequences("held.csv", training, SEQUENCES);
	held_out = read_sequences("held.csv");
	ck_assert_uint_eq(held_out.count, SEQUENCES - training);
	ck_assert_msg(
		evaluate_run(run,
			&(const struct evaluation_config){.data = &held_out,
				.count = held_out.count,
				.seed = 1},
			&evaluation, &error),
		"%s", error.text);
	sequences_destroy(&held_out);
	return evaluation.loss;
}

/* _i: framing, loss and fraction. */
START_TEST(the_loss_is_that_of_evaluate_on_the_held_out_sequences)
{
	const char *fraction = fractions[_i / FRAMINGS % FRACTIONS];
	struct run *run;

	write_sequences("data.csv", 0, SEQUENCES);
	run = BEGIN("data.csv", {"framing", framings[_i % FRAMINGS]},
		{"loss", losses[_i % LOSSES]}, {"validation", fraction},
		{"window", "3"}, {"batch", "2"});
	ck_assert_uint_eq(run->data.training,
		SEQUENCES - (size_t)(SEQUENCES * atof(fraction)));
	for (uint64_t epoch = 1; epoch <= 3; epoch++) {
		const struct validation *validation = run_validation(run);

		train_epochs(run, epoch, epoch == 2 ? 1 : UINT64_MAX);
		ck_assert(!run_is_validating(run));
		ck_assert_double_eq_tol(validation->last,
			evaluate_held_out(run),
			1e-5 * (1 + fabs(validation->last)));
		ck_assert_double_eq(run_validations(run)->at[epoch - 1].loss,
			validation->last);
	}
	run_destroy(run);
}
END_TEST

START_TEST(the_error_of_the_shape_is_a_part_of_the_loss)
{
	static const char shapes[] =
		"0,0\n0.5,0\n0.5,0.25\n0,0.25\n\n0,0\n1,0\n1,0.5\n0,0.5\n\n"
		"0,0\n0.7,0\n0.7,0.9\n0,0.9\n\n0,0\n0.1,0\n0.1,0.6\n0,0.6\n";
	struct sequences held_out;
	struct evaluation evaluation;
	struct error error;
	struct run *run;

	write_here("data.csv", shapes);
	write_here("held.csv", strstr(shapes, "0,0\n0.1"));
	run = BEGIN("data.csv", {"task", "rectangle"}, {"loss", "rectangle"},
		{"rectangle-weight", "0.7"}, {"framing", "sequence"},
		{"validation", "0.25"});
	train_epochs(run, 2, 1);
	held_out = read_sequences("held.csv");
	ck_assert_uint_eq(held_out.count, 1);
	ck_assert(evaluate_run(run,
		&(const struct evaluation_config){.data = &held_out,
			.count = 1,
			.seed = 1},
		&evaluation, &error));
	sequences_destroy(&held_out);
	ck_assert_double_gt(evaluation.generated.shape_error, 0.01);
	ck_assert_double_eq_tol(run_validation(run)->last, evaluation.loss,
		1e-5);
	run_destroy(run);
}
END_TEST

enum { POINTS = 137, TRAINING = 103, WINDOW = 4, FEATURES = 2 };

/*
 * The mean absolute error of the predictions of held-out points, from a pass of
 * the model for each window or over the whole sequence.
 */
static double
plain_loss(const struct run *run, const struct framing *framing)
{
	bool reads = framing == &framing_many_to_one;
	bool writes = framing == &framing_one_to_many;
	bool carries = framing == &framing_sequence;
	size_t steps = reads || writes ? WINDOW : carries ? POINTS - 1 : 1;
	size_t counted = 0;
	float inputs[POINTS * FEATURES];
	const float *values = run->data.values;
	struct error error;
	struct pass pass;
	double sum = 0;

	ck_assert(pass_create(&pass, run_model(run), steps, 1, false, &error));
	for (size_t target = TRAINING; target + (writes ? WINDOW : 1) <= POINTS;
		target++) {
		size_t first = carries ? 0
			: reads        ? target - WINDOW
				       : target - 1;

		for (size_t t = 0; t < steps; t++)
			memcpy(inputs + t * FEATURES,
				values +
					(writes ? first : first + t) * FEATURES,
				FEATURES * sizeof *inputs);
		pass_predict(&pass, steps, 1, inputs);
		for (size_t t = 0; t < steps; t++) {
			size_t at = writes ? target + t : first + t + 1;

			/* of the whole sequence, one prediction a time */
			if (!writes && at != target)
				continue;
			for (size_t f = 0; f < FEATURES; f++)
				sum += fabs(
					(double)pass
						.predictions[t * FEATURES + f] -
					(double)values[at * FEATURES + f]);
			counted++;
		}
	}
	pass_destroy(&pass);
	return sum / (double)(counted * FEATURES);
}

/* _i: the framing. */
START_TEST(of_a_single_sequence_the_predictions_of_its_end_count)
{
	struct run *run;

	write_sequence("data.csv", POINTS, POINTS);
	run = BEGIN("data.csv", {"framing", framings[_i]}, {"window", "4"},
		{"validation", "0.25"});
	ck_assert_uint_eq(run->data.training_points, TRAINING);
	train_epochs(run, 2, 1);
	ck_assert_double_eq_tol(run_validation(run)->last,
		plain_loss(run, run_settings(run)->framing), 1e-5);
	run_destroy(run);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* training */

static void
expect_same_weights(const struct run *one, const struct run *other)
{
	ck_assert_mem_eq(one->state.model.values, other->state.model.values,
		one->state.model.parameters.packed_total * sizeof(float));
}

/* _i: the framing. */
START_TEST(training_never_reads_the_end_of_a_single_sequence)
{
	struct run *one, *other;

	write_sequence("one.csv", POINTS, POINTS);
	write_sequence("other.csv", POINTS, TRAINING);
	one = BEGIN("one.csv", {"framing", framings[_i]},
		{"validation", "0.25"});
	other = BEGIN("other.csv", {"framing", framings[_i]},
		{"validation", "0.25"});
	train_epochs(one, 3, UINT64_MAX);
	train_epochs(other, 3, UINT64_MAX);
	ck_assert_uint_eq(run_updates(one), 30);
	expect_same_weights(one, other);
	ck_assert_double_gt(fabs(run_validation(one)->last -
				    run_validation(other)->last),
		0.01);
	run_destroy(one);
	run_destroy(other);
}
END_TEST

/* A run on the training part alone, without validation, has the same bits. */
START_TEST(training_never_reads_the_sequences_that_are_held_out)
{
	struct run *part, *whole;
	struct error error;

	write_sequences("whole.csv", 0, SEQUENCES);
	write_sequences("part.csv", 0, 12);
	for (int shuffles = 0; shuffles < 2; shuffles++) {
		const char *shuffle = shuffles ? "yes" : "no";

		whole = BEGIN("whole.csv", {"validation", "0.3"},
			{"framing", "sequence"}, {"batch", "5"},
			{"shuffle", shuffle});
		part = BEGIN("part.csv", {"framing", "sequence"},
			{"batch", "5"}, {"shuffle", shuffle});
		ck_assert_int_eq(run_to(whole, 50, &error), RUN_REACHED);
		ck_assert_int_eq(run_to(part, 50, &error), RUN_REACHED);
		ck_assert_uint_eq(run_validation(part)->epochs, 0);
		ck_assert_uint_eq(run_validation(whole)->epochs, 4);
		expect_same_weights(whole, part);
		run_destroy(whole);
		run_destroy(part);
	}
}
END_TEST

/* The updates of the first validations, by sequences and batch. */
static const struct {
	size_t sequences;
	const char *batch;
	double updates[3];
} epochs[] = {
	/* 12, 5, 3, 1 and 12 sequences of training */
	{17, "1", {12, 24, 36}},
	{7, "1", {10, 20, 30}},
	{4, "1", {12, 24, 36}},
	/* 40 passes of one sequence are 10 updates of 4 */
	{2, "4", {10, 20, 30}},
	/* 5 passes of 12 are 60 sequences, 12 updates of 5 */
	{17, "5", {12, 24, 36}},
	/* 6 passes of 12 are 72 sequences, 10.3 updates of 7 */
	{17, "7", {11, 21, 31}},
};

START_TEST(an_epoch_is_passes_of_ten_updates_or_more)
{
	struct run *run;
	const char *fraction = epochs[_i].sequences == 2 ? "0.5" : "0.3";

	write_sequences("data.csv", 0, epochs[_i].sequences);
	run = BEGIN("data.csv", {"validation", fraction},
		{"batch", epochs[_i].batch});
	train_epochs(run, 3, UINT64_MAX);
	ck_assert_uint_eq(run_validations(run)->count, 3);
	for (int i = 0; i < 3; i++)
		ck_assert_double_eq(run_validations(run)->at[i].update,
			epochs[_i].updates[i]);
	run_destroy(run);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* the program */

/* What is learnt from the first sequences is wrong for the last ones. */
static void
write_contrary(void)
{
	static char text[TEXT_MAX];
	size_t used = 0;

	for (size_t k = 0; k < 15; k++)
		used += (size_t)snprintf(text + used, TEXT_MAX - used,
			k < 12 ? "1\n1\n\n" : "1\n-1\n\n");
	write_here("data.csv", text);
}

/* The standard output; the errors say what was read from the data. */
static char *
output_of(const char *const *words)
{
	struct outcome outcome;
	char *output;

	command_run(&(struct command){.folder = folder, .arguments = words},
		&outcome);
	expect_status(&outcome, 0);
	output = outcome.output;
	outcome.output = NULL;
	outcome_release(&outcome);
	return output;
}

#define TRAIN(...)                                                    \
	output_of(WORDS("train", "--task=points", "--data=data.csv",  \
		"--validation=0.2", "--seed=1", "--framing=sequence", \
		"--units=4", "--learning-rate=0.01", __VA_ARGS__))

/* Read the run of a model file. */
static struct run *
read_run(const char *name)
{
	char path[FOLDER_PATH_SIZE];
	struct error error;
	struct run *run =
		model_file_open(suite_context(), path_here(path, name), &error);

	ck_assert_msg(run != NULL, "%s", error.text);
	return run;
}

START_TEST(patience_ends_the_run_after_so_many_worse_epochs)
{
	struct run *run;
	char *output;

	write_contrary();
	output = TRAIN("--updates=1000", "--patience=3", "m.st");
	ck_assert_ptr_nonnull(strstr(output,
		"\nfinished after epoch 4: no better validation loss than "));
	ck_assert_ptr_nonnull(
		strstr(output, " after epoch 1 (--patience 3)\n"));
	free(output);
	ck_assert_uint_eq(updates_of("m.st"), 48);
	ck_assert_uint_eq(updates_of("m.st-best"), 12);
	run = read_run("m.st");
	ck_assert_uint_eq(run_validations(run)->count, 4);
	for (size_t i = 1; i < 4; i++)
		ck_assert_double_gt(run_validations(run)->at[i].loss,
			run_validations(run)->at[0].loss);
	run_destroy(run);

	output = output_of(WORDS("train", "m.st"));
	ck_assert_ptr_nonnull(strstr(output,
		"nothing to do: no better validation in the last epochs"));
	free(output);
	ck_assert_uint_eq(updates_of("m.st"), 48);
	free(output_of(WORDS("train", "--patience=5", "m.st")));
	ck_assert_uint_eq(updates_of("m.st"), 72);
	free(output_of(
		WORDS("train", "--patience=0", "--updates=100", "m.st")));
	ck_assert_uint_eq(updates_of("m.st"), 100);
}
END_TEST

START_TEST(patience_ends_a_text_too)
{
	char text[900], *output;

	/* the validation part is all b */
	memset(text, 'a', 810);
	memset(text + 810, 'b', 89);
	text[899] = '\0';
	write_here("text.txt", text);
	output = OUTPUT_OF("train", "--task=text", "--data=text.txt",
		"--seed=1", "--units=4", "--batch=2", "--sequence-length=20",
		"--learning-rate=0.05", "--updates=1000", "--patience=2",
		"m.st");
	ck_assert_ptr_nonnull(
		strstr(output, " after epoch 1 (--patience 2)\n"));
	ck_assert_ptr_nonnull(strstr(output, "perplexity"));
	free(output);
	ck_assert_uint_eq(updates_of("m.st-best") * 3, updates_of("m.st"));
}
END_TEST

/* Training and validation are alike for a while, then learnt by heart. */
START_TEST(the_best_model_is_that_of_the_lowest_validation)
{
	double lowest = INFINITY;
	size_t best = 0;
	struct sequences held_out;
	struct evaluation evaluation;
	struct error error;
	struct run *run;
	char *output;

	write_sequences("data.csv", 0, 15);
	write_sequences("held.csv", 12, 15);
	free(TRAIN("--updates=1200", "m.st"));
	run = read_run("m.st");
	ck_assert_uint_eq(run_validations(run)->count, 100);
	for (size_t i = 0; i < 100; i++)
		if (run_validations(run)->at[i].loss < lowest) {
			lowest = run_validations(run)->at[i].loss;
			best = i + 1;
		}
	run_destroy(run);
	ck_assert_uint_gt(best, 1);
	ck_assert_uint_lt(best, 100);
	run = read_run("m.st-best");
	ck_assert_double_eq(run_validation(run)->best, lowest);
	ck_assert_uint_eq(run_updates(run), 12 * best);
	ck_assert_uint_eq(run_validation(run)->best_epoch, best);
	ck_assert_double_eq(run_validation(run)->last,
		run_validation(run)->best);
	held_out = read_sequences("held.csv");
	ck_assert(evaluate_run(run,
		&(const struct evaluation_config){.data = &held_out,
			.count = 3,
			.seed = 1},
		&evaluation, &error));
	sequences_destroy(&held_out);
	ck_assert_double_eq_tol(evaluation.loss, run_validation(run)->best,
		1e-5);
	run_destroy(run);
	output = OUTPUT_OF("info", "m.st");
	ck_assert_ptr_nonnull(strstr(output, "after epoch 100, best "));
	free(output);
}
END_TEST

static const struct {
	const char *const *options;
	const char *message;
} refused[] = {
	{WORDS("--data=three.csv", "--validation=0.3"),
		"three.csv: --validation 0.3 holds out none of the 3 "
		"sequences; the minimum is 0.34"},
	{WORDS("--data=one.csv", "--validation=0.05"),
		"one.csv: --validation 0.05 divides the 10 points into 10 for "
		"training and 0 for validation; at least 2 and 1 are required"},
	{WORDS("--data=one.csv", "--validation=0.9"),
		"into 1 for training and 9 for validation"},
	{WORDS("--data=one.csv", "--validation=0.4", "--framing=many-to-one",
		 "--window=6"),
		"into 6 for training and 4 for validation; at least 7 and 1 "
		"are required"},
	{WORDS("--data=one.csv", "--validation=0.2", "--framing=one-to-many"),
		"into 8 for training and 2 for validation; at least 4 and 3 "
		"are required"},
	{WORDS("--data=one.csv", "--patience=3"),
		"--patience: has no effect with --validation 0; it is only for "
		"--validation above 0"},
	{WORDS("--data=one.csv", "--validation=1"), "--validation: '1' is not"},
	{WORDS("--data=two.csv", "--validation=0.5", "--shuffle"),
		"--shuffle has no effect: there is a single training sequence"},
};

START_TEST(a_fraction_without_an_effect_is_refused)
{
	const char *words[12] = {"train", "--task=points", "--updates=5"};
	struct outcome outcome;

	write_sequence("one.csv", 10, 10);
	write_sequences("two.csv", 0, 2);
	write_sequences("three.csv", 0, 3);
	for (size_t i = 0; refused[_i].options[i] != NULL; i++)
		words[3 + i] = refused[_i].options[i];
	command_run(&(struct command){.folder = folder, .arguments = words},
		&outcome);
	expect_usage_error(&outcome, refused[_i].message);
	outcome_release(&outcome);
}
END_TEST

START_TEST(a_resumed_run_keeps_its_validation)
{
	struct outcome outcome;
	char *output;

	write_contrary();
	output = TRAIN("--updates=20", "m.st");
	ck_assert_ptr_nonnull(strstr(output, "\nupdate 20/20  loss "));
	ck_assert_ptr_nonnull(strstr(output,
		"  validation 1.597922, best "
		"1.597922 after epoch 1\n"));
	free(output);
	RUN(&outcome, "train", "--validation=0.4", "--updates=30", "m.st");
	expect_usage_error(&outcome, "--validation 0.4 contradicts");
	outcome_release(&outcome);
	MUST("train", "--quiet", "--validation=0.2", "--patience=9",
		"--updates=30", "m.st");
	ck_assert_uint_eq(updates_of("m.st"), 30);
}
END_TEST

static void
set_metadata(const char *key, const char *value)
{
	char path[FOLDER_PATH_SIZE];
	json_t *metadata;
	struct tensors file;

	read_tensors_here(&file, "m.st");
	metadata = json_object_get(file.header, "__metadata__");
	if (value != NULL)
		json_object_set_new(metadata, key, json_string(value));
	else
		json_object_del(metadata, key);
	tensors_write(&file, path_here(path, "m.st"));
	tensors_release(&file);
}

/* Older versions saved the default of texts for every run. */
START_TEST(an_older_file_of_points_holds_nothing_out)
{
	char *whole, *resumed;

	write_contrary();
#define TRAIN_ALL(...)                                            \
	OUTPUT_OF("train", "--quiet", "--log=-", "--task=points", \
		"--data=data.csv", "--seed=1", "--units=2", __VA_ARGS__)
	whole = TRAIN_ALL("--updates=40");
	free(TRAIN_ALL("--updates=20", "m.st"));
#undef TRAIN_ALL
	set_metadata("passes", NULL);
	set_metadata("patience", NULL);
	set_metadata("validation", "0.1");
	resumed = OUTPUT_OF("train", "--quiet", "--log=-", "--updates=40",
		"m.st");
	ck_assert_ptr_nonnull(strstr(whole, "\n{\"update\":21,"));
	ck_assert_str_eq(strstr(whole, "\n{\"update\":21,") + 1, resumed);
	free(whole);
	free(resumed);
}
END_TEST

/* Save a run with a validation below 0, and read it; NULL: it is refused. */
static struct run *
read_below_zero(const char *loss)
{
	char path[FOLDER_PATH_SIZE];
	struct error error;
	struct run *run =
		BEGIN("data.csv", {"validation", "0.2"}, {"loss", loss});

	train_epochs(run, 1, UINT64_MAX);
	run->state.validation.last = -1.5;
	run->state.validation.best = -1.75;
	run->state.validations.at[0].loss = -1.5;
	ck_assert(model_file_write(run_get_state(run), path_here(path, "m.st"),
		&error));
	run_destroy(run);
	run = model_file_open(suite_context(), path, &error);
	if (run == NULL)
		ck_assert_ptr_nonnull(
			strstr(error.text, "the tensor 'validation' is wrong"));
	return run;
}

/* Only the density of a point can exceed 1. */
START_TEST(a_negative_validation_is_that_of_a_density)
{
	struct run *run;

	write_contrary();
	run = read_below_zero("mixture");
	ck_assert_ptr_nonnull(run);
	ck_assert_double_eq(run_validation(run)->last, -1.5);
	ck_assert_double_eq(run_validation(run)->best, -1.75);
	ck_assert_double_eq(run_validations(run)->at[0].loss, -1.5);
	run_destroy(run);
	ck_assert_ptr_null(read_below_zero("mae"));
}
END_TEST

/* ---------------------------------------------------------------------- */
/* the screen */

START_TEST(the_screen_shows_the_validation_and_why_the_run_ended)
{
	char line[TEXT_SIZE];

	write_contrary();
	open_with(&(struct terminal_options){.rows = 40,
		.columns = 120,
		.command.arguments = WORDS("--task=points", "--data=data.csv",
			"--validation=0.2", "--seed=1", "--framing=sequence",
			"--units=4", "--learning-rate=0.01",
			"--updates=1000000000", "--patience=3", "m.st")});
	expect("finished: no better validation in 3 epochs; e trains on");
	expect("48/1,000,000,000");
	expect("best 1.60 at 12");
	expect("3 epochs without a better validation than at 12.");
	line_with("validation", "best", line);
	ck_assert_msg(strstr(line, " at 12") != NULL, "%s", line);
	press(" ");
	expect("no better validation for long enough; e trains on");
	press("e");
	expect("the run goes on without --patience");
	expect_gone("finished");
	expect("running");
	leave();
}
END_TEST

static Suite *
held_out_suite(void)
{
	Suite *suite = suite_create("held_out");
	TCase *loss = add_case(suite, "loss");
	TCase *training = add_case(suite, "training");
	TCase *program = add_case(suite, "program");
	TCase *screen = add_screen_case(suite, "screen");

	suite_add_loop(loss,
		the_loss_is_that_of_evaluate_on_the_held_out_sequences, 0,
		FRAMINGS * FRACTIONS);
	tcase_add_test(loss, the_error_of_the_shape_is_a_part_of_the_loss);
	suite_add_loop(loss,
		of_a_single_sequence_the_predictions_of_its_end_count, 0,
		FRAMINGS);
	suite_add_loop(training,
		training_never_reads_the_end_of_a_single_sequence, 0, FRAMINGS);
	tcase_add_test(training,
		training_never_reads_the_sequences_that_are_held_out);
	suite_add_loop(training, an_epoch_is_passes_of_ten_updates_or_more, 0,
		COUNT(epochs));
	tcase_add_test(program,
		patience_ends_the_run_after_so_many_worse_epochs);
	tcase_add_test(program, patience_ends_a_text_too);
	tcase_add_test(program,
		the_best_model_is_that_of_the_lowest_validation);
	suite_add_loop(program, a_fraction_without_an_effect_is_refused, 0,
		COUNT(refused));
	tcase_add_test(program, a_resumed_run_keeps_its_validation);
	tcase_add_test(program, an_older_file_of_points_holds_nothing_out);
	tcase_add_test(program, a_negative_validation_is_that_of_a_density);
	tcase_add_test(screen,
		the_screen_shows_the_validation_and_why_the_run_ended);
	return suite;
}

int
main(void)
{
	return suite_run(held_out_suite());
}
