/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of a run: stopping, saving and resuming change no bit, a slice may end
 * at any stage, and a diverged run returns to its last good state.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "folder.h"
#include "session/model_file.h"
#include "run/run.h"
#include "run/run_private.h"
#include "session/session.h"
#include "suite.h"

static const struct {
	const char *optimizer, *framing, *units, *batch, *momentum, *clip;
} cases[] = {
	{"adam", "one-to-one", "10", "1", "0", "0"},
	{"adam", "sequence", "10", "1", "0", "0"},
	{"sgd", "sequence", "6,5", "3", "0.9", "0.1"},
	{"sgd", "one-to-one", "10", "2", "0", "0"},
	{"rmsprop", "sequence", "17", "2", "0", "0"},
	{"rmsprop", "one-to-one", "3,4", "1", "0", "1"},
	{"adam", "sequence", "5,4,3", "4", "0", "0.01"},
};

enum { CASES = sizeof cases / sizeof cases[0], BEFORE = 37, AFTER = 41 };

static void
set(struct settings *settings, const struct setting *setting, const char *text)
{
	struct error error;

	ck_assert_msg(setting_parse(setting, settings, text, &error), "%s",
		error.text);
}

static struct settings
settings_of(int number)
{
	struct settings settings;

	settings_default(&settings);
	set(&settings, &setting_optimizer, cases[number].optimizer);
	set(&settings, &setting_framing, cases[number].framing);
	set(&settings, &setting_units, cases[number].units);
	set(&settings, &setting_batch, cases[number].batch);
	set(&settings, &setting_momentum, cases[number].momentum);
	set(&settings, &setting_clip, cases[number].clip);
	set(&settings, &setting_seed, "7");
	return settings;
}

/* Runs are large, so allocate them. */
static struct run *
begin(const struct settings *settings)
{
	struct run *run;
	struct error error;

	run = run_create(suite_context(), settings, NULL, &error);
	ck_assert_msg(run != NULL, "%s", error.text);
	return run;
}

static void
end(struct run *run)
{
	run_destroy(run);
}

static void
train_to(struct run *run, uint64_t updates, uint64_t work)
{
	enum run_status status;
	struct error error;

	do
		status = run_advance(run, updates, work, &error);
	while (status == RUN_GOES_ON);
	ck_assert_int_eq(status, RUN_REACHED);
	ck_assert(run_updates(run) == updates);
}

static void
expect_same(const struct run *one, const struct run *other)
{
	size_t bytes = one->state.model.parameters.packed_total * sizeof(float);

	ck_assert_mem_eq(one->state.model.values, other->state.model.values,
		bytes);
	if (one->state.optimizer.first != NULL)
		ck_assert_mem_eq(one->state.optimizer.first,
			other->state.optimizer.first, bytes);
	if (one->state.optimizer.second != NULL)
		ck_assert_mem_eq(one->state.optimizer.second,
			other->state.optimizer.second, bytes);
	ck_assert(run_updates(one) == run_updates(other));
	ck_assert_mem_eq(&one->state.position, &other->state.position,
		sizeof one->state.position);
	ck_assert_double_eq(one->state.history.last, other->state.history.last);
	ck_assert_double_eq(one->state.history.best, other->state.history.best);
	ck_assert_double_eq(history_average(&one->state.history),
		history_average(&other->state.history));
}

static struct run *
save_and_load(struct run *run, const char *path)
{
	struct run *back;
	struct error error;

	ck_assert_msg(model_file_write(&run->state, path, &error), "%s",
		error.text);
	end(run);
	back = model_file_open(suite_context(), path, &error);
	ck_assert_msg(back != NULL, "%s", error.text);
	ck_assert_msg(run_prepare(back, &error), "%s", error.text);
	return back;
}

START_TEST(a_resumed_run_gives_the_same_bits)
{
	struct settings settings = settings_of(_i);
	char folder[FOLDER_PATH_SIZE], path[FOLDER_PATH_SIZE];
	struct run *whole = begin(&settings), *resumed = begin(&settings);

	folder_join(path, folder_new(folder), "m.safetensors");
	train_to(whole, BEFORE + AFTER, UINT64_MAX);
	train_to(resumed, BEFORE, UINT64_MAX);
	resumed = save_and_load(resumed, path);
	train_to(resumed, BEFORE + 1, UINT64_MAX);
	resumed = save_and_load(resumed, path);
	train_to(resumed, BEFORE + AFTER, UINT64_MAX);
	expect_same(whole, resumed);
	end(whole);
	end(resumed);
}
END_TEST

/*
 * Make a small model take the stages of a pass, which can be interrupted, and
 * not the direct path (core/direct.h).
 */
static void
divide_updates(struct run *run)
{
	struct error error;

	ck_assert(pass_keep_trace(&run->pass, true, &error));
}

START_TEST(a_slice_may_end_anywhere)
{
	struct settings settings = settings_of(_i);
	struct run *whole = begin(&settings), *sliced = begin(&settings);

	train_to(whole, BEFORE, UINT64_MAX);
	/* each slice is one stage of an update */
	divide_updates(sliced);
	train_to(sliced, BEFORE, 1);
	expect_same(whole, sliced);
	end(whole);
	end(sliced);
}
END_TEST

/* The file holds the state after the last complete update. */
START_TEST(a_save_during_an_update_holds_the_previous_one)
{
	struct settings settings = settings_of(_i);
	char folder[FOLDER_PATH_SIZE], path[FOLDER_PATH_SIZE];
	struct run *whole = begin(&settings), *stopped = begin(&settings);
	struct error error;

	folder_join(path, folder_new(folder), "m.safetensors");
	train_to(whole, BEFORE + AFTER, UINT64_MAX);
	train_to(stopped, BEFORE, UINT64_MAX);
	divide_updates(stopped);
	ck_assert_int_eq(run_advance(stopped, BEFORE + 1, 1, &error),
		RUN_GOES_ON);
	stopped = save_and_load(stopped, path);
	ck_assert(run_updates(stopped) == BEFORE);
	train_to(stopped, BEFORE + AFTER, UINT64_MAX);
	expect_same(whole, stopped);
	end(whole);
	end(stopped);
}
END_TEST

START_TEST(a_reset_starts_the_same_run_again)
{
	struct settings settings = settings_of(_i);
	struct run *whole = begin(&settings), *reset = begin(&settings);
	struct error error;

	train_to(whole, BEFORE, UINT64_MAX);
	train_to(reset, AFTER, UINT64_MAX);
	divide_updates(reset);
	ck_assert_int_eq(run_advance(reset, AFTER + 1, 1, &error), RUN_GOES_ON);
	ck_assert(run_reset(reset, settings.seed, NULL, &error));
	ck_assert(run_updates(reset) == 0);
	train_to(reset, BEFORE, UINT64_MAX);
	expect_same(whole, reset);
	end(whole);
	end(reset);
}
END_TEST

START_TEST(data_are_read_from_the_beginning_after_their_end)
{
	char folder[FOLDER_PATH_SIZE], path[FOLDER_PATH_SIZE];
	struct settings settings;
	struct run *run;

	folder_join(path, folder_new(folder), "d.csv");
	file_write_text(path, "0,0\n0.5,0\n0.5,1\n\n0,0\n1,0\n\n0,0\n0,1\n");
	settings_default(&settings);
	set(&settings, &setting_task, "points");
	set(&settings, &setting_data, path);
	run = begin(&settings);
	train_to(run, 2, UINT64_MAX);
	ck_assert(run->state.position.next == 2);
	train_to(run, 3, UINT64_MAX);
	ck_assert(run->state.position.next == 0);
	train_to(run, 100, UINT64_MAX);
	ck_assert(run->state.position.next == 1);
	end(run);
}
END_TEST

/*
 * A run recalls the sequences that it learnt from, the latest first, and a
 * resumed one the same.
 */
START_TEST(a_run_recalls_what_it_learnt_from)
{
	enum { UPDATES = 5, BATCH = 2, SIZE = 4 * 2, ALL = UPDATES * BATCH };
	char folder[FOLDER_PATH_SIZE], path[FOLDER_PATH_SIZE];
	float seen[ALL][SIZE], recalled[ALL + 1][SIZE];
	size_t lengths[ALL + 1];
	struct settings settings;
	struct run *run;

	folder_join(path, folder_new(folder), "m.safetensors");
	settings_default(&settings);
	set(&settings, &setting_task, "rectangle");
	set(&settings, &setting_batch, "2");
	run = begin(&settings);
	ck_assert_uint_eq(run_recall(run, ALL + 1, *recalled, lengths), 0);
	for (int i = 0; i < UPDATES; i++) {
		train_to(run, (uint64_t)i + 1, UINT64_MAX);
		for (int k = 0; k < BATCH; k++)
			memcpy(seen[i * BATCH + k], run->points + k * SIZE,
				sizeof seen[0]);
	}
	for (int resumed = 0; resumed < 2; resumed++) {
		ck_assert_uint_eq(run_recall(run, ALL + 1, *recalled, lengths),
			ALL);
		for (int i = 0; i < ALL; i++) {
			ck_assert_uint_eq(lengths[i], 4);
			ck_assert_mem_eq(recalled[i], seen[ALL - 1 - i],
				sizeof seen[0]);
		}
		ck_assert_uint_eq(run_recall(run, 3, *recalled, lengths), 3);
		if (resumed == 0)
			run = save_and_load(run, path);
	}
	end(run);
}
END_TEST

/* Divergence */

static const struct {
	const char *optimizer, *loss, *rate;
} disasters[] = {
	{"sgd", "mse", "1e30"},
	{"sgd", "mse", "10"},
	{"adam", "mse", "1e30"},
	{"rmsprop", "mse", "1e30"},
};

enum { DISASTERS = sizeof disasters / sizeof disasters[0] };

START_TEST(a_diverged_run_stops_and_keeps_its_last_good_file)
{
	char folder[FOLDER_PATH_SIZE], path[FOLDER_PATH_SIZE];
	struct session *session = malloc(sizeof *session);
	struct run *kept;
	struct session_options options = {.context = suite_context(),
		.model = path,
		.log_every = 1,
		.checkpoint_every = 1,
		.given = settings_bit(&setting_loss) |
			settings_bit(&setting_learning_rate) |
			settings_bit(&setting_seed)};
	enum run_status status;
	struct error error;

	ck_assert_ptr_nonnull(session);
	folder_join(path, folder_new(folder), "m.safetensors");
	settings_default(&options.settings);
	set(&options.settings, &setting_framing, "sequence");
	set(&options.settings, &setting_optimizer, disasters[_i].optimizer);
	set(&options.settings, &setting_loss, disasters[_i].loss);
	set(&options.settings, &setting_learning_rate, disasters[_i].rate);
	set(&options.settings, &setting_units, "30,30");
	ck_assert_msg(session_open(session, &options, &error), "%s",
		error.text);
	do {
		uint64_t work = UINT64_MAX;

		status = session_advance(session, 1000, &work, &error);
	} while (status == RUN_GOES_ON);
	ck_assert_int_eq(status, RUN_DIVERGED);
	ck_assert_msg(strncmp(error.text, "update ", 7) == 0, "%s", error.text);
	ck_assert_msg(session_keep(session, true, &error), "%s", error.text);
	kept = model_file_open(suite_context(), path, &error);
	ck_assert_msg(kept != NULL, "%s", error.text);
	/* the first update at such a rate is not kept */
	ck_assert(run_updates(kept) == 0);
	ck_assert(run_updates(session->run) == 0);
	for (size_t i = 0; i < kept->state.model.parameters.packed_total; i++)
		ck_assert(isfinite(kept->state.model.values[i]));
	end(kept);
	ck_assert(session_close(session, &error));
	free(session);
}
END_TEST

/* Weights that no training reaches, but a file may contain. */

static const float odd_weights[] = {1e30f, -1e30f, 1e-40f, 3e38f, 1e-30f};

enum { ODD_WEIGHTS = sizeof odd_weights / sizeof odd_weights[0] };

/*
 * Set all weights, or those of the dense layer, to the value of _i, and train
 * until the end or until divergence, which names an update. The result can be
 * saved.
 */
START_TEST(extreme_weights_train_or_diverge_at_a_named_update)
{
	char folder[FOLDER_PATH_SIZE], path[FOLDER_PATH_SIZE];

	folder_join(path, folder_new(folder), "m.safetensors");
	for (size_t c = 0; c < CASES; c++) {
		struct settings settings = settings_of((int)c);
		struct run *run = begin(&settings);
		const struct parameters *parameters =
			&run->state.model.parameters;
		size_t first = _i < ODD_WEIGHTS
			? 0
			: parameters_find(parameters, "dense.kernel")
				  ->packed_offset;
		enum run_status status;
		struct error error;

		for (size_t i = first; i < parameters->packed_total; i++)
			if (run->state.model.values[i] != 0)
				run->state.model.values[i] =
					odd_weights[_i % ODD_WEIGHTS];
		status = run_advance(run, 40, UINT64_MAX, &error);
		ck_assert_msg(status == RUN_REACHED ||
				(status == RUN_DIVERGED &&
					strncmp(error.text, "update ", 7) == 0),
			"%d: %s", status, error.text);
		ck_assert(run_updates(run) == 0 ||
			isfinite(run->state.history.last));
		end(save_and_load(run, path));
	}
}
END_TEST

/* Learning rates of 0 and almost 0: the weights stay, and training works. */
START_TEST(a_learning_rate_of_0_changes_nothing)
{
	static const char *const rates[] = {"0", "1e-310", "1e-45"};
	static const char *const optimizers[] = {"adam", "sgd", "rmsprop"};

	for (size_t o = 0; o < 3; o++) {
		struct settings settings;
		struct run *run;
		float *before;
		size_t size;

		settings_default(&settings);
		set(&settings, &setting_optimizer, optimizers[o]);
		set(&settings, &setting_learning_rate, rates[_i]);
		run = begin(&settings);
		size = run->state.model.parameters.packed_total *
			sizeof *run->state.model.values;
		before = malloc(size);
		ck_assert_ptr_nonnull(before);
		memcpy(before, run->state.model.values, size);
		train_to(run, 500, UINT64_MAX);
		ck_assert_mem_eq(before, run->state.model.values, size);
		ck_assert(history_average(&run->state.history) > 0.1);
		free(before);
		end(run);
	}
}
END_TEST

/*
 * Count the parameters with a nonzero gradient in any of 30 updates: the
 * parameters that the run says can learn.
 */
static size_t
count_moving(struct run *run)
{
	const struct parameters *parameters = &run->state.model.parameters;
	float *plain = calloc(parameters->total, sizeof *plain);
	bool *moves = calloc(parameters->total, sizeof *moves);
	size_t count = 0;

	ck_assert(plain != NULL && moves != NULL);
	for (uint64_t update = 1; update <= 30; update++) {
		train_to(run, update, UINT64_MAX);
		parameters_gather(parameters, run->pass.gradients, plain);
		for (size_t i = 0; i < parameters->total; i++)
			moves[i] |= plain[i] != 0.0f;
	}
	for (size_t i = 0; i < parameters->total; i++)
		count += moves[i];
	free(plain);
	free(moves);
	return count;
}

/* _i: a cell and a framing; with one layer and with two. */
START_TEST(the_count_of_learning_parameters_is_exact)
{
	size_t framings = kind_count(framing_list);

	for (int layers = 1; layers <= 2; layers++) {
		struct settings settings;
		struct run *run;

		settings_default(&settings);
		set(&settings, &setting_seed, "3");
		set(&settings, &setting_units, layers == 1 ? "5" : "4,3");
		set(&settings, &setting_batch, "4");
		set(&settings, &setting_loss, "mse");
		/* none of its points is 0, so that all inputs have an effect */
		set(&settings, &setting_task, "star");
		set(&settings, &setting_cell,
			cell_list[(size_t)_i / framings]->name);
		set(&settings, &setting_framing,
			framing_list[(size_t)_i % framings]->name);
		run = begin(&settings);
		ck_assert_uint_eq(run_learning_parameters(run),
			count_moving(run));
		end(run);
	}
}
END_TEST

/*
 * Return the loss of the first update with a rectangle weight; store the change
 * of the weights.
 */
static double
first_step(const char *weight, float *way, size_t count)
{
	struct settings settings;
	struct run *run;
	float *before = calloc(count, sizeof *before);
	struct random random;
	double loss;

	ck_assert_ptr_nonnull(before);
	settings_default(&settings);
	set(&settings, &setting_seed, "5");
	set(&settings, &setting_loss, "rectangle");
	set(&settings, &setting_rectangle_weight, weight);
	set(&settings, &setting_optimizer, "sgd");
	set(&settings, &setting_learning_rate, "1");
	run = begin(&settings);
	ck_assert_uint_eq(run->state.model.parameters.total, count);
	/*
	 * initially all points generated are equal, and the error has no
	 * gradient
	 */
	random_seed(&random, 1, RANDOM_STREAM_WEIGHTS);
	for (size_t i = 0; i < count; i++)
		before[i] = (float)(0.4 * random_normal(&random));
	model_set_values(&run->state.model, before);
	train_to(run, 1, UINT64_MAX);
	model_get_values(&run->state.model, way);
	for (size_t i = 0; i < count; i++)
		way[i] -= before[i];
	loss = run_history(run)->last;
	free(before);
	end(run);
	return loss;
}

/* A double weight adds twice as much to the loss and to the gradient. */
START_TEST(the_shape_error_is_weighted)
{
	enum { PARAMETERS = 542 };
	static float without[PARAMETERS], half[PARAMETERS], whole[PARAMETERS];
	double loss = first_step("0", without, PARAMETERS);
	double half_loss = first_step("0.5", half, PARAMETERS);
	double whole_loss = first_step("1", whole, PARAMETERS);
	double moved = 0;

	ck_assert_double_gt(whole_loss - loss, 0.1);
	ck_assert_double_eq_tol(whole_loss - loss, 2 * (half_loss - loss),
		1e-6);
	for (size_t i = 0; i < PARAMETERS; i++) {
		double added = (double)whole[i] - without[i];

		moved = fmax(moved, fabs(added));
		ck_assert_double_eq_tol(added,
			2 * ((double)half[i] - without[i]), 1e-5);
	}
	ck_assert_double_gt(moved, 0.01);
}
END_TEST

static Suite *
run_suite(void)
{
	Suite *suite = suite_create("run");
	TCase *group = suite_group(suite, "run", SUITE_SECONDS);

	tcase_add_unchecked_fixture(group, folder_setup, folder_teardown);
	suite_add_loop(group, a_resumed_run_gives_the_same_bits, 0, CASES);
	suite_add_loop(group, a_slice_may_end_anywhere, 0, CASES);
	suite_add_loop(group, a_save_during_an_update_holds_the_previous_one, 0,
		CASES);
	suite_add_loop(group, a_reset_starts_the_same_run_again, 0, CASES);
	tcase_add_test(group, data_are_read_from_the_beginning_after_their_end);
	tcase_add_test(group, a_run_recalls_what_it_learnt_from);
	suite_add_loop(group, a_diverged_run_stops_and_keeps_its_last_good_file,
		0, DISASTERS);
	suite_add_loop(group,
		extreme_weights_train_or_diverge_at_a_named_update, 0,
		2 * ODD_WEIGHTS);
	suite_add_loop(group, a_learning_rate_of_0_changes_nothing, 0, 3);
	suite_add_loop(group, the_count_of_learning_parameters_is_exact, 0,
		(int)(kind_count(cell_list) * kind_count(framing_list)));
	tcase_add_test(group, the_shape_error_is_weighted);
	return suite;
}

int
main(void)
{
	return suite_run_kernels(run_suite);
}
