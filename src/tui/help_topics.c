/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/help_topics.h"

#include "base/translate.h"
#include "tui/actions.h"
#include "tui/panes.h"
#include "tui/view.h"
#include "tui/words.h"

static void
print_actions(const struct action *const *actions, FILE *stream)
{
	for (; *actions != NULL; actions++)
		if ((*actions)->key[0] != 0)
			help_print_row(stream, (*actions)->shown,
				_((*actions)->help), HELP_NARROW);
}

/* The keys of all views, and of each view that has its own. */
static void
print_keys(const struct help_topic *topic, FILE *stream)
{
	(void)topic;
	fprintf(stream, "%s\n\n", _("Keys:"));
	print_actions(action_list, stream);
	for (size_t i = 0; view_list[i] != NULL; i++) {
		if (view_list[i]->actions == NULL)
			continue;
		fputc('\n', stream);
		fprintf(stream, _("Keys of the view %s:"), view_list[i]->name);
		fputs("\n\n", stream);
		print_actions(view_list[i]->actions, stream);
	}
}

const struct help_topic help_topic_keys = {
	.kind = {.name = "keys", .summary = N_("the keys of the interface")},
	.print = print_keys,
};

static void
print_words(const struct help_topic *topic, FILE *stream)
{
	(void)topic;
	fprintf(stream, "%s\n\n", _("Words of neural networks:"));
	for (const struct word *word = word_list; word->name != NULL; word++)
		help_print_row(stream, _(word->name), _(word->text), HELP_WIDE);
}

const struct help_topic help_topic_words = {
	.kind = {.name = "words",
		.summary = N_("the words of neural networks")},
	.print = print_words,
};
