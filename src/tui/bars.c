/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/panes.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "draw/gauge.h"
#include "tui/action.h"
#include "tui/text_line.h"

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
void
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
			run_settings(run)->task->kind.name);
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
void
bar_message_draw(const struct app *app, struct area area)
{
	bool is_warning = app->message_role == ROLE_WARNING;

	if (app->count > 0)
		screen_print(area, 0, 1, ROLE_BRIGHT, "%llu",
			(unsigned long long)app->count);
	else
		screen_print(area, 0, 1, app->message_role, "%s",
			is_warning
				? text_line_end(app->message, area.columns - 1)
				: app->message);
}

/* The keys that have an effect, as many as fit. */
void
bar_keys_draw(const struct app *app, struct area area)
{
	int column = 1;

	for (size_t i = 0; app->actions[i] != NULL; i++) {
		const struct action *action = app->actions[i];
		const char *keys = action->bar_keys, *word = action->bar_word;

		if (keys == NULL ||
			(action->refuse != NULL && action->refuse(app) != NULL))
			continue;
		if (action->word != NULL)
			word = action->word(app);
		if (column + (int)strlen(keys) + (int)strlen(word) + 1 >
			area.columns)
			break;
		column = screen_print(area, 0, column, ROLE_BRIGHT, "%s", keys);
		column = screen_print(area, 0, column + 1, ROLE_DIM, "%s",
				 word) +
			2;
	}
}
