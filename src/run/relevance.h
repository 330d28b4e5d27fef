/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Decide whether a setting or another option has an effect. Each option lists
 * its needs, the conditions that must be met, the most general first. Error
 * messages, the help, the form for a new run and `info` use them.
 *
 * A need depends on a setting of the run (--mixtures needs the loss mixture) or
 * on the command line (--log-every needs --log).
 */
#ifndef LSTMTUI_RUN_RELEVANCE_H
#define LSTMTUI_RUN_RELEVANCE_H

#include <stdbool.h>

#include "base/error.h"
#include "run/settings.h"

struct need {
	/*
	 * The need in help and error messages: "--task text". NULL: they show
	 * the accepted kinds of decided_by, or nothing.
	 */
	const char *belongs_to;

	/* The setting that the need depends on; NULL: the command line. */
	const struct setting *decided_by;
	/*
	 * If decided_by is a choice: the required kind, or a test of its kind.
	 */
	const struct kind *kind;
	bool (*accepts)(const struct kind *kind);
	/* For any other setting, or several settings: a test. */
	bool (*is_met)(const struct settings *settings);

	/* The end of the error message if the command line decides. */
	const char *unmet;
};

/* A list of needs, each given by its address, for struct setting. */
/* clang-format off */
#define NEEDS(...) (const struct need *const[]){__VA_ARGS__, NULL}
/* clang-format on */

/* Needs that several settings or options share. */
extern const struct need need_text, need_points; /* points: not a text */
extern const struct need need_data;              /* a data file is named */
extern const struct need need_chance; /* the model predicts a distribution */
extern const struct need need_model;  /* a model file is named */
/* snapshots are kept: a model file is named, or a log has them */
extern const struct need need_snapshots;

/* The needs that a command line leaves unmet. */
enum { UNMET_MAX = 8 };

struct unmet {
	size_t count;
	const struct need *need[UNMET_MAX];
};

void unmet_add(struct unmet *unmet, const struct need *need);

/*
 * Check that an option with these needs has an effect. `needs` is NULL or ends
 * with NULL. If settings is NULL, all needs that depend on settings count as
 * met; if unmet is NULL, all needs that depend on the command line do. Returns
 * false, as an error of usage, with the unmet need in the message.
 */
bool relevance_check(const char *option, const struct need *const *needs,
	const struct settings *settings, const struct unmet *unmet,
	struct error *error);

/*
 * Write these needs to text[size], as "--task text, --framing sequence"; "" if
 * an option with these needs always has an effect. Returns text.
 */
char *relevance_describe(const struct need *const *needs, char *text,
	size_t size);

/* Whether a setting has an effect, given the other settings. */
bool setting_is_relevant(const struct settings *settings,
	const struct setting *setting);

/* Refuse given settings that have no effect; see relevance_check. */
bool settings_check_relevance(const struct settings *settings,
	settings_mask given, struct error *error);

/* Reset the settings that have no effect to their defaults. */
void settings_forget_irrelevant(struct settings *settings);

#endif
