/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The benchmark: measure the time and the floating-point operations of an
 * update, for many sizes of model and batch, and compare the lesson with the
 * floor.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/signals.h"
#include "core/context.h"
#include "compare_commands.h"
#include "lesson.h"
#include "measure.h"
#include "options.h"
#include "ratios.h"
#include "reading.h"
#include "sizes.h"
#include "table.h"
#include "texts.h"
#include "variant.h"

struct bench {
	struct table table;
	struct context context;
	const struct kernel *kernel; /* NULL: the fastest */
	bool is_quick;
	double seconds; /* per case */
	size_t threads; /* 0: one, then all */
};

/* Min operations of a case that is also measured with all threads. */
#define LARGE 2e7

/*
 * One size goes from its value in `first` to `last`, in steps of `factor`, or
 * in steps of 1 if factor is 1.
 */
static const struct sweep {
	const char *name;
	struct sizes first;
	enum size size;
	size_t last, factor;
} sweeps[] = {
	{"units", {&framing_one_to_one, {1, 1, 1, 3}, NULL}, SIZE_UNITS, 1024,
		4},
	{"units", {&framing_one_to_one, {1, 1, 32, 3}, NULL}, SIZE_UNITS, 1024,
		4},
	{"units", {&framing_sequence, {1, 1, 1, 3}, NULL}, SIZE_UNITS, 1024, 2},
	{"units", {&framing_sequence, {1, 1, 32, 16}, NULL}, SIZE_UNITS, 1024,
		2},
	{"gru", {&framing_sequence, {1, 64, 1, 3}, &cell_gru}, SIZE_UNITS, 1024,
		4},
	{"gru", {&framing_sequence, {1, 64, 32, 16}, &cell_gru}, SIZE_UNITS,
		1024, 2},
	{"rnn", {&framing_sequence, {1, 64, 1, 3}, &cell_rnn}, SIZE_UNITS, 1024,
		4},
	{"rnn", {&framing_sequence, {1, 64, 32, 16}, &cell_rnn}, SIZE_UNITS,
		1024, 2},
	{"layers", {&framing_sequence, {1, 10, 1, 3}, NULL}, SIZE_LAYERS, 4, 1},
	{"layers", {&framing_sequence, {1, 128, 32, 16}, NULL}, SIZE_LAYERS, 4,
		1},
	{"batch", {&framing_sequence, {1, 128, 1, 16}, NULL}, SIZE_BATCH, 256,
		2},
	{"steps", {&framing_sequence, {1, 128, 1, 1}, NULL}, SIZE_STEPS, 512,
		8},
	{"steps", {&framing_sequence, {1, 128, 32, 1}, NULL}, SIZE_STEPS, 512,
		2},
};

enum { SWEEPS = sizeof sweeps / sizeof sweeps[0], QUICK_FACTOR = 16 };

static size_t
next_size(const struct bench *bench, const struct sweep *sweep, size_t size)
{
	if (sweep->factor == 1)
		return bench->is_quick ? sweep->last + (size == sweep->last)
				       : size + 1;
	return size * (bench->is_quick ? QUICK_FACTOR : sweep->factor);
}

static bool
run_case(const struct bench *bench, const char *name, const struct sizes *sizes,
	struct error *error)
{
	struct line line = {
		.name = name,
		.sizes = *sizes,
		.threads = thread_pool_size(bench->context.threads),
		.operations = sizes_operations(sizes),
	};

	if (!sizes_measure(sizes, &bench->context, bench->seconds,
		    &line.seconds, error))
		return false;
	table_print(&bench->table, &line);
	return true;
}

static bool
run_sweeps(const struct bench *bench, bool is_large_only, struct error *error)
{
	for (size_t i = 0; i < SWEEPS; i++) {
		const struct sweep *sweep = &sweeps[i];
		struct sizes sizes = sweep->first;
		size_t *size = &sizes.size[sweep->size];

		for (; *size <= sweep->last;
			*size = next_size(bench, sweep, *size)) {
			if (is_large_only && sizes_operations(&sizes) < LARGE)
				continue;
			if (!run_case(bench, sweep->name, &sizes, error))
				return false;
		}
	}
	return true;
}

static void
print_lesson(const struct bench *bench, const char *name,
	const struct framing *framing, const struct lesson_time *time)
{
	struct line line = {
		.name = name,
		.sizes = {framing, {1, 10, 1, 3}},
		.threads = 1,
		.seconds = time->seconds,
		.loss = framing == &framing_one_to_one ? time->loss : 0,
		.is_lesson = framing == &framing_one_to_one,
	};

	line.operations = sizes_operations(&line.sizes);
	table_print(&bench->table, &line);
}

static bool
run_lessons(struct bench *bench, struct error *error)
{
	const struct variant *variant =
		variant_find(bench->context.kernel->name);
	struct lesson_time time;

	lesson_floor(variant->floor_exact, bench->seconds, &time);
	bench->table.floor = time.seconds;
	print_lesson(bench, "floor", &framing_one_to_one, &time);
	if (variant->floor_approximate != NULL) {
		lesson_floor(variant->floor_approximate, bench->seconds, &time);
		print_lesson(bench, "floor~", &framing_one_to_one, &time);
	}
	if (!lesson_run(&framing_one_to_one, &bench->context, bench->seconds,
		    &time, error))
		return false;
	print_lesson(bench, "lesson", &framing_one_to_one, &time);
	if (!lesson_run(&framing_sequence, &bench->context, bench->seconds,
		    &time, error))
		return false;
	print_lesson(bench, "lesson", &framing_sequence, &time);
	return true;
}

static bool
run_first(struct bench *bench, struct error *error)
{
	table_begin(&bench->table, &bench->context);
	return run_lessons(bench, error) && run_sweeps(bench, false, error) &&
		texts_run(&bench->table, &bench->context, bench->seconds,
			bench->is_quick, error) &&
		reading_run(&bench->table, bench->seconds, error);
}

static bool
run_on_all_threads(struct bench *bench, struct error *error)
{
	return run_sweeps(bench, true, error) &&
		texts_run(&bench->table, &bench->context, bench->seconds,
			bench->is_quick, error);
}

static bool
run_all(struct bench *bench, struct error *error)
{
	size_t threads = bench->threads > 0 ? bench->threads : 1;
	bool good;

	bench->table.peak = measure_peak(bench->seconds);
	good = context_create(&bench->context, bench->kernel, threads, error) &&
		run_first(bench, error);
	context_destroy(&bench->context);
	if (!good || bench->threads > 0)
		return good;
	good = context_create(&bench->context, bench->kernel, 0, error) &&
		(thread_pool_size(bench->context.threads) == 1 ||
			run_on_all_threads(bench, error));
	context_destroy(&bench->context);
	return good;
}

/* Store the path of the program in the same build folder as the bench. */
static const char *
find_program(const char *bench, char path[PATH_MAX])
{
	const char *slash = strrchr(bench, '/');

	snprintf(path, PATH_MAX, "%.*s../src/lstmtui",
		slash != NULL ? (int)(slash + 1 - bench) : 0, bench);
	return path;
}

static bool
run(const struct options *options, const char *name, struct error *error)
{
	const struct ratios ratios = {options->is_json};
	struct bench bench = {
		.table.is_json = options->is_json,
		.is_quick = options->is_quick,
		.seconds = options->seconds,
		.threads = options->thread_count == 1 ? options->threads[0] : 0,
	};
	char path[PATH_MAX];

	if (options->shows_help) {
		fputs(options_usage(), stdout);
		return true;
	}
	if (options->lists) {
		compare_commands_list(options->only);
		return true;
	}
	if (options->compare_program != NULL)
		return compare_commands(options,
			options->program != NULL ? options->program
						 : find_program(name, path),
			&ratios, error);
	if (options->kernels[0] != NULL)
		bench.kernel = kernel_find(options->kernels[0]);
	return run_all(&bench, error);
}

int
main(int argc, char **argv)
{
	struct options options;
	struct error error = {.is_usage = false};

	signals_catch();
	if (options_read(&options, argc, argv, &error) &&
		run(&options, argv[0], &error)) {
		if (fflush(stdout) == 0)
			return EXIT_SUCCESS;
		error_set(&error, "cannot write the output");
	}
	fprintf(stderr, "bench: %s\n", error.text);
	return error.is_usage ? 2 : EXIT_FAILURE;
}
