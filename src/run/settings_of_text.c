/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings of texts. */
#include "base/translate.h"
#include "run/relevance.h"

static bool
carries_state(const struct kind *kind)
{
	return ((const struct framing *)kind)->carries_state;
}

static bool
has_decay(const struct settings *settings)
{
	return settings->decay != 1;
}

static const struct need need_sequence = {
	.decided_by = &setting_framing,
	.accepts = carries_state,
};

static const struct need need_decay = {
	.belongs_to = N_("--learning-rate-decay below 1"),
	.decided_by = &setting_decay,
	.is_met = has_decay,
};

static bool
has_words(const struct kind *kind)
{
	return ((const struct tokens *)kind)->has_words;
}

static const struct need need_words = {
	.decided_by = &setting_tokens,
	.accepts = has_words,
};

const struct setting setting_sequence_length = {
	.option = "sequence-length",
	.group = SETTING_OF_TEXT,
	.key = "sequence_length",
	.argument = "N",
	.summary = N_("steps of truncated BPTT"),
	.type = SETTING_COUNT,
	.offset = SETTINGS_FIELD(sequence_length),
	.min = 1,
	.max = 1 << 16,
	.may_miss = true,
	.needs = NEEDS(&need_text, &need_sequence),
	.initial = "50",
};

const struct setting setting_decay = {
	.option = "learning-rate-decay",
	.group = SETTING_OF_TEXT,
	.key = "learning_rate_decay",
	.argument = "X",
	.summary = N_("factor of the learning rate per epoch"),
	.type = SETTING_REAL,
	.offset = SETTINGS_FIELD(decay),
	.min = 1e-6,
	.max = 1,
	.may_miss = true,
	.needs = NEEDS(&need_text),
	.may_branch = true,
	.initial = "1",
};

const struct setting setting_decay_after = {
	.option = "decay-after",
	.group = SETTING_OF_TEXT,
	.key = "decay_after",
	.argument = "EPOCHS",
	.summary = N_("epochs before the decay begins"),
	.type = SETTING_COUNT,
	.offset = SETTINGS_FIELD(decay_after),
	.min = 0,
	.max = 1e9,
	.may_miss = true,
	.needs = NEEDS(&need_text, &need_decay),
	.may_branch = true,
	.initial = "0",
};

const struct setting setting_dropout = {
	.option = "dropout",
	.group = SETTING_OF_TEXT,
	.key = "dropout",
	.argument = "P",
	.summary = N_("dropout rate of each layer's outputs"),
	.type = SETTING_REAL,
	.offset = SETTINGS_FIELD(dropout),
	.min = 0,
	.max = 0.95,
	.may_miss = true,
	.needs = NEEDS(&need_text),
	.initial = "0",
};

const struct setting setting_reset_at = {
	.option = "reset-at",
	.group = SETTING_OF_TEXT,
	.key = "reset_at",
	.argument = "WHERE",
	.summary = N_("where to reset the state to zero"),
	.type = SETTING_CHOICE,
	.offset = SETTINGS_FIELD(reset_at),
	.choices = reset_list,
	.may_miss = true,
	.needs = NEEDS(&need_text, &need_sequence),
	.initial = "never",
};

const struct setting setting_tokens = {
	.option = "tokens",
	.group = SETTING_OF_TEXT,
	.key = "tokens",
	.argument = "NAME",
	.summary = N_("tokens of the text"),
	.type = SETTING_CHOICE,
	.offset = SETTINGS_FIELD(tokens),
	.choices = tokens_list,
	.may_miss = true,
	.needs = NEEDS(&need_text),
	.initial = "characters",
};

const struct setting setting_bytes = {
	.option = "bytes",
	.group = SETTING_OF_TEXT,
	.key = "bytes",
	.summary = N_("short for --tokens bytes"),
	.type = SETTING_FLAG,
	.offset = SETTINGS_FIELD(tokens),
	.chooses = &tokens_bytes.kind,
	.may_miss = true,
	.needs = NEEDS(&need_text),
	.initial = "no",
};

const struct setting setting_vocabulary = {
	.option = "vocabulary",
	.group = SETTING_OF_TEXT,
	.key = "vocabulary",
	.argument = "N",
	.summary = N_("the most frequent words, which are tokens"),
	.type = SETTING_COUNT,
	.offset = SETTINGS_FIELD(vocabulary),
	.min = 1,
	.max = 1000000,
	.may_miss = true,
	.needs = NEEDS(&need_text, &need_words),
	.initial = "10000",
};
