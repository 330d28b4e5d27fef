/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Generated pane of a text model: the end of the generated text, wrapped to
 * the width of the pane.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "run/right_lines.h"
#include "tui/actions.h"
#include "tui/app.h"
#include "tui/pane_shape.h"
#include "tui/panes.h"
#include "tui/screen.h"

enum {
	LINES_MAX = 2048,
	WHEEL_LINES = 3,  /* a turn of the wheel */
	NOTE_COLUMNS = 48 /* for the longest note beside the title */
};

/*
 * What the user scrolled to. While training goes on writing, the text that is
 * shown stays the same until it is dropped.
 */
struct scroll {
	bool is_back; /* false: the end is shown */
	uint64_t top; /* bytes written before the first line that is shown */
};

/* In tenths: sums of 0.1 are inexact in binary. */
#define TEMPERATURE_MIN 1
#define TEMPERATURE_MAX 30

/* A line of the text: bytes [start, end). */
struct line {
	const char *start, *end;
};

/* Return the bytes of the first character; *columns: its width. */
static size_t
next_character(const char *text, int *columns)
{
	char one[UTF8_SIZE] = "";
	size_t bytes = utf8_step(text);

	memcpy(one, text, bytes);
	*columns = screen_width(one);
	return bytes;
}

/*
 * Break the text into lines of at most `columns` columns, preferably at
 * newlines or spaces. Line i is lines[i % LINES_MAX], so the last LINES_MAX
 * lines are kept. Returns the number of all lines.
 */
static size_t
wrap(const char *text, int columns, struct line lines[LINES_MAX])
{
	size_t count = 0;

	while (*text != '\0') {
		const char *at = text, *space = NULL, *next;
		int used = 0;

		while (*at != '\0' && *at != '\n') {
			int width;
			size_t bytes = next_character(at, &width);

			if (used + width > columns)
				break;
			if (*at == ' ')
				space = at;
			used += width;
			at += bytes;
		}
		next = *at == '\n' ? at + 1 : at;
		if (*at != '\0' && *at != '\n' && *at != ' ' && space != NULL) {
			at = space;
			next = space + 1;
		}
		if (at == text && next == text)
			next = at + 1; /* a character wider than the pane */
		lines[count++ % LINES_MAX] = (struct line){text, at};
		text = next;
	}
	return count;
}

/* The text in lines, and those that are shown. */
struct page {
	struct line lines[LINES_MAX];
	size_t count, first, end; /* all lines; shown [first, end) */
	size_t oldest;            /* the first that is kept */
};

static uint64_t
bytes_before(const struct live_text *live, const struct line *line)
{
	return live->dropped + (uint64_t)(line->start - live->text);
}

/* Divide the text into lines, and find those to show. */
static void
lay_out(struct page *page, const struct app *app, const struct scroll *scroll,
	struct area area)
{
	const struct live_text *live = &app->text;
	size_t rows = area.rows > 0 ? (size_t)area.rows : 0, last;

	if (rows > LINES_MAX)
		rows = LINES_MAX;
	page->count = wrap(live->text, area.columns - 1, page->lines);
	page->oldest = page->count > LINES_MAX ? page->count - LINES_MAX : 0;
	last = page->count > rows ? page->count - rows : 0;
	page->first = last;
	if (scroll->is_back)
		for (page->first = page->oldest; page->first < last;
			page->first++)
			if (bytes_before(live,
				    &page->lines[page->first % LINES_MAX]) >=
				scroll->top)
				break;
	page->end = page->first + rows < page->count ? page->first + rows
						     : page->count;
}

static void
draw_lines(const struct page *page, struct area area)
{
	for (size_t i = page->first; i < page->end; i++) {
		const struct line *line = &page->lines[i % LINES_MAX];

		screen_print(area, (int)(i - page->first), 1,
			i + 1 == page->count ? ROLE_MODEL : ROLE_NORMAL, "%.*s",
			(int)(line->end - line->start), line->start);
	}
}

/* The temperature and, for a task that knows them, the right lines. */
static void
note_right_lines(const struct app *app, const char *temperature,
	char note[PANE_NOTE_SIZE])
{
	const struct task *task = run_task(app->session->run);
	struct right_lines lines = {0};

	if (task->is_right_line != NULL)
		lines = right_lines_count(task, app->text.text,
			app->text.dropped > 0);
	if (lines.count > 0)
		snprintf(note, PANE_NOTE_SIZE, _("%zu of %zu right"),
			lines.right, lines.count);
	else
		snprintf(note, PANE_NOTE_SIZE, _("temperature %s"),
			temperature);
}

static void
draw(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	char number[NUMBER_TEXT_SIZE];
	struct page page;

	number_shortest(number, app->text.writer.temperature);
	if (!app->cuts_memory)
		note_right_lines(app, number, note);
	else if (area.columns >= NOTE_COLUMNS)
		snprintf(note, PANE_NOTE_SIZE,
			_("without memory, temperature %.8s"), number);
	else
		snprintf(note, PANE_NOTE_SIZE, _("without memory"));
	if (area.rows <= 0)
		return;
	lay_out(&page, app, own, area);
	if (page.end < page.count)
		snprintf(note, PANE_NOTE_SIZE, _("lines %zu-%zu of %zu"),
			page.first + 1, page.end, page.count);
	draw_lines(&page, area);
}

/* Scroll by lines, and never beyond the first or the last. */
static void
turn(struct app *app, struct area area, long by)
{
	struct scroll *scroll = app_pane_state(app, &pane_text);
	struct page page;
	size_t lines = (size_t)labs(by);

	lay_out(&page, app, scroll, area);
	if (page.count == 0)
		return;
	if (by < 0)
		page.first -= lines < page.first - page.oldest
			? lines
			: page.first - page.oldest;
	else
		page.first += lines;
	/* at the end, the text moves on again */
	scroll->is_back = page.first + (size_t)area.rows < page.count;
	if (scroll->is_back)
		scroll->top = bytes_before(&app->text,
			&page.lines[page.first % LINES_MAX]);
}

static void
turn_wheel(struct app *app, struct area area, int by)
{
	turn(app, area, (long)by * WHEEL_LINES);
}

/* A line of the page before stays. */
static void
turn_page(struct app *app, struct area area, int by)
{
	turn(app, area, (long)by * (area.rows > 1 ? area.rows - 1 : 1));
}

static bool
prepare(struct app *app, void *own, double now)
{
	struct scroll *scroll = own;
	struct live_text *live = &app->text;

	(void)now;
	live_text_update(live);
	/* after a new text, what was shown is gone */
	if (scroll->top >= live->dropped + strlen(live->text))
		scroll->is_back = false;
	return false;
}

const struct pane pane_text = {
	.title = N_("Generated"),
	.help = N_("the text that the network generates now."),
	.explanation = N_(
		"The text that the network writes: it draws each "
		"character from its own prediction and reads it again. "
		"< and > change the temperature. g writes a new page, or "
		"goes on writing when training is paused or finished. PgUp "
		"and the mouse wheel scroll back in the text, PgDn on to its "
		"end. f shows the film."),
	.place = &pane_shape_place,
	.is_shown = pane_shape_is_text,
	.state_size = sizeof(struct scroll),
	.prepare = prepare,
	.draw = draw,
	.wheel = turn_wheel,
	.page = turn_page,
};

static const char *
refuse_shapes(const struct app *app)
{
	return app_is_text(app) ? NULL : _("only texts have pages");
}

static void
write_page(struct app *app, uint64_t count)
{
	struct scroll *scroll = app_pane_state(app, &pane_text);

	(void)count;
	scroll->is_back = false;
	if (app_is_training(app))
		live_text_write_page(&app->text);
	else
		live_text_go_on(&app->text);
}

const struct action action_write = {
	.name = "write",
	.key = {'g'},
	.shown = "g",
	.help = N_("generate a text, or go on with it"),
	.bar_keys = "g",
	.bar_word = N_("generate"),
	.refuse = refuse_shapes,
	.act = write_page,
};

static const char *
refuse_temperature(const struct app *app)
{
	return app_is_text(app) ? NULL : _("only texts have a temperature");
}

static void
set_temperature(struct app *app, double tenths)
{
	char text[NUMBER_TEXT_SIZE];

	app->text.writer.temperature =
		fmin(fmax(tenths, TEMPERATURE_MIN), TEMPERATURE_MAX) / 10;
	app_say(app, ROLE_NORMAL, "temperature %s",
		number_shortest(text, app->text.writer.temperature));
}

/* Move to the next tenth: 0.85 is raised to 0.9 and lowered to 0.8. */
static void
raise_temperature(struct app *app, uint64_t count)
{
	(void)count;
	set_temperature(app,
		floor(app->text.writer.temperature * 10 + 1e-6) + 1);
}

const struct action action_warmer = {
	.name = "warmer",
	.key = {'>'},
	.shown = ">",
	.help = N_("raise the temperature of the generated text"),
	.bar_keys = "< >",
	.bar_word = N_("temperature"),
	.refuse = refuse_temperature,
	.act = raise_temperature,
};

static void
lower_temperature(struct app *app, uint64_t count)
{
	(void)count;
	set_temperature(app,
		ceil(app->text.writer.temperature * 10 - 1e-6) - 1);
}

const struct action action_colder = {
	.name = "colder",
	.key = {'<'},
	.shown = "<",
	.help = N_("lower the temperature of the generated text"),
	.refuse = refuse_temperature,
	.act = lower_temperature,
};
