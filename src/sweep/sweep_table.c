/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of a sweep. */
#include "base/translate.h"
#include "sweep/sweep_report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/printable.h"
#include "base/utf8.h"
#include "sweep/sweep_compare.h"

enum {
	UPDATES_SIZE = 2 * NUMBER_TEXT_SIZE + 32,
	UPDATES_COLUMNS = 18,
	CELL_SIZE = 64
};

char *
sweep_format_loss(const struct sweep *sweep, size_t combination, double loss,
	char *text, size_t size)
{
	char number[NUMBER_TEXT_SIZE];

	snprintf(text, size, "%s %s",
		sweep->combination[combination].settings.loss->kind.name,
		number_loss(number, loss));
	return text;
}

/* Whether the values of a setting say what they are. */
static bool
explains_itself(const struct setting *setting)
{
	return setting->type == SETTING_CHOICE || setting->type == SETTING_PATH;
}

char *
sweep_label(const struct sweep *sweep, size_t combination,
	char text[SWEEP_LABEL_SIZE])
{
	char *const *value = sweep->combination[combination].value;
	size_t length = 0;

	text[0] = '\0';
	for (size_t k = 0; k < sweep->axes && length < SWEEP_LABEL_SIZE; k++) {
		const struct setting *setting = sweep->axis[k].setting;
		bool is_units = setting == &setting_units;
		bool is_bare = is_units || explains_itself(setting);
		char shown[CELL_SIZE];

		printable_copy(shown, sizeof shown, value[k]);
		length += (size_t)snprintf(text + length,
			SWEEP_LABEL_SIZE - length, "%s%s%s%s%s",
			k > 0 ? ", " : "", is_bare ? "" : setting->option,
			is_bare ? "" : " ", shown,
			!is_units                         ? ""
				: strcmp(shown, "1") == 0 ? " unit"
							  : " units");
	}
	return text;
}

/* Format a range: "30", or "30 to 100,000". Return text. */
static char *
format_range(uint64_t min, uint64_t max, char text[UPDATES_SIZE])
{
	char from[NUMBER_TEXT_SIZE], to[NUMBER_TEXT_SIZE];

	number_grouped(from, min);
	if (min < max)
		snprintf(text, UPDATES_SIZE, _("%s to %s"), from,
			number_grouped(to, max));
	else
		snprintf(text, UPDATES_SIZE, "%s", from);
	return text;
}

char *
sweep_format_updates(const struct sweep *sweep, char text[SWEEP_LABEL_SIZE])
{
	char range[UPDATES_SIZE];
	uint64_t min, max;

	sweep_updates(sweep, &min, &max);
	if (max == 0)
		min = max = sweep_target(sweep);
	snprintf(text, SWEEP_LABEL_SIZE, "%s", format_range(min, max, range));
	return text;
}

/* The layout of the table: its optional columns, the widths of the axes. */
struct columns {
	int width[SWEEP_AXES_MAX];
	bool has_updates; /* runs have different numbers of updates */
	bool has_shape_error, has_bits, has_test;
};

static bool
is_number(const struct setting *setting)
{
	return setting->type == SETTING_COUNT ||
		setting->type == SETTING_REAL || setting->type == SETTING_UNITS;
}

/* Print a cell of an axis: numbers to the right. */
static void
print_cell(const struct setting *setting, const char *text, int width,
	FILE *stream)
{
	char shown[CELL_SIZE];
	int blanks;

	printable_copy(shown, sizeof shown, text);
	blanks = width - (int)utf8_columns(shown);
	if (is_number(setting))
		fprintf(stream, "%*s%s  ", blanks, "", shown);
	else
		fprintf(stream, "%s%*s  ", shown, blanks, "");
}

static struct columns
choose_columns(const struct sweep *sweep, const struct sweep_row *rows)
{
	struct columns columns = {0};
	uint64_t min, max;

	sweep_updates(sweep, &min, &max);
	columns.has_updates = min < max;
	for (size_t k = 0; k < sweep->axes; k++)
		columns.width[k] = (int)strlen(sweep->axis[k].setting->option);
	for (size_t c = 0; c < sweep->combinations; c++) {
		const struct sweep_combination *combination =
			&sweep->combination[c];

		columns.has_shape_error |=
			combination->settings.task->shape_error != NULL;
		columns.has_bits |= combination->settings.task->is_text;
		columns.has_test |= rows[c].is_tested;
		for (size_t k = 0; k < sweep->axes; k++) {
			char shown[CELL_SIZE];
			int width = (int)utf8_columns(printable_copy(shown,
				sizeof shown, combination->value[k]));

			if (width > columns.width[k])
				columns.width[k] = width;
		}
	}
	return columns;
}

/* Format a loss, or "-" if there is none. Return text. */
static char *
format_or_dash(char text[NUMBER_TEXT_SIZE], double loss)
{
	if (!isnan(loss))
		return number_loss(text, loss);
	snprintf(text, NUMBER_TEXT_SIZE, "-");
	return text;
}

/* Format a probability. Return text. */
static char *
format_p(char text[NUMBER_TEXT_SIZE], double p)
{
	if (p >= 0.0001)
		return number_fixed(text, p, 4);
	snprintf(text, NUMBER_TEXT_SIZE, "<0.0001");
	return text;
}

/* Print a text at the right of its columns. */
static void
print_right(const char *text, int columns, FILE *stream)
{
	fprintf(stream, "%*s%s", utf8_padding(text, columns), "", text);
}

static void
print_test(const struct sweep_row *row, FILE *stream)
{
	char t[NUMBER_TEXT_SIZE] = "-", p[NUMBER_TEXT_SIZE] = "-";

	if (row->is_tested) {
		number_fixed(t, row->welch.t, 2);
		format_p(p, row->welch.p);
	}
	fprintf(stream, "  %8s  ", t);
	print_right(row->is_best ? _("best") : p, 7, stream);
}

static void
print_row(const struct sweep *sweep, size_t index, const struct sweep_row *row,
	const struct columns *columns, FILE *stream)
{
	const struct sweep_statistics *statistics = &row->statistics;
	char updates[UPDATES_SIZE];
	char parameters[NUMBER_TEXT_SIZE];
	char mean[NUMBER_TEXT_SIZE], spread[NUMBER_TEXT_SIZE];
	char min[NUMBER_TEXT_SIZE], max[NUMBER_TEXT_SIZE];
	char text[NUMBER_TEXT_SIZE];

	for (size_t k = 0; k < sweep->axes; k++)
		print_cell(sweep->axis[k].setting,
			sweep->combination[index].value[k], columns->width[k],
			stream);
	fprintf(stream, "%10s %4zu  %8s  %8s  %8s  %8s",
		number_grouped(parameters, statistics->parameters),
		statistics->finished, number_loss(mean, statistics->mean),
		format_or_dash(spread, statistics->spread),
		number_loss(min, statistics->min),
		number_loss(max, statistics->max));
	if (columns->has_updates) {
		fputs("  ", stream);
		print_right(format_range(statistics->updates_min,
				    statistics->updates_max, updates),
			UPDATES_COLUMNS, stream);
	}
	if (columns->has_shape_error)
		fprintf(stream, "  %15s",
			format_or_dash(text, statistics->shape_error));
	if (columns->has_bits)
		fprintf(stream, "  %18s",
			format_or_dash(text, statistics->bits));
	if (columns->has_test)
		print_test(row, stream);
	if (statistics->degenerate > 0)
		fprintf(stream, _("  %zu degenerate"), statistics->degenerate);
	putc('\n', stream);
}

/* Print what all runs have in common: "rectangle, one-to-one, mae over ...". */
static void
print_heading(const struct sweep *sweep, bool has_updates, FILE *stream)
{
	const struct settings *settings = &sweep->combination[0].settings;
	char measure[SWEEP_LABEL_SIZE], updates[SWEEP_LABEL_SIZE];

	if (sweep_has_one_task(sweep))
		fprintf(stream, "%s, ", settings->task->kind.name);
	if (sweep_axis_of(sweep, &setting_framing) == NULL)
		fprintf(stream, "%s, ", settings->framing->kind.name);
	fprintf(stream,
		has_updates ? _("%s after %s updates, not the same for all "
				"models\n")
			    : _("%s after %s updates\n"),
		sweep_describe_measure(sweep, true, measure, sizeof measure),
		sweep_format_updates(sweep, updates));
}

static void
print_titles(const struct sweep *sweep, const struct columns *columns,
	FILE *stream)
{
	static const char *const measures[] = {N_("mean"), N_("spread"),
		N_("least"), N_("most")};

	for (size_t k = 0; k < sweep->axes; k++)
		print_cell(sweep->axis[k].setting,
			sweep->axis[k].setting->option, columns->width[k],
			stream);
	print_right(_("parameters"), 10, stream);
	putc(' ', stream);
	print_right(_("runs"), 4, stream);
	for (size_t i = 0; i < sizeof measures / sizeof measures[0]; i++) {
		fputs("  ", stream);
		print_right(_(measures[i]), 8, stream);
	}
	if (columns->has_updates) {
		fputs("  ", stream);
		print_right(_("updates"), UPDATES_COLUMNS, stream);
	}
	if (columns->has_shape_error)
		fprintf(stream, "  %15s", sweep_shape_error_name(sweep));
	if (columns->has_bits)
		fprintf(stream, "  %18s", "bits_per_character");
	if (columns->has_test)
		fprintf(stream, "  %8s  %7s", "t", "p");
	putc('\n', stream);
}

bool
sweep_print_table(const struct sweep *sweep, FILE *stream, struct error *error)
{
	struct sweep_row *rows = sweep_compare(sweep, error);
	struct columns columns;

	if (rows == NULL)
		return false;
	columns = choose_columns(sweep, rows);
	print_heading(sweep, columns.has_updates, stream);
	print_titles(sweep, &columns, stream);
	for (size_t c = 0; c < sweep->combinations; c++)
		if (rows[c].statistics.finished > 0)
			print_row(sweep, c, &rows[c], &columns, stream);
	if (columns.has_test)
		fprintf(stream, "%s\n",
			sweep_varies_measure(sweep)
				? _("t, p: Welch's test against the best mean "
				    "of the same measure; two-sided, not "
				    "corrected for many tests")
				: _("t, p: Welch's test against the best "
				    "mean; two-sided, not corrected for many "
				    "tests"));
	free(rows);
	return true;
}
