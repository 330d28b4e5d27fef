/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lines of a form and its cursor: the settings that are edited, the text of
 * the current line, and the check of both.
 */
#ifndef LSTMTUI_TUI_FORM_LINES_H
#define LSTMTUI_TUI_FORM_LINES_H

#include <stdbool.h>

#include "run/settings.h"
#include "tui/app.h"
#include "tui/completion.h"

enum { FORM_LINES_MAX = 64, FORM_DESCRIPTION_SIZE = 200 };

/* What a form is for. */
struct form_purpose {
	const char *title;
	const char *start; /* the explanation of the line that starts */
	/* whether the form has the setting; NULL: all */
	bool (*takes)(const struct setting *setting);
	/*
	 * Called when the user starts and the settings are complete; the form
	 * stays open until it is closed.
	 */
	void (*accept)(struct app *app);
};

struct form {
	const struct form_purpose *purpose;
	struct settings settings;
	const struct setting *at; /* of the current line; NULL: the last line */
	/* text of the current line; fresh: the next character replaces it */
	char text[SETTINGS_TEXT_SIZE];
	bool is_fresh;
	char message[APP_MESSAGE_SIZE]; /* the error, or "" */
	struct completion completion;   /* of the path; count 0: none */
	/*
	 * a hash of the name of the data and of how they are read, and what
	 * would be read, or ""
	 */
	uint64_t described;
	char description[FORM_DESCRIPTION_SIZE];
};

/*
 * List the settings of the form and NULL, the start line; return the count.
 */
int form_list_lines(const struct form *form,
	const struct setting *lines[FORM_LINES_MAX]);

/* Return the number of the line of a setting. */
int form_find_line(const struct form *form, const struct setting *setting);

/* Whether the line can be edited: it has an effect, or starts the run. */
bool form_is_open(const struct form *form, const struct setting *setting);

/* The type of a setting; NULL has none. */
bool form_is_path(const struct setting *setting);
bool form_is_choice(const struct setting *setting);
bool form_is_flag(const struct setting *setting);

/* Whether a line is the data file of points, or says how it is read. */
bool form_is_of_data(const struct form *form, const struct setting *setting);

/* Parse the text of the current line, then check all settings. */
void form_check(struct form *form);

/* Move the cursor to the line of a setting. */
void form_go_to(struct form *form, const struct setting *setting);

/* Move the cursor by lines, around the ends; skip lines without an effect. */
void form_move(struct form *form, int by);

/* Move by several lines, up to the first or the last one. */
void form_move_far(struct form *form, int by);

#endif
