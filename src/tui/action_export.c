/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Actions that export the run, and say how to look at an exported page. */
#include <stdlib.h>

#include "base/translate.h"
#include "tui/actions.h"
#include "tui/app.h"
#include "tui/export_form.h"

static void
export_run(struct app *app, uint64_t count)
{
	(void)count;
	export_form_open(app);
}

const struct action action_export = {
	.name = "export",
	.key = {'E'},
	.shown = "E",
	.help = N_("export the model for other software"),
	.act = export_run,
};

static const char *
refuse_without_page(const struct app *app)
{
	return app->page[0] != '\0' ? NULL : _("no page was exported");
}

/* A browser on this machine is of no use to a user who is elsewhere. */
static void
say_address(struct app *app, uint64_t count)
{
	const char *connection = getenv("SSH_CONNECTION");

	(void)count;
	if (connection != NULL && connection[0] != '\0')
		app_say(app, ROLE_NORMAL,
			"copy it to your computer (scp), then open it: %.300s",
			app->page);
	else
		app_say(app, ROLE_NORMAL, "open in a browser: file://%.300s",
			app->page);
}

const struct action action_open = {
	.name = "open",
	.key = {'o'},
	.shown = "o",
	.help = N_("say how to open the page exported last"),
	.refuse = refuse_without_page,
	.act = say_address,
};
