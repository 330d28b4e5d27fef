/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the values on the screen against the log, the model file and the
 * commands.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/random.h"
#include "interface.h"
#include "suite.h"
#include "task/task.h"

enum { UPDATES_MAX = 10000, POINTS = 4, FEATURES = 2 };

/* Losses read from the log "l.jsonl". */
static struct {
	int count;
	double loss[UPDATES_MAX], average[UPDATES_MAX];
} losses;

static void
read_log(void)
{
	char *text = read_here("l.jsonl", NULL);

	losses.count = 0;
	for (char *line = strtok(text, "\n"); line != NULL;
		line = strtok(NULL, "\n")) {
		json_t *object = parse_object(line);

		ck_assert_int_lt(losses.count, UPDATES_MAX);
		losses.loss[losses.count] = get_number(object, "loss");
		losses.average[losses.count++] = get_number(object, "average");
		json_decref(object);
	}
	free(text);
}

/* Wait until the run is finished, save it as MODEL, and wait for the screen. */
static void
finish_and_save(void)
{
	expect("finished");
	press_and_settle("w");
	if (terminal_shows(&terminal, "Save as"))
		press_and_settle(KEY_CTRL_U MODEL KEY_ENTER);
	ck_assert(terminal_shows(&terminal, "saved " MODEL));
}

/* Assert that a label is followed by a value, with a number of decimals. */
static void
expect_number(const char *label, double value, int decimals)
{
	char text[64];

	snprintf(text, sizeof text, "%s %.*f ", label, decimals, value);
	ck_assert_msg(terminal_shows(&terminal, text), "no '%s' in:\n%s", text,
		terminal_text(&terminal));
}

/* ---------------------------------------------------------------------- */
/* Loss */

START_TEST(the_loss_pane_shows_the_values_of_the_log)
{
	double best = INFINITY;

	open_with(&(struct terminal_options){.rows = 30,
		.columns = 140,
		.command.arguments =
			WORDS("--seed", "1", "--updates", "300", "--speed", "0",
				"--log", "l.jsonl", "--task", "star", MODEL)});
	finish_and_save();
	read_log();
	ck_assert_int_eq(losses.count, 300);
	/* an average of few updates is no best average */
	for (int i = 99; i < losses.count; i++)
		best = fmin(best, losses.average[i]);
	/* each behind its whole name, the last two after signs of their own */
	expect_number("\u2501 average", losses.average[299], 4);
	expect_number("  best average", best, 4);
	expect_number("  single update", losses.loss[299], 4);
	ck_assert(!terminal_shows(&terminal, "floor"));
	leave();
}
END_TEST

START_TEST(the_validation_loss_equals_that_of_evaluate)
{
	json_t *object;

	write_here("t.txt", "a small text, and not much more than that\n");
	OPEN("--task", "text", "--data", "t.txt", "--seed", "1", "--updates",
		"20", "--speed", "0", MODEL);
	finish_and_save();
	object = OBJECT_OF("evaluate", "--json", MODEL);
	expect_number("validation", get_number(object, "loss"), 4);
	json_decref(object);
	leave();
}
END_TEST

/* The axes of a plot that fills the screen, read from its ticks. */
struct axes {
	double row[2], y[2], column[2], x[2];
};

/* Count the cells of a line before a text in it; all characters are narrow. */
static int
column_of(const char *line, const char *at)
{
	int column = 0;

	for (; line < at; line++)
		column += ((unsigned char)*line & 0xc0) != 0x80;
	return column;
}

static void
read_axes(struct axes *axes, double updates)
{
	char line[TEXT_SIZE];
	int ticks = 0;

	for (int row = 0; row < terminal.rows; row++) {
		const char *tick;

		terminal_line(&terminal, row, line, sizeof line);
		tick = strstr(line, "\u2524");
		/* the label of the floor is not a tick */
		if (tick != NULL && strstr(line, "0.083") == NULL) {
			int at = ticks++ > 0;

			axes->row[at] = row;
			axes->y[at] = atof(line + strlen("\u2502"));
		}
		tick = strstr(line, "\u252c");
		if (tick == NULL)
			continue;
		axes->column[0] = column_of(line, tick);
		axes->x[0] = 0;
		while ((tick = strstr(tick, "\u252c")) != NULL)
			axes->column[1] = column_of(line, tick++);
		axes->x[1] = updates;
		break;
	}
	ck_assert_int_ge(ticks, 2);
	ck_assert_double_gt(axes->y[0], axes->y[1]);
}

/*
 * Return true if a dot is where the axes place an update's value, or in a
 * neighbouring cell. Dots of the curve are bold.
 */
static bool
has_dot(const struct axes *axes, int update, double value, bool is_bold)
{
	double row = axes->row[0] +
		(value - axes->y[0]) / (axes->y[1] - axes->y[0]) *
			(axes->row[1] - axes->row[0]);
	double column = axes->column[0] +
		(update - 0.5) / axes->x[1] *
			(axes->column[1] - axes->column[0]);

	for (int r = (int)lround(row) - 1; r <= (int)lround(row) + 1; r++)
		for (int c = (int)lround(column) - 1;
			c <= (int)lround(column) + 1; c++) {
			struct terminal_cell cell;

			terminal_cell(&terminal, r, c, &cell);
			if (strcmp(cell.text, " ") != 0 && cell.is_coloured &&
				cell.is_bold == is_bold)
				return true;
		}
	return false;
}

/* Open a run whose loss pane fills a screen, on a linear axis; read its log. */
static void
open_curve(const char *updates, struct axes *axes)
{
	open_with(&(struct terminal_options){.rows = 60,
		.columns = 200,
		.command.arguments = WORDS("--seed", "1", "--updates", updates,
			"--speed", "0", "--log", "l.jsonl", MODEL)});
	finish_and_save();
	press_and_settle("l" KEY_TAB);
	ck_assert(terminal_shows(&terminal, "linear y"));
	read_log();
	ck_assert_int_eq(losses.count, atoi(updates));
	read_axes(axes, losses.count);
}

/* The curve has no lag: with a column for each update it is the losses. */
START_TEST(the_curve_shows_the_values_of_the_log)
{
	struct axes axes;

	open_curve("92", &axes);
	for (int i = 0; i < losses.count; i++)
		ck_assert_msg(has_dot(&axes, i + 1, losses.loss[i], true),
			"no loss %g at %d:\n%s", losses.loss[i], i + 1,
			terminal_text(&terminal));
	leave();
}
END_TEST

/*
 * Return the value at which the curve is drawn, on average over the columns:
 * its cells are bold.
 */
static double
mean_of_curve(const struct axes *axes)
{
	double sum = 0;
	int columns = 0;

	for (int c = (int)axes->column[0]; c <= (int)axes->column[1]; c++) {
		double rows = 0;
		int cells = 0;

		for (int r = 2; r < (int)axes->row[1]; r++) {
			struct terminal_cell cell;

			terminal_cell(&terminal, r, c, &cell);
			if (strcmp(cell.text, " ") == 0 || !cell.is_bold ||
				!cell.is_coloured)
				continue;
			rows += r;
			cells++;
		}
		if (cells == 0)
			continue;
		sum += axes->y[0] +
			(rows / cells - axes->row[0]) /
				(axes->row[1] - axes->row[0]) *
				(axes->y[1] - axes->y[0]);
		columns++;
	}
	ck_assert_int_gt(columns, 100);
	return sum / columns;
}

/* With many updates in a column, the curve is their mean. */
START_TEST(the_curve_is_the_mean_of_the_updates_of_a_column)
{
	struct axes axes;
	double sum = 0;

	open_curve("9200", &axes);
	for (int i = 0; i < losses.count; i++)
		sum += losses.loss[i];
	ck_assert_double_eq_tol(mean_of_curve(&axes), sum / losses.count, 0.01);
	leave();
}
END_TEST

/*
 * The former run stays as separate dots after a reset and after a new run, and
 * its average in the legend, until it is let go.
 */
START_TEST(the_former_run_stays_until_it_is_let_go)
{
	char text[64];
	struct axes axes;
	int found = 0;

	open_curve("92", &axes);
	press_and_settle("G");
	ck_assert(terminal_shows(&terminal, "no former run is shown"));
	press_and_settle("R");
	press("y");
	expect("started over");
	press(" ");
	expect("finished");
	settle();
	snprintf(text, sizeof text, "seed 1 %.4f", losses.average[91]);
	ck_assert_msg(terminal_shows(&terminal, text), "no %s in:\n%s", text,
		terminal_text(&terminal));
	read_axes(&axes, 92);
	for (int i = 0; i < losses.count; i++)
		found += has_dot(&axes, i + 1, losses.loss[i], false);
	/* the new curve covers some */
	ck_assert_int_gt(found, losses.count / 2);
	press_and_settle("G");
	ck_assert(!terminal_shows(&terminal, "seed 1"));
	leave();
}
END_TEST

/* The axis of 550 updates ends at 1,000, or at the target if it is near. */
START_TEST(the_axis_of_updates_ends_at_a_near_target)
{
	static const struct {
		const char *target, *label;
	} cases[] = {{"1250", "1,250│"}, {"25000", "1,000│"}};

	MUST("train", "--quiet", "--seed", "1", "--updates", "550", MODEL);
	for (int i = 0; i < 2; i++) {
		open_with(&(struct terminal_options){.rows = 30,
			.columns = 100,
			.command.arguments = WORDS("--updates", cases[i].target,
				"--speed", "1", MODEL)});
		expect(cases[i].label);
		leave();
		close_terminal();
	}
}
END_TEST

/* The best validation is marked, and named with its loss and its update. */
START_TEST(the_best_validation_is_named_and_marked)
{
	char line[TEXT_SIZE], loss[32], updates[32], value[32];
	json_t *object;

	write_here("t.txt", "a small text, and not much more than that\n");
	open_with(&(struct terminal_options){.rows = 40,
		.columns = 160,
		.command.arguments = WORDS("--task", "text", "--data", "t.txt",
			"--seed", "1", "--speed", "0", "--learning-rate", "0.1",
			"--updates", "60")});
	expect("finished");
	settle();
	ck_assert(terminal_shows(&terminal, "\u2500 validation"));
	ck_assert(terminal_shows(&terminal, "\u25c6 best"));
	line_with("best", "rising since", line);
	ck_assert_msg(line[0] != '\0', "%s", terminal_text(&terminal));
	ck_assert_int_eq(sscanf(strstr(line, "best"), "best %31s at %31[0-9],",
				 loss, updates),
		2);
	leave();
	ck_assert_int_lt(atoi(updates), 60);
	free(OUTPUT_OF("train", "--task", "text", "--data", "t.txt", "--seed",
		"1", "--learning-rate", "0.1", "--updates", updates, "--quiet",
		MODEL));
	object = OBJECT_OF("evaluate", "--json", MODEL);
	snprintf(value, sizeof value, "%.2f", get_number(object, "loss"));
	ck_assert_str_eq(value, loss);
	json_decref(object);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Generated */

/* Read the points that `generate` prints for MODEL. */
static void
read_points(float points[POINTS * FEATURES])
{
	char *text = OUTPUT_OF("generate", MODEL), *at = text;

	for (int i = 0; i < POINTS * FEATURES; i++) {
		points[i] = strtof(at, &at);
		at += strspn(at, ",\n");
	}
	free(text);
}

START_TEST(the_shape_equals_that_of_generate)
{
	float points[POINTS * FEATURES];
	char text[256];

	open_with(&(struct terminal_options){.rows = 45,
		.columns = 160,
		.command.arguments = WORDS("--seed", "1", "--updates", "200",
			"--speed", "0", MODEL)});
	finish_and_save();
	read_points(points);
	for (int i = 0; i < POINTS; i++) {
		snprintf(text, sizeof text, "(%.2f, %.2f)",
			(double)points[2 * i], (double)points[2 * i + 1]);
		ck_assert_msg(terminal_shows(&terminal, text), "no %s in:\n%s",
			text, terminal_text(&terminal));
	}
	expect_number("shape error",
		task_rectangle.shape_error(points, task_rectangle.points), 4);
	press("g");
	snprintf(text, sizeof text, "(%.3f, %.3f) gives (%.3f, %.3f)",
		(double)points[0], (double)points[1], (double)points[2],
		(double)points[3]);
	expect(text);
	leave();
}
END_TEST

/* The drawing of the former run stays dotted, beside its error. */
START_TEST(the_former_drawing_stays_with_its_error)
{
	float points[POINTS * FEATURES];
	char text[64];

	OPEN("--seed", "1", "--updates", "200", "--speed", "0", MODEL);
	finish_and_save();
	read_points(points);
	snprintf(text, sizeof text, "was %.4f",
		task_rectangle.shape_error(points, task_rectangle.points));
	ck_assert(terminal_shows(&terminal, "mae aims at the median"));
	ck_assert(!terminal_shows(&terminal, "was "));
	press_and_settle("r");
	press_and_settle("y");
	ck_assert_msg(terminal_shows(&terminal, text), "no %s in:\n%s", text,
		terminal_text(&terminal));
	ck_assert(terminal_shows(&terminal, "\u2505 last run"));
	press_and_settle("G");
	ck_assert(!terminal_shows(&terminal, "was "));
	ck_assert(!terminal_shows(&terminal, "\u2505"));
	leave();
}
END_TEST

/* Without memory the error stands beside the one with it, until an update. */
START_TEST(a_cut_memory_shows_the_error_with_it)
{
	float points[POINTS * FEATURES];
	char text[64];

	OPEN("--framing", "sequence", "--seed", "1", "--updates", "200",
		"--speed", "0", MODEL);
	finish_and_save();
	read_points(points);
	snprintf(text, sizeof text, "with memory %.4f",
		task_rectangle.shape_error(points, task_rectangle.points));
	press("m");
	expect(text);
	snprintf(text, sizeof text, "error %.4f",
		task_rectangle.shape_error(points, task_rectangle.points));
	ck_assert_msg(!terminal_shows(&terminal, text), "%s in:\n%s", text,
		terminal_text(&terminal));
	press_and_settle("e");
	press(KEY_ENTER);
	expect_gone("with memory");
	leave();
}
END_TEST

/*
 * What mae and mse aim at, measured on what was seen, beside the drawing: of
 * five rectangles the median and the mean differ. A mixture aims at no point.
 * A resumed model recalls what it saw.
 */
START_TEST(the_median_seen_stands_beside_the_drawing)
{
	static const struct {
		const char *loss, *shown;
	} cases[] = {
		{"mae", "\u00d7 median 0.30 \u00d7 0.20"},
		{"mse", "\u00d7 mean 0.40 \u00d7 0.32"},
		{"mixture", NULL},
	};
	float points[POINTS * FEATURES];
	char text[64];

	write_here("d.csv",
		"0,0\n0.1,0\n0.1,0.7\n0,0.7\n\n0,0\n0.2,0\n0.2,0.1\n0,0.1\n\n"
		"0,0\n0.3,0\n0.3,0.5\n0,0.5\n\n0,0\n0.5,0\n0.5,0.2\n0,0.2\n\n"
		"0,0\n0.9,0\n0.9,0.1\n0,0.1\n");
	open_with(&(struct terminal_options){.rows = 40,
		.columns = 120,
		.command.arguments = WORDS("--task", "rectangle", "--data",
			"d.csv", "--seed", "1", "--updates", "250", "--speed",
			"0", "--loss", cases[_i].loss, MODEL)});
	finish_and_save();
	for (int resumed = 0; resumed < 2; resumed++) {
		if (cases[_i].shown != NULL)
			ck_assert_msg(terminal_shows(&terminal,
					      cases[_i].shown),
				"no %s in:\n%s", cases[_i].shown,
				terminal_text(&terminal));
		else
			ck_assert(!terminal_shows(&terminal, "\u00d7 me"));
		ck_assert_int_eq(terminal_shows(&terminal,
					 "log density: may be below 0"),
			cases[_i].shown == NULL);
		ck_assert(terminal_shows(&terminal, "\u2500 last seen"));
		ck_assert(terminal_shows(&terminal, "\u2802 earlier"));
		/* the last rectangle of the file, step by step */
		ck_assert(terminal_shows(&terminal, "0.90,0.10"));
		if (cases[_i].shown != NULL) {
			read_points(points);
			snprintf(text, sizeof text, "drawn %.2f \u00d7 %.2f ",
				(double)points[4], (double)points[5]);
			ck_assert_msg(terminal_shows(&terminal, text),
				"no %s in:\n%s", text,
				terminal_text(&terminal));
		}
		leave();
		close_terminal();
		if (resumed == 1)
			break;
		open_with(&(struct terminal_options){.rows = 40,
			.columns = 120,
			.command.arguments = WORDS(MODEL)});
		expect("finished");
		settle();
	}
}
END_TEST

/* A density gives another point for each sample. */
START_TEST(each_drawing_of_a_mixture_differs)
{
	char first[TEXT_SIZE], second[TEXT_SIZE];

	OPEN("--seed", "1", "--updates", "100", "--speed", "0", "--loss",
		"mixture");
	expect("finished");
	press_and_settle("g");
	line_with("gives", "(", first);
	press_and_settle("g");
	line_with("gives", "(", second);
	ck_assert_str_ne(first, "");
	ck_assert_str_ne(second, "");
	ck_assert_str_ne(first, second);
	leave();
}
END_TEST

START_TEST(the_film_strip_shows_the_updates_of_its_snapshots)
{
	char line[TEXT_SIZE];

	OPEN("--seed", "1", "--updates", "300", "--speed", "0", "--snapshots",
		"17,123,250");
	expect("finished");
	press_and_settle("f");
	line_with(" 17 ", " 123 ", line);
	ck_assert_msg(line[0] != '\0', "%s", terminal_text(&terminal));
	line_with(" 250 ", " now ", line);
	ck_assert_msg(line[0] != '\0', "%s", terminal_text(&terminal));
	leave();
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Training, and the title */

START_TEST(the_training_pane_shows_the_settings_of_the_run)
{
	static const char *const settings[] = {"framing       sequence",
		"units         12,7", "loss          mse", "seed          17",
		"optimizer     rmsprop", "batch         3", "clip          0.5",
		"learning rate \u25c2 0.002 \u25b8"};

	open_with(&(struct terminal_options){.rows = 45,
		.columns = 200,
		.command.arguments = WORDS("--seed", "17", "--units", "12,7",
			"--framing", "sequence", "--loss", "mse", "--optimizer",
			"rmsprop", "--batch", "3", "--clip", "0.5",
			"--learning-rate", "0.002", "--updates", "40",
			"--speed", "0")});
	expect("finished");
	settle();
	for (int i = 0; i < COUNT(settings); i++)
		ck_assert_msg(terminal_shows(&terminal, settings[i]),
			"no '%s' in:\n%s", settings[i],
			terminal_text(&terminal));
	ck_assert(terminal_shows(&terminal, "40/40"));
	ck_assert(terminal_shows(&terminal, "100 %"));
	leave();
}
END_TEST

START_TEST(the_updates_since_the_save_are_counted)
{
	open_with(&(struct terminal_options){.rows = 45,
		.columns = 100,
		.command.arguments = WORDS("--seed", "1", "--updates", "120",
			"--speed", "0", MODEL)});
	expect("finished");
	settle();
	ck_assert(terminal_shows(&terminal, MODEL " \u00b7 not saved"));
	press_and_settle("w");
	ck_assert(terminal_shows(&terminal, "saved at 120 "));
	ck_assert(!terminal_shows(&terminal, "since"));
	press_and_settle("30e");
	expect("150/150");
	expect("saved at 120 \u00b7 30 updates since");
	press_and_settle("]");
	press_and_settle("w");
	ck_assert(terminal_shows(&terminal, "saved at 150 "));
	press_and_settle("[");
	ck_assert(terminal_shows(&terminal, "saved at 150 \u00b7 changed"));
	leave();
}
END_TEST

START_TEST(the_title_counts_the_parameters)
{
	char text[128];
	json_t *object;

	open_with(&(struct terminal_options){.rows = 30,
		.columns = 120,
		.command.arguments = WORDS("--seed", "1", "--units", "20,30",
			"--updates", "5", "--speed", "0", MODEL)});
	finish_and_save();
	object = info(MODEL);
	ck_assert_int_gt(get_integer(object, "parameters"), 1000);
	snprintf(text, sizeof text,
		"LSTM(20) \u2192 LSTM(30) \u2192 Dense(2) \u00b7 "
		"%lld,%03lld of %lld,%03lld parameters learn",
		get_integer(object, "learning_parameters") / 1000,
		get_integer(object, "learning_parameters") % 1000,
		get_integer(object, "parameters") / 1000,
		get_integer(object, "parameters") % 1000);
	ck_assert_msg(terminal_shows(&terminal, text), "no %s in:\n%s", text,
		terminal_text(&terminal));
	json_decref(object);
	leave();
}
END_TEST

/* Whatever the names need, the title counts the parameters that learn. */
START_TEST(the_title_never_loses_the_count_that_learns)
{
	static const int columns[] = {120, 80, 66, 45, 34, 31};

	open_with(&(struct terminal_options){.rows = 24,
		.columns = 80,
		.command.arguments = WORDS("--seed", "1", "--updates", "5",
			"--speed", "0", "--task", "rectangle-mid")});
	expect("finished");
	for (int i = 0; i < COUNT(columns); i++) {
		terminal_resize(&terminal, 24, columns[i]);
		settle();
		ck_assert_msg(terminal_shows(&terminal,
				      columns[i] == 120
					      ? "112 of 542 parameters learn"
					      : "112 of 542 learn"),
			"%d columns:\n%s", columns[i],
			terminal_text(&terminal));
	}
	leave();
	close_terminal();
	OPEN("--seed", "1", "--updates", "5", "--speed", "0", "--framing",
		"sequence");
	expect("finished");
	settle();
	ck_assert(terminal_shows(&terminal, "all 542 parameters learn"));
	leave();
}
END_TEST

/*
 * At 80 x 24 the Training pane has two lines: all that keys change, and the
 * seed or else the file that has it.
 */
START_TEST(two_lines_show_speed_rate_and_file_or_seed)
{
	char line[TEXT_SIZE];

	open_with(&(struct terminal_options){.rows = 24,
		.columns = 80,
		.command.arguments = WORDS("--seed", "17", "--updates", "40",
			"--learning-rate", "0.002", "--speed", "5000", MODEL)});
	expect("finished");
	settle();
	line_with("40/40", "100 %", line);
	ck_assert_str_ne(line, "");
	line_with("5,000/s \u25b8    learning rate \u25c2 0.002 \u25b8 ",
		MODEL " not saved", line);
	ck_assert_msg(line[0] != '\0', "%s", terminal_text(&terminal));
	press_and_settle("w");
	line_with("learning rate", MODEL " saved", line);
	ck_assert_msg(line[0] != '\0', "%s", terminal_text(&terminal));
	ck_assert(!terminal_shows(&terminal, "seed 17"));
	terminal_resize(&terminal, 24, 100);
	settle();
	line_with("seed 17", MODEL " saved", line);
	ck_assert_msg(line[0] != '\0', "%s", terminal_text(&terminal));
	leave();
	close_terminal();
	open_with(&(struct terminal_options){.rows = 24,
		.columns = 80,
		.command.arguments = WORDS("--seed", "2034027857", "--updates",
			"40", "--speed", "5000")});
	expect("finished");
	settle();
	line_with("seed 2034027857 ", " not saved", line);
	ck_assert_msg(line[0] != '\0', "%s", terminal_text(&terminal));
	leave();
}
END_TEST

/* On a low screen the title shows the progress instead. */
START_TEST(a_low_screen_shows_the_progress_in_its_title)
{
	char text[64];
	json_t *object;

	open_with(&(struct terminal_options){.rows = 11,
		.columns = 80,
		.command.arguments = WORDS("--seed", "1", "--updates", "50",
			"--speed", "0", MODEL)});
	expect("finished");
	settle();
	press_and_settle("w");
	object = info(MODEL);
	snprintf(text, sizeof text, "50/50  loss %.4f",
		get_number(object, "average_loss"));
	ck_assert_msg(terminal_shows(&terminal, text), "no %s in:\n%s", text,
		terminal_text(&terminal));
	json_decref(object);
	leave();
}
END_TEST

/* Keys without effect are not shown. */
START_TEST(the_key_bar_shows_only_keys_with_an_effect)
{
	open_with(&(struct terminal_options){.rows = 30,
		.columns = 200,
		.command.arguments = WORDS("--seed", "1", "--updates", "0")});
	expect("running");
	expect("Space pause");
	expect("f film");
	ck_assert(!terminal_shows(&terminal, "e extend"));
	ck_assert(!terminal_shows(&terminal, "< > temperature"));
	pause_training();
	expect("Space run");
	press_and_settle("e");
	ck_assert(terminal_shows(&terminal, "the run has no end"));
	leave();
	close_terminal();
	write_here("t.txt", "a small text, and not much more than that\n");
	open_with(&(struct terminal_options){.rows = 30,
		.columns = 200,
		.command.arguments = WORDS("--task", "text", "--data", "t.txt",
			"--seed", "1", "--updates", "10", "--speed", "0")});
	expect("finished");
	settle();
	ck_assert(terminal_shows(&terminal, "< > temperature"));
	ck_assert(terminal_shows(&terminal, "e extend"));
	ck_assert(terminal_shows(&terminal, "f film"));
	press_and_settle("f");
	ck_assert(terminal_shows(&terminal, "film strip"));
	leave();
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("pane values");
	TCase *group = add_screen_case(suite, "loss");

	tcase_add_test(group, the_loss_pane_shows_the_values_of_the_log);
	tcase_add_test(group, the_validation_loss_equals_that_of_evaluate);
	tcase_add_test(group, the_curve_shows_the_values_of_the_log);
	tcase_add_test(group, the_curve_is_the_mean_of_the_updates_of_a_column);
	tcase_add_test(group, the_axis_of_updates_ends_at_a_near_target);
	tcase_add_test(group, the_former_run_stays_until_it_is_let_go);
	tcase_add_test(group, the_best_validation_is_named_and_marked);
	group = add_screen_case(suite, "generated");
	tcase_add_test(group, the_shape_equals_that_of_generate);
	tcase_add_test(group, the_former_drawing_stays_with_its_error);
	tcase_add_test(group, a_cut_memory_shows_the_error_with_it);
	suite_add_loop(group, the_median_seen_stands_beside_the_drawing, 0, 3);
	tcase_add_test(group, each_drawing_of_a_mixture_differs);
	tcase_add_test(group,
		the_film_strip_shows_the_updates_of_its_snapshots);
	group = add_screen_case(suite, "training");
	tcase_add_test(group, the_training_pane_shows_the_settings_of_the_run);
	tcase_add_test(group, the_updates_since_the_save_are_counted);
	tcase_add_test(group, the_title_counts_the_parameters);
	tcase_add_test(group, the_title_never_loses_the_count_that_learns);
	tcase_add_test(group, two_lines_show_speed_rate_and_file_or_seed);
	tcase_add_test(group, a_low_screen_shows_the_progress_in_its_title);
	tcase_add_test(group, the_key_bar_shows_only_keys_with_an_effect);
	return suite_run(suite);
}
