/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/panes.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "draw/gauge.h"
#include "tui/keys.h"
#include "tui/overlay.h"
#include "tui/terminal.h"

#define LOSS_FIXED_LIMIT 1e7

char *
pane_format_loss(char *text, size_t size, double loss)
{
	char number[NUMBER_TEXT_SIZE] = "-";
	int decimals = 4;

	/* six significant digits at least, so that a plateau still moves */
	for (double limit = 100; decimals > 0 && fabs(loss) >= limit;
		limit *= 10)
		decimals--;
	if (!isnan(loss) && fabs(loss) < LOSS_FIXED_LIMIT)
		number_fixed(number, loss, decimals);
	else if (!isnan(loss))
		snprintf(number, sizeof number, "%.6g", loss);
	snprintf(text, size, "%-6s", number);
	return text;
}

static const char *
state_text(const struct app *app)
{
	const struct screen_signs *signs = screen_signs();

	if (app_is_finished(app))
		return signs->finished;
	if (app_is_training(app))
		return signs->running;
	return app->is_running ? signs->waiting : signs->paused;
}

/* Print where it fits whole: half a number would be another number. */
static int
print_whole(struct area area, int column, enum screen_role role,
	const char *text)
{
	if (column + screen_width(text) > area.columns)
		return area.columns;
	return screen_print(area, 0, column, role, "%s", text);
}

/* What is trained, and the state; with the progress where is_alone. */
static void
bar_title_draw(const struct app *app, struct area area, bool is_alone)
{
	const struct run *run = app->session->run;
	const struct model *model = run_model(run);
	const char *state = state_text(app);
	const char *separator = screen_signs()->separator;
	size_t learning = run_learning_parameters(run);
	char architecture[512], number[NUMBER_TEXT_SIZE], text[600];
	struct area left = area;
	int column = 1;

	left.columns -= screen_width(state) + 2;
	if (is_alone) {
		struct gauge_line line;

		gauge_lay(&line,
			&(struct gauge){run_updates(run),
				run_settings(run)->target, NAN, NAN, NAN},
			left.columns);
		column = screen_print(left, 0, 0, ROLE_BRIGHT, "%s",
				 line.field[GAUGE_COUNT].text) +
			2;
		pane_format_loss(text, sizeof text,
			history_average(run_history(run)));
		if (column + 5 + screen_width(text) <= left.columns) {
			column = screen_print(left, 0, column, ROLE_DIM,
				"loss ");
			screen_print(left, 0, column, ROLE_MODEL, "%s", text);
		}
	} else {
		column =
			screen_print(left, 0, column, ROLE_BRIGHT, "lstmtui  ");
		column = screen_print(left, 0, column, ROLE_NORMAL, "%s",
			task_name(run_settings(run)->task));
		snprintf(text, sizeof text, " %s %s", separator,
			settings_architecture(run_settings(run),
				model->shape.outputs,
				screen_tier() == CANVAS_BRAILLE, architecture,
				sizeof architecture));
		column = print_whole(left, column, ROLE_NORMAL, text);
		snprintf(text, sizeof text, " %s %s parameters", separator,
			number_grouped(number, model->parameters.total));
		column = print_whole(left, column, ROLE_DIM, text);
		snprintf(text, sizeof text, ", %s learning",
			number_grouped(number, learning));
		if (learning < model->parameters.total)
			print_whole(left, column, ROLE_DIM, text);
	}
	screen_print(area, 0, area.columns - screen_width(state) - 1,
		app->has_diverged              ? ROLE_WARNING
			: app_is_training(app) ? ROLE_MODEL
					       : ROLE_BRIGHT,
		"%s", state);
}

/*
 * The last message, or the count being typed. What is wrong with a file is said
 * after its name, which may be long: the end of it is shown.
 */
static void
bar_message_draw(const struct app *app, struct area area)
{
	bool is_warning = app->message_role == ROLE_WARNING;

	if (app->count > 0)
		screen_print(area, 0, 1, ROLE_BRIGHT, "%llu",
			(unsigned long long)app->count);
	else
		screen_print(area, 0, 1, app->message_role, "%s",
			is_warning ? overlay_visible_end(app->message,
					     area.columns - 1)
				   : app->message);
}

/* The keys, as many as fit. */
static void
bar_keys_draw(const struct app *app, struct area area)
{
	size_t count;
	const struct key_binding *binding = key_bindings(&count);
	/* film strips are of shapes, temperatures of texts */
	void (*others)(struct app * app, uint64_t count) =
		app_is_text(app) ? app_toggle_film : app_warmer;
	int column = 1;

	for (size_t i = 0; i < count; i++) {
		const char *keys = binding[i].bar_keys;
		const char *word = binding[i].bar_word;

		if (keys == NULL || binding[i].act == others)
			continue;
		/* one key that does two things says which */
		if (binding[i].act == app_toggle_running && !app->is_running)
			word = "run";
		if (column + (int)strlen(keys) + (int)strlen(word) + 1 >
			area.columns)
			break;
		column = screen_print(area, 0, column, ROLE_BRIGHT, "%s", keys);
		column = screen_print(area, 0, column + 1, ROLE_DIM, "%s",
				 word) +
			2;
	}
}

void
panes_draw(const struct app *app)
{
	struct layout layout;
	int rows, columns;

	terminal_size(&rows, &columns);
	layout = layout_compute(rows, columns, app->zoom);
	screen_begin();
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
	overlay_draw(app, rows, columns);
	screen_end();
}
