/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the values in the panes Memory, Step by step, Next character and
 * Film, against the commands and against an inspection of the saved model.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "inspect/inspection.h"
#include "interface.h"
#include "run/run.h"
#include "session/model_file.h"
#include "suite.h"

enum { POINTS = 5, FEATURES = 2, UNITS = 6 };

/* The only sequence of the data: the one last learnt from. */
static const float data[POINTS * FEATURES] = {0.1f, 0.9f, 0.2f, 0.3f, 0.7f,
	0.4f, 0.8f, 0.8f, 0.3f, 0.6f};

static void
open_points(const char *framing)
{
	FILE *file;
	char path[FOLDER_PATH_SIZE];

	file = fopen(folder_join(path, folder, "d.csv"), "w");
	ck_assert_ptr_nonnull(file);
	for (int i = 0; i < POINTS; i++)
		fprintf(file, "%g,%g\n", (double)data[2 * i],
			(double)data[2 * i + 1]);
	fclose(file);
	open_with(&(struct terminal_options){.rows = 40,
		.columns = 120,
		.command.arguments = WORDS("--task", "points", "--data",
			"d.csv", "--seed", "1", "--units", "6", "--updates",
			"300", "--speed", "0", "--learning-rate", "0.01",
			"--framing", framing, "--color", "never", MODEL)});
	expect("finished");
	settle();
	press_and_settle("w");
	ck_assert(terminal_shows(&terminal, "saved " MODEL));
}

struct result {
	float cells[POINTS - 1][UNITS];
	float output[POINTS - 1][FEATURES];
	double loss[POINTS - 1];
};

/* The results of the data through the saved model. */
static void
inspect_model(struct result *result)
{
	const struct inspection_config config = {.no_memory = false};
	struct inspection inspection;
	char path[FOLDER_PATH_SIZE];
	struct error error;
	struct run *run = model_file_open(suite_context(),
		folder_join(path, folder, MODEL), &error);

	ck_assert_msg(run != NULL, "%s", error.text);
	ck_assert(inspection_create(&inspection, run, &error));
	ck_assert(inspection_set_points(&inspection, data, POINTS, false,
		&error));
	ck_assert(inspection_compute(&inspection, &config, &error));
	ck_assert_uint_eq(inspection.steps, POINTS - 1);
	for (size_t t = 0; t < POINTS - 1; t++) {
		memcpy(result->cells[t],
			inspection_values(&inspection, 0,
				inspection_view(&inspection, "c"), t),
			sizeof result->cells[t]);
		memcpy(result->output[t], inspection_output(&inspection, t),
			sizeof result->output[t]);
		result->loss[t] = inspection_loss(&inspection, t);
	}
	inspection_destroy(&inspection);
	run_destroy(run);
}

/* Let the model generate the point after the first one. */
static void
generate_second(double next[FEATURES])
{
	char start[32], *text;

	snprintf(start, sizeof start, "%g,%g", (double)data[0],
		(double)data[1]);
	text = OUTPUT_OF("generate", "--start", start, "--length", "2", MODEL);
	ck_assert_int_eq(sscanf(strchr(text, '\n') + 1, "%lf,%lf", &next[0],
				 &next[1]),
		2);
	free(text);
}

/* _i 0: one-to-one, each point alone; 1: sequence, all points before it. */
START_TEST(each_step_shows_input_prediction_and_truth)
{
	struct result result;
	double second[FEATURES];

	open_points(_i == 0 ? "one-to-one" : "sequence");
	inspect_model(&result);
	generate_second(second);
	for (int f = 0; f < FEATURES; f++)
		ck_assert_double_eq_tol((double)result.output[0][f], second[f],
			1e-6);
	for (int i = 0; i + 1 < POINTS; i++) {
		char sees[32], rest[64], line[TEXT_SIZE];

		snprintf(sees, sizeof sees, "\u2502  %d %.2f,%.2f \u2192",
			i + 1, (double)data[2 * i], (double)data[2 * i + 1]);
		snprintf(rest, sizeof rest, "%.2f,%.2f  %.2f,%.2f %.3f ",
			(double)result.output[i][0],
			(double)result.output[i][1], (double)data[2 * i + 2],
			(double)data[2 * i + 3], result.loss[i]);
		line_with(sees, rest, line);
		ck_assert_msg(line[0] != '\0', "no %s %s in:\n%s", sees, rest,
			terminal_text(&terminal));
	}
	/* enlarged, three decimals */
	press_and_settle(KEY_TAB KEY_TAB KEY_TAB KEY_TAB);
	for (int i = 0; i + 1 < POINTS; i++) {
		char rest[64], line[TEXT_SIZE];

		snprintf(rest, sizeof rest, "%.3f,%.3f  %.3f,%.3f  %.3f ",
			(double)result.output[i][0],
			(double)result.output[i][1], (double)data[2 * i + 2],
			(double)data[2 * i + 3], result.loss[i]);
		line_with(rest, "", line);
		ck_assert_msg(line[0] != '\0', "no %s in:\n%s", rest,
			terminal_text(&terminal));
	}
	leave();
}
END_TEST

/* The row of a unit without colours: other shades if c is negative. */
static void
format_cells(const struct result *result, int unit, char *text, size_t size)
{
	static const char *const shades[2][5] = {{" ", "\u2591", "\u2592",
							 "\u2593", "\u2588"},
		{" ", "\u00b7", "-", "=", "\u2261"}};

	snprintf(text, size, "c%d    ", unit + 1);
	for (int t = 0; t < POINTS - 1; t++) {
		double value = tanh((double)result->cells[t][unit]);
		const char *shade = shades[value < 0][lround(4 * fabs(value))];

		snprintf(text + strlen(text), size - strlen(text), "%s%s",
			shade, shade);
	}
}

START_TEST(the_cells_of_the_widest_range_come_first)
{
	struct result result;
	double range_before = INFINITY;
	int before = -1;

	open_points("sequence");
	inspect_model(&result);
	for (int n = 0; n < UNITS; n++) {
		double widest = -1;
		int unit = -1, row_of_unit = -1;
		char text[256], line[TEXT_SIZE];

		/* the widest range below that of the unit before */
		for (int u = 0; u < UNITS; u++) {
			double min = INFINITY, max = -INFINITY;

			for (int t = 0; t < POINTS - 1; t++) {
				min = fmin(min,
					tanh((double)result.cells[t][u]));
				max = fmax(max,
					tanh((double)result.cells[t][u]));
			}
			if (max - min < range_before && max - min > widest) {
				widest = max - min;
				unit = u;
			}
		}
		range_before = widest;
		format_cells(&result, unit, text, sizeof text);
		for (int row = 0; row < terminal.rows; row++) {
			terminal_line(&terminal, row, line, sizeof line);
			if (strstr(line, text) != NULL)
				row_of_unit = row;
		}
		ck_assert_msg(row_of_unit >= 0, "no '%s' in:\n%s", text,
			terminal_text(&terminal));
		ck_assert(before < 0 || row_of_unit == before + 1);
		before = row_of_unit;
	}
	leave();
}
END_TEST

/* The bar of each step's loss, relative to the largest. */
START_TEST(the_error_bars_show_the_losses_of_the_steps)
{
	static const char *const eighths[] = {" ", "\u2581", "\u2582", "\u2583",
		"\u2584", "\u2585", "\u2586", "\u2587", "\u2588"};
	struct result result;
	double max = 0;
	char text[64] = "loss  ", line[TEXT_SIZE];

	open_points("sequence");
	inspect_model(&result);
	for (int t = 0; t < POINTS - 1; t++)
		max = fmax(max, result.loss[t]);
	for (int t = 0; t < POINTS - 1; t++)
		snprintf(text + strlen(text), sizeof text - strlen(text),
			"%s%s", eighths[lround(8 * result.loss[t] / max)],
			t + 2 < POINTS ? " " : "");
	line_with(text, "", line);
	ck_assert_msg(line[0] != '\0', "no '%s' in:\n%s", text,
		terminal_text(&terminal));
	leave();
}
END_TEST

/* Find the row of the fourth step in Memory and Step by step, without Film. */
static void
fourth_step(char line[TEXT_SIZE])
{
	char *film;

	line_with("0.80,0.80 \u2192", "", line);
	film = strstr(line, "\u2192");
	film = film != NULL ? strstr(film, "\u2502") : NULL;
	ck_assert_msg(film != NULL, "%s", terminal_text(&terminal));
	*film = '\0';
}

/* m cuts the memory: each step is one from zero state, as in one-to-one. */
START_TEST(a_cut_memory_changes_the_predictions)
{
	char before[TEXT_SIZE], after[TEXT_SIZE];

	open_points("sequence");
	fourth_step(before);
	press_and_settle("m");
	fourth_step(after);
	ck_assert_str_ne(before, "");
	ck_assert_str_ne(after, "");
	ck_assert_str_ne(before, after);
	/* and back */
	press_and_settle("m");
	fourth_step(after);
	ck_assert_str_eq(before, after);
	leave();
}
END_TEST

/* In a text that repeats abc, b follows a, c follows b and a follows c. */
START_TEST(the_likeliest_character_follows_the_last_one)
{
	char text[1024] = "", line[TEXT_SIZE] = "", header[TEXT_SIZE], *at;
	char next[8];
	int row = 0;

	for (int i = 0; i < 100; i++)
		strcat(text, "abc");
	write_here("t.txt", text);
	open_with(&(struct terminal_options){.rows = 30,
		.columns = 100,
		.command.arguments = WORDS("--task", "text", "--data", "t.txt",
			"--seed", "1", "--units", "8", "--updates", "300",
			"--learning-rate", "0.05", "--speed", "0",
			"--sequence-length", "9", "--batch", "3")});
	expect("finished");
	settle();
	ck_assert(terminal_shows(&terminal, "learn \u00b7 batch 3 \u00d7 9 "));
	line_with(" text ", "abc", header);
	ck_assert_msg(header[0] != '\0', "%s", terminal_text(&terminal));
	at = strstr(header, "abc");
	while (at[1] >= 'a' && at[1] <= 'c')
		at++;
	snprintf(next, sizeof next, " %c  ", "bca"[*at - 'a']);
	/* in the first line, before less likely ones */
	while (row < terminal.rows && strstr(line, "its probability") == NULL)
		terminal_line(&terminal, row++, line, sizeof line);
	terminal_line(&terminal, row, line, sizeof line);
	at = strstr(line, next);
	ck_assert_msg(at != NULL, "no %s in:\n%s", next,
		terminal_text(&terminal));
	at += strlen(next);
	ck_assert_double_gt(atof(at), 90);
	leave();
}
END_TEST

/* The line of a step, without the panes beside it. */
static void
step_line(const char *step, char line[TEXT_SIZE])
{
	char *begin, *end;

	line_with(step, "", line);
	ck_assert_str_ne(line, "");
	begin = strstr(line, step);
	end = strstr(begin, "\u2502");
	ck_assert_ptr_nonnull(end);
	*end = '\0';
	memmove(line, begin, strlen(begin) + 1);
}

/* A resumed model shows what it learnt from last, as before it was saved. */
START_TEST(a_resumed_model_shows_what_it_learnt_from)
{
	char before[TEXT_SIZE], after[TEXT_SIZE];

	open_points("sequence");
	step_line("0.80,0.80 \u2192", before);
	leave();
	close_terminal();
	open_with(&(struct terminal_options){.rows = 40,
		.columns = 120,
		.command.arguments = WORDS("--color", "never", MODEL)});
	expect("finished");
	settle();
	ck_assert(terminal_shows(&terminal, "truth"));
	step_line("0.80,0.80 \u2192", after);
	ck_assert_str_eq(before, after);
	leave();
}
END_TEST

/* _i 0: the wheel over the pane; 1: the keys, with all panes and enlarged. */
START_TEST(the_steps_and_the_units_scroll)
{
	const char *down = _i == 0 ? "\033[<65;50;20M" : "\033[6~";
	const char *up = _i == 0 ? "\033[<64;50;20M" : "\033[5~";

	open_with(&(struct terminal_options){.rows = 30,
		.columns = 100,
		.command.arguments =
			WORDS("--task", "spiral", "--seed", "1", "--updates",
				"20", "--speed", "0", "--color", "never")});
	expect("finished");
	settle();
	expect(" 1-5 of 23 ");
	press_and_settle(down);
	expect(_i == 0 ? " 2-6 of 23 " : " 6-10 of 23 ");
	expect(_i == 0 ? "\u2502  2 " : "\u2502  6 ");
	ck_assert(!terminal_shows(&terminal, "\u2502  1 "));
	for (int i = 0; i < 25; i++)
		press_and_settle(down);
	expect(" 19-23 of 23 ");
	press_and_settle(up);
	expect(_i == 0 ? " 18-22 of 23 " : " 14-18 of 23 ");
	for (int i = 0; i < 25; i++)
		press_and_settle(up);
	expect(" 1-5 of 23 ");
	/* the units; enlarged on a low screen, the keys scroll them */
	if (_i == 0) {
		press_and_settle("\033[<65;10;20M");
		expect(" 2-4 of 10 ");
	} else {
		ck_assert(!terminal_shows(&terminal, "PgUp PgDn scroll"));
		press_and_settle(KEY_TAB KEY_TAB KEY_TAB);
		terminal_resize(&terminal, 14, 100);
		settle();
		expect("PgUp PgDn scroll");
		press_and_settle(down);
		expect("-10 of 10 ");
	}
	leave();
}
END_TEST

/* Before any update a model shows its own drawing, which has no truth. */
START_TEST(a_new_model_shows_its_own_drawing)
{
	open_with(&(struct terminal_options){.rows = 40,
		.columns = 120,
		.command.arguments = WORDS("--seed", "1", "--speed", "1")});
	pause_training();
	press_and_settle("R");
	press_and_settle("y");
	ck_assert(terminal_shows(&terminal, "its own drawing"));
	ck_assert(!terminal_shows(&terminal, "truth"));
	leave();
}
END_TEST

/* A resumed text is not a few characters but a page. */
START_TEST(a_resumed_text_begins_with_a_page)
{
	char text[1024] = "";

	for (int i = 0; i < 100; i++)
		strcat(text, "abc");
	write_here("t.txt", text);
	free(OUTPUT_OF("train", "--quiet", "--task", "text", "--data", "t.txt",
		"--seed", "1", "--units", "8", "--updates", "300",
		"--learning-rate", "0.05", MODEL));
	open_with(&(struct terminal_options){.rows = 30,
		.columns = 100,
		.command.arguments = WORDS(MODEL)});
	expect("finished");
	settle();
	ck_assert_msg(terminal_shows(&terminal, "abcabcabcabcabcabc"), "%s",
		terminal_text(&terminal));
	leave();
}
END_TEST

/* A zoomed pane is also shown on a screen without room for it elsewhere. */
START_TEST(memory_can_be_enlarged_on_a_small_screen)
{
	open_points("sequence");
	terminal_resize(&terminal, 24, 80);
	settle();
	ck_assert(!terminal_shows(&terminal, " step  1 2"));
	press_and_settle(KEY_TAB KEY_TAB KEY_TAB);
	ck_assert(terminal_shows(&terminal, "Memory"));
	ck_assert(terminal_shows(&terminal, " step  1 2 3 4 "));
	ck_assert(!terminal_shows(&terminal, "Loss"));
	leave();
}
END_TEST

START_TEST(a_large_screen_shows_the_film)
{
	char line[TEXT_SIZE];

	open_with(&(struct terminal_options){.rows = 40,
		.columns = 120,
		.command.arguments = WORDS("--seed", "1", "--updates", "300",
			"--speed", "0", "--snapshots", "17,123")});
	expect("finished");
	settle();
	line_with(" 17 ", " now ", line);
	ck_assert_msg(line[0] != '\0', "%s", terminal_text(&terminal));
	ck_assert(terminal_shows(&terminal, "Film"));
	press_and_settle("f");
	ck_assert(!terminal_shows(&terminal, "Film"));
	ck_assert(terminal_shows(&terminal, "film strip"));
	leave();
}
END_TEST

/*
 * Copy the rows of the film below the word "now". It is the last frame, so that
 * the rows end with the box. ASCII: a byte is a column.
 */
static void
read_last_frame(const char *snapshot, char text[TEXT_SIZE])
{
	char line[TEXT_SIZE];
	size_t column = 0, length = 0;

	open_with(&(struct terminal_options){.rows = 24,
		.columns = 80,
		.command.arguments = WORDS("--task", "star", "--framing",
			"sequence", "--seed", "1", "--updates", "1500",
			"--speed", "0", "--ascii", "--snapshots", snapshot)});
	expect("finished");
	press_and_settle("f");
	text[0] = '\0';
	for (int row = 0; row < terminal.rows; row++) {
		const char *now;

		terminal_line(&terminal, row, line, TEXT_SIZE);
		now = strstr(line, " now ");
		if (column > 0 && strlen(line) > column)
			length += (size_t)snprintf(text + length,
				TEXT_SIZE - length, "%s\n", line + column);
		if (column > 0 && strchr(text, '+') != NULL)
			break;
		if (now != NULL && column == 0)
			column = (size_t)(now - line) + 1;
	}
	ck_assert_msg(strchr(text, '#') != NULL, "%s",
		terminal_text(&terminal));
	leave();
	close_terminal();
}

/* A first drawing far from the data does not shrink the others. */
START_TEST(the_film_has_the_scale_of_the_data)
{
	char early[TEXT_SIZE], late[TEXT_SIZE];

	read_last_frame("1", early);
	read_last_frame("1400", late);
	ck_assert_str_eq(early, late);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("details");
	TCase *group = add_screen_case(suite, "details");

	suite_add_loop(group, each_step_shows_input_prediction_and_truth, 0, 2);
	tcase_add_test(group, the_cells_of_the_widest_range_come_first);
	tcase_add_test(group, a_cut_memory_changes_the_predictions);
	tcase_add_test(group, the_error_bars_show_the_losses_of_the_steps);
	tcase_add_test(group, the_likeliest_character_follows_the_last_one);
	tcase_add_test(group, a_resumed_model_shows_what_it_learnt_from);
	suite_add_loop(group, the_steps_and_the_units_scroll, 0, 2);
	tcase_add_test(group, a_new_model_shows_its_own_drawing);
	tcase_add_test(group, a_resumed_text_begins_with_a_page);
	tcase_add_test(group, memory_can_be_enlarged_on_a_small_screen);
	tcase_add_test(group, a_large_screen_shows_the_film);
	tcase_add_test(group, the_film_has_the_scale_of_the_data);
	return suite_run(suite);
}
