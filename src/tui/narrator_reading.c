/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lines of the narrator about a text under the microscope: what the
 * selected unit does, and what the character under the cursor cost.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/translate.h"
#include "inspect/text_expected.h"
#include "tui/actions.h"
#include "tui/app.h"
#include "tui/microscope.h"
#include "tui/microscope_panes.h"
#include "tui/moves.h"
#include "tui/narrator.h"
#include "tui/step_text.h"

/* A smaller correlation tells little. */
#define TELLING 0.3
/* Bits between two surprises that differ by more than a little. */
#define BITS_APART 1.0

static bool
has_results(const struct narrator_facts *facts)
{
	return facts->reading.has_results;
}

static bool
is_at_start(const struct narrator_facts *facts)
{
	return has_results(facts) && !facts->reading.is_predicted;
}

static bool
is_at_end(const struct narrator_facts *facts)
{
	return has_results(facts) && facts->reading.character[0] == '\0';
}

static bool
is_cut(const struct narrator_facts *facts)
{
	return has_results(facts) && facts->reading.is_cut;
}

static bool
memory_helped(const struct narrator_facts *facts)
{
	const struct narrator_reading *reading = &facts->reading;

	return has_results(facts) &&
		reading->without - reading->with >= BITS_APART;
}

static bool
memory_misled(const struct narrator_facts *facts)
{
	const struct narrator_reading *reading = &facts->reading;

	return has_results(facts) &&
		reading->with - reading->without >= BITS_APART;
}

static bool
is_surprise(const struct narrator_facts *facts)
{
	return has_results(facts) &&
		facts->reading.bits > facts->reading.blind_bits;
}

static bool
is_guessed(const struct narrator_facts *facts)
{
	const struct narrator_reading *reading = &facts->reading;

	return has_results(facts) &&
		strcmp(reading->character, reading->likeliest) == 0;
}

static bool
always(const struct narrator_facts *facts)
{
	(void)facts;
	return true;
}

/* clang-format off */
const struct narrator_line narrator_reading_lines[] = {
	{"not predicted", is_at_start,
		N_("Unit {unit} {does}. Nothing was expected here."),
		N_("goes to the next character"), &move_on},
	{"what comes next", is_at_end,
		N_("Unit {unit} {does}. Next may be {likeliest}, with "
		"{percent} %."),
		N_("types a text for the network to read"), &microscope_prime},
	{"without memory", is_cut,
		N_("Unit {unit} {does}. {character} cost {bits} bits without "
		"memory."),
		N_("gives the memory back"), &action_memory},
	{"memory helped", memory_helped,
		N_("Unit {unit} {does}. {character} cost {bits} bits: memory "
		"helped."),
		N_("cuts the memory of these weights, and gives it back"),
		&action_memory},
	{"memory misled", memory_misled,
		N_("Unit {unit} {does}. {character} cost {bits} bits: memory "
		"misled."),
		N_("cuts the memory of these weights, and gives it back"),
		&action_memory},
	{"a surprise", is_surprise,
		N_("Unit {unit} {does}. {character} cost {bits} bits: a "
		"surprise."),
		N_("goes to the next character"), &move_on},
	{"expected", is_guessed,
		N_("Unit {unit} {does}. {character} cost {bits} bits, the "
		"likeliest."),
		N_("goes to the unit that tells next most"), &move_down},
	{"of a unit", has_results,
		N_("Unit {unit} {does}. {character} cost {bits} bits."),
		N_("goes to the next character"), &move_on},
	{"a text", always,
		N_("Each character is on the colour of a unit's state after "
		"it."),
		N_("shows the gates, the weights and the gradient"),
		&microscope_gates},
	{NULL, NULL, NULL, NULL, NULL},
};
/* clang-format on */

/* What the state of a unit does in the text; `is_up`: it rises with it. */
static const char *
does(enum text_feature feature, bool is_up)
{
	static const char *const words[TEXT_FEATURES][2] = {
		[TEXT_FEATURE_WORD] = {N_("is low in a word"),
			N_("is high in a word")},
		[TEXT_FEATURE_WORD_POSITION] = {N_("falls along a word"),
			N_("rises along a word")},
		[TEXT_FEATURE_LINE_POSITION] = {N_("falls along a line"),
			N_("rises along a line")},
		[TEXT_FEATURE_LINE_START] = {N_("is low at a line's start"),
			N_("is high at a line's start")},
		[TEXT_FEATURE_QUOTED] = {N_("is low in quotation marks"),
			N_("is high in quotation marks")},
		[TEXT_FEATURE_BRACKETED] = {N_("is low in brackets"),
			N_("is high in brackets")},
		[TEXT_FEATURE_CAPITAL] = {N_("is low at a capital"),
			N_("is high at a capital")},
		[TEXT_FEATURE_VOWEL] = {N_("is low at a vowel"),
			N_("is high at a vowel")},
	};

	return _(words[feature][is_up]);
}

void
narrator_write_reading(const char *name, const struct narrator_reading *reading,
	char text[NARRATOR_TEXT_SIZE])
{
	char number[NUMBER_TEXT_SIZE];

	if (strcmp(name, "unit") == 0)
		snprintf(text, NARRATOR_TEXT_SIZE, "%zu", reading->unit + 1);
	else if (strcmp(name, "does") == 0)
		snprintf(text, NARRATOR_TEXT_SIZE, "%s",
			fabs(reading->correlation) < TELLING
				? _("tells little of the text")
				: does(reading->feature,
					  reading->correlation > 0));
	else if (strcmp(name, "character") == 0)
		snprintf(text, NARRATOR_TEXT_SIZE, "%s", reading->character);
	else if (strcmp(name, "likeliest") == 0)
		snprintf(text, NARRATOR_TEXT_SIZE, "%s", reading->likeliest);
	else if (strcmp(name, "bits") == 0)
		snprintf(text, NARRATOR_TEXT_SIZE, "%s",
			number_fixed(number, reading->bits, 2));
	else if (strcmp(name, "percent") == 0)
		snprintf(text, NARRATOR_TEXT_SIZE, "%s",
			number_fixed(number, 100 * reading->probability, 0));
}

void
narrator_read(const struct app *app, const struct microscope *microscope,
	struct narrator_reading *reading)
{
	const struct microscope_result *result = microscope_result(microscope);
	const struct microscope_unit *unit;
	struct text_expected expected;
	char token[STEP_TEXT_SIZE];
	double other = NAN;
	size_t step;

	*reading = (struct narrator_reading){.is_shown = true};
	if (result == NULL)
		return;
	unit = &result->unit[microscope->layer][microscope_rank(microscope)];
	reading->has_results = true;
	reading->is_cut = result->has_memory && result->no_memory;
	reading->at = microscope->at;
	reading->unit = unit->number;
	reading->feature = unit->feature;
	reading->correlation = unit->correlation;
	step = microscope_step(result, microscope->at);
	reading->is_predicted = step != INSPECTION_NONE;
	if (!reading->is_predicted)
		return;
	text_expected_measure(&expected, &result->inspection, step);
	snprintf(reading->likeliest, sizeof reading->likeliest, "%s",
		step_text_token(token, app, expected.token[0]));
	reading->probability = expected.probability[0];
	reading->bits = expected.has_truth ? expected.bits : (double)NAN;
	if (expected.has_truth)
		snprintf(reading->character, sizeof reading->character, "%s",
			step_text_token(token, app, expected.truth));
	if (result->has_memory && expected.has_truth)
		other = inspection_loss(&result->other, step) / log(2);
	reading->with = reading->is_cut ? other : reading->bits;
	reading->without = reading->is_cut ? reading->bits : other;
	reading->blind_bits = log2((double)result->inspection.features);
}
