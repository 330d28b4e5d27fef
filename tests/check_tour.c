/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The captions of the guided tour say only what is true: each scene's run is
 * trained to its last update with every kernel of the machine, and what its
 * caption claims is measured here, apart from the tour's own measurements,
 * which must agree. LSTMTUI_TOUR_ALL=1: also the texts with every kernel.
 */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "folder.h"
#include "run/generate.h"
#include "run/generated.h"
#include "run/writer.h"
#include "run_to.h"
#include "suite.h"
#include "task/builtin.h"
#include "tui/tour.h"

enum {
	COLUMNS = 78, /* of a screen of 80, without margins */
	TITLE_COLUMNS = 28,
	DRAWINGS = 10000,
	POINTS_MAX = 16,
	FEATURES = 2,
	CHARACTERS = 4000
};

static struct run *
begin(const struct tour_scene *scene, struct arguments *arguments)
{
	char words[TOUR_OPTIONS_SIZE];
	struct settings *settings = &arguments->session.settings;
	struct error error;
	struct run *run;

	ck_assert_msg(tour_parse(scene, words, arguments, &error), "%s",
		error.text);
	ck_assert_msg(settings_complete(settings, arguments->session.given,
			      &error),
		"%s", error.text);
	run = run_create(suite_context(), settings, NULL, &error);
	ck_assert_msg(run != NULL, "%s", error.text);
	return run;
}

static void
train(struct run *run, uint64_t updates)
{
	struct error error;

	ck_assert_msg(run_to(run, updates, &error) == RUN_REACHED, "%s",
		error.text);
}

/* Parse the line of the tour's measurement as scanf; assert `count` fields. */
#define EXPECT_MEASURED(run, measure, count, ...)                         \
	do {                                                              \
		char line[TOUR_TEXT_SIZE];                                \
		ck_assert(measure(run, line));                            \
		ck_assert_msg(sscanf(line, __VA_ARGS__) == (count), "%s", \
			line);                                            \
	} while (0)

/* ---------------------------------------------------------------------- */
/* Drawings */

static void
draw(const struct run *run, size_t count, float *points)
{
	size_t size = run_length(run) * FEATURES;
	struct generator generator;
	struct error error;

	ck_assert_uint_le(run_length(run), POINTS_MAX);
	ck_assert(generator_create(&generator, run, run_settings(run)->seed,
		&error));
	for (size_t i = 0; i < count; i++) {
		run_start(run, points + i * size);
		generator_draw(&generator, run_length(run), points + i * size);
	}
	generator_destroy(&generator);
}

static double
drawn_error(const struct run *run)
{
	float points[POINTS_MAX * FEATURES];

	draw(run, 1, points);
	return run_task(run)->shape_error(points, run_task(run)->points);
}

static void
check_lesson(struct run *run)
{
	double average = history_average(run_history(run));
	struct run *untrained;
	struct arguments arguments;

	/* the average stays above 1/12 and has fallen; a rectangle is drawn */
	ck_assert_double_gt(average, 1.0 / 12);
	ck_assert_double_lt(average, 0.14);
	ck_assert_double_lt(drawn_error(run), 0.1);
	untrained = begin(&tour_list[0], &arguments);
	train(untrained, 100);
	ck_assert_double_gt(history_average(run_history(untrained)), 0.2);
	ck_assert_double_gt(drawn_error(untrained), 0.3);
	run_destroy(untrained);
}

/* Width and height of the only drawing are near a number. */
static void
check_size(struct run *run, double wanted, double tolerance)
{
	float points[POINTS_MAX * FEATURES];
	double width, part, median, mean;

	draw(run, 1, points);
	ck_assert_double_eq_tol((double)points[4], wanted, tolerance);
	ck_assert_double_eq_tol((double)points[5], wanted, tolerance);
	EXPECT_MEASURED(run, tour_measure_drawing, 3,
		"it draws the width %lf; median of the data %lf, mean %lf.",
		&width, &median, &mean);
	ck_assert_double_eq_tol(width, (double)points[4], 0.0006);
	/* squares of uniform numbers; of 10,000, to four standard errors */
	ck_assert_double_eq_tol(median, 0.25, 0.02);
	ck_assert_double_eq_tol(mean, 1.0 / 3, 0.012);
	EXPECT_MEASURED(run, tour_part_drawing, 1, "%lf", &part);
	ck_assert_double_eq(part, width);
}

static void
check_median(struct run *run)
{
	check_size(run, 0.25, 0.025);
}

static void
check_mean(struct run *run)
{
	check_size(run, 1.0 / 3, 0.05);
}

static int
compare(const void *one, const void *other)
{
	double a = *(const double *)one, b = *(const double *)other;

	return (a > b) - (a < b);
}

/* Mean and median of the widths of many drawings. */
static void
measure_widths(const struct run *run, double *mean, double *median)
{
	float *points = memory_floats((size_t)DRAWINGS * POINTS_MAX * FEATURES);
	size_t size = run_length(run) * FEATURES, repeated = 0;
	double width[DRAWINGS];

	ck_assert_ptr_nonnull(points);
	draw(run, DRAWINGS, points);
	*mean = 0;
	for (size_t i = 0; i < DRAWINGS; i++) {
		width[i] = (double)points[i * size + 4];
		*mean += width[i] / DRAWINGS;
	}
	/* each drawing is another one */
	for (size_t i = 1; i < DRAWINGS; i++)
		repeated += memcmp(points + (i - 1) * size, points + i * size,
				    size * sizeof *points) == 0;
	ck_assert_uint_eq(repeated, 0);
	qsort(width, DRAWINGS, sizeof *width, compare);
	*median = width[DRAWINGS / 2];
	free(points);
}

static void
check_widths(struct run *run, double wanted, double data_median,
	double tolerance, double *median)
{
	double mean, drawn[2], data[2], part[4];

	measure_widths(run, &mean, median);
	ck_assert_double_eq_tol(mean, wanted, tolerance);
	EXPECT_MEASURED(run, tour_measure_drawings, 4,
		"widths of 10,000: median %lf, mean %lf; of the data %lf, %lf.",
		&drawn[0], &drawn[1], &data[0], &data[1]);
	ck_assert_double_eq_tol(drawn[0], *median, 0.006);
	ck_assert_double_eq_tol(drawn[1], mean, 0.006);
	ck_assert_double_eq_tol(data[0], data_median, 0.025);
	ck_assert_double_eq_tol(data[1], wanted, 0.02);
	EXPECT_MEASURED(run, tour_part_drawings, 4,
		"median %lf, mean %lf (data %lf, %lf)", &part[0], &part[1],
		&part[2], &part[3]);
	for (int i = 0; i < 2; i++) {
		ck_assert_double_eq(part[i], drawn[i]);
		ck_assert_double_eq(part[2 + i], data[i]);
	}
}

static void
check_mixture(struct run *run)
{
	double median;

	check_widths(run, 1.0 / 3, 0.25, 0.07, &median);
	ck_assert_double_lt(median, 0.3);
}

static void
check_generation(struct run *run)
{
	struct generated generated;
	struct error error;
	double median;

	check_widths(run, 0.5, 0.5, 0.1, &median);
	/* spread as the data: uniform from 0 to 1 */
	ck_assert(generated_measure(run, 1, &generated, &error));
	ck_assert_double_lt(generated.width_distance, 0.15);
	ck_assert_double_lt(generated.height_distance, 0.15);
	ck_assert_double_lt(generated.shape_error, 0.2);
}

/* ---------------------------------------------------------------------- */
/* Parameters */

/* Whether a parameter belongs to a recurrent kernel or to a forget gate. */
static bool
is_memory(const struct run *run, const char *tensor, size_t index)
{
	size_t units = run_model(run)->shape.units[0];
	size_t column = index % (4 * units);

	if (strstr(tensor, "recurrent") != NULL)
		return true;
	return strncmp(tensor, "lstm", 4) == 0 && column >= units &&
		column < 2 * units; /* Keras's order: i, f, c, o */
}

/* Assert which parameters differ from their first values. */
static void
check_moved(struct run *run, bool memory_moves)
{
	const struct parameters *parameters = &run_model(run)->parameters;
	float *now = memory_floats(parameters->total);
	float *then = memory_floats(parameters->total);
	size_t moved = 0, measured, all, still;
	struct run *fresh;
	struct arguments arguments;

	for (size_t i = 0; tour_list[i].number != 0; i++)
		if (tour_list[i].measure == tour_measure_moved) {
			fresh = begin(&tour_list[i], &arguments);
			model_get_values(run_model(fresh), then);
			run_destroy(fresh);
			break; /* both scenes have the same first weights */
		}
	model_get_values(run_model(run), now);
	for (size_t t = 0; t < parameters->tensors; t++) {
		const struct tensor *tensor = &parameters->tensor[t];

		for (size_t i = 0; i < tensor->size; i++) {
			size_t at = tensor->offset + i;
			bool differs =
				memcmp(&now[at], &then[at], sizeof *now) != 0;

			ck_assert_msg(differs ==
					(memory_moves ||
						!is_memory(run, tensor->name,
							i)),
				"%s[%zu]", tensor->name, i);
			moved += differs;
		}
	}
	ck_assert_uint_eq(parameters->total, 542);
	ck_assert_uint_eq(moved, memory_moves ? 542 : 112);
	EXPECT_MEASURED(run, tour_measure_moved, 3,
		"%zu of %zu parameters have moved, %zu have not", &measured,
		&all, &still);
	ck_assert_uint_eq(measured, moved);
	ck_assert_uint_eq(all, 542);
	ck_assert_uint_eq(still, 542 - moved);
	EXPECT_MEASURED(run, tour_part_moved, 2, "%zu of %zu", &measured, &all);
	ck_assert_uint_eq(measured, moved);
	ck_assert_uint_eq(all, 542);
	ck_assert_uint_eq(run_learning_parameters(run), moved);
	free(now);
	free(then);
}

static void
check_frozen(struct run *run)
{
	check_moved(run, false);
}

static void
check_free(struct run *run)
{
	check_moved(run, true);
}

/* ---------------------------------------------------------------------- */
/* Memory */

static void
check_no_star(struct run *run)
{
	double error, part;

	ck_assert_double_gt(drawn_error(run), 0.15);
	EXPECT_MEASURED(run, tour_measure_error, 1,
		"the error of the drawing is %lf of its size.", &error);
	ck_assert_double_eq_tol(error, drawn_error(run), 0.0006);
	EXPECT_MEASURED(run, tour_part_error, 1, "%lf", &part);
	ck_assert_double_eq(part, error);
}

/*
 * The error of what the weights draw without memory: each point is predicted
 * from the one before by a pass of a single step.
 */
static double
forgetful_error(const struct run *run)
{
	float points[POINTS_MAX * FEATURES];
	struct pass pass;
	struct error error;

	run_start(run, points);
	ck_assert(pass_create(&pass, run_model(run), 1, 1, false, &error));
	for (size_t t = 1; t < run_length(run); t++) {
		memcpy(points + t * FEATURES,
			pass_predict(&pass, 1, 1, points + (t - 1) * FEATURES),
			FEATURES * sizeof *points);
	}
	pass_destroy(&pass);
	return run_task(run)->shape_error(points, run_task(run)->points);
}

/* Less than a tenth of the error of the scene before. */
static void
check_star(struct run *run)
{
	struct arguments arguments;
	struct run *without = NULL;
	double cut, with, measured_cut, with_part, cut_part;

	for (size_t i = 0; without == NULL; i++)
		if (strcmp(tour_list[i].title, "Memory: a star without") == 0)
			without = begin(&tour_list[i], &arguments);
	train(without, run_settings(without)->target);
	ck_assert_double_lt(drawn_error(run), 0.05);
	ck_assert_double_lt(drawn_error(run), drawn_error(without) / 10);
	run_destroy(without);
	/* without their memory the same weights draw no star */
	cut = forgetful_error(run);
	ck_assert_double_gt(cut, 0.15);
	EXPECT_MEASURED(run, tour_measure_memory, 2,
		"error of the drawing %lf; the same weights without memory "
		"%lf.",
		&with, &measured_cut);
	ck_assert_double_eq_tol(with, drawn_error(run), 0.0006);
	ck_assert_double_eq_tol(measured_cut, cut, 0.0006);
	EXPECT_MEASURED(run, tour_part_memory, 2, "%lf, its memory cut %lf",
		&with_part, &cut_part);
	ck_assert_double_eq(with_part, with);
	ck_assert_double_eq(cut_part, measured_cut);
}

static const struct cell_view *
view_of(const struct run *run, const char *name)
{
	const struct cell_view *view = run_model(run)->shape.cell->views;

	while (strcmp(view->name, name) != 0)
		view++;
	return view;
}

/*
 * Pass the drawing through the network at once, which gives the states that it
 * had while it drew. A cell climbs at each of the nine steps, and its
 * forget gate is near 1; the tour names such a cell.
 */
static void
check_clock(struct run *run)
{
	enum { STEPS = 9, UNITS = 10 };
	float points[POINTS_MAX * FEATURES], state[STEPS][UNITS];
	float forget[STEPS][UNITS];
	double shown[STEPS], shown_forget, mean = 0;
	struct pass pass;
	struct error error;
	size_t cell, climbs = 0;

	ck_assert_uint_eq(run_length(run), STEPS + 1);
	ck_assert_uint_eq(run_model(run)->shape.units[0], UNITS);
	draw(run, 1, points);
	ck_assert(pass_create(&pass, run_model(run), STEPS, 1, false, &error));
	pass_predict(&pass, STEPS, 1, points);
	for (size_t t = 0; t < STEPS; t++) {
		pass_trace_values(&pass, 0, view_of(run, "c"), t, 0, state[t]);
		pass_trace_values(&pass, 0, view_of(run, "f"), t, 0, forget[t]);
	}
	pass_destroy(&pass);
	EXPECT_MEASURED(run, tour_measure_clock, 11,
		"c%zu at steps 1-9: %lf %lf %lf %lf %lf %lf %lf %lf %lf; "
		"forget %lf",
		&cell, &shown[0], &shown[1], &shown[2], &shown[3], &shown[4],
		&shown[5], &shown[6], &shown[7], &shown[8], &shown_forget);
	ck_assert_uint_ge(cell, 1);
	ck_assert_uint_le(cell, UNITS);
	for (size_t t = 0; t < STEPS; t++) {
		ck_assert_double_eq_tol(shown[t], (double)state[t][cell - 1],
			0.0501);
		mean += (double)forget[t][cell - 1] / STEPS;
		climbs += t > 0 && state[t][cell - 1] > state[t - 1][cell - 1];
	}
	ck_assert_uint_eq(climbs, STEPS - 1);
	ck_assert_double_eq_tol(shown_forget, mean, 0.006);
	ck_assert_double_gt(mean, 0.9);
}

/* ---------------------------------------------------------------------- */
/* Texts */

/* The tale as examples/tale.txt, with its length. */
static char *
read_tale(size_t *length)
{
	char path[FOLDER_PATH_SIZE];

	snprintf(path, sizeof path, "%s/examples/tale.txt",
		getenv("TOP_SRCDIR"));
	return file_read(path, length);
}

/* Whether a word stands in the text, with no letter beside it. */
static bool
has_word(const char *text, const char *word)
{
	for (const char *at = text; (at = strstr(at, word)) != NULL; at++)
		if ((at == text || !isalpha((unsigned char)at[-1])) &&
			!isalpha((unsigned char)at[strlen(word)]))
			return true;
	return false;
}

/* The share of words of the tale in a long text that the model writes. */
static double
share_of_words(const struct run *run)
{
	char written[CHARACTERS * TEXT_ENCODED_SIZE] = "", *word, *tale;
	size_t length = 0, count = 0, known = 0;
	struct writer writer;
	struct error error;

	ck_assert(writer_create(&writer, run, run_settings(run)->seed, &error));
	for (int i = 0; i < CHARACTERS; i++)
		length += text_encode(run_vocabulary(run),
			writer_write(&writer), written + length);
	writer_destroy(&writer);
	for (size_t i = 0; i < length; i++)
		if (!isalpha((unsigned char)written[i]))
			written[i] = ' ';
	tale = read_tale(NULL);
	word = strtok(written, " ");
	for (; word != NULL; word = strtok(NULL, " ")) {
		count++;
		known += has_word(tale, word);
	}
	free(tale);
	ck_assert_uint_gt(count, 100);
	return (double)known / (double)count;
}

static void
check_words(struct run *run)
{
	double share = share_of_words(run);
	struct run *untrained = NULL;
	struct arguments arguments;
	size_t count, known;

	ck_assert_double_gt(share, 0.6);
	EXPECT_MEASURED(run, tour_measure_words, 2,
		"of %zu words that it writes now, %zu are words of the tale",
		&count, &known);
	ck_assert_double_eq_tol((double)known / (double)count, share, 0.12);
	/* not from the start */
	for (size_t i = 0; untrained == NULL; i++)
		if (tour_list[i].measure == tour_measure_words)
			untrained = begin(&tour_list[i], &arguments);
	train(untrained, 100);
	ck_assert_double_lt(share_of_words(untrained), 0.4);
	run_destroy(untrained);
	/* it knows more than the frequencies of pairs of letters */
	ck_assert_double_lt(history_average(run_history(run)), run_bigram(run));
}

/* Read a number as "1,234". */
static uint64_t
read_grouped(const char *text)
{
	uint64_t number = 0;

	for (; *text != '\0'; text++)
		if (*text != ',')
			number = 10 * number + (uint64_t)(*text - '0');
	return number;
}

static void
check_overfitting(struct run *run)
{
	const struct validation *validation = run_validation(run);
	double best, last;
	unsigned long epoch;
	char update[32];
	const struct validations *all = run_validations(run);
	size_t least = 0;

	ck_assert_double_lt(history_average(run_history(run)), 0.1);
	ck_assert_double_gt(validation->last, validation->best + 0.3);
	ck_assert_uint_lt(validation->best_epoch, validation->epochs / 2);
	EXPECT_MEASURED(run, tour_measure_validation, 4,
		"best validation %lf at update %31[0-9,] epoch %lu; now it is "
		"%lf.",
		&best, update, &epoch, &last);
	for (size_t i = 0; i < all->count; i++)
		if (all->at[i].loss < all->at[least].loss)
			least = i;
	ck_assert_double_eq(all->at[least].loss, validation->best);
	ck_assert_uint_eq(read_grouped(update),
		(uint64_t)all->at[least].update);
	ck_assert_uint_gt(read_grouped(update), 0);
	ck_assert_double_eq_tol(best, validation->best, 0.006);
	ck_assert_double_eq_tol(last, validation->last, 0.006);
	ck_assert_uint_eq(epoch, validation->best_epoch);
}

/* ---------------------------------------------------------------------- */

static const struct check {
	const char *title;
	void (*check)(struct run *run);
} checks[] = {
	{"The lesson", check_lesson},
	{"430 frozen parameters", check_frozen},
	{"All 542 parameters learn", check_free},
	{"Memory: a star without", check_no_star},
	{"Memory: a star with", check_star},
	{"Why mae draws the median", check_median},
	{"Why mse draws the mean", check_mean},
	{"A mixture draws them all", check_mixture},
	{"True generation", check_generation},
	{"A text learns words", check_words},
	{"Overfitting", check_overfitting},
	{"Forget gates as a clock", check_clock},
};

enum { CHECKS = sizeof checks / sizeof checks[0] };

/* Parse the options of a scene; return its settings. */
static struct settings
settings_of(int number)
{
	struct arguments arguments;

	run_destroy(begin(&tour_list[number], &arguments));
	return arguments.session.settings;
}

/* Whether the run of a scene is that of the scene before, trained longer. */
static bool
continues(int number)
{
	char before[SETTINGS_TEXT_SIZE], after[SETTINGS_TEXT_SIZE];
	struct settings one, other;

	if (number == 0 || number == CHECKS)
		return false;
	one = settings_of(number - 1);
	other = settings_of(number);
	for (size_t i = 0; setting_list[i] != NULL; i++)
		if (setting_list[i] != &setting_target &&
			strcmp(setting_format(setting_list[i], &one, before),
				setting_format(setting_list[i], &other,
					after)) != 0)
			return false;
	return one.target <= other.target;
}

/* Train the run of a scene to its end, and check it. */
static void
check_scene(struct run *run, int number)
{
	const struct tour_scene *scene = &tour_list[number];
	char line[TOUR_TEXT_SIZE] = "";

	ck_assert_str_eq(scene->title, checks[number].title);
	if (continues(number))
		check_scene(run, number - 1);
	train(run, settings_of(number).target);
	checks[number].check(run);
	if (scene->measure != NULL)
		ck_assert(scene->measure(run, line));
	ck_assert_uint_le(strlen("Measured: ") + strlen(line), COLUMNS);
}

/*
 * Whether the current kernel trains a run in this test: the texts take long, so
 * that only the fastest one does, unless LSTMTUI_TOUR_ALL is set.
 */
static bool
is_trained(const struct run *run)
{
	return !run_task(run)->is_text || getenv("LSTMTUI_TOUR_ALL") != NULL ||
		suite_context()->kernel == kernel_variant(0);
}

START_TEST(what_a_scene_says_is_true)
{
	struct arguments arguments;
	struct run *run;

	/* a scene that the next one continues is checked with it */
	if (continues(_i + 1))
		return;
	run = begin(&tour_list[_i], &arguments);
	if (is_trained(run))
		check_scene(run, _i);
	run_destroy(run);
}
END_TEST

START_TEST(every_scene_has_a_check)
{
	size_t count = 0;
	int number = 1;

	for (; tour_list[count].number != 0; count++) {
		int next = tour_list[count].number;

		ck_assert(next == number || next == number + 1);
		number = next;
	}
	ck_assert_uint_eq(count, CHECKS);
	ck_assert_int_eq(number, 8);
	ck_assert_int_eq(tour_count(), 8);
}
END_TEST

/* Count the lines of a text wrapped at words. */
static int
count_lines(const char *text)
{
	int lines = 0;

	while (*text != '\0') {
		size_t length = strlen(text), end = COLUMNS;

		lines++;
		if (length <= COLUMNS)
			return lines;
		while (text[end] != ' ')
			end--;
		text += end + 1;
	}
	return lines;
}

START_TEST(a_scene_fits_a_screen_of_80_columns)
{
	const struct tour_scene *scene = &tour_list[_i];

	ck_assert_uint_le(strlen(scene->title), TITLE_COLUMNS);
	ck_assert_int_eq(count_lines(scene->watch), 2);
	ck_assert_int_eq(count_lines(scene->seen), 2);
	ck_assert_int_le(count_lines(scene->more), 2);
}
END_TEST

/* At its own speed a scene takes five to twelve seconds. */
START_TEST(a_scene_is_short)
{
	struct arguments arguments;
	struct run *run = begin(&tour_list[_i], &arguments);
	double seconds = (double)run_settings(run)->target / arguments.speed;

	ck_assert_double_ge(seconds, 4);
	ck_assert_double_le(seconds, 12);
	ck_assert_ptr_null(arguments.session.model);
	ck_assert_ptr_null(arguments.session.log);
	ck_assert(settings_are_given(arguments.session.given, &setting_seed));
	run_destroy(run);
}
END_TEST

START_TEST(the_tale_of_the_program_is_that_of_the_examples)
{
	unsigned char *bytes;
	size_t length, wanted;
	struct error error;
	char *tale = read_tale(&wanted);

	ck_assert(builtin_is_named("builtin:tale"));
	ck_assert(!builtin_is_named("tale.txt"));
	ck_assert(builtin_read("builtin:tale", &bytes, &length, &error));
	ck_assert_uint_eq(length, wanted);
	ck_assert_mem_eq(bytes, tale, length);
	free(bytes);
	free(tale);
	ck_assert(!builtin_read("builtin:tales", &bytes, &length, &error));
	ck_assert_str_eq(error.text,
		"builtin:tales: the program has no such text");
}
END_TEST

/* Scenes are slow under AddressSanitizer: there, run the first only. */
#ifdef __SANITIZE_ADDRESS__
enum { CHECKS_RUN = 1 };
#else
enum { CHECKS_RUN = CHECKS };
#endif

static Suite *
make(void)
{
	Suite *suite = suite_create("tour");
	TCase *group = suite_group(suite, "scenes", SUITE_SECONDS_SLOW);

	suite_add_loop(group, what_a_scene_says_is_true, 0, CHECKS_RUN);
	tcase_add_test(group, every_scene_has_a_check);
	suite_add_loop(group, a_scene_fits_a_screen_of_80_columns, 0, CHECKS);
	suite_add_loop(group, a_scene_is_short, 0, CHECKS_RUN);
	tcase_add_test(group, the_tale_of_the_program_is_that_of_the_examples);
	return suite;
}

int
main(void)
{
#ifdef __SANITIZE_ADDRESS__
	return suite_run(make());
#else
	return suite_run_kernels(make);
#endif
}
