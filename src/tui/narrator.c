/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/narrator.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "tui/ghost.h"
#include "tui/live_steps.h"
#include "tui/text_line.h"

/* With fewer updates the change is chance. */
enum { CHANGE_FROM_UPDATES = 1000 };

/* Of the name of the best model, so that its line fits. */
enum { KEPT_COLUMNS = 26, FACT_COLUMNS = 60 };

/*
 * Measure the change of the mean loss between the last two spans of 4^k
 * updates, at most a tenth of the run: whole buckets of the history, so it is
 * exact.
 */
static void
measure_change(const struct history *history, struct narrator_facts *facts)
{
	struct history_bucket before, last;
	uint64_t span = 1, end;
	double size, range;

	facts->change = NAN;
	if (history->updates < CHANGE_FROM_UPDATES)
		return;
	while (span * HISTORY_RATIO <= history->updates / 10)
		span *= HISTORY_RATIO;
	end = history->updates / span * span;
	if (!history_span(history, end - 2 * span, end - span, &before) ||
		!history_span(history, end - span, end, &last))
		return;
	facts->span = span;
	size = fmax(fabs((double)before.mean), 1e-30);
	facts->change = ((double)last.mean - before.mean) / size;
	/*
	 * two standard errors of the difference of the means; of many losses,
	 * the range is about six standard deviations
	 */
	range = fmax((double)before.max, (double)last.max) -
		fmin((double)before.min, (double)last.min);
	facts->chance = 2 * range / 6 * sqrt(2 / (double)span) / size;
}

/*
 * Find a unit that counts the steps: the one with the name, or else the
 * steadiest, whose smallest step is largest.
 */
static void
find_clock(const struct live_steps *steps, const char *wanted,
	struct narrator_facts *facts)
{
	double best = 0;

	/* of few steps, many units climb by chance */
	for (size_t i = 0; i < steps->units && steps->count > 3; i++) {
		const struct live_unit *unit = &steps->unit[i];
		double climb = fabs(unit->climb);
		char name[LIVE_NAME_SIZE];

		live_steps_name(steps, unit, name);
		if (strcmp(name, wanted) == 0 && climb > 0)
			climb = INFINITY;
		if (!(climb > best))
			continue;
		best = climb;
		facts->has_clock = true;
		memcpy(facts->clock, name, sizeof name);
		facts->clock_first = (double)unit->values[0];
		facts->clock_last = (double)unit->values[steps->count - 1];
	}
}

void
narrator_measure(const struct run *run, enum narrator_phase phase,
	const struct live_steps *steps, const struct ghost *ghost,
	const char *clock, struct narrator_facts *facts)
{
	const struct validations *validations = run_validations(run);
	const struct settings *settings = run_settings(run);
	bool is_a_text = settings->task->is_text;
	/* the lines about these losses are about letters */
	bool has_letters = is_a_text && !settings->tokens->has_words;

	*facts = (struct narrator_facts){
		.settings = settings,
		.phase = phase,
		.updates = run_updates(run),
		.has_file_weights = run_init_file(run)[0] != '\0',
		.learning = run_learning_parameters(run),
		.parameters = run_model(run)->parameters.total,
		.average = history_average(run_history(run)),
		.floor = run_floor_is_passed(run) ? NAN : run_floor_value(run),
		.without_memory =
			run_floor_is_passed(run) ? run_floor_value(run) : NAN,
		.unigram = has_letters ? run_unigram(run) : NAN,
		.bigram = has_letters ? run_bigram(run) : NAN,
		.is_rising = validations_are_rising(validations),
		.has_lost_patience = run_lost_patience(run),
		.has_ghost = ghost_has_curve(ghost, settings),
		.ghost_average = ghost->average,
		.ghost_name = ghost->name,
	};
	measure_change(run_history(run), facts);
	if (validations->count > 0)
		facts->best_update =
			validations->at[validations_best(validations)].update;
	/* in training the steps may be of a few updates before */
	if (!steps->no_memory &&
		steps->updates + facts->updates / 20 >= facts->updates &&
		!is_a_text)
		find_clock(steps, clock, facts);
}

/* The table of what is shown. */
static const struct narrator_line *
lines_of(const struct narrator_facts *facts)
{
	return facts->reading.is_shown ? narrator_reading_lines
				       : narrator_lines;
}

const struct narrator_line *
narrator_choose(const struct narrator_facts *facts)
{
	const struct narrator_line *line = lines_of(facts);

	while (!line->holds(facts))
		line++;
	return line;
}

/* Note since when each line has held. */
static void
time_lines(struct narrator *narrator, double now)
{
	const struct narrator_line *lines = lines_of(&narrator->facts);

	for (size_t i = 0; lines[i].name != NULL; i++) {
		assert(i < NARRATOR_LINES_MAX);
		if (!lines[i].holds(&narrator->facts))
			narrator->since[i] = NAN;
		else if (isnan(narrator->since[i]))
			narrator->since[i] = now;
	}
}

/* Return the first line that has held for long enough, or the last line. */
static const struct narrator_line *
choose_steady(const struct narrator *narrator, double now)
{
	const struct narrator_line *line = lines_of(&narrator->facts);

	for (size_t i = 0; line[1].name != NULL; i++, line++)
		if (now - narrator->since[i] >= NARRATOR_SECONDS ||
			(line == narrator->line && !isnan(narrator->since[i])))
			break;
	return line;
}

/* What a key brought is told at once. */
static bool
is_another_place(const struct narrator_reading *one,
	const struct narrator_reading *other)
{
	return one->is_shown != other->is_shown || one->at != other->at ||
		one->unit != other->unit || one->is_cut != other->is_cut;
}

void
narrator_update(struct narrator *narrator, const struct narrator_facts *facts,
	double now)
{
	bool is_new = narrator->line == NULL ||
		facts->updates < narrator->facts.updates ||
		facts->phase != narrator->facts.phase ||
		facts->phase != NARRATOR_TRAINING ||
		is_another_place(&narrator->facts.reading, &facts->reading);

	narrator->facts = *facts;
	if (!is_new) {
		time_lines(narrator, now);
		narrator->line = choose_steady(narrator, now);
		return;
	}
	/* what holds already is as good as old */
	for (size_t i = 0; i < NARRATOR_LINES_MAX; i++)
		narrator->since[i] = NAN;
	time_lines(narrator, -INFINITY);
	narrator->line = narrator_choose(facts);
}

/* Return the last part of a path. */
static const char *
file_name_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

static void
write_fact(const char *name, const struct narrator_facts *facts,
	char text[NARRATOR_TEXT_SIZE])
{
	char number[NUMBER_TEXT_SIZE];

	text[0] = '\0';
	if (strcmp(name, "frozen") == 0)
		number_grouped(number, facts->parameters - facts->learning);
	else if (strcmp(name, "parameters") == 0)
		number_grouped(number, facts->parameters);
	else if (strcmp(name, "best") == 0)
		number_grouped(number, number_count(facts->best_update));
	else if (strcmp(name, "patience") == 0)
		number_grouped(number, facts->settings->patience);
	else if (strcmp(name, "at") == 0)
		number_grouped(number, facts->updates);
	else if (strcmp(name, "span") == 0)
		number_grouped(number, facts->span);
	else if (strcmp(name, "window") == 0)
		number_grouped(number, facts->settings->window);
	else if (strcmp(name, "average") == 0)
		number_fixed(number, facts->average, 4);
	else if (strcmp(name, "without") == 0)
		number_fixed(number, facts->without_memory, 4);
	else if (strcmp(name, "floor") == 0)
		number_fixed(number, facts->floor, 4);
	else if (strcmp(name, "was") == 0)
		number_fixed(number, facts->ghost_average, 4);
	else if (strcmp(name, "first") == 0)
		number_fixed(number, facts->clock_first, 1);
	else if (strcmp(name, "last") == 0)
		number_fixed(number, facts->clock_last, 1);
	else
		number[0] = '\0';
	if (number[0] != '\0')
		snprintf(text, NARRATOR_TEXT_SIZE, "%s", number);
	else if (strcmp(name, "clock") == 0)
		snprintf(text, NARRATOR_TEXT_SIZE, "%s", facts->clock);
	else if (strcmp(name, "climbs") == 0)
		snprintf(text, NARRATOR_TEXT_SIZE, "%s",
			facts->clock_last > facts->clock_first ? _("climbs")
							       : _("falls"));
	else if (strcmp(name, "remedy") == 0)
		snprintf(text, NARRATOR_TEXT_SIZE, "%s",
			facts->settings->task->is_text
				? _("fewer units, dropout or more text")
				: _("fewer units or more data"));
	else if (strcmp(name, "kept") == 0)
		text_line_shorten(text, NARRATOR_TEXT_SIZE,
			file_name_of(facts->best_file), KEPT_COLUMNS);
	else if (strcmp(name, "ghost") == 0)
		snprintf(text, NARRATOR_TEXT_SIZE, "%.30s", facts->ghost_name);
	else
		narrator_write_reading(name, &facts->reading, text);
}

char *
narrator_write(const char *line, const struct narrator_facts *facts,
	char text[NARRATOR_TEXT_SIZE])
{
	size_t length = 0;

	while (*line != '\0' && length + 1 < NARRATOR_TEXT_SIZE) {
		const char *end = *line == '{' ? strchr(line, '}') : NULL;
		char name[32], fact[NARRATOR_TEXT_SIZE];

		if (end == NULL) {
			text[length++] = *line++;
			continue;
		}
		snprintf(name, sizeof name, "%.*s", (int)(end - line - 1),
			line + 1);
		write_fact(name, facts, fact);
		length += (size_t)snprintf(text + length,
			NARRATOR_TEXT_SIZE - length, "%.*s",
			(int)utf8_fit(fact, FACT_COLUMNS), fact);
		if (length >= NARRATOR_TEXT_SIZE)
			length = NARRATOR_TEXT_SIZE - 1;
		line = end + 1;
	}
	text[length] = '\0';
	return text;
}
