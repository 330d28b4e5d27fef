/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/form_draw.h"

#include <stdio.h>
#include <string.h>

#include "base/translate.h"
#include "run/relevance.h"
#include "tui/form_lines.h"
#include "tui/screen.h"
#include "tui/text_line.h"

enum {
	FORM_COLUMNS = 80,
	LABEL_COLUMNS = 22,
	/* a blank line, the setting, its value or the names, the error */
	FOOT_ROWS = 4
};

int
form_page_rows(int rows)
{
	int page = rows - 2 - FOOT_ROWS;

	return page > 1 ? page : 1;
}

static void
draw_value(const struct form *form, struct area area, int row,
	const struct setting *setting)
{
	const struct screen_signs *signs = screen_signs();
	char value[SETTINGS_TEXT_SIZE];
	bool is_here = setting == form->at;
	int column = LABEL_COLUMNS;

	setting_format(setting, &form->settings, value);
	if (form_is_flag(setting))
		snprintf(value, sizeof value, "%s",
			value[0] != '\0' ? _("yes") : _("no"));
	if (form_is_choice(setting) || form_is_flag(setting)) {
		column = screen_print(area, row, column, ROLE_DIM, "%s ",
			is_here ? signs->less : " ");
		column = screen_print(area, row, column,
			is_here ? ROLE_MODEL : ROLE_NORMAL, "%s", value);
		screen_print(area, row, column, ROLE_DIM, " %s",
			is_here ? signs->more : " ");
		return;
	}
	column += 2;
	if (!is_here) {
		screen_print(area, row, column, ROLE_NORMAL, "%s",
			text_line_end(value, area.columns - column));
		return;
	}
	column = screen_print(area, row, column,
		form->is_fresh ? ROLE_SELECTED : ROLE_MODEL, "%s",
		text_line_end(form->text, area.columns - column - 1));
	screen_print(area, row, column, ROLE_MODEL, "%s", signs->cursor);
}

static void
draw_line(const struct form *form, struct area area, int row,
	const struct setting *setting)
{
	bool is_here = setting == form->at;
	char owner[128], text[160], shown[160];

	if (setting == NULL) {
		screen_print(area, row, 1,
			is_here ? ROLE_SELECTED : ROLE_BRIGHT, _(" start "));
		return;
	}
	if (!form_is_open(form, setting)) {
		screen_print(area, row, 1, ROLE_DIM, "%s", setting->option);
		snprintf(text, sizeof text, _("for %s"),
			relevance_describe(setting->needs, owner,
				sizeof owner));
		screen_print(area, row, LABEL_COLUMNS + 2, ROLE_DIM, "%s",
			text_line_shorten(shown, sizeof shown, text,
				area.columns - LABEL_COLUMNS - 3));
		return;
	}
	screen_print(area, row, 1, is_here ? ROLE_BRIGHT : ROLE_NORMAL, "%s",
		setting->option);
	draw_value(form, area, row, setting);
}

/* Draw the names that complete the path, as many as fit. */
static void
draw_names(const struct completion *completion, struct area area, int row)
{
	const char *name = completion->names;
	int column = 1;
	size_t shown = 0;

	for (; shown < completion->listed; shown++, name += strlen(name) + 1) {
		/* room for "1,000 more" */
		int room = shown + 1 < completion->count ? 12 : 0;

		if (column + screen_width(name) + room > area.columns)
			break;
		column = screen_print(area, row, column, ROLE_NORMAL, "%s",
				 name) +
			2;
	}
	if (shown < completion->count)
		screen_print(area, row, column, ROLE_DIM, _("%zu more"),
			completion->count - shown);
}

/* Explain the chosen kind; if there is no error, in two rows. */
static void
draw_choice(const struct form *form, struct area area, int row)
{
	const struct kind *kind = setting_choice(form->at, &form->settings);
	char text[256];
	size_t length;

	snprintf(text, sizeof text, "%s: %s", kind->name, _(kind->summary));
	if (form->message[0] != '\0') {
		screen_print(area, row, 1, ROLE_NORMAL, "%s", text);
		return;
	}
	length = text_line_wrap(text, area.columns - 1);
	screen_print(area, row, 1, ROLE_NORMAL, "%.*s", (int)length, text);
	if (text[length] == ' ')
		length++;
	screen_print(area, row + 1, 1, ROLE_NORMAL, "%s", text + length);
}

/* Explain the current line: the setting, and its value or its names. */
static void
draw_explanation(const struct form *form, struct area area)
{
	const struct setting *setting = form->at;
	int row = area.rows - FOOT_ROWS + 1;

	if (setting == NULL) {
		screen_print(area, row, 1, ROLE_NORMAL, "%s",
			_(form->purpose->start));
		return;
	}
	screen_print(area, row, 1, ROLE_NORMAL, "%s", _(setting->summary));
	if (form->completion.count > 1)
		draw_names(&form->completion, area, row + 1);
	else if (form_is_of_data(form, setting) && !form_is_choice(setting) &&
		form->description[0] != '\0')
		screen_print(area, row + 1, 1, ROLE_NORMAL, "%s",
			form->description);
	else if (form_is_path(setting))
		screen_print(area, row + 1, 1, ROLE_DIM,
			_("Tab completes the name"));
	else if (form_is_choice(setting))
		draw_choice(form, area, row + 1);
}

/* The form on a screen of some size. */
struct sheet {
	struct area box, inside;
	bool has_box;
	int first, rows; /* of the lines that are visible */
	int count;       /* of all lines */
};

static void
lay_out(struct sheet *sheet, const struct form *form, int rows, int columns)
{
	const struct setting *lines[FORM_LINES_MAX];
	int at = form_find_line(form, form->at);

	sheet->count = form_list_lines(form, lines);
	sheet->box = overlay_place(rows, columns, sheet->count + FOOT_ROWS + 2,
		FORM_COLUMNS);
	sheet->inside = sheet->box;
	sheet->has_box = sheet->box.rows >= FOOT_ROWS + 3;
	sheet->rows = sheet->box.rows;
	if (sheet->has_box) {
		sheet->inside =
			(struct area){sheet->box.row + 1, sheet->box.column + 1,
				sheet->box.rows - 2, sheet->box.columns - 2};
		sheet->rows = sheet->inside.rows - FOOT_ROWS;
	}
	sheet->first = at < sheet->rows ? 0 : at - sheet->rows + 1;
}

/* Write how many lines are above or below; "" for none. */
__attribute__((format(printf, 4, 0))) static void
count_hidden(char *text, size_t size, int lines, const char *format)
{
	text[0] = '\0';
	if (lines > 0)
		snprintf(text, size, format, lines);
}

/* Draw the box, with the number of lines beyond its edges. */
static void
draw_box(const struct sheet *sheet, const char *title)
{
	struct area box = sheet->box, bottom = box;
	char above[64], below[64];
	int column;

	count_hidden(above, sizeof above, sheet->first, _("%d more above"));
	count_hidden(below, sizeof below,
		sheet->count - sheet->first - sheet->rows, _("%d more below"));
	screen_box(box, ROLE_NORMAL, title, above[0] != '\0' ? above : NULL);
	bottom.row += box.rows - 1;
	bottom.rows = 1;
	bottom.columns--;
	column = screen_print(bottom, 0, 1, ROLE_DIM, " %s ",
		_("F5: start  Esc: close"));
	if (below[0] != '\0' &&
		column + screen_width(below) + 3 <= bottom.columns)
		screen_print(bottom, 0,
			bottom.columns - screen_width(below) - 3, ROLE_NORMAL,
			" %s ", below);
}

void
form_draw(const struct app *app, const void *state, int rows, int columns)
{
	const struct form *form = state;
	const struct setting *lines[FORM_LINES_MAX];
	struct sheet sheet;

	(void)app;
	form_list_lines(form, lines);
	lay_out(&sheet, form, rows, columns);
	screen_clear(sheet.box);
	if (sheet.has_box)
		draw_box(&sheet, _(form->purpose->title));
	for (int row = 0; row < sheet.rows && sheet.first + row < sheet.count;
		row++)
		draw_line(form, sheet.inside, row, lines[sheet.first + row]);
	if (!sheet.has_box)
		return;
	draw_explanation(form, sheet.inside);
	/* a path may be long, so show the end, which has the cause */
	screen_print(sheet.inside, sheet.inside.rows - 1, 1, ROLE_WARNING, "%s",
		text_line_end(form->message, sheet.inside.columns - 1));
}

void
form_click(struct app *app, void *state, int rows, int columns,
	struct area cell)
{
	const struct setting *lines[FORM_LINES_MAX];
	struct form *form = state;
	struct sheet sheet;
	int row;

	(void)app;
	form_list_lines(form, lines);
	lay_out(&sheet, form, rows, columns);
	row = cell.row - sheet.inside.row;
	if (row < 0 || row >= sheet.rows || sheet.first + row >= sheet.count ||
		!form_is_open(form, lines[sheet.first + row]))
		return;
	form_check(form);
	form_go_to(form, lines[sheet.first + row]);
}
