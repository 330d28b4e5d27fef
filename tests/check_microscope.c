/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the inside view of a text in a terminal, against an inspection of
 * the saved model and plain computations.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "draw/theme.h"
#include "endless.h"
#include "inspect/inspection.h"
#include "plain_features.h"
#include "session/model_file.h"
#include "suite.h"

enum { UNITS = 12, LEAD = 300, REPEATS = 9, CHARACTERS_MAX = 6000 };

/* The saved model, and what follows from the characters of the text. */
static struct {
	char text[CHARACTERS_MAX]; /* the validation part */
	size_t first, count;       /* of the tokens */
	struct run *run;
	struct inspection inspection;
	struct inspection other; /* on the other side of the memory */
	uint32_t token[CHARACTERS_MAX];
	double state[UNITS][CHARACTERS_MAX];
	struct telling {
		int unit;
		enum text_feature feature;
		double correlation;
	} telling[UNITS]; /* in the order of the screen */
} saved;

/* Write the sample again and again; return it. */
static const char *
write_text(char path[FOLDER_PATH_SIZE])
{
	static char text[CHARACTERS_MAX];

	text[0] = '\0';
	for (int i = 0; i < REPEATS; i++)
		strcat(text, plain_sample);
	write_here("t.txt", text);
	path_here(path, "t.txt");
	return text;
}

static const char *const cells[] = {"lstm", "gru", "rnn"};
static struct trained_model {
	char *bytes;
	size_t size;
} trained[COUNT(cells)];

/* Train a model of each cell once, for all tests. */
static void
train_models(void)
{
	char path[FOLDER_PATH_SIZE];

	folder_new(folder);
	write_text(path);
	for (int i = 0; i < COUNT(cells); i++) {
		MUST("train", "--task", "text", "--data", path, "--units", "12",
			"--cell", cells[i], "--updates", "300",
			"--learning-rate", "0.01", "--seed", "1",
			"--validation", "0.25", "--quiet", "--force", MODEL);
		trained[i].bytes = read_here(MODEL, &trained[i].size);
	}
}

static void
release_models(void)
{
	for (int i = 0; i < COUNT(cells); i++)
		free(trained[i].bytes);
}

/* Put the text and the model of a cell into the test's folder. */
static void
use_text(int cell)
{
	char path[FOLDER_PATH_SIZE];
	const char *text = write_text(path);
	size_t length = strlen(text);

	file_write(path_here(path, MODEL), trained[cell].bytes,
		trained[cell].size);
	saved.count = (size_t)((double)length * 0.25);
	strcpy(saved.text, text + length - saved.count);
}

static int
compare_telling(const void *one, const void *other)
{
	const struct telling *a = one, *b = other;

	if (fabs(a->correlation) != fabs(b->correlation))
		return fabs(a->correlation) > fabs(b->correlation) ? -1 : 1;
	return a->unit - b->unit;
}

static double
deviation_of(const double *values, size_t count)
{
	double mean = 0, sum = 0;

	for (size_t i = 0; i < count; i++)
		mean += values[i] / (double)count;
	for (size_t i = 0; i < count; i++)
		sum += pow(values[i] - mean, 2);
	return sqrt(sum / (double)count);
}

/* What each unit tells, in a plain way. */
static void
measure_telling(size_t first, size_t count, const char *text)
{
	static double feature[CHARACTERS_MAX];

	for (int u = 0; u < UNITS; u++) {
		struct telling *telling = &saved.telling[u];

		*telling = (struct telling){.unit = u};
		if (deviation_of(saved.state[u], count) < 0.05)
			continue;
		for (int f = 0; f < TEXT_FEATURES; f++) {
			double correlation;

			for (size_t i = 0; i < count; i++)
				feature[i] = plain_feature(text, first + i,
					(enum text_feature)f);
			correlation = plain_correlation(feature, saved.state[u],
				count);
			if (fabs(correlation) > fabs(telling->correlation)) {
				telling->correlation = correlation;
				telling->feature = (enum text_feature)f;
			}
		}
	}
	qsort(saved.telling, UNITS, sizeof saved.telling[0], compare_telling);
}

/* Follow the text of the screen through the saved model. */
static void
read_model(bool no_memory)
{
	const struct inspection_config config = {.no_memory = no_memory},
				       other = {.no_memory = !no_memory};
	char path[FOLDER_PATH_SIZE];
	const char *text = write_text(path), *name;
	static char read[CHARACTERS_MAX];
	size_t length = strlen(text), all, count;
	struct error error;

	saved.run = model_file_open(suite_context(), path_here(path, MODEL),
		&error);
	ck_assert_msg(saved.run != NULL, "%s", error.text);
	/* the opening of the text, and what precedes the validation part */
	memcpy(read, text, LEAD);
	strcpy(read + LEAD, text + length - saved.count - LEAD);
	saved.first = 2 * LEAD;
	all = saved.first + saved.count;
	ck_assert(text_tokens(run_vocabulary(saved.run), read, saved.token,
		&count, &error));
	ck_assert_uint_eq(count, all);
	ck_assert(inspection_create(&saved.inspection, saved.run, &error));
	ck_assert(inspection_set_tokens(&saved.inspection, saved.token, all,
		true, &error));
	ck_assert(inspection_compute(&saved.inspection, &config, &error));
	ck_assert(inspection_create(&saved.other, saved.run, &error));
	ck_assert(inspection_set_tokens(&saved.other, saved.token, all, true,
		&error));
	ck_assert(inspection_compute(&saved.other, &other, &error));
	name = saved.inspection.model.shape.cell->has_cell_state ? "c" : "h";
	for (int u = 0; u < UNITS; u++)
		for (size_t i = 0; i < saved.count; i++)
			saved.state[u][i] = tanh((
				double)inspection_values(&saved.inspection, 0,
				inspection_view(&saved.inspection, name),
				saved.first + i)[u]);
	measure_telling(saved.first, saved.count, read);
}

static void
close_model(void)
{
	inspection_destroy(&saved.inspection);
	inspection_destroy(&saved.other);
	run_destroy(saved.run);
}

static void
open_sized(int rows, int columns, const char *const *arguments)
{
	open_with(&(struct terminal_options){.rows = rows,
		.columns = columns,
		.command.arguments = arguments});
	expect("finished");
	press_and_settle("i");
}

static void
expect_text(const char *text)
{
	ck_assert_msg(terminal_shows(&terminal, text), "no '%s' in:\n%s", text,
		terminal_text(&terminal));
}

/* Assert that the unit at a place of the order is selected and named. */
static void
expect_unit(int rank)
{
	const struct telling *telling = &saved.telling[rank];
	char text[128];

	snprintf(text, sizeof text, "unit ◂ %d ▸: %s, %.2f", telling->unit + 1,
		text_feature_name(telling->feature), telling->correlation);
	if (telling->correlation == 0)
		snprintf(text, sizeof text, "unit ◂ %d ▸ ", telling->unit + 1);
	expect_text(text);
}

/* Assert that the list of units has these first ones, in this order. */
static void
expect_list(void)
{
	int before = -1;

	for (int i = 0; i < UNITS; i++) {
		const struct telling *telling = &saved.telling[i];
		char text[128], line[TEXT_SIZE];
		int row = 0;

		snprintf(text, sizeof text, "%4d %5.2f %s", telling->unit + 1,
			telling->correlation,
			text_feature_name(telling->feature));
		if (telling->correlation == 0)
			snprintf(text, sizeof text, "%4d       hardly changes",
				telling->unit + 1);
		for (; row < terminal.rows; row++) {
			terminal_line(&terminal, row, line, sizeof line);
			if (strstr(line, text) != NULL)
				break;
		}
		ck_assert_msg(row < terminal.rows &&
				(before < 0 || row == before + 1),
			"'%s' in row %d after %d:\n%s", text, row, before,
			terminal_text(&terminal));
		before = row;
	}
}

static void
write_token(char text[16], uint32_t token)
{
	uint32_t character = run_vocabulary(saved.run)->character[token];

	if (character == '\n')
		strcpy(text, "'\\n'");
	else
		snprintf(text, 16, "'%c'", (int)character);
}

/* Find the first line with a text, and its column. */
static void
find_line(const char *text, int *row, int *column)
{
	char line[TEXT_SIZE];

	for (*row = 0; *row < terminal.rows; ++*row) {
		const char *at;

		terminal_line(&terminal, *row, line, sizeof line);
		at = strstr(line, text);
		if (at == NULL)
			continue;
		*column = (int)utf8_columns(line) - (int)utf8_columns(at);
		return;
	}
	ck_abort_msg("no '%s' in:\n%s", text, terminal_text(&terminal));
}

/* Copy the cells of a row from a column up to another one. */
static void
copy_cells(int row, int from, int to, char text[TEXT_SIZE])
{
	text[0] = '\0';
	for (int column = from; column < to; column++) {
		struct terminal_cell cell;

		terminal_cell(&terminal, row, column, &cell);
		strcat(text, cell.text[0] != '\0' ? cell.text : " ");
	}
}

/* Assert that the side of the Expected pane with memory or without is right. */
static void
expect_side(bool is_left, const struct inspection *inspection, size_t step)
{
	const float *output = inspection_output(inspection, step);
	uint32_t truth = inspection_target_token(inspection, step);
	int row, column, middle, wrong = 0;
	char line[TEXT_SIZE], token[16], wanted[64];

	/* both names are in the row */
	find_line("│ with memory", &row, &column);
	column += 2;
	terminal_line(&terminal, row, line, sizeof line);
	middle = (int)(utf8_columns(line) -
		utf8_columns(strstr(line, "without memory")));
	for (size_t i = 0; i < inspection->features; i++) {
		size_t likelier = 0;
		bool is_found = false;

		for (size_t j = 0; j < inspection->features; j++)
			likelier += output[j] > output[i];
		if (likelier >= 5 && i != truth)
			continue;
		write_token(token, (uint32_t)i);
		snprintf(wanted, sizeof wanted, "%4.*f %%",
			output[i] < 0.0995f ? 1 : 0, 100 * (double)output[i]);
		for (int r = row + 1; r < terminal.rows - 3; r++) {
			copy_cells(r, is_left ? column : middle,
				is_left ? middle : 2 * middle, line);
			is_found |= strncmp(line, token, strlen(token)) == 0 &&
				strstr(line, wanted) != NULL &&
				(strstr(line, "◂ true") != NULL) ==
					(i == truth);
		}
		wrong += !is_found;
	}
	ck_assert_msg(wrong == 0, "%d wrong %s memory in:\n%s", wrong,
		is_left ? "with" : "without", terminal_text(&terminal));
}

/* Assert that the panes of the character at the cursor are right. */
static void
expect_character(size_t at)
{
	bool is_cut = saved.inspection.config.no_memory;
	size_t step = saved.first + at - 1;
	char token[16], text[128];

	write_token(token, inspection_target_token(&saved.inspection, step));
	snprintf(text, sizeof text,
		"%s surprises by %.2f bits, %s memory %.2f ", token,
		inspection_loss(&saved.inspection, step) / log(2),
		is_cut ? "with" : "without",
		inspection_loss(&saved.other, step) / log(2));
	expect_text(text);
	expect_side(true, is_cut ? &saved.other : &saved.inspection, step);
	expect_side(false, is_cut ? &saved.inspection : &saved.other, step);
}

#define HALF "half of the influence"

/* Assert that the sentence of how far back is right. */
static void
expect_half(size_t at)
{
	struct inspection *inspection = &saved.inspection;
	size_t step = saved.first + at - 1, half = 0;
	double sum = 0, last = 0;
	struct error error;
	char text[128];

	ck_assert(inspection_begin_row(inspection, step, 64, &error));
	while (!inspection_is_done(inspection))
		inspection_advance(inspection);
	for (size_t i = 0; i < 64; i++)
		sum += (double)inspection->connectivity[63 * 64 + i];
	while (last < sum / 2)
		last += (double)inspection->connectivity[63 * 64 + 63 - half++];
	if (half == 1)
		strcpy(text, HALF " comes from the last character");
	else
		snprintf(text, sizeof text,
			HALF " comes from the last %zu characters", half);
	expect_text(text);
}

START_TEST(units_and_characters_are_those_of_the_saved_model)
{
	char text[64];

	use_text(_i);
	open_sized(40, 120, WORDS(MODEL));
	read_model(false);
	snprintf(text, sizeof text, "validation, character 41 of %zu",
		saved.count);
	expect_text(text);
	expect_unit(0);
	expect_list();
	expect_character(40);
	expect_half(40);
	press_and_settle(KEY_DOWN KEY_DOWN KEY_UP KEY_RIGHT "9l");
	expect_unit(1);
	expect_character(50);
	expect_half(50);
	press_and_settle("50j" KEY_HOME);
	expect_unit(UNITS - 1);
	expect_character(0);
	press_and_settle(KEY_END);
	expect_text("what comes next");
	press_and_settle(KEY_LEFT);
	expect_character(saved.count - 1);
	expect_half(saved.count - 1);
	ck_assert(boxes_are_whole(&terminal));
	close_model();
	leave();
}
END_TEST

/* The mean surprise of the characters of the saved text. */
static double
mean_bits(const struct inspection *inspection)
{
	double sum = 0;

	for (size_t at = 0; at < saved.count; at++)
		sum += inspection_loss(inspection, saved.first + at - 1);
	return sum / (double)saved.count / log(2);
}

/* Both sides of the memory are shown at once, whichever the view shows. */
START_TEST(m_cuts_the_memory_of_the_text)
{
	double kept, cut;
	char text[160];

	use_text(0);
	open_sized(40, 120, WORDS(MODEL));
	read_model(false);
	kept = mean_bits(&saved.inspection);
	cut = mean_bits(&saved.other);
	ck_assert_msg(cut > kept + 0.1, "%f without, %f with", cut, kept);
	/* the panes of the loss have nats */
	snprintf(text, sizeof text,
		" Bits per character: with memory %.2f (%.2f nats), without "
		"%.2f (%.2f), blind guessing %.2f",
		kept, kept * log(2), cut, cut * log(2),
		log2((double)saved.inspection.features));
	expect_text(text);
	ck_assert(!terminal_shows(&terminal, "misleads"));
	expect_character(40);
	close_model();
	/* a move of the cursor ends the message */
	press_and_settle("m" KEY_RIGHT KEY_LEFT);
	read_model(true);
	snprintf(text, sizeof text,
		"Memory cut. Bits per character: with memory %.2f, without "
		"%.2f, blind %.2f",
		kept, cut, log2((double)saved.inspection.features));
	expect_text(text);
	expect_character(40);
	expect_list();
	expect_text(HALF " comes from the last character");
	close_model();
	press_and_settle("m" KEY_RIGHT KEY_LEFT);
	read_model(false);
	expect_character(40);
	expect_list();
	close_model();
	leave();
}
END_TEST

/*
 * In the text to learn, letters come in pairs; in the validation, none does.
 * After a letter that is not a pair yet, memory is sure of the wrong letter.
 */
START_TEST(memory_that_misleads_is_told)
{
	enum { PAIRS = 500, SINGLES = 100 };
	char text[4 * PAIRS + 2 * SINGLES + 1], path[FOLDER_PATH_SIZE];
	static const char shown[] = "Bits per character: with memory %lf "
				    "(%*f nats), without %lf";
	const char *line;
	double with, without;
	size_t at = 0;

	for (int i = 0; i < PAIRS; i++, at += 4)
		memcpy(text + at, "aabb", 4);
	for (int i = 0; i < SINGLES; i++, at += 2)
		memcpy(text + at, "ab", 2);
	text[at] = '\0';
	write_here("pairs.txt", text);
	path_here(path, "pairs.txt");
	MUST("train", "--task", "text", "--data", path, "--units", "12",
		"--learning-rate", "0.01", "--updates", "150", "--quiet",
		MODEL);
	open_sized(40, 130, WORDS(MODEL));
	expect_text("): it misleads here, blind guessing 1.");
	line = strstr(terminal_text(&terminal), "Bits per character");
	ck_assert_int_eq(sscanf(line, shown, &with, &without), 2);
	ck_assert_double_gt(with, without + 0.1);
	leave();
}
END_TEST

/* Without memory there is no other side. */
START_TEST(a_framing_without_memory_has_one_side)
{
	char path[FOLDER_PATH_SIZE];

	write_text(path);
	MUST("train", "--task", "text", "--data", path, "--units", "12",
		"--framing", "one-to-one", "--updates", "20", "--quiet", MODEL);
	open_sized(40, 120, WORDS(MODEL));
	expect_text(" Bits per character: ");
	expect_text(", blind guessing ");
	expect_text("likelie");
	ck_assert(!terminal_shows(&terminal, "with memory"));
	ck_assert(!terminal_shows(&terminal, "without"));
	leave();
}
END_TEST

/* Assert that the narrator tells the unit and the character of the cursor. */
static void
expect_told(int rank, size_t at)
{
	const struct inspection *inspection = &saved.inspection;
	size_t step = saved.first + at - 1;
	double bits = inspection_loss(inspection, step) / log(2);
	double other = inspection_loss(&saved.other, step) / log(2);
	char token[16], text[128], line[TEXT_SIZE];

	write_token(token, inspection_target_token(inspection, step));
	snprintf(text, sizeof text, "%s cost %.2f bits%s", token, bits,
		other - bits >= 1           ? ": memory helped."
			: bits - other >= 1 ? ": memory misled."
					    : "");
	line_with(text, "Unit ", line);
	ck_assert_msg(line[0] != '\0', "no '%s' in:\n%s", text,
		terminal_text(&terminal));
	snprintf(text, sizeof text, "Unit %d ", saved.telling[rank].unit + 1);
	ck_assert_msg(strstr(line, text) != NULL, "no '%s' in: %s", text, line);
}

static const int told_sizes[][2] = {{24, 80}, {30, 100}, {40, 120}};

START_TEST(the_narrator_tells_the_unit_and_the_character)
{
	bool has_advice = told_sizes[_i][0] >= 30;

	use_text(0);
	open_sized(told_sizes[_i][0], told_sizes[_i][1], WORDS(MODEL));
	read_model(false);
	for (size_t at = 40; at < 60; at++) {
		expect_told(at < 45 ? 0 : 2, at);
		press_and_settle(
			at == 44 ? KEY_RIGHT KEY_DOWN KEY_DOWN : KEY_RIGHT);
	}
	ck_assert_int_eq(terminal_shows(&terminal, " Try "), has_advice);
	press_and_settle("m");
	expect_text(" bits without memory.");
	ck_assert_int_eq(terminal_shows(&terminal, "m gives the memory back"),
		has_advice);
	press_and_settle("m" KEY_END);
	expect_text("Next may be ");
	press_and_settle("99999h");
	close_model();
	leave();
}
END_TEST

/* In ASCII without colours, the sign below each character is its shade. */
START_TEST(shades_show_the_state_at_each_character)
{
	const char *line = "\"nothing [was {said} any] more\" of it.";
	int row, column, wrong = 0;
	size_t at;

	use_text(0);
	open_sized(40, 120, WORDS("--ascii", "--color", "never", MODEL));
	read_model(false);
	at = (size_t)(strstr(saved.text, line) - saved.text);
	find_line(line, &row, &column);
	for (int u = 0; u < UNITS; u++) {
		for (size_t i = 0; i < strlen(line); i++) {
			double value =
				saved.state[saved.telling[u].unit][at + i];
			long level = lround(4 * fabs(value));
			struct terminal_cell cell;

			terminal_cell(&terminal, row + 1, column + (int)i,
				&cell);
			wrong += cell.text[0] !=
				(value < 0 ? " ~-=%" : " .:+#")[level];
		}
		ck_assert_msg(wrong == 0, "unit %d: %d signs",
			saved.telling[u].unit, wrong);
		press_and_settle(KEY_DOWN);
	}
	close_model();
	leave();
}
END_TEST

/* With 256 colours the ground of each character is that of its level. */
START_TEST(colours_show_the_state_at_each_character)
{
	const char *line = "\"nothing [was {said} any] more\" of it.";
	int row, column, wrong = 0, coloured = 0;
	size_t at;

	use_text(0);
	open_sized(40, 120, WORDS("--ascii", "--theme", "dark", MODEL));
	read_model(false);
	at = (size_t)(strstr(saved.text, line) - saved.text);
	find_line(line, &row, &column);
	for (size_t i = 0; i < strlen(line); i++) {
		double value = saved.state[saved.telling[0].unit][at + i];
		enum screen_role role = theme_signed_role(value, 1);
		struct terminal_cell cell;
		int ground = -1;

		terminal_cell(&terminal, row, column + (int)i, &cell);
		if (role != ROLE_NORMAL) {
			ground = theme_color(&theme_dark, role, THEME_256);
			coloured++;
		}
		wrong += cell.background != ground;
		wrong += cell.text[0] != line[i];
	}
	ck_assert_int_eq(wrong, 0);
	ck_assert_int_gt(coloured, 5);
	close_model();
	leave();
}
END_TEST

/* Click on a cell of the screen. */
static void
click_at(int row, int column)
{
	char keys[64];

	snprintf(keys, sizeof keys, "\033[<0;%d;%dM\033[<0;%d;%dm", column + 1,
		row + 1, column + 1, row + 1);
	press_and_settle(keys);
}

START_TEST(clicks_move_the_cursor_and_select_a_unit)
{
	const char *line = "\"nothing [was {said} any] more\" of it.";
	int row, column;
	char text[128];

	use_text(0);
	open_sized(40, 120, WORDS(MODEL));
	read_model(false);
	find_line(line, &row, &column);
	click_at(row, column + 9);
	expect_character((size_t)(strstr(saved.text, line) - saved.text) + 9);
	snprintf(text, sizeof text, "%4d %5.2f", saved.telling[4].unit + 1,
		saved.telling[4].correlation);
	find_line(text, &row, &column);
	click_at(row, column);
	snprintf(text, sizeof text, "unit ◂ %d ▸", saved.telling[4].unit + 1);
	expect_text(text);
	/* the border enlarges the pane */
	click_at(1, 10);
	ck_assert(!terminal_shows(&terminal, "Looks back"));
	press_and_settle(KEY_ESCAPE);
	expect_text("Looks back");
	close_model();
	leave();
}
END_TEST

START_TEST(pages_and_ends_of_the_text_are_reached)
{
	char text[64];

	use_text(0);
	open_sized(24, 80, WORDS(MODEL));
	press_and_settle(KEY_HOME);
	snprintf(text, sizeof text, "validation, character 1 of %zu",
		saved.count);
	expect_text(text);
	press_and_settle(KEY_PAGE_DOWN);
	ck_assert(!terminal_shows(&terminal, text));
	press_and_settle(KEY_PAGE_UP);
	expect_text(text);
	for (int i = 0; i < 9; i++)
		press_and_settle(KEY_PAGE_DOWN);
	snprintf(text, sizeof text, "after %zu characters", saved.count);
	press_and_settle(KEY_END);
	expect_text(text);
	press_and_settle(KEY_PAGE_UP KEY_PAGE_DOWN);
	expect_text(text);
	leave();
}
END_TEST

/*
 * Assert that the panes of the steps show the unit, and at their last step the
 * surprise of a character after 200 others, from zero state.
 */
static void
expect_inside(int rank, size_t at)
{
	struct inspection inspection;
	char text[128], line[TEXT_SIZE];
	struct error error;

	ck_assert(inspection_create(&inspection, saved.run, &error));
	ck_assert(inspection_set_tokens(&inspection,
		saved.token + saved.first + at - 200, 201, false, &error));
	ck_assert(inspection_compute(&inspection,
		&(struct inspection_config){.no_memory = false}, &error));
	snprintf(text, sizeof text, "unit ◂ %d ▸  step ◂ 200 ▸ of 200",
		saved.telling[rank].unit + 1);
	expect_text(text);
	snprintf(text, sizeof text, " %.2f",
		inspection_loss(&inspection, 199) / log(2));
	line_with("bits", text, line);
	ck_assert_msg(line[0] != '\0', "no bits %s in:\n%s", text,
		terminal_text(&terminal));
	inspection_destroy(&inspection);
}

START_TEST(the_panes_of_the_steps_are_reached_by_enter)
{
	use_text(0);
	open_sized(40, 120, WORDS(MODEL));
	read_model(false);
	expect_text("Enter gates");
	/* they show the text up to the cursor, whose character is predicted */
	press_and_settle("7l" KEY_DOWN KEY_ENTER);
	expect_text("Gates and cells");
	expect_text("mean loss");
	expect_inside(1, 47);
	press_and_settle(KEY_ESCAPE);
	expect_text("Looks back");
	press_and_settle(KEY_ENTER "i");
	expect_text("Generated");
	press_and_settle("i");
	expect_text("Looks back");
	press_and_settle(KEY_ESCAPE);
	expect_text("Generated");
	close_model();
	leave();
}
END_TEST

START_TEST(o_looks_at_the_text_that_the_model_writes)
{
	use_text(0);
	open_sized(40, 120, WORDS(MODEL));
	expect_text("o own text");
	press_and_settle("o");
	expect_text("its own text");
	press_and_settle("g");
	expect_text("its own text, after 2,000 characters");
	expect_text("o validation");
	press_and_settle("9h");
	expect_text("its own text, character 1,992 of 2,000");
	press_and_settle("o");
	expect_text("validation, character 41 of");
	leave();
}
END_TEST

/* Assert that the likeliest after a string, from zero state, is shown. */
static void
expect_next(const char *string)
{
	const struct inspection_config config = {.no_memory = false};
	struct inspection inspection;
	const float *output;
	size_t count, best = 0;
	struct error error;
	char token[16], percent[16], line[TEXT_SIZE];

	ck_assert(text_tokens(run_vocabulary(saved.run), string, saved.token,
		&count, &error));
	ck_assert(inspection_create(&inspection, saved.run, &error));
	ck_assert(inspection_set_tokens(&inspection, saved.token, count, true,
		&error));
	ck_assert(inspection_compute(&inspection, &config, &error));
	output = inspection_output(&inspection, inspection.steps - 1);
	for (size_t i = 1; i < inspection.features; i++)
		if (output[i] > output[best])
			best = i;
	write_token(token, (uint32_t)best);
	snprintf(percent, sizeof percent, "%4.*f %%",
		output[best] < 0.0995f ? 1 : 0, 100 * (double)output[best]);
	line_with(token, percent, line);
	ck_assert_msg(line[0] != '\0', "no %s %s in:\n%s", token, percent,
		terminal_text(&terminal));
	inspection_destroy(&inspection);
}

START_TEST(a_typed_text_and_a_file_are_read_from_zero_state)
{
	use_text(0);
	read_model(false);
	write_here("aside.txt", "And then\n\"nothing more\" of it (or not)");
	open_sized(40, 120, WORDS(MODEL));
	press_and_settle("p");
	expect_text("The network reads:");
	press_and_settle("He said" KEY_ENTER);
	expect_text("typed, after 7 characters");
	expect_text("too short a text to tell");
	expect_text("what comes next");
	expect_next("He said");
	/* the text before it is proposed, and another one replaces it */
	press_and_settle("p" KEY_ENTER);
	expect_text("typed, after 7 characters");
	press_and_settle("pq~" KEY_ENTER);
	expect_text("'~' (U+007E) is not in the model's vocabulary");
	expect_text("typed, after 7 characters");
	press_and_settle("f");
	press_and_settle("as" KEY_TAB KEY_ENTER);
	expect_text("the file, ");
	press_and_settle(KEY_END);
	expect_next("And then\n\"nothing more\" of it (or not)");
	press_and_settle("fnone" KEY_ENTER);
	expect_text("No such file");
	/* a file is read without what the model does not know, and says so */
	write_here("foreign.txt", "And ~then\n\"not\xc3\xa9hing~ more\" of it");
	press_and_settle("fforeign.txt" KEY_ENTER);
	expect_text("left out 3 unknown to the model, the first is '~' "
		    "(U+007E)");
	expect_text("the file less 3 unknown, ");
	press_and_settle(KEY_END);
	expect_next("And then\n\"nothing more\" of it");
	/* o goes through all of them */
	press_and_settle("o");
	expect_text("typed, after 7");
	press_and_settle("o");
	expect_text("validation, character 41 of");
	press_and_settle("o");
	expect_text("its own text");
	expect_text("o file");
	press_and_settle("o");
	expect_text("the file less 3 unknown, ");
	/* another view keeps them */
	press_and_settle("ii");
	expect_text("the file less 3 unknown, ");
	close_model();
	leave();
}
END_TEST

/* Points have no text: the main view shows the new run. */
START_TEST(layers_and_a_new_run_of_points)
{
	char path[FOLDER_PATH_SIZE], text[TEXT_SIZE] = "";

	/* a text that a run of points can read too */
	for (int i = 0; i < 40; i++)
		strcat(text, "0.1,0.9\n0.2,0.3\n0.7,0.4\n0.8,0.8\n\n");
	write_here("d.csv", text);
	path_here(path, "d.csv");
	open_sized(40, 120,
		WORDS("--task", "text", "--data", path, "--units", "9,5",
			"--updates", "20", "--speed", "0", "--seed", "1"));
	expect_text("layer ◂ 1 ▸");
	press_and_settle("99j" KEY_TAB);
	expect_text("layer ◂ 2 ▸ unit");
	press_and_settle("99k99j" KEY_TAB);
	expect_text("layer ◂ 1 ▸ unit");
	press("n");
	expect("New run");
	press_and_settle(KEY_RIGHT);
	press_and_settle(KEY_F5);
	if (terminal_shows(&terminal, "Start a new run?"))
		press("d");
	expect_gone("New run");
	expect_gone("Looks back");
	expect("Generated");
	leave();
}
END_TEST

START_TEST(training_goes_on_and_the_numbers_follow)
{
	char path[FOLDER_PATH_SIZE], first[TEXT_SIZE];

	write_text(path);
	OPEN(FAST, LOGGED, "--task", "text", "--data", path, "--units", "8",
		"--batch", "1", "--sequence-length", "10");
	expect("running");
	press("i");
	expect("Looks back");
	expect(" bits, without memory");
	line_with("Bits per character", "memory", first);
	expect_training();
	expect_gone(first);
	press(" ");
	expect("paused");
	settle();
	line_with("Bits per character", "memory", first);
	press_and_settle("s");
	expect("paused");
	settle();
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
	const char *arguments[16] = {MODEL};
	int count = 1;

	use_text(0);
	for (int i = 0; looks[_i][i] != NULL; i++)
		arguments[count++] = looks[_i][i];
	open_sized(24, 80, arguments);
	for (int i = 0; i < COUNT(sizes); i++) {
		terminal_resize(&terminal, sizes[i][0], sizes[i][1]);
		settle();
		press_and_settle(KEY_RIGHT KEY_DOWN);
		if (sizes[i][1] >= 40)
			expect_text(sizes[i][0] >= 12 ? "Expected" : "unit");
		ck_assert(boxes_are_whole(&terminal));
		press_and_settle("m" KEY_END KEY_PAGE_UP);
		ck_assert(boxes_are_whole(&terminal));
		press_and_settle(KEY_HOME "m40l");
	}
	leave();
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("microscope");
	TCase *group = add_screen_case(suite, "screen");

	tcase_add_unchecked_fixture(group, train_models, release_models);
	suite_add_loop(group, units_and_characters_are_those_of_the_saved_model,
		0, 3);
	tcase_add_test(group, m_cuts_the_memory_of_the_text);
	tcase_add_test(group, memory_that_misleads_is_told);
	tcase_add_test(group, a_framing_without_memory_has_one_side);
	suite_add_loop(group, the_narrator_tells_the_unit_and_the_character, 0,
		COUNT(told_sizes));
	tcase_add_test(group, shades_show_the_state_at_each_character);
	tcase_add_test(group, colours_show_the_state_at_each_character);
	tcase_add_test(group, clicks_move_the_cursor_and_select_a_unit);
	tcase_add_test(group, pages_and_ends_of_the_text_are_reached);
	tcase_add_test(group, the_panes_of_the_steps_are_reached_by_enter);
	tcase_add_test(group, o_looks_at_the_text_that_the_model_writes);
	tcase_add_test(group, a_typed_text_and_a_file_are_read_from_zero_state);
	tcase_add_test(group, layers_and_a_new_run_of_points);
	tcase_add_test(group, training_goes_on_and_the_numbers_follow);
	suite_add_loop(group, every_size_and_look_is_readable, 0, COUNT(looks));
	return suite_run(suite);
}
