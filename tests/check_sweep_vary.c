/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of `lstmtui sweep --vary`: each combination is the run that `train`
 * makes of it, its statistics are those of these runs, and combinations without
 * sense are refused.
 */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "here.h"
#include "suite.h"
#include "terminal.h"

enum { TEXT_SIZE = 512 };

static json_t *
results_in(const char *directory)
{
	char name[TEXT_SIZE], *text;
	json_t *object;

	snprintf(name, sizeof name, "%s/results.json", directory);
	text = read_here(name, NULL);
	object = parse_object(text);
	free(text);
	return object;
}

static void
expect_same_file(const char *a, const char *b)
{
	size_t a_length, b_length;
	char *a_bytes = read_here(a, &a_length);
	char *b_bytes = read_here(b, &b_length);

	ck_assert_msg(a_length == b_length &&
			memcmp(a_bytes, b_bytes, a_length) == 0,
		"%s differs from %s", a, b);
	free(a_bytes);
	free(b_bytes);
}

static const json_t *
item(const json_t *results, const char *array, size_t index)
{
	return json_array_get(json_object_get(results, array), index);
}

/* ---------------------------------------------------------------------- */
/* values */

#define VARIED                                                         \
	"sweep", "--vary", "framing=sequence,one-to-one", "--vary",    \
		"cell=rnn,gru", "--vary", "units=4,2", "--seeds", "3", \
		"--updates", "40", "--count", "50", "--output"

/* In the order of the table, whatever the order on the command line. */
static const char *const framings[] = {"one-to-one", "sequence"};
static const char *const cells[] = {"gru", "rnn"};

enum { COMBINATIONS = 8, SEEDS = 3 };

/* Density of Student's t distribution. */
static double
density(double t, double freedom)
{
	return exp(lgamma((freedom + 1) / 2) - lgamma(freedom / 2)) /
		sqrt(freedom * M_PI) *
		pow(1 + t * t / freedom, -(freedom + 1) / 2);
}

/* 1 minus the integral from -t to t, by Simpson's rule. */
static double
probability(double t, double freedom)
{
	const int steps = 20000;
	double sum = 0, step = fabs(t) / steps;

	for (int i = 0; i <= steps; i++)
		sum += density(i * step, freedom) *
			(i == 0 || i == steps        ? 1
					: i % 2 == 1 ? 4
						     : 2);
	return 1 - 2 * sum * step / 3;
}

/* Mean and square of the standard error of the runs of a combination. */
static void
summarize(const json_t *results, size_t index, double *mean, double *square)
{
	*mean = *square = 0;
	for (size_t s = 0; s < SEEDS; s++)
		*mean += get_number(item(results, "runs", index * SEEDS + s),
				 "loss") /
			SEEDS;
	for (size_t s = 0; s < SEEDS; s++)
		*square +=
			pow(get_number(item(results, "runs", index * SEEDS + s),
				    "loss") -
					*mean,
				2) /
			(SEEDS - 1) / SEEDS;
}

/* Check the comparison of a combination with the best. */
static void
expect_test(const json_t *results, size_t index, size_t best)
{
	const json_t *size = item(results, "sizes", index);
	double mean, square, best_mean, best_square, t, freedom;

	ck_assert(
		json_is_true(json_object_get(size, "best")) == (index == best));
	summarize(results, index, &mean, &square);
	ck_assert_double_eq_tol(get_number(size, "mean"), mean, 1e-8);
	ck_assert_double_eq_tol(get_number(size, "spread"),
		sqrt(square * SEEDS), 1e-8);
	if (index == best) {
		ck_assert(json_is_null(json_object_get(size, "p")));
		return;
	}
	summarize(results, best, &best_mean, &best_square);
	ck_assert_double_ge(mean, best_mean);
	t = (mean - best_mean) / sqrt(square + best_square);
	freedom = pow(square + best_square, 2) /
		((pow(square, 2) + pow(best_square, 2)) / (SEEDS - 1));
	/* the losses in the file have 9 digits */
	ck_assert_double_eq_tol(get_number(size, "t"), t, 1e-4 * t + 1e-6);
	ck_assert_double_eq_tol(get_number(size, "degrees_of_freedom"), freedom,
		1e-3);
	ck_assert_double_eq_tol(get_number(size, "p"), probability(t, freedom),
		1e-4);
}

static size_t
best_of(const json_t *results)
{
	size_t best = 0;

	for (size_t i = 1; i < COMBINATIONS; i++)
		if (get_number(item(results, "sizes", i), "mean") <
			get_number(item(results, "sizes", best), "mean"))
			best = i;
	return best;
}

/* Train the run of a row singly, and compare the models and the losses. */
static void
expect_single(const json_t *run, size_t index)
{
	const char *framing = framings[index / (4 * SEEDS)];
	const char *cell = cells[index / (2 * SEEDS) % 2];
	const char *units = index / SEEDS % 2 == 0 ? "2" : "4";
	char seed[8], name[TEXT_SIZE];
	const json_t *values = json_object_get(run, "settings");
	json_t *evaluation;

	snprintf(seed, sizeof seed, "%zu", index % SEEDS + 1);
	snprintf(name, sizeof name,
		"d/framing-%s_cell-%s_units-%s-seed-%s.safetensors", framing,
		cell, units, seed);
	ck_assert_str_eq(get_string(run, "model"), name + 2);
	ck_assert_str_eq(get_string(values, "framing"), framing);
	ck_assert_str_eq(get_string(values, "cell"), cell);
	ck_assert(get_number(run, "units") == atoi(units));
	MUST("train", "--quiet", "--force", "--framing", framing, "--cell",
		cell, "--units", units, "--seed", seed, "--updates", "40",
		"single.st");
	expect_same_file(name, "single.st");
	evaluation =
		OBJECT_OF("evaluate", "--json", "--count", "50", "single.st");
	ck_assert(get_number(run, "loss") == get_number(evaluation, "loss"));
	json_decref(evaluation);
}

START_TEST(each_run_is_that_of_train)
{
	char *table, *collected, *csv, line[TEXT_SIZE];
	json_t *results;

	table = OUTPUT_OF(VARIED, "d", "--quiet");
	results = results_in("d");
	ck_assert_uint_eq(json_array_size(json_object_get(results, "runs")),
		COMBINATIONS * SEEDS);
	for (size_t i = 0; i < COMBINATIONS * SEEDS; i++)
		expect_single(item(results, "runs", i), i);
	for (size_t i = 0; i < COMBINATIONS; i++)
		expect_test(results, i, best_of(results));
	ck_assert(json_is_null(json_object_get(results, "framing")));
	ck_assert_str_eq(get_string(results, "task"), "rectangle");
	ck_assert_str_eq(get_string(results, "measure"),
		"mae over 50 rectangles");
	csv = read_here("d/results.csv", NULL);
	ck_assert_ptr_eq(strstr(csv,
				 "units,seed,parameters,updates,loss,"
				 "rectangle_error,seconds,size,degenerate,"
				 "framing,cell\n"),
		csv);
	snprintf(line, sizeof line, "\n4,2,%g,40,%.9g,",
		get_number(item(results, "runs", 10), "parameters"),
		get_number(item(results, "runs", 10), "loss"));
	ck_assert_ptr_nonnull(strstr(csv, line));
	ck_assert_uint_eq(count_lines(csv), COMBINATIONS * SEEDS + 1);
	ck_assert_ptr_nonnull(strstr(csv, ",sequence,rnn\n"));
	/* the same without the plan, from the names of the models */
	collected = OUTPUT_OF("sweep", "--collect", "d", "--quiet", "--count",
		"50");
	ck_assert_str_eq(table, collected);
	ck_assert_ptr_nonnull(strstr(table, "  best\n"));
	free(collected);
	free(table);
	free(csv);
	json_decref(results);
}
END_TEST

/* The table shows the numbers of the file. */
START_TEST(the_table_shows_the_test)
{
	char *table = OUTPUT_OF(VARIED, "d", "--quiet"), line[TEXT_SIZE];
	json_t *results = results_in("d");

	for (size_t i = 0; i < COMBINATIONS; i++) {
		const json_t *size = item(results, "sizes", i);
		char p[16];

		if (i == best_of(results))
			continue;
		snprintf(p, sizeof p, "%.4f", get_number(size, "p"));
		snprintf(line, sizeof line, "  %8.2f  %7s\n",
			get_number(size, "t"),
			get_number(size, "p") < 0.0001 ? "<0.0001" : p);
		ck_assert_msg(strstr(table, line) != NULL, "%s not in %s", line,
			table);
	}
	json_decref(results);
	free(table);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* what is compared */

/* Losses of different functions are not compared with each other. */
START_TEST(each_measure_has_its_own_best)
{
	json_t *results;
	const json_t *size;

	MUST("sweep", "--quiet", "--vary", "loss=mse,mae", "--vary",
		"units=2;3,2", "--seeds", "2", "--updates", "20", "--count",
		"20", "--output", "d");
	results = results_in("d");
	ck_assert_uint_eq(json_array_size(json_object_get(results, "sizes")),
		4);
	for (size_t first = 0; first < 4; first += 2) {
		bool is_first_best = json_is_true(
			json_object_get(item(results, "sizes", first), "best"));

		size = item(results, "sizes", first + (is_first_best ? 1 : 0));
		ck_assert(get_number(size, "t") > 0);
		size = item(results, "sizes", first + (is_first_best ? 0 : 1));
		ck_assert(json_is_true(json_object_get(size, "best")));
	}
	ck_assert(json_is_null(json_object_get(results, "loss_name")));
	ck_assert_str_eq(get_string(results, "measure"),
		"loss over 20 rectangles");
	/* several layers: an array, and a quoted field */
	size = json_object_get(item(results, "sizes", 1), "units");
	ck_assert_int_eq(json_integer_value(json_array_get(size, 0)), 3);
	ck_assert_int_eq(json_integer_value(json_array_get(size, 1)), 2);
	json_decref(results);
	ck_assert(exists_here("d/loss-mae_units-3,2-seed-2.safetensors"));
	char *csv = read_here("d/results.csv", NULL);
	ck_assert_ptr_nonnull(strstr(csv, "\n\"3,2\",1,"));
	ck_assert_ptr_nonnull(strstr(csv, ",no,mse\n"));
	free(csv);
}
END_TEST

static void
write_texts(void)
{
	char text[4096] = "";

	while (strlen(text) < 1000)
		strcat(text, "the cat sat on the mat, and the rat sat too\n");
	write_here("a.txt", text);
	strcat(text, "a dog ran\n");
	write_here("b.txt", text);
}

/* The loss of a text is that of its validation part, as evaluate gives it. */
START_TEST(texts_are_compared_by_their_validation)
{
	json_t *results;
	char *csv, *table;

	write_texts();
	table = OUTPUT_OF("sweep", "--data", "a.txt", "--batch", "2", "--units",
		"4", "--vary", "cell=gru,rnn", "--vary",
		"tokens=characters,bytes", "--seeds", "2", "--updates", "8",
		"--output", "d");
	ck_assert_ptr_nonnull(strstr(table,
		"text, sequence, crossentropy over the validation part of the "
		"text after 8 updates\n"));
	results = results_in("d");
	for (size_t i = 0; i < 8; i++) {
		const json_t *run = item(results, "runs", i);
		char name[TEXT_SIZE];
		json_t *evaluation;

		snprintf(name, sizeof name, "d/%s", get_string(run, "model"));
		evaluation = OBJECT_OF("evaluate", "--json", name);
		ck_assert(get_number(run, "loss") ==
			get_number(evaluation, "loss"));
		ck_assert(get_number(run, "bits_per_character") ==
			get_number(evaluation, "bits_per_character"));
		ck_assert_int_lt(get_integer(evaluation, "count"), 120);
		json_decref(evaluation);
	}
	json_decref(results);
	ck_assert(!exists_here("d/shapes.svg"));
	csv = read_here("d/results.csv", NULL);
	ck_assert_ptr_eq(strstr(csv,
				 "units,seed,parameters,updates,loss,seconds,"
				 "cell,tokens,bits_per_character\n4,1,"),
		csv);
	free(csv);
	free(table);
	MUST("sweep", "--collect", "d");
}
END_TEST

/* Several files, of which the names stand in those of the models. */
START_TEST(data_are_varied)
{
	json_t *results;
	char *first, *again;

	write_texts();
	write_here("p q.csv", "1,2\n2,3\n3,4\n4,5\n");
	first = OUTPUT_OF("sweep", "--quiet", "--vary",
		"data=p q.csv,b.txt,a.txt", "--framing", "sequence", "--units",
		"3", "--seeds", "2", "--updates", "6", "--count", "9",
		"--output", "d");
	ck_assert(exists_here("d/data-a.txt_units-3-seed-1.safetensors"));
	ck_assert(exists_here("d/data-p~20q.csv_units-3-seed-2.safetensors"));
	results = results_in("d");
	ck_assert_str_eq(get_string(json_object_get(item(results, "runs", 2),
					    "settings"),
				 "data"),
		"b.txt");
	ck_assert(json_is_null(json_object_get(results, "task")));
	/* nothing is compared: each measures something else */
	for (size_t i = 0; i < 3; i++) {
		const json_t *size = item(results, "sizes", i);

		ck_assert(json_is_false(json_object_get(size, "best")));
		ck_assert(json_is_null(json_object_get(size, "p")));
	}
	json_decref(results);
	again = OUTPUT_OF("sweep", "--quiet", "--collect", "d", "--count", "9");
	ck_assert_str_eq(first, again);
	free(first);
	free(again);
}
END_TEST

/* Above each shape on the terminal stands which combination draws it. */
START_TEST(shapes_have_whole_titles)
{
	struct terminal terminal;

	terminal_open(&terminal,
		&(struct terminal_options){
			.command = {.folder = folder,
				.arguments = WORDS("sweep", "--ascii", "--vary",
					"framing=one-to-one,sequence", "--vary",
					"cell=gru,lstm", "--units", "2",
					"--seeds", "1", "--updates", "20",
					"--output", "d")},
		});
	ck_assert(terminal_wait_for_end(&terminal, COMMAND_LIMIT_MS));
	expect_status(&terminal.outcome, 0);
	/* two in a row of 80 columns */
	ck_assert(terminal_shows(&terminal,
		"one-to-one, lstm, 2 units one-to-one, gru, 2 units"));
	ck_assert(terminal_shows(&terminal,
		"sequence, lstm, 2 units   sequence, gru, 2 units"));
	terminal_close(&terminal);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* plans */

/* A setting is given to those combinations on which it has an effect. */
START_TEST(a_setting_without_effect_is_left_out)
{
	char *plan = OUTPUT_OF("sweep", "--plan", "--vary",
		"optimizer=sgd,adam", "--momentum", "0.5", "--units", "2",
		"--seeds", "1", "--output", "d");

	ck_assert_uint_eq(count_lines(plan), 2);
	ck_assert_ptr_nonnull(strstr(plan, "--optimizer sgd --momentum 0.5 "));
	ck_assert_ptr_nonnull(strstr(plan, "--optimizer adam --updates "));
	free(plan);
}
END_TEST

/* Make a plan of five runs in chunks of two. */
static void
write_plan(void)
{
	char *plan = OUTPUT_OF("sweep", "--plan", "--chunk", "2", "--vary",
		"shuffle=yes,no", "--vary", "units=2", "--task", "points",
		"--data", "p.csv", "--seeds", "2", "--seed", "7", "--updates",
		"20", "--output", "d");

	ck_assert_uint_eq(count_lines(plan), 2);
	write_here("plan", plan);
	free(plan);
}

static void
run_plan(struct outcome *outcome)
{
	command_run(&(struct command){.program = "sh",
			    .folder = folder,
			    .arguments = WORDS("plan")},
		outcome);
}

START_TEST(a_chunk_trains_several_runs)
{
	struct outcome outcome;
	char *swept, *collected;

	write_here("p.csv", "1,2\n2,3\n\n3,4\n4,5\n\n5,6\n6,7\n");
	write_plan();
	/* a run that fails does not stop those after it */
	write_here("d/shuffle-no_units-2-seed-7.safetensors", "no model");
	run_plan(&outcome);
	expect_status(&outcome, 0);
	ck_assert_ptr_nonnull(strstr(outcome.errors, "seed-7"));
	outcome_release(&outcome);
	ck_assert(exists_here("d/shuffle-no_units-2-seed-8.safetensors"));
	ck_assert(exists_here("d/shuffle-yes_units-2-seed-8.safetensors"));
	command_run(&(struct command){.program = "sh",
			    .folder = folder,
			    .arguments = WORDS("-c", "head -1 plan | sh")},
		&outcome);
	expect_status(&outcome, 1);
	outcome_release(&outcome);
	remove_here("d/shuffle-no_units-2-seed-7.safetensors");
	run_plan(&outcome);
	expect_status(&outcome, 0);
	ck_assert_str_eq(outcome.errors, "");
	outcome_release(&outcome);
	collected = OUTPUT_OF("sweep", "--quiet", "--collect", "d");
	swept = OUTPUT_OF("sweep", "--quiet", "--vary", "shuffle=yes,no",
		"--vary", "units=2", "--task", "points", "--data", "p.csv",
		"--seeds", "2", "--seed", "7", "--updates", "20", "--output",
		"e");
	ck_assert_str_eq(swept, collected);
	ck_assert_ptr_nonnull(strstr(swept, "\nno           2  "));
	free(swept);
	free(collected);
}
END_TEST

/* After a signal the rest of a chunk is not begun. */
START_TEST(a_signal_ends_a_chunk)
{
	struct outcome outcome;
	char *plan, *first;

	plan = OUTPUT_OF("sweep", "--plan", "--chunk", "2", "--units", "2",
		"--seeds", "2", "--updates", "20", "--output", "d");
	/* a program that a signal has stopped, in place of the first run */
	first = strstr(plan, "|| ");
	ck_assert_ptr_nonnull(first);
	write_here("plan", "");
	{
		char line[4096];

		snprintf(line, sizeof line, "%.*s|| sh -c 'exit 143'%s",
			(int)(first - plan), plan, strstr(first + 3, " ||"));
		write_here("plan", line);
	}
	run_plan(&outcome);
	expect_status(&outcome, 143);
	outcome_release(&outcome);
	ck_assert(!exists_here("d/units-2-seed-2.safetensors"));
	free(plan);
}
END_TEST

/* What is finished is not trained again; the rest of a killed sweep is. */
START_TEST(a_sweep_continues)
{
	char *plan = OUTPUT_OF("sweep", "--plan", "--vary", "cell=gru,rnn",
		"--units", "3", "--seeds", "1", "--updates", "30", "--output",
		"d");
	struct outcome outcome;
	struct stat before, after;
	char *swept;

	*(strchr(plan, '\n') + 1) = '\0';
	write_here("plan", plan);
	free(plan);
	run_plan(&outcome);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
	before = status_here("d/cell-gru_units-3-seed-1.safetensors");
	swept = OUTPUT_OF("sweep", "--vary", "cell=gru,rnn", "--units", "3",
		"--seeds", "1", "--updates", "30", "--output", "d");
	after = status_here("d/cell-gru_units-3-seed-1.safetensors");
	ck_assert_uint_eq(before.st_ino, after.st_ino);
	ck_assert_ptr_nonnull(strstr(swept, "rnn, 3 units, seed 1: "));
	ck_assert_ptr_null(strstr(swept, "gru, 3 units, seed 1: "));
	free(swept);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* errors */

static const struct {
	const char *const *arguments;
	const char *named;
} wrong[] = {
	{WORDS("--vary", "task=rectangle,star", "--vary", "loss=mae,rectangle"),
		"task=star loss=rectangle: --loss rectangle is not for"},
	{WORDS("--vary", "framing=one-to-one,many-to-one", "--vary",
		 "window=2,3"),
		"framing=one-to-one window=2: --window: has no effect"},
	{WORDS("--vary", "optimizer=adam,rmsprop", "--momentum", "0.5"),
		"--momentum: has no effect"},
	{WORDS("--vary", "cell=gru,lstm", "--vary", "cell=rnn"),
		"--vary cell: the setting is varied twice"},
	{WORDS("--vary", "units=5", "--units", "3"),
		"--units: the setting is varied twice"},
	{WORDS("--vary", "cell=gru,lstm", "--cell", "rnn"),
		"--cell contradicts --vary cell"},
	{WORDS("--task", "text", "--data", "a.txt", "--vary",
		 "tokens=words,characters", "--bytes"),
		"--bytes contradicts --vary tokens"},
	{WORDS("--vary", "cell=gru,gru"), "--vary cell: gru is listed twice"},
	{WORDS("--vary", "learning-rate=0.1,1e-1"), "0.1 is listed twice"},
	{WORDS("--vary", "cell=gru,lstn"), "did you mean 'lstm'"},
	{WORDS("--vary", "units=5,"), "--vary units: '' is not a number"},
	{WORDS("--vary", "cell"), "'cell' is not NAME=VALUE"},
	{WORDS("--vary", "cel=gru"), "did you mean 'cell'"},
	{WORDS("--vary", "jobs=2"), "'jobs' is not a setting"},
	{WORDS("--vary", "seed=1,2"), "use --seeds"},
	{WORDS("--vary", "bytes=yes,no"), "--vary bytes"},
	{WORDS("--vary", "shuffle=on"), "neither yes nor no"},
	{WORDS("--vary", "updates=10,0"), "updates=0: --updates 0"},
	{WORDS("--vary", "data=x/a.txt,y/a.txt"), "two files have this name"},
	{WORDS("--vary", "data=-"), "--data -"},
	{WORDS("--vary", "batch=1,2,3,4,5,6,7,8,9,10", "--seeds", "2000"),
		"at most 10000 runs"},
	{WORDS("--chunk", "2"), "--chunk: has no effect without --plan"},
};

START_TEST(a_wrong_combination_is_refused_before_any_run)
{
	const char *words[16] = {"sweep", "--output", "d"};
	struct outcome outcome;

	for (int i = 0; wrong[_i].arguments[i] != NULL; i++)
		words[3 + i] = wrong[_i].arguments[i];
	write_here("a.txt", "to be or not to be\n");
	command_run(&(struct command){.folder = folder, .arguments = words},
		&outcome);
	expect_usage_error(&outcome, wrong[_i].named);
	outcome_release(&outcome);
	ck_assert(!exists_here("d"));
}
END_TEST

/* Data that one combination cannot learn are refused before any run, too. */
START_TEST(data_without_sense_are_refused_before_any_run)
{
	struct outcome outcome;

	write_here("p.csv", "1,2\n2,3\n3,4\n\n3,4\n4,5\n5,6\n");
	RUN(&outcome, "sweep", "--task", "points", "--data", "p.csv",
		"--framing", "many-to-one", "--vary", "window=2,9", "--units",
		"2", "--output", "d");
	expect_failure(&outcome, "window=9 units=2: ");
	outcome_release(&outcome);
	ck_assert(!exists_here("d"));
}
END_TEST

START_TEST(models_of_two_sweeps_are_not_collected)
{
	struct outcome outcome;

	MUST("sweep", "--quiet", "--units", "2", "--seeds", "1", "--updates",
		"5", "--output", "d");
	MUST("train", "--quiet", "--cell", "gru", "--units", "2", "--seed", "1",
		"--updates", "5", "d/cell-gru_units-2-seed-1.safetensors");
	RUN(&outcome, "sweep", "--collect", "d");
	expect_failure(&outcome, "different sweeps");
	outcome_release(&outcome);
	remove_here("d/units-2-seed-1.safetensors");
	MUST("sweep", "--collect", "d");
	/* a model of another cell than its name says, and of another loss */
	MUST("train", "--quiet", "--cell", "lstm", "--units", "2", "--seed",
		"1", "--updates", "5", "d/cell-rnn_units-2-seed-1.safetensors");
	RUN(&outcome, "sweep", "--collect", "d");
	expect_failure(&outcome, "its cell is 'lstm' instead of 'rnn'");
	outcome_release(&outcome);
	MUST("train", "--quiet", "--force", "--cell", "rnn", "--units", "2",
		"--seed", "1", "--loss", "mse", "--updates", "5",
		"d/cell-rnn_units-2-seed-1.safetensors");
	RUN(&outcome, "sweep", "--collect", "d");
	expect_failure(&outcome, "not part of this sweep: its loss is");
	outcome_release(&outcome);
	/* names that a sweep does not give are other files */
	MUST("train", "--quiet", "--force", "--cell", "rnn", "--units", "2",
		"--seed", "1", "--updates", "5",
		"d/cell-rnn_units-2-seed-1.safetensors");
	write_here("d/cell-rnn_units-02-seed-1.safetensors", "no");
	write_here("d/cell-rnn_units-2-seed-01.safetensors", "no");
	write_here("d/cell-~72nn_units-2-seed-1.safetensors", "no");
	write_here("d/cell-rnn_-seed-1.safetensors", "no");
	write_here("d/none-2-seed-1.safetensors", "no");
	MUST("sweep", "--collect", "d");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("sweep_vary");
	TCase *group = add_case(suite, "values");

	tcase_add_test(group, each_run_is_that_of_train);
	tcase_add_test(group, the_table_shows_the_test);
	group = add_case(suite, "measures");
	tcase_add_test(group, each_measure_has_its_own_best);
	tcase_add_test(group, texts_are_compared_by_their_validation);
	tcase_add_test(group, data_are_varied);
	tcase_add_test(group, shapes_have_whole_titles);
	group = add_case(suite, "plans");
	tcase_add_test(group, a_setting_without_effect_is_left_out);
	tcase_add_test(group, a_chunk_trains_several_runs);
	tcase_add_test(group, a_signal_ends_a_chunk);
	tcase_add_test(group, a_sweep_continues);
	group = add_case(suite, "errors");
	suite_add_loop(group, a_wrong_combination_is_refused_before_any_run, 0,
		COUNT(wrong));
	tcase_add_test(group, data_without_sense_are_refused_before_any_run);
	tcase_add_test(group, models_of_two_sweeps_are_not_collected);
	return suite_run(suite);
}
