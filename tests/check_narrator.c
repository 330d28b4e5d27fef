/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the narrator: for runs of all tasks, framings and losses, in all
 * phases, the condition of the line shown holds, and each line fits.
 */
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/translate.h"
#include "base/utf8.h"
#include "core/loss.h"
#include "here.h"
#include "run/run.h"
#include "run_to.h"
#include "suite.h"
#include "tui/action.h"
#include "tui/ghost.h"
#include "tui/live_steps.h"
#include "tui/narrator.h"

enum { UPDATES_MAX = 2400, LINES_MAX = 64 };

/* Updates at which the phases are tested. */
static const uint64_t moments[] = {0, 30, 2400};

/* What the test knows of a run besides the facts. */
struct known {
	struct run *run;
	enum narrator_phase phase;
	double loss[UPDATES_MAX];
	uint64_t updates;
	const struct live_steps *steps;
	const struct ghost *ghost;
};

static int chosen[LINES_MAX];

static double
mean_loss(const struct known *known, uint64_t first, uint64_t end)
{
	double sum = 0;

	for (uint64_t i = first; i < end; i++)
		sum += known->loss[i];
	return sum / (double)(end - first);
}

/* The relative change of the loss between the last two spans of 4^k. */
static double
change(const struct known *known)
{
	uint64_t span = 1, end;
	double before;

	while (4 * span <= known->updates / 10)
		span *= 4;
	end = known->updates / span * span;
	before = mean_loss(known, end - 2 * span, end - span);
	return (mean_loss(known, end - span, end) - before) / fabs(before);
}

/* Changes up to this one may be chance, judged by the range of the losses. */
static double
chance(const struct known *known)
{
	uint64_t span = 1, end;
	double min = INFINITY, max = -INFINITY;

	while (4 * span <= known->updates / 10)
		span *= 4;
	end = known->updates / span * span;
	for (uint64_t i = end - 2 * span; i < end; i++) {
		min = fmin(min, known->loss[i]);
		max = fmax(max, known->loss[i]);
	}
	return (max - min) / 3 * sqrt(2 / (double)span) /
		fabs(mean_loss(known, end - 2 * span, end - span));
}

/* Whether the loss fell (-1) or rose (1) by more than chance; 0: neither. */
static int
direction(const struct known *known)
{
	double least = fmax(0.02, chance(known));

	if (fabs(change(known)) <= least)
		return 0;
	return change(known) < 0 ? -1 : 1;
}

static double
average(const struct known *known)
{
	double sum = 0, weight = 0;

	for (uint64_t i = 0; i < known->updates; i++) {
		sum = 0.99 * sum + 0.01 * known->loss[i];
		weight = 0.99 * weight + 0.01;
	}
	return sum / weight;
}

/* Whether a unit climbs or falls at each step, and by more than a little. */
static bool
is_clock(const struct known *known, const char *name)
{
	for (size_t i = 0; i < known->steps->units; i++) {
		const struct live_unit *unit = &known->steps->unit[i];
		size_t up = 0, down = 0;
		char text[32];

		snprintf(text, sizeof text, "c%zu", unit->unit + 1);
		if (strcmp(text, name) != 0)
			continue;
		for (size_t t = 1; t < known->steps->count; t++) {
			up += unit->values[t] > unit->values[t - 1];
			down += unit->values[t] < unit->values[t - 1];
		}
		return (up == known->steps->count - 1 ||
			       down == known->steps->count - 1) &&
			fabsf(unit->values[known->steps->count - 1] -
				unit->values[0]) > 0.3f;
	}
	return false;
}

/* Decide, without the program's conditions, whether a line is true. */
static bool
is_true(const struct known *known, const struct narrator_facts *facts,
	const char *name)
{
	const struct run *run = known->run;
	const struct settings *settings = run_settings(run);
	bool has_floor = run_floor(run) != NULL && !run_floor_is_passed(run);
	double floor = has_floor ? run_floor_value(run) : NAN;
	bool has_loss = known->updates > 0;
	double now = has_loss ? average(known) : NAN;
	const double slack = 1e-6;

	if (strcmp(name, "diverged") == 0)
		return known->phase == NARRATOR_DIVERGED;
	if (strcmp(name, "the past") == 0)
		return known->phase == NARRATOR_PAST;
	if (strcmp(name, "random weights") == 0)
		return known->updates == 0 && run_init_file(run)[0] == '\0';
	if (strcmp(name, "overfits") == 0 ||
		strcmp(name, "overfits, the best is lost") == 0)
		return run_validation(run)->last > run_validation(run)->best;
	if (strcmp(name, "at the floor") == 0 ||
		strcmp(name, "at the floor, without state") == 0)
		return has_floor && now < 1.06 * floor &&
			(strcmp(name, "at the floor") == 0 ||
				settings->framing != &framing_sequence);
	if (strcmp(name, "better than the run before") == 0)
		return known->ghost->settings.loss == settings->loss &&
			now < history_average(known->ghost->history) + slack;
	if (strcmp(name, "worse than the run before") == 0)
		return known->ghost->settings.loss == settings->loss &&
			now > history_average(known->ghost->history) - slack;
	if (strcmp(name, "better than the other run") == 0)
		return facts->is_pair && now < facts->ghost_average + slack;
	if (strcmp(name, "worse than the other run") == 0)
		return facts->is_pair && now > facts->ghost_average - slack;
	if (strcmp(name, "a density") == 0)
		return settings->loss == &loss_mixture;
	if (strcmp(name, "frozen") == 0)
		return settings->framing == &framing_one_to_one &&
			run_learning_parameters(run) <
			run_model(run)->parameters.total;
	if (strcmp(name, "stuck without a state") == 0)
		return direction(known) == 0 &&
			settings->framing == &framing_one_to_one;
	if (strcmp(name, "reads a window") == 0)
		return settings->framing == &framing_many_to_one;
	if (strcmp(name, "writes a window") == 0)
		return settings->framing == &framing_one_to_many;
	if (strcmp(name, "above the unigram loss") == 0)
		return now > run_unigram(run) - slack;
	if (strcmp(name, "above the bigram loss") == 0)
		return now > run_bigram(run) - slack &&
			now < run_unigram(run) + slack;
	if (strcmp(name, "below the bigram loss") == 0)
		return now < run_bigram(run) + slack;
	if (strcmp(name, "a clock") == 0)
		return settings->framing == &framing_sequence &&
			is_clock(known, facts->clock);
	/* of the gap 5, the last of six steps: 1/4 or 1/12 */
	if (strcmp(name, "remembers") == 0)
		return settings->task == &task_recall &&
			settings->framing == &framing_sequence &&
			now <
			(settings->loss == &loss_mse ? 1.0 / 12 : 0.25) / 6;
	if (strcmp(name, "does not remember") == 0)
		return settings->task == &task_recall &&
			settings->framing == &framing_sequence &&
			now >
			(settings->loss == &loss_mse ? 1.0 / 12 : 0.25) / 6 -
				slack;
	if (strcmp(name, "out of patience") == 0)
		return known->phase == NARRATOR_FINISHED &&
			run_updates(run) < settings->target &&
			settings->patience > 0;
	if (strcmp(name, "finished") == 0)
		return known->phase == NARRATOR_FINISHED;
	if (strcmp(name, "falling") == 0)
		return direction(known) < 0;
	if (strcmp(name, "getting worse") == 0)
		return direction(known) > 0;
	if (strcmp(name, "stuck") == 0)
		return direction(known) == 0;
	if (strcmp(name, "paused") == 0)
		return known->phase == NARRATOR_PAUSED;
	if (strcmp(name, "carries the state") == 0)
		return settings->framing == &framing_sequence;
	return strcmp(name, "training") == 0 && known->updates > 0;
}

/* Languages of the messages; the last one, English, stays after the tests. */
static const char *const languages[] = {"de", "zh_CN", "en"};

/* Messages are of this language now, if the C library heeds LANGUAGE. */
static void
set_language(const char *language)
{
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("LANGUAGE", language, 1);
	setlocale(LC_CTYPE, "");
	translate_begin();
}

/* Expect that a line fits, in each language. */
static void
expect_width(const char *line, const struct narrator_facts *facts, int room)
{
	char text[NARRATOR_TEXT_SIZE];

	for (int l = 0; l < COUNT(languages); l++) {
		size_t columns;

		set_language(languages[l]);
		narrator_write(_(line), facts, text);
		columns = utf8_columns(text);
		ck_assert_msg(columns > 5 && columns <= (size_t)room,
			"%s, %zu columns: %s", languages[l], columns, text);
		ck_assert_msg(strpbrk(text, "{}") == NULL, "%s", text);
	}
}

/* Without this, the test of the widths would see nothing but English. */
START_TEST(the_languages_are_known)
{
	set_language("de");
	if (strcmp(_("climbs"), "climbs") == 0)
		printf("not tested: the C library does not heed LANGUAGE\n");
#if defined(__GLIBC__) && defined(ENABLE_NLS)
	ck_assert_str_eq(_("climbs"), "steigt");
	set_language("zh_CN");
	ck_assert_str_ne(_("climbs"), "climbs");
#endif
}
END_TEST

static void
check_line(const struct known *known)
{
	struct narrator_facts facts;
	const struct narrator_line *line;

	narrator_measure(known->run, known->phase, known->steps, known->ghost,
		"", &facts);
	line = narrator_choose(&facts);
	ck_assert_msg(is_true(known, &facts, line->name),
		"'%s' is not true: %s, %s, %s, %llu updates, phase %d",
		line->name, facts.settings->task->kind.name,
		facts.settings->framing->kind.name,
		facts.settings->loss->kind.name,
		(unsigned long long)known->updates, (int)known->phase);
	chosen[line - narrator_lines]++;
	for (line = narrator_lines; line->name != NULL; line++)
		if (line->holds(&facts)) {
			expect_width(line->see, &facts, NARRATOR_COLUMNS);
			expect_width(line->advice, &facts,
				NARRATOR_COLUMNS -
					(int)strlen(line->action->shown) - 1);
		}
}

/* Check all phases of a run at all moments. */
static void
walk(struct run *run, const struct ghost *ghost)
{
	struct live_steps steps;
	struct live_shape shape = {0};
	struct live_seen seen = {0};
	struct live_text text = {.updates = 0};
	static struct known known;
	struct error error;

	known = (struct known){.run = run, .steps = &steps, .ghost = ghost};
	live_steps_create(&steps, run);
	if (!run_task(run)->is_text)
		ck_assert(live_shape_create(&shape, run, 0, &error) &&
			live_seen_create(&seen, run, &error));
	for (size_t m = 0; m < sizeof moments / sizeof moments[0]; m++) {
		while (known.updates < moments[m]) {
			known.updates++;
			EXPECT(run_to(run, known.updates, &error) ==
					RUN_REACHED,
				"%s", error.text);
			known.loss[known.updates - 1] = run_history(run)->last;
		}
		if (shape.points != NULL) {
			live_shape_update(&shape, 0, false, false);
			live_seen_update(&seen, 0, false);
			while (live_steps_update(&steps, &seen, &shape, &text,
				false, 0, false))
				;
		}
		for (int phase = 0; phase <= NARRATOR_DIVERGED; phase++) {
			known.phase = (enum narrator_phase)phase;
			check_line(&known);
		}
	}
	live_seen_destroy(&seen);
	live_shape_destroy(&shape);
	live_steps_destroy(&steps);
}

/* Make the settings of a combination; false: it is not possible. */
static bool
make_settings(const struct kind *task, const struct kind *framing,
	const struct kind *loss, const char *seed, struct settings *settings)
{
	char path[FOLDER_PATH_SIZE];
	struct error error;
	const struct {
		const struct setting *setting;
		const char *text;
	} values[] = {
		{&setting_task, task->name},
		{&setting_framing, framing->name},
		{&setting_loss, loss->name},
		{&setting_units, "3"},
		{&setting_seed, seed},
		{&setting_learning_rate, "0.005"},
		{&setting_window, "2"},
		{&setting_batch, "1"},
	};
	settings_mask given = 0;

	settings_default(settings);
	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
		if (!setting_parse(values[i].setting, settings, values[i].text,
			    &error))
			return false;
		given |= settings_bit(values[i].setting);
	}
	if (settings->task->make == NULL && settings->task->own_data == NULL)
		ck_assert(setting_parse(&setting_data, settings,
			folder_join(path, folder,
				settings->task->is_text ? "t.txt" : "p.csv"),
			&error));
	return settings_complete(settings, given, &error);
}

static struct run *
begin(const struct settings *settings)
{
	struct error error;
	struct run *run = run_create(suite_context(), settings, NULL, &error);

	ck_assert_msg(run != NULL, "%s", error.text);
	return run;
}

/* Walk a combination without a former run, and with one. */
static void
walk_settings(const struct kind *task, const struct kind *framing,
	const struct kind *loss)
{
	const struct live_shape no_shape = {0};
	struct ghost ghost = {0};
	struct settings settings;
	struct run *run;

	if (!make_settings(task, framing, loss, "1", &settings))
		return;
	run = begin(&settings);
	walk(run, &ghost);
	ck_assert(ghost_take(&ghost, run, &no_shape));
	run_destroy(run);
	ck_assert(make_settings(task, framing, loss, "2", &settings));
	run = begin(&settings);
	ghost_replace(&ghost, &(struct ghost){0}, run_settings(run));
	ck_assert_str_eq(ghost.name, "seed 1");
	walk(run, &ghost);
	run_destroy(run);
	ghost_destroy(&ghost);
}

/* _i: the task. */
START_TEST(the_line_shown_is_true_in_every_phase)
{
	const struct kind *task = task_list[_i];

	write_here("p.csv", "0,0\n0.5,0.1\n0.6,0.7\n\n0.2,0\n0.9,0.3\n1,1\n");
	write_here("t.txt",
		"a text of a few words, and a few words more, and again a text "
		"of a few words, which says nothing new, but goes on.\n");
	for (size_t f = 0; framing_list[f] != NULL; f++)
		for (size_t l = 0; loss_list[l] != NULL; l++)
			walk_settings(task, framing_list[f], loss_list[l]);
}
END_TEST

static void
count_chosen(const struct narrator_facts *facts, const char *name)
{
	const struct narrator_line *line = narrator_choose(facts);

	ck_assert_msg(strcmp(line->name, name) == 0, "%s, not %s", line->name,
		name);
}

/* The most important line comes first. */
START_TEST(the_first_line_that_holds_is_shown)
{
	char text[NARRATOR_TEXT_SIZE];
	struct settings settings;
	struct narrator_facts facts = {.settings = &settings,
		.phase = NARRATOR_TRAINING,
		.updates = 5000,
		.learning = 112,
		.parameters = 542,
		.average = 0.2,
		.floor = NAN,
		.change = -0.1,
		.unigram = NAN,
		.bigram = NAN};

	settings_default(&settings);
	count_chosen(&facts, "falling");
	/* more than 5 % below what is reached without a memory, or above it */
	facts.without_memory = 0.215;
	count_chosen(&facts, "remembers");
	facts.without_memory = 0.205;
	count_chosen(&facts, "falling");
	facts.without_memory = 0.195;
	count_chosen(&facts, "does not remember");
	facts.without_memory = NAN;
	facts.chance = 0.11;
	count_chosen(&facts, "stuck without a state");
	facts.chance = 0.09;
	count_chosen(&facts, "falling");
	facts.change = 0.08;
	count_chosen(&facts, "stuck without a state");
	facts.change = 0;
	count_chosen(&facts, "stuck without a state");
	facts.learning = 542;
	count_chosen(&facts, "stuck");
	facts.learning = 112;
	facts.change = 0.1;
	count_chosen(&facts, "getting worse");
	facts.phase = NARRATOR_FINISHED;
	count_chosen(&facts, "finished");
	facts.has_lost_patience = true;
	count_chosen(&facts, "out of patience");
	facts.has_lost_patience = false;
	facts.updates = 100;
	count_chosen(&facts, "frozen");
	facts.has_ghost = true;
	facts.ghost_average = 0.3;
	count_chosen(&facts, "better than the run before");
	facts.floor = 0.199;
	count_chosen(&facts, "at the floor, without state");
	settings.framing = &framing_sequence;
	count_chosen(&facts, "at the floor");
	facts.is_rising = true;
	facts.phase = NARRATOR_TRAINING;
	count_chosen(&facts, "overfits");
	facts.phase = NARRATOR_PAUSED;
	count_chosen(&facts, "overfits, the best is lost");
	/* a file whose best the user declined */
	facts.has_name = true;
	count_chosen(&facts, "overfits");
	facts.best_file = "runs/tale-best.safetensors";
	count_chosen(&facts, "overfits, the best is kept");
	facts.is_pair = true;
	count_chosen(&facts, "better than the other run");
	facts.ghost_average = 0.01;
	count_chosen(&facts, "worse than the other run");
	facts.is_pair = false;
	facts.phase = NARRATOR_PAST;
	count_chosen(&facts, "the past");
	facts.phase = NARRATOR_FINISHED;
	facts.best_update = 1024;
	count_chosen(&facts, "overfits, the best is kept");
	ck_assert_str_eq(narrator_write(narrator_choose(&facts)->see, &facts,
				 text),
		"Validation was best at 1,024; that model is in "
		"tale-best.safetensors.");
	facts.updates = 0;
	facts.has_file_weights = true;
	count_chosen(&facts, "given weights");
	facts.has_file_weights = false;
	count_chosen(&facts, "random weights");
	facts.phase = NARRATOR_DIVERGED;
	count_chosen(&facts, "diverged");
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Steadiness */

/* A run of a text whose average loss is near that of the unigrams. */
static void
set_text(struct settings *settings, struct narrator_facts *facts)
{
	settings_default(settings);
	settings->task = &task_text;
	settings->framing = &framing_sequence;
	*facts = (struct narrator_facts){.settings = settings,
		.phase = NARRATOR_TRAINING,
		.updates = 3000,
		.learning = 542,
		.parameters = 542,
		.average = 2.1,
		.floor = NAN,
		.change = -0.1,
		.unigram = 2,
		.bigram = 1};
}

static void
expect_said(const struct narrator *narrator, const char *name, double now)
{
	ck_assert_msg(strcmp(narrator->line->name, name) == 0,
		"%s, not %s, at %g s", narrator->line->name, name, now);
}

/* Losses above and below a threshold in turn, 30 times a second. */
START_TEST(a_line_does_not_alternate_with_another)
{
	struct settings settings;
	struct narrator_facts facts;
	struct narrator narrator = {.line = NULL};
	const struct narrator_line *before = NULL;
	int changes = 0, untrue = 0;
	double now = 100;

	set_text(&settings, &facts);
	narrator_update(&narrator, &facts, now);
	expect_said(&narrator, "above the unigram loss", now);
	for (int frame = 0; frame < 600; frame++) {
		now += 1.0 / 30;
		facts.updates += 10;
		/* runs of one to three frames on either side */
		facts.average = frame % 7 < 3 || frame % 5 == 0 ? 1.99 : 2.01;
		narrator_update(&narrator, &facts, now);
		changes += before != NULL && narrator.line != before;
		untrue += !narrator.line->holds(&facts);
		before = narrator.line;
	}
	ck_assert_int_eq(untrue, 0);
	ck_assert_int_eq(changes, 0);
	/* what holds in both cases */
	expect_said(&narrator, "falling", now);
	/* below for good: after NARRATOR_SECONDS, and not before */
	facts.average = 1.9;
	narrator_update(&narrator, &facts, now);
	narrator_update(&narrator, &facts, now + NARRATOR_SECONDS - 0.1);
	expect_said(&narrator, "falling", now);
	narrator_update(&narrator, &facts, now + NARRATOR_SECONDS + 0.1);
	expect_said(&narrator, "above the bigram loss", now);
	/* what is no longer true is not said for a single frame */
	facts.average = 2.1;
	narrator_update(&narrator, &facts, now + 5);
	expect_said(&narrator, "falling", now);
}
END_TEST

/* Nothing flickers while nothing trains, so the first true line is shown. */
START_TEST(a_run_at_rest_says_at_once_what_holds)
{
	struct settings settings;
	struct narrator_facts facts;
	struct narrator narrator = {.line = NULL};

	set_text(&settings, &facts);
	narrator_update(&narrator, &facts, 1);
	facts.average = 1.9;
	narrator_update(&narrator, &facts, 1.1);
	expect_said(&narrator, "falling", 1.1);
	facts.phase = NARRATOR_PAUSED;
	narrator_update(&narrator, &facts, 1.2);
	expect_said(&narrator, "above the bigram loss", 1.2);
	facts.average = 0.9;
	narrator_update(&narrator, &facts, 1.3);
	expect_said(&narrator, "below the bigram loss", 1.3);
	/* training goes on with what was said */
	facts.phase = NARRATOR_TRAINING;
	narrator_update(&narrator, &facts, 1.4);
	expect_said(&narrator, "below the bigram loss", 1.4);
	/* another run */
	facts.updates = 10;
	facts.average = 2.1;
	narrator_update(&narrator, &facts, 1.5);
	expect_said(&narrator, "above the unigram loss", 1.5);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* A text under the microscope */

/* Whether what a line says of a reading is true, decided by its words. */
static bool
is_true_of(const struct narrator_reading *reading, const char *line)
{
	double gain = reading->without - reading->with;

	if (strstr(line, "state after it") != NULL)
		return !reading->has_results;
	if (!reading->has_results)
		return false;
	if ((strstr(line, "Nothing was expected") != NULL) !=
		!reading->is_predicted)
		return false;
	if (reading->is_predicted &&
		(strstr(line, "Next may be") != NULL) !=
			(reading->character[0] == '\0'))
		return false;
	if (reading->character[0] != '\0' &&
		(strstr(line, "without memory") != NULL) != reading->is_cut)
		return false;
	if (strstr(line, "helped") != NULL)
		return gain >= 1;
	if (strstr(line, "misled") != NULL)
		return gain <= -1;
	if (strstr(line, "a surprise") != NULL)
		return reading->bits > reading->blind_bits;
	if (strstr(line, "the likeliest") != NULL)
		return strcmp(reading->character, reading->likeliest) == 0;
	return true;
}

static const struct narrator_reading readings[] = {
	{.is_predicted = false},
	{.is_predicted = true, .likeliest = "'e'", .probability = 0.426},
	{.is_predicted = true,
		.character = "'e'",
		.likeliest = "'e'",
		.probability = 0.9,
		.bits = 0.152},
	{.is_predicted = true,
		.character = "'\\n'",
		.likeliest = "'e'",
		.bits = 14.59,
		.probability = 0.9},
	{.is_predicted = true,
		.character = "'a'",
		.likeliest = "'e'",
		.bits = 3.25,
		.probability = 0.2},
};

/* Without memory more, less or equal bits, or there is no memory: NaN. */
static const double apart[] = {2.5, -2.5, 0.5, NAN};

static const struct {
	enum text_feature feature;
	double correlation;
	const char *does;
} tellings[] = {
	{TEXT_FEATURE_WORD, 0.31, "is high in a word"},
	{TEXT_FEATURE_WORD, -0.31, "is low in a word"},
	{TEXT_FEATURE_WORD_POSITION, 0.9, "rises along a word"},
	{TEXT_FEATURE_LINE_POSITION, -0.9, "falls along a line"},
	{TEXT_FEATURE_LINE_START, 0.5, "is high at a line's start"},
	{TEXT_FEATURE_QUOTED, -0.5, "is low in quotation marks"},
	{TEXT_FEATURE_BRACKETED, 0.5, "is high in brackets"},
	{TEXT_FEATURE_CAPITAL, -0.5, "is low at a capital"},
	{TEXT_FEATURE_VOWEL, 0.5, "is high at a vowel"},
	{TEXT_FEATURE_VOWEL, 0.29, "tells little of the text"},
	{TEXT_FEATURE_WORD, 0, "tells little of the text"},
};

/* Check what is said of a reading; note which lines were said. */
static void
check_reading(const struct narrator_reading *reading, const char *does,
	bool said[LINES_MAX])
{
	struct settings settings;
	struct narrator_facts facts;
	const struct narrator_line *line;
	char text[NARRATOR_TEXT_SIZE], bits[32], unit[64];

	settings_default(&settings);
	facts = (struct narrator_facts){.settings = &settings,
		.reading = *reading};
	line = narrator_choose(&facts);
	said[line - narrator_reading_lines] = true;
	expect_width(line->see, &facts, NARRATOR_COLUMNS);
	expect_width(line->advice, &facts, NARRATOR_COLUMNS - 6);
	narrator_write(line->see, &facts, text);
	ck_assert_msg(is_true_of(reading, text), "%s", text);
	if (!reading->has_results)
		return;
	snprintf(unit, sizeof unit, "Unit 513 %s. ", does);
	ck_assert_msg(strstr(text, unit) == text, "%s, not %s", text, unit);
	snprintf(bits, sizeof bits, " cost %.2f bits", reading->bits);
	ck_assert_msg(reading->character[0] == '\0' ||
			(strstr(text, reading->character) != NULL &&
				strstr(text, bits) != NULL),
		"%s", text);
	if (reading->is_predicted && reading->character[0] == '\0')
		ck_assert_msg(strstr(text, "'e', with 43 %") != NULL, "%s",
			text);
}

START_TEST(a_reading_is_told_as_it_is)
{
	bool said[LINES_MAX] = {false};
	struct narrator_reading reading = {.is_shown = true};

	check_reading(&reading, "", said);
	for (int i = 0; i < COUNT(readings) * COUNT(apart) * 2; i++) {
		double gain = apart[i / 2 % COUNT(apart)];

		reading = readings[i / 2 / COUNT(apart)];
		reading.is_shown = reading.has_results = true;
		reading.is_cut = i % 2 == 1 && !isnan(gain);
		reading.unit = 512;
		reading.blind_bits = 6;
		reading.with =
			reading.is_cut ? reading.bits - gain : reading.bits;
		reading.without =
			reading.is_cut ? reading.bits : reading.bits + gain;
		for (int u = 0; u < COUNT(tellings); u++) {
			reading.feature = tellings[u].feature;
			reading.correlation = tellings[u].correlation;
			check_reading(&reading, tellings[u].does, said);
		}
	}
	for (int i = 0; narrator_reading_lines[i].name != NULL; i++)
		ck_assert_msg(said[i], "never said: %s",
			narrator_reading_lines[i].name);
}
END_TEST

/* A key is answered at once, also while training. */
START_TEST(a_move_in_the_text_is_told_at_once)
{
	struct settings settings;
	struct narrator_facts facts;
	struct narrator narrator = {.line = NULL};

	set_text(&settings, &facts);
	narrator_update(&narrator, &facts, 1);
	expect_said(&narrator, "above the unigram loss", 1);
	facts.reading = readings[2];
	facts.reading.is_shown = facts.reading.has_results = true;
	facts.reading.blind_bits = 6;
	narrator_update(&narrator, &facts, 1.1);
	expect_said(&narrator, "expected", 1.1);
	facts.reading = readings[4];
	facts.reading.is_shown = facts.reading.has_results = true;
	facts.reading.blind_bits = 6;
	facts.reading.at = 1;
	narrator_update(&narrator, &facts, 1.2);
	expect_said(&narrator, "of a unit", 1.2);
	facts.reading.is_shown = false;
	narrator_update(&narrator, &facts, 1.3);
	expect_said(&narrator, "above the unigram loss", 1.3);
}
END_TEST

/* Of two cells that climb the one named before stays. */
START_TEST(a_clock_keeps_its_name)
{
	float up[] = {0, 1, 2, 3, 4}, down[] = {4, 3, 2, 1, 0};
	struct live_unit units[] = {
		{.unit = 2, .climb = 1, .values = up},
		{.unit = 6, .climb = -0.9, .values = down},
		{.unit = 4, .climb = 0, .values = up},
	};
	struct live_steps steps = {.count = 5,
		.unit = units,
		.units = COUNT(units),
		.shows_cells = true};
	const struct ghost ghost = {0};
	struct narrator_facts facts;
	char text[NARRATOR_TEXT_SIZE];
	struct settings settings;
	struct run *run;

	ck_assert(make_settings(&task_star.kind, &framing_sequence.kind,
		&loss_mae.kind, "1", &settings));
	run = begin(&settings);
	steps.run = run;
	narrator_measure(run, NARRATOR_TRAINING, &steps, &ghost, "", &facts);
	ck_assert_str_eq(facts.clock, "c3");
	ck_assert_str_eq(narrator_write("{clock} {climbs}, {first} to {last}",
				 &facts, text),
		"c3 climbs, 0.0 to 4.0");
	narrator_measure(run, NARRATOR_TRAINING, &steps, &ghost, "c7", &facts);
	ck_assert_str_eq(facts.clock, "c7");
	/* it does not count */
	narrator_measure(run, NARRATOR_TRAINING, &steps, &ghost, "c5", &facts);
	ck_assert_str_eq(facts.clock, "c3");
	units[0].climb = 0.8;
	narrator_measure(run, NARRATOR_TRAINING, &steps, &ghost, "", &facts);
	ck_assert_str_eq(facts.clock, "c7");
	ck_assert_str_eq(narrator_write("{clock} {climbs}, {first} to {last}",
				 &facts, text),
		"c7 falls, 4.0 to 0.0");
	units[0].climb = 0;
	narrator_measure(run, NARRATOR_TRAINING, &steps, &ghost, "c3", &facts);
	ck_assert_str_eq(facts.clock, "c7");
	run_destroy(run);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("narrator");
	TCase *group = add_case(suite, "narrator");

	suite_add_loop(group, the_line_shown_is_true_in_every_phase, 0,
		(int)kind_count(task_list));
	tcase_add_test(group, the_languages_are_known);
	tcase_add_test(group, the_first_line_that_holds_is_shown);
	tcase_add_test(group, a_line_does_not_alternate_with_another);
	tcase_add_test(group, a_run_at_rest_says_at_once_what_holds);
	tcase_add_test(group, a_reading_is_told_as_it_is);
	tcase_add_test(group, a_move_in_the_text_is_told_at_once);
	tcase_add_test(group, a_clock_keeps_its_name);
	return suite_run(suite);
}
