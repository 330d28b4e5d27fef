/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the loss of a text's validation part: each character is predicted
 * once with every framing, batch and reset, and the loss is that of a state
 * carried through the whole text.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "here.h"
#include "session/model_file.h"
#include "run/text_loss.h"
#include "run/writer.h"
#include "suite.h"
#include "text_run.h"

#define MODEL "m.safetensors"

static struct text_loss
begin_loss(const struct run *run, size_t first)
{
	struct text_loss loss;
	struct error error;

	ck_assert_msg(text_loss_begin(&loss, &run->state.model,
			      &run->reader.text,
			      settings_framing(&run->state.settings), first,
			      run->state.settings.reset_at, &error),
		"%s", error.text);
	return loss;
}

/* Each character once */

enum { LETTERS = 3000 };

/*
 * Write a text of LETTERS different characters, each of which identifies its
 * position, in lines of 1 to 23; every fifth line is followed by an empty one.
 */
static void
write_letters(const char *name)
{
	static char text[LETTERS * 5];
	size_t length = 0, column = 0, lines = 0;

	for (uint32_t c = 0x4e00; c < 0x4e00 + LETTERS; c++) {
		length += utf8_put(c, text + length);
		if (++column <= lines * 7 % 23)
			continue;
		column = 0;
		text[length++] = '\n';
		if (++lines % 5 == 0)
			text[length++] = '\n';
	}
	text[length] = '\0';
	write_here(name, text);
}

/* Add the number of predictions of each token to times[tokens]. */
static void
count_predicted(struct text_loss *loss, unsigned *times)
{
	while (!text_loss_is_done(loss)) {
		const struct batch *batch = &loss->part.batch;

		text_loss_advance(loss);
		for (size_t i = batch->first_target * batch->samples;
			i < batch->steps * batch->samples; i++)
			if (batch->mask[i] != 0)
				times[batch->target_tokens[i]]++;
	}
}

/* Assert that each character from `from` on is predicted once. */
static void
expect_once(const struct run *run, size_t first, size_t from)
{
	const struct text *text = &run->reader.text;
	unsigned *times = memory_new(text->vocabulary.count, sizeof *times);
	struct text_loss loss = begin_loss(run, first);

	ck_assert_ptr_nonnull(times);
	count_predicted(&loss, times);
	ck_assert_uint_eq(text_loss_predicted(&loss), text->length - from);
	for (size_t i = from; i < text->length; i++)
		times[token_array_get(&text->token, i)]--;
	for (size_t i = 0; i < text->vocabulary.count; i++)
		ck_assert_uint_eq(times[i], 0);
	text_loss_end(&loss);
	free(times);
}

static const struct {
	const char *framing, *reset, *validation;
	size_t context; /* characters before the first predicted one */
} once[] = {
	{"sequence", "never", "0.1", 1},
	{"sequence", "never", "0.7", 1},
	{"sequence", "line", "0.1", 1},
	{"sequence", "line", "0.7", 1},
	{"sequence", "paragraph", "0.7", 1},
	{"one-to-one", "never", "0.1", 1},
	{"many-to-one", "never", "0.1", 7},
	{"one-to-many", "never", "0.1", 1},
};

START_TEST(each_character_is_predicted_once)
{
	const char *const options[][2] = {{"framing", once[_i].framing},
		{"reset-at", once[_i].reset}, {"window", "7"},
		{"validation", once[_i].validation}, {"units", "2"},
		{"batch", "3"}, {NULL, NULL}};
	char path[FOLDER_PATH_SIZE];
	struct run *run;
	size_t training;

	write_letters("letters.txt");
	run = text_run_begin(options, folder_join(path, folder, "letters.txt"));
	training = run->reader.text.training;
	ck_assert_uint_lt(training, run->reader.text.length);
	expect_once(run, training, training);
	expect_once(run, 0, once[_i].context);
	text_run_end(run);
}
END_TEST

/* One carried state */

/*
 * Return the loss from `first` on of a writer that reads the whole text alone.
 */
static double
loss_of_one_reader(const struct run *run, size_t first)
{
	const struct text *text = &run->reader.text;
	struct framing_config framing = settings_framing(&run->state.settings);
	size_t takes = framing_generated(framing), row = 0;
	struct writer writer;
	struct error error;
	double sum = 0;

	ck_assert(writer_create(&writer, run, 1, &error));
	for (size_t i = 0; i + 1 < text->length; i++) {
		/* one-to-many reads one token for each window of predictions */
		bool reads = takes == 1 ||
			(i + 1 >= first && (i + 1 - first) % takes == 0);

		if (reads)
			writer_read(&writer, token_array_get(&text->token, i));
		row = reads ? 0 : row + 1;
		if (framing.framing == &framing_many_to_one)
			row = writer.read - 1;
		if (i + 1 >= first)
			sum -= text_log_probability(writer.pass.predictions +
					row * writer.tokens,
				writer.tokens,
				token_array_get(&text->token, i + 1));
	}
	writer_destroy(&writer);
	return sum / (double)(text->length - first);
}

static double
loss_of_parts(const struct run *run, size_t first, size_t *streams)
{
	struct text_loss loss = begin_loss(run, first);
	double mean;

	*streams = loss.streams;
	while (!text_loss_is_done(&loss))
		text_loss_advance(&loss);
	mean = text_loss_mean(&loss);
	text_loss_end(&loss);
	return mean;
}

static const struct {
	const char *framing, *reset, *validation;
	size_t streams; /* least number of streams that share the part */
} carried[] = {
	{"sequence", "never", "0.1", 1},
	{"sequence", "never", "0.6", 2},
	{"sequence", "line", "0.6", 2},
	{"sequence", "paragraph", "0.6", 2},
	{"one-to-one", "never", "0.1", 0},
	{"many-to-one", "never", "0.1", 0},
	{"one-to-many", "never", "0.1", 0},
};

/* The tale of the examples, after some training. */
START_TEST(the_loss_equals_that_of_one_state_carried_through_the_text)
{
	const char *const options[][2] = {{"framing", carried[_i].framing},
		{"reset-at", carried[_i].reset}, {"units", "24"},
		{"validation", carried[_i].validation}, {"batch", "5"},
		{"learning-rate", "0.005"}, {"learning-rate-decay", "1"},
		{NULL, NULL}};
	char tale[FOLDER_PATH_SIZE];
	struct run *run;
	size_t first, streams;

	snprintf(tale, sizeof tale, "%s/examples/tale.txt",
		getenv("TOP_SRCDIR") != NULL ? getenv("TOP_SRCDIR") : ".");
	run = text_run_begin(options, tale);
	text_run_train(run, 150, UINT64_MAX);
	first = run->reader.text.training;
	ck_assert_double_eq_tol(loss_of_parts(run, first, &streams),
		loss_of_one_reader(run, first), 1e-4);
	ck_assert_uint_ge(streams, carried[_i].streams);
	text_run_end(run);
}
END_TEST

/* Set a value of a tensor, in plain layout. */
static void
set_value(const struct run *run, float *plain, const char *name, size_t at,
	float value)
{
	const struct tensor *tensor =
		parameters_find(&run->state.model.parameters, name);

	ck_assert_uint_lt(at, tensor->size);
	plain[tensor->offset + at] = value;
}

/*
 * Make a model of one unit whose sign keeps that of the first character after a
 * zero state: h feeds back into the cell more strongly than any input. It
 * predicts well for texts that begin with 'a'; a stream that begins at a 'b'
 * must not start from a zero state.
 */
static void
latch_first_character(struct run *run)
{
	enum { INPUT_GATE, FORGET_GATE, CELL, OUTPUT_GATE };
	float *plain = memory_floats(run->state.model.parameters.total);

	ck_assert_ptr_nonnull(plain);
	set_value(run, plain, "lstm.kernel", CELL, 1);
	set_value(run, plain, "lstm.kernel", 4 + CELL, -1);
	set_value(run, plain, "lstm.recurrent_kernel", CELL, 10);
	set_value(run, plain, "lstm.bias", INPUT_GATE, 20);
	set_value(run, plain, "lstm.bias", FORGET_GATE, 0);
	set_value(run, plain, "lstm.bias", OUTPUT_GATE, 20);
	set_value(run, plain, "dense.kernel", 0, 1);
	set_value(run, plain, "dense.kernel", 1, -1);
	model_set_values(&run->state.model, plain);
	free(plain);
}

START_TEST(streams_begin_with_a_warmed_up_state)
{
	static const char *const options[][2] = {{"units", "1"}, {"batch", "1"},
		{"validation", "0.8"}, {NULL, NULL}};
	char text[12001], path[FOLDER_PATH_SIZE];
	uint32_t state = 5;
	struct run *run;
	size_t first, streams;

	for (size_t i = 0; i < sizeof text - 1; i++) {
		state = state * 1664525u + 1013904223u;
		text[i] = i > 0 && state >> 30 == 0 ? 'b' : 'a';
	}
	text[sizeof text - 1] = '\0';
	write_here("ab.txt", text);
	run = text_run_begin(options, folder_join(path, folder, "ab.txt"));
	latch_first_character(run);
	first = run->reader.text.training;
	ck_assert_double_eq_tol(loss_of_parts(run, first, &streams),
		loss_of_one_reader(run, first), 1e-4);
	ck_assert_uint_gt(streams, 8);
	text_run_end(run);
}
END_TEST

/* Commands */

/* Write 2,300 bytes of names in lines; 230 bytes are for validation. */
static void
write_names(void)
{
	static const char *const names[] = {"Anna", "Berta", "Dora", "Emil",
		"Frida", "Gustav", "Hanna", "Otto"};
	char text[2301 + 8] = "";
	uint32_t state = 5;

	while (strlen(text) < 2300) {
		state = state * 1664525u + 1013904223u;
		strcat(text, names[state >> 29]);
		strcat(text, "\n");
	}
	text[2300] = '\0';
	write_here("names.txt", text);
}

static const struct {
	const char *reset, *batch;
} evaluated[] = {
	{"never", "50"},
	{"never", "1"},
	{"line", "50"},
	{"line", "7"},
};

START_TEST(evaluate_counts_the_whole_validation_part)
{
	json_t *object;
	double loss;
	char *text;

	write_names();
	MUST("train", "--quiet", "--seed", "1", "--task", "text", "--data",
		"names.txt", "--reset-at", evaluated[_i].reset, "--batch",
		evaluated[_i].batch, "--units", "8", "--updates", "20", MODEL);
	object = OBJECT_OF("evaluate", "--json", MODEL);
	ck_assert_int_eq(get_integer(object, "count"), 230);
	loss = get_number(object, "loss");
	json_decref(object);
	text = OUTPUT_OF("evaluate", MODEL);
	ck_assert_double_eq_tol(strtod(text + strlen("loss"), NULL), loss,
		1e-5);
	ck_assert_ptr_nonnull(
		strstr(text, "over the 230 characters held out from training"));
	free(text);
	/* a text that nothing precedes */
	object = OBJECT_OF("evaluate", "--json", "--data", "names.txt", MODEL);
	ck_assert_int_eq(get_integer(object, "count"), 2299);
	json_decref(object);
	text = OUTPUT_OF("evaluate", "--data", "names.txt", MODEL);
	ck_assert_ptr_nonnull(
		strstr(text, "over 2,299 characters: all but the first)"));
	free(text);
}
END_TEST

START_TEST(evaluate_says_which_characters_a_window_leaves_out)
{
	char *text;

	write_names();
	MUST("train", "--quiet", "--seed", "1", "--task", "text", "--data",
		"names.txt", "--framing", "many-to-one", "--window", "5",
		"--units", "4", "--updates", "3", MODEL);
	text = OUTPUT_OF("evaluate", MODEL);
	ck_assert_ptr_nonnull(
		strstr(text, "over the 230 characters held out from training"));
	free(text);
	text = OUTPUT_OF("evaluate", "--data", "names.txt", MODEL);
	ck_assert_ptr_nonnull(
		strstr(text, "over 2,295 characters: all but the first 5)"));
	free(text);
}
END_TEST

/* The model's loss is `score`, the largest possible. */
START_TEST(a_perplexity_of_any_size_is_printed)
{
	static const struct {
		float score;
		const char *perplexity, *bits;
		bool is_number;
	} sizes[] = {
		{66, "4.60719e+28", "95.2179", true},
		{1000, "1.97007e+434", "1442.6950", false},
	};
	static const char *const options[][2] = {{"units", "1"},
		{"validation", "0"}, {NULL, NULL}};
	char path[FOLDER_PATH_SIZE], line[80], *text;
	struct error error;
	struct run *run;
	float *plain;
	json_t *object;

	/* all characters except the first are b, and the model predicts a */
	write_here("b.txt", "abbbbbbbbbbb");
	run = text_run_begin(options, folder_join(path, folder, "b.txt"));
	plain = memory_floats(run->state.model.parameters.total);
	ck_assert_ptr_nonnull(plain);
	set_value(run, plain, "dense.bias", 0, sizes[_i].score);
	model_set_values(&run->state.model, plain);
	free(plain);
	ck_assert(model_file_write(&run->state,
		folder_join(path, folder, MODEL), &error));
	text_run_end(run);
	text = OUTPUT_OF("evaluate", MODEL);
	snprintf(line, sizeof line, "%-20s %s\n", "perplexity",
		sizes[_i].perplexity);
	ck_assert_msg(strstr(text, line) != NULL, "%s", text);
	snprintf(line, sizeof line, "%-20s %s\n", "bits_per_character",
		sizes[_i].bits);
	ck_assert_msg(strstr(text, line) != NULL, "%s", text);
	free(text);
	object = OBJECT_OF("evaluate", "--json", MODEL);
	ck_assert(json_is_number(json_object_get(object, "perplexity")) ==
		sizes[_i].is_number);
	ck_assert(json_is_null(json_object_get(object, "perplexity")) !=
		sizes[_i].is_number);
	json_decref(object);
}
END_TEST

/* The lowest validation loss and its epoch are kept. */
START_TEST(the_best_epoch_has_the_lowest_loss)
{
	static const char *const options[][2] = {{"units", "12"},
		{"batch", "4"}, {"sequence-length", "10"},
		{"validation", "0.3"}, {"learning-rate", "0.05"}, {NULL, NULL}};
	char path[FOLDER_PATH_SIZE];
	double best = INFINITY;
	uint64_t seen = 0, best_epoch = 0, update = 0;
	struct run *run;

	write_here("t.txt",
		"the cat sat on the mat, the dog lay on the rug, the bird "
		"stood on the wall, the mouse ran up the clock; what they saw "
		"from there nobody knows but those who asked them kindly\n");
	run = text_run_begin(options, folder_join(path, folder, "t.txt"));
	while (seen < 40) {
		const struct validation *validation;

		text_run_train(run, ++update, UINT64_MAX);
		validation = run_validation(run);
		if (validation->epochs == seen)
			continue;
		seen = validation->epochs;
		if (validation->last < best) {
			best = validation->last;
			best_epoch = seen;
		}
		ck_assert_double_eq(validation->best, best);
		ck_assert_uint_eq(validation->best_epoch, best_epoch);
	}
	/* later the model overfits */
	ck_assert_uint_gt(best_epoch, 0);
	ck_assert_uint_lt(best_epoch, 40);
	text_run_end(run);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("validation");
	TCase *loss = add_case(suite, "loss");
	TCase *evaluate = add_case(suite, "evaluate");

	suite_add_loop(loss, each_character_is_predicted_once, 0, COUNT(once));
	suite_add_loop(loss,
		the_loss_equals_that_of_one_state_carried_through_the_text, 0,
		COUNT(carried));
	tcase_add_test(loss, streams_begin_with_a_warmed_up_state);
	tcase_add_test(loss, the_best_epoch_has_the_lowest_loss);
	suite_add_loop(evaluate, evaluate_counts_the_whole_validation_part, 0,
		COUNT(evaluated));
	suite_add_loop(evaluate, a_perplexity_of_any_size_is_printed, 0, 2);
	tcase_add_test(evaluate,
		evaluate_says_which_characters_a_window_leaves_out);
	return suite_run(suite);
}
