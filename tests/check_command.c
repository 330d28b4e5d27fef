/*
 * The commands, run as programs without a terminal and held against what the
 * manual promises: output, files, exit statuses.
 */
#include <check.h>
#include <jansson.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "comma_locale.h"
#include "command.h"
#include "folder.h"
#include "suite.h"
#include "tensors.h"
#include "terminal.h"

enum { LIMIT_MS = 20000, LOSSES_MOST = 1000, TEXT_SIZE = 256 };

/* Where a test's program runs and its files stand. */
static char folder[FOLDER_PATH_SIZE];

static void
make_folder(void)
{
	folder_new(folder);
}

#define RUN(outcome, ...) \
	command_run(&(struct command){.folder = folder, \
		.arguments = WORDS(__VA_ARGS__)}, outcome)

/* Run a command that has to succeed and of which only that matters. */
static void
must_run(const char *const *arguments)
{
	struct outcome outcome;

	command_run(&(struct command){.folder = folder,
		.arguments = arguments}, &outcome);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
}

#define MUST(...) must_run(WORDS(__VA_ARGS__))

static char *
read_here(const char *name, size_t *length)
{
	char path[FOLDER_PATH_SIZE];

	return file_read(folder_join(path, folder, name), length);
}

static void
write_here(const char *name, const char *text)
{
	char path[FOLDER_PATH_SIZE];

	file_write_text(folder_join(path, folder, name), text);
}

static bool
exists_here(const char *name)
{
	char path[FOLDER_PATH_SIZE];

	return file_exists(folder_join(path, folder, name));
}

static void
read_tensors_here(struct tensors *tensors, const char *name)
{
	char path[FOLDER_PATH_SIZE];

	tensors_read(tensors, folder_join(path, folder, name));
}

/* The object that a command printed; the caller releases it. */
static json_t *
parse_object(const char *text)
{
	json_error_t error;
	json_t *object = json_loads(text, JSON_REJECT_DUPLICATES, &error);

	ck_assert_msg(json_is_object(object), "no object: %s: %s", error.text,
		text);
	return object;
}

static json_t *
run_for_object(const char *const *arguments)
{
	struct outcome outcome;
	json_t *object;

	command_run(&(struct command){.folder = folder,
		.arguments = arguments}, &outcome);
	expect_status(&outcome, 0);
	ck_assert_str_eq(outcome.errors, "");
	object = parse_object(outcome.output);
	outcome_release(&outcome);
	return object;
}

static json_t *
info(const char *model)
{
	return run_for_object(WORDS("info", "--json", model));
}

static long
get_integer(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	ck_assert_msg(json_is_integer(value), "no count '%s'", key);
	return (long)json_integer_value(value);
}

static double
get_number(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	ck_assert_msg(json_is_number(value), "no number '%s'", key);
	return json_number_value(value);
}

static const char *
get_string(const json_t *object, const char *key)
{
	const char *value = json_string_value(json_object_get(object, key));

	ck_assert_msg(value != NULL, "no string '%s'", key);
	return value;
}

static long
updates_of(const char *model)
{
	json_t *object = info(model);
	long updates = get_integer(object, "updates");

	json_decref(object);
	return updates;
}

/* What a log holds, line by line. */
struct log {
	size_t count;
	long update[LOSSES_MOST];
	double loss[LOSSES_MOST];
};

/* How many digits of a number are significant. */
static size_t
significant_digits(const char *number)
{
	size_t digits = 0, zeros = 0;

	number += strspn(number, "-0.");
	for (; strchr(",}eE ", *number) == NULL; number++) {
		if (*number < '0' || *number > '9')
			continue;
		zeros = *number == '0' ? zeros + 1 : 0;
		digits++;
	}
	return digits - zeros;
}

static void
parse_log(const char *text, struct log *log)
{
	log->count = 0;
	while (*text != '\0') {
		size_t length = strcspn(text, "\n");
		char *line = strndup(text, length);
		const char *loss = strstr(line, "\"loss\":");
		json_t *object = parse_object(line);

		ck_assert_uint_lt(log->count, LOSSES_MOST);
		log->update[log->count] = get_integer(object, "update");
		log->loss[log->count++] = get_number(object, "loss");
		ck_assert_ptr_nonnull(loss);
		ck_assert_msg(significant_digits(loss + 7) <= 9, "%s", line);
		json_decref(object);
		free(line);
		text += length + (text[length] == '\n');
	}
}

/* The lesson, as its three commands. */

START_TEST(the_lesson_trains_evaluates_and_draws)
{
	struct outcome outcome;
	json_t *object;

	RUN(&outcome, "train", "--seed", "1", "m.safetensors");
	expect_status(&outcome, 0);
	ck_assert_str_eq(outcome.errors, "");
	/* plain lines: nothing that a terminal would have to understand */
	ck_assert_ptr_null(strpbrk(outcome.output, "\r\033"));
	outcome_release(&outcome);
	object = info("m.safetensors");
	ck_assert_int_eq(get_integer(object, "updates"), 25000);
	ck_assert_int_eq(get_integer(object, "target"), 25000);
	json_decref(object);

	RUN(&outcome, "evaluate", "m.safetensors");
	expect_status(&outcome, 0);
	ck_assert_ptr_nonnull(strstr(outcome.output, "loss"));
	ck_assert_str_eq(outcome.errors, "");
	outcome_release(&outcome);

	RUN(&outcome, "generate", "--format", "braille", "m.safetensors");
	expect_status(&outcome, 0);
	/* the braille block is U+2800 to U+28FF */
	ck_assert_ptr_nonnull(strstr(outcome.output, "\342\240"));
	outcome_release(&outcome);
}
END_TEST

START_TEST(the_trained_lesson_is_as_good_as_it_can_be)
{
	json_t *object;
	double loss;

	MUST("train", "--quiet", "--seed", "1", "m.safetensors");
	object = run_for_object(WORDS("evaluate", "--json", "m.safetensors"));
	loss = get_number(object, "loss");
	/* 1/12 is the floor, 1/8 is what a model that learnt nothing gets */
	ck_assert_double_gt(loss, 1.0 / 12);
	ck_assert_double_lt(loss, 0.13);
	json_decref(object);
}
END_TEST

/* Help, version, usage. */

static const char *const *const helps[] = {
	(const char *const[]){"--help", NULL},
	(const char *const[]){"train", "--help", NULL},
	(const char *const[]){"generate", "--help", NULL},
	(const char *const[]){"evaluate", "--help", NULL},
	(const char *const[]){"info", "--help", NULL},
	(const char *const[]){"--version", NULL},
};

START_TEST(help_and_version_go_to_standard_output)
{
	struct outcome outcome;

	command_run(&(struct command){.folder = folder,
		.arguments = helps[_i]}, &outcome);
	expect_status(&outcome, 0);
	ck_assert_str_eq(outcome.errors, "");
	ck_assert_ptr_nonnull(strstr(outcome.output, "lstmtui"));
	ck_assert_int_eq(outcome.output[outcome.output_length - 1], '\n');
	outcome_release(&outcome);
}
END_TEST

START_TEST(version_begins_with_the_programs_name)
{
	struct outcome outcome;

	RUN(&outcome, "--version");
	expect_status(&outcome, 0);
	ck_assert_int_eq(strncmp(outcome.output, "lstmtui ", 8), 0);
	outcome_release(&outcome);
}
END_TEST

static const struct {
	const char *named; /* in the message */
	const char *const *arguments;
} wrong_usages[] = {
	{"--frobnicate", (const char *const[]){"--frobnicate", NULL}},
	{"--frobnicate", (const char *const[]){"train", "--frobnicate", NULL}},
	{"-xy", (const char *const[]){"train", "-xy", NULL}},
	{"-x", (const char *const[]){"train", "m", "-x", NULL}},
	{"--frobnicate",
		(const char *const[]){"info", "--frobnicate", "m", NULL}},
	/* no command, so two names of models */
	{NULL, (const char *const[]){"trian", "m", NULL}},
	{"b", (const char *const[]){"train", "a", "b", NULL}},
	{"b", (const char *const[]){"info", "a", "b", NULL}},
	{"MODEL", (const char *const[]){"generate", NULL}},
	{"MODEL", (const char *const[]){"evaluate", NULL}},
	{"MODEL", (const char *const[]){"info", NULL}},
	{"--units", (const char *const[]){"train", "--units", NULL}},
	{"--units", (const char *const[]){"train", "--units", "0", NULL}},
	{"--units", (const char *const[]){"train", "--units", "ten", NULL}},
	{"--units", (const char *const[]){"train", "--units", "10,", NULL}},
	{"--units", (const char *const[]){"train", "--units", "", NULL}},
	{"--units", (const char *const[]){"train", "--units",
		"99999999999999999999", NULL}},
	{"--updates", (const char *const[]){"train", "--updates", "-5", NULL}},
	{"--updates", (const char *const[]){"train", "--updates", "1e3x",
		NULL}},
	{"--batch", (const char *const[]){"train", "--batch", "0", NULL}},
	{"--learning-rate", (const char *const[]){"train",
		"--learning-rate", "fast", NULL}},
	{"--learning-rate", (const char *const[]){"train",
		"--learning-rate", "0,01", NULL}},
	{"--learning-rate", (const char *const[]){"train",
		"--learning-rate", "-1", NULL}},
	{"--learning-rate", (const char *const[]){"train",
		"--learning-rate", "nan", NULL}},
	{"--clip", (const char *const[]){"train", "--clip", "inf", NULL}},
	{"--seed", (const char *const[]){"train", "--seed", "x", NULL}},
	{"hexagon", (const char *const[]){"train", "--task", "hexagon", NULL}},
	{"sideways", (const char *const[]){"train", "--framing", "sideways",
		NULL}},
	{"worst", (const char *const[]){"train", "--loss", "worst", NULL}},
	{"luck", (const char *const[]){"train", "--optimizer", "luck", NULL}},
	{"relu", (const char *const[]){"train", "--recurrent-activation",
		"relu", NULL}},
	{"--data", (const char *const[]){"train", "--task", "points", NULL}},
	{"--log-every", (const char *const[]){"train", "--log-every", "0",
		NULL}},
	{"oil", (const char *const[]){"generate", "--format", "oil", "m",
		NULL}},
	{"--count", (const char *const[]){"evaluate", "--count", "0", "m",
		NULL}},
};

START_TEST(wrong_usage_exits_with_2_and_says_what_is_wrong)
{
	struct outcome outcome;

	command_run(&(struct command){.folder = folder,
		.arguments = wrong_usages[_i].arguments}, &outcome);
	expect_usage_error(&outcome, wrong_usages[_i].named);
	ck_assert_str_eq(outcome.output, "");
	ck_assert_uint_eq(folder_count(folder), 0);
	outcome_release(&outcome);
}
END_TEST

START_TEST(control_characters_of_a_name_do_not_reach_the_terminal)
{
	struct outcome outcome;

	RUN(&outcome, "info", "a\033]0;title\007b\nc");
	expect_failure(&outcome, "]0;title");
	outcome_release(&outcome);
}
END_TEST

/* A model whose data have such a name, and that has one itself. */
START_TEST(control_characters_of_good_names_do_not_either)
{
	static const char *const shown[] = {"train", "info", "evaluate"};
	static const char model[] = "m\033[31m.safetensors";
	char path[FOLDER_PATH_SIZE];
	struct outcome outcome;

	file_write_text(folder_join(path, folder, "d\033]0;t\007\xc2\x9b"),
		"0,0\n1,1\n");
	for (size_t i = 0; i < 3; i++) {
		if (i == 0)
			RUN(&outcome, "train", "--updates", "4", "--task",
				"points", "--data", "d\033]0;t\007\xc2\x9b",
				model);
		else
			RUN(&outcome, shown[i], model);
		expect_status(&outcome, 0);
		ck_assert_ptr_null(strpbrk(outcome.output, "\033\007\x9b"));
		ck_assert_ptr_null(strpbrk(outcome.errors, "\033\007\x9b"));
		outcome_release(&outcome);
	}
}
END_TEST

START_TEST(a_name_that_is_no_command_is_a_model_for_the_interface)
{
	struct outcome outcome;

	RUN(&outcome, "frobnicate");
	ck_assert(outcome.status == 1 || outcome.status == 2);
	ck_assert_uint_eq(count_lines(outcome.errors), 1);
	ck_assert_ptr_nonnull(strstr(outcome.errors, "lstmtui train"));
	ck_assert(!exists_here("frobnicate"));
	outcome_release(&outcome);
}
END_TEST

/* info */

START_TEST(info_shows_keras_table_of_layers)
{
	struct outcome outcome;

	MUST("train", "--updates", "3", "m.safetensors");
	RUN(&outcome, "info", "m.safetensors");
	expect_status(&outcome, 0);
	ck_assert_str_eq(outcome.errors, "");
	ck_assert_ptr_nonnull(strstr(outcome.output, "Layer (type)"));
	ck_assert_ptr_nonnull(strstr(outcome.output, "Output Shape"));
	ck_assert_ptr_nonnull(strstr(outcome.output, "Param #"));
	ck_assert_ptr_nonnull(strstr(outcome.output, "lstm (LSTM)"));
	ck_assert_ptr_nonnull(strstr(outcome.output, "dense (Dense)"));
	ck_assert_ptr_nonnull(strstr(outcome.output, "520"));
	ck_assert_ptr_nonnull(strstr(outcome.output, "22"));
	ck_assert_ptr_nonnull(strstr(outcome.output, "542"));
	outcome_release(&outcome);
}
END_TEST

START_TEST(info_json_tells_the_run)
{
	json_t *object, *layer;

	MUST("train", "--seed", "7", "--updates", "3", "--units", "12,7",
		"--framing", "sequence", "--loss", "mse", "m.safetensors");
	object = info("m.safetensors");
	ck_assert_str_eq(get_string(object, "task"), "rectangle");
	ck_assert_str_eq(get_string(object, "framing"), "sequence");
	ck_assert_str_eq(get_string(object, "loss"), "mse");
	ck_assert_int_eq(get_integer(object, "updates"), 3);
	ck_assert_int_eq(get_integer(object, "target"), 3);
	ck_assert_int_eq(get_integer(object, "seed"), 7);
	/* 4 (2 12 + 12 12 + 12) + 4 (12 7 + 7 7 + 7) + 7 2 + 2 */
	ck_assert_int_eq(get_integer(object, "parameters"), 1296);
	ck_assert_uint_eq(json_array_size(json_object_get(object, "units")),
		2);
	ck_assert_int_eq(json_integer_value(json_array_get(
		json_object_get(object, "units"), 1)), 7);
	ck_assert_uint_eq(json_array_size(json_object_get(object, "layers")),
		3);
	layer = json_array_get(json_object_get(object, "layers"), 1);
	ck_assert_str_eq(get_string(layer, "name"), "lstm_1");
	ck_assert_str_eq(get_string(layer, "type"), "LSTM");
	ck_assert_int_eq(get_integer(layer, "parameters"), 560);
	json_decref(object);
}
END_TEST

/* evaluate */

START_TEST(evaluate_json_has_the_metrics)
{
	json_t *object;

	MUST("train", "--seed", "1", "--updates", "500", "m.safetensors");
	object = run_for_object(WORDS("evaluate", "--json", "--count", "200",
		"--seed", "3", "m.safetensors"));
	ck_assert_int_eq(get_integer(object, "count"), 200);
	ck_assert_double_gt(get_number(object, "loss"), 0.05);
	ck_assert_double_lt(get_number(object, "loss"), 0.5);
	ck_assert_double_ge(get_number(object, "rectangle_error"), 0);
	json_decref(object);
}
END_TEST

START_TEST(evaluate_repeats_itself_by_seed)
{
	struct outcome first, second, other;

	MUST("train", "--seed", "1", "--updates", "50", "m.safetensors");
	RUN(&first, "evaluate", "--json", "--count", "64", "--seed", "3",
		"m.safetensors");
	RUN(&second, "evaluate", "--json", "--count", "64", "--seed", "3",
		"m.safetensors");
	RUN(&other, "evaluate", "--json", "--count", "64", "--seed", "4",
		"m.safetensors");
	expect_status(&first, 0);
	ck_assert_str_eq(first.output, second.output);
	ck_assert_str_ne(first.output, other.output);
	outcome_release(&first);
	outcome_release(&second);
	outcome_release(&other);
}
END_TEST

/* generate */

/* Count points ("x,y") and sequences; asserts that all is numbers. */
static void
count_points(const char *csv, size_t *points, size_t *sequences)
{
	bool is_within = false;

	*points = *sequences = 0;
	while (*csv != '\0') {
		size_t length = strcspn(csv, "\n");
		char *end;

		ck_assert_int_eq(csv[length], '\n');
		if (length == 0) {
			is_within = false;
			csv++;
			continue;
		}
		*sequences += !is_within;
		is_within = true;
		ck_assert(isfinite(strtod(csv, &end)));
		ck_assert_int_eq(*end, ',');
		ck_assert(isfinite(strtod(end + 1, &end)));
		ck_assert_int_eq(*end, '\n');
		(*points)++;
		csv = end + 1;
	}
}

static const struct {
	const char *option, *value;
	size_t points, sequences;
} generations[] = {
	{"--count", "1", 4, 1},
	{"--count", "3", 12, 3},
	{"--length", "7", 7, 1},
	{"--length", "1", 1, 1},
	{"--seed", "5", 4, 1},
	{"--start", "0.25,0.5", 4, 1},
};

START_TEST(generate_csv_gives_a_point_a_line)
{
	struct outcome outcome;
	size_t points, sequences;

	MUST("train", "--seed", "1", "--updates", "50", "m.safetensors");
	RUN(&outcome, "generate", "--format", "csv", generations[_i].option,
		generations[_i].value, "m.safetensors");
	expect_status(&outcome, 0);
	ck_assert_str_eq(outcome.errors, "");
	count_points(outcome.output, &points, &sequences);
	ck_assert_uint_eq(points, generations[_i].points);
	ck_assert_uint_eq(sequences, generations[_i].sequences);
	if (strcmp(generations[_i].option, "--start") == 0)
		ck_assert_int_eq(strncmp(outcome.output, "0.25,0.5\n", 9), 0);
	else
		ck_assert_int_eq(strncmp(outcome.output, "0,0\n", 4), 0);
	outcome_release(&outcome);
}
END_TEST

START_TEST(generate_json_holds_the_points_of_csv)
{
	struct outcome csv, as_json;
	json_error_t error;
	json_t *value;

	MUST("train", "--seed", "1", "--updates", "50", "m.safetensors");
	RUN(&csv, "generate", "--format", "csv", "m.safetensors");
	RUN(&as_json, "generate", "--format", "json", "m.safetensors");
	expect_status(&as_json, 0);
	value = json_loads(as_json.output, JSON_REJECT_DUPLICATES, &error);
	ck_assert_msg(value != NULL, "%s: %s", error.text, as_json.output);
	/* the second point, as it stands in the CSV */
	csv.output[strcspn(csv.output, "\n")] = ' ';
	csv.output[strcspn(csv.output, "\n")] = '\0';
	ck_assert_ptr_nonnull(strstr(as_json.output,
		strchr(csv.output, ' ') + 1));
	json_decref(value);
	outcome_release(&csv);
	outcome_release(&as_json);
}
END_TEST

START_TEST(generate_ascii_is_ascii)
{
	struct outcome outcome;

	MUST("train", "--seed", "1", "--updates", "2000", "m.safetensors");
	RUN(&outcome, "generate", "--format", "ascii", "m.safetensors");
	expect_status(&outcome, 0);
	ck_assert_uint_gt(count_lines(outcome.output), 3);
	for (size_t i = 0; i < outcome.output_length; i++)
		ck_assert_uint_lt((unsigned char)outcome.output[i], 0x80);
	outcome_release(&outcome);
}
END_TEST

static const char *const wrong_starts[] = {"0.5", "0.1,0.2,0.3", "a,b", ",",
	"", "0.5,", "nan,0", "1e999,0"};

START_TEST(generate_refuses_a_start_that_is_no_point)
{
	struct outcome outcome;

	MUST("train", "--seed", "1", "--updates", "5", "m.safetensors");
	RUN(&outcome, "generate", "--start", wrong_starts[_i],
		"m.safetensors");
	ck_assert(outcome.status == 1 || outcome.status == 2);
	ck_assert_ptr_nonnull(strstr(outcome.errors, "--start"));
	ck_assert_str_eq(outcome.output, "");
	outcome_release(&outcome);
}
END_TEST

/* Files that are not there or cannot be. */

static const char *const reading_commands[] = {"info", "evaluate", "generate"};

START_TEST(a_missing_model_is_named)
{
	struct outcome outcome;

	RUN(&outcome, reading_commands[_i], "missing.safetensors");
	expect_failure(&outcome, "missing.safetensors");
	ck_assert_str_eq(outcome.output, "");
	ck_assert_uint_eq(folder_count(folder), 0);
	outcome_release(&outcome);
}
END_TEST

START_TEST(a_place_that_takes_no_model_is_refused_before_training)
{
	struct outcome outcome;

	/* without end: were it to train first, it would not come back */
	RUN(&outcome, "train", "--updates", "0", "missing/m.safetensors");
	expect_failure(&outcome, "missing/m.safetensors");
	outcome_release(&outcome);
	write_here("plain", "a file");
	RUN(&outcome, "train", "--updates", "0", "plain/m.safetensors");
	expect_failure(&outcome, "plain/m.safetensors");
	outcome_release(&outcome);
	RUN(&outcome, "train", "--updates", "0", ".");
	ck_assert_int_eq(outcome.status, 1);
	outcome_release(&outcome);
	ck_assert_uint_eq(folder_count(folder), 1);
}
END_TEST

START_TEST(a_folder_that_may_not_be_written_is_refused_before_training)
{
	struct outcome outcome;

	if (geteuid() == 0) {
		printf("not tested: nothing is forbidden to root\n");
		return;
	}
	ck_assert_int_eq(chmod(folder, 0500), 0);
	RUN(&outcome, "train", "--updates", "0", "m.safetensors");
	expect_failure(&outcome, "m.safetensors");
	outcome_release(&outcome);
	chmod(folder, 0700);
}
END_TEST

START_TEST(a_log_that_cannot_be_opened_is_refused_before_training)
{
	struct outcome outcome;

	RUN(&outcome, "train", "--updates", "0", "--log", "missing/log");
	expect_failure(&outcome, "missing/log");
	outcome_release(&outcome);
}
END_TEST

static const struct {
	const char *name, *text, *named;
} wrong_data[] = {
	{"missing.csv", NULL, "missing.csv"},
	{"empty.csv", "", "empty.csv"},
	{"words.csv", "0,0\n1,0\nhello,world\n", "words.csv"},
	{"uneven.csv", "0,0\n1,0\n1\n", "uneven.csv"},
	{"comma.csv", "0;0\n0,5;0\n", "comma.csv"},
	{"three.csv", "0,0\n1,0\n1,1\n\n0,0\n", "three.csv"},
	{"nan.csv", "0,0\n1,nan\n1,1\n0,1\n", "nan.csv"},
	{"huge.csv", "0,0\n1,1e999\n1,1\n0,1\n", "huge.csv"},
};

START_TEST(data_that_are_no_sequences_are_named)
{
	struct outcome outcome;

	if (wrong_data[_i].text != NULL)
		write_here(wrong_data[_i].name, wrong_data[_i].text);
	RUN(&outcome, "train", "--updates", "5", "--data",
		wrong_data[_i].name, "m.safetensors");
	expect_failure(&outcome, wrong_data[_i].named);
	ck_assert(!exists_here("m.safetensors"));
	outcome_release(&outcome);
}
END_TEST

START_TEST(points_train_from_a_file_with_comments)
{
	struct outcome outcome;
	size_t points, sequences;

	write_here("walk.csv", "# a walk\n0,0\n0.5,0\n# and on\n0.5,0.5\n\n"
		"0,0\n0.25,0\n0.25,0.25\n");
	MUST("train", "--task", "points", "--data", "walk.csv", "--updates",
		"20", "m.safetensors");
	RUN(&outcome, "generate", "m.safetensors");
	expect_status(&outcome, 0);
	count_points(outcome.output, &points, &sequences);
	ck_assert_uint_ge(points, 2);
	ck_assert_uint_eq(sequences, 1);
	outcome_release(&outcome);
	MUST("evaluate", "--json", "m.safetensors");
}
END_TEST

/* Resuming. */

START_TEST(updates_is_the_total_to_reach)
{
	char *before, *after;
	size_t before_length, after_length;
	json_t *object;

	MUST("train", "--seed", "1", "--updates", "300", "m.safetensors");
	MUST("train", "--updates", "500", "m.safetensors");
	object = info("m.safetensors");
	ck_assert_int_eq(get_integer(object, "updates"), 500);
	ck_assert_int_eq(get_integer(object, "target"), 500);
	ck_assert_int_eq(get_integer(object, "seed"), 1);
	json_decref(object);
	/* all is done: nothing to do, nothing changed */
	before = read_here("m.safetensors", &before_length);
	MUST("train", "m.safetensors");
	after = read_here("m.safetensors", &after_length);
	ck_assert_uint_eq(before_length, after_length);
	ck_assert_mem_eq(before, after, before_length);
	free(before);
	free(after);
}
END_TEST

static const struct {
	const char *option, *value;
} contradictions[] = {
	{"--units", "12"},
	{"--units", "10,10"},
	{"--framing", "sequence"},
	{"--loss", "mse"},
	{"--task", "points"},
};

START_TEST(an_option_that_contradicts_the_model_is_refused)
{
	struct outcome outcome;
	char *before, *after;
	size_t before_length, after_length;

	write_here("walk.csv", "0,0\n0.5,0\n0.5,0.5\n");
	MUST("train", "--seed", "1", "--updates", "30", "m.safetensors");
	before = read_here("m.safetensors", &before_length);
	if (strcmp(contradictions[_i].value, "points") == 0)
		RUN(&outcome, "train", "--updates", "60", "--data",
			"walk.csv", contradictions[_i].option,
			contradictions[_i].value, "m.safetensors");
	else
		RUN(&outcome, "train", "--updates", "60",
			contradictions[_i].option, contradictions[_i].value,
			"m.safetensors");
	ck_assert(outcome.status == 1 || outcome.status == 2);
	outcome.status = 1;
	expect_failure(&outcome, contradictions[_i].option);
	after = read_here("m.safetensors", &after_length);
	ck_assert_uint_eq(before_length, after_length);
	ck_assert_mem_eq(before, after, before_length);
	free(before);
	free(after);
	outcome_release(&outcome);
}
END_TEST

START_TEST(an_option_that_agrees_with_the_model_is_taken)
{
	MUST("train", "--seed", "1", "--updates", "30", "m.safetensors");
	MUST("train", "--updates", "60", "--units", "10", "--task",
		"rectangle", "--learning-rate", "0.002", "m.safetensors");
	ck_assert_int_eq(updates_of("m.safetensors"), 60);
}
END_TEST

START_TEST(force_starts_anew)
{
	json_t *object;

	MUST("train", "--seed", "1", "--updates", "30", "m.safetensors");
	MUST("train", "--force", "--seed", "2", "--units", "12", "--updates",
		"10", "m.safetensors");
	object = info("m.safetensors");
	ck_assert_int_eq(get_integer(object, "updates"), 10);
	ck_assert_int_eq(get_integer(object, "seed"), 2);
	ck_assert_int_eq(json_integer_value(json_array_get(
		json_object_get(object, "units"), 0)), 12);
	json_decref(object);
}
END_TEST

static const struct {
	const char *optimizer, *framing, *momentum;
} resumptions[] = {
	{"adam", "one-to-one", "0"},
	{"adam", "sequence", "0"},
	{"sgd", "one-to-one", "0"},
	{"sgd", "sequence", "0.9"},
	{"rmsprop", "one-to-one", "0"},
	{"rmsprop", "sequence", "0"},
};

START_TEST(resuming_is_exact_to_the_bit)
{
	struct tensors whole, parts;
	const char *name;
	json_t *entry;
	size_t compared = 0;

#define SETTINGS "train", "--quiet", "--seed", "11", "--framing", \
	resumptions[_i].framing, "--optimizer", resumptions[_i].optimizer, \
	"--momentum", resumptions[_i].momentum, "--batch", "2", "--updates"
	MUST(SETTINGS, "300", "whole.safetensors");
	MUST(SETTINGS, "120", "parts.safetensors");
#undef SETTINGS
	MUST("train", "--quiet", "--updates", "300", "parts.safetensors");
	read_tensors_here(&whole, "whole.safetensors");
	read_tensors_here(&parts, "parts.safetensors");
	json_object_foreach(whole.header, name, entry) {
		size_t whole_length, parts_length;
		const void *a, *b;

		if (strcmp(name, "__metadata__") == 0)
			continue;
		a = tensors_find(&whole, name, NULL, &whole_length);
		b = tensors_find(&parts, name, NULL, &parts_length);
		ck_assert_uint_eq(whole_length, parts_length);
		ck_assert_msg(memcmp(a, b, whole_length) == 0, "%s differs",
			name);
		compared++;
	}
	ck_assert_uint_ge(compared, 5);
	tensors_release(&whole);
	tensors_release(&parts);
}
END_TEST

START_TEST(the_same_seed_gives_the_same_bytes)
{
	char *first, *second, *other;
	size_t length, other_length;

	MUST("train", "--seed", "5", "--updates", "200", "a.safetensors");
	MUST("train", "--seed", "5", "--updates", "200", "b.safetensors");
	MUST("train", "--seed", "6", "--updates", "200", "c.safetensors");
	first = read_here("a.safetensors", &length);
	second = read_here("b.safetensors", &other_length);
	ck_assert_uint_eq(length, other_length);
	ck_assert_mem_eq(first, second, length);
	other = read_here("c.safetensors", &other_length);
	ck_assert(length != other_length || memcmp(first, other, length) != 0);
	free(first);
	free(second);
	free(other);
}
END_TEST

START_TEST(a_seed_that_was_drawn_is_shown_and_saved)
{
	struct outcome outcome;
	char seed[TEXT_SIZE];
	json_t *object;

	RUN(&outcome, "train", "--updates", "20", "a.safetensors");
	expect_status(&outcome, 0);
	object = info("a.safetensors");
	snprintf(seed, sizeof seed, "%ld", get_integer(object, "seed"));
	json_decref(object);
	ck_assert_ptr_nonnull(strstr(outcome.output, seed));
	outcome_release(&outcome);
	MUST("train", "--seed", seed, "--updates", "20", "b.safetensors");
	MUST("train", "--updates", "20", "c.safetensors");
	object = info("c.safetensors");
	ck_assert_int_ne(get_integer(object, "seed"), atol(seed));
	json_decref(object);
}
END_TEST

/* The model file. */

START_TEST(the_model_file_has_keras_tensors)
{
	static const struct {
		const char *name;
		size_t rows, columns;
	} expected[] = {
		{"lstm.kernel", 2, 40},
		{"lstm.recurrent_kernel", 10, 40},
		{"lstm.bias", 40, 0},
		{"dense.kernel", 10, 2},
		{"dense.bias", 2, 0},
	};
	struct tensors tensors;

	MUST("train", "--updates", "5", "m.safetensors");
	read_tensors_here(&tensors, "m.safetensors");
	for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
		for (int kind = 0; kind < 3; kind++) {
			static const char *const prefixes[] = {"",
				"optimizer.m.", "optimizer.v."};
			char name[TEXT_SIZE];
			size_t length;

			snprintf(name, sizeof name, "%s%s", prefixes[kind],
				expected[i].name);
			tensors_find(&tensors, name, "F32", &length);
			ck_assert_uint_eq(tensors_extent(&tensors, name, 0),
				expected[i].rows);
			ck_assert_uint_eq(tensors_extent(&tensors, name, 1),
				expected[i].columns);
		}
	tensors_release(&tensors);
}
END_TEST

START_TEST(saving_keeps_a_symbolic_link)
{
	char path[FOLDER_PATH_SIZE];
	struct stat status;

	folder_join(path, folder, "link.safetensors");
	ck_assert_int_eq(symlink("real.safetensors", path), 0);
	MUST("train", "--updates", "5", "link.safetensors");
	ck_assert_int_eq(lstat(path, &status), 0);
	ck_assert(S_ISLNK(status.st_mode));
	ck_assert(exists_here("real.safetensors"));
	ck_assert_uint_eq(folder_count(folder), 2);
}
END_TEST

START_TEST(training_without_a_model_leaves_no_file)
{
	MUST("train", "--updates", "5");
	ck_assert_uint_eq(folder_count(folder), 0);
}
END_TEST

/* The log. */

START_TEST(log_to_standard_output_is_json_lines_alone)
{
	struct outcome outcome;
	struct log log;

	RUN(&outcome, "train", "--seed", "1", "--updates", "50", "--log", "-",
		"m.safetensors");
	expect_status(&outcome, 0);
	parse_log(outcome.output, &log);
	ck_assert_uint_eq(log.count, 50);
	for (size_t i = 0; i < log.count; i++) {
		ck_assert_int_eq(log.update[i], (long)i + 1);
		ck_assert_double_gt(log.loss[i], 0);
		ck_assert_double_lt(log.loss[i], 2);
	}
	ck_assert_int_eq(strncmp(outcome.output, "{\"update\":1,\"loss\":0.",
		21), 0);
	outcome_release(&outcome);
}
END_TEST

START_TEST(log_every_logs_every_nth_update)
{
	struct outcome all, some;
	struct log every, tenth;
	char *text;

	RUN(&all, "train", "--seed", "1", "--updates", "50", "--log", "-");
	RUN(&some, "train", "--seed", "1", "--updates", "50", "--log", "log",
		"--log-every", "10");
	expect_status(&some, 0);
	text = read_here("log", NULL);
	parse_log(all.output, &every);
	parse_log(text, &tenth);
	ck_assert_uint_eq(tenth.count, 5);
	for (size_t i = 0; i < tenth.count; i++) {
		size_t update = 10 * (i + 1);

		ck_assert_int_eq(tenth.update[i], (long)update);
		ck_assert(tenth.loss[i] == every.loss[update - 1]);
	}
	free(text);
	outcome_release(&all);
	outcome_release(&some);
}
END_TEST

START_TEST(a_resumed_log_goes_on_where_it_ended)
{
	struct log log;
	char *text;

	MUST("train", "--seed", "1", "--updates", "30", "--log", "log",
		"m.safetensors");
	MUST("train", "--updates", "50", "--log", "log", "m.safetensors");
	text = read_here("log", NULL);
	parse_log(text, &log);
	ck_assert_uint_eq(log.count, 50);
	for (size_t i = 0; i < log.count; i++)
		ck_assert_int_eq(log.update[i], (long)i + 1);
	free(text);
}
END_TEST

START_TEST(quiet_is_quiet)
{
	struct outcome outcome;

	RUN(&outcome, "train", "--quiet", "--updates", "50", "m.safetensors");
	expect_status(&outcome, 0);
	ck_assert_str_eq(outcome.output, "");
	ck_assert_str_eq(outcome.errors, "");
	outcome_release(&outcome);
}
END_TEST

START_TEST(output_that_is_not_taken_is_a_failure)
{
	struct outcome outcome;

	if (!file_exists("/dev/full")) {
		printf("not tested: there is no /dev/full\n");
		return;
	}
	MUST("train", "--updates", "50", "m.safetensors");
	for (size_t i = 0; i < 3; i++) {
		command_run(&(struct command){.folder = folder,
			.output = "/dev/full",
			.arguments = WORDS(reading_commands[i],
				"m.safetensors")}, &outcome);
		expect_failure(&outcome, NULL);
		outcome_release(&outcome);
	}
	RUN(&outcome, "train", "--updates", "50", "--log", "/dev/full");
	expect_failure(&outcome, "/dev/full");
	outcome_release(&outcome);
}
END_TEST

/* Signals and checkpoints. */

static const int ending_signals[] = {SIGINT, SIGTERM, SIGHUP};

START_TEST(a_signal_ends_training_and_saves)
{
	struct process process;
	struct outcome outcome;
	long updates;

	command_start(&(struct command){.folder = folder,
		.arguments = WORDS("train", "--seed", "1", "--updates", "0",
			"--log", "-", "m.safetensors")}, &process);
	ck_assert(process_wait_for_lines(&process, 50, LIMIT_MS));
	kill(process.pid, ending_signals[_i]);
	process_finish(&process, LIMIT_MS, &outcome);
	expect_status(&outcome, 128 + ending_signals[_i]);
	ck_assert_int_eq(outcome.output[outcome.output_length - 1], '\n');
	updates = updates_of("m.safetensors");
	/* all that was logged is in the file */
	ck_assert_uint_eq((size_t)updates, count_lines(outcome.output));
	ck_assert_uint_eq(folder_count(folder), 1);
	outcome_release(&outcome);
}
END_TEST

START_TEST(a_signal_ends_training_without_a_model_too)
{
	struct process process;
	struct outcome outcome;

	command_start(&(struct command){.folder = folder,
		.arguments = WORDS("train", "--updates", "0", "--log", "-",
			"--log-every", "100")}, &process);
	ck_assert(process_wait_for_lines(&process, 5, LIMIT_MS));
	kill(process.pid, SIGTERM);
	process_finish(&process, LIMIT_MS, &outcome);
	expect_status(&outcome, 143);
	ck_assert_uint_eq(folder_count(folder), 0);
	outcome_release(&outcome);
}
END_TEST

START_TEST(checkpoints_outlive_the_program)
{
	struct process process;
	struct outcome outcome;
	long updates;

	command_start(&(struct command){.folder = folder,
		.arguments = WORDS("train", "--seed", "1", "--updates", "0",
			"--checkpoint-every", "40", "--log", "-",
			"m.safetensors")}, &process);
	/* line by line: a pipe's buffer must not be what we wait for */
	ck_assert(process_wait_for_lines(&process, 200, LIMIT_MS));
	kill(process.pid, SIGKILL);
	process_finish(&process, LIMIT_MS, &outcome);
	ck_assert_int_eq(outcome.signal, SIGKILL);
	updates = updates_of("m.safetensors");
	ck_assert_int_ge(updates, 160);
	ck_assert_int_eq(updates % 40, 0);
	outcome_release(&outcome);
}
END_TEST

START_TEST(a_run_that_diverges_stops_and_keeps_the_good_file)
{
	struct outcome outcome;
	char *before, *after;
	size_t before_length, after_length;

	MUST("train", "--seed", "1", "--updates", "30", "--optimizer", "sgd",
		"--loss", "mse", "m.safetensors");
	before = read_here("m.safetensors", &before_length);
	RUN(&outcome, "train", "--quiet", "--updates", "100000",
		"--learning-rate", "1e30", "m.safetensors");
	expect_failure(&outcome, NULL);
	after = read_here("m.safetensors", &after_length);
	ck_assert_uint_eq(before_length, after_length);
	ck_assert_mem_eq(before, after, before_length);
	free(before);
	free(after);
	outcome_release(&outcome);
}
END_TEST

START_TEST(checkpoints_without_a_model_are_refused)
{
	struct outcome outcome;

	RUN(&outcome, "train", "--updates", "5", "--checkpoint-every", "1");
	expect_usage_error(&outcome, "MODEL");
	outcome_release(&outcome);
}
END_TEST

START_TEST(speed_is_of_every_command)
{
	MUST("train", "--quiet", "--speed", "5", "--updates", "20000",
		"m.safetensors");
	MUST("info", "--speed", "0", "m.safetensors");
	MUST("evaluate", "--speed", "0", "m.safetensors");
	MUST("generate", "--speed", "0", "m.safetensors");
}
END_TEST

START_TEST(a_floor_is_of_made_sequences_only)
{
	struct outcome outcome;
	char path[FOLDER_PATH_SIZE];

	file_write_text(folder_join(path, folder, "d.csv"),
		"0,0\n.1,0\n.1,.1\n0,.1\n");
	MUST("train", "--quiet", "--updates", "5", "m.safetensors");
	RUN(&outcome, "evaluate", "m.safetensors");
	ck_assert_ptr_nonnull(strstr(outcome.output, "floor"));
	outcome_release(&outcome);
	RUN(&outcome, "evaluate", "--data", "d.csv", "m.safetensors");
	expect_status(&outcome, 0);
	ck_assert_ptr_null(strstr(outcome.output, "floor"));
	outcome_release(&outcome);
}
END_TEST

START_TEST(ascii_draws_no_braille)
{
	struct outcome outcome;

	MUST("train", "--quiet", "--updates", "5", "m.safetensors");
	RUN(&outcome, "generate", "--ascii", "--format", "braille",
		"m.safetensors");
	expect_status(&outcome, 0);
	for (size_t i = 0; i < outcome.output_length; i++)
		ck_assert_uint_lt((unsigned char)outcome.output[i], 0x80);
	outcome_release(&outcome);
}
END_TEST

START_TEST(a_new_run_that_diverges_leaves_what_it_was_before)
{
	struct outcome outcome;

	RUN(&outcome, "train", "--quiet", "--seed", "1", "--learning-rate",
		"1e30", "--loss", "mse", "m.safetensors");
	expect_failure(&outcome, "update 2:");
	outcome_release(&outcome);
	ck_assert_int_eq(updates_of("m.safetensors"), 1);
}
END_TEST

START_TEST(training_on_a_terminal_shows_a_bar_and_obeys_ctrl_c)
{
	struct terminal terminal;

	terminal_open(&terminal, &(struct terminal_options){
		.command = {.folder = folder, .arguments = WORDS("train",
			"--updates", "1000000000", "m.safetensors")},
	});
	ck_assert_msg(terminal_wait_for(&terminal, "%", LIMIT_MS), "%s",
		terminal_text(&terminal));
	ck_assert(terminal_shows(&terminal, "/1,000,000,000"));
	terminal_type(&terminal, KEY_CTRL_C);
	ck_assert(terminal_wait_for_end(&terminal, LIMIT_MS));
	expect_status(&terminal.outcome, 130);
	ck_assert(terminal_is_restored(&terminal));
	ck_assert_int_gt(updates_of("m.safetensors"), 0);
	terminal_close(&terminal);
}
END_TEST

/* The losses of updates that were computed apart from this program. */

static const struct {
	const char *name, *units, *framing, *loss;
} oracles[] = {
	{"rectangle-one-to-one", "10", "one-to-one", "mae"},
	{"rectangle-sequence", "10", "sequence", "mae"},
	{"rectangle-stacked-mse", "12,7", "sequence", "mse"},
};

static const char *
tests_folder(void)
{
	const char *path = getenv("TESTS_DIR");

	return path != NULL ? path : "tests";
}

/* The initial weights under the names that a model has. */
static void
write_initial_weights(const struct tensors *oracle)
{
	char path[FOLDER_PATH_SIZE];
	struct tensors initial;
	const char *name;
	json_t *entry;

	tensors_begin(&initial);
	json_object_foreach(oracle->header, name, entry) {
		const void *data;
		size_t length;

		if (strncmp(name, "init.", 5) != 0)
			continue;
		data = tensors_find(oracle, name, "F32", &length);
		tensors_append(&initial, name + 5, "F32",
			json_object_get(entry, "shape"), data, length);
	}
	tensors_write(&initial,
		folder_join(path, folder, "initial.safetensors"));
	tensors_release(&initial);
}

static void
write_sequences(const struct tensors *oracle)
{
	char path[FOLDER_PATH_SIZE];
	size_t length, points = tensors_extent(oracle, "data", 1);
	const float *data = tensors_find(oracle, "data", "F32", &length);
	FILE *file = fopen(folder_join(path, folder, "data.csv"), "w");

	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(tensors_extent(oracle, "data", 2), 2);
	for (size_t i = 0; i < length / (2 * sizeof *data); i++)
		fprintf(file, "%s%.9g,%.9g\n",
			i > 0 && i % points == 0 ? "\n" : "",
			(double)data[2 * i], (double)data[2 * i + 1]);
	ck_assert_int_eq(fclose(file), 0);
}

START_TEST(init_and_data_give_the_losses_of_the_reference)
{
	char path[FOLDER_PATH_SIZE], count[TEXT_SIZE], *text;
	struct tensors oracle;
	const double *losses;
	struct log log;
	size_t length;

	snprintf(path, sizeof path, "%s/data/%s.safetensors", tests_folder(),
		oracles[_i].name);
	tensors_read(&oracle, path);
	write_initial_weights(&oracle);
	write_sequences(&oracle);
	losses = tensors_find(&oracle, "losses", "F64", &length);
	length /= sizeof *losses;
	snprintf(count, sizeof count, "%zu", length);
	MUST("train", "--units", oracles[_i].units, "--framing",
		oracles[_i].framing, "--loss", oracles[_i].loss, "--init",
		"initial.safetensors", "--data", "data.csv", "--updates",
		count, "--log", "losses.jsonl", "m.safetensors");
	text = read_here("losses.jsonl", NULL);
	parse_log(text, &log);
	ck_assert_uint_eq(log.count, length);
	for (size_t i = 0; i < length; i++)
		ck_assert_msg(fabs(log.loss[i] - losses[i]) <= 2e-5,
			"update %zu: %.9g, not %.9g", i + 1, log.loss[i],
			losses[i]);
	free(text);
	tensors_release(&oracle);
}
END_TEST

START_TEST(init_that_does_not_fit_is_refused)
{
	struct outcome outcome;

	MUST("train", "--updates", "5", "--units", "12", "m.safetensors");
	RUN(&outcome, "train", "--updates", "5", "--init", "m.safetensors",
		"n.safetensors");
	expect_failure(&outcome, "m.safetensors");
	outcome_release(&outcome);
	RUN(&outcome, "train", "--updates", "5", "--init", "missing",
		"n.safetensors");
	expect_failure(&outcome, "missing");
	ck_assert(!exists_here("n.safetensors"));
	outcome_release(&outcome);
}
END_TEST

/* Locales. */

static void
expect_same_in(const struct comma_locale *locale,
	const char *const *arguments)
{
	struct outcome plain, comma;

	command_run(&(struct command){.folder = folder,
		.arguments = arguments}, &plain);
	command_run(&(struct command){.folder = folder,
		.arguments = arguments, .environment = locale->environment},
		&comma);
	expect_status(&plain, 0);
	expect_status(&comma, 0);
	ck_assert_str_eq(plain.output, comma.output);
	outcome_release(&plain);
	outcome_release(&comma);
}

START_TEST(a_comma_locale_changes_no_number)
{
	struct comma_locale locale;

	if (!comma_locale_make(&locale))
		return;
	write_here("walk.csv", "0,0\n0.5,0\n0.5,0.25\n");
	MUST("train", "--seed", "1", "--updates", "40", "m.safetensors");
	expect_same_in(&locale, WORDS("train", "--seed", "1", "--updates",
		"40", "--learning-rate", "0.0025", "--clip", "0.5", "--log",
		"-"));
	expect_same_in(&locale, WORDS("train", "--seed", "1", "--updates",
		"40", "--task", "points", "--data", "walk.csv", "--log", "-"));
	expect_same_in(&locale, WORDS("info", "m.safetensors"));
	expect_same_in(&locale, WORDS("info", "--json", "m.safetensors"));
	expect_same_in(&locale, WORDS("evaluate", "m.safetensors"));
	expect_same_in(&locale, WORDS("evaluate", "--json", "m.safetensors"));
	expect_same_in(&locale, WORDS("generate", "--start", "0.25,0.5",
		"m.safetensors"));
	expect_same_in(&locale, WORDS("generate", "--format", "json",
		"m.safetensors"));
}
END_TEST

START_TEST(a_comma_locale_changes_no_model_file)
{
	struct comma_locale locale;
	struct outcome outcome;
	char *plain, *comma;
	size_t length, comma_length;

	if (!comma_locale_make(&locale))
		return;
	MUST("train", "--seed", "1", "--updates", "40", "--learning-rate",
		"0.0025", "plain.safetensors");
	command_run(&(struct command){.folder = folder,
		.arguments = WORDS("train", "--seed", "1", "--updates", "40",
			"--learning-rate", "0.0025", "comma.safetensors"),
		.environment = locale.environment}, &outcome);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
	plain = read_here("plain.safetensors", &length);
	comma = read_here("comma.safetensors", &comma_length);
	ck_assert_uint_eq(length, comma_length);
	ck_assert_mem_eq(plain, comma, length);
	free(plain);
	free(comma);
}
END_TEST

/* Texts. */

static const char sentence[] = "to be, or not to be: that is the question.\n";

/* A model in m.safetensors of a text that is soon known by heart. */
static void
learn_text(const char *framing)
{
	char text[30 * sizeof sentence] = "";

	for (size_t i = 0; i < 30; i++)
		memcpy(text + i * (sizeof sentence - 1), sentence,
			sizeof sentence);
	write_here("t.txt", text);
	MUST("train", "--quiet", "--task", "text", "--data", "t.txt",
		"--units", "24", "--batch", "4", "--sequence-length", "20",
		"--framing", framing, "--learning-rate", "0.02", "--seed",
		"1", "--updates", "400", "m.safetensors");
}

START_TEST(a_text_is_written_on_from_where_it_begins)
{
	struct outcome outcome;

	learn_text("sequence");
	RUN(&outcome, "generate", "--prime", "to be", "--length", "37",
		"--temperature", "0", "m.safetensors");
	expect_status(&outcome, 0);
	ck_assert_str_eq(outcome.errors, "");
	ck_assert_str_eq(outcome.output, sentence);
	outcome_release(&outcome);
}
END_TEST

START_TEST(a_seed_repeats_what_is_written)
{
	struct outcome one, other, colder;

	learn_text("sequence");
	RUN(&one, "generate", "--length", "300", "--temperature", "3",
		"--seed", "5", "m.safetensors");
	RUN(&other, "generate", "--length", "300", "--temperature", "3",
		"--seed", "5", "m.safetensors");
	RUN(&colder, "generate", "--length", "300", "--temperature", "0",
		"--seed", "5", "m.safetensors");
	expect_status(&one, 0);
	/* and one newline at the end */
	ck_assert_uint_eq(one.output_length, 301);
	ck_assert_str_eq(one.output, other.output);
	ck_assert_str_ne(one.output, colder.output);
	outcome_release(&one);
	outcome_release(&other);
	outcome_release(&colder);
}
END_TEST

START_TEST(texts_as_json_are_strings)
{
	json_t *object, *texts;

	learn_text("sequence");
	object = run_for_object(WORDS("generate", "--format", "json",
		"--count", "2", "--prime", "to", "--length", "9",
		"m.safetensors"));
	texts = json_object_get(object, "texts");
	ck_assert_uint_eq(json_array_size(texts), 2);
	for (size_t i = 0; i < 2; i++) {
		const char *text =
			json_string_value(json_array_get(texts, i));

		ck_assert_ptr_nonnull(text);
		ck_assert_uint_eq(strlen(text), 11);
		ck_assert_int_eq(strncmp(text, "to", 2), 0);
	}
	json_decref(object);
}
END_TEST

static const char *const text_framings[] = {"many-to-one", "one-to-many"};

START_TEST(every_framing_of_a_text_can_write)
{
	struct outcome outcome;

	learn_text(text_framings[_i]);
	RUN(&outcome, "generate", "--prime", "to be", "--length", "50",
		"--temperature", "0.5", "m.safetensors");
	expect_status(&outcome, 0);
	ck_assert_uint_eq(outcome.output_length, 56);
	ck_assert_int_eq(strncmp(outcome.output, "to be", 5), 0);
	outcome_release(&outcome);
}
END_TEST

START_TEST(evaluate_measures_a_text)
{
	struct outcome outcome;
	json_t *own, *whole;
	double loss;

	learn_text("sequence");
	own = run_for_object(WORDS("evaluate", "--json", "m.safetensors"));
	whole = run_for_object(WORDS("evaluate", "--json", "--data", "t.txt",
		"m.safetensors"));
	/* by itself, on what was kept for validation */
	ck_assert_int_lt(get_integer(own, "count"),
		get_integer(whole, "count"));
	loss = get_number(whole, "loss");
	ck_assert_double_lt(loss, 0.3);
	ck_assert_double_eq_tol(get_number(whole, "perplexity"), exp(loss),
		1e-6);
	ck_assert_double_eq_tol(get_number(whole, "bits_per_character"),
		loss / log(2), 1e-6);
	RUN(&outcome, "evaluate", "--data", "t.txt", "m.safetensors");
	expect_status(&outcome, 0);
	ck_assert_ptr_nonnull(strstr(outcome.output, "perplexity"));
	outcome_release(&outcome);
	json_decref(own);
	json_decref(whole);
}
END_TEST

START_TEST(what_a_text_has_not_is_refused)
{
	struct outcome outcome;

	learn_text("sequence");
	write_here("other.txt", "wholly unknown: XYZ\n");
	write_here("short.txt", "to");
	RUN(&outcome, "generate", "--prime", "\xce\xa9", "m.safetensors");
	expect_usage_error(&outcome, "U+03A9");
	outcome_release(&outcome);
	RUN(&outcome, "generate", "--format", "svg", "m.safetensors");
	expect_usage_error(&outcome, "svg");
	outcome_release(&outcome);
	RUN(&outcome, "generate", "--gallery", "m.safetensors");
	expect_failure(&outcome, "a text has none");
	outcome_release(&outcome);
	RUN(&outcome, "evaluate", "--data", "other.txt", "m.safetensors");
	expect_failure(&outcome, "other.txt");
	outcome_release(&outcome);
	RUN(&outcome, "evaluate", "--data", "short.txt", "m.safetensors");
	expect_failure(&outcome, "short.txt");
	outcome_release(&outcome);
}
END_TEST

START_TEST(evaluate_measures_what_is_generated)
{
	struct outcome outcome;
	json_t *object;

	MUST("train", "--quiet", "--seed", "1", "--framing", "sequence",
		"--loss", "mixture", "--updates", "200", "m.safetensors");
	object = run_for_object(WORDS("evaluate", "--json", "--count", "50",
		"m.safetensors"));
	ck_assert_double_ge(get_number(object, "width_distance"), 0);
	ck_assert_double_ge(get_number(object, "height_distance"), 0);
	json_decref(object);
	RUN(&outcome, "evaluate", "--count", "50", "m.safetensors");
	expect_status(&outcome, 0);
	ck_assert_ptr_nonnull(strstr(outcome.output, "correlation"));
	outcome_release(&outcome);
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof(array)[0]))

static TCase *
add_case(Suite *suite, const char *name)
{
	TCase *tcase = tcase_create(name);

	tcase_add_unchecked_fixture(tcase, folder_setup, folder_teardown);
	tcase_add_checked_fixture(tcase, make_folder, NULL);
	suite_add_tcase(suite, tcase);
	return tcase;
}

static void
add_usage(Suite *suite)
{
	TCase *tcase = add_case(suite, "usage");

	tcase_add_loop_test(tcase, help_and_version_go_to_standard_output, 0,
		COUNT(helps));
	tcase_add_test(tcase, version_begins_with_the_programs_name);
	tcase_add_loop_test(tcase,
		wrong_usage_exits_with_2_and_says_what_is_wrong, 0,
		COUNT(wrong_usages));
	tcase_add_test(tcase,
		control_characters_of_a_name_do_not_reach_the_terminal);
	tcase_add_test(tcase,
		control_characters_of_good_names_do_not_either);
	tcase_add_test(tcase,
		a_name_that_is_no_command_is_a_model_for_the_interface);
}

static void
add_reading(Suite *suite)
{
	TCase *tcase = add_case(suite, "reading");

	tcase_add_test(tcase, the_lesson_trains_evaluates_and_draws);
	tcase_add_test(tcase, the_trained_lesson_is_as_good_as_it_can_be);
	tcase_add_test(tcase, info_shows_keras_table_of_layers);
	tcase_add_test(tcase, info_json_tells_the_run);
	tcase_add_test(tcase, evaluate_json_has_the_metrics);
	tcase_add_test(tcase, evaluate_repeats_itself_by_seed);
	tcase_add_test(tcase, evaluate_measures_what_is_generated);
	tcase_add_loop_test(tcase, generate_csv_gives_a_point_a_line, 0,
		COUNT(generations));
	tcase_add_test(tcase, generate_json_holds_the_points_of_csv);
	tcase_add_test(tcase, generate_ascii_is_ascii);
	tcase_add_loop_test(tcase, generate_refuses_a_start_that_is_no_point,
		0, COUNT(wrong_starts));
	tcase_add_loop_test(tcase, a_missing_model_is_named, 0,
		COUNT(reading_commands));
	tcase_add_test(tcase, output_that_is_not_taken_is_a_failure);
}

static void
add_training(Suite *suite)
{
	TCase *tcase = add_case(suite, "training");

	tcase_add_test(tcase,
		a_place_that_takes_no_model_is_refused_before_training);
	tcase_add_test(tcase,
		a_folder_that_may_not_be_written_is_refused_before_training);
	tcase_add_test(tcase,
		a_log_that_cannot_be_opened_is_refused_before_training);
	tcase_add_loop_test(tcase, data_that_are_no_sequences_are_named, 0,
		COUNT(wrong_data));
	tcase_add_test(tcase, points_train_from_a_file_with_comments);
	tcase_add_test(tcase, a_seed_that_was_drawn_is_shown_and_saved);
	tcase_add_test(tcase, the_same_seed_gives_the_same_bytes);
	tcase_add_test(tcase, the_model_file_has_keras_tensors);
	tcase_add_test(tcase, saving_keeps_a_symbolic_link);
	tcase_add_test(tcase, training_without_a_model_leaves_no_file);
	tcase_add_test(tcase, log_to_standard_output_is_json_lines_alone);
	tcase_add_test(tcase, log_every_logs_every_nth_update);
	tcase_add_test(tcase, quiet_is_quiet);
	tcase_add_test(tcase,
		a_run_that_diverges_stops_and_keeps_the_good_file);
	tcase_add_test(tcase, checkpoints_without_a_model_are_refused);
	tcase_add_test(tcase, speed_is_of_every_command);
	tcase_add_test(tcase, a_floor_is_of_made_sequences_only);
	tcase_add_test(tcase, ascii_draws_no_braille);
	tcase_add_test(tcase,
		a_new_run_that_diverges_leaves_what_it_was_before);
	tcase_add_test(tcase,
		training_on_a_terminal_shows_a_bar_and_obeys_ctrl_c);
	tcase_add_loop_test(tcase,
		init_and_data_give_the_losses_of_the_reference, 0,
		COUNT(oracles));
	tcase_add_test(tcase, init_that_does_not_fit_is_refused);
}

static void
add_resuming(Suite *suite)
{
	TCase *tcase = add_case(suite, "resuming");

	tcase_add_test(tcase, updates_is_the_total_to_reach);
	tcase_add_loop_test(tcase,
		an_option_that_contradicts_the_model_is_refused, 0,
		COUNT(contradictions));
	tcase_add_test(tcase, an_option_that_agrees_with_the_model_is_taken);
	tcase_add_test(tcase, force_starts_anew);
	tcase_add_loop_test(tcase, resuming_is_exact_to_the_bit, 0,
		COUNT(resumptions));
	tcase_add_test(tcase, a_resumed_log_goes_on_where_it_ended);
	tcase_add_loop_test(tcase, a_signal_ends_training_and_saves, 0,
		COUNT(ending_signals));
	tcase_add_test(tcase, a_signal_ends_training_without_a_model_too);
	tcase_add_test(tcase, checkpoints_outlive_the_program);
}

static void
add_texts(Suite *suite)
{
	TCase *tcase = add_case(suite, "texts");

	tcase_add_test(tcase, a_text_is_written_on_from_where_it_begins);
	tcase_add_test(tcase, a_seed_repeats_what_is_written);
	tcase_add_test(tcase, texts_as_json_are_strings);
	tcase_add_loop_test(tcase, every_framing_of_a_text_can_write, 0,
		COUNT(text_framings));
	tcase_add_test(tcase, evaluate_measures_a_text);
	tcase_add_test(tcase, what_a_text_has_not_is_refused);
}

static void
add_locales(Suite *suite)
{
	TCase *tcase = add_case(suite, "locales");

	tcase_add_test(tcase, a_comma_locale_changes_no_number);
	tcase_add_test(tcase, a_comma_locale_changes_no_model_file);
}

int
main(void)
{
	Suite *suite = suite_create("command");

	add_usage(suite);
	add_reading(suite);
	add_training(suite);
	add_resuming(suite);
	add_texts(suite);
	add_locales(suite);
	return suite_run(suite);
}
