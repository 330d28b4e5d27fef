/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep/sweep_live.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/number.h"
#include "base/translate.h"
#include "base/tty.h"
#include "base/utf8.h"
#include "sweep/sweep_report.h"

enum { PANEL_ROWS = 5, BAR_COLUMNS = 24, COLUMNS_MIN = 20, LABEL_MAX = 48 };

int
sweep_live_columns(void)
{
	int rows, columns;

	tty_size(&rows, &columns);
	return columns;
}

/* Return the fraction of updates done by runs [first, first + count). */
static double
fraction_done(const struct sweep *sweep, size_t first, size_t count)
{
	double done = 0;

	for (size_t i = first; i < first + count; i++)
		done += number_fraction(sweep->runs[i].updates,
			sweep_settings(sweep, &sweep->runs[i])->target);
	return done / (double)count;
}

void
sweep_live_summary(const struct sweep *sweep, FILE *stream)
{
	fprintf(stream, _("%zu/%zu runs, %.0f %%\n"), sweep_finished(sweep),
		sweep->count,
		floor(100 * fraction_done(sweep, 0, sweep->count)));
}

static void
print_bar(FILE *stream, double fraction, bool is_utf8)
{
	int full = number_int(floor(fraction * BAR_COLUMNS));

	for (int i = 0; i < BAR_COLUMNS; i++)
		fputs(i < full            ? is_utf8 ? "━" : "#"
				: is_utf8 ? "─"
					  : ".",
			stream);
}

/* Return the columns of the longest label, up to a maximum. */
static int
label_columns(const struct sweep *sweep)
{
	int columns = 0;

	for (size_t c = 0; c < sweep->combinations; c++) {
		char label[SWEEP_LABEL_SIZE];
		int own = (int)utf8_columns(sweep_label(sweep, c, label));

		if (own > columns)
			columns = own;
	}
	return columns < LABEL_MAX ? columns : LABEL_MAX;
}

/*
 * Print the line of a combination: "10 units ━━━━━━━━──────── 3/5  mae
 * 0.109312", or less of it on a narrow terminal.
 */
static void
print_combination(FILE *stream, const struct sweep *sweep, size_t index,
	const struct sweep_live *live)
{
	const struct sweep_combination *combination =
		&sweep->combination[index];
	struct sweep_statistics statistics = sweep_statistics(sweep, index);
	double done =
		fraction_done(sweep, combination->first, combination->count);
	int columns = live->columns - 1, width = label_columns(sweep);
	char label[SWEEP_LABEL_SIZE], text[64], counts[64];
	int fits;

	sweep_label(sweep, index, label);
	fits = (int)utf8_fit(label, (size_t)width);
	if (columns >= width + BAR_COLUMNS + 40) {
		fprintf(stream, "%*s%.*s ",
			width - (int)utf8_columns(label) > 0
				? width - (int)utf8_columns(label)
				: 0,
			"", fits, label);
		print_bar(stream, done, live->is_utf8);
		fprintf(stream, " %3zu/%zu", statistics.finished,
			combination->count);
		if (statistics.finished > 0)
			fprintf(stream, "  %.28s",
				sweep_format_loss(sweep, index, statistics.mean,
					text, sizeof text));
	} else {
		snprintf(counts, sizeof counts, " %3.0f %%  %zu/%zu",
			floor(100 * done), statistics.finished,
			combination->count);
		fits = (int)utf8_fit(label,
			(size_t)number_int(
				fmax(0, columns - (double)strlen(counts))));
		fprintf(stream, "%.*s%s", fits, label, counts);
	}
	putc('\n', stream);
}

/* Print the lines of a frame: those that the terminal has room for. */
static bool
print_lines(FILE *stream, const struct sweep *sweep,
	const struct sweep_live *live, struct error *error)
{
	size_t rows = (size_t)live->rows - 1, lines = sweep->combinations + 1;
	struct multiples_config config = {
		.tier = live->is_utf8 ? CANVAS_BRAILLE : CANVAS_ASCII,
		.width = (size_t)live->columns - 1,
		.panel_rows = PANEL_ROWS,
		.title_columns = SWEEP_TITLE_COLUMNS,
	};
	struct sweep_shapes shapes;
	bool ok = true;

	if (lines <= rows)
		for (size_t c = 0; c < sweep->combinations; c++)
			print_combination(stream, sweep, c, live);
	sweep_live_summary(sweep, stream);
	if (!sweep_draws(sweep))
		return true;
	if (!sweep_shapes_collect(sweep, &shapes, error))
		ok = false;
	else if (lines + multiples_rows(&shapes.multiples, &config) <= rows)
		ok = multiples_print(&shapes.multiples, &config, stream, error);
	sweep_shapes_release(&shapes);
	return ok;
}

/* Write a frame to the terminal without buffering, to avoid flicker. */
static void
write_frame(const char *bytes, size_t count)
{
	while (count > 0) {
		ssize_t written = write(STDOUT_FILENO, bytes, count);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return; /* try again with the next frame */
		bytes += written;
		count -= (size_t)written;
	}
}

/* Draw the lines over those of the last frame. */
static bool
draw_lines(struct sweep_live *live, const char *lines, struct error *error)
{
	char *frame = NULL;
	size_t count = 0, size;
	FILE *stream = open_memstream(&frame, &size);

	if (stream == NULL)
		return error_out_of_memory(error);
	if (live->drawn > 0)
		fprintf(stream, "\033[%zuA", live->drawn);
	putc('\r', stream);
	for (; *lines != '\0'; count++) {
		size_t length = strcspn(lines, "\n");
		size_t fits = utf8_fit(lines, (size_t)live->columns - 1);

		fprintf(stream, "%.*s\033[K\n",
			(int)(length < fits ? length : fits), lines);
		lines += length + 1;
	}
	/* erase the rest of a longer frame */
	fputs("\033[J", stream);
	if (fclose(stream) == 0) {
		fflush(stdout);
		write_frame(frame, size);
		live->drawn = count;
	}
	free(frame);
	return true;
}

bool
sweep_live_draw(struct sweep_live *live, const struct sweep *sweep,
	struct error *error)
{
	int rows, columns;
	char *lines = NULL;
	size_t length;
	FILE *stream;
	bool ok;

	tty_size(&rows, &columns);
	if (live->drawn > 0 &&
		(rows != live->rows || columns != live->columns)) {
		/* the terminal may have moved the old lines: clear it */
		fputs("\033[H\033[J", stdout);
		live->drawn = 0;
	}
	live->rows = rows;
	live->columns = columns;
	if (rows < 2 || columns < COLUMNS_MIN)
		return true;
	stream = open_memstream(&lines, &length);
	if (stream == NULL)
		return error_out_of_memory(error);
	ok = print_lines(stream, sweep, live, error);
	if (fclose(stream) == 0 && ok)
		ok = draw_lines(live, lines, error);
	free(lines);
	return ok;
}

void
sweep_live_clear(struct sweep_live *live)
{
	if (live->drawn > 0)
		printf("\033[%zuA", live->drawn);
	fputs("\r\033[J", stdout);
	fflush(stdout);
	live->drawn = 0;
}
