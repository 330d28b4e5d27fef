/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The count: a text of lines a...ab...bc...c, with the same number n of each
 * letter, n uniform from 1 to COUNT_MAX. Which letter comes after a cannot be
 * known; but after the first b, only a counter of the letters a knows how many
 * of b and c follow. It is a language that a machine with one stack cannot
 * recognize (F. A. Gers and J. Schmidhuber, LSTM Recurrent Networks Learn
 * Simple Context-Free and Context-Sensitive Languages, 2001).
 */
#include <assert.h>
#include <string.h>

#include "base/translate.h"
#include "core/random.h"
#include "task/builtin.h"
#include "task/task.h"

enum { COUNT_MAX = 20, LINES = 4000, LETTERS = 3 };

/* The text is always the same: a resumed run finds the text of its training. */
enum { SEED = 1 };

static void
write_text(struct bytes *text)
{
	struct random random;
	char line[LETTERS * COUNT_MAX + 1];

	random_seed(&random, SEED, RANDOM_STREAM_DATA);
	for (int i = 0; i < LINES; i++) {
		size_t n = 1 + (size_t)(COUNT_MAX * random_uniform(&random));

		for (size_t k = 0; k < LETTERS; k++)
			memset(line + k * n, 'a' + (int)k, n);
		line[LETTERS * n] = '\n';
		bytes_add(text, line, LETTERS * n + 1);
	}
}

const struct builtin builtin_count = {
	.name = "count",
	.write = write_text,
};

static bool
is_right_line(const char *line, size_t length)
{
	size_t n = length / LETTERS;

	if (n == 0 || length % LETTERS != 0)
		return false;
	for (size_t i = 0; i < length; i++)
		if (line[i] != 'a' + (int)(i / n))
			return false;
	return true;
}

static const struct kind_default defaults[] = {
	{"loss", "crossentropy"},
	{"framing", "sequence"},
	{"units", "4"},
	{"batch", "10"},
	{"learning-rate", "0.01"},
	{"clip", "5"},
	{"validation", "0.1"},
	{"sequence-length", "100"},
	{"reset-at", "line"},
	{NULL, NULL},
};

const struct task task_count = {
	.kind = {.name = "count",
		.summary = N_(
			"a text of lines aabbcc, with equal numbers of each"),
		.defaults = defaults},
	.singular = N_("text"),
	.plural = N_("texts"),
	.is_text = true,
	.own_data = BUILTIN_PREFIX "count",
	.is_right_line = is_right_line,
};
