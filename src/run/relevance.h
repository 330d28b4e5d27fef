/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When an option has an effect. Each setting and each option lists what it
 * needs, by the names below; one table says whether a need is met, and in
 * which words. Refusals, the help, the form for a new run and `info` read it.
 */
#ifndef LSTMTUI_RUN_RELEVANCE_H
#define LSTMTUI_RUN_RELEVANCE_H

#include <stdbool.h>

#include "base/error.h"
#include "run/settings.h"

/* Bits. The more general come first: a refusal names the first unmet one. */
enum need {
	/* the settings of the run decide */
	NEED_TEXT = 1 << 0,
	NEED_POINTS = 1 << 1, /* anything but a text */
	NEED_SEQUENCE = 1 << 2,
	NEED_WINDOW = 1 << 3,
	NEED_SGD = 1 << 4,
	NEED_RECTANGLE = 1 << 5, /* the loss of that name */
	NEED_MIXTURE = 1 << 6,
	NEED_CHANCE = 1 << 7, /* a model that is a distribution */
	NEED_DECAY = 1 << 8,
	/* the command line decides, or what it is used on */
	NEED_LOG = 1 << 9,
	NEED_MODEL = 1 << 10, /* a name for it */
	NEED_NEW_DRAWING = 1 << 11,
	NEED_NEW_RUNS = 1 << 12, /* of a sweep */
	NEED_TRAINING = 1 << 13, /* the same */
	NEED_FRESH_DATA = 1 << 14
};

/* That a name in `enum need` has its row, in order; for the tests. */
bool relevance_has_row(enum need need);

/*
 * Check that an option with these needs has an effect. settings may be NULL:
 * then they count as right for it. missing: the needs, of those that the
 * command line decides, that are not met. Returns false with a refusal, a
 * usage error, that says why and what the option belongs to.
 */
bool relevance_check(const char *option, unsigned needs,
	const struct settings *settings, unsigned missing, struct error *error);

/*
 * Write what an option with these needs belongs to, "--task text, --framing
 * sequence", in text of `size` bytes; "" for an option that always counts.
 * Returns text.
 */
char *relevance_describe(unsigned needs, char *text, size_t size);

/* Whether a setting has an effect beside the others. */
bool setting_is_relevant(const struct settings *settings, enum setting_id id);

/* Refuse those of the settings given that have none; as relevance_check. */
bool settings_check_relevance(const struct settings *settings,
	settings_mask given, struct error *error);

/* Put the settings that have no effect back to their defaults. */
void settings_forget_irrelevant(struct settings *settings);

#endif
