/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The film strip: the shapes of the snapshots, oldest first, followed by the
 * current shape. On a large screen it is a pane of its own; the key f shows it
 * in place of the pane of the current shape.
 */
#include <stdio.h>

#include "base/number.h"
#include "base/translate.h"
#include "tui/actions.h"
#include "tui/app.h"
#include "tui/pane_details.h"
#include "tui/pane_shape.h"
#include "tui/panes.h"
#include "tui/screen.h"
#include "tui/shape_planes.h"

enum { FRAME_ROWS_MIN = 3, FRAME_COLUMNS_MIN = 8 };

static size_t
count_frames(const struct app *app)
{
	return run_snapshots(app->session->run)->count + 1;
}

/* Choose the frames per row that make the frames largest. */
static int
choose_across(const struct app *app, struct area area)
{
	int frames = (int)count_frames(app), best = 1, max = 0;

	for (int across = 1; across <= frames; across++) {
		int rows = (frames + across - 1) / across;
		int width = area.columns / across, height = area.rows / rows;
		/* cells are about 1:2; one row is the label */
		int size = width < 2 * (height - 1) ? width : 2 * (height - 1);

		if (size > max) {
			max = size;
			best = across;
		}
	}
	return best;
}

static void
draw_frame(const struct app *app, struct area area, uint64_t update,
	const float *points, bool is_now)
{
	const struct run *run = app->session->run;
	struct canvas *canvas;
	struct shape_planes planes;
	char number[NUMBER_TEXT_SIZE];

	area.column++;
	area.columns--;
	screen_print(area, 0, 0, is_now ? ROLE_MODEL : ROLE_DIM, "%s",
		is_now ? _("now") : number_grouped(number, update));
	area.row++;
	area.rows--;
	area.columns--; /* gap to the next frame */
	canvas = screen_canvas(area.rows, area.columns);
	if (canvas == NULL)
		return;
	/* all have the scale of the data, so that their sizes compare; the
	 * first drawings may leave it */
	planes = shape_planes_begin(&app->shape, app->shape.range, canvas,
		false);
	shape_planes_draw(&planes, CANVAS_MODEL, run_length(run), points,
		run_task(run)->is_closed);
	screen_draw_canvas(area, canvas);
}

static void
draw(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct snapshots *snapshots = run_snapshots(app->session->run);
	int frames = (int)count_frames(app); /* at least 1 */
	int across = choose_across(app, area);
	int rows = 1 + (frames - 1) / across, first = 0;
	/* at least 1 row: NOLINTNEXTLINE(clang-analyzer-core.DivideZero) */
	int height = area.rows / rows, width = area.columns / across;

	(void)own;
	snprintf(note, PANE_NOTE_SIZE,
		app->view.shows_film ? _("film strip") : _("drawn at update"));
	if (height < FRAME_ROWS_MIN || width < FRAME_COLUMNS_MIN) {
		/* show the newest frames, as many as fit */
		height =
			area.rows < FRAME_ROWS_MIN ? area.rows : FRAME_ROWS_MIN;
		across = area.columns / FRAME_COLUMNS_MIN;
		across = across < 1 ? 1 : across;
		width = area.columns / across;
		rows = area.rows / height;
		first = frames > rows * across ? frames - rows * across : 0;
	}
	for (int i = first; i < frames; i++) {
		struct area frame = {area.row + (i - first) / across * height,
			area.column + (i - first) % across * width, height,
			width};
		bool is_now = i + 1 == frames;

		draw_frame(app, frame, is_now ? 0 : snapshots->at[i].update,
			is_now ? app->shape.points
			       : snapshots_points(snapshots, (size_t)i),
			is_now);
	}
}

static bool
prepare(struct app *app, void *own, double now)
{
	bool is_drawing =
		live_shape_update(&app->shape, now, app->is_running, false);

	(void)own;
	pane_shape_hold(app);
	return is_drawing;
}

static bool
is_shown(const struct app *app)
{
	return !app_is_text(app) && app->view.shows_film;
}

const struct pane pane_film = {
	.title = N_("Generated"),
	.help = N_("the shapes generated at the snapshots, and now."),
	.explanation = N_(
		"The shapes that the network drew itself at the snapshots, "
		"each with its update, and last the shape that it draws now. "
		"All have the scale of the data; what is beyond it is cut. "
		"f shows the single shape again."),
	.place = &pane_shape_place,
	.is_shown = is_shown,
	.prepare = prepare,
	.draw = draw,
};

const struct pane pane_strip = {
	.title = N_("Film"),
	.help = N_("the shapes generated at the snapshots, and now."),
	.explanation = N_(
		"The shapes that the network drew itself at the snapshots, "
		"each with its update, and last the shape that it draws now. "
		"All have the scale of the data; what is beyond it is cut."),
	.place = &pane_details_film,
	.is_shown = pane_shape_is_shape,
	.prepare = prepare,
	.draw = draw,
};

static void
toggle_film(struct app *app, uint64_t count)
{
	(void)count;
	app->view.shows_film = !app->view.shows_film;
	if (app->view.shows_film &&
		run_snapshots(app->session->run)->count == 0)
		app_say(app, ROLE_NORMAL, "no snapshots yet; see --snapshots");
}

const struct action action_film = {
	.name = "film",
	.key = {'f'},
	.shown = "f",
	.help = N_("show or hide the film strip of the snapshots"),
	.bar_keys = "f",
	.bar_word = N_("film"),
	.act = toggle_film,
};
