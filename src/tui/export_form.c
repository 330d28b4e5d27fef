/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/export_form.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/number.h"
#include "base/translate.h"
#include "export/export.h"
#include "tui/app.h"
#include "tui/completion.h"
#include "tui/input.h"
#include "tui/question.h"
#include "tui/screen.h"
#include "tui/text_line.h"

enum {
	/* on a smaller screen, one line with only the name */
	BOX_ROWS_MIN = 8,
	BOX_COLUMNS_MIN = 30,
	BOX_ROWS = 8,
	BOX_COLUMNS = 64,
	VALUE_COLUMN = 9
};

#define PAGE_SUFFIX ".html"

struct state {
	const struct exporter *exporter;
	char name[APP_NAME_SIZE];
	bool is_edited; /* the proposal was changed or accepted */
	struct completion completion;
};

/* The name of the model file, or one for a run without a file. */
static const char *
model_name(const struct app *app, char name[APP_NAME_SIZE])
{
	if (app->session->model != NULL)
		return app->session->model;
	snprintf(name, APP_NAME_SIZE, "%s.safetensors",
		run_task(app->session->run)->kind.name);
	return name;
}

/* Propose the name of the model with the suffix of the format. */
static void
propose(const struct app *app, struct state *state)
{
	char model[APP_NAME_SIZE];
	char *path =
		export_default_path(state->exporter, model_name(app, model));

	snprintf(state->name, sizeof state->name, "%s",
		path != NULL ? path : "");
	free(path);
}

/* Return the end of the name where the suffix of the format is, or its end. */
static char *
find_suffix(struct state *state)
{
	size_t length = strlen(state->name);
	size_t suffix = strlen(state->exporter->suffix);

	if (length > suffix &&
		strcmp(state->name + length - suffix,
			state->exporter->suffix) == 0)
		length -= suffix;
	return state->name + length;
}

/* Choose the next or the previous format; the name gets its suffix. */
static void
change_format(const struct app *app, struct state *state, int by)
{
	size_t count = kind_count(exporter_list), at = 0;
	char *suffix = find_suffix(state);

	while (exporter_list[at] != &state->exporter->kind)
		at++;
	at = (at + count + (size_t)by) % count;
	state->exporter = (const struct exporter *)exporter_list[at];
	state->completion.count = 0;
	if (!state->is_edited)
		propose(app, state);
	else
		snprintf(suffix,
			sizeof state->name - (size_t)(suffix - state->name),
			"%s", state->exporter->suffix);
}

/* After a change of the name: its suffix decides the format. */
static void
follow_name(struct state *state)
{
	const struct exporter *exporter = exporter_of_path(state->name);

	state->is_edited = true;
	if (exporter != NULL)
		state->exporter = exporter;
}

/* Say what was written, and the note of the exporter. */
static void
report(struct app *app, const struct export_job *job)
{
	const struct export_job_result *result = &job->result;
	bool is_page = strcmp(job->exporter->suffix, PAGE_SUFFIX) == 0;
	char number[NUMBER_TEXT_SIZE];

	if (!result->is_good) {
		app_say(app, ROLE_WARNING, "%s", result->text);
		return;
	}
	if (is_page && realpath(job->name, app->page) == NULL)
		app->page[0] = '\0';
	number_grouped(number, result->size);
	if (result->text[0] != '\0')
		app_say(app, ROLE_WARNING, "exported %.200s: %s bytes; %s",
			job->name, number, result->text);
	else if (is_page)
		app_say(app, ROLE_NORMAL,
			"exported %.200s: %s bytes; o says how to open it",
			job->name, number);
	else
		app_say(app, ROLE_NORMAL, "exported %.200s: %s bytes",
			job->name, number);
}

bool
export_form_follow(struct app *app, bool waits)
{
	if (!export_job_has_ended(&app->export_job, waits))
		return false;
	report(app, &app->export_job);
	return true;
}

static void
start(struct app *app)
{
	const struct state *state =
		overlay_state(&app->overlays, &export_form_overlay);
	const struct exporter *exporter = state->exporter;
	char model[APP_NAME_SIZE], name[APP_NAME_SIZE];
	struct error error;

	snprintf(name, sizeof name, "%s", state->name);
	/* one after the other */
	export_form_follow(app, true);
	app->export_format = exporter;
	overlay_close(&app->overlays);
	app_say(app, ROLE_NORMAL, "exporting %s", name);
	if (!export_job_start(&app->export_job, exporter, app->session->run,
		    model_name(app, model), name, &error))
		app_say(app, ROLE_WARNING, "%s", error.text);
}

/* Ask before anything is replaced. */
static void
start_or_ask(struct app *app, const struct state *state)
{
	static const struct question question = {N_("Replace the file?"),
		{{'y', N_("replace"), start}, {'n', N_("keep"), NULL}}};
	char model[APP_NAME_SIZE];
	struct stat status;
	struct error error;

	if (!export_check_out(model_name(app, model), state->name, &error) ||
		!session_check_output(app->session, state->name, &error))
		app_say(app, ROLE_WARNING, "%s", error.text);
	else if (lstat(state->name, &status) == 0)
		question_ask(app, &question, "%.900s", state->name);
	else
		start(app);
}

static void
accept(struct app *app, const struct state *state)
{
	if (state->name[0] != '\0') {
		start_or_ask(app, state);
		return;
	}
	overlay_close(&app->overlays);
	app_say(app, ROLE_NORMAL, "not exported");
}

static void
type(struct state *state, int key)
{
	if (!state->is_edited)
		state->name[0] = '\0';
	text_line_type(state->name, sizeof state->name, key);
	follow_name(state);
}

static void
take_key(struct app *app, void *own, int key)
{
	struct state *state = own;

	if (key != '\t')
		state->completion.count = 0;
	switch (key) {
	case INPUT_ESCAPE:
		overlay_close(&app->overlays);
		break;
	case INPUT_ENTER:
	case '\n':
		accept(app, state);
		break;
	case INPUT_LEFT:
	case INPUT_UP:
	case INPUT_RIGHT:
	case INPUT_DOWN:
		change_format(app, state,
			key == INPUT_LEFT || key == INPUT_UP ? -1 : 1);
		break;
	case INPUT_BACKSPACE:
		text_line_erase(state->name);
		follow_name(state);
		break;
	case INPUT_CONTROL_U:
		state->name[0] = '\0';
		state->is_edited = true;
		break;
	case '\t':
		completion_extend(&state->completion, state->name,
			sizeof state->name);
		follow_name(state);
		break;
	default:
		if (key >= ' ')
			type(state, key);
	}
}

static void
draw_name(const struct state *state, struct area area, int row, int column)
{
	column = screen_print(area, row, column,
		state->is_edited ? ROLE_BRIGHT : ROLE_SELECTED, "%s",
		text_line_end(state->name, area.columns - column - 1));
	screen_print(area, row, column, ROLE_MODEL, "%s",
		screen_signs()->cursor);
}

/* The names that fit what was completed, or how to use the keys. */
static void
draw_hint(const struct state *state, struct area area, int row)
{
	const char *name = state->completion.names;
	int column = 1;

	if (state->completion.count < 2) {
		screen_print(area, row, 1, ROLE_DIM,
			_("Left and Right change the format, Tab completes"));
		return;
	}
	for (size_t i = 0; i < state->completion.listed; i++) {
		column = screen_print(area, row, column, ROLE_NORMAL, "%s  ",
			name);
		name += strlen(name) + 1;
	}
}

static void
draw(const struct app *app, const void *own, int rows, int columns)
{
	const struct screen_signs *signs = screen_signs();
	const struct state *state = own;
	struct area area;
	int column;

	(void)app;
	if (rows < BOX_ROWS_MIN || columns < BOX_COLUMNS_MIN) {
		area = overlay_area(rows, columns, 1, columns);
		draw_name(state, area, 0, 0);
		return;
	}
	area = overlay_area(rows, columns, BOX_ROWS, BOX_COLUMNS);
	area = screen_box(area, ROLE_WARNING, _("Export"), NULL);
	screen_print(area, 0, 1, ROLE_NORMAL, _("Format"));
	column = screen_print(area, 0, VALUE_COLUMN, ROLE_DIM, "%s ",
		signs->less);
	column = screen_print(area, 0, column, ROLE_MODEL, "%s",
		state->exporter->kind.name);
	screen_print(area, 0, column, ROLE_DIM, " %s", signs->more);
	screen_print(area, 1, VALUE_COLUMN + 2, ROLE_DIM, "%s",
		_(state->exporter->kind.summary));
	screen_print(area, 2, 1, ROLE_NORMAL, "%s",
		state->exporter->is_folder ? _("Folder") : _("File"));
	draw_name(state, area, 2, VALUE_COLUMN + 2);
	draw_hint(state, area, 4);
	screen_print(area, 5, 1, ROLE_DIM, _("Enter exports, Esc cancels"));
}

void
export_form_open(struct app *app)
{
	struct state *state =
		overlay_open(&app->overlays, &export_form_overlay);

	state->exporter = app->export_format != NULL
		? app->export_format
		: (const struct exporter *)exporter_list[0];
	propose(app, state);
}

static const struct overlay_keys bar[] = {
	{"Left Right", N_("format")},
	{"Enter", N_("export")},
	{"Esc", N_("cancel")},
	{NULL, NULL},
};

const struct overlay export_form_overlay = {
	.keys = bar,
	.takes_text = true,
	.state_size = sizeof(struct state),
	.key = take_key,
	.draw = draw,
};

_Static_assert(sizeof(struct state) <= OVERLAY_STATE_SIZE,
	"an entry of the overlay stack has room for the form");
