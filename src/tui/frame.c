/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/frame.h"

#include "tui/app.h"
#include "tui/panes.h"
#include "tui/terminal.h"

static void
draw_panes(const struct app *app, int rows, int columns)
{
	struct layout layout = layout_compute(rows, columns, app->view.zoom);

	if (layout.notice.rows > 0)
		screen_print(layout.notice, 0, 0, ROLE_NORMAL,
			"too small; q quits");
	if (layout.title.rows > 0)
		bar_title_draw(app, layout.title, layout.keys.rows == 0);
	if (layout.loss.rows > 0)
		pane_loss_draw(app, layout.loss, layout.has_boxes);
	if (layout.generated.rows > 0)
		pane_generated_draw(app, layout.generated, layout.has_boxes);
	if (layout.training.rows > 0)
		pane_training_draw(app, layout.training,
			layout.training_has_box);
	if (layout.message.rows > 0)
		bar_message_draw(app, layout.message);
	if (layout.keys.rows > 0)
		bar_keys_draw(app, layout.keys);
}

void
frame_draw(const struct app *app)
{
	int rows, columns;

	terminal_size(&rows, &columns);
	screen_begin();
	draw_panes(app, rows, columns);
	overlay_draw(&app->overlays, app, rows, columns);
	screen_end();
}

void
frame_draw_panes(const struct app *app)
{
	int rows, columns;

	terminal_size(&rows, &columns);
	screen_begin();
	draw_panes(app, rows, columns);
	screen_end();
}
