/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Text pane of the microscope: the text, wrapped, each character on the
 * colour of tanh of the state of one unit. Without colours for each level, a
 * row of shades is below each row of text.
 */
#include <stdio.h>

#include "base/number.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "tui/app.h"
#include "tui/frame.h"
#include "tui/inside.h"
#include "tui/microscope.h"
#include "tui/microscope_panes.h"
#include "tui/screen.h"

/* Line i has the characters [start[i], start[i + 1]). */
struct lines {
	size_t count;
	size_t start[MICROSCOPE_MAX + 2];
};

static uint32_t
character_at(const struct microscope_result *result, size_t at)
{
	return result->excerpt.token[result->excerpt.first + at];
}

int
microscope_glyph(const struct app *app, uint32_t token,
	char text[MICROSCOPE_GLYPH_SIZE])
{
	const struct vocabulary *vocabulary = run_vocabulary(app->session->run);
	uint32_t character = vocabulary_character(vocabulary, token);
	bool has_signs = screen_tier() == CANVAS_BRAILLE;
	int columns;

	text_encode(vocabulary, token, text);
	if (vocabulary_is_word(vocabulary, token))
		return screen_width(text);
	if (character == '\n' || character == '\r')
		snprintf(text, MICROSCOPE_GLYPH_SIZE, "%s",
			has_signs ? "↵" : "/");
	else if (character == '\t')
		snprintf(text, MICROSCOPE_GLYPH_SIZE, "%s",
			has_signs ? "→" : ">");
	columns = text[0] != '\0' ? screen_width(text) : 0;
	/* a byte of a longer character, a control character, a mark */
	if (columns < 1 || columns > 2 || !utf8_is_valid(text) ||
		(vocabulary->is_bytes && character >= 0x80)) {
		snprintf(text, MICROSCOPE_GLYPH_SIZE, "?");
		columns = 1;
	}
	return columns;
}

/* Whether a line ends with the character; CR LF ends with the LF. */
static bool
ends_line(const struct app *app, const struct microscope_result *result,
	size_t at)
{
	const struct vocabulary *vocabulary = run_vocabulary(app->session->run);
	uint32_t this =
		vocabulary_character(vocabulary, character_at(result, at));

	return this == '\n' ||
		(this == '\r' &&
			(at + 1 == result->excerpt.count ||
				vocabulary_character(vocabulary,
					character_at(result, at + 1)) != '\n'));
}

/* Return the end of the line that starts at a character. */
static size_t
end_of_line(const struct app *app, const struct microscope_result *result,
	size_t start, int columns)
{
	size_t at = start, space = start;
	int used = 0;

	while (at < result->excerpt.count) {
		char text[MICROSCOPE_GLYPH_SIZE];
		int width =
			microscope_glyph(app, character_at(result, at), text);

		if (used + width > columns)
			break;
		used += width;
		at++;
		if (ends_line(app, result, at - 1))
			return at;
		/* the space of a word begins the next line */
		if (text[0] == ' ')
			space = text[1] == '\0' ? at : at - 1;
	}
	/* a word is kept together, unless it is longer than a line */
	if (at < result->excerpt.count && space > start)
		return space;
	return at > start ? at : start + 1;
}

/* Break the text into lines; after them is the place of the next character. */
static void
wrap(const struct app *app, const struct microscope_result *result, int columns,
	struct lines *lines)
{
	size_t at = 0, count = result->excerpt.count;

	lines->count = 0;
	while (at < count) {
		lines->start[lines->count++] = at;
		at = end_of_line(app, result, at, columns);
	}
	if (count == 0 || ends_line(app, result, count - 1))
		lines->start[lines->count++] = count;
	lines->start[lines->count] = count + 1;
}

static size_t
line_of(const struct lines *lines, size_t at)
{
	size_t line = 0;

	while (line + 1 < lines->count && lines->start[line + 1] <= at)
		line++;
	return line;
}

/* Columns of the text, with a blank at the left and room for the cursor. */
static int
text_columns(int columns)
{
	return columns > 3 ? columns - 2 : 1;
}

/* Lines of the text in so many rows. */
static size_t
lines_in(int rows)
{
	int of_line = screen_has_levels() ? 1 : 2;

	return rows > of_line ? (size_t)(rows / of_line) : 1;
}

static void
draw_line(const struct app *app, const struct microscope *microscope,
	struct area area, int row, size_t first, size_t end)
{
	const struct microscope_result *result = microscope_result(microscope);
	size_t count = result->excerpt.count;
	const float *state =
		result->state[microscope->layer] + microscope->unit * count;
	int column = 1;

	for (size_t at = first; at < end && at < count; at++) {
		char text[MICROSCOPE_GLYPH_SIZE];
		int width =
			microscope_glyph(app, character_at(result, at), text);
		enum screen_role role = theme_signed_role((double)state[at], 1);

		if (at == microscope->at)
			screen_print(area, row, column, ROLE_SELECTED, "%s",
				text);
		else
			screen_print_on(area, row, column, role, text);
		if (!screen_has_levels())
			screen_shade(area, row + 1, column, width, role);
		column += width;
	}
	if (end > count && microscope->at == count)
		screen_print(area, row, column, ROLE_SELECTED, " ");
}

static const char *
name_of(const struct app *app, const struct microscope_result *result)
{
	switch (result->source) {
	case MICROSCOPE_OWN:
		return _("its own text");
	case MICROSCOPE_FILE:
		return _("the file");
	case MICROSCOPE_TYPED:
		return _("typed");
	default:
		return text_excerpt_is_validation(app->session->run)
			? _("validation")
			: _("training text");
	}
}

static void
write_note(const struct app *app, const struct microscope *microscope,
	const struct microscope_result *result, char note[PANE_NOTE_SIZE])
{
	char at[NUMBER_TEXT_SIZE], count[NUMBER_TEXT_SIZE], less[64] = "";
	bool has_words = run_settings(app->session->run)->tokens->has_words;
	const char *format;

	if (result->source == MICROSCOPE_FILE &&
		microscope->given.removed.count > 0)
		snprintf(less, sizeof less, _(" less %s unknown"),
			number_grouped(at, microscope->given.removed.count));

	if (microscope->at == result->excerpt.count)
		snprintf(note, PANE_NOTE_SIZE,
			has_words ? _("%s%s, after %s tokens")
				  : _("%s%s, after %s characters"),
			name_of(app, result), less,
			number_grouped(count, result->excerpt.count));
	else {
		if (result->excerpt.is_cut)
			format = has_words
				? _("%s%s, token %s of the first %s")
				: _("%s%s, character %s of the first %s");
		else
			format = has_words ? _("%s%s, token %s of %s")
					   : _("%s%s, character %s of %s");
		snprintf(note, PANE_NOTE_SIZE, format, name_of(app, result),
			less, number_grouped(at, microscope->at + 1),
			number_grouped(count, result->excerpt.count));
	}
}

static void
draw(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct microscope *microscope = microscope_of(app);
	const struct microscope_result *result = microscope_result(microscope);
	struct lines lines;
	size_t rows = lines_in(area.rows), first;

	(void)own;
	if (result == NULL) {
		screen_print(area, 0, 1, ROLE_DIM, "%s",
			microscope->failure.text[0] != '\0'
				? microscope->failure.text
				: _("computing ..."));
		return;
	}
	write_note(app, microscope, result, note);
	wrap(app, result, text_columns(area.columns), &lines);
	first = inside_first(line_of(&lines, microscope->at), rows,
		lines.count);
	for (size_t i = 0; i < rows && first + i < lines.count; i++)
		draw_line(app, microscope, area,
			(int)i * (screen_has_levels() ? 1 : 2),
			lines.start[first + i], lines.start[first + i + 1]);
}

void
microscope_text_measure(const struct app *app, struct microscope *microscope)
{
	struct area inside;

	if (frame_find(app, &microscope_text, &inside)) {
		microscope->page_rows = inside.rows;
		microscope->columns = inside.columns;
	}
}

void
microscope_text_page(const struct app *app, struct microscope *microscope,
	int by)
{
	const struct microscope_result *result = microscope_result(microscope);
	struct lines lines;
	size_t page = lines_in(microscope->page_rows), line, column, end;

	if (result == NULL)
		return;
	wrap(app, result, text_columns(microscope->columns), &lines);
	line = line_of(&lines, microscope->at);
	column = microscope->at - lines.start[line];
	if (by < 0)
		line = line > page ? line - page : 0;
	else
		line = line + page < lines.count ? line + page
						 : lines.count - 1;
	end = lines.start[line + 1];
	microscope_go_to(microscope,
		lines.start[line] + column < end ? lines.start[line] + column
						 : end - 1);
}

/* A click moves the cursor. */
static bool
click(struct app *app, struct area area, int row, int column)
{
	struct microscope *microscope = microscope_of(app);
	const struct microscope_result *result = microscope_result(microscope);
	struct lines lines;
	size_t rows = lines_in(area.rows), line, at;
	int used = 1;

	if (result == NULL)
		return true;
	wrap(app, result, text_columns(area.columns), &lines);
	line = inside_first(line_of(&lines, microscope->at), rows,
		       lines.count) +
		(size_t)(row / (screen_has_levels() ? 1 : 2));
	if (line >= lines.count)
		return true;
	for (at = lines.start[line]; at + 1 < lines.start[line + 1]; at++) {
		char text[MICROSCOPE_GLYPH_SIZE];

		used += microscope_glyph(app, character_at(result, at), text);
		if (used > column)
			break;
	}
	microscope_go_to(microscope, at);
	return true;
}

static const struct pane_place place = {
	.band = "text",
	.priority = 40,
	.min = {3, 20},
	.preferred = {8, 50},
};

const struct pane microscope_text = {
	.title = N_("Text"),
	.help = N_("the text, coloured by the state of one unit."),
	.explanation = N_(
		"Each character stands on the colour of tanh of the unit's "
		"state after it was read: one colour for each sign, brighter "
		"the larger it is. Without colours, a row of shades is below "
		"each row of text. The cursor is at the character that the "
		"panes below explain."),
	.place = &place,
	.draw = draw,
	.click = click,
};
