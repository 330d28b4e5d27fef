/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside view of a text: its panes and its keys. Enter shows the panes of
 * the inside view (tui/inside_view.c), Esc there returns to the text.
 */
#include <stdio.h>

#include "base/translate.h"
#include "tui/actions.h"
#include "tui/app.h"
#include "tui/input.h"
#include "tui/inside.h"
#include "tui/inside_panes.h"
#include "tui/microscope.h"
#include "tui/microscope_panes.h"
#include "tui/moves.h"
#include "tui/panes.h"
#include "tui/prompt.h"
#include "tui/view.h"

static bool
is_current(const struct app *app)
{
	return app->current == &view_microscope;
}

/* Return a place so far away, from 0 on; the caller knows the last one. */
static size_t
moved(size_t at, long by)
{
	if (by < 0)
		return at > (size_t)-by ? at - (size_t)-by : 0;
	return at + (size_t)by;
}

static void
move_character(struct app *app, long by)
{
	struct microscope *microscope = microscope_of(app);

	microscope_go_to(microscope, moved(microscope->at, by));
}

static void
move_unit(struct app *app, long by)
{
	struct microscope *microscope = microscope_of(app);

	microscope_select(microscope, moved(microscope_rank(microscope), by));
}

static void
move_page(struct app *app, int sign)
{
	microscope_text_page(app, microscope_of(app), sign);
}

static void
next_layer(struct app *app)
{
	struct microscope *microscope = microscope_of(app);
	const struct microscope_result *result = microscope_result(microscope);

	if (result == NULL)
		return;
	microscope->layer =
		(microscope->layer + 1) % result->inspection.model.shape.layers;
	microscope->unit = result->unit[microscope->layer][0].number;
}

static const struct moves moves = {
	.place = N_("character"),
	.along = move_character,
	.across = move_unit,
	.page = move_page,
	.next_layer = next_layer,
};

static void
show_gates(struct app *app, uint64_t count)
{
	const struct microscope *microscope = microscope_of(app);
	const struct microscope_result *result = microscope_result(microscope);
	struct inside *inside = inside_of(app);

	(void)count;
	if (result != NULL) {
		const struct text_excerpt *excerpt = &result->excerpt;
		size_t read = microscope->at < excerpt->count
			? microscope->at + 1
			: excerpt->count;

		inside_give(inside, excerpt->token, excerpt->first + read,
			result->source == MICROSCOPE_OWN);
		inside->layer = microscope->layer;
		inside->unit = microscope->unit;
	}
	app_show_view(app, &view_inside);
}

const struct action microscope_gates = {
	.name = "gates",
	.key = {INPUT_ENTER},
	.shown = "Enter",
	.help = N_("show gates, weights and gradient up to the cursor"),
	.bar_keys = "Enter",
	.bar_word = N_("gates"),
	.leads = is_current,
	.act = show_gates,
};

static const char *
source_word(const struct app *app)
{
	switch (microscope_next_source(microscope_of(app))) {
	case MICROSCOPE_OWN:
		return _("own text");
	case MICROSCOPE_FILE:
		return _("file");
	case MICROSCOPE_TYPED:
		return _("typed");
	default:
		return text_excerpt_is_validation(app->session->run)
			? _("validation")
			: _("training text");
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
	.help = N_("look at the model's own text, or at another one again"),
	.bar_keys = "o",
	.bar_word = N_("own text"),
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
	static const struct prompt prompt = {N_("Text to read"),
		N_("The network reads:"), take_text, false};

	(void)count;
	prompt_open(app, &prompt, microscope_of(app)->typed);
}

const struct action microscope_prime = {
	.name = "prime",
	.key = {'p'},
	.shown = "p",
	.help = N_("type a text for the network to read"),
	.bar_keys = "p",
	.bar_word = N_("type"),
	.leads = is_current,
	.act = ask_text,
};

/* Say which characters the model does not know. */
static void
say_removed(struct app *app, const struct text_removed *removed)
{
	if (removed->count > 0)
		app_say(app, ROLE_WARNING,
			"left out %zu unknown to the model, the first is "
			"'%s' (U+%04X)",
			removed->count, removed->first, removed->character);
}

static void
take_file(struct app *app, const char *typed)
{
	struct text_excerpt excerpt;
	struct error error;
	bool good = text_excerpt_of_file(&excerpt, app->session->run, typed,
		MICROSCOPE_MAX, &error);

	take_given(app, microscope_of(app)->path, typed, MICROSCOPE_FILE, good,
		&error);
	if (good)
		say_removed(app, &excerpt.removed);
	text_excerpt_destroy(&excerpt);
}

static void
ask_file(struct app *app, uint64_t count)
{
	static const struct prompt prompt = {N_("File to look at"),
		N_("File name (Tab completes it):"), take_file, true};

	(void)count;
	prompt_open(app, &prompt, microscope_of(app)->path);
}

static const struct action action_file = {
	.name = "text-file",
	.key = {'f'},
	.shown = "f",
	.help = N_("look at the beginning of a file"),
	.bar_keys = "f",
	.bar_word = N_("file"),
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
	&move_back,
	&move_on,
	&move_up,
	&move_down,
	&microscope_gates,
	&action_source,
	&microscope_prime,
	&action_file,
	&move_layer,
	&move_page_back,
	&move_page_on,
	&move_first,
	&move_last,
	NULL,
};

const struct view view_microscope = {
	.name = "text",
	.panes = panes,
	.actions = actions,
	.moves = &moves,
	.state_size = sizeof(struct microscope),
	.suits = app_is_text,
	.enter = microscope_enter,
	.leave = microscope_leave,
	.prepare = microscope_prepare,
};
