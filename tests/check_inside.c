/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the inside view in a terminal: the numbers on the screen against
 * those of an inspection of the saved model, the keys, and every size.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/random.h"
#include "endless.h"
#include "inspect/inspection.h"
#include "run/generate.h"
#include "session/model_file.h"
#include "suite.h"
#include "task/task.h"

#define STAR "--task", "star", "--framing", "sequence", "--seed", "3"

/* The saved model, and an inspection of the sequence that the view shows. */
static struct {
	struct run *run;
	struct inspection inspection;
	float points[64];
	size_t count;
} saved;

static void
read_saved(void)
{
	struct error error;
	char path[FOLDER_PATH_SIZE];
	struct random random;
	const struct task *task;

	saved.run = model_file_open(suite_context(), path_here(path, MODEL),
		&error);
	ck_assert_ptr_nonnull(saved.run);
	task = run_task(saved.run);
	saved.count = task->points;
	ck_assert_uint_le(task->points * task->features, 64);
	random_seed(&random, run_settings(saved.run)->seed,
		RANDOM_STREAM_EVALUATE);
	task->make(&random, task->points, saved.points);
	ck_assert(inspection_create(&saved.inspection, saved.run, &error));
	ck_assert(inspection_set_points(&saved.inspection, saved.points,
		saved.count, false, &error));
}

static void
inspect(bool no_memory)
{
	struct inspection_config config = {.no_memory = no_memory,
		.has_gradient = true,
		.connected = saved.inspection.steps};
	struct error error;

	ck_assert(inspection_compute(&saved.inspection, &config, &error));
}

static void
close_saved(void)
{
	inspection_destroy(&saved.inspection);
	run_destroy(saved.run);
}

static void
open_sized(int rows, int columns, const char *const *arguments)
{
	open_with(&(struct terminal_options){.rows = rows,
		.columns = columns,
		.command.arguments = arguments});
}

#define OPEN_SIZED(rows, columns, ...) \
	open_sized(rows, columns, WORDS(__VA_ARGS__))

static void
expect_text(const char *text)
{
	ck_assert_msg(terminal_shows(&terminal, text), "no '%s' in:\n%s", text,
		terminal_text(&terminal));
}

/* Assert that a line with the label contains the text. */
static void
expect_in_line(const char *label, const char *text)
{
	char line[TEXT_SIZE];

	line_with(label, text, line);
	ck_assert_msg(line[0] != '\0', "no '%s' with '%s' in:\n%s", label, text,
		terminal_text(&terminal));
}

static double
value(const char *view, size_t step, size_t unit)
{
	return (double)inspection_values(&saved.inspection, 0,
		inspection_view(&saved.inspection, view), step)[unit];
}

/* Where the scale of c ends: at twice the root mean square. */
static double
cell_scale(void)
{
	double sum = 0;

	for (size_t t = 0; t < 9; t++)
		for (size_t u = 0; u < 10; u++)
			sum += pow(value("c", t, u), 2);
	return fmax(1, 2 * sqrt(sum / 90));
}

/* Append a number with two decimals; one that rounds to zero has no sign. */
static void
add_number(char text[TEXT_SIZE], const char *before, double number)
{
	if (fabs(number) < 0.005)
		number = 0;
	sprintf(text + strlen(text), "%s%.2f", before, number);
}

/* Assert that the equation of an LSTM at this place is on the screen. */
static void
expect_lstm(size_t step, size_t unit, bool has_memory)
{
	char text[TEXT_SIZE] = "i · g = ";
	double c = value("c", step, unit);

	add_number(text, "", value("f", step, unit));
	add_number(text, " · ",
		has_memory && step > 0 ? value("c", step - 1, unit) : 0);
	add_number(text, " + ", value("i", step, unit));
	add_number(text, " · ", value("g", step, unit));
	add_number(text, " = ", c);
	expect_text(text);
	strcpy(text, "o · tanh c = ");
	add_number(text, "", value("o", step, unit));
	add_number(text, " · ", tanh(c));
	add_number(text, " = ", value("h", step, unit));
	expect_text(text);
}

static void
add_point(char text[TEXT_SIZE], const float *point)
{
	add_number(text, text[0] == '\0' ? "" : " ", (double)point[0]);
	add_number(text, ",", (double)point[1]);
}

/* Assert that the table has the points of a step and of the next. */
static void
expect_steps(size_t step)
{
	const struct inspection *inspection = &saved.inspection;
	static const char *const labels[] = {"sees  x", "says  y", "truth"};

	for (int i = 0; i < 3; i++)
		for (size_t t = step; t < step + 2; t++) {
			char text[TEXT_SIZE] = "";

			add_point(text,
				i == 0 ? inspection_input(inspection, t)
					: i == 1
					? inspection_output(inspection, t)
					: inspection_target(inspection, t));
			expect_in_line(labels[i], text);
		}
}

static double
mean_error(void)
{
	double sum = 0;

	for (size_t t = 0; t < saved.inspection.steps; t++)
		for (size_t f = 0; f < 2; f++)
			sum += fabs((double)inspection_output(&saved.inspection,
					    t)[f] -
				       (double)inspection_target(
					       &saved.inspection, t)[f]) /
				2;
	return sum / (double)saved.inspection.steps;
}

static void
expect_error(bool is_cut)
{
	char text[64];

	double error[2];

	for (int cut = 0; cut < 2; cut++) {
		inspect(cut);
		error[cut] = mean_error();
	}
	snprintf(text, sizeof text,
		is_cut ? "mean error of a step %.3f without memory, %.3f "
			 "with it"
		       : "mean error of a step %.3f, without memory %.3f",
		error[is_cut], error[!is_cut]);
	expect_text(text);
	inspect(is_cut);
}

/* Assert that the inputs that an output depends on most are named. */
static void
expect_strongest(size_t step)
{
	const struct inspection *inspection = &saved.inspection;
	size_t count = inspection->steps, first = 0, second = 0;
	const float *row = inspection->connectivity + step * count;
	char text[64];

	for (size_t s = 0; s < count; s++)
		if (row[s] > row[first])
			first = s;
	second = first == 0;
	for (size_t s = 0; s < count; s++)
		if (s != first && row[s] > row[second])
			second = s;
	if (row[second] < row[first] / 100)
		snprintf(text, sizeof text, "y%zu depends on x%zu alone",
			step + 1, first + 1);
	else
		snprintf(text, sizeof text, "y%zu depends on x%zu, x%zu ",
			step + 1, first + 1, second + 1);
	expect_text(text);
}

START_TEST(the_numbers_are_those_of_the_saved_star)
{
	char text[32];

	MUST("train", STAR, "--updates", "400", "--quiet", MODEL);
	read_saved();
	OPEN_SIZED(40, 120, MODEL);
	expect("finished");
	press_and_settle("i");
	inspect(false);
	expect_text("inside  star · sequence · LSTM(10) · update 400");
	expect_text("unit ◂ 1 ▸  step ◂ 1 ▸ of 9");
	expect_steps(0);
	expect_error(false);
	expect_text("all 542 learn");
	expect_text("every weight has a gradient; unshaded: small, not zero");
	expect_lstm(0, 0, true);
	press_and_settle(KEY_RIGHT KEY_RIGHT KEY_DOWN KEY_DOWN KEY_DOWN);
	expect_text("unit ◂ 4 ▸  step ◂ 3 ▸ of 9");
	expect_in_line("Unit", "unit 4 at step 3");
	expect_lstm(2, 3, true);
	press_and_settle("5l2k");
	expect_text("unit ◂ 2 ▸  step ◂ 8 ▸ of 9");
	expect_lstm(7, 1, true);
	expect_strongest(7);
	snprintf(text, sizeof text, "±%.2g & up ", cell_scale());
	expect_text(text);
	press_and_settle("9h");
	expect_strongest(0);
	expect_text("y1 depends on x1 alone");
	expect_text("none ");
	ck_assert(boxes_are_whole(&terminal));
	leave();
	close_saved();
}
END_TEST

START_TEST(m_cuts_the_memory_and_gives_it_back)
{
	MUST("train", STAR, "--updates", "400", "--quiet", MODEL);
	read_saved();
	OPEN_SIZED(40, 120, MODEL);
	expect("finished");
	press_and_settle("i" KEY_RIGHT KEY_RIGHT);
	expect_text("The cells carry what was seen.");
	press_and_settle("m");
	inspect(true);
	expect_lstm(2, 0, false);
	expect_steps(0);
	expect_error(true);
	expect_text("memory cut");
	expect_text("memory cut: it starts empty");
	press_and_settle("m");
	inspect(false);
	expect_lstm(2, 0, true);
	expect_error(false);
	leave();
	close_saved();
}
END_TEST

/* The error of the shape that the model draws with memory or without. */
static double
drawing_error(bool no_memory)
{
	struct generator generator;
	struct error error;
	float points[64];

	ck_assert(generator_create(&generator, saved.run, 1, &error));
	generator.no_memory = no_memory;
	memcpy(points, saved.points, sizeof points);
	generator_draw(&generator, saved.count, points);
	generator_destroy(&generator);
	return run_task(saved.run)->shape_error(points, saved.count);
}

START_TEST(both_drawings_are_side_by_side)
{
	char with[64], without[64];

	MUST("train", STAR, "--updates", "400", "--quiet", MODEL);
	read_saved();
	snprintf(with, sizeof with, "%.3f ", drawing_error(false));
	snprintf(without, sizeof without, " %.3f", drawing_error(true));
	ck_assert_str_ne(with, without);
	OPEN_SIZED(40, 120, MODEL);
	expect("finished");
	press_and_settle("i");
	for (int i = 0; i < 2; i++) {
		/* a caption above each, and once what the error is of */
		expect_text("│ shape error ");
		expect_in_line("│ with ", " without ");
		expect_in_line(with, without);
		press_and_settle("m");
	}
	/* where there is room, one line for each */
	terminal_resize(&terminal, 60, 200);
	settle();
	snprintf(with, sizeof with, "with: %.3f", drawing_error(false));
	snprintf(without, sizeof without, "without: %.3f", drawing_error(true));
	expect_in_line(with, without);
	terminal_resize(&terminal, 60, 230);
	settle();
	snprintf(with, sizeof with, "with memory: shape error %.3f",
		drawing_error(false));
	snprintf(without, sizeof without, "without memory: shape error %.3f",
		drawing_error(true));
	expect_in_line(with, without);
	/* and on small screens in words, once the message is gone */
	terminal_resize(&terminal, 24, 80);
	press_and_settle("m" KEY_RIGHT);
	snprintf(with, sizeof with, "error of the drawing %.3f, with it %.3f",
		drawing_error(true), drawing_error(false));
	expect_text(with);
	leave();
	close_saved();
}
END_TEST

/* Append "(0.500, 1.000)", as the message line shows a point. */
static void
add_shown(char text[TEXT_SIZE], const float *point)
{
	sprintf(text + strlen(text), "(%.3f, %.3f)",
		fabs((double)point[0]) < 0.0005 ? 0 : (double)point[0],
		fabs((double)point[1]) < 0.0005 ? 0 : (double)point[1]);
}

/* Write the points that the model generates without memory. */
static void
write_drawing(char text[TEXT_SIZE])
{
	struct inspection_config config = {.no_memory = true};
	float point[2] = {saved.points[0], saved.points[1]};
	struct error error;

	text[0] = '\0';
	add_shown(text, point);
	strcat(text, " gives ");
	for (int i = 0; i < 2; i++) {
		ck_assert(inspection_set_points(&saved.inspection, point, 1,
			true, &error));
		ck_assert(
			inspection_compute(&saved.inspection, &config, &error));
		memcpy(point, inspection_output(&saved.inspection, 0),
			sizeof point);
		if (i > 0)
			strcat(text, ", ");
		add_shown(text, point);
	}
}

START_TEST(m_cuts_the_memory_of_the_drawing_too)
{
	char text[TEXT_SIZE];

	MUST("train", STAR, "--updates", "400", "--quiet", MODEL);
	read_saved();
	write_drawing(text);
	OPEN_SIZED(40, 120, MODEL);
	expect("finished");
	press("g");
	expect("gives");
	ck_assert(!terminal_shows(&terminal, text));
	press("m");
	expect("without memory");
	press("g");
	expect(text);
	press("m");
	expect_gone("without memory");
	press("g");
	expect("gives");
	ck_assert(!terminal_shows(&terminal, text));
	leave();
	close_saved();
}
END_TEST

START_TEST(the_lesson_has_430_parameters_without_a_gradient)
{
	MUST("train", "--seed", "1", "--updates", "300", "--quiet", MODEL);
	read_saved();
	OPEN_SIZED(40, 120, MODEL);
	expect("finished");
	press_and_settle("i" KEY_RIGHT);
	inspect(false);
	expect_text("430 of 542: none");
	expect_text("Each step starts empty: 430 of 542 get no gradient.");
	expect_lstm(1, 0, false);
	expect_text("starts empty: nothing to forget");
	expect_steps(0);
	expect_text("none: each step starts empty");
	expect_text("only on the same step");
	expect_text("y2: x2 alone");
	expect_text("the same: each step");
	/* there is no memory to cut */
	press_and_settle("m");
	expect_text("no memory to cut");
	leave();
	close_saved();
}
END_TEST

START_TEST(other_cells_have_their_own_equations)
{
	static const char *const cells[] = {"gru", "rnn"};
	char text[TEXT_SIZE] = "";

	MUST("train", STAR, "--updates", "100", "--quiet", "--cell", cells[_i],
		MODEL);
	read_saved();
	OPEN_SIZED(40, 120, MODEL);
	expect("finished");
	press_and_settle("i" KEY_RIGHT KEY_DOWN);
	inspect(false);
	if (_i == 0) {
		expect_text("z update keep");
		expect_text("r reset use");
		add_number(text, "", value("z", 1, 1));
		add_number(text, " · ", value("h", 0, 1));
		add_number(text, " + ", 1 - value("z", 1, 1));
		add_number(text, " · ", value("g", 1, 1));
	} else {
		add_number(text, "tanh ", atanh(value("h", 1, 1)));
	}
	add_number(text, " = ", value("h", 1, 1));
	expect_text(text);
	expect_text("h OUT");
	leave();
	close_saved();
}
END_TEST

/* The sign of the level of a gate in ASCII. */
static char
gate_sign(double gate)
{
	return " .:+#"[lround(gate * 4)];
}

static char
signed_sign(double number, double max)
{
	long level = lround(fmin(fabs(number) / max, 1) * 4);

	return number < 0 ? " ~-=%"[level] : " .:+#"[level];
}

/* Find the row and the column of a text; column counts characters. */
static void
find_text(const char *text, int *row, int *column)
{
	char line[TEXT_SIZE];
	const char *at = NULL;

	for (*row = 0; *row < terminal.rows; ++*row) {
		terminal_line(&terminal, *row, line, sizeof line);
		at = strstr(line, text);
		if (at != NULL)
			break;
	}
	ck_assert_msg(at != NULL, "no '%s' in:\n%s", text,
		terminal_text(&terminal));
	*column = (int)(at - line);
}

START_TEST(the_heat_maps_show_each_unit_at_each_step)
{
	int row, first, column, columns;
	double max;
	char scale[32];
	struct terminal_cell cell;

	MUST("train", STAR, "--updates", "400", "--quiet", MODEL);
	read_saved();
	OPEN_SIZED(40, 120, "--ascii", "--color", "never", MODEL);
	expect("finished");
	/* the cursor out of the way */
	press_and_settle("i9l9j");
	inspect(false);
	max = cell_scale();
	snprintf(scale, sizeof scale, "+-%.2g ", max);
	expect_text(scale);
	expect_text("units 1-10 of 10, steps 1-9 of 9");
	/* the gates have the order of the weights: i, f, g, and then c */
	find_text("i input", &row, &first);
	find_text("f forget", &row, &column);
	columns = column - first - 1; /* of a map */
	/* at the cursor the value stays visible */
	terminal_cell(&terminal, row + 2 + 9, column + 8 * columns / 9, &cell);
	ck_assert(cell.is_reverse);
	ck_assert_int_eq(cell.text[0], gate_sign(value("f", 8, 9)));
	for (size_t t = 0; t < 8; t++)
		for (size_t u = 0; u < 9; u++) {
			int at = column + (int)t * columns / 9;

			terminal_cell(&terminal, row + 2 + (int)u, at, &cell);
			ck_assert_msg(cell.text[0] ==
					gate_sign(value("f", t, u)),
				"f of unit %zu at step %zu: %s", u, t,
				cell.text);
			at += 2 * (columns + 1);
			terminal_cell(&terminal, row + 2 + (int)u, at, &cell);
			ck_assert_msg(cell.text[0] ==
					signed_sign(value("c", t, u), max),
				"c of unit %zu at step %zu: %s", u, t,
				cell.text);
		}
	leave();
	close_saved();
}
END_TEST

/* Little room has numbers without shades, and a sentence that is whole. */
START_TEST(few_rows_and_columns_have_less_and_whole_text)
{
	char line[TEXT_SIZE];

	MUST("train", STAR, "--updates", "50", "--quiet", MODEL);
	OPEN_SIZED(40, 120, MODEL);
	expect("finished");
	press_and_settle("i");
	line_with("0 to 1", "& up", line);
	ck_assert_str_ne(line, "");
	terminal_resize(&terminal, 60, 200);
	settle();
	ck_assert(!terminal_shows(&terminal, "0 to 1"));
	terminal_resize(&terminal, 12, 40);
	settle();
	expect_text(" The cells carry what was seen. ");
	ck_assert(!terminal_shows(&terminal, "m cuts"));
	press_and_settle("m");
	expect_text(" memory cut; m gives it back ");
	leave();
}
END_TEST

START_TEST(the_keys_move_and_stop_at_the_ends)
{
	MUST("train", STAR, "--updates", "50", "--quiet", "--units", "40,12",
		MODEL);
	OPEN_SIZED(30, 100, MODEL);
	expect("finished");
	press_and_settle("i" KEY_LEFT KEY_UP);
	expect_text("unit ◂ 1 ▸  step ◂ 1 ▸ of 9");
	press_and_settle(KEY_PAGE_DOWN);
	ck_assert(!terminal_shows(&terminal, "unit ◂ 1 ▸"));
	expect_text("step ◂ 1 ▸");
	press_and_settle(KEY_PAGE_UP);
	expect_text("unit ◂ 1 ▸");
	press_and_settle("99j99l");
	expect_text("unit ◂ 40 ▸  step ◂ 9 ▸ of 9");
	press_and_settle(KEY_HOME);
	expect_text("unit ◂ 40 ▸  step ◂ 1 ▸ of 9");
	press_and_settle(KEY_END);
	expect_text("unit ◂ 40 ▸  step ◂ 9 ▸ of 9");
	/* the other layer has fewer units */
	press_and_settle(KEY_TAB);
	expect_text("layer ◂ 2 ▸");
	expect_text("unit ◂ 12 ▸");
	press_and_settle(KEY_TAB);
	expect_text("layer ◂ 1 ▸");
	press_and_settle("i");
	ck_assert(terminal_shows(&terminal, "Generated"));
	press_and_settle("i");
	expect_text("unit ◂ 12 ▸  step ◂ 9 ▸ of 9");
	press_and_settle(KEY_ESCAPE);
	ck_assert(terminal_shows(&terminal, "Generated"));
	leave();
}
END_TEST

/* With memory an output depends on earlier inputs, without it on none. */
START_TEST(the_connections_show_what_an_output_depends_on)
{
	static const bool has_memory[] = {true, false, true};
	int row, column;

	MUST("train", STAR, "--updates", "5000", "--quiet", MODEL);
	OPEN_SIZED(40, 120, "--ascii", "--color", "never", MODEL);
	expect("finished");
	press_and_settle("i");
	find_text("x1  ", &row, &column);
	for (int i = 0; i < COUNT(has_memory); i++) {
		int blanks = 0;

		for (int y = 0; y < 9; y++)
			for (int x = 0; x < 9; x++) {
				struct terminal_cell cell;
				bool is_blank;

				terminal_cell(&terminal, row + 1 + y,
					column + 2 * x, &cell);
				is_blank = cell.text[0] == ' ';
				if (x == y)
					ck_assert(!is_blank);
				else if (x > y || !has_memory[i])
					ck_assert(is_blank);
				else
					blanks += is_blank;
			}
		/* of 36 below the diagonal */
		ck_assert_int_lt(has_memory[i] ? blanks : 0, 30);
		press_and_settle("m");
	}
	leave();
}
END_TEST

START_TEST(enter_shows_all_numbers_of_the_unit)
{
	char text[TEXT_SIZE];

	MUST("train", STAR, "--updates", "400", "--quiet", MODEL);
	read_saved();
	OPEN_SIZED(24, 80, MODEL);
	expect("finished");
	press_and_settle("i" KEY_RIGHT KEY_DOWN KEY_ENTER);
	inspect(false);
	ck_assert(!terminal_shows(&terminal, "Gates and cells"));
	for (size_t v = 0; v < saved.inspection.views; v++) {
		const char *name =
			saved.inspection.model.shape.cell->views[v].name;

		snprintf(text, sizeof text, "%s  ", name);
		for (size_t t = 0; t < 9; t++)
			sprintf(text + strlen(text), "%s%6.3f",
				t == 0 ? "" : " ",
				fabs(value(name, t, 1)) < 0.0005
					? 0
					: value(name, t, 1));
		expect_text(text);
	}
	press_and_settle(KEY_ESCAPE);
	ck_assert(terminal_shows(&terminal, "Gates and cells"));
	ck_assert(!terminal_shows(&terminal, "Numbers"));
	press_and_settle(KEY_ESCAPE);
	ck_assert(terminal_shows(&terminal, "Generated"));
	leave();
	close_saved();
}
END_TEST

START_TEST(each_step_has_its_error)
{
	const char *line, *end;
	char *after;

	MUST("train", STAR, "--updates", "400", "--quiet", MODEL);
	read_saved();
	OPEN_SIZED(40, 120, MODEL);
	expect("finished");
	press_and_settle("i");
	inspect(false);
	line = strstr(terminal_text(&terminal), "│ error ");
	ck_assert_ptr_nonnull(line);
	end = strchr(line, '\n');
	/* bars and blanks are between the numbers */
	for (size_t t = 0; t < 9; t++) {
		line += strcspn(line, "0123456789");
		ck_assert(line < end);
		ck_assert_double_eq_tol(strtod(line, &after),
			inspection_error(&saved.inspection, t), 6e-4);
		ck_assert_int_eq(after - line, 5);
		line = after;
	}
	leave();
	close_saved();
}
END_TEST

START_TEST(o_shows_the_drawing_of_the_model)
{
	MUST("train", STAR, "--updates", "400", "--quiet", MODEL);
	OPEN_SIZED(40, 120, MODEL);
	expect("finished");
	press_and_settle("i");
	ck_assert(!terminal_shows(&terminal, "its own drawing"));
	press_and_settle("o");
	expect_text("its own drawing");
	expect_text("its own drawing has no true targets");
	expect_text("of 10");
	press_and_settle("o");
	ck_assert(!terminal_shows(&terminal, "its own drawing"));
	expect_text("mean error");
	leave();
}
END_TEST

/* Only after a single update is the change that of an update. */
START_TEST(the_last_change_is_that_of_one_update)
{
	MUST("train", "--seed", "1", "--updates", "100", "--quiet", MODEL);
	OPEN_SIZED(50, 160, MODEL, "--updates", "1000000", "--speed", "0.001");
	expect("running");
	press(" ");
	expect("paused");
	press_and_settle("i");
	ck_assert(!terminal_shows(&terminal, "Last change"));
	press_and_settle("s");
	expect_in_line("Last change", "update 101 ");
	press_and_settle("3s");
	ck_assert(!terminal_shows(&terminal, "Last change"));
	press_and_settle("s");
	expect_in_line("Last change", "update 105 ");
	/* training moves none of the 430 */
	expect_in_line("Gradient", "430 of 542: none");
	leave();
}
END_TEST

START_TEST(training_continues_and_the_numbers_follow)
{
	OPEN(FAST, LOGGED, "--task", "star", "--framing", "sequence");
	expect("running");
	press("i");
	expect("Gates and cells");
	expect("The cells carry");
	expect_training();
	expect("running");
	press(" ");
	expect("paused");
	settle();
	expect_text("mean error");
	press("s");
	expect("paused");
	press("i");
	expect("Generated");
	leave();
}
END_TEST

START_TEST(a_new_run_can_be_started_inside)
{
	OPEN_SIZED(40, 120, "--seed", "1", "--updates", "50", "--speed", "0");
	expect("finished");
	press_and_settle("i9l9jm");
	press("n");
	expect("New run");
	press_and_settle(KEY_UP KEY_ENTER);
	expect("Start a new run?");
	press("d");
	expect("finished");
	settle();
	expect_text("unit ◂ 10 ▸  step ◂ 3 ▸ of 3");
	expect_text("430 of 542: none");
	leave();
}
END_TEST

/* Assert that the cursor is at the last step, and return it. */
static int
expect_last_step(void)
{
	char line[TEXT_SIZE];
	const char *at;
	int step = 0, steps = 0;

	terminal_line(&terminal, 0, line, sizeof line);
	at = strstr(line, "step ");
	ck_assert_ptr_nonnull(at);
	ck_assert_int_eq(sscanf(at, "step ◂ %d ▸ of %d", &step, &steps), 2);
	ck_assert_int_eq(step, steps);
	return steps;
}

/* Assert that each input is the true character of the step before. */
static void
expect_next_is_truth(void)
{
	char sees[TEXT_SIZE], truth[TEXT_SIZE];
	int at, row;

	find_text("sees  x", &row, &at);
	terminal_line(&terminal, row, sees, sizeof sees);
	terminal_line(&terminal, row + 2, truth, sizeof truth);
	for (char *next = strchr(sees, '\''), *before = strchr(truth, '\'');
		next != NULL && before != NULL;) {
		next = strchr(next + 3, '\'');
		if (next == NULL)
			break;
		ck_assert_int_eq(next[1], before[1]);
		before = strchr(before + 3, '\'');
	}
}

START_TEST(a_text_has_its_characters_over_the_steps)
{
	write_here("t.txt",
		"abracadabra, abracadabra, abracadabra, and again "
		"abracadabra\n");
	OPEN_SIZED(50, 160, "--task", "text", "--data", "t.txt", "--seed", "1",
		"--updates", "50", "--speed", "0", "--sequence-length", "10",
		"--batch", "1", "--units", "8,5", "--validation", "0");
	expect("finished");
	press_and_settle("i" KEY_ENTER);
	expect_text("layer ◂ 1 ▸");
	ck_assert_int_gt(expect_last_step(), 9);
	expect_next_is_truth();
	expect_text("Health");
	expect_text("gradient norm");
	expect_text("clipped");
	expect_text("open >0.9");
	expect_text("at |tanh c| > 0.97");
	expect_in_line("sees  x", "'a'");
	expect_in_line("truth", "'a'");
	expect_text("mean loss");
	expect_text(", without memory ");
	expect_text("with memory: loss ");
	press_and_settle("m");
	expect_text("memory cut");
	press_and_settle("o");
	expect_text("its own text");
	press_and_settle(KEY_TAB "9k");
	expect_text("layer ◂ 2 ▸");
	leave();
}
END_TEST

/* Only the shown part of a long sequence is drawn. */
START_TEST(a_long_sequence_is_shown_in_parts)
{
	enum { POINTS = 100000 };
	char *text = malloc(POINTS * 8), *end = text;

	for (int i = 0; i < POINTS; i++)
		end += sprintf(end, "%.3f\n", 0.5 + 0.4 * sin(i / 10.0));
	write_here("p.csv", text);
	free(text);
	OPEN_SIZED(24, 80, "--task", "points", "--data", "p.csv", "--framing",
		"sequence", "--units", "2", "--seed", "1", "--updates", "1",
		"--speed", "1000");
	expect("finished");
	press("i");
	expect("of 99,999");
	press("99999l");
	expect("step ◂ 99999 ▸");
	press(KEY_PAGE_UP);
	expect_gone("step ◂ 99999 ▸");
	leave();
}
END_TEST

START_TEST(a_wide_layer_is_shown_in_parts)
{
	OPEN_SIZED(40, 120, "--seed", "1", "--units", "1024", "--updates",
		"1000");
	expect("running");
	press(" ");
	expect("paused");
	press("i");
	expect("of 1024, steps 1-3 of 3");
	press("999j");
	expect("unit ◂ 1000 ▸");
	press(KEY_DOWN);
	expect("unit 1001 at step 1");
	leave();
}
END_TEST

static const char *const looks[][3] = {
	{"--color", "always", NULL},
	{"--color", "never", NULL},
	{"--ascii", NULL},
	{"--theme", "light", NULL},
};

START_TEST(every_size_and_look_is_readable)
{
	static const int sizes[][2] = {{24, 80}, {30, 100}, {40, 120},
		{60, 200}, {12, 40}, {11, 60}, {4, 16}, {1, 1}, {24, 80}};
	const char *arguments[16] = {STAR, "--updates", "300", "--speed", "0"};
	int count = 10;

	for (int i = 0; looks[_i][i] != NULL; i++)
		arguments[count++] = looks[_i][i];
	open_sized(24, 80, arguments);
	expect("finished");
	press_and_settle("i");
	for (int i = 0; i < COUNT(sizes); i++) {
		terminal_resize(&terminal, sizes[i][0], sizes[i][1]);
		settle();
		press_and_settle(KEY_RIGHT KEY_DOWN);
		if (sizes[i][1] >= 40)
			expect_text(sizes[i][1] >= 60 ? "forget" : "inside");
		ck_assert(boxes_are_whole(&terminal));
		press_and_settle("m" KEY_ENTER);
		if (sizes[i][0] >= 12)
			expect_text("Numbers");
		press_and_settle(KEY_ENTER "omo");
	}
	leave();
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("inside");
	TCase *group = add_screen_case(suite, "inside");

	tcase_add_test(group, the_numbers_are_those_of_the_saved_star);
	tcase_add_test(group, m_cuts_the_memory_and_gives_it_back);
	tcase_add_test(group, m_cuts_the_memory_of_the_drawing_too);
	tcase_add_test(group, both_drawings_are_side_by_side);
	tcase_add_test(group, the_lesson_has_430_parameters_without_a_gradient);
	suite_add_loop(group, other_cells_have_their_own_equations, 0, 2);
	tcase_add_test(group, the_heat_maps_show_each_unit_at_each_step);
	tcase_add_test(group, few_rows_and_columns_have_less_and_whole_text);
	tcase_add_test(group, the_keys_move_and_stop_at_the_ends);
	tcase_add_test(group, the_connections_show_what_an_output_depends_on);
	tcase_add_test(group, each_step_has_its_error);
	tcase_add_test(group, enter_shows_all_numbers_of_the_unit);
	tcase_add_test(group, o_shows_the_drawing_of_the_model);
	tcase_add_test(group, the_last_change_is_that_of_one_update);
	tcase_add_test(group, training_continues_and_the_numbers_follow);
	tcase_add_test(group, a_new_run_can_be_started_inside);
	tcase_add_test(group, a_text_has_its_characters_over_the_steps);
	tcase_add_test(group, a_long_sequence_is_shown_in_parts);
	tcase_add_test(group, a_wide_layer_is_shown_in_parts);
	suite_add_loop(group, every_size_and_look_is_readable, 0, COUNT(looks));
	return suite_run(suite);
}
