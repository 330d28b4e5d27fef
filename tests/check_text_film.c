/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the film of a text: the snapshots of what the network wrote, in the
 * run, the model file, the gallery and the interface.
 */
#include <stdlib.h>
#include <string.h>

#include "here.h"
#include "interface.h"
#include "run/run.h"
#include "run/run_private.h"
#include "run/writer.h"
#include "run_to.h"
#include "session/model_file.h"
#include "suite.h"
#include "tensors.h"
#include "text_run.h"
#include "tui/live_text.h"

#define LIST "5,20,60"

static void
write_text_here(void)
{
	char text[1200] = "";

	while (strlen(text) < 1000)
		strcat(text, "to be, or not\nto be: that is\n\nthe question ");
	write_here("t.txt", text);
}

/* Begin a run with snapshots at the updates of the list. */
static struct run *
new_run(const char *framing, const char *list)
{
	char path[FOLDER_PATH_SIZE];
	const char *const options[][2] = {{"framing", framing},
		{"snapshots", list}, {"units", "9"}, {"batch", "4"},
		{"sequence-length", "8"}, {"window", "5"}, {"dropout", "0.2"},
		{"learning-rate", "0.02"}, {NULL, NULL}};

	write_text_here();
	return text_run_begin(options, path_here(path, "t.txt"));
}

static void
train_to(struct run *run, uint64_t updates)
{
	struct error error;

	ck_assert_msg(run_to(run, updates, &error) == RUN_REACHED, "%s",
		error.text);
}

/* Let the weights of a run write, with the random numbers of its seed. */
static void
write_tokens(const struct run *run, uint32_t tokens[SNAPSHOTS_TOKENS])
{
	struct writer writer;
	struct error error;

	ck_assert(writer_create(&writer, run, run_settings(run)->seed, &error));
	for (size_t i = 0; i < SNAPSHOTS_TOKENS; i++)
		tokens[i] = writer_write(&writer);
	writer_destroy(&writer);
}

static const char *const framings[] = {"sequence", "one-to-one", "many-to-one",
	"one-to-many"};

/* _i: the framing. */
START_TEST(a_snapshot_is_what_the_network_wrote_at_its_update)
{
	struct run *whole = new_run(framings[_i], LIST);
	struct run *early = new_run(framings[_i], "0");
	const struct snapshots *snapshots = run_snapshots(whole);
	uint32_t tokens[SNAPSHOTS_TOKENS];

	train_to(whole, 70);
	train_to(early, 20);
	ck_assert_uint_eq(snapshots->count, 3);
	ck_assert_uint_eq(run_snapshots(early)->count, 0);
	ck_assert(snapshots->at[1].update == 20);
	ck_assert(snapshots->at[1].average ==
		history_average(run_history(early)));
	ck_assert_uint_eq(snapshots->size, SNAPSHOTS_TOKENS);
	write_tokens(early, tokens);
	ck_assert_mem_eq(tokens, snapshots_tokens(snapshots, 1), sizeof tokens);
	/* the network has learnt in between */
	ck_assert_mem_ne(tokens, snapshots_tokens(snapshots, 2), sizeof tokens);
	text_run_end(whole);
	text_run_end(early);
}
END_TEST

/* All that the run continues with is the same, to the bit. */
START_TEST(snapshots_do_not_change_the_training)
{
	struct run *with = new_run("sequence", LIST);
	struct run *without = new_run("sequence", LIST);

	train_to(with, 60);
	/* this loop takes no snapshots */
	text_run_train(without, 60, UINT64_MAX);
	ck_assert_uint_eq(run_snapshots(without)->count, 0);
	/* identities are random */
	memcpy(with->state.identity, without->state.identity,
		sizeof with->state.identity);
	ck_assert_str_eq(run_state_difference(&with->state, &without->state),
		"snapshots");
	with->state.snapshots.count = 0;
	ck_assert_ptr_null(run_state_difference(&with->state, &without->state));
	text_run_end(with);
	text_run_end(without);
}
END_TEST

START_TEST(snapshots_are_kept_in_the_file)
{
	struct run *whole = new_run("sequence", LIST);
	struct run *stopped = new_run("sequence", LIST), *back;
	char path[FOLDER_PATH_SIZE];
	struct error error;

	path_here(path, MODEL);
	train_to(whole, 70);
	train_to(stopped, 33);
	ck_assert(model_file_write(&stopped->state, path, &error));
	back = model_file_open(suite_context(), path, &error);
	ck_assert_msg(back != NULL, "%s", error.text);
	ck_assert_uint_eq(run_snapshots(back)->count, 2);
	ck_assert(run_prepare(back, &error));
	train_to(back, 70);
	memcpy(back->state.identity, whole->state.identity,
		sizeof back->state.identity);
	ck_assert_ptr_null(run_state_difference(&back->state, &whole->state));
	ck_assert_mem_eq(snapshots_tokens(run_snapshots(back), 0),
		snapshots_tokens(run_snapshots(whole), 0),
		SNAPSHOTS_TOKENS * sizeof(uint32_t));
	text_run_end(whole);
	text_run_end(stopped);
	run_destroy(back);
}
END_TEST

/* Files of older versions have no snapshots of texts. */
START_TEST(a_file_without_them_is_read)
{
	struct run *run = new_run("sequence", LIST), *back;
	struct tensors source, older;
	char path[FOLDER_PATH_SIZE];
	const char *name;
	json_t *entry;
	struct error error;

	path_here(path, MODEL);
	train_to(run, 33);
	ck_assert(model_file_write(&run->state, path, &error));
	text_run_end(run);
	tensors_read(&source, path);
	tensors_begin(&older);
	json_object_foreach(source.header, name, entry)
	{
		size_t length;
		const void *data;

		if (strcmp(name, "__metadata__") == 0) {
			json_object_set(older.header, name, entry);
		} else if (strncmp(name, "snapshots.", 10) != 0) {
			data = tensors_find(&source, name, NULL, &length);
			tensors_append(&older, name,
				json_string_value(
					json_object_get(entry, "dtype")),
				json_object_get(entry, "shape"), data, length);
		}
	}
	tensors_write(&older, path);
	tensors_release(&source);
	tensors_release(&older);
	back = model_file_open(suite_context(), path, &error);
	ck_assert_msg(back != NULL, "%s", error.text);
	ck_assert_uint_eq(run_snapshots(back)->count, 0);
	ck_assert(run_prepare(back, &error));
	train_to(back, 61);
	ck_assert_uint_eq(run_snapshots(back)->count, 1);
	ck_assert(run_snapshots(back)->at[0].update == 60);
	run_destroy(back);
}
END_TEST

/* Train a model of a text of letters that learns slowly. */
static void
train_model(const char *snapshots)
{
	write_text_here();
	MUST("train", "--quiet", "--task", "text", "--data", "t.txt", "--seed",
		"1", "--units", "8", "--batch", "4", "--updates", "90",
		"--snapshots", snapshots, MODEL);
}

/* Return the text of a snapshot by the gallery in JSON; the object owns it. */
static const char *
text_of(const json_t *gallery, size_t index)
{
	const json_t *item =
		json_array_get(json_object_get(gallery, "snapshots"), index);

	return get_string(item, "text");
}

START_TEST(the_gallery_prints_the_texts)
{
	char expected[4096] = "", *plain;
	struct run *run;
	json_t *gallery;
	char path[FOLDER_PATH_SIZE];
	struct error error;
	uint32_t tokens[SNAPSHOTS_TOKENS];

	train_model("30,90");
	gallery = OBJECT_OF("generate", "--gallery", "--format", "json", MODEL);
	plain = OUTPUT_OF("generate", "--gallery", MODEL);
	for (size_t i = 0; i < 2; i++) {
		const json_t *item =
			json_array_get(json_object_get(gallery, "snapshots"),
				i);
		size_t length = strlen(expected);

		ck_assert_int_eq(get_integer(item, "update"), i == 0 ? 30 : 90);
		snprintf(expected + length, sizeof expected - length,
			"%s# update %lld, average loss %.9g\n%s\n",
			i == 0 ? "" : "\n", get_integer(item, "update"),
			get_number(item, "average"), get_string(item, "text"));
	}
	ck_assert_str_eq(plain, expected);
	/* the last one is what the saved weights write */
	run = model_file_open(suite_context(), path_here(path, MODEL), &error);
	ck_assert_msg(run != NULL, "%s", error.text);
	write_tokens(run, tokens);
	for (size_t i = 0; i < SNAPSHOTS_TOKENS; i++)
		expected[i] = (char)run_vocabulary(run)->character[tokens[i]];
	expected[SNAPSHOTS_TOKENS] = '\0';
	ck_assert_str_eq(text_of(gallery, 1), expected);
	run_destroy(run);
	json_decref(gallery);
	free(plain);
}
END_TEST

/* Copy the start of a snapshot as the film shows it: line ends as signs. */
static void
shown_start(const char *text, char start[TEXT_SIZE])
{
	start[0] = '\0';
	for (size_t i = 0; i < 12; i++)
		if (text[i] == '\n')
			strcat(start, "\u21b5");
		else
			strncat(start, text + i, 1);
}

START_TEST(the_film_lists_update_loss_and_text)
{
	char line[TEXT_SIZE], start[TEXT_SIZE], loss[32];
	json_t *gallery;

	train_model("7,30,90");
	gallery = OBJECT_OF("generate", "--gallery", "--format", "json", MODEL);
	open_with(&(struct terminal_options){.rows = 40,
		.columns = 200,
		.command.arguments = WORDS(MODEL)});
	expect("finished");
	settle();
	for (size_t i = 0; i < 3; i++) {
		const json_t *item =
			json_array_get(json_object_get(gallery, "snapshots"),
				i);

		snprintf(loss, sizeof loss, " %lld    %.2f  ",
			get_integer(item, "update"),
			get_number(item, "average"));
		shown_start(text_of(gallery, i), start);
		line_with(loss, start, line);
		ck_assert_msg(line[0] != '\0', "no '%s' with '%s' in:\n%s",
			loss, start, terminal_text(&terminal));
	}
	json_decref(gallery);
	line_with(" now ", loss + strlen(loss) - 6, line);
	ck_assert_str_ne(line, "");
	leave();
}
END_TEST

/* Turn the wheel over a cell in the middle of the pane Generated. */
static void
turn_wheel(bool up)
{
	press_and_settle(up ? "\033[<64;40;8M" : "\033[<65;40;8M");
}

START_TEST(the_wheel_scrolls_the_film_of_a_small_screen)
{
	enum { SNAPSHOTS = 30 };
	char list[256] = "";

	for (int i = 1; i <= SNAPSHOTS; i++)
		snprintf(list + strlen(list), sizeof list - strlen(list),
			"%s%d", i > 1 ? "," : "", 3 * i);
	train_model(list);
	open_with(&(struct terminal_options){.rows = 16,
		.columns = 80,
		.command.arguments = WORDS(MODEL)});
	expect("finished");
	press_and_settle(KEY_TAB KEY_TAB);
	press_and_settle("f");
	expect(" of 31");
	expect(" now ");
	ck_assert(!terminal_shows(&terminal, "   3   "));
	/* never beyond the first */
	for (int i = 0; i < SNAPSHOTS + 5; i++)
		turn_wheel(true);
	expect(" 1-");
	ck_assert(terminal_shows(&terminal, "   3   "));
	ck_assert(!terminal_shows(&terminal, " now "));
	turn_wheel(false);
	expect(" 2-");
	ck_assert(!terminal_shows(&terminal, "   3   "));
	for (int i = 0; i < SNAPSHOTS + 5; i++)
		turn_wheel(false);
	expect("-31 of 31");
	expect(" now ");
	press_and_settle("f");
	ck_assert(!terminal_shows(&terminal, " now "));
	leave();
}
END_TEST

/* Copy the lines of the pane Generated, which fills the screen. */
static void
copy_lines(char text[TEXT_SIZE])
{
	char line[TEXT_SIZE];

	text[0] = '\0';
	for (int row = 0; row < terminal.rows; row++) {
		terminal_line(&terminal, row, line, sizeof line);
		/* inside the box */
		if (strncmp(line, "\u2502", strlen("\u2502")) == 0 &&
			strlen(text) + strlen(line) + 2 < TEXT_SIZE)
			strcat(strcat(text, line), "\n");
	}
}

/* What was scrolled to stays while training writes on, and g shows the end. */
START_TEST(a_written_text_scrolls)
{
	char end[TEXT_SIZE], before[TEXT_SIZE], after[TEXT_SIZE];

	train_model("0");
	open_with(&(struct terminal_options){.rows = 16,
		.columns = 40,
		.command.arguments = WORDS(MODEL)});
	expect("finished");
	press_and_settle(KEY_TAB KEY_TAB);
	press_and_settle("g");
	copy_lines(end);
	/* at the end nothing is below */
	press_and_settle("\033[6~");
	copy_lines(after);
	ck_assert_str_eq(after, end);
	press_and_settle("\033[5~");
	expect("lines ");
	copy_lines(before);
	ck_assert_str_ne(before, end);
	/* the last line of this page is the first one of the end */
	ck_assert_mem_eq(strrchr(before, '\0') - (strchr(end, '\n') + 1 - end),
		end, (size_t)(strchr(end, '\n') + 1 - end));
	press("100e");
	expect("finished: e extends");
	settle();
	copy_lines(after);
	ck_assert_str_eq(after, before);
	/* up to the first line and never beyond */
	for (int i = 0; i < 100; i++)
		press_and_settle("\033[5~");
	expect("lines 1-");
	press_and_settle("\033[<65;20;8M");
	expect("lines 4-");
	press_and_settle("\033[<64;20;8M");
	expect("lines 1-");
	press_and_settle("g");
	ck_assert(!terminal_shows(&terminal, "lines "));
	leave();
}
END_TEST

/* Going on is the same as having written more at once. */
START_TEST(a_text_goes_on_and_drops_whole_lines)
{
	struct run *run = new_run("sequence", "0");
	struct live_text *live = calloc(1, sizeof *live);
	char *all = calloc(1, 4 * LIVE_TEXT_SIZE);
	size_t length = 0;
	struct writer writer;
	struct error error;
	const char *at;

	ck_assert(live != NULL && all != NULL);
	train_to(run, 60);
	ck_assert(live_text_create(live, run, &error));
	live_text_update(live);
	ck_assert_uint_gt(strlen(live->text), 0);
	while (live->written < 2 * (uint64_t)LIVE_TEXT_SIZE)
		live_text_go_on(live);
	ck_assert(writer_create(&writer, run, 1, &error));
	for (uint64_t i = 0; i < live->written; i++)
		length += text_encode(run_vocabulary(run),
			writer_write(&writer), all + length);
	ck_assert_uint_lt(strlen(live->text), length);
	/* the end of the whole text, from the start of a line */
	at = all + length - strlen(live->text);
	ck_assert_str_eq(live->text, at);
	ck_assert_int_eq(at[-1], '\n');
	writer_destroy(&writer);
	live_text_destroy(live);
	free(all);
	free(live);
	text_run_end(run);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("film of a text");
	TCase *group = add_case(suite, "snapshots");

	suite_add_loop(group,
		a_snapshot_is_what_the_network_wrote_at_its_update, 0,
		sizeof framings / sizeof framings[0]);
	tcase_add_test(group, snapshots_do_not_change_the_training);
	tcase_add_test(group, snapshots_are_kept_in_the_file);
	tcase_add_test(group, a_file_without_them_is_read);
	tcase_add_test(group, the_gallery_prints_the_texts);
	tcase_add_test(group, a_text_goes_on_and_drops_whole_lines);
	group = add_screen_case(suite, "film");
	tcase_add_test(group, the_film_lists_update_loss_and_text);
	tcase_add_test(group, a_written_text_scrolls);
	tcase_add_test(group, the_wheel_scrolls_the_film_of_a_small_screen);
	return suite_run(suite);
}
