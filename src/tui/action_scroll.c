/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Actions that scroll a pane by pages: the enlarged one, or if all are shown
 * the generated text or the list of steps.
 */
#include "base/translate.h"
#include "tui/actions.h"

#include <string.h>

#include "tui/app.h"
#include "tui/frame.h"
#include "tui/input.h"
#include "tui/panes.h"

/* What is scrolled while no pane is enlarged: the first that is shown. */
static const struct pane *const usual[] = {
	&pane_text,
	&pane_text_film,
	&pane_steps,
};

/* Return the pane to scroll and the area inside its box, or NULL. */
static const struct pane *
find_pane(const struct app *app, struct area *inside)
{
	const struct pane *panes[PANES_MAX + 1];

	app_shown_panes(app, panes);
	for (int i = 0; panes[i] != NULL && app->view.zoom != NULL; i++)
		if (panes[i]->title != NULL &&
			strcmp(panes[i]->title, app->view.zoom) == 0)
			return panes[i]->page != NULL &&
					frame_find(app, panes[i], inside)
				? panes[i]
				: NULL;
	for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
		if (frame_find(app, usual[i], inside))
			return usual[i];
	return NULL;
}

static const char *
refuse(const struct app *app)
{
	struct area inside;

	return find_pane(app, &inside) != NULL
		? NULL
		: _("no pane here has pages; Tab enlarges another");
}

static bool
is_enlarged(const struct app *app)
{
	return app->view.zoom != NULL;
}

static void
scroll(struct app *app, int by)
{
	struct area inside;
	const struct pane *pane = find_pane(app, &inside);

	if (pane != NULL)
		pane->page(app, inside, by);
}

static void
scroll_up(struct app *app, uint64_t count)
{
	(void)count;
	scroll(app, -1);
}

const struct action action_scroll_up = {
	.name = "scroll-up",
	.key = {INPUT_PAGE_UP},
	.shown = "PgUp",
	.help = N_("scroll back in the enlarged pane, the text or the steps"),
	.bar_keys = "PgUp PgDn",
	.bar_word = N_("scroll"),
	.leads = is_enlarged,
	.refuse = refuse,
	.act = scroll_up,
};

static void
scroll_down(struct app *app, uint64_t count)
{
	(void)count;
	scroll(app, 1);
}

const struct action action_scroll_down = {
	.name = "scroll-down",
	.key = {INPUT_PAGE_DOWN},
	.shown = "PgDn",
	.help = N_("scroll on; the mouse wheel scrolls the pane under it"),
	.refuse = refuse,
	.act = scroll_down,
};
