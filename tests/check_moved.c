/*
 * Where the data of a run are: data that have moved since it was saved.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "interface.h"
#include "suite.h"

static const char *const kinds[] = {"points", "text"};

#define TRIANGLE "0,0\n1,0\n0.5,0.8\n\n0,0\n0.5,0\n0.25,0.4\n"

static void
rename_here(const char *from, const char *to)
{
	char old_path[FOLDER_PATH_SIZE], new_path[FOLDER_PATH_SIZE];

	ck_assert_int_eq(rename(folder_join(old_path, folder, from),
		folder_join(new_path, folder, to)), 0);
}

/* A finished run of that kind, whose data have moved from `old` to `new`. */
static void
finish_and_move(const char *kind)
{
	write_here("old", TRIANGLE);
	MUST("train", "--quiet", "--seed", "1", "--task", kind, "--data",
		"old", "--units", "4", "--batch", "2", "--updates", "50", MODEL);
	rename_here("old", "new");
}

static void
expect_data(const char *name)
{
	char path[FOLDER_PATH_SIZE];
	json_t *object = info(MODEL);

	ck_assert_str_eq(get_string(object, "data"),
		folder_join(path, folder, name));
	json_decref(object);
}

/* What stands behind the header of a model file; the caller frees it. */
static char *
read_tensor_bytes(size_t *length)
{
	char *file = read_here(MODEL, length);
	uint64_t header = 0;

	for (int i = 0; i < 8; i++)
		header |= (uint64_t)(unsigned char)file[i] << 8 * i;
	ck_assert_uint_lt(header + 8, *length);
	*length -= header + 8;
	memmove(file, file + header + 8, *length);
	return file;
}

START_TEST(a_finished_run_keeps_the_new_place_of_its_data)
{
	char *text, *evaluated, *before, *after;
	size_t length, length_after;

	write_here("old", TRIANGLE);
	MUST("train", "--quiet", "--seed", "1", "--task", kinds[_i], "--data",
		"old", "--units", "4", "--batch", "2", "--updates", "50", MODEL);
	evaluated = OUTPUT_OF("evaluate", MODEL);
	before = read_tensor_bytes(&length);
	rename_here("old", "new");
	text = OUTPUT_OF("train", "--data", "new", MODEL);
	ck_assert_ptr_nonnull(strstr(text, "\nsaved " MODEL " at update 50\n"
		"nothing to train; the new place of the data is saved\n"));
	free(text);
	expect_data("new");
	after = read_tensor_bytes(&length_after);
	ck_assert_uint_eq(length_after, length);
	ck_assert_mem_eq(after, before, length);
	free(before);
	free(after);
	text = OUTPUT_OF("evaluate", MODEL);
	ck_assert_str_eq(text, evaluated);
	free(text);
	free(evaluated);
	/* and there is nothing left to save */
	text = OUTPUT_OF("train", "--data", "new", MODEL);
	ck_assert_ptr_nonnull(strstr(text, "nothing to do: all 50 updates"));
	ck_assert_ptr_null(strstr(text, "saved"));
	free(text);
}
END_TEST

START_TEST(what_else_may_change_is_kept_too)
{
	json_t *object;
	char *text;

	MUST("train", "--quiet", "--seed", "1", "--updates", "50", MODEL);
	text = OUTPUT_OF("train", "--learning-rate", "0.25", MODEL);
	ck_assert_ptr_nonnull(strstr(text,
		"nothing to train; the new settings are saved\n"));
	free(text);
	object = info(MODEL);
	ck_assert_double_eq(get_number(object, "learning_rate"), 0.25);
	json_decref(object);
	/* fewer updates than are done change nothing */
	text = OUTPUT_OF("train", "--updates", "20", MODEL);
	ck_assert_ptr_nonnull(strstr(text, "nothing to do"));
	free(text);
	object = info(MODEL);
	ck_assert_int_eq(get_integer(object, "target"), 50);
	json_decref(object);
}
END_TEST

/* The message of a command about data that are not there. */
static void
expect_remedy(const char *const *words, const char *remedy)
{
	char expected[2 * FOLDER_PATH_SIZE];
	struct outcome outcome;

	command_run(&(struct command){.folder = folder, .arguments = words},
		&outcome);
	snprintf(expected, sizeof expected,
		"%s/old: No such file or directory; %s\n", folder, remedy);
	expect_failure(&outcome, expected);
	outcome_release(&outcome);
}

START_TEST(data_that_are_missing_name_the_option)
{
	struct outcome outcome;

	finish_and_move(kinds[_i]);
	expect_remedy(WORDS("train", MODEL),
		"give its new place with --data FILE");
	expect_remedy(WORDS("train", "--updates", "90", MODEL),
		"give its new place with --data FILE");
	expect_remedy(WORDS("evaluate", MODEL), _i == 0
		? "give its new place with --data FILE"
		: "'lstmtui train --data FILE MODEL' keeps its new place");
	/* these need no data */
	MUST("info", MODEL);
	MUST("generate", MODEL);
	/* a place that was given is not the one that is missing */
	RUN(&outcome, "train", "--data", "nowhere", MODEL);
	expect_failure(&outcome, "nowhere: No such file or directory\n");
	outcome_release(&outcome);
	RUN(&outcome, "evaluate", "--data", "nowhere", MODEL);
	expect_failure(&outcome, "nowhere: No such file or directory\n");
	outcome_release(&outcome);
	/* others are not taken for them, and nothing is saved */
	write_here("other", "0,0\n1,0\n0.5,0.5\n0,0\n1,1\n2,1\n");
	RUN(&outcome, "train", "--data", "other", MODEL);
	expect_failure(&outcome, "other: not the");
	outcome_release(&outcome);
	expect_data("old");
}
END_TEST

START_TEST(the_interface_names_the_option_and_keeps_the_place)
{
	finish_and_move(kinds[_i]);
	open_with(&(struct terminal_options){
		.command.arguments = WORDS(MODEL), .rows = 24, .columns = 250});
	expect("give its new place with --data FILE");
	expect_end(1);
	close_terminal();
	OPEN("--data", "new", MODEL);
	expect("50/50");
	press("q");
	expect("not saved");
	press("s");
	expect_end(0);
	expect_data("new");
}
END_TEST

START_TEST(a_run_of_made_shapes_gets_no_data)
{
	struct outcome outcome;

	write_here("new", "0,0\n1,0\n1,1\n0,1\n");
	MUST("train", "--quiet", "--updates", "5", MODEL);
	RUN(&outcome, "train", "--data", "new", MODEL);
	expect_usage_error(&outcome, "--data");
	outcome_release(&outcome);
}
END_TEST

#define SWEEP "sweep", "--quiet", "--task", "points", "--units", "2,3", \
	"--seeds", "1", "--count", "10", "--output", "d", "--updates"

START_TEST(a_sweep_goes_on_with_data_that_have_moved)
{
	struct outcome outcome;
	char *table, *moved;

	write_here("old", TRIANGLE);
	table = OUTPUT_OF(SWEEP, "20", "--data", "old");
	rename_here("old", "new");
	moved = OUTPUT_OF(SWEEP, "20", "--data", "new");
	ck_assert_str_eq(moved, table);
	free(moved);
	free(table);
	RUN(&outcome, "sweep", "--collect", "d");
	expect_failure(&outcome,
		"'lstmtui train --data FILE MODEL' keeps its new place");
	outcome_release(&outcome);
	write_here("other", "0,0\n1,0\n0.5,0.5\n");
	RUN(&outcome, SWEEP, "20", "--data", "other");
	expect_usage_error(&outcome, "not of this sweep: its data are other");
	outcome_release(&outcome);
	/* longer runs take the new place with them */
	MUST(SWEEP, "40", "--data", "new");
	MUST("sweep", "--collect", "d");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("moved");
	TCase *tcase = add_screen_case(suite, "moved");

	tcase_add_loop_test(tcase,
		a_finished_run_keeps_the_new_place_of_its_data, 0,
		COUNT(kinds));
	tcase_add_test(tcase, what_else_may_change_is_kept_too);
	tcase_add_loop_test(tcase, data_that_are_missing_name_the_option, 0,
		COUNT(kinds));
	tcase_add_loop_test(tcase,
		the_interface_names_the_option_and_keeps_the_place, 0,
		COUNT(kinds));
	tcase_add_test(tcase, a_run_of_made_shapes_gets_no_data);
	tcase_add_test(tcase, a_sweep_goes_on_with_data_that_have_moved);
	return suite_run(suite);
}
