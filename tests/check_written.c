/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the written formats against the manual: model files, JSON objects
 * and logs.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/cell.h"
#include "here.h"
#include "manual.h"
#include "run/settings.h"
#include "suite.h"

#define MODEL "m.safetensors"
#define LOG "l.jsonl"

/* Train a model with all parts that a model can have, and its log. */
static void
train_and_read_manual(void)
{
	read_manual();
	write_here("d\xff.csv", "0,0\n0,1\n1,1\n");
	MUST("train", "--quiet", "--task", "points", "--data", "d\xff.csv",
		"--units", "3,2,2", "--updates", "1", "f\xff.safetensors");
	MUST("train", "--quiet", "--task", "points", "--data", "d\xff.csv",
		"--units", "3,2,2", "--scale", "standard", "--updates", "9",
		"--init", "f\xff.safetensors", "--log", LOG, MODEL);
}

/*
 * Add the name under which the manual lists a tensor: one number stands for all
 * numbers, and NAME for the name of a weight.
 */
static void
add_tensor(struct names *names, const char *name)
{
	if (begins(name, "optimizer.m."))
		name = "optimizer.m.NAME";
	else if (begins(name, "optimizer.v."))
		name = "optimizer.v.NAME";
	else if (begins(name, "lstm_"))
		name = "lstm_1.kernel";
	else if (begins(name, "history.") && isdigit((unsigned char)name[8]))
		name = "history.0";
	add_name(names, name, strlen(name));
}

/*
 * Add the kernels of all cells: the model has one cell, and an item of the
 * manual begins with the kernel.
 */
static void
add_kernels_of_cells(struct names *names)
{
	for (size_t i = 0; cell_list[i] != NULL; i++) {
		char name[NAME_SIZE];

		snprintf(name, sizeof name, "%s.kernel",
			cell_of(cell_list[i])->layer_name);
		add_name(names, name, strlen(name));
	}
}

START_TEST(keys_of_a_model_file_are_those_of_the_manual)
{
	struct names in_file = {0}, in_manual = {0};
	const char *end, *start = section(".Ss ", "The model", &end);
	struct tensors tensors;
	json_t *metadata, *value;
	const char *key;

	read_tensors_here(&tensors, MODEL);
	json_object_foreach(tensors.header, key,
		value) if (strcmp(key, "__metadata__") != 0)
		add_tensor(&in_file, key);
	metadata = json_object_get(tensors.header, "__metadata__");
	json_object_foreach(metadata, key, value)
		add_name(&in_file, key, strlen(key));
	tensors_release(&tensors);
	add_items(&in_manual, start, end, "Va ");
	add_kernels_of_cells(&in_file);
	/* only in runs of texts */
	add_name(&in_file, "vocabulary", strlen("vocabulary"));
	add_name(&in_file, "vocabulary.words", strlen("vocabulary.words"));
	add_name(&in_file, "streams.next", strlen("streams.next"));
	add_name(&in_file, "streams.state.0", strlen("streams.state.0"));
	add_name(&in_file, "passes", strlen("passes"));
	add_name(&in_file, "validation.losses", strlen("validation.losses"));
	add_name(&in_file, "run", strlen("run"));
	add_name(&in_file, "byte_order_mark", strlen("byte_order_mark"));
	add_name(&in_file, "snapshots.tokens", strlen("snapshots.tokens"));
	/* only in runs that are long enough */
	add_name(&in_file, "snapshots.at", strlen("snapshots.at"));
	add_name(&in_file, "snapshots.points", strlen("snapshots.points"));
	add_name(&in_file, "bytes", strlen("bytes"));
	add_name(&in_file, "shuffle", strlen("shuffle"));
	/* only in runs of data */
	add_name(&in_file, "data.bytes", strlen("data.bytes"));
	add_name(&in_file, "data_report", strlen("data_report"));
	add_name(&in_file, "columns", strlen("columns"));
	/* shares an item with optimizer.m.NAME */
	add_name(&in_manual, "optimizer.v.NAME", strlen("optimizer.v.NAME"));
	for (size_t i = 0; setting_list[i] != NULL; i++)
		ck_assert_msg(has_name(&in_file, setting_list[i]->key),
			"%s: not in the model file", setting_list[i]->key);
	expect_all_in(&in_file, &in_manual,
		"in the model file, but not in the manual");
	expect_all_in(&in_manual, &in_file,
		"in the manual, but not in the model file");
}
END_TEST

/* Add the keys of an object and of the first object of each list in it. */
static void
add_keys(struct names *names, json_t *object)
{
	json_t *value;
	const char *key;

	json_object_foreach(object, key, value)
	{
		json_t *first = json_array_get(value, 0);

		add_name(names, key, strlen(key));
		if (json_is_object(first))
			add_keys(names, first);
	}
}

/* Return the first JSON object of a text. The caller releases it. */
static json_t *
first_object(const char *text)
{
	json_error_t error;
	json_t *object = json_loads(text, JSON_DISABLE_EOF_CHECK, &error);

	ck_assert_msg(json_is_object(object), "no object: %s", text);
	return object;
}

static const struct {
	const char *command, *section;
	bool has_settings; /* the manual lists the settings elsewhere */
} objects[] = {
	{"info", "Options of info", true},
	{"evaluate", "Options of evaluate", false},
};

enum { OBJECTS = sizeof objects / sizeof objects[0] };

/* Add the names of the tasks' own errors, which `evaluate` prints. */
static void
add_shape_errors(struct names *names)
{
	for (size_t i = 0; task_list[i] != NULL; i++) {
		const struct task *task = (const struct task *)task_list[i];

		if (task->shape_error != NULL)
			add_name(names, task->shape_error_name,
				strlen(task->shape_error_name));
	}
}

/* In both directions, except for keys of certain tasks. */
START_TEST(keys_of_objects_are_those_of_the_manual)
{
	struct names in_object = {0}, in_manual = {0};
	const char *end, *start = section(".Ss ", objects[_i].section, &end);
	/* keys of shapes, and of mixtures of rectangles */
	struct names only_rectangles = {14,
		{"size", "degenerate", "perplexity", "right_lines", "lines",
			"bits_per_character", "characters", "streams", "floor",
			"floor_without_memory", "generated",
			"width_height_correlation", "width_distance",
			"height_distance"}};
	json_t *object = OBJECT_OF(objects[_i].command, "--json", MODEL);

	add_keys(&in_object, object);
	json_decref(object);
	/* the model is of points, without a shape error */
	if (strcmp(objects[_i].command, "evaluate") == 0)
		add_shape_errors(&in_object);
	add_mentions_in(&in_manual, start, end, "Va ");
	for (size_t i = 0; objects[_i].has_settings && setting_list[i] != NULL;
		i++)
		add_name(&in_manual, setting_list[i]->key,
			strlen(setting_list[i]->key));
	expect_all_in(&in_object, &in_manual,
		"a key of the object that the manual has not");
	for (size_t i = 0; i < only_rectangles.count; i++)
		add_name(&in_object, only_rectangles.name[i],
			strlen(only_rectangles.name[i]));
	expect_all_in(&in_manual, &in_object,
		"a key of the manual that the object has not");
}
END_TEST

START_TEST(keys_of_a_log_are_those_of_the_manual)
{
	struct names in_log = {0}, in_manual = {0};
	const char *end, *start = section(".Ss ", "The log", &end);
	const char *example = strstr(start, "\n{");
	char *log = read_here(LOG, NULL);
	json_t *object;

	ck_assert_msg(example != NULL && example < end,
		"the manual has no example of a log");
	object = first_object(example);
	add_keys(&in_manual, object);
	json_decref(object);
	object = first_object(log);
	free(log);
	add_keys(&in_log, object);
	json_decref(object);
	expect_all_in(&in_log, &in_manual, "in a log, not in the manual");
	expect_all_in(&in_manual, &in_log, "in the manual, not in a log");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("written");
	TCase *tcase = add_case(suite, "written");

	tcase_add_checked_fixture(tcase, train_and_read_manual, release_manual);
	tcase_add_test(tcase, keys_of_a_model_file_are_those_of_the_manual);
	suite_add_loop(tcase, keys_of_objects_are_those_of_the_manual, 0,
		OBJECTS);
	tcase_add_test(tcase, keys_of_a_log_are_those_of_the_manual);
	return suite_run(suite);
}
