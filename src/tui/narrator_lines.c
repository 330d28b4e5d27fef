/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lines of the narrator about a run, and their conditions.
 */
#include <math.h>

#include "base/translate.h"
#include "tui/actions.h"
#include "tui/narrator.h"

/* The loss is at its floor if it is at most so much above it. */
#define AT_FLOOR 1.05
/* Least relative change of the loss that is worth a line. */
#define LEAST_CHANGE 0.02

/* Until then the framing is explained. */
enum { EARLY_UPDATES = 2000 };

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
is_past(const struct narrator_facts *facts)
{
	return facts->phase == NARRATOR_PAST;
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

/* Training has stopped after the best validation, which is kept or lost. */
static bool
rests_after_best(const struct narrator_facts *facts)
{
	return facts->is_rising &&
		(facts->phase == NARRATOR_PAUSED ||
			facts->phase == NARRATOR_FINISHED);
}

static bool
has_kept_best(const struct narrator_facts *facts)
{
	return rests_after_best(facts) && facts->best_file != NULL;
}

static bool
has_lost_best(const struct narrator_facts *facts)
{
	return rests_after_best(facts) && !facts->has_name;
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

/* By more than the average loss varies by chance. */
static bool
remembers(const struct narrator_facts *facts)
{
	return AT_FLOOR * facts->average < facts->without_memory;
}

static bool
does_not_remember(const struct narrator_facts *facts)
{
	return facts->without_memory > 0 &&
		facts->average >= facts->without_memory;
}

static bool
beats_ghost(const struct narrator_facts *facts)
{
	return facts->has_ghost && !facts->is_pair &&
		facts->average < facts->ghost_average;
}

static bool
beats_other(const struct narrator_facts *facts)
{
	return facts->has_ghost && facts->is_pair && facts->updates > 0 &&
		facts->average < facts->ghost_average;
}

static bool
trails_other(const struct narrator_facts *facts)
{
	return facts->has_ghost && facts->is_pair && facts->updates > 0 &&
		facts->average > facts->ghost_average;
}

static bool
trails_ghost(const struct narrator_facts *facts)
{
	return facts->has_ghost && !facts->is_pair &&
		facts->average > facts->ghost_average && !is_early(facts);
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
has_lost_patience(const struct narrator_facts *facts)
{
	return facts->phase == NARRATOR_FINISHED && facts->has_lost_patience;
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
		N_("The loss is no longer finite: the steps were too large."),
		N_("lowers the learning rate; then Space goes on"),
		&action_lower_rate},
	{"the past", is_past,
		N_("The run as it was after update {at}; grey is what came "
		"later."),
		N_("goes on from here with other settings; Esc returns"),
		&action_branch},
	{"given weights", has_given_weights,
		N_("The weights are those of a file; this run has made no "
		"update."),
		N_("trains with a single update"), &action_step},
	{"random weights", has_random_weights,
		N_("The weights are random: what is generated is noise."),
		N_("makes the first update"), &action_step},
	{"better than the other run", beats_other,
		N_("{average} is below the other run: {ghost} has {was}."),
		N_("brings the other run to the front"), &action_exchange},
	{"worse than the other run", trails_other,
		N_("{average} is above the other run: {ghost} has {was}."),
		N_("brings the other run to the front"), &action_exchange},
	{"overfits, the best is kept", has_kept_best,
		N_("Validation was best at {best}; that model is in {kept}."),
		N_("begins a run with {remedy}"),
		&action_new},
	{"overfits, the best is lost", has_lost_best,
		N_("Validation was best at {best}; no file has that model."),
		N_("names a file; a run that has one keeps its best beside it"),
		&action_save},
	{"overfits", overfits,
		N_("Validation has risen since update {best}: it learns by "
		"heart."),
		N_("begins a run with {remedy}"),
		&action_new},
	{"at the floor, without state", is_at_floor_without_state,
		N_("The loss is at its floor {floor}: "
		"one point does not tell more."),
		N_("framing sequence carries a state, and so knows more"),
		&action_new},
	{"at the floor", is_at_floor,
		N_("The loss is at its floor {floor}: the rest is chance."),
		N_("draws a shape point by point"), &action_generate},
	{"better than the run before", beats_ghost,
		N_("{average} is below the run before: {ghost} had {was}."),
		N_("lets its grey curve go"), &action_forget_ghost},
	{"worse than the run before", trails_ghost,
		N_("{average} is above the run before: {ghost} had {was}."),
		N_("lets its grey curve go"), &action_forget_ghost},
	{"a density", is_density,
		N_("The network learns a density: each drawing is another "
		"sample."),
		N_("shows many drawings at once"), &action_cloud},
	{"frozen", has_frozen_early,
		N_("Each step starts from an empty state: "
		"{frozen} of {parameters} get no gradient."),
		N_("begins a run; in framing sequence the state goes on, "
		"and all learn"), &action_new},
	{"reads a window", reads_window,
		N_("Each prediction sees a window of {window}, "
		"and nothing before it."),
		N_("framing sequence sees all that came before"), &action_new},
	{"writes a window", writes_window,
		N_("It sees one input, and predicts the next {window} from "
		"it."),
		N_("framing sequence sees all that came before"), &action_new},
	{"above the unigram loss", is_above_unigram,
		N_("It is still worse than guessing by letter counts."),
		N_("trains faster"), &action_faster},
	{"above the bigram loss", is_above_bigram,
		N_("It beats letter counts, "
		"not yet a guess from one letter back."),
		N_("trains faster"), &action_faster},
	{"below the bigram loss", is_below_bigram,
		N_("It beats guessing from one letter back, by pairs."),
		N_("writes a page, and goes on with it in a "
		"pause"), &action_write},
	{"a clock", has_clock,
		N_("Memory: {clock} {climbs} at each step, "
		"from {first} to {last}: a clock."),
		N_("looks inside the network"), &action_inside},
	{"remembers", remembers,
		N_("The loss is below {without}, the least without a memory."),
		N_("cuts the memory"), &action_memory},
	{"does not remember", does_not_remember,
		N_("Without a memory the loss could be {without}; "
		"it is not below."),
		N_("looks inside the network"), &action_inside},
	{"stuck without a state", is_stuck_without_state,
		N_("In {span} updates little change: each step starts empty, "
		"{frozen} get no gradient."),
		N_("begins a run; in framing sequence the state goes on, "
		"and all learn"), &action_new},
	{"out of patience", has_lost_patience,
		N_("{patience} epochs without a better validation than "
		"at {best}."),
		N_("trains on"), &action_extend},
	{"finished", is_finished,
		N_("All updates are done; the average loss is {average}."),
		N_("extends the run"), &action_extend},
	{"falling", is_falling,
		N_("The mean loss of {span} updates fell by more than 2 %."),
		N_("draws a shape point by point"), &action_generate},
	{"getting worse", is_getting_worse,
		N_("The mean loss of {span} updates rose by more than 2 %."),
		N_("lowers the learning rate"), &action_lower_rate},
	{"stuck", is_stuck,
		N_("The mean loss of {span} updates hardly changes any more."),
		N_("lowers the learning rate"), &action_lower_rate},
	{"paused", is_paused,
		N_("Nothing changes while the run is paused."),
		N_("makes a single update"), &action_step},
	{"carries the state", carries_state,
		N_("The state is carried from step to step: it can remember."),
		N_("cuts the memory of these weights, and gives it back"),
		&action_memory},
	{"training", always,
		N_("Each update moves the weights a little against the loss."),
		N_("trains faster"), &action_faster},
	{NULL, NULL, NULL, NULL, NULL},
};
/* clang-format on */
