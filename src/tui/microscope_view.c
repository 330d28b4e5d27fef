/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside view of a text: its panes and its keys. Enter shows the panes of
 * the inside view (tui/inside_view.c), Esc there returns to the text.
 */
#include <stdio.h>

#include "tui/actions.h"
#include "tui/app.h"
#include "tui/input.h"
#include "tui/inside_panes.h"
#include "tui/microscope.h"
#include "tui/microscope_panes.h"
#include "tui/panes.h"
#include "tui/prompt.h"
#include "tui/view.h"

static bool
is_current(const struct app *app)
{
	return app->current == &view_microscope;
}

/* The count that was typed, or one. */
static size_t
distance(uint64_t count)
{
	return count > 0 ? (size_t)count : 1;
}

static size_t
less(size_t at, size_t by)
{
	return at > by ? at - by : 0;
}

static void
go_left(struct app *app, uint64_t count)
{
	struct microscope *microscope = microscope_of(app);

	microscope_go_to(microscope, less(microscope->at, distance(count)));
}

static const struct action action_left = {
	.name = "character-before",
	.key = {INPUT_LEFT, 'h'},
	.shown = "Left",
	.help = "go to the character before (also h)",
	.bar_keys = "Left Right",
	.bar_word = "character",
	.leads = is_current,
	.act = go_left,
};

static void
go_right(struct app *app, uint64_t count)
{
	struct microscope *microscope = microscope_of(app);

	microscope_go_to(microscope, microscope->at + distance(count));
}

const struct action microscope_right = {
	.name = "character-after",
	.key = {INPUT_RIGHT, 'l'},
	.shown = "Right",
	.help = "go to the next character (also l)",
	.act = go_right,
};

static void
go_up(struct app *app, uint64_t count)
{
	struct microscope *microscope = microscope_of(app);

	microscope_select(microscope,
		less(microscope_rank(microscope), distance(count)));
}

static const struct action action_up = {
	.name = "telling-more",
	.key = {INPUT_UP, 'k'},
	.shown = "Up",
	.help = "go to the unit that tells more of the text (also k)",
	.bar_keys = "Up Down",
	.bar_word = "unit",
	.leads = is_current,
	.act = go_up,
};

static void
go_down(struct app *app, uint64_t count)
{
	struct microscope *microscope = microscope_of(app);

	microscope_select(microscope,
		microscope_rank(microscope) + distance(count));
}

const struct action microscope_down = {
	.name = "telling-less",
	.key = {INPUT_DOWN, 'j'},
	.shown = "Down",
	.help = "go to the unit that tells less of the text (also j)",
	.act = go_down,
};

static void
go_page_up(struct app *app, uint64_t count)
{
	(void)count;
	microscope_text_page(app, microscope_of(app), -1);
}

static const struct action action_page_up = {
	.name = "text-back",
	.key = {INPUT_PAGE_UP},
	.shown = "PgUp",
	.help = "go back a page of the text",
	.act = go_page_up,
};

static void
go_page_down(struct app *app, uint64_t count)
{
	(void)count;
	microscope_text_page(app, microscope_of(app), 1);
}

static const struct action action_page_down = {
	.name = "text-on",
	.key = {INPUT_PAGE_DOWN},
	.shown = "PgDn",
	.help = "go on a page of the text",
	.act = go_page_down,
};

static void
go_home(struct app *app, uint64_t count)
{
	(void)count;
	microscope_go_to(microscope_of(app), 0);
}

static const struct action action_home = {
	.name = "text-start",
	.key = {INPUT_HOME},
	.shown = "Home",
	.help = "go to the start of the text",
	.act = go_home,
};

static void
go_end(struct app *app, uint64_t count)
{
	(void)count;
	microscope_go_to(microscope_of(app), SIZE_MAX);
}

static const struct action action_end = {
	.name = "text-end",
	.key = {INPUT_END},
	.shown = "End",
	.help = "go to the end of the text: what comes next",
	.act = go_end,
};

static const char *
refuse_layer(const struct app *app)
{
	return run_model(app->session->run)->shape.layers > 1
		? NULL
		: "the model has one layer";
}

static void
next_layer(struct app *app, uint64_t count)
{
	struct microscope *microscope = microscope_of(app);
	const struct microscope_result *result = microscope_result(microscope);

	(void)count;
	if (result == NULL)
		return;
	microscope->layer =
		(microscope->layer + 1) % result->inspection.model.shape.layers;
	microscope->unit = result->unit[microscope->layer][0].number;
}

static const struct action action_layer = {
	.name = "text-layer",
	.key = {'\t'},
	.shown = "Tab",
	.help = "go to the next layer",
	.bar_keys = "Tab",
	.bar_word = "layer",
	.leads = is_current,
	.refuse = refuse_layer,
	.act = next_layer,
};

static void
show_gates(struct app *app, uint64_t count)
{
	(void)count;
	app_show_view(app, &view_inside);
}

const struct action microscope_gates = {
	.name = "gates",
	.key = {INPUT_ENTER},
	.shown = "Enter",
	.help = "show gates, weights and gradient, step by step",
	.bar_keys = "Enter",
	.bar_word = "gates",
	.leads = is_current,
	.act = show_gates,
};

static const char *
source_word(const struct app *app)
{
	switch (microscope_next_source(microscope_of(app))) {
	case MICROSCOPE_OWN:
		return "own text";
	case MICROSCOPE_FILE:
		return "file";
	case MICROSCOPE_TYPED:
		return "typed";
	default:
		return text_excerpt_is_validation(app->session->run)
			? "validation"
			: "training text";
	}
}

static void
next_source(struct app *app, uint64_t count)
{
	struct microscope *microscope = microscope_of(app);

	(void)count;
	microscope_look_at(microscope, microscope_next_source(microscope));
}

static const struct action action_source = {
	.name = "next-text",
	.key = {'o'},
	.shown = "o",
	.help = "look at the model's own text, or at another one again",
	.bar_keys = "o",
	.bar_word = "own text",
	.leads = is_current,
	.word = source_word,
	.act = next_source,
};

/* Look at the typed text, or at the file, if it can be read. */
static void
take_given(struct app *app, char given[MICROSCOPE_GIVEN_SIZE],
	const char *typed, enum microscope_source source, bool is_good,
	const struct error *error)
{
	if (!is_good) {
		app_say(app, ROLE_WARNING, "%s", error->text);
		return;
	}
	snprintf(given, MICROSCOPE_GIVEN_SIZE, "%s", typed);
	microscope_look_at(microscope_of(app), source);
}

static void
take_text(struct app *app, const char *typed)
{
	struct text_excerpt excerpt;
	struct error error;
	bool good = text_excerpt_of_string(&excerpt, app->session->run, typed,
		MICROSCOPE_MAX, &error);

	text_excerpt_destroy(&excerpt);
	take_given(app, microscope_of(app)->typed, typed, MICROSCOPE_TYPED,
		good, &error);
}

static void
ask_text(struct app *app, uint64_t count)
{
	static const struct prompt prompt = {"Text to read",
		"The network reads:", take_text, false};

	(void)count;
	prompt_open(app, &prompt, microscope_of(app)->typed);
}

const struct action microscope_prime = {
	.name = "prime",
	.key = {'p'},
	.shown = "p",
	.help = "type a text for the network to read",
	.bar_keys = "p",
	.bar_word = "type",
	.leads = is_current,
	.act = ask_text,
};

static void
take_file(struct app *app, const char *typed)
{
	struct text_excerpt excerpt;
	struct error error;
	bool good = text_excerpt_of_file(&excerpt, app->session->run, typed,
		MICROSCOPE_MAX, &error);

	text_excerpt_destroy(&excerpt);
	take_given(app, microscope_of(app)->path, typed, MICROSCOPE_FILE, good,
		&error);
}

static void
ask_file(struct app *app, uint64_t count)
{
	static const struct prompt prompt = {"File to look at",
		"File name (Tab completes it):", take_file, true};

	(void)count;
	prompt_open(app, &prompt, microscope_of(app)->path);
}

static const struct action action_file = {
	.name = "text-file",
	.key = {'f'},
	.shown = "f",
	.help = "look at the beginning of a file",
	.bar_keys = "f",
	.bar_word = "file",
	.leads = is_current,
	.act = ask_file,
};

static const struct pane *const panes[] = {
	&microscope_title,
	&microscope_text,
	&microscope_units,
	&microscope_expected,
	&microscope_back,
	&bar_see,
	&bar_try,
	&microscope_caption,
	&bar_keys,
	NULL,
};

static const struct action *const actions[] = {
	&action_left,
	&microscope_right,
	&action_up,
	&microscope_down,
	&microscope_gates,
	&action_source,
	&microscope_prime,
	&action_file,
	&action_layer,
	&action_page_up,
	&action_page_down,
	&action_home,
	&action_end,
	NULL,
};

const struct view view_microscope = {
	.name = "text",
	.panes = panes,
	.actions = actions,
	.state_size = sizeof(struct microscope),
	.suits = app_is_text,
	.enter = microscope_enter,
	.leave = microscope_leave,
	.prepare = microscope_prepare,
};
