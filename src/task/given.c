/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tasks whose data come from a file. */
#include "base/translate.h"
#include "task/task.h"

const struct task task_points = {
	.kind = {.name = "points",
		.summary = N_("sequences of points from a CSV file (--data)")},
	.singular = N_("sequence"),
	.plural = N_("sequences"),
};

/* Settings that suit long texts. */
static const struct kind_default text_defaults[] = {
	{"loss", "crossentropy"},
	{"framing", "sequence"},
	{"units", "128,128"},
	{"batch", "50"},
	{"learning-rate", "0.002"},
	{"clip", "5"},
	{"validation", "0.1"},
	{"learning-rate-decay", "0.97"},
	{"decay-after", "10"},
	{NULL, NULL},
};

const struct task task_text = {
	.kind = {.name = "text",
		.summary = N_("a text, one character at a time (--data)"),
		.defaults = text_defaults},
	.singular = N_("text"),
	.plural = N_("texts"),
	.is_text = true,
};
