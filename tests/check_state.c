/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the state of a run: a copy, or a state read from a file, continues
 * with the same bits; a comparison detects every difference. The tests loop
 * over the lists of tasks, framings, losses and optimizers.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "folder.h"
#include "run/relevance.h"
#include "run/run.h"
#include "run/run_private.h"
#include "run/timeline.h"
#include "run_to.h"
#include "session/model_file.h"
#include "suite.h"

static char folder[FOLDER_PATH_SIZE];

static void
make_folder(void)
{
	char path[FOLDER_PATH_SIZE], points[4096];
	size_t used;

	folder_new(folder);
	used = (size_t)snprintf(points, sizeof points,
		"0,0.1\n0.5,0.2\n1,0.4\n0.2,0.8\n0,1\n\n1,0\n0.3,0.3\n"
		"0.6,0.1\n0.9,0.5\n0.8,0.7\n0.1,0.2\n\n0.4,0.4\n0,0.9\n"
		"0.7,0.3\n0.5,0.5\n0.2,0.6\n\n0.3,0.2\n0.1,0.8\n1,1\n"
		"0.5,0\n0.1,0.9\n\n");
	/* held out; so long that its validation has several parts */
	for (int i = 0; i < 250; i++)
		used += (size_t)snprintf(points + used, sizeof points - used,
			"0.%d,0.%d\n", i % 7, i % 9);
	file_write_text(folder_join(path, folder, "points.csv"), points);
	/* an epoch has a few updates and a validation */
	file_write_text(folder_join(path, folder, "text.txt"),
		"to be,\nor not to be:\n\nthat is the question.\n\n"
		"whether 'tis nobler\nin the mind to suffer\n\nthe slings "
		"and arrows\n");
}

static void
set(struct settings *settings, const struct setting *setting, const char *text)
{
	struct error error;

	ck_assert_msg(setting_parse(setting, settings, text, &error), "%s",
		error.text);
}

/* Settings of all cases. */
static const struct {
	const struct setting *setting;
	const char *text;
} common[] = {
	{&setting_units, "5,3"},
	{&setting_learning_rate, "0.02"},
	{&setting_clip, "0.4"},
	{&setting_momentum, "0.8"},
	{&setting_batch, "3"},
	{&setting_seed, "11"},
	{&setting_snapshots, "2,5,6,11"},
	{&setting_scale, "standard"},
	{&setting_shuffle, "yes"},
	{&setting_sequence_length, "7"},
	{&setting_validation, "0.3"},
	{&setting_decay, "0.7"},
	{&setting_decay_after, "1"},
	{&setting_dropout, "0.3"},
	{&setting_reset_at, "paragraph"},
	{&setting_tokens, "words"},
	{&setting_vocabulary, "7"},
};

/* Make the settings of a case; return false if its kinds are incompatible. */
static bool
make_settings(struct settings *settings, const char *task, const char *framing,
	const char *loss, const char *optimizer)
{
	settings_mask given = settings_bit(&setting_task) |
		settings_bit(&setting_framing) | settings_bit(&setting_loss) |
		settings_bit(&setting_optimizer);
	char path[FOLDER_PATH_SIZE];
	struct error error;

	settings_default(settings);
	set(settings, &setting_task, task);
	set(settings, &setting_framing, framing);
	set(settings, &setting_loss, loss);
	set(settings, &setting_optimizer, optimizer);
	for (size_t i = 0; i < sizeof common / sizeof common[0]; i++) {
		set(settings, common[i].setting, common[i].text);
		given |= settings_bit(common[i].setting);
	}
	if (settings->task->make == NULL)
		set(settings, &setting_data,
			folder_join(path, folder,
				settings->task->is_text ? "text.txt"
							: "points.csv"));
	if (!settings_complete(settings, given, &error))
		return false;
	settings_forget_irrelevant(settings);
	return true;
}

static struct run *
begin(const struct settings *settings)
{
	struct error error;
	struct run *run = run_create(suite_context(), settings, NULL, &error);

	ck_assert_msg(run != NULL, "%s", error.text);
	return run;
}

/*
 * Runs that together have every part of a state: all have snapshots, a text has
 * streams and validations, points of a file have validations, and an update of
 * the rectangle loss has two passes.
 */
enum { SHAPE, TEXT, GENERATED, POINTS, RICH };

static void
make_rich(struct settings *settings, int kind)
{
	static const char *const kinds[RICH][4] = {
		[SHAPE] = {"rectangle", "many-to-one", "mixture", "adam"},
		[TEXT] = {"text", "sequence", "crossentropy", "adam"},
		[GENERATED] = {"rectangle", "sequence", "rectangle", "adamw"},
		[POINTS] = {"points", "sequence", "mixture", "adam"},
	};
	const char *const *choices = kinds[kind];

	ck_assert(make_settings(settings, choices[0], choices[1], choices[2],
		choices[3]));
}

static struct run *
begin_rich(int kind)
{
	struct settings settings;

	make_rich(&settings, kind);
	return begin(&settings);
}

static struct run_state *
clone_of(const struct run *run)
{
	struct error error;
	struct run_state *state = run_state_clone(run_get_state(run), &error);

	ck_assert_msg(state != NULL, "%s", error.text);
	return state;
}

static void
release(struct run_state *state)
{
	run_state_destroy(state);
	free(state);
}

/* Create a run of a copy of a state, ready to train. */
static struct run *
run_of(const struct run_state *state)
{
	struct error error;
	struct run_state *clone = run_state_clone(state, &error);
	struct run *run;

	ck_assert_msg(clone != NULL, "%s", error.text);
	run = run_adopt(clone, &error);
	release(clone);
	ck_assert_msg(run != NULL, "%s", error.text);
	ck_assert_msg(run_prepare(run, &error), "%s", error.text);
	return run;
}

static void
train_to(struct run *run, uint64_t updates, uint64_t work)
{
	struct error error;

	ck_assert_msg(run_to_in_slices(run, updates, work, &error) ==
			RUN_REACHED,
		"%s", error.text);
}

static void
expect_same(const struct run_state *one, const struct run_state *other,
	const char *when)
{
	const char *name = run_state_difference(one, other);

	ck_assert_msg(name == NULL, "%s: %s differs", when, name);
	ck_assert(run_state_equals(one, other));
}

/* Write a state to a file and read it back. */
static struct run_state *
through_file(const struct run_state *state)
{
	struct run_state *back = calloc(1, sizeof *back);
	char path[FOLDER_PATH_SIZE];
	struct error error;

	ck_assert_ptr_nonnull(back);
	folder_join(path, folder, "m.safetensors");
	ck_assert_msg(model_file_write(state, path, &error), "%s", error.text);
	ck_assert_msg(model_file_read(back, suite_context(), path, &error),
		"%s", error.text);
	return back;
}

enum { UPDATES = 14 };

/*
 * Assert that a run of the state, and a run of the state read back from a file,
 * reach `end` after UPDATES.
 */
static void
expect_goes_on_to(const struct run_state *state, const struct run_state *end,
	const char *when)
{
	struct run_state *back = through_file(state);
	struct run *copy = run_of(state), *resumed = run_of(back);

	expect_same(back, state, when);
	train_to(copy, UPDATES, 1000);
	expect_same(&copy->state, end, when);
	train_to(resumed, UPDATES, UINT64_MAX);
	expect_same(&resumed->state, end, when);
	run_destroy(copy);
	run_destroy(resumed);
	release(back);
}

/* Train, and let a timeline of two or three states copy when it is due. */
static void
train_with_timeline(struct run *run, struct timeline *timeline)
{
	while (run_updates(run) < UPDATES) {
		timeline_take(timeline, &run->state);
		train_to(run, timeline_next(timeline, &run->state, UPDATES),
			UINT64_MAX);
	}
	ck_assert_uint_ge(timeline->count, 2);
}

/*
 * Assert that a run of the settings, at its end, can go back in its timeline to
 * the updates at[count], whose states are copy[count], and from there to the
 * same end.
 */
static void
expect_goes_back_to(const struct settings *settings, const uint64_t *at,
	struct run_state *const *copy, size_t count, const char *name)
{
	struct run *run = begin(settings);
	struct timeline timeline;
	struct run_state *end;
	struct error error;

	timeline_create(&timeline, 3 * timeline_bytes(&run->state));
	train_with_timeline(run, &timeline);
	end = clone_of(run);
	/* each run draws its identity from the system */
	for (size_t i = count; i-- > 0;) {
		memcpy(copy[i]->identity, run->state.identity,
			sizeof copy[i]->identity);
		ck_assert(run_return(run, timeline_before(&timeline, at[i]),
			&error));
		ck_assert_uint_le(run_updates(run), at[i]);
		train_to(run, at[i], UINT64_MAX);
		expect_same(&run->state, copy[i], name);
		train_to(run, UPDATES, UINT64_MAX);
		expect_same(&run->state, end, name);
	}
	release(end);
	timeline_destroy(&timeline);
	run_destroy(run);
}

/* Copy the state at several updates, each time during the next update. */
static void
try_case(const struct settings *settings, const char *name)
{
	static const uint64_t at[] = {0, 10};
	enum { COPIES = sizeof at / sizeof at[0] };
	struct run *run = begin(settings);
	struct run_state *copy[COPIES];
	struct error error;

	for (size_t i = 0; i < COPIES; i++) {
		train_to(run, at[i], UINT64_MAX);
		ck_assert_int_eq(run_advance(run, UPDATES, 1, &error),
			RUN_GOES_ON);
		ck_assert(run_updates(run) == at[i]);
		copy[i] = clone_of(run);
		expect_same(copy[i], &run->state, name);
	}
	train_to(run, UPDATES, UINT64_MAX);
	for (size_t i = 0; i < COPIES; i++) {
		ck_assert(!run_state_equals(copy[i], &run->state));
		expect_goes_on_to(copy[i], &run->state, name);
	}
	expect_goes_back_to(settings, at, copy, COPIES, name);
	for (size_t i = 0; i < COPIES; i++)
		release(copy[i]);
	run_destroy(run);
}

/*
 * Try all losses of a task with a framing, each with one of the optimizers, on
 * from one of them; LSTMTUI_FAULTS_ALL=1: each with each. Return the number of
 * cases.
 */
static int
try_losses(const char *task, const char *framing, size_t first)
{
	size_t optimizers = kind_count(optimizer_list), all = 1;
	int cases = 0;

	if (getenv("LSTMTUI_FAULTS_ALL") != NULL)
		all = optimizers;
	for (size_t i = 0; i < kind_count(loss_list) * all; i++) {
		const char *loss = loss_list[i / all]->name;
		const char *optimizer =
			optimizer_list[(first + (size_t)cases) % optimizers]
				->name;
		struct settings settings;
		char name[256];

		snprintf(name, sizeof name, "%s %s %s %s", task, framing, loss,
			optimizer);
		if (!make_settings(&settings, task, framing, loss, optimizer))
			continue;
		try_case(&settings, name);
		cases++;
	}
	return cases;
}

/* _i: the task. */
START_TEST(a_copy_continues_with_the_same_bits)
{
	for (size_t f = 0; framing_list[f] != NULL; f++)
		ck_assert_int_gt(try_losses(task_list[_i]->name,
					 framing_list[f]->name, (size_t)_i + f),
			0);
}
END_TEST

/* Return true if some task and framing support the loss. */
static bool
has_case(const char *loss)
{
	struct settings settings;

	for (size_t t = 0; task_list[t] != NULL; t++)
		for (size_t f = 0; framing_list[f] != NULL; f++)
			if (make_settings(&settings, task_list[t]->name,
				    framing_list[f]->name, loss,
				    optimizer_list[0]->name))
				return true;
	return false;
}

START_TEST(every_loss_has_a_case)
{
	for (size_t l = 0; loss_list[l] != NULL; l++)
		ck_assert_msg(has_case(loss_list[l]->name), "%s",
			loss_list[l]->name);
}
END_TEST

/* _i: the rich run. Further choices: cells, activations and others. */
START_TEST(a_copy_continues_with_every_choice)
{
	for (size_t id = 0; setting_list[id] != NULL; id++) {
		const struct setting *setting = setting_list[id];
		struct settings settings;
		struct error error;

		/* the file has one form, and no shape has its points */
		if (_i == POINTS &&
			(setting == &setting_task ||
				setting == &setting_separator ||
				setting == &setting_decimal ||
				setting == &setting_layout))
			continue;
		for (size_t i = 0; setting->type == SETTING_CHOICE &&
			setting->choices[i] != NULL;
			i++) {
			make_rich(&settings, _i);
			set(&settings, setting, setting->choices[i]->name);
			if (settings_complete(&settings, SETTINGS_ALL, &error))
				try_case(&settings, setting->choices[i]->name);
		}
	}
}
END_TEST

enum { STRIDE = 11, COPIES_MAX = 200 };

/* _i: the rich run. The smallest slices end at every stage. */
START_TEST(a_copy_may_be_taken_at_any_time)
{
	static struct run_state *copy[COPIES_MAX];
	struct run *run = begin_rich(_i);
	size_t slices = 0, copies = 0, validating = 0, epochs = 0;
	struct error error;
	char when[64];

	while (run_step(run, UPDATES, 1, &error) == RUN_GOES_ON) {
		bool is_amid = run->validator.is_measuring;

		if (slices++ % STRIDE != 0 && !is_amid)
			continue;
		ck_assert_uint_lt(copies, COPIES_MAX);
		copy[copies++] = clone_of(run);
		validating += is_amid;
	}
	ck_assert(run_updates(run) == UPDATES);
	epochs = run->state.validation.epochs;
	for (size_t i = 0; i < copies; i++) {
		snprintf(when, sizeof when, "copy %zu of %zu", i, copies);
		expect_goes_on_to(copy[i], &run->state, when);
		release(copy[i]);
	}
	ck_assert_uint_gt(copies, UPDATES);
	if (_i == TEXT)
		ck_assert_uint_gt(epochs, 1);
	if (_i == TEXT || _i == POINTS) {
		ck_assert_uint_gt(epochs, 0);
		ck_assert_uint_gt(validating, epochs);
	}
	run_destroy(run);
}
END_TEST

/*
 * Change a run that is to return to a state: stop it during the first pass of
 * an update (way 0), or during its second pass or a validation if it has one
 * (way 1), or reset it.
 */
static void
lead_astray(struct run *run, int way)
{
	struct error error;

	if (way == 0) {
		ck_assert_int_eq(run_advance(run, UPDATES + 1, 1, &error),
			RUN_GOES_ON);
		ck_assert(!pass_is_done(&run->pass));
	} else if (way == 1 && run->state.settings.loss->adds_shape_error) {
		while (pass_is_done(&run->generation))
			ck_assert_int_eq(run_step(run, UINT64_MAX, 1, &error),
				RUN_GOES_ON);
	} else if (way == 1 && run_state_validates(run_settings(run))) {
		/* part of the validation loss has been computed */
		while (!run->validator.is_measuring ||
			(run->validator.text_loss.part.predicted == 0 &&
				run->validator.points_loss.part.predicted == 0))
			ck_assert_int_eq(run_step(run, UINT64_MAX, 1, &error),
				RUN_GOES_ON);
	} else {
		ck_assert(run_reset(run, 12, NULL, &error));
		train_to(run, 3, UINT64_MAX);
	}
}

/* Return to a former state, and assert that training repeats the later ones. */
static void
expect_course(struct run *run, struct run_state *const *course, size_t from)
{
	struct error error;

	ck_assert(run_return(run, course[from], &error));
	expect_same(&run->state, course[from], "returned");
	for (size_t i = from + 1; i <= UPDATES; i++) {
		train_to(run, i, 100);
		expect_same(&run->state, course[i], "gone on");
	}
}

/* _i: the rich run. */
START_TEST(a_run_returns_to_any_of_its_states)
{
	struct run *run = begin_rich(_i);
	struct run_state *course[UPDATES + 1];

	for (size_t i = 0; i <= UPDATES; i++) {
		train_to(run, i, UINT64_MAX);
		course[i] = clone_of(run);
	}
	for (size_t i = 0; i <= UPDATES; i += 3)
		for (int way = 0; way < 3; way++) {
			lead_astray(run, way);
			expect_course(run, course, i);
		}
	for (size_t i = 0; i <= UPDATES; i++)
		release(course[i]);
	run_destroy(run);
}
END_TEST

/* The state of a text before its streams are opened. */
START_TEST(a_run_returns_to_a_state_without_streams)
{
	struct run *run = begin_rich(TEXT);
	struct run_state *state = clone_of(run), *end;
	struct error error;

	streams_position_destroy(&state->reader.position);
	train_to(run, UPDATES, UINT64_MAX);
	end = clone_of(run);
	ck_assert(run_return(run, state, &error));
	train_to(run, UPDATES, UINT64_MAX);
	expect_same(&run->state, end, "gone on");
	release(state);
	release(end);
	run_destroy(run);
}
END_TEST

/* _i: the rich run. */
START_TEST(a_reset_run_equals_a_new_one)
{
	struct run *run = begin_rich(_i), *fresh = begin_rich(_i);
	struct error error;

	for (int way = 0; way < 2; way++) {
		train_to(run, UPDATES, UINT64_MAX);
		lead_astray(run, way);
		ck_assert(run_reset(run, 11, NULL, &error));
		memcpy(run->state.identity, fresh->state.identity,
			sizeof run->state.identity);
		expect_same(&run->state, &fresh->state, "reset");
		train_to(run, UPDATES, UINT64_MAX);
		train_to(fresh, UPDATES, UINT64_MAX);
		expect_same(&run->state, &fresh->state, "gone on");
		ck_assert(run_reset(fresh, 11, NULL, &error));
	}
	run_destroy(run);
	run_destroy(fresh);
}
END_TEST

/* Overwrite one copy by several states in turn, reusing its memory. */
START_TEST(a_copy_can_be_overwritten_by_any_state)
{
	struct run *shape = begin_rich(SHAPE), *text = begin_rich(TEXT);
	struct run_state *copy = calloc(1, sizeof *copy);
	const float *values, *carried;
	struct error error;

	ck_assert_ptr_nonnull(copy);
	train_to(shape, 7, UINT64_MAX);
	train_to(text, 7, UINT64_MAX);
	ck_assert(run_state_copy(copy, &shape->state, &error));
	expect_same(copy, &shape->state, "a shape");
	ck_assert(run_state_copy(copy, &text->state, &error));
	expect_same(copy, &text->state, "a text");
	values = copy->model.values;
	carried = copy->reader.carried[0];
	train_to(text, 9, UINT64_MAX);
	ck_assert(!run_state_equals(copy, &text->state));
	ck_assert(run_state_copy(copy, &text->state, &error));
	expect_same(copy, &text->state, "a text again");
	ck_assert_ptr_eq(copy->model.values, values);
	ck_assert_ptr_eq(copy->reader.carried[0], carried);
	ck_assert(run_reset(text, 5, NULL, &error));
	ck_assert(run_state_copy(copy, &text->state, &error));
	expect_same(copy, &text->state, "a text that was reset");
	ck_assert(run_state_copy(copy, &shape->state, &error));
	expect_same(copy, &shape->state, "a shape again");
	release(copy);
	run_destroy(shape);
	run_destroy(text);
}
END_TEST

/* _i: the rich run. Enough updates for several levels of history. */
START_TEST(a_copy_follows_a_run)
{
	struct run *run = begin_rich(_i);
	struct run_state *copy = clone_of(run);
	struct error error;

	for (uint64_t updates = 1; updates < 5000; updates += updates / 2 + 1) {
		train_to(run, updates, UINT64_MAX);
		ck_assert(run_state_follow(copy, &run->state, &error));
		expect_same(copy, &run->state, "followed");
	}
	ck_assert_uint_eq(copy->snapshots.count, 4);
	release(copy);
	run_destroy(run);
}
END_TEST

/* Comparison */

/* Assert that a comparison detects a difference in both directions. */
static void
expect_difference(const struct run_state *one, const struct run_state *other,
	const char *what)
{
	EXPECT(!run_state_equals(one, other) && !run_state_equals(other, one) &&
			run_state_difference(one, other) != NULL,
		"%s: not detected", what);
}

/* Flip a bit of each byte in turn and assert that it is detected. */
static void
flip_bytes(const struct run_state *state, const struct run_state *changed,
	const void *bytes, size_t count, const char *what)
{
	for (size_t i = 0; i < count; i++) {
		/* `changed` belongs to the test: casting const away is safe */
		unsigned char *byte = (unsigned char *)bytes + i;

		*byte ^= 1;
		expect_difference(state, changed, what);
		*byte ^= 1;
	}
}

/* Do the same for the first, middle and last element of an array. */
static void
flip_array(const struct run_state *state, const struct run_state *changed,
	const void *items, size_t count, size_t size, const char *what)
{
	const size_t at[] = {0, count / 2, count - 1};

	ck_assert_msg(items != NULL && count > 0, "%s: empty", what);
	for (size_t i = 0; i < 3; i++)
		flip_bytes(state, changed,
			(const unsigned char *)items + at[i] * size, size,
			what);
}

/* A range of bytes of struct run_state that holds no value. */
struct range {
	size_t from, to;
};

#define FIELD(field)                                         \
	{                                                    \
		offsetof(struct run_state, field),           \
			offsetof(struct run_state, field) +  \
			sizeof((struct run_state *)0)->field \
	}

/* A field except its first byte. */
#define REST(field)                                          \
	{                                                    \
		offsetof(struct run_state, field) + 1,       \
			offsetof(struct run_state, field) +  \
			sizeof((struct run_state *)0)->field \
	}

/* The padding between two fields. */
#define BETWEEN(field, next)                                  \
	{                                                     \
		offsetof(struct run_state, field) +           \
			sizeof((struct run_state *)0)->field, \
			offsetof(struct run_state, next)      \
	}

static const struct range no_values[] = {
	/* tested one by one below */
	FIELD(settings),
	FIELD(history.level),
	FIELD(validations.at),
	/* strings, of which further bytes are tested below */
	REST(identity),
	REST(kernel),
	REST(init),
	/* determined by settings and features */
	FIELD(model),
	FIELD(optimizer.optimizer),
	FIELD(optimizer.count),
	/* a bound, not a value */
	FIELD(optimizer.nonzero),
	/* addresses and capacities of arrays */
	FIELD(optimizer.first),
	FIELD(optimizer.second),
	FIELD(start),
	FIELD(data_report),
	FIELD(scaling.offset),
	FIELD(scaling.factor),
	FIELD(snapshots.at),
	FIELD(snapshots.room),
	FIELD(snapshots.values),
	FIELD(reader.vocabulary.character),
	FIELD(reader.position.next),
	FIELD(reader.carried),
	/* padding */
	BETWEEN(kernel, model),
	BETWEEN(init, init_hash),
	BETWEEN(reader.vocabulary.is_bytes, reader.vocabulary.words),
	FIELD(reader.vocabulary.words.bytes),
	FIELD(reader.vocabulary.words.end),
	FIELD(reader.vocabulary.words.bytes_capacity),
	FIELD(reader.vocabulary.words.end_capacity),
	FIELD(reader.vocabulary.words.slot),
	FIELD(reader.vocabulary.words.slots),
	BETWEEN(reader.dropped_mark, reader.position),
	BETWEEN(reader.carries, reader.carried),
};

static bool
is_value(size_t at)
{
	for (size_t i = 0; i < sizeof no_values / sizeof no_values[0]; i++)
		if (at >= no_values[i].from && at < no_values[i].to)
			return false;
	return true;
}

/* Return a state with every part that a rich run has. */
static struct run_state *
rich_state(int kind)
{
	struct run *run = begin_rich(kind);
	struct run_state *state;
	struct error error;

	train_to(run, UPDATES, UINT64_MAX);
	strcpy(run->state.init, "weights.safetensors");
	if (kind != TEXT && run->state.scaling.features == 0)
		ck_assert(scaling_create(&run->state.scaling, run_features(run),
			&error));
	state = clone_of(run);
	run_destroy(run);
	return state;
}

/*
 * Every byte of the structure is a value or listed above with a reason. A new
 * field fails this test until it is copied and compared.
 */
START_TEST(a_comparison_detects_every_byte)
{
	struct run_state *state = rich_state(_i), *other;
	struct error error;

	other = run_state_clone(state, &error);
	ck_assert_ptr_nonnull(other);
	expect_same(state, other, "a copy");
	for (size_t at = 0; at < sizeof *state; at++) {
		char what[64];

		snprintf(what, sizeof what, "byte %zu of struct run_state", at);
		if (is_value(at))
			flip_bytes(state, other, (unsigned char *)other + at, 1,
				what);
	}
	flip_bytes(state, other, &other->model.shape.inputs, sizeof(size_t),
		"features");
	flip_bytes(state, other, other->init, strlen(other->init), "init");
	ck_assert_uint_gt(strlen(other->kernel), 1);
	flip_bytes(state, other, other->kernel, strlen(other->kernel),
		"kernel");
	if (_i == TEXT || _i == POINTS)
		flip_bytes(state, other, other->identity,
			strlen(other->identity), "identity");
	expect_same(state, other, "all put back");
	release(state);
	release(other);
}
END_TEST

START_TEST(a_comparison_detects_another_report_of_the_data)
{
	static const char *const texts[] = {"{\"points\":2}", "{\"points\":3}",
		"{}"};
	enum { TEXTS = sizeof texts / sizeof texts[0] };
	struct run_state *state = rich_state(SHAPE), *other;
	struct error error;

	state->data_report = shared_bytes_new(texts[0], strlen(texts[0]));
	other = run_state_clone(state, &error);
	ck_assert_ptr_nonnull(other);
	expect_same(other, state, "a shared report");
	for (int i = 1; i <= TEXTS; i++) {
		shared_bytes_release(other->data_report);
		other->data_report = i == TEXTS
			? NULL
			: shared_bytes_new(texts[i], strlen(texts[i]));
		ck_assert_ptr_nonnull(run_state_difference(state, other));
	}
	ck_assert_str_eq(state->data_report->bytes, texts[0]);
	release(other);
	release(state);
}
END_TEST

START_TEST(a_comparison_detects_changes_in_every_array)
{
	struct run_state *state = rich_state(_i), *other;
	struct reader_state *reader;
	struct error error;
	size_t floats;

	other = run_state_clone(state, &error);
	ck_assert_ptr_nonnull(other);
	reader = &other->reader;
	floats = other->model.parameters.packed_total;
	flip_array(state, other, other->model.values, floats, sizeof(float),
		"weights");
	flip_array(state, other, other->optimizer.first, floats, sizeof(float),
		"first moments");
	flip_array(state, other, other->optimizer.second, floats, sizeof(float),
		"second moments");
	for (size_t k = 0; k < 2; k++) {
		size_t count = UPDATES >> (2 * k);

		flip_array(state, other, other->history.level[k].head, count,
			sizeof(struct history_bucket), "history");
		flip_array(state, other, other->history.level[k].ring, count,
			sizeof(struct history_bucket), "history");
	}
	if (_i == TEXT || _i == POINTS)
		flip_array(state, other, other->validations.at,
			other->validations.count,
			sizeof other->validations.at[0], "validations");
	if (_i == TEXT) {
		flip_array(state, other, reader->vocabulary.character,
			reader->vocabulary.characters, sizeof(uint32_t),
			"vocabulary");
		flip_array(state, other, reader->vocabulary.words.bytes,
			reader->vocabulary.words.used, 1, "words");
		flip_array(state, other, reader->vocabulary.words.end,
			reader->vocabulary.words.count, sizeof(size_t),
			"ends of words");
		flip_array(state, other, reader->position.next,
			reader->position.streams, sizeof(uint64_t), "streams");
		ck_assert(reader->carries);
		for (size_t l = 0; l < other->model.shape.layers; l++)
			flip_array(state, other, reader->carried[l],
				reader_state_carried(&other->model.shape, l,
					reader->position.streams),
				sizeof(float), "carried state");
	} else {
		flip_array(state, other, other->start,
			framing_start_points(
				settings_framing(&other->settings)) *
				run_state_features(other),
			sizeof(float), "start");
		flip_array(state, other, other->scaling.offset,
			other->scaling.features, sizeof(double), "offsets");
		flip_array(state, other, other->scaling.factor,
			other->scaling.features, sizeof(double), "factors");
	}
	flip_array(state, other, other->snapshots.at, other->snapshots.count,
		sizeof(struct snapshot), "snapshots");
	flip_array(state, other, other->snapshots.values,
		other->snapshots.count * other->snapshots.size,
		SNAPSHOTS_NUMBER, "points or tokens of snapshots");
	release(state);
	release(other);
}
END_TEST

/* At least one of these differs from any setting's value. */
static const char *const candidates[] = {"1", "2", "0.25", "0.5", "yes", "no",
	"1,2,3", "4,4", "/nowhere"};

enum { CANDIDATES = sizeof candidates / sizeof candidates[0] };

/* Set a setting to a different value. */
static void
change_setting(struct settings *settings, const struct setting *setting)
{
	char before[SETTINGS_TEXT_SIZE], after[SETTINGS_TEXT_SIZE];
	struct error error;

	setting_format(setting, settings, before);
	for (size_t i = 0;; i++) {
		const char *text = NULL;

		if (setting->type != SETTING_CHOICE && i < CANDIDATES)
			text = candidates[i];
		if (setting->type == SETTING_CHOICE &&
			setting->choices[i] != NULL)
			text = setting->choices[i]->name;
		ck_assert_msg(text != NULL, "--%s", setting->option);
		if (!setting_parse(setting, settings, text, &error))
			continue;
		setting_format(setting, settings, after);
		if (strcmp(before, after) != 0)
			return;
	}
}

START_TEST(a_comparison_names_every_setting)
{
	struct run_state *state = rich_state(_i), *other;
	struct settings settings = state->settings;
	struct error error;

	other = run_state_clone(state, &error);
	ck_assert_ptr_nonnull(other);
	for (size_t id = 0; setting_list[id] != NULL; id++) {
		const char *name = setting_list[id]->option;

		/* a short form has the field of another one */
		if (setting_list[id]->chooses != NULL)
			continue;
		change_setting(&other->settings, setting_list[id]);
		expect_difference(state, other, name);
		ck_assert_str_eq(run_state_difference(state, other), name);
		other->settings = settings;
	}
	expect_same(state, other, "all put back");
	release(state);
	release(other);
}
END_TEST

/* The smallest change of a number is a difference. */
START_TEST(a_comparison_detects_the_last_bit_of_a_setting)
{
	struct run_state *state = rich_state(SHAPE), *other;
	struct error error;

	other = run_state_clone(state, &error);
	ck_assert_ptr_nonnull(other);
	other->settings.learning_rate =
		nextafter(other->settings.learning_rate, 1);
	expect_difference(state, other, "learning-rate");
	ck_assert_str_eq(run_state_difference(state, other), "learning-rate");
	release(state);
	release(other);
}
END_TEST

static Suite *
state_suite(void)
{
	Suite *suite = suite_create("state");
	TCase *group = suite_group(suite, "state", SUITE_SECONDS_SLOW);
	int tasks = 0;

	while (task_list[tasks] != NULL)
		tasks++;
	tcase_add_checked_fixture(group, make_folder, NULL);
	tcase_add_unchecked_fixture(group, folder_setup, folder_teardown);
	suite_add_loop(group, a_copy_continues_with_the_same_bits, 0, tasks);
	tcase_add_test(group, every_loss_has_a_case);
	suite_add_loop(group, a_copy_continues_with_every_choice, 0, RICH);
	suite_add_loop(group, a_copy_may_be_taken_at_any_time, 0, RICH);
	suite_add_loop(group, a_run_returns_to_any_of_its_states, 0, RICH);
	tcase_add_test(group, a_run_returns_to_a_state_without_streams);
	suite_add_loop(group, a_reset_run_equals_a_new_one, 0, RICH);
	tcase_add_test(group, a_copy_can_be_overwritten_by_any_state);
	suite_add_loop(group, a_copy_follows_a_run, 0, RICH);
	suite_add_loop(group, a_comparison_detects_every_byte, 0, RICH);
	tcase_add_test(group, a_comparison_detects_another_report_of_the_data);
	suite_add_loop(group, a_comparison_detects_changes_in_every_array, 0,
		RICH);
	suite_add_loop(group, a_comparison_names_every_setting, 0, RICH);
	tcase_add_test(group, a_comparison_detects_the_last_bit_of_a_setting);
	return suite;
}

int
main(void)
{
	return suite_run(state_suite());
}
