/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The bars of the guided tour, above the message line: the number and title of
 * the scene with the keys that turn the scenes, the caption, and the keys to
 * try.
 */
#include <stdio.h>
#include <string.h>

#include "base/translate.h"
#include "base/utf8.h"
#include "tui/action_find.h"
#include "tui/app.h"
#include "tui/panes.h"
#include "tui/screen.h"
#include "tui/terminal.h"
#include "tui/tour.h"

enum {
	ROWS_MORE = 36, /* of a screen that has room for `more` */
	ROWS_KEYS = 20, /* for measurement, comparison and keys */
	CAPTION_SIZE = 1200,
	PLACE_SIZE = 96,
	LINES_MIN = 2, /* of a caption, without `more` */
	LINES_MAX = 4,
	ESCAPE_COLUMNS = 13, /* of "Esc leave" with gaps */
	GAP = 2
};

static bool
is_shown(const struct app *app)
{
	return app->tour != NULL;
}

/* Print a key and what it does; return the next column. */
static int
print_key(struct area area, int column, const char *key, const char *word)
{
	column = screen_print(area, 0, column, ROLE_BRIGHT, "%s", key);
	return screen_print(area, 0, column + 1, ROLE_DIM, "%s", word) + GAP;
}

/* Find an action of the present view by its name; NULL: there is none. */
static const struct action *
find_action(const struct app *app, const char *name)
{
	for (size_t i = 0; app->actions[i] != NULL; i++)
		if (strcmp(app->actions[i]->name, name) == 0)
			return app->actions[i];
	return NULL;
}

static const char *
key_of(const struct app *app, const char *name)
{
	const struct action *action = find_action(app, name);

	return action != NULL ? action->shown : "";
}

struct turn {
	const char *key, *word;
};

/* Print the last keys of the list that fit at the right of the heading. */
static void
print_turns(struct area area, int column, const struct turn *turns, int count)
{
	int width = 0, first = count;

	while (first > 0) {
		const struct turn *turn = &turns[first - 1];
		int more =
			(int)(strlen(turn->key) + strlen(turn->word)) + 1 + GAP;

		if (column + width + more > area.columns)
			break;
		width += more;
		first--;
	}
	column = area.columns - width + 1;
	for (; first < count; first++)
		column = print_key(area, column, turns[first].key,
			turns[first].word);
}

/* Write "Scene 4b of 8": scenes that are compared share a number. */
static void
write_place(const struct tour_scene *scene, char text[PLACE_SIZE])
{
	const struct tour_scene *first = scene;
	char letter[2] = "";

	while (first > tour_list && first[-1].number == scene->number)
		first--;
	if (first[1].number == scene->number)
		letter[0] = (char)('a' + (scene - first));
	snprintf(text, PLACE_SIZE, _("Scene %d%s of %d"), scene->number, letter,
		tour_count());
}

static void
draw_heading(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct tour_scene *scene = tour_scene(app);
	const char *title =
		app->cuts_memory ? _("The memory cut") : _(scene->title);
	struct turn turns[3];
	char place[PLACE_SIZE];
	int count = 0, column;

	(void)own;
	(void)note;
	if (app->current == app->views[0] && tour_has(app, 1))
		turns[count++] =
			(struct turn){key_of(app, "next-scene"), _("next")};
	if (app->current == app->views[0] && tour_has(app, -1))
		turns[count++] =
			(struct turn){key_of(app, "previous-scene"), _("back")};
	turns[count++] = (struct turn){"Esc",
		app->current == app->views[0] ? _("leave") : _("back")};
	write_place(scene, place);
	column = screen_print(area, 0, 1, ROLE_SELECTED, " %s ", place);
	/* without room for both, how to leave matters more than the title */
	if (column + 1 + screen_width(title) + ESCAPE_COLUMNS <= area.columns)
		column = screen_print(area, 0, column + 1, ROLE_BRIGHT, "%s",
			title);
	print_turns(area, column + GAP, turns, count);
}

/* Return the text after its first `row` lines, wrapped to the columns. */
static const char *
skip_lines(const char *text, int row, int columns, size_t *length)
{
	for (;; row--) {
		*length = utf8_wrap(text, (size_t)columns);
		if (row == 0)
			return text;
		text += *length;
		text += strspn(text, " ");
	}
}

static const char without_memory[] = N_(
	"The memory is cut: the same weights, but each step starts from an "
	"empty state. This is all they generate without it; m gives it back.");

/* The caption that is true now. */
static const char *
caption(const struct app *app)
{
	const struct tour_scene *scene = tour_scene(app);

	if (app->cuts_memory)
		return _(without_memory);
	return tour_is_done(app) ? _(scene->seen) : _(scene->watch);
}

/* Write a caption, which goes on with `more` if there is room. */
static void
write_caption(const struct app *app, const char *caption, bool has_more,
	char text[CAPTION_SIZE])
{
	snprintf(text, CAPTION_SIZE, "%s%s%s", caption, has_more ? " " : "",
		has_more ? _(tour_scene(app)->more) : "");
}

static int
count_lines(const char *text, int columns)
{
	int lines = 0;
	size_t length;

	for (; *text != '\0'; lines++) {
		text = skip_lines(text, 0, columns, &length) + length;
		text += strspn(text, " ");
	}
	return lines;
}

/* Lines for the captions of the scene, the same before its end and after. */
static int
caption_lines(const struct app *app)
{
	const struct tour_scene *scene = tour_scene(app);
	char text[CAPTION_SIZE];
	int rows, columns, watch, seen;

	terminal_size(&rows, &columns);
	if (rows < ROWS_MORE || columns < 3)
		return LINES_MIN;
	write_caption(app, _(scene->watch), true, text);
	watch = count_lines(text, columns - 2);
	write_caption(app, _(scene->seen), true, text);
	seen = count_lines(text, columns - 2);
	return watch > seen ? watch : seen;
}

static void
draw_line(const struct app *app, struct area area, int line)
{
	const char *omission = screen_tier() == CANVAS_BRAILLE ? "…" : "...";
	char text[CAPTION_SIZE];
	const char *from;
	int rows, columns;
	size_t length;

	if (area.columns < 6)
		return;
	terminal_size(&rows, &columns);
	write_caption(app, caption(app), rows >= ROWS_MORE && !app->cuts_memory,
		text);
	from = skip_lines(text, line, area.columns - 2, &length);
	if (line < (rows < ROWS_MORE ? LINES_MIN : LINES_MAX) - 1 ||
		from[length] == '\0') {
		screen_print(area, 0, 1, ROLE_NORMAL, "%.*s", (int)length,
			from);
		return;
	}
	skip_lines(from, 0, area.columns - 5, &length);
	screen_print(area, 0, 1, ROLE_NORMAL, "%.*s%s", (int)length, from,
		omission);
}

static bool
shows_line_3(const struct app *app)
{
	return app->tour != NULL && caption_lines(app) >= 3;
}

static bool
shows_line_4(const struct app *app)
{
	return app->tour != NULL && caption_lines(app) >= LINES_MAX;
}

#define DRAW_LINE(name, line)                                    \
	static void name(const struct app *app, const void *own, \
		struct area area, char note[PANE_NOTE_SIZE])     \
	{                                                        \
		(void)own;                                       \
		(void)note;                                      \
		draw_line(app, area, line);                      \
	}

DRAW_LINE(draw_line_1, 0)
DRAW_LINE(draw_line_2, 1)
DRAW_LINE(draw_line_3, 2)
DRAW_LINE(draw_line_4, 3)

static bool
compares(const struct app *app)
{
	return app->tour != NULL && tour_scene(app)->part != NULL;
}

/* With few rows the comparison contains what was measured. */
static bool
shows_measurement(const struct app *app)
{
	int rows, columns;

	terminal_size(&rows, &columns);
	return app->tour != NULL && tour_scene(app)->measure != NULL &&
		(!compares(app) || rows >= ROWS_MORE);
}

static bool
prepare(struct app *app, void *own, double now)
{
	(void)own;
	(void)now;
	tour_prepare(app);
	return false;
}

static void
draw_measurement(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const char *text = tour_measured(app);
	bool is_of_both = tour_scene(app)->measure == tour_measure_memory;

	(void)own;
	(void)note;
	if (text != NULL && (!app->cuts_memory || is_of_both))
		screen_print(area, 0, 1, ROLE_MODEL, _("Measured: %s"), text);
}

static void
draw_comparison(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	char text[TOUR_COMPARISON_SIZE];

	(void)own;
	(void)note;
	tour_compare(app, text);
	screen_print(area, 0, 1, ROLE_MODEL, "%s", text);
}

static void
draw_keys(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct tour_key *keys = tour_scene(app)->keys;
	int column = screen_print(area, 0, 1, ROLE_NORMAL, _("Try:")) + 1;

	(void)own;
	(void)note;
	for (int i = 0; i < TOUR_KEYS && keys[i].action != NULL; i++) {
		const struct action *action = find_action(app, keys[i].action);
		const char *word = action != NULL && action->word != NULL
			? _(action->word(app))
			: _(keys[i].word);

		if (action != NULL && action_refusal(action, app) == NULL &&
			column + screen_width(action->shown) + 1 +
					screen_width(word) <=
				area.columns)
			column = print_key(area, column, action->shown, word);
	}
}

#define BAR(row_count, drawing)                                           \
	{                                                                 \
		.place = &(const struct pane_place){.screen_min.rows =    \
							    (row_count)}, \
		.is_shown = is_shown, .draw = (drawing),                  \
	}

/* Screens of few rows show the heading and the caption, or only the heading. */
const struct pane bar_tour_heading = {
	.place = &(const struct pane_place){.screen_min.rows = 0},
	.is_shown = is_shown,
	.prepare = prepare,
	.draw = draw_heading,
};
const struct pane bar_tour_line_1 = BAR(PANE_ROWS_LOW, draw_line_1);
const struct pane bar_tour_line_2 = BAR(PANE_ROWS_LOW, draw_line_2);
const struct pane bar_tour_line_3 = {
	.place = &(const struct pane_place){.screen_min.rows = ROWS_MORE},
	.is_shown = shows_line_3,
	.draw = draw_line_3,
};
const struct pane bar_tour_line_4 = {
	.place = &(const struct pane_place){.screen_min.rows = ROWS_MORE},
	.is_shown = shows_line_4,
	.draw = draw_line_4,
};
const struct pane bar_tour_measured = {
	.place = &(const struct pane_place){.screen_min.rows = ROWS_KEYS},
	.is_shown = shows_measurement,
	.draw = draw_measurement,
};
const struct pane bar_tour_compared = {
	.place = &(const struct pane_place){.screen_min.rows = ROWS_KEYS},
	.is_shown = compares,
	.draw = draw_comparison,
};
const struct pane bar_tour_keys = BAR(ROWS_KEYS, draw_keys);
