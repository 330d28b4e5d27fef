/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The film of a text: a list of what the network wrote at the snapshots, oldest
 * first, followed by the end of what it writes now. On a large screen it is a
 * pane of its own; the key f shows it in place of the generated text.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "tui/app.h"
#include "tui/pane_details.h"
#include "tui/pane_shape.h"
#include "tui/panes.h"
#include "tui/screen.h"
#include "tui/step_text.h"

enum {
	/* columns of the update and of the loss */
	UPDATE_COLUMNS = 10,
	LOSS_COLUMNS = 7,
	/* from this width on they are beside the text, otherwise above it */
	WIDE_COLUMNS = 50,
	TEXT_ROWS_MAX = 4
};

/* What the wheel changes: frames hidden below the last row. */
struct scroll {
	size_t back;
};

/* The frames of the film and how many have room. */
struct reel {
	bool is_wide;
	int rows; /* of a frame */
	size_t frames, shown, first;
};

static struct reel
measure(const struct app *app, const struct scroll *scroll, struct area area)
{
	struct reel reel = {
		.is_wide = area.columns >= WIDE_COLUMNS,
		.frames = run_snapshots(app->session->run)->count + 1,
	};
	int label = !reel.is_wide, head = reel.is_wide;
	int room = area.rows - head;
	int text = room / (int)reel.frames - label;
	size_t back = scroll->back, hidden;

	text = text < 1 ? 1 : text > TEXT_ROWS_MAX ? TEXT_ROWS_MAX : text;
	reel.rows = label + text;
	reel.shown = room > reel.rows ? (size_t)(room / reel.rows) : 1;
	if (reel.shown > reel.frames)
		reel.shown = reel.frames;
	hidden = reel.frames - reel.shown;
	reel.first = back < hidden ? hidden - back : 0;
	return reel;
}

/* Write a token as it is shown: a space as itself, a line end as a sign. */
static int
write_token(const struct app *app, uint32_t token, char text[STEP_TEXT_SIZE])
{
	const struct vocabulary *vocabulary = run_vocabulary(app->session->run);

	if (vocabulary_is_word(vocabulary, token))
		text_encode(vocabulary, token, text);
	else if (vocabulary->character[token] == ' ')
		snprintf(text, STEP_TEXT_SIZE, " ");
	else
		step_text_sign(text, app, token, 2);
	return screen_width(text);
}

/*
 * Lay tokens out in rows of the area, and print those that fit unless role is
 * negative. Return the number of rows.
 */
static int
lay_out_tokens(const struct app *app, struct area area, int role,
	const uint32_t *token, size_t count)
{
	int row = 0, column = 0;

	if (area.columns < 2)
		return 0;
	for (size_t i = 0; i < count; i++) {
		char text[STEP_TEXT_SIZE];
		int width = write_token(app, token[i], text);

		if (column > 0 && column + width > area.columns) {
			column = 0;
			row++;
		}
		if (role >= 0 && row >= area.rows)
			break;
		if (role >= 0)
			screen_print(area, row, column, (enum screen_role)role,
				"%s", text);
		column += width;
	}
	return row + 1;
}

static void
draw_tokens(const struct app *app, struct area area, enum screen_role role,
	const uint32_t *token, size_t count)
{
	lay_out_tokens(app, area, (int)role, token, count);
}

/* The end of the live text that fits into the cells. */
static void
draw_now(const struct app *app, struct area area)
{
	const struct live_text *live = &app->text;
	size_t cells = (size_t)area.rows * (size_t)area.columns;
	size_t count = live->recents < cells ? live->recents : cells;
	const uint32_t *end = live->recent + live->recents;

	/* words are wider than a cell */
	while (run_vocabulary(live->run)->words.count > 0 && count > 1 &&
		lay_out_tokens(app, area, -1, end - count, count) > area.rows)
		count -= 1 + count / 16;
	draw_tokens(app, area, ROLE_MODEL, end - count, count);
}

/* Print update and loss of a snapshot; index beyond the last: now. */
static void
draw_label(const struct app *app, const struct reel *reel, struct area area,
	size_t index)
{
	const struct run *run = app->session->run;
	const struct snapshots *snapshots = run_snapshots(run);
	bool is_now = index == snapshots->count;
	enum screen_role role = is_now ? ROLE_MODEL : ROLE_DIM;
	double loss = is_now ? history_average(run_history(run))
			     : snapshots->at[index].average;
	char update[NUMBER_TEXT_SIZE], number[NUMBER_TEXT_SIZE];

	snprintf(update, sizeof update, "%s", _("now"));
	if (!is_now)
		number_grouped(update, snapshots->at[index].update);
	number_fixed(number, loss, 2);
	if (!isfinite(loss))
		snprintf(number, sizeof number, "-");
	if (reel->is_wide)
		screen_print(area, 0, 1, role, "%*s%s %*s",
			utf8_padding(update, UPDATE_COLUMNS), "", update,
			LOSS_COLUMNS, number);
	else
		screen_print(area, 0, 1, role, _("%s %s loss %s"), update,
			screen_signs()->separator, number);
}

static void
draw_frame(const struct app *app, const struct reel *reel, struct area area,
	size_t index)
{
	const struct snapshots *snapshots = run_snapshots(app->session->run);
	int left = reel->is_wide ? UPDATE_COLUMNS + LOSS_COLUMNS + 4 : 1;

	draw_label(app, reel, area, index);
	area.column += left;
	area.columns -= left + 1;
	area.row += !reel->is_wide;
	area.rows -= !reel->is_wide;
	if (index == snapshots->count)
		draw_now(app, area);
	else
		draw_tokens(app, area, ROLE_NORMAL,
			snapshots_tokens(snapshots, index), snapshots->size);
}

static void
draw(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	struct reel reel = measure(app, own, area);
	int row = 0;

	if (reel.is_wide)
		screen_print(area, row++, 1, ROLE_DIM, "%*s%s %*s%s  %s",
			utf8_padding(_("update"), UPDATE_COLUMNS), "",
			_("update"), utf8_padding(_("loss"), LOSS_COLUMNS), "",
			_("loss"), _("what it wrote"));
	if (reel.shown < reel.frames)
		snprintf(note, PANE_NOTE_SIZE, _("%zu-%zu of %zu"),
			reel.first + 1, reel.first + reel.shown, reel.frames);
	else
		snprintf(note, PANE_NOTE_SIZE,
			app->view.shows_film ? _("film strip")
					     : _("written at update"));
	for (size_t i = 0; i < reel.shown; i++) {
		struct area frame = {area.row + row, area.column,
			area.rows - row < reel.rows ? area.rows - row
						    : reel.rows,
			area.columns};

		draw_frame(app, &reel, frame, reel.first + i);
		row += reel.rows;
	}
}

/* Scroll by frames or by pages, and never beyond the first or the last. */
static void
turn(struct app *app, const struct pane *pane, struct area area, int by,
	bool by_page)
{
	struct scroll *scroll = app_pane_state(app, pane);
	struct reel reel = measure(app, scroll, area);
	size_t hidden = reel.frames - reel.shown;
	size_t frames = by_page ? reel.shown : 1;

	/* the film may have become longer or the pane larger */
	scroll->back = hidden - reel.first;
	if (by < 0)
		scroll->back += frames < reel.first ? frames : reel.first;
	else
		scroll->back -= frames < scroll->back ? frames : scroll->back;
}

static bool
prepare(struct app *app, void *own, double now)
{
	(void)own;
	(void)now;
	live_text_update(&app->text);
	return false;
}

static void
turn_film(struct app *app, struct area area, int by)
{
	turn(app, &pane_text_film, area, by, false);
}

static void
turn_film_page(struct app *app, struct area area, int by)
{
	turn(app, &pane_text_film, area, by, true);
}

static bool
is_shown(const struct app *app)
{
	return app_is_text(app) && app->view.shows_film;
}

const struct pane pane_text_film = {
	.title = N_("Generated"),
	.help = N_("the texts written at the snapshots, and now."),
	.explanation = N_(
		"What the network wrote at the snapshots, each with its update "
		"and the average loss then, and last what it writes now. Each "
		"begins in the same way, from zero state and with the same "
		"random numbers. The wheel, PgUp and PgDn scroll, f shows the "
		"text again."),
	.place = &pane_shape_place,
	.is_shown = is_shown,
	.state_size = sizeof(struct scroll),
	.prepare = prepare,
	.draw = draw,
	.wheel = turn_film,
	.page = turn_film_page,
};

static void
turn_strip(struct app *app, struct area area, int by)
{
	turn(app, &pane_text_strip, area, by, false);
}

static void
turn_strip_page(struct app *app, struct area area, int by)
{
	turn(app, &pane_text_strip, area, by, true);
}

const struct pane pane_text_strip = {
	.title = N_("Film"),
	.help = N_("the texts written at the snapshots, and now."),
	.explanation = N_(
		"What the network wrote at the snapshots, each with its update "
		"and the average loss then, and last what it writes now. The "
		"wheel scrolls, and PgUp and PgDn when it is enlarged."),
	.place = &pane_details_film,
	.is_shown = pane_shape_is_text,
	.state_size = sizeof(struct scroll),
	.prepare = prepare,
	.draw = draw,
	.wheel = turn_strip,
	.page = turn_strip_page,
};
