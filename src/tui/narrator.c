/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/narrator.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "tui/actions.h"
#include "tui/ghost.h"
#include "tui/live_steps.h"

/* The loss is at its floor if it is at most so much above it. */
#define AT_FLOOR 1.05
/* Least relative change of the loss that is worth a line. */
#define LEAST_CHANGE 0.02

enum {
	/* with fewer updates the change is chance */
	CHANGE_FROM_UPDATES = 1000,
	/* until then the framing is explained */
	EARLY_UPDATES = 2000
};

static bool
is_text(const struct narrator_facts *facts)
{
	return facts->settings->task->is_text;
}

static bool
is_early(const struct narrator_facts *facts)
{
	return facts->updates < EARLY_UPDATES;
}

static bool
has_diverged(const struct narrator_facts *facts)
{
	return facts->phase == NARRATOR_DIVERGED;
}

static bool
has_given_weights(const struct narrator_facts *facts)
{
	return facts->updates == 0 && facts->has_file_weights;
}

static bool
has_random_weights(const struct narrator_facts *facts)
{
	return facts->updates == 0 && !facts->has_file_weights;
}

static bool
overfits(const struct narrator_facts *facts)
{
	return facts->is_rising;
}

static bool
is_at_floor(const struct narrator_facts *facts)
{
	return facts->floor > 0 && facts->average <= AT_FLOOR * facts->floor;
}

static bool
is_at_floor_without_state(const struct narrator_facts *facts)
{
	return is_at_floor(facts) && !facts->settings->framing->carries_state;
}

static bool
beats_ghost(const struct narrator_facts *facts)
{
	return facts->has_ghost && facts->average < facts->ghost_average;
}

static bool
trails_ghost(const struct narrator_facts *facts)
{
	return facts->has_ghost && facts->average > facts->ghost_average &&
		!is_early(facts);
}

static bool
has_clock(const struct narrator_facts *facts)
{
	return facts->has_clock && facts->settings->framing->carries_state;
}

static bool
has_frozen(const struct narrator_facts *facts)
{
	return facts->learning < facts->parameters;
}

static bool
has_frozen_early(const struct narrator_facts *facts)
{
	return has_frozen(facts) && is_early(facts) &&
		!facts->settings->framing->carries_state;
}

static bool
is_density(const struct narrator_facts *facts)
{
	return facts->settings->loss == &loss_mixture && is_early(facts);
}

static bool
reads_window(const struct narrator_facts *facts)
{
	return facts->settings->framing->reads_window && is_early(facts);
}

static bool
writes_window(const struct narrator_facts *facts)
{
	return facts->settings->framing->writes_window && is_early(facts);
}

static bool
is_above_unigram(const struct narrator_facts *facts)
{
	return is_text(facts) && facts->average > facts->unigram;
}

static bool
is_above_bigram(const struct narrator_facts *facts)
{
	return is_text(facts) && facts->average > facts->bigram &&
		facts->average <= facts->unigram;
}

static bool
is_below_bigram(const struct narrator_facts *facts)
{
	return is_text(facts) && facts->average <= facts->bigram;
}

static bool
is_finished(const struct narrator_facts *facts)
{
	return facts->phase == NARRATOR_FINISHED;
}

static bool
is_falling(const struct narrator_facts *facts)
{
	return facts->change < -fmax(LEAST_CHANGE, facts->chance);
}

static bool
is_stuck(const struct narrator_facts *facts)
{
	return fabs(facts->change) <= fmax(LEAST_CHANGE, facts->chance);
}

static bool
is_stuck_without_state(const struct narrator_facts *facts)
{
	return is_stuck(facts) && has_frozen(facts) &&
		!facts->settings->framing->carries_state;
}

static bool
is_getting_worse(const struct narrator_facts *facts)
{
	return facts->change > fmax(LEAST_CHANGE, facts->chance);
}

static bool
carries_state(const struct narrator_facts *facts)
{
	return facts->settings->framing->carries_state;
}

static bool
is_paused(const struct narrator_facts *facts)
{
	return facts->phase == NARRATOR_PAUSED;
}

static bool
always(const struct narrator_facts *facts)
{
	(void)facts;
	return true;
}

/* clang-format off */
const struct narrator_line narrator_lines[] = {
	{"diverged", has_diverged,
		"The loss is no longer finite: the steps were too large.",
		"lowers the learning rate; then Space goes on",
		&action_lower_rate},
	{"given weights", has_given_weights,
		"The weights are those of a file; this run has made no update.",
		"trains with a single update", &action_step},
	{"random weights", has_random_weights,
		"The weights are random: what is generated is noise.",
		"makes the first update", &action_step},
	{"overfits", overfits,
		"Validation has risen since update {best}: it learns by heart.",
		"begins a run with fewer units, dropout or more text",
		&action_new},
	{"at the floor, without state", is_at_floor_without_state,
		"The loss is at its floor {floor}: "
		"one point does not tell more.",
		"framing sequence carries a state, and so knows more",
		&action_new},
	{"at the floor", is_at_floor,
		"The loss is at its floor {floor}: the rest is chance.",
		"draws a shape point by point", &action_generate},
	{"better than the run before", beats_ghost,
		"{average} is below the run before: {ghost} had {was}.",
		"lets its grey curve go", &action_forget_ghost},
	{"worse than the run before", trails_ghost,
		"{average} is above the run before: {ghost} had {was}.",
		"lets its grey curve go", &action_forget_ghost},
	{"a density", is_density,
		"The network learns a density: each drawing is another sample.",
		"shows many drawings at once", &action_cloud},
	{"frozen", has_frozen_early,
		"Each step starts from an empty state: "
		"{frozen} of {parameters} get no gradient.",
		"begins a run; in framing sequence the state goes on, "
		"and all learn", &action_new},
	{"reads a window", reads_window,
		"Each prediction sees a window of {window}, "
		"and nothing before it.",
		"framing sequence sees all that came before", &action_new},
	{"writes a window", writes_window,
		"It sees one input, and predicts the next {window} from it.",
		"framing sequence sees all that came before", &action_new},
	{"above the unigram loss", is_above_unigram,
		"It is still worse than guessing by letter counts.",
		"trains faster", &action_faster},
	{"above the bigram loss", is_above_bigram,
		"It beats letter counts, "
		"not yet a guess from one letter back.",
		"trains faster", &action_faster},
	{"below the bigram loss", is_below_bigram,
		"It beats guessing from one letter back, by pairs.",
		"writes a page", &action_write},
	{"a clock", has_clock,
		"Memory: {clock} {climbs} at each step, "
		"from {first} to {last}: a clock.",
		"looks inside the network", &action_inside},
	{"stuck without a state", is_stuck_without_state,
		"In {span} updates little change: each step starts empty, "
		"{frozen} get no gradient.",
		"begins a run; in framing sequence the state goes on, "
		"and all learn", &action_new},
	{"finished", is_finished,
		"All updates are done; the average loss is {average}.",
		"extends the run", &action_extend},
	{"falling", is_falling,
		"The mean loss of {span} updates fell by more than 2 %.",
		"draws a shape point by point", &action_generate},
	{"getting worse", is_getting_worse,
		"The mean loss of {span} updates rose by more than 2 %.",
		"lowers the learning rate", &action_lower_rate},
	{"stuck", is_stuck,
		"The mean loss of {span} updates hardly changes any more.",
		"lowers the learning rate", &action_lower_rate},
	{"paused", is_paused,
		"Nothing changes while the run is paused.",
		"makes a single update", &action_step},
	{"carries the state", carries_state,
		"The state is carried from step to step: it can remember.",
		"cuts the memory of these weights, and gives it back",
		&action_memory},
	{"training", always,
		"Each update moves the weights a little against the loss.",
		"trains faster", &action_faster},
	{NULL, NULL, NULL, NULL, NULL},
};
/* clang-format on */

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
	const struct task_floor *floor = run_floor(run);
	const struct validations *validations = run_validations(run);
	const struct settings *settings = run_settings(run);
	bool is_a_text = settings->task->is_text;

	*facts = (struct narrator_facts){
		.settings = settings,
		.phase = phase,
		.updates = run_updates(run),
		.has_file_weights = run_init_file(run)[0] != '\0',
		.learning = run_learning_parameters(run),
		.parameters = run_model(run)->parameters.total,
		.average = history_average(run_history(run)),
		.floor = floor != NULL ? floor->value : NAN,
		.unigram = is_a_text ? run_unigram(run) : NAN,
		.bigram = is_a_text ? run_bigram(run) : NAN,
		.is_rising = validations_are_rising(validations),
		.has_ghost = ghost_has_curve(ghost, settings),
		.ghost_average = ghost->average,
		.ghost_name = ghost->name,
	};
	measure_change(run_history(run), facts);
	if (facts->is_rising)
		facts->best_update =
			validations->at[validations_best(validations)].update;
	/* in training the steps may be of a few updates before */
	if (!steps->no_memory &&
		steps->updates + facts->updates / 20 >= facts->updates &&
		!is_a_text)
		find_clock(steps, clock, facts);
}

const struct narrator_line *
narrator_choose(const struct narrator_facts *facts)
{
	const struct narrator_line *line = narrator_lines;

	while (!line->holds(facts))
		line++;
	return line;
}

/* Note since when each line has held. */
static void
time_lines(struct narrator *narrator, double now)
{
	for (size_t i = 0; narrator_lines[i].name != NULL; i++) {
		assert(i < NARRATOR_LINES_MAX);
		if (!narrator_lines[i].holds(&narrator->facts))
			narrator->since[i] = NAN;
		else if (isnan(narrator->since[i]))
			narrator->since[i] = now;
	}
}

/* Return the first line that has held for long enough, or the last line. */
static const struct narrator_line *
choose_steady(const struct narrator *narrator, double now)
{
	const struct narrator_line *line = narrator_lines;

	for (size_t i = 0; line[1].name != NULL; i++, line++)
		if (now - narrator->since[i] >= NARRATOR_SECONDS ||
			(line == narrator->line && !isnan(narrator->since[i])))
			break;
	return line;
}

void
narrator_update(struct narrator *narrator, const struct narrator_facts *facts,
	double now)
{
	bool is_new = narrator->line == NULL ||
		facts->updates < narrator->facts.updates ||
		facts->phase != narrator->facts.phase ||
		facts->phase != NARRATOR_TRAINING;

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
	else if (strcmp(name, "span") == 0)
		number_grouped(number, facts->span);
	else if (strcmp(name, "window") == 0)
		number_grouped(number, facts->settings->window);
	else if (strcmp(name, "average") == 0)
		number_fixed(number, facts->average, 4);
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
		snprintf(text, NARRATOR_TEXT_SIZE,
			facts->clock_last > facts->clock_first ? "climbs"
							       : "falls");
	else if (strcmp(name, "ghost") == 0)
		snprintf(text, NARRATOR_TEXT_SIZE, "%.30s", facts->ghost_name);
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
			NARRATOR_TEXT_SIZE - length, "%.60s", fact);
		if (length >= NARRATOR_TEXT_SIZE)
			length = NARRATOR_TEXT_SIZE - 1;
		line = end + 1;
	}
	text[length] = '\0';
	return text;
}
