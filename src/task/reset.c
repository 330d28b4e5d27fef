/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/reset.h"

#include "base/translate.h"

const struct reset reset_never = {
	.kind = {.name = "never",
		.summary = N_("carry the state through the whole text")},
};

const struct reset reset_line = {
	.kind = {.name = "line",
		.summary = N_("reset the state before each line")},
	.line_ends = 1,
	.missing = N_("second line"),
};

const struct reset reset_paragraph = {
	.kind = {.name = "paragraph",
		.summary = N_("reset the state after each blank line")},
	.line_ends = 2,
	.missing = N_("second paragraph"),
};

const struct kind *const reset_list[] = {
	&reset_never.kind,
	&reset_line.kind,
	&reset_paragraph.kind,
	NULL,
};

/* Return the token of a character, or UINT32_MAX. */
static uint32_t
find_token(const struct vocabulary *vocabulary, uint32_t character)
{
	uint32_t token = UINT32_MAX;

	vocabulary_find(vocabulary, character, &token);
	return token;
}

struct reset_rule
reset_rule_create(const struct reset *reset,
	const struct vocabulary *vocabulary)
{
	return (struct reset_rule){
		.reset = reset,
		.line_feed = find_token(vocabulary, '\n'),
		.carriage_return = find_token(vocabulary, '\r'),
	};
}

/* Return the number of tokens of the line end right before token[at]. */
static size_t
line_end_before(const struct reset_rule *rule, const uint32_t *token, size_t at)
{
	if (at == 0)
		return 0;
	if (token[at - 1] == rule->carriage_return)
		return 1;
	if (token[at - 1] != rule->line_feed)
		return 0;
	return at > 1 && token[at - 2] == rule->carriage_return ? 2 : 1;
}

bool
reset_is_before(const struct reset_rule *rule, const uint32_t *token, size_t at)
{
	size_t length;

	if (rule->reset->line_ends == 0)
		return false;
	length = line_end_before(rule, token, at);
	if (length == 0 ||
		(token[at] == rule->line_feed &&
			token[at - 1] == rule->carriage_return))
		return false;
	return rule->reset->line_ends == 1 ||
		line_end_before(rule, token, at - length) > 0;
}

bool
reset_is_before_token(const struct reset_rule *rule, const struct text *text,
	size_t at)
{
	uint32_t recent[RESET_LOOK_BACK + 1];
	size_t back = at < RESET_LOOK_BACK ? at : RESET_LOOK_BACK;

	if (rule->reset->line_ends == 0)
		return false;
	token_array_copy(&text->token, at - back, back + 1, recent);
	return reset_is_before(rule, recent, back);
}

bool
reset_is_within(const struct reset_rule *rule, const struct text *text,
	size_t count)
{
	for (size_t at = 1; at < count; at++)
		if (reset_is_before_token(rule, text, at))
			return true;
	return false;
}

size_t
reset_opening(const struct reset_rule *rule, uint32_t token[RESET_OPENING_MAX])
{
	size_t lines = rule->reset->line_ends > 1 ? rule->reset->line_ends : 1,
	       count = 0;

	for (size_t i = 0; i < lines; i++) {
		if (rule->carriage_return != UINT32_MAX)
			token[count++] = rule->carriage_return;
		if (rule->line_feed != UINT32_MAX)
			token[count++] = rule->line_feed;
	}
	if (count == 0)
		token[count++] = 0;
	return count;
}
