/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep/sweep_compare.h"

#include <stdio.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/translate.h"
#include "run/run_state.h"
#include "sweep/sweep_axes.h"

/* Settings that decide what the loss measures: over which data, which loss. */
static const struct setting *const measures[] = {&setting_task, &setting_data,
	&setting_tokens, &setting_vocabulary, &setting_columns,
	&setting_separator, &setting_decimal, &setting_missing, &setting_layout,
	&setting_scale, &setting_validation, &setting_loss,
	&setting_huber_delta, &setting_rectangle_weight, NULL};

bool
sweep_is_measure(const struct setting *setting)
{
	size_t i = 0;

	while (measures[i] != NULL && measures[i] != setting)
		i++;
	return measures[i] != NULL;
}

bool
sweep_varies_measure(const struct sweep *sweep)
{
	for (size_t k = 0; k < sweep->axes; k++)
		if (sweep_is_measure(sweep->axis[k].setting))
			return true;
	return false;
}

/* Whether the losses of two combinations measure the same. */
static bool
are_comparable(const struct sweep *sweep, size_t a, size_t b)
{
	for (size_t k = 0; k < sweep->axes; k++)
		if (sweep_is_measure(sweep->axis[k].setting) &&
			sweep_value_compare(sweep->axis[k].setting,
				&sweep->combination[a].settings,
				&sweep->combination[b].settings) != 0)
			return false;
	return true;
}

static void
test(struct sweep_row *row, const struct sweep_row *best)
{
	const struct sweep_statistics *mine = &row->statistics;
	const struct sweep_statistics *other = &best->statistics;

	row->is_tested = welch_test(&(struct welch_sample){mine->finished,
					    mine->mean, mine->spread},
		&(struct welch_sample){other->finished, other->mean,
			other->spread},
		&row->welch);
}

/* Compare a combination with the best one of its group. */
static void
compare_row(const struct sweep *sweep, struct sweep_row *rows, size_t index)
{
	size_t best = index;
	bool has_others = false;

	for (size_t c = 0; c < sweep->combinations; c++) {
		if (c == index || rows[c].statistics.finished == 0 ||
			!are_comparable(sweep, c, index))
			continue;
		has_others = true;
		if (rows[c].statistics.mean < rows[best].statistics.mean ||
			(c < best &&
				rows[c].statistics.mean ==
					rows[best].statistics.mean))
			best = c;
	}
	rows[index].is_best = has_others && best == index;
	if (best != index)
		test(&rows[index], &rows[best]);
}

struct sweep_row *
sweep_compare(const struct sweep *sweep, struct error *error)
{
	struct sweep_row *rows = memory_new(sweep->combinations, sizeof *rows);

	if (rows == NULL) {
		error_out_of_memory(error);
		return NULL;
	}
	for (size_t c = 0; c < sweep->combinations; c++)
		rows[c].statistics = sweep_statistics(sweep, c);
	for (size_t c = 0; c < sweep->combinations; c++)
		if (rows[c].statistics.finished > 0)
			compare_row(sweep, rows, c);
	return rows;
}

/* Return the text, or in tables its translation. */
static const char *
say(const char *text, bool is_translated)
{
	return is_translated ? _(text) : text;
}

/* What is predicted: "10,000 rectangles". */
static void
describe_data(const struct sweep *sweep, bool is_translated, char *text,
	size_t size)
{
	const struct settings *settings = &sweep->combination[0].settings;
	bool is_held_out = run_state_validates(settings);
	char count[NUMBER_TEXT_SIZE];

	if (!sweep_has_one_task(sweep))
		snprintf(text, size, "%s",
			say(N_("the data of each task"), is_translated));
	else if (settings->task->is_text)
		snprintf(text, size, "%s",
			is_held_out
				? say(N_("the validation part of the text"),
					  is_translated)
				: say(N_("all of the text"), is_translated));
	else if (settings->task->make == NULL && is_held_out)
		snprintf(text, size, "%s",
			say(N_("the validation part of the data"),
				is_translated));
	else
		snprintf(text, size, "%s %s",
			number_grouped(count, sweep->evaluated),
			say(settings->task->plural, is_translated));
}

char *
sweep_describe_measure(const struct sweep *sweep, bool is_translated,
	char *text, size_t size)
{
	bool is_varied = sweep_axis_of(sweep, &setting_loss) != NULL ||
		!sweep_has_one_task(sweep);
	char data[128];

	describe_data(sweep, is_translated, data, sizeof data);
	snprintf(text, size, is_translated ? _("%s over %s") : "%s over %s",
		is_varied ? say(N_("loss"), is_translated)
			  : sweep->combination[0].settings.loss->kind.name,
		data);
	return text;
}
