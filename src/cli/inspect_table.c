/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/translate.h"
#include "cli/inspect_output.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/printable.h"
#include "base/utf8.h"
#include "task/text.h"

enum {
	LABEL_COLUMNS = 6,  /* of a step or a unit */
	NUMBER_COLUMNS = 9, /* of a number of a matrix, with its space */
	MATRIX_NUMBERS = 8, /* numbers on a line of a matrix */
	POINT_COLUMNS = 12, /* of a number of a point, with its space */
	TOKEN_COLUMNS = 9,
	WORD_COLUMNS = 15, /* of a token that may be a word */
	LIKELIEST = 3
};

/* Print an empty line before a window; the first one follows the titles. */
static void
separate_windows(const struct inspection *inspection, size_t step)
{
	bool is_alone = step + 1 == inspection->steps ||
		inspection->step[step + 1].is_first;

	if (step > 0 && inspection->step[step].is_first && !is_alone)
		putchar('\n');
}

/* Print a number right-aligned, "-" if it is not there. */
static void
print_number(double value, int columns, int decimals)
{
	char text[NUMBER_TEXT_SIZE];

	printf("%*s", columns,
		isnan(value) ? "-" : number_fixed(text, value, decimals));
}

/* ---------------------------------------------------------------------- */
/* Steps */

/* Print a text at the right of its columns. */
static void
print_right(const char *text, int columns)
{
	printf("%*s%s", utf8_padding(text, columns), "", text);
}

/* Print the titles of `count` columns: "input 1", "input 2", or "input". */
static void
print_titles(const char *name, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char title[64];

		snprintf(title, sizeof title, count > 1 ? "%s %zu" : "%s", name,
			i + 1);
		print_right(title, POINT_COLUMNS);
	}
}

/* Print a point, or dashes for NULL. */
static void
print_point(const float *point, size_t features)
{
	for (size_t i = 0; i < features; i++)
		print_number(point != NULL ? (double)point[i] : (double)NAN,
			POINT_COLUMNS, 6);
}

static void
print_points(const struct inspection *inspection)
{
	size_t features = inspection->features;

	print_right(_("step"), LABEL_COLUMNS);
	print_titles(_("input"), features);
	print_titles(_("output"), features);
	print_titles(_("target"), features);
	print_right(_("error"), POINT_COLUMNS);
	putchar('\n');
	for (size_t i = 0; i < inspection->steps; i++) {
		separate_windows(inspection, i);
		printf("%*zu", LABEL_COLUMNS, i + 1);
		print_point(inspection_input(inspection, i), features);
		print_point(inspection_output(inspection, i), features);
		print_point(inspection_target(inspection, i), features);
		print_number(inspection_loss(inspection, i), POINT_COLUMNS, 6);
		putchar('\n');
	}
}

static int
token_columns(const struct inspection *inspection)
{
	return run_vocabulary(inspection->run)->words.count > 0 ? WORD_COLUMNS
								: TOKEN_COLUMNS;
}

/*
 * Print a token, "-" for none, made printable. A word may be wider than its
 * column.
 */
static void
print_token(const struct inspection *inspection, uint32_t token)
{
	char bytes[TEXT_ENCODED_SIZE] = "", quoted[TEXT_ENCODED_SIZE + 2];
	char shown[TEXT_ENCODED_SIZE] = "-";
	bool is_word = false;
	size_t count;
	int columns;

	if (token != UINT32_MAX) {
		const struct vocabulary *vocabulary =
			run_vocabulary(inspection->run);

		is_word = vocabulary_is_word(vocabulary, token);
		count = text_encode(vocabulary, token, bytes);
		if (is_word)
			printable_copy(shown, sizeof shown, bytes);
		else
			printable_next(bytes, count, shown);
	}
	snprintf(quoted, sizeof quoted,
		token == UINT32_MAX || (!is_word && strlen(shown) > 4) ? "%s"
								       : "'%s'",
		shown);
	columns = (int)utf8_columns(quoted);
	/* the width of a character is at most that of its bytes */
	if (!is_word)
		columns = (int)strlen(quoted);
	columns = token_columns(inspection) - 1 - columns;
	printf(" %*s%s", columns > 0 ? columns : 0, "", quoted);
}

/* Print the likeliest tokens, each with its probability. */
static void
print_likeliest(const struct inspection *inspection, const float *probability)
{
	float limit = INFINITY;
	size_t last = SIZE_MAX;

	for (int n = 0; n < LIKELIEST && (size_t)n < inspection->features;
		n++) {
		size_t best = SIZE_MAX;

		/* the next after `last`, by probability and number */
		for (size_t i = 0; i < inspection->features; i++)
			if ((probability[i] < limit ||
				    (probability[i] == limit && i > last)) &&
				(best == SIZE_MAX ||
					probability[i] > probability[best]))
				best = i;
		if (best == SIZE_MAX)
			return;
		print_token(inspection, (uint32_t)best);
		print_number((double)probability[best], NUMBER_COLUMNS - 2, 4);
		limit = probability[best];
		last = best;
	}
}

static void
print_characters(const struct inspection *inspection)
{
	int columns = token_columns(inspection);

	print_right(_("step"), LABEL_COLUMNS);
	print_right(_("input"), columns);
	print_right(_("target"), columns);
	print_right("p", NUMBER_COLUMNS);
	print_right(_("error"), NUMBER_COLUMNS);
	printf("   %s\n", _("likeliest"));
	for (size_t i = 0; i < inspection->steps; i++) {
		const float *probability = inspection_output(inspection, i);
		uint32_t target = inspection_target_token(inspection, i);

		separate_windows(inspection, i);
		printf("%*zu", LABEL_COLUMNS, i + 1);
		print_token(inspection, inspection_input_token(inspection, i));
		print_token(inspection, target);
		print_number(target != UINT32_MAX ? (double)probability[target]
						  : (double)NAN,
			NUMBER_COLUMNS, 4);
		print_number(inspection_loss(inspection, i), NUMBER_COLUMNS, 4);
		print_likeliest(inspection, probability);
		putchar('\n');
	}
}

/* ---------------------------------------------------------------------- */
/* Matrices */

struct matrix {
	const char *row_name;
	size_t rows, columns;
	/* entry of a row and a column */
	double (*entry)(const struct matrix *matrix, size_t row, size_t column);
	const struct inspection *inspection;
	size_t layer, view;
};

/* Print a matrix whose columns are steps, in parts that fit a line. */
static void
print_matrix(const struct matrix *matrix)
{
	for (size_t first = 0; first < matrix->columns;
		first += MATRIX_NUMBERS) {
		size_t end = matrix->columns - first < MATRIX_NUMBERS
			? matrix->columns
			: first + MATRIX_NUMBERS;

		print_right(matrix->row_name, LABEL_COLUMNS);
		for (size_t i = first; i < end; i++)
			printf("%*zu", NUMBER_COLUMNS, i + 1);
		putchar('\n');
		for (size_t row = 0; row < matrix->rows; row++) {
			printf("%*zu", LABEL_COLUMNS, row + 1);
			for (size_t i = first; i < end; i++) {
				double entry = matrix->entry(matrix, row, i);

				/* a number that is exactly 0 has no decimals */
				print_number(entry, NUMBER_COLUMNS,
					entry == 0 ? 0 : 4);
			}
			putchar('\n');
		}
	}
}

static double
value_of(const struct matrix *matrix, size_t row, size_t column)
{
	return (double)inspection_values(matrix->inspection, matrix->layer,
		matrix->view, column)[row];
}

static double
connection_of(const struct matrix *matrix, size_t row, size_t column)
{
	return (double)matrix->inspection
		->connectivity[row * matrix->columns + column];
}

static void
print_layer(const struct inspection *inspection, size_t layer)
{
	const struct model *model = &inspection->model;
	char name[PARAMETERS_NAME_SIZE];

	for (size_t view = 0; view < inspection->views; view++) {
		putchar('\n');
		printf(_("%s (%s), %s of each unit at each step"),
			model_layer_name(model, layer, name),
			model_layer_type(model, layer),
			model->shape.cell->views[view].name);
		putchar('\n');
		print_matrix(&(struct matrix){.row_name = _("unit"),
			.rows = model->shape.units[layer],
			.columns = inspection->steps,
			.entry = value_of,
			.inspection = inspection,
			.layer = layer,
			.view = view});
	}
}

/* ---------------------------------------------------------------------- */

static void
print_gradient(const struct inspection *inspection)
{
	const struct parameters *parameters = &inspection->model.parameters;

	printf("\n%s\n%s%*s", _("Gradient of the mean error, by tensor"),
		_("tensor"), utf8_padding(_("tensor"), 28), "");
	print_right(_("parameters"), 12);
	print_right(_("exactly 0"), 12);
	print_right(_("norm"), 14);
	putchar('\n');
	for (size_t i = 0; i < parameters->tensors; i++) {
		struct inspection_gradient gradient =
			inspection_measure(inspection, i);
		char size[NUMBER_TEXT_SIZE], zeros[NUMBER_TEXT_SIZE];

		printf("%-28s%12s%12s%14.6g\n", parameters->tensor[i].name,
			number_grouped(size, parameters->tensor[i].size),
			number_grouped(zeros, gradient.zeros), gradient.norm);
	}
}

static void
print_heading(const struct inspect_output *output)
{
	const struct settings *settings = run_settings(output->run);
	char updates[NUMBER_TEXT_SIZE], loss[NUMBER_TEXT_SIZE];

	printf("%s, %s, ", settings->task->kind.name,
		settings->framing->kind.name);
	printf(_("update %s"),
		number_grouped(updates, run_updates(output->run)));
	if (output->inspection->config.no_memory)
		printf(", %s", _("no memory"));
	if (output->seed != NULL) {
		printf(", ");
		printf(_("seed %llu"), (unsigned long long)*output->seed);
	}
	putchar('\n');
	if (output->inspection->predicted > 0)
		printf(_("error: %s, mean %s"), settings->loss->kind.name,
			number_loss(loss,
				inspection_mean_loss(output->inspection)));
	else
		printf(_("error: %s"), settings->loss->kind.name);
	printf("\n\n");
}

void
inspect_output_table(const struct inspect_output *output)
{
	const struct inspection *inspection = output->inspection;

	print_heading(output);
	if (inspection->tokens != NULL)
		print_characters(inspection);
	else
		print_points(inspection);
	for (size_t l = 0; l < inspection->model.shape.layers; l++)
		print_layer(inspection, l);
	if (inspection->connectivity != NULL) {
		printf("\n%s\n",
			_("Connectivity: how strongly the output of a step "
			  "(row) depends on the input\nof each step "
			  "(column)"));
		print_matrix(&(struct matrix){.row_name = _("step"),
			.rows = inspection->config.connected,
			.columns = inspection->config.connected,
			.entry = connection_of,
			.inspection = inspection});
	}
	if (inspection->config.has_gradient)
		print_gradient(inspection);
}
