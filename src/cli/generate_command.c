/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `lstmtui generate`: write sequences that a trained model generates, as
 * numbers or as pictures.
 */
#include "base/translate.h"
#include "cli/commands.h"
#include "cli/options.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/printable.h"
#include "cli/common_options.h"
#include "cli/film.h"
#include "cli/format.h"
#include "cli/gallery.h"
#include "cli/generate_quantiles.h"
#include "cli/generate_start.h"
#include "cli/json_output.h"
#include "cli/points_output.h"
#include "cli/write_text.h"
#include "draw/plane.h"
#include "run/generate.h"
#include "run/points_drawing.h"
#include "session/model_file.h"

enum { PICTURE_ROWS = 18, PICTURE_COLUMNS = 36 };

/* One sequence to print: points[length, features]. */
struct drawn {
	const struct run *run;
	uint64_t number, count; /* its number, from 0, of `count` */
	size_t length, features;
	bool ascii;          /* ASCII characters in place of braille */
	const float *points; /* scaled */
	float *shown;        /* the same in the units of the data */
	struct gallery *gallery;
	struct json_output_list *list;
};

static void
print_csv(const struct drawn *drawn)
{
	if (drawn->number > 0)
		putchar('\n');
	points_output_csv(drawn->points, drawn->length, drawn->features,
		run_scaling(drawn->run));
}

static bool
print_json(const struct drawn *drawn, struct error *error)
{
	const struct run *run = drawn->run;

	if (drawn->number == 0 &&
		!json_output_begin(drawn->list,
			json_pack("{s: s, s: I}", "task",
				run_settings(run)->task->kind.name, "updates",
				(json_int_t)run_updates(run)),
			"sequences", error))
		return false;
	drawn->list->digits = scaling_digits(run_scaling(run));
	if (!json_output_add(drawn->list,
		    points_output_json(drawn->points, drawn->length,
			    drawn->features, run_scaling(run)),
		    error))
		return false;
	if (drawn->number + 1 == drawn->count)
		json_output_end(drawn->list);
	return true;
}

static bool
print_picture(const struct drawn *drawn, enum canvas_tier tier,
	struct error *error)
{
	const struct task *task = run_task(drawn->run);
	struct multiples_item item = {
		.title = "",
		.length = drawn->length,
		.points = drawn->shown,
	};
	struct drawing drawing =
		points_drawing(run_settings(drawn->run), drawn->features);
	struct multiples multiples = multiples_make(&item, 1, &drawing,
		task->is_closed,
		task->make != NULL && run_scaling(drawn->run)->features == 0);
	char text[MULTIPLES_TEXT_SIZE];
	struct canvas canvas = {0};
	struct plane plane;

	if (!canvas_begin(&canvas, PICTURE_ROWS, PICTURE_COLUMNS, tier, error))
		return false;
	plane = plane_begin(&canvas, &multiples.range, &multiples.drawing);
	plane_draw(&plane, &multiples.drawing, CANVAS_MODEL, drawn->length,
		drawn->shown, task->is_closed);
	if (drawn->number > 0)
		putchar('\n');
	if (multiples_describe(&multiples, text)[0] != '\0')
		puts(text);
	canvas_print(&canvas, stdout);
	canvas_destroy(&canvas);
	return true;
}

/* Add the sequence to the gallery; write the picture after the last one. */
static bool
add_sequence(const struct drawn *drawn, enum picture_format format,
	struct error *error)
{
	if (!gallery_add(drawn->gallery, NULL, drawn->length, drawn->features,
		    drawn->shown, error))
		return false;
	return drawn->number + 1 < drawn->count ||
		gallery_write(drawn->gallery, drawn->run, format, error);
}

static bool
print_sequence(const struct drawn *drawn, const struct format *format,
	struct error *error)
{
	switch (format->content) {
	case FORMAT_PLAIN:
		print_csv(drawn);
		return true;
	case FORMAT_JSON:
		return print_json(drawn, error);
	case FORMAT_CHARACTERS:
		return print_picture(drawn, format_tier(format, drawn->ascii),
			error);
	case FORMAT_PICTURE:
		break;
	}
	return add_sequence(drawn, format->picture, error);
}

static const struct need need_new_drawing = {
	.unmet = N_("with --gallery, which generates nothing"),
};

static const struct need need_end = {.unmet = N_("without --start end")};

static const struct need need_numbers = {
	.unmet = N_("with a --format other than csv, json and text"),
};

static const struct need need_mixture = {
	.decided_by = &setting_loss,
	.kind = &loss_mixture.kind,
};

static const struct setting option_seed = {
	.option = "seed",
	.argument = "N",
	.summary = N_("seed of the random numbers (default: random)"),
	.type = SETTING_COUNT,
	.offset = ARGUMENT(session.settings.seed),
	.max = 0x1p53,
	.needs = NEEDS(&need_new_drawing),
};

static const struct setting option_count = {
	.option = "count",
	.argument = "N",
	.summary = N_("number of sequences"),
	.type = SETTING_COUNT,
	.offset = ARGUMENT(count),
	.min = 1,
	.max = 1e9,
	.initial = "1",
	.needs = NEEDS(&need_new_drawing),
};

static const struct setting option_length = {
	.option = "length",
	.argument = "N",
	.summary = N_("number of points or characters"),
	.type = SETTING_COUNT,
	.offset = ARGUMENT(length),
	.min = 1,
	.max = 1e6,
	.shown_default = N_("the task's"),
	.needs = NEEDS(&need_new_drawing),
};

static const struct setting option_start = {
	.option = "start",
	.argument = "X,Y",
	.summary = N_("points to start from, or 'end': those of the data"),
	.type = SETTING_TEXT,
	.offset = ARGUMENT(start),
	.shown_default = N_("the task's"),
	.needs = NEEDS(&need_points, &need_new_drawing),
};

static const struct setting option_data = {
	.option = "data",
	.argument = "FILE",
	.summary = N_("the data whose end --start end continues"),
	.type = SETTING_PATH,
	.offset = ARGUMENT(session.settings.data),
	.files = "csv tsv txt",
	.shown_default = N_("the run's"),
	.needs = NEEDS(&need_points, &need_new_drawing, &need_end),
};

static const struct setting option_quantiles = {
	.option = "quantiles",
	.argument = "Q,...",
	.summary = N_("write quantiles of the points in place of sequences"),
	.type = SETTING_TEXT,
	.offset = ARGUMENT(quantiles),
	.needs = NEEDS(&need_points, &need_mixture, &need_new_drawing,
		&need_numbers),
};

static const struct setting option_gallery = {
	.option = "gallery",
	.summary = N_("print the snapshots of the run side by side"),
	.type = SETTING_FLAG,
	.offset = ARGUMENT(gallery),
};

static const struct setting option_prime = {
	.option = "prime",
	.argument = "TEXT",
	.summary = N_("text to continue"),
	.type = SETTING_TEXT,
	.offset = ARGUMENT(prime),
	.needs = NEEDS(&need_text, &need_new_drawing),
};

static const struct setting option_temperature = {
	.option = "temperature",
	.argument = "T",
	.summary = N_("sampling temperature (0: always the most likely)"),
	.type = SETTING_REAL,
	.offset = ARGUMENT(temperature),
	.max = 1000,
	.initial = "1",
	.needs = NEEDS(&need_chance, &need_new_drawing),
};

static const struct setting option_no_memory = {
	.option = "no-memory",
	.summary = N_("set the state to zero at each step"),
	.type = SETTING_FLAG,
	.offset = ARGUMENT(no_memory),
	.needs = NEEDS(&need_state, &need_new_drawing),
};

static const struct setting option_format = {
	.option = "format",
	.argument = "NAME",
	.summary = N_("output format"),
	.type = SETTING_CHOICE,
	.offset = ARGUMENT(format),
	.choices = format_list,
	.initial = "csv",
};

/*
 * A model that predicts no distribution generates the same sequence each time,
 * and so does any model at temperature 0. --count and --seed are accepted even
 * then, for scripts that treat all models alike; note once that they change
 * nothing.
 */
static void
note_certainty(const struct run *run, const struct arguments *arguments)
{
	const struct loss *loss = run_settings(run)->loss;
	bool draws = loss->is_density || loss->is_of_tokens;
	bool has_seed = option_is_given(arguments, &option_seed);
	char name[PATH_MAX], cause[64];

	if (arguments->quiet || (draws && arguments->temperature > 0) ||
		(arguments->count == 1 && !has_seed))
		return;
	snprintf(cause, sizeof cause, draws ? "--temperature 0" : "--loss %s",
		loss->kind.name);
	fprintf(stderr,
		_("lstmtui: note: %s: with %s every sequence is the "
		  "same, whatever the seed\n"),
		printable_copy(name, sizeof name, arguments->session.model),
		cause);
}

/* Get the seed of --seed, or a random one. */
static bool
choose_seed(const struct arguments *arguments, uint64_t *seed,
	struct error *error)
{
	if (!option_is_given(arguments, &option_seed))
		return settings_draw_seed(seed, error);
	*seed = arguments->session.settings.seed;
	return true;
}

/* What is generated: `length` points, after the start or with it. */
struct generation {
	struct generator generator;
	struct generate_start start;
	size_t length;
	const char *model;
};

static void
generation_destroy(struct generation *generation)
{
	generator_destroy(&generation->generator);
	generate_start_destroy(&generation->start);
}

static bool
generation_create(struct generation *generation, const struct run *run,
	const struct arguments *arguments, struct error *error)
{
	struct generator *generator = &generation->generator;
	struct generate_start *start = &generation->start;
	uint64_t seed;

	*generation = (struct generation){.model = arguments->session.model};
	if (!generate_start_choose(start, run, arguments, error) ||
		!generate_start_length(start, run, arguments,
			&generation->length, error) ||
		!choose_seed(arguments, &seed, error) ||
		!generator_create(generator, run, seed, error))
		return false;
	generator->temperature = arguments->temperature;
	generator->no_memory = arguments->no_memory;
	/* a start may be long: read it once for all sequences */
	generator_reset(generator);
	generator_read(generator, start->points, start->count);
	generator_mark(generator);
	return true;
}

static bool
check_finite(const struct generation *generation, const float *points,
	size_t size, struct error *error)
{
	return parameters_finite(points, size) ||
		error_set(error, "%s: the generated points are not finite",
			generation->model);
}

/* Generate a sequence: points[length, features], scaled. */
static bool
draw(struct generation *generation, float *points, struct error *error)
{
	const struct generate_start *start = &generation->start;
	size_t features = generation->generator.config.features;
	size_t length = generation->length;
	size_t first = start->is_hidden ? 0
		: start->count < length ? start->count
					: length;

	memcpy(points, start->points, first * features * sizeof *points);
	generator_return(&generation->generator);
	for (size_t i = first; i < length; i++)
		generator_next(&generation->generator, points + i * features);
	return check_finite(generation, points, length * features, error);
}

/* Generate and print one sequence after the other. */
static bool
print_sequences(struct generation *generation, const struct run *run,
	const struct arguments *arguments, struct error *error)
{
	size_t features = run_features(run), size = 0;
	struct gallery gallery = {0};
	struct json_output_list list;
	struct drawn drawn = {
		.run = run,
		.count = arguments->count,
		.length = generation->length,
		.features = features,
		.ascii = arguments->ascii,
		.gallery = &gallery,
		.list = &list,
	};
	bool good = true;
	float *points = NULL;

	if (memory_product(generation->length, features, &size)) {
		points = memory_floats(size);
		drawn.shown = memory_floats(size);
	}
	if (points == NULL || drawn.shown == NULL) {
		free(points);
		free(drawn.shown);
		return error_out_of_memory(error);
	}
	drawn.points = points;
	for (; good && drawn.number < drawn.count && !ferror(stdout);
		drawn.number++) {
		good = draw(generation, points, error);
		if (!good)
			break;
		scaling_undo_floats(run_scaling(run), size, points,
			drawn.shown);
		good = check_finite(generation, drawn.shown, size, error) &&
			print_sequence(&drawn, arguments->format, error);
	}
	gallery_destroy(&gallery);
	free(drawn.shown);
	free(points);
	return good;
}

/* Generate all sequences, and print the quantiles of their points. */
static bool
print_quantiles(struct generation *generation, const struct run *run,
	const struct arguments *arguments, struct error *error)
{
	size_t count = option_is_given(arguments, &option_count)
		? (size_t)arguments->count
		: GENERATE_QUANTILES_COUNT;
	struct generate_levels levels;
	size_t stride, size;
	float *samples = NULL;
	bool good = true;

	if (!generate_levels_parse(&levels, arguments->quantiles, error))
		return false;
	if (memory_product(generation->length, run_features(run), &stride) &&
		memory_product(stride, count, &size))
		samples = memory_floats(size);
	if (samples == NULL)
		return error_out_of_memory(error);
	for (size_t k = 0; good && k < count; k++)
		good = draw(generation, samples + k * stride, error);
	good = good &&
		generate_quantiles_print(run, generation->start.data.column,
			&levels, count, generation->length, samples,
			arguments->format->content == FORMAT_JSON, error);
	free(samples);
	return good;
}

static bool
generate(const struct run *run, const struct arguments *arguments,
	struct error *error)
{
	struct generation generation;
	uint64_t seed;
	bool good;

	if (arguments->gallery)
		return print_film(run, arguments, error);
	note_certainty(run, arguments);
	if (run_task(run)->is_text)
		return choose_seed(arguments, &seed, error) &&
			write_text(run, arguments, seed, error);
	good = generation_create(&generation, run, arguments, error) &&
		(arguments->quantiles != NULL ? print_quantiles(&generation,
							run, arguments, error)
					      : print_sequences(&generation,
							run, arguments, error));
	generation_destroy(&generation);
	return good && command_flush(error);
}

static enum exit_status
generate_command(const struct arguments *arguments, struct error *error)
{
	const struct format *format = arguments->format;
	struct run *run = NULL;
	const char *data = arguments->session.settings.data;
	bool good;

	if (format->content == FORMAT_PICTURE &&
		!gallery_check(format->picture, arguments->count, error))
		return EXIT_FAILED;
	if (command_check_files(arguments->session.model, data, error))
		run = model_file_open(arguments->session.context,
			arguments->session.model, error);
	if (run != NULL && generate_start_is_end(arguments) && data[0] == '\0')
		data = run_settings(run)->data;
	good = run != NULL &&
		command_check_files(arguments->session.model, data, error) &&
		options_check(arguments, run_settings(run), NULL, error) &&
		generate(run, arguments, error);
	run_destroy(run);
	return good ? EXIT_DONE : EXIT_FAILED;
}

static void
find_unmet(const struct arguments *arguments, struct unmet *unmet)
{
	enum format_content content = arguments->format->content;

	if (arguments->gallery)
		unmet_add(unmet, &need_new_drawing);
	if (!generate_start_is_end(arguments))
		unmet_add(unmet, &need_end);
	if (content != FORMAT_PLAIN && content != FORMAT_JSON)
		unmet_add(unmet, &need_numbers);
}

static const struct setting *const options[] = {
	&option_seed,
	&option_count,
	&option_length,
	&option_start,
	&option_data,
	&option_quantiles,
	&option_gallery,
	&option_prime,
	&option_temperature,
	&option_no_memory,
	&option_format,
	NULL,
};

const struct command command_generate = {
	.name = "generate",
	.operand = "MODEL",
	.needs_operand = true,
	.first_files = MODEL_FILES,
	.summary = N_("write sequences that a model generates"),
	.run = generate_command,
	.options = options,
	.find_unmet = find_unmet,
};
