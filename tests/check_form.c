/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the form for a new run, of the film strip and of the pane of a text,
 * in the interface; and of the snapshots that the film strip shows.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "interface.h"
#include "run/generate.h"
#include "session/model_file.h"
#include "run/run.h"
#include "run/run_private.h"
#include "run_to.h"
#include "suite.h"

/* Up from the first line to the last one, which starts the run. */
static void
begin_run(void)
{
	expect("New run");
	press(KEY_ESCAPE);
	expect_gone("New run");
}

START_TEST(the_form_shows_the_present_values_and_escape_keeps_the_run)
{
	OPEN("--seed", "17", "--units", "12,7");
	expect("running");
	press("n");
	expect("New run");
	expect("12,7");
	expect("learning-rate");
	begin_run();
	expect("LSTM(12)");
	leave();
}
END_TEST

START_TEST(a_new_run_has_the_settings_of_the_form)
{
	OPEN("--seed", "1", "--updates", "50", "--speed", "0");
	expect("50/50");
	press("n");
	expect("New run");
	/* lines: task, framing, cell, units */
	press(KEY_DOWN KEY_RIGHT);
	expect("sequence");
	expect("recurrent-activation");
	press(KEY_DOWN "r");
	expect("simple recurrent layer");
	/* a cell without gates has no recurrent activation */
	expect("for --cell lstm and gru");
	press("g");
	expect("gated recurrent unit");
	expect_gone("for --cell lstm and gru");
	press(KEY_DOWN "23");
	expect("23");
	/* up from the first line to the last one */
	press(KEY_UP KEY_UP KEY_UP KEY_UP KEY_ENTER);
	expect("not saved");
	press("d");
	expect("GRU(23)");
	expect("finished");
	expect("50/50");
	leave();
}
END_TEST

/* As on the command line; choosing the former kind restores its defaults. */
START_TEST(a_kind_chosen_in_the_form_sets_its_defaults)
{
	json_t *object;

	OPEN("--seed", "1", "--updates", "50", "--speed", "0");
	expect("50/50");
	press("n");
	expect("New run");
	/*
	 * lines: task, framing, cell, units, recurrent-activation, loss,
	 * optimizer
	 */
	press(KEY_DOWN KEY_DOWN KEY_DOWN KEY_DOWN KEY_DOWN KEY_DOWN "s");
	expect("momentum");
	expect("0.01 ");
	press("r");
	expect("rmsprop");
	expect("0.001 ");
	press("s");
	expect("0.01 ");
	/* up from the first line to the last one */
	press(KEY_UP KEY_UP KEY_UP KEY_UP KEY_UP KEY_UP KEY_UP KEY_ENTER);
	expect("not saved");
	press_and_settle("d");
	expect("finished");
	press("w");
	expect("Save as");
	press(KEY_CTRL_U MODEL KEY_ENTER);
	expect("saved " MODEL);
	leave();
	object = info(MODEL);
	ck_assert_str_eq(get_string(object, "optimizer"), "sgd");
	ck_assert_double_eq(get_number(object, "learning_rate"), 0.01);
	ck_assert_double_eq(get_number(object, "momentum"), 0);
	json_decref(object);
}
END_TEST

START_TEST(a_new_run_may_change_from_a_text_to_shapes_and_points)
{
	char path[FOLDER_PATH_SIZE];
	json_t *object;

	write_here("t.txt", "a small text, and not much more than that\n");
	write_here("s\xc3\xbc"
		   "d.csv",
		"0,0\n1,0\n1,1\n0,1\n");
	OPEN("--task", "text", "--data", "t.txt", "--seed", "1", "--updates",
		"20", "--speed", "0");
	expect("20/20");
	press("n");
	expect("New run");
	press("r"); /* r finds rectangle */
	expect("rectangle");
	for (int i = 0;
		i < 12 && !terminal_shows(&terminal, "train on a CSV file");
		i++)
		press_and_settle(KEY_DOWN);
	press("s\xc3\xbc"
	      "d.csv");
	expect("s\xc3\xbc"
	       "d.csv");
	press(KEY_CTRL_U);
	expect_gone("s\xc3\xbc"
		    "d.csv");
	press("s\xc3\xbc"
	      "d.csv" KEY_END KEY_ENTER);
	expect("Start a new run?");
	press("d");
	/* the defaults of texts do not apply to shapes */
	expect("LSTM(10)");
	expect("finished");
	press("w");
	expect("Save as");
	press(KEY_CTRL_U MODEL KEY_ENTER);
	expect("saved " MODEL);
	leave();
	/* the path is absolute */
	object = info(MODEL);
	ck_assert_str_eq(get_string(object, "data"),
		folder_join(path, folder,
			"s\xc3\xbc"
			"d.csv"));
	json_decref(object);
}
END_TEST

START_TEST(a_signal_ends_the_program_while_a_large_model_is_created)
{
	OPEN("--seed", "1", "--updates", "50", "--speed", "0");
	expect("50/50");
	press("n");
	expect("New run");
	press(KEY_DOWN KEY_DOWN KEY_DOWN "3000");
	expect("3000");
	press(KEY_UP KEY_UP KEY_UP KEY_UP KEY_ENTER);
	expect("not saved");
	press("d");
	/* the program creates the model when it has read the key */
	while (!terminal_has_read(&terminal))
		terminal_pump(&terminal, 1);
	kill(terminal.pid, SIGTERM);
	expect_end(128 + SIGTERM);
	expect_restored();
}
END_TEST

START_TEST(the_form_refuses_contradictory_settings)
{
	OPEN("--seed", "1");
	expect("running");
	press("n");
	expect("New run");
	/* text is the last task, left of the first */
	press(KEY_LEFT);
	expect("needs --data");
	press(KEY_UP KEY_ENTER);
	expect("New run");
	expect("needs --data");
	begin_run();
	expect("rectangle");
	leave();
}
END_TEST

/* Go from the first line up to the last one, and start the run. */
static void
begin_another_run(void)
{
	press("n");
	expect("New run");
	press_and_settle(KEY_UP KEY_ENTER);
	expect("Start a new run?");
	press_and_settle("d");
	expect("finished");
}

START_TEST(a_new_run_keeps_the_view)
{
	OPEN("--seed", "1", "--updates", "200", "--speed", "0", "--snapshots",
		"100");
	expect("200/200");
	expect("log y \u00b7 whole run");
	expect("last seen");
	press_and_settle("lxtf");
	expect("linear y \u00b7 whole run, log x");
	expect("film strip");
	begin_another_run();
	expect("linear y \u00b7 whole run, log x");
	expect("film strip");
	press_and_settle("f");
	expect("error 0.");
	ck_assert(!terminal_shows(&terminal, "training 0."));
	press_and_settle("x" KEY_TAB);
	expect("linear y \u00b7 recent");
	expect_gone("Generated");
	begin_another_run();
	expect("linear y \u00b7 recent");
	ck_assert(!terminal_shows(&terminal, "Generated"));
	leave();
}
END_TEST

/* The scale of the axis depends on the loss until the user chooses one. */
START_TEST(the_scale_of_the_plot_depends_on_the_loss)
{
	OPEN("--seed", "1", "--updates", "20", "--speed", "0");
	expect("log y");
	press("n");
	expect("New run");
	for (int i = 0; i < 20 && !terminal_shows(&terminal, "\u25c2 mae"); i++)
		press_and_settle(KEY_DOWN);
	for (int i = 0; i < 9 && !terminal_shows(&terminal, "\u25c2 mixture");
		i++)
		press_and_settle(KEY_RIGHT);
	for (int i = 0; i < 20 && !terminal_shows(&terminal, "Enter starts");
		i++)
		press_and_settle(KEY_DOWN);
	press(KEY_ENTER);
	expect("Start a new run?");
	press_and_settle("d");
	expect("finished");
	expect("linear y");
	leave();
}
END_TEST

START_TEST(cancel_leads_back_to_the_form)
{
	OPEN("--seed", "1", "--updates", "50", "--speed", "0");
	expect("50/50");
	press("n");
	expect("New run");
	press_and_settle(KEY_DOWN KEY_DOWN KEY_DOWN
		"23" KEY_UP KEY_UP KEY_UP KEY_UP KEY_ENTER);
	expect("Start a new run?");
	press("c");
	expect_gone("Start a new run?");
	expect("New run");
	press(KEY_HOME);
	expect("23");
	/* Escape instead of a file name has the same effect */
	press(KEY_F5);
	expect("Start a new run?");
	press("s");
	expect("Save as");
	press(KEY_ESCAPE);
	expect_gone("Save as");
	expect("New run");
	press(KEY_ESCAPE);
	expect_gone("New run");
	expect("LSTM(10)");
	/* a later save does not start the new run */
	press("W");
	expect("Save as");
	press(KEY_CTRL_U MODEL KEY_ENTER);
	expect("saved " MODEL);
	expect("50/50");
	leave();
}
END_TEST

START_TEST(data_that_cannot_be_read_leave_the_run_alone)
{
	OPEN("--seed", "1", "--updates", "30", "--speed", "0", "m.safetensors");
	expect("30/30");
	press("w");
	expect("saved m.safetensors");
	press("n");
	expect("New run");
	press(KEY_LEFT KEY_LEFT);
	expect("points");
	/* go to the line of the data, wherever it is */
	for (int i = 0; i < 12; i++) {
		press(KEY_DOWN);
		terminal_settle(&terminal, LIMIT_MS);
		if (terminal_shows(&terminal, "train on a CSV file"))
			break;
	}
	expect("train on a CSV file");
	/* the end of the message is visible however long the path is */
	press("a-long-way/a-long-way/a-long-way/a-long-way/a-long-way/"
	      "a-long-way/nowhere.csv");
	expect("nowhere.csv");
	press(KEY_END KEY_ENTER);
	expect("No such file");
	press(KEY_ESCAPE);
	expect("30/30");
	leave();
}
END_TEST

START_TEST(unsaved_progress_can_be_saved_before_a_new_run)
{
	char path[FOLDER_PATH_SIZE];

	OPEN("--seed", "1", "--updates", "30", "--speed", "0", "m.safetensors");
	expect("30/30");
	press("n");
	expect("New run");
	press(KEY_UP KEY_ENTER);
	expect("not saved");
	press("s");
	expect("no file yet");
	ck_assert(file_exists(folder_join(path, folder, "m.safetensors")));
	leave();
}
END_TEST

/* Open the form of a paused run. */
static void
open_form(int rows, int columns)
{
	open_with(&(struct terminal_options){.rows = rows,
		.columns = columns,
		.command.arguments = WORDS("--seed", "1")});
	pause_training();
	press_and_settle("n");
	ck_assert(terminal_shows(&terminal, "New run"));
}

START_TEST(lines_without_an_effect_say_what_they_belong_to)
{
	char line[TEXT_SIZE];

	open_form(50, 80);
	line_with("window", "for --framing many-to-one and one-to-many", line);
	ck_assert_str_ne(line, "");
	line_with("huber-delta", "for --loss huber", line);
	ck_assert_str_ne(line, "");
	line_with("dropout", "for --task count and text", line);
	ck_assert_str_ne(line, "");
	/* the cursor passes over the window */
	press_and_settle(KEY_DOWN KEY_DOWN);
	ck_assert(terminal_shows(&terminal, "kind of recurrent layer"));
	/* one-to-one, sequence, many-to-one: the window has an effect */
	press_and_settle(KEY_UP KEY_RIGHT KEY_RIGHT);
	line_with("window", "3", line);
	ck_assert_str_ne(line, "");
	line_with("window", "for --framing", line);
	ck_assert_str_eq(line, "");
	press_and_settle(KEY_DOWN);
	ck_assert(terminal_shows(&terminal, "points in a window"));
	press_and_settle(KEY_ESCAPE);
	leave();
}
END_TEST

/* Return the number before a text on the screen, as in "9 more below"; or 0. */
static int
number_before(const char *text)
{
	const char *screen = terminal_text(&terminal);
	const char *at = strstr(screen, text), *digit = at;

	if (at == NULL)
		return 0;
	while (digit > screen && digit[-1] >= '0' && digit[-1] <= '9')
		digit--;
	return atoi(digit);
}

START_TEST(the_form_shows_that_it_goes_on)
{
	int settings = 0, below;

	for (size_t i = 0; setting_list[i] != NULL; i++)
		settings += setting_list[i]->chooses == NULL;
	open_form(24, 80);
	below = number_before(" more below");
	/* the line that starts the run, too; four lines explain */
	ck_assert_int_eq(below, settings + 1 - (24 - 2 - 4));
	ck_assert(!terminal_shows(&terminal, "more above"));
	press_and_settle(KEY_END);
	ck_assert(terminal_shows(&terminal, " start "));
	ck_assert_int_eq(number_before(" more above"), below);
	ck_assert(!terminal_shows(&terminal, "more below"));
	press_and_settle(KEY_HOME);
	ck_assert_int_eq(number_before(" more below"), below);
	ck_assert(terminal_shows(&terminal, "task to learn"));
	press_and_settle(KEY_PAGE_DOWN);
	ck_assert(terminal_shows(&terminal, "more above"));
	press_and_settle(KEY_PAGE_UP KEY_PAGE_UP);
	ck_assert(terminal_shows(&terminal, "task to learn"));
	/* the wheel */
	press_and_settle("\033[<65;40;10M");
	ck_assert(!terminal_shows(&terminal, "task to learn"));
	press_and_settle("\033[<64;40;10M");
	ck_assert(terminal_shows(&terminal, "task to learn"));
	press_and_settle(KEY_ESCAPE);
	leave();
}
END_TEST

/* The setting and the chosen kind, each in a line. */
START_TEST(the_form_explains_a_setting_and_its_choice)
{
	open_form(24, 80);
	press_and_settle(KEY_DOWN);
	ck_assert(terminal_shows(&terminal,
		"how sequences become training samples"));
	ck_assert(terminal_shows(&terminal, "one-to-one: "));
	press_and_settle(KEY_RIGHT);
	ck_assert(terminal_shows(&terminal, "sequence: "));
	press_and_settle(KEY_ESCAPE);
	leave();
}
END_TEST

/* On a narrow screen in two rows. */
START_TEST(a_long_explanation_is_wrapped)
{
	open_form(12, 40);
	press_and_settle(KEY_DOWN KEY_DOWN);
	ck_assert(terminal_shows(&terminal, "lstm: long short-term memory"));
	ck_assert_msg(terminal_shows(&terminal, "gates and a cell state"), "%s",
		terminal_text(&terminal));
	press_and_settle(KEY_ESCAPE);
	leave();
}
END_TEST

START_TEST(a_click_moves_the_cursor_of_the_form)
{
	open_form(24, 80);
	/* the box: task, tokens, vocabulary, framing, window, gap, cell */
	press_and_settle("\033[<0;20;8M");
	ck_assert(terminal_shows(&terminal, "kind of recurrent layer"));
	/* not to a line without an effect */
	press_and_settle("\033[<0;20;6M");
	ck_assert(terminal_shows(&terminal, "kind of recurrent layer"));
	press_and_settle("\033[<0;20;2M");
	ck_assert(terminal_shows(&terminal, "task to learn"));
	press_and_settle(KEY_ESCAPE);
	leave();
}
END_TEST

START_TEST(f5_starts_the_run_from_any_line)
{
	OPEN("--seed", "1", "--updates", "50", "--speed", "0");
	expect("50/50");
	press_and_settle(KEY_F5);
	expect("New run");
	press_and_settle(KEY_DOWN KEY_DOWN KEY_DOWN "2x" KEY_F5);
	/* an invalid value: the form stays, with the reason */
	expect("New run");
	press_and_settle(KEY_BACKSPACE "3" KEY_F5);
	expect("Start a new run?");
	press_and_settle("d");
	expect("LSTM(23)");
	expect("finished");
	leave();
}
END_TEST

/* Move to the line of the data, with the task points. */
static void
go_to_data(void)
{
	press_and_settle("n");
	press_and_settle("p");
	expect("points");
	for (int i = 0; i < 12 && !terminal_shows(&terminal, "Tab completes");
		i++)
		press_and_settle(KEY_DOWN);
	ck_assert(terminal_shows(&terminal, "Tab completes"));
	press_and_settle(KEY_CTRL_U);
}

START_TEST(tab_completes_the_name_of_a_file)
{
	char path[FOLDER_PATH_SIZE];
	json_t *object;

	write_here("strokes.csv", "0,0\n1,0\n1,1\n");
	write_here("strange \xff\xc3\xa9\nname.csv", "0,0\n1,0\n1,1\n");
	write_here(".hidden.csv", "0,0\n1,0\n1,1\n");
	write_here("a.csv", "0,0\n1,0\n1,1\n");
	ck_assert_int_eq(mkdir(folder_join(path, folder, "strata"), 0700), 0);
	write_here("strata/one.csv", "0,0\n5,0\n5,5\n");
	OPEN("--seed", "1", "--updates", "20", "--speed", "0");
	expect("20/20");
	go_to_data();
	/* all names but hidden ones */
	press_and_settle("\t");
	ck_assert_msg(terminal_shows(&terminal, "strokes.csv"), "%s",
		terminal_text(&terminal));
	ck_assert(!terminal_shows(&terminal, "hidden"));
	/* the common part of three names, which are listed */
	press_and_settle("s\t");
	ck_assert(terminal_shows(&terminal, "str\u258f"));
	ck_assert(terminal_shows(&terminal, "strata/  strokes.csv"));
	ck_assert(!terminal_shows(&terminal, "hidden"));
	/* unprintable bytes by their number */
	ck_assert(terminal_shows(&terminal, "\\xFF"));
	/* only one: a folder, then the file in it */
	press_and_settle("at\t");
	ck_assert(terminal_shows(&terminal, "strata/\u258f"));
	press_and_settle("\t");
	ck_assert(terminal_shows(&terminal, "strata/one.csv\u258f"));
	press_and_settle(KEY_CTRL_U "nothing\t");
	ck_assert(terminal_shows(&terminal, "no file begins with 'nothing'"));
	/* a name of any bytes */
	press_and_settle(KEY_CTRL_U "strange\t" KEY_F5);
	expect("Start a new run?");
	press_and_settle("d");
	expect("finished");
	press("w");
	expect("Save as");
	press(KEY_CTRL_U MODEL KEY_ENTER);
	expect("saved " MODEL);
	leave();
	object = info(MODEL);
	ck_assert_ptr_nonnull(strstr(get_string(object, "data"), "strange "));
	json_decref(object);
}
END_TEST

/* Each of many names is completed by its own part only. */
START_TEST(more_names_than_fit_are_counted)
{
	OPEN("--seed", "1", "--updates", "20", "--speed", "0");
	expect("20/20");
	for (int i = 0; i < 30; i++) {
		char name[64];

		snprintf(name, sizeof name, "a-name-of-a-file-%02d.csv", i);
		write_here(name, "0,0\n");
	}
	go_to_data();
	press_and_settle("a\t");
	ck_assert(terminal_shows(&terminal, "a-name-of-a-file-\u258f"));
	ck_assert(terminal_shows(&terminal, "a-name-of-a-file-00.csv"));
	ck_assert_int_eq(number_before(" more"), 28);
	press_and_settle(KEY_ESCAPE);
	leave();
}
END_TEST

START_TEST(the_form_survives_any_size)
{
	static const int sizes[][2] = {{24, 80}, {12, 40}, {5, 20}, {3, 12},
		{1, 1}, {40, 140}};

	OPEN("--seed", "1", "--speed", "1");
	expect("running");
	press("n");
	expect("New run");
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		terminal_resize(&terminal, sizes[i][0], sizes[i][1]);
		press(KEY_DOWN KEY_RIGHT KEY_DOWN
			"7" KEY_BACKSPACE KEY_END KEY_PAGE_UP);
		terminal_settle(&terminal, LIMIT_MS);
		ck_assert(!terminal.is_over);
	}
	begin_run();
	leave();
}
END_TEST

START_TEST(the_film_strip_shows_the_snapshots)
{
	OPEN("--seed", "1", "--updates", "1000", "--speed", "0", "--snapshots",
		"7,300,999");
	expect("1,000/1,000");
	press("f");
	expect("film strip");
	expect(" 7 ");
	expect("300");
	expect("999");
	expect("now");
	press("f");
	expect_gone("film strip");
	leave();
}
END_TEST

START_TEST(the_gallery_is_written_as_a_picture)
{
#ifdef HAVE_CAIRO
	static const char *const formats[] = {"svg", "png", "pdf"};
	static const char *const marks[] = {"<?xml", "\x89PNG", "%PDF"};
	struct outcome outcome;

	MUST("train", "--seed", "1", "--updates", "30", "--snapshots", "20",
		"--quiet", MODEL);
	for (size_t i = 0; i < 3; i++) {
		RUN(&outcome, "generate", "--gallery", "--format", formats[i],
			MODEL);
		expect_status(&outcome, 0);
		ck_assert_int_eq(strncmp(outcome.output, marks[i],
					 strlen(marks[i])),
			0);
		outcome_release(&outcome);
	}
#endif
}
END_TEST

START_TEST(the_film_strip_on_a_small_screen_shows_the_newest_snapshots)
{
	open_with(&(struct terminal_options){
		.command.arguments = WORDS("--seed", "1", "--updates", "1000",
			"--speed", "0", "--snapshots",
			"11,22,33,44,55,66,77,88,300,301,302,303,304,305,999"),
		.rows = 16,
		.columns = 60});
	expect("finished");
	press("f");
	expect("303");
	expect("999");
	expect("now");
	ck_assert(!terminal_shows(&terminal, " 77 "));
	leave();
}
END_TEST

START_TEST(a_mixture_shows_many_drawings_at_once)
{
	OPEN("--seed", "1", "--updates", "100", "--speed", "0", "--framing",
		"sequence", "--loss", "mixture");
	expect("100/100");
	press("d");
	expect(" samples");
	press("d");
	expect_gone(" samples");
	leave();
}
END_TEST

START_TEST(points_of_a_file_are_drawn_in_their_own_range)
{
	write_here("p.csv", "100,-2000\n300,-2500\n500,-2100\n700,-2900\n");
	OPEN("--task", "points", "--data", "p.csv", "--seed", "1", "--updates",
		"30", "--speed", "0");
	expect("30/30");
	expect("700");
	leave();
}
END_TEST

START_TEST(a_diverged_run_pauses_and_continues_at_a_lower_rate)
{
	json_t *object, *other;

	OPEN("--seed", "1", "--loss", "mse", "--learning-rate", "50",
		"--optimizer", "sgd", "--updates", "300", "--speed", "0");
	expect("training stopped, back at update 0; press [ then Space");
	expect("paused");
	expect("0/300");
	press_and_settle("[");
	expect("learning rate 20");
	press(" ");
	expect("training stopped, back at update 0; press [ then Space");
	while (!terminal_shows(&terminal, "learning rate 0.01"))
		press_and_settle("[");
	press(" ");
	expect("finished");
	expect("300/300");
	press("w");
	expect("Save as");
	press(KEY_CTRL_U MODEL KEY_ENTER);
	expect("saved " MODEL);
	leave();
	/* a run that never had another learning rate */
	MUST("train", "--seed", "1", "--loss", "mse", "--learning-rate", "0.01",
		"--optimizer", "sgd", "--updates", "300", "n.st");
	object = info(MODEL);
	other = info("n.st");
	ck_assert_double_eq(get_number(object, "average_loss"),
		get_number(other, "average_loss"));
	json_decref(object);
	json_decref(other);
}
END_TEST

START_TEST(a_log_that_cannot_be_written_pauses_the_run)
{
	OPEN("--seed", "1", "--speed", "0", "--log", "/dev/full");
	expect("not logged: /dev/full");
	expect("paused");
	/* the log could not be written: the exit status is 1 */
	press("q");
	expect("Quit?");
	press("d");
	expect_end(1);
}
END_TEST

static void
open_text(int rows, int columns)
{
	char text[2000] = "";

	for (size_t length = 0; length < 1500; length = strlen(text))
		strcat(text, "to be, or not to be: that is the question.\n");
	write_here("t.txt", text);
	open_with(&(
		struct terminal_options){.command.arguments = WORDS("--task",
						 "text", "--data", "t.txt",
						 "--units", "24", "--batch",
						 "4", "--sequence-length", "20",
						 "--learning-rate", "0.02",
						 "--seed", "1", "--updates",
						 "400", "--speed", "0"),
		.rows = rows,
		.columns = columns});
	expect("400/400");
}

START_TEST(the_text_pane_shows_the_losses_and_a_written_text)
{
	open_text(40, 200);
	expect("temperature 1");
	expect("validation");
	/* the loss of guessing by less and less knowledge of the text */
	expect("blind guess");
	expect("letter counts");
	expect("one letter back");
	press("f");
	expect("film strip");
	leave();
}
END_TEST

/* Text of the former model is not shown beside the losses of the new one. */
START_TEST(a_reset_begins_the_text_anew)
{
	char line[TEXT_SIZE];

	write_here("t.txt", "a small text, and not much more than that\n");
	OPEN("--task", "text", "--data", "t.txt", "--seed", "1", "--updates",
		"20", "--speed", "0");
	expect("20/20");
	press_and_settle("g" KEY_TAB KEY_TAB);
	terminal_line(&terminal, 2, line, sizeof line);
	ck_assert_uint_gt(strspn(line + 3, "abcdefghijklmnopqrstuvwxyz,. "),
		80);
	ck_assert_uint_lt(strspn(line + 3, " "), 80);
	press("r");
	expect("Start over with");
	press("y");
	expect("started over");
	settle();
	terminal_line(&terminal, 2, line, sizeof line);
	ck_assert_uint_gt(strspn(line + 3, " "), 80);
	leave();
}
END_TEST

START_TEST(a_text_written_at_a_low_temperature_is_the_one_learnt)
{
	open_text(24, 80); /* too narrow for a sentence */
	for (int i = 0; i < 10; i++)
		press("<");
	expect("temperature 0");
	press("g");
	/* lines are broken between words */
	expect("to be, or not to be: that is the");
	expect("question.  ");
	leave();
}
END_TEST

static struct run *
new_run(const char *list)
{
	struct run *run;
	struct settings settings;
	struct error error;

	settings_default(&settings);
	settings.seed = 3;
	ck_assert(setting_parse(&setting_snapshots, &settings, list, &error));
	run = run_create(suite_context(), &settings, NULL, &error);
	ck_assert_ptr_nonnull(run);
	return run;
}

static void
train_to(struct run *run, uint64_t updates)
{
	struct error error;

	ck_assert_int_eq(run_to(run, updates, &error), RUN_REACHED);
}

START_TEST(a_snapshot_is_what_the_model_generated_at_its_update)
{
	struct run *whole = new_run("5,20,60"), *early = new_run("0");
	struct generator generator;
	struct error error;
	float points[8];

	train_to(whole, 100);
	train_to(early, 20);
	ck_assert_uint_eq(whole->state.snapshots.count, 3);
	ck_assert_uint_eq(early->state.snapshots.count, 0);
	ck_assert(whole->state.snapshots.at[1].update == 20);
	ck_assert(generator_create(&generator, early, 3, &error));
	run_start(early, points);
	generator_draw(&generator, 4, points);
	ck_assert_mem_eq(points, snapshots_points(&whole->state.snapshots, 1),
		sizeof points);
	generator_destroy(&generator);
	run_destroy(whole);
	run_destroy(early);
}
END_TEST

START_TEST(snapshots_are_kept_in_the_file)
{
	struct run *whole = new_run("5,20,60"), *stopped = new_run("5,20,60");
	struct run *back;
	char path[FOLDER_PATH_SIZE];
	struct error error;

	folder_join(path, folder, MODEL);
	train_to(whole, 100);
	train_to(stopped, 33);
	ck_assert(model_file_write(&stopped->state, path, &error));
	back = model_file_open(suite_context(), path, &error);
	ck_assert_msg(back != NULL, "%s", error.text);
	ck_assert(run_prepare(back, &error));
	train_to(back, 100);
	ck_assert_uint_eq(back->state.snapshots.count, 3);
	ck_assert_mem_eq(back->state.snapshots.at, whole->state.snapshots.at,
		3 * sizeof whole->state.snapshots.at[0]);
	ck_assert_mem_eq(back->state.snapshots.values,
		whole->state.snapshots.values,
		3 * whole->state.snapshots.size * sizeof(float));
	run_destroy(whole);
	run_destroy(stopped);
	run_destroy(back);
}
END_TEST

START_TEST(the_gallery_prints_them)
{
	static const char *const formats[] = {"csv", "json", "braille",
		"ascii"};
	static const char *const marks[] = {"# update 20,", "\"update\":20,",
		"20", "20"};
	struct outcome outcome;

	MUST("train", "--seed", "1", "--updates", "30", "--snapshots", "20",
		"--quiet", MODEL);
	for (size_t i = 0; i < 4; i++) {
		RUN(&outcome, "generate", "--gallery", "--format", formats[i],
			MODEL);
		expect_status(&outcome, 0);
		ck_assert_ptr_nonnull(strstr(outcome.output, marks[i]));
		outcome_release(&outcome);
	}
}
END_TEST

static Suite *
form_suite(void)
{
	Suite *suite = suite_create("form");
	TCase *group = add_screen_case(suite, "form");

	tcase_add_test(group,
		the_form_shows_the_present_values_and_escape_keeps_the_run);
	tcase_add_test(group, a_new_run_has_the_settings_of_the_form);
	tcase_add_test(group, a_kind_chosen_in_the_form_sets_its_defaults);
	tcase_add_test(group,
		a_new_run_may_change_from_a_text_to_shapes_and_points);
	tcase_add_test(group,
		a_signal_ends_the_program_while_a_large_model_is_created);
	tcase_add_test(group, the_form_refuses_contradictory_settings);
	tcase_add_test(group, a_new_run_keeps_the_view);
	tcase_add_test(group, the_scale_of_the_plot_depends_on_the_loss);
	tcase_add_test(group, cancel_leads_back_to_the_form);
	tcase_add_test(group, data_that_cannot_be_read_leave_the_run_alone);
	tcase_add_test(group, unsaved_progress_can_be_saved_before_a_new_run);
	tcase_add_test(group, lines_without_an_effect_say_what_they_belong_to);
	tcase_add_test(group, the_form_shows_that_it_goes_on);
	tcase_add_test(group, the_form_explains_a_setting_and_its_choice);
	tcase_add_test(group, a_long_explanation_is_wrapped);
	tcase_add_test(group, a_click_moves_the_cursor_of_the_form);
	tcase_add_test(group, f5_starts_the_run_from_any_line);
	tcase_add_test(group, tab_completes_the_name_of_a_file);
	tcase_add_test(group, more_names_than_fit_are_counted);
	tcase_add_test(group, the_form_survives_any_size);
	tcase_add_test(group, the_film_strip_shows_the_snapshots);
	tcase_add_test(group,
		the_film_strip_on_a_small_screen_shows_the_newest_snapshots);
	tcase_add_test(group, a_mixture_shows_many_drawings_at_once);
	tcase_add_test(group, points_of_a_file_are_drawn_in_their_own_range);
	tcase_add_test(group,
		a_diverged_run_pauses_and_continues_at_a_lower_rate);
	tcase_add_test(group, a_log_that_cannot_be_written_pauses_the_run);

	group = add_screen_case(suite, "texts");
	tcase_add_test(group,
		the_text_pane_shows_the_losses_and_a_written_text);
	tcase_add_test(group, a_reset_begins_the_text_anew);
	tcase_add_test(group,
		a_text_written_at_a_low_temperature_is_the_one_learnt);

	group = add_case(suite, "snapshots");
	tcase_add_test(group,
		a_snapshot_is_what_the_model_generated_at_its_update);
	tcase_add_test(group, snapshots_are_kept_in_the_file);
	tcase_add_test(group, the_gallery_prints_them);
	tcase_add_test(group, the_gallery_is_written_as_a_picture);
	return suite;
}

int
main(void)
{
	return suite_run(form_suite());
}
