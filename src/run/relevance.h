/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When a setting or another option has an effect. Each lists the needs that
 * have to be met, the most general first. Refusals, the help, the form for a
 * new run and `info` go by them.
 *
 * A need is decided by a setting of the run, as --mixtures needs the loss
 * mixture; or by the command line, as --log-every needs --log.
 */
#ifndef LSTMTUI_RUN_RELEVANCE_H
#define LSTMTUI_RUN_RELEVANCE_H

#include <stdbool.h>

#include "base/error.h"
#include "run/settings.h"

struct need {
	/*
	 * The owner of the option in help and refusals, "--task text". NULL:
	 * the accepted kinds of a choice, or else no owner.
	 */
	const char *belongs_to;

	/* The setting that decides; NULL: the command line decides. */
	const struct setting *decided_by;
	/* Of a choice: the kind it has to be, or a test of its kind. */
	const struct kind *kind;
	bool (*accepts)(const struct kind *kind);
	/* Of any other setting, or of several. */
	bool (*is_met)(const struct settings *settings);

	/* The end of a refusal if the command line decides. */
	const char *unmet;
};

/* A list of needs, each given by its address, for struct setting. */
/* clang-format off */
#define NEEDS(...) (const struct need *const[]){__VA_ARGS__, NULL}
/* clang-format on */

/* Needs that several settings or options have. */
extern const struct need need_text, need_points; /* points: not a text */
extern const struct need need_chance; /* the model is a distribution */
extern const struct need need_model;  /* a name for it */

/* The needs that a command line leaves unmet. */
enum { UNMET_MAX = 8 };

struct unmet {
	size_t count;
	const struct need *need[UNMET_MAX];
};

void unmet_add(struct unmet *unmet, const struct need *need);

/*
 * Check that an option with these needs has an effect. needs ends with NULL
 * and may be NULL. settings may be NULL: then they count as right for it;
 * so may unmet: nothing is. Returns false with a refusal, a usage error, that
 * says why and what the option belongs to.
 */
bool relevance_check(const char *option, const struct need *const *needs,
	const struct settings *settings, const struct unmet *unmet,
	struct error *error);

/*
 * Write what an option with these needs belongs to, "--task text, --framing
 * sequence", in text of `size` bytes; "" for an option that always counts.
 * Returns text.
 */
char *relevance_describe(const struct need *const *needs, char *text,
	size_t size);

/* Whether a setting has an effect beside the others. */
bool setting_is_relevant(const struct settings *settings,
	const struct setting *setting);

/* Refuse those of the settings given that have none; as relevance_check. */
bool settings_check_relevance(const struct settings *settings,
	settings_mask given, struct error *error);

/* Put the settings that have no effect back to their defaults. */
void settings_forget_irrelevant(struct settings *settings);

#endif
