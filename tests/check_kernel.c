/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the kernels against formulas in double precision, against each
 * other, and for the same bits with any number of threads. The shapes cover all
 * remainders by the lanes and tiles of every kernel.
 */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "bits.h"
#include "core/context.h"
#include "core/model.h"
#include "core/optimizer.h"
#include "core/pass.h"
#include "reference.h"
#include "suite.h"
#include "task/framing.h"

/* Return the gates of one unit for input x and weights of 1. */
static void
gates_of(float x, float cell_before, bool is_hard, float gates[4])
{
	const struct kernel *kernel = suite_context()->kernel;
	size_t lanes = kernel->lanes;
	float *weights = memory_floats(4 * lanes);
	float *bias = memory_floats(4 * lanes);
	float *before = memory_floats(lanes);
	float *written = memory_floats(7 * lanes);
	struct kernel_rows input = {
		.base = &x,
		.row_stride = 1,
		.block = 1,
		.count = 1,
	};
	struct kernel_lstm_forward forward = {
		.step = {.samples = 1,
			.input = &input,
			.kernel = weights,
			.bias = bias},
		.is_hard = is_hard,
		.cell_before = before,
		.gates = written,
		.cell = written + 4 * lanes,
		.cell_tanh = written + 5 * lanes,
		.hidden = written + 6 * lanes,
	};

	before[lanes - 1] = cell_before;
	for (size_t g = 0; g < 4; g++)
		weights[g * lanes + lanes - 1] = 1;
	kernel->lstm_forward(&forward);
	for (size_t g = 0; g < 4; g++)
		gates[g] = written[g * lanes + lanes - 1];
	free(weights);
	free(bias);
	free(before);
	free(written);
}

START_TEST(activations_are_exact_over_their_whole_range)
{
	double most_sigmoid = 0, most_tanh = 0;

	for (int i = -8000; i <= 8000; i++) {
		/* dense around 0, and far into saturation */
		float x = (float)(80 * pow(i / 8000.0, 3)), gates[4];
		double sigmoid = 1 / (1 + exp(-(double)x)), t = tanh(x);

		gates_of(x, 1, false, gates);
		ck_assert_float_eq(gates[0], gates[1]);
		ck_assert_float_eq(gates[0], gates[3]);
		most_sigmoid = fmax(most_sigmoid, fabs(gates[0] / sigmoid - 1));
		if (t != 0)
			most_tanh = fmax(most_tanh, fabs(gates[2] / t - 1));
	}
	/* the unit in the last place of a float up to 1 is at most 1.2e-7 */
	ck_assert_double_lt(most_sigmoid, 4e-7);
	ck_assert_double_lt(most_tanh, 4e-7);
}
END_TEST

START_TEST(hard_sigmoid_is_a_clipped_line)
{
	static const float x[] = {-100, -2.5f, -1, 0, 1, 2.5f, 100};
	static const float expected[] = {0, 0, 0.3f, 0.5f, 0.7f, 1, 1};

	for (size_t i = 0; i < 7; i++) {
		float gates[4];

		gates_of(x[i], 1, true, gates);
		ck_assert_float_eq_tol(gates[0], expected[i], 1e-7f);
		ck_assert_float_eq_tol(gates[1], expected[i], 1e-7f);
		ck_assert_float_eq_tol(gates[3], expected[i], 1e-7f);
	}
}
END_TEST

START_TEST(nan_stays_nan)
{
	for (int hard = 0; hard < 2; hard++) {
		float gates[4];

		gates_of(NAN, 1, hard, gates);
		for (size_t g = 0; g < 4; g++)
			ck_assert(isnan(gates[g]));
		gates_of(INFINITY, 1, hard, gates);
		ck_assert_float_eq(gates[0], 1);
		ck_assert_float_eq(gates[2], 1);
		gates_of(-INFINITY, 1, hard, gates);
		ck_assert_float_lt(gates[0], 1e-37f);
		ck_assert_float_eq(gates[2], -1);
	}
}
END_TEST

struct fixture {
	struct model model;
	struct pass pass;
	struct batch batch;
	float *points;
	float *values; /* values of the model, in plain layout */
};

struct layout {
	struct model_shape shape;
	const struct framing *framing;
	size_t sequences, points;
};

static const struct layout layouts[] = {
	{{2, 2, 1, {10}, &activation_sigmoid, NULL}, &framing_one_to_one, 1, 4},
	{{2, 2, 1, {10}, &activation_sigmoid, NULL}, &framing_sequence, 1, 4},
	{{1, 1, 1, {1}, &activation_sigmoid, NULL}, &framing_sequence, 1, 2},
	{{3, 3, 1, {3}, &activation_hard_sigmoid, NULL}, &framing_sequence, 2,
		5},
	{{4, 4, 1, {4}, &activation_sigmoid, NULL}, &framing_sequence, 5, 3},
	{{5, 5, 1, {5}, &activation_sigmoid, NULL}, &framing_one_to_one, 7, 3},
	{{8, 8, 1, {8}, &activation_sigmoid, NULL}, &framing_sequence, 6, 4},
	{{15, 15, 1, {15}, &activation_sigmoid, NULL}, &framing_sequence, 3, 4},
	{{16, 16, 1, {16}, &activation_sigmoid, NULL}, &framing_sequence, 4, 4},
	{{17, 17, 1, {17}, &activation_sigmoid, NULL}, &framing_sequence, 13,
		4},
	{{33, 33, 1, {33}, &activation_sigmoid, NULL}, &framing_sequence, 12,
		9},
	{{2, 2, 2, {20, 7}, &activation_sigmoid, NULL}, &framing_sequence, 2,
		6},
	{{2, 2, 3, {9, 64, 18}, &activation_hard_sigmoid, NULL},
		&framing_sequence, 8, 4},
	{{2, 2, 2, {20, 35}, &activation_sigmoid, NULL}, &framing_one_to_one, 3,
		7},
	/* large enough for transposed copies */
	{{7, 7, 2, {17, 10}, &activation_sigmoid, NULL}, &framing_sequence, 23,
		5},
	{{3, 3, 3, {61, 64, 5}, &activation_sigmoid, NULL}, &framing_sequence,
		32, 3},
	{{33, 33, 2, {40, 63}, &activation_sigmoid, NULL}, &framing_one_to_one,
		9, 9},
};

enum { LAYOUTS = sizeof layouts / sizeof layouts[0] };

static void
make(struct fixture *fixture, const struct context *context,
	const struct layout *layout)
{
	size_t features = layout->shape.inputs, lengths[64], steps, samples;
	size_t count = layout->sequences * layout->points * features;
	struct random random;
	struct error error;

	random_seed(&random, 1, RANDOM_STREAM_WEIGHTS);
	ck_assert(
		model_create(&fixture->model, context, &layout->shape, &error));
	ck_assert(model_initialize(&fixture->model, &random, NULL, &error));
	fixture->values = memory_floats(fixture->model.parameters.total);
	model_get_values(&fixture->model, fixture->values);
	/* biases that are not all 0 */
	for (size_t i = 0; i < fixture->model.parameters.total; i++)
		fixture->values[i] += (float)(0.1 * random_normal(&random));
	model_set_values(&fixture->model, fixture->values);
	framing_measure((struct framing_config){layout->framing, 2},
		layout->points, &steps, &samples);
	ck_assert(pass_create(&fixture->pass, &fixture->model, steps,
		samples * layout->sequences, true, &error));
	ck_assert(framing_create((struct framing_config){layout->framing, 2},
		layout->sequences, layout->points, features, &fixture->batch,
		&error));
	fixture->points = memory_floats(count);
	for (size_t i = 0; i < count; i++)
		fixture->points[i] = random_uniform(&random);
	for (size_t k = 0; k < layout->sequences; k++)
		lengths[k] = layout->points;
	framing_fill((struct framing_config){layout->framing, 2},
		layout->sequences, layout->points, lengths, fixture->points,
		&fixture->batch);
}

static void
release(struct fixture *fixture)
{
	free(fixture->values);
	free(fixture->points);
	batch_destroy(&fixture->batch);
	pass_destroy(&fixture->pass);
	model_destroy(&fixture->model);
}

static void
run_pass(struct fixture *fixture)
{
	pass_begin(&fixture->pass, &fixture->batch,
		&(struct loss_config){.loss = &loss_mse,
			.features = fixture->batch.features});
	while (!pass_is_done(&fixture->pass))
		pass_advance(&fixture->pass);
}

/* Every layout with every cell of the list. */
static struct layout
layout_of(int number)
{
	struct layout layout = layouts[number % LAYOUTS];

	layout.shape.cell = cell_of(cell_list[number / LAYOUTS]);
	return layout;
}

START_TEST(a_pass_agrees_with_the_reference)
{
	const struct layout layout = layout_of(_i);
	struct fixture fixture;
	struct reference_run reference;
	double *values, *predictions, max = 0;
	size_t outputs;

	make(&fixture, suite_context(), &layout);
	outputs = fixture.batch.steps * fixture.batch.samples *
		layout.shape.outputs;
	values = calloc(fixture.model.parameters.total, sizeof *values);
	predictions = calloc(outputs, sizeof *predictions);
	ck_assert(values != NULL && predictions != NULL);
	for (size_t i = 0; i < fixture.model.parameters.total; i++)
		values[i] = fixture.values[i];
	reference = reference_loss(&layout.shape, values, &fixture.batch,
		&loss_mse, NULL, NULL, predictions);
	run_pass(&fixture);
	for (size_t i = 0; i < outputs; i++)
		max = fmax(max,
			fabs(fixture.pass.predictions[i] - predictions[i]));
	ck_assert_double_lt(max, 5e-6);
	ck_assert_double_eq_tol(pass_loss(&fixture.pass), reference.loss,
		2e-6 * reference.loss + 1e-7);
	free(values);
	free(predictions);
	release(&fixture);
}
END_TEST

/*
 * Compute the gradient of a layout, in plain layout, by a kernel. The caller
 * frees it.
 */
static float *
gradient_of(const struct layout *layout, const struct kernel *kernel,
	size_t *count)
{
	struct context context;
	struct error error;
	struct fixture fixture;
	float *plain;

	ck_assert(context_create(&context, kernel, 0, &error));
	make(&fixture, &context, layout);
	run_pass(&fixture);
	*count = fixture.model.parameters.total;
	plain = memory_floats(*count);
	ck_assert_ptr_nonnull(plain);
	parameters_gather(&fixture.model.parameters, fixture.pass.gradients,
		plain);
	release(&fixture);
	context_destroy(&context);
	return plain;
}

START_TEST(all_kernels_compute_the_same_gradient)
{
	const struct kernel *kernel = suite_context()->kernel,
			    *portable = kernel;
	const struct layout layout = layout_of(_i);
	double max = 0, size = 0;
	float *mine, *theirs;
	size_t count;

	for (size_t i = 0; kernel_variant(i) != NULL; i++)
		portable = kernel_variant(i);
	mine = gradient_of(&layout, kernel, &count);
	theirs = gradient_of(&layout, portable, &count);
	for (size_t i = 0; i < count; i++) {
		max = fmax(max, fabs((double)mine[i] - theirs[i]));
		size = fmax(size, fabs(theirs[i]));
	}
	ck_assert_double_gt(size, 1e-4);
	ck_assert_double_lt(max, 5e-6 * size);
	free(mine);
	free(theirs);
}
END_TEST

/*
 * The gradients of a pass with dropout, and the predictions of a pass without,
 * in one array of `count` floats, which the caller frees. Also returns whether
 * the threads divided the samples, instead of the panels.
 */
static float *
results_of(const struct layout *layout, size_t threads, size_t *count,
	bool *divides_samples)
{
	struct context context;
	struct error error;
	struct fixture fixture;
	struct pass *pass = &fixture.pass;
	struct random random;
	size_t gradients, predictions;
	float *results;

	random_seed(&random, 3, RANDOM_STREAM_DATA);
	ck_assert(context_create(&context, suite_context()->kernel, threads,
		&error));
	make(&fixture, &context, layout);
	ck_assert(pass_enable_dropout(pass, &error));
	pass_draw_dropout(pass, &fixture.batch, 0.3, &random);
	run_pass(&fixture);
	*divides_samples = pass->groups > 0;
	gradients = fixture.model.parameters.total;
	predictions = fixture.batch.steps * fixture.batch.samples *
		layout->shape.outputs;
	*count = gradients + predictions;
	results = memory_floats(*count);
	ck_assert_ptr_nonnull(results);
	parameters_gather(&fixture.model.parameters, pass->gradients, results);
	pass_predict(pass, fixture.batch.steps, fixture.batch.samples,
		fixture.batch.inputs);
	memcpy(results + gradients, pass->predictions,
		predictions * sizeof *results);
	release(&fixture);
	context_destroy(&context);
	return results;
}

/* Large enough to share work at every stage: samples, and panels. */
static const struct layout shared_layouts[] = {
	{{2, 2, 2, {96, 128}, &activation_sigmoid, NULL}, &framing_sequence, 47,
		9},
	{{2, 2, 2, {400, 90}, &activation_sigmoid, NULL}, &framing_sequence, 15,
		6},
};

enum { SHARED_LAYOUTS = sizeof shared_layouts / sizeof shared_layouts[0] };

START_TEST(any_number_of_threads_gives_the_same_bits)
{
	struct layout large = shared_layouts[_i % SHARED_LAYOUTS];
	bool divides_samples;
	size_t count;
	float *alone;

	large.shape.cell = cell_of(cell_list[_i / SHARED_LAYOUTS]);
	alone = results_of(&large, 1, &count, &divides_samples);
	ck_assert(!divides_samples);
	for (size_t size = 2; size <= 5; size++) {
		float *shared =
			results_of(&large, size, &count, &divides_samples);

		ck_assert(divides_samples == (large.sequences == 47));
		ck_assert_mem_eq(alone, shared, count * sizeof *alone);
		free(shared);
	}
	free(alone);
}
END_TEST

START_TEST(projections_are_removed_from_rows)
{
	for (size_t count = 1; count < 150; count += 7) {
		float *direction = memory_floats(count + 1);
		float *row = memory_floats(count + 1);
		double along = 0, square = 0;
		struct random random;

		random_seed(&random, count, RANDOM_STREAM_DATA);
		/* also arrays that are not aligned */
		for (size_t i = 1; i <= count; i++) {
			direction[i] = (float)random_normal(&random);
			row[i] = (float)random_normal(&random);
			square += (double)direction[i] * direction[i];
		}
		for (size_t i = 1; i <= count; i++)
			direction[i] /= (float)sqrt(square);
		suite_context()->kernel->project(count, direction + 1, row + 1);
		for (size_t i = 1; i <= count; i++)
			along += (double)direction[i] * row[i];
		ck_assert_double_lt(fabs(along), 1e-6);
		free(direction);
		free(row);
	}
}
END_TEST

START_TEST(sums_of_squares_are_exact_for_any_count)
{
	enum { COUNT = 200 };
	float *values = memory_floats(COUNT);
	double square = 0;

	for (size_t count = 0; count <= COUNT; count++) {
		double sum = (double)suite_context()->kernel->sum_squares(count,
			values);

		ck_assert_double_le(fabs(sum - square), 1e-6 * square);
		if (count == COUNT)
			break;
		/* the value past the end must be ignored */
		values[count] = 0.01f * (float)(count + 1);
		square += (double)values[count] * values[count];
		if (count + 1 < COUNT)
			values[count + 1] = NAN;
	}
	for (size_t i = 0; i < COUNT; i++) {
		float kept = values[i];

		values[i] = i % 2 == 0 ? NAN : -1e20f;
		ck_assert(!isfinite(
			suite_context()->kernel->sum_squares(COUNT, values)));
		values[i] = kept;
	}
	free(values);
}
END_TEST

START_TEST(adam_updates_arrays_of_any_size)
{
	enum { COUNT = 70 };
	const struct kernel_adam rates = {0.01f, 0.9f, 0.999f, 0.1f, 0.001f,
		1e-7f};

	for (size_t count = 0; count <= COUNT; count++) {
		float w[COUNT + 1], g[COUNT + 1], m[COUNT + 1], v[COUNT + 1];

		for (size_t i = 0; i <= COUNT; i++) {
			w[i] = 1;
			g[i] = 0.01f * (float)(i + 1);
			m[i] = 0.5f;
			v[i] = 0.25f;
		}
		suite_context()->kernel->adam(&rates, count, w, g, m, v);
		for (size_t i = 0; i < count; i++) {
			double a = 0.9 * 0.5 + 0.1 * g[i];
			double b = 0.999 * 0.25 + 0.001 * g[i] * g[i];

			ck_assert_double_eq_tol(m[i], a, 1e-7);
			ck_assert_double_eq_tol(v[i], b, 1e-7);
			ck_assert_double_eq_tol(w[i],
				1 - 0.01 * a / (sqrt(b) + 1e-7), 2e-7);
		}
		ck_assert_float_eq(w[count], 1);
	}
}
END_TEST

/*
 * Hash of the weights after 200 updates, equal for every compiler and all
 * flags. A kernel whose bits change cannot repeat earlier runs.
 */
START_TEST(training_gives_the_recorded_bits)
{
	static const struct {
		const char *kernel, *training;
		uint64_t bits;
	} recorded[] = {
		{"neon", "lesson", UINT64_C(0x6df630e0ecc5a5aa)},
		{"neon", "sequence", UINT64_C(0xf733223d62191f9e)},
		{"neon", "text", UINT64_C(0x21be30a7a90d2cf5)},
		{"neon", "momentum", UINT64_C(0x6405917f6129f6fd)},
		{"neon", "gru", UINT64_C(0xc7b89cb54473f774)},
		{"neon", "gru-text", UINT64_C(0xfa9347fc0baead31)},
		{"neon", "rnn", UINT64_C(0xc5b2e8c975a6ebb8)},
		{"neon", "rnn-text", UINT64_C(0xc3841d937f665f03)},
		{"neon", "copies", UINT64_C(0x797c67087aede55b)},
		{"neon", "gru-copies", UINT64_C(0x2ef8c93ea0484f02)},
		{"neon", "rnn-copies", UINT64_C(0xda9a321823d0dd63)},
		{"neon", "mixture", UINT64_C(0xd18ec2d9863ae571)},
		{"portable", "lesson", UINT64_C(0x90007beadac11720)},
		{"portable", "sequence", UINT64_C(0xc9289ea2ed25761b)},
		{"portable", "text", UINT64_C(0x92b7e2f321d79067)},
		{"portable", "momentum", UINT64_C(0x11b192cd8df10b23)},
		{"portable", "gru", UINT64_C(0x3f857a7966e22ca2)},
		{"portable", "gru-text", UINT64_C(0x1701cb2c2c148e8d)},
		{"portable", "rnn", UINT64_C(0x48c04e029a76c9d4)},
		{"portable", "rnn-text", UINT64_C(0x2230f74db4c0b7d5)},
		{"portable", "copies", UINT64_C(0xd1b7ac69c31e2391)},
		{"portable", "gru-copies", UINT64_C(0x49aee396198f8932)},
		{"portable", "rnn-copies", UINT64_C(0x9b2c131db6052a5b)},
		{"portable", "mixture", UINT64_C(0xad094eb32158363a)},
		{"avx2", "mixture", UINT64_C(0xa8a7443d0204c922)},
		{"avx2", "lesson", UINT64_C(0x6df630e0ecc5a5aa)},
		{"avx2", "sequence", UINT64_C(0xbae2b851de73d1bd)},
		{"avx2", "text", UINT64_C(0xdad25db34c6886f7)},
		{"avx2", "momentum", UINT64_C(0xfef1fdbcecb5479f)},
		{"avx2", "gru", UINT64_C(0x7acc6a4e523c580e)},
		{"avx2", "gru-text", UINT64_C(0xbb624e36153c7d3f)},
		{"avx2", "rnn", UINT64_C(0xb1c871b7d3a3dc94)},
		{"avx2", "rnn-text", UINT64_C(0x8e09ae806bc7e83c)},
		{"avx2", "copies", UINT64_C(0xbe4e5f13cdf5944f)},
		{"avx2", "gru-copies", UINT64_C(0x871a566c72b5cb0f)},
		{"avx2", "rnn-copies", UINT64_C(0xda9a321823d0dd63)},
		{"avx512", "mixture", UINT64_C(0xe8f5824db1b1fe3d)},
		{"avx512", "lesson", UINT64_C(0x6df630e0ecc5a5aa)},
		{"avx512", "sequence", UINT64_C(0xb585963e3572f38a)},
		{"avx512", "text", UINT64_C(0x09c81d5c5ed25e08)},
		{"avx512", "momentum", UINT64_C(0x254621e9106f9bc7)},
		{"avx512", "gru", UINT64_C(0x65f0f6ddd75f4635)},
		{"avx512", "gru-text", UINT64_C(0xc46d001d15526c89)},
		{"avx512", "rnn", UINT64_C(0x802158f26a63e52d)},
		{"avx512", "rnn-text", UINT64_C(0xc064a5c8d67085c8)},
		{"avx512", "copies", UINT64_C(0xf5ada984e94fea08)},
		{"avx512", "gru-copies", UINT64_C(0x88925b4eeb85145f)},
		{"avx512", "rnn-copies", UINT64_C(0xda9a321823d0dd63)},
	};

	for (size_t i = 0; bits_name(i) != NULL; i++) {
		uint64_t bits = bits_of_training(i, suite_context());
		bool is_recorded = false;

		ck_assert_uint_ne(bits, 0);
		for (size_t k = 0; k < sizeof recorded / sizeof recorded[0];
			k++) {
			if (strcmp(recorded[k].kernel,
				    suite_context()->kernel->name) != 0 ||
				strcmp(recorded[k].training, bits_name(i)) != 0)
				continue;
			is_recorded = true;
			ck_assert_msg(bits == recorded[k].bits,
				"%s, %s: "
				"0x%016" PRIx64,
				recorded[k].kernel, recorded[k].training, bits);
		}
		ck_assert_msg(is_recorded, "%s, %s: not recorded",
			suite_context()->kernel->name, bits_name(i));
	}
}
END_TEST

START_TEST(there_is_always_a_kernel)
{
	size_t count = 0;

	while (kernel_variant(count) != NULL)
		count++;
	ck_assert_uint_ge(count, 1);
	ck_assert_str_eq(kernel_variant(count - 1)->name, "portable");
	ck_assert_ptr_null(kernel_variant(count + 5));
}
END_TEST

START_TEST(a_kernel_is_found_by_name)
{
	for (size_t i = 0; kernel_variant(i) != NULL; i++)
		ck_assert_ptr_eq(kernel_find(kernel_variant(i)->name),
			kernel_variant(i));
	ck_assert_ptr_null(kernel_find("abacus"));
}
END_TEST

static Suite *
kernel_suite(void)
{
	Suite *suite = suite_create("kernel");
	int cells = (int)kind_count(cell_list);
	TCase *group = suite_group(suite, "kernel", SUITE_SECONDS);

	tcase_add_test(group, activations_are_exact_over_their_whole_range);
	tcase_add_test(group, hard_sigmoid_is_a_clipped_line);
	tcase_add_test(group, nan_stays_nan);
	suite_add_loop(group, a_pass_agrees_with_the_reference, 0,
		cells * LAYOUTS);
	suite_add_loop(group, all_kernels_compute_the_same_gradient, 0,
		cells * LAYOUTS);
	tcase_add_test(group, projections_are_removed_from_rows);
	tcase_add_test(group, sums_of_squares_are_exact_for_any_count);
	tcase_add_test(group, adam_updates_arrays_of_any_size);
	tcase_add_test(group, training_gives_the_recorded_bits);

	/*
	 * a case of its own for ThreadSanitizer, with which the others take
	 * minutes
	 */
	group = suite_group(suite, "threads", SUITE_SECONDS);
	suite_add_loop(group, any_number_of_threads_gives_the_same_bits, 0,
		cells * SHARED_LAYOUTS);

	group = suite_group(suite, "choice", SUITE_SECONDS);
	tcase_add_test(group, there_is_always_a_kernel);
	tcase_add_test(group, a_kernel_is_found_by_name);
	return suite;
}

int
main(void)
{
	return suite_run_kernels(kernel_suite);
}
