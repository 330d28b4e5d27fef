/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compare_commands.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/signals.h"
#include "child.h"
#include "commands.h"
#include "files.h"
#include "options.h"

enum { OTHER, CURRENT, PROGRAMS, COMMAND_SIZE = 512, COUNT_MAX = 1000000000 };

/* Differences between the two commands of a row, by round. */
struct series {
	double processor[OPTIONS_ROUNDS_MAX], wall[OPTIONS_ROUNDS_MAX];
	double bytes[OPTIONS_ROUNDS_MAX];
};

struct contest {
	const struct options *options;
	const struct ratios *ratios;
	const struct command_row *row;
	const struct files *files;
	char program[PROGRAMS][PATH_MAX];
	uint64_t counts[OPTIONS_LIST_MAX]; /* for each kernel */
	struct series series[OPTIONS_LIST_MAX][OPTIONS_LIST_MAX][PROGRAMS];
	size_t round;
};

/* Write the command with a text in the place of @. */
static void
fill(const char *command, const char *text, char filled[COMMAND_SIZE])
{
	const char *place = strchr(command, '@');
	int before = (int)(place != NULL ? place - command : 0);

	if (place == NULL)
		snprintf(filled, COMMAND_SIZE, "%s", command);
	else
		snprintf(filled, COMMAND_SIZE, "%.*s%s%s", before, command,
			text, place + 1);
}

static bool
run(const struct contest *contest, int program, const char *kernel,
	size_t threads, const char *command, struct child_use *use,
	struct error *error)
{
	const struct child child = {
		.program = contest->program[program],
		.folder = contest->files->folder,
		.kernel = kernel,
		.arguments = command,
		.threads = threads,
		.first = contest->round,
	};

	return (child_run(&child, use, error) && !signals_is_ending()) ||
		(signals_is_ending() && error_set(error, "interrupted"));
}

/*
 * Run the two commands of a row, and store what the one with less work used and
 * how much more the other did.
 */
static bool
run_pair(const struct contest *contest, int program, size_t kernel,
	size_t threads, struct child_use *less, struct child_use *difference,
	struct error *error)
{
	const struct command_row *row = contest->row;
	const char *name = contest->options->kernels[kernel];
	char count[32], few[COMMAND_SIZE], many[COMMAND_SIZE];

	snprintf(count, sizeof count, "%llu",
		(unsigned long long)contest->counts[kernel] + 1);
	fill(row->command, row->many != NULL ? row->few : "1", few);
	fill(row->command, row->many != NULL ? row->many : count, many);
	if (!run(contest, program, name, threads, few, less, error) ||
		!run(contest, program, name, threads, many, difference, error))
		return false;
	difference->processor -= less->processor;
	difference->wall -= less->wall;
	difference->bytes -= less->bytes;
	return true;
}

/*
 * Find the count that takes the other program about the wanted time, and no
 * less than its start, which is subtracted and varies.
 */
static bool
choose_count(struct contest *contest, size_t kernel, struct error *error)
{
	double wanted = 0, found = 0;
	uint64_t *count = &contest->counts[kernel];

	for (*count = 1; *count < COUNT_MAX; *count *= 4) {
		struct child_use start, use;

		if (!run_pair(contest, OTHER, kernel, 1, &start, &use, error))
			return false;
		found = use.processor;
		wanted = fmax(contest->options->seconds, start.processor);
		if (found >= wanted / 8)
			break;
	}
	if (found < wanted)
		*count = (uint64_t)ceil((double)*count * wanted / found);
	return true;
}

static bool
run_round(struct contest *contest, size_t thread_count, struct error *error)
{
	const struct options *options = contest->options;

	for (size_t i = 0; i < thread_count * options->kernel_count; i++)
		for (size_t k = 0; k < PROGRAMS; k++) {
			/* no program is always the first */
			int program = (int)((k + contest->round) % PROGRAMS);
			size_t kernel = i / thread_count;
			size_t thread = i % thread_count;
			struct series *series =
				&contest->series[kernel][thread][program];
			struct child_use start, use;

			if (!run_pair(contest, program, kernel,
				    options->threads[thread], &start, &use,
				    error))
				return false;
			series->processor[contest->round] = use.processor;
			series->wall[contest->round] = use.wall;
			series->bytes[contest->round] = use.bytes;
		}
	return true;
}

static struct spread
spread(const double *values, size_t count)
{
	double sorted[OPTIONS_ROUNDS_MAX];

	memcpy(sorted, values, count * sizeof *values);
	return spread_of(sorted, count);
}

static struct spread
spread_of_ratios(const double *one, const double *other, size_t count)
{
	double ratios[OPTIONS_ROUNDS_MAX];

	for (size_t i = 0; i < count; i++)
		ratios[i] = one[i] / other[i];
	return spread_of(ratios, count);
}

/* Convert seconds of the difference of the commands to the row's unit. */
static double
value(const struct contest *contest, size_t kernel, double seconds)
{
	const struct command_row *row = contest->row;
	double work = row->work;

	if (row->many == NULL)
		work *= (double)contest->counts[kernel];
	else if (row->reads)
		work *= contest->files->blocks;
	return row->scale * (row->is_rate ? work / seconds : seconds / work);
}

static void
print_line(const struct contest *contest, size_t kernel, size_t thread)
{
	const struct options *options = contest->options;
	const struct series *one = contest->series[kernel][0];
	const struct series *both = contest->series[kernel][thread];
	const char *name = options->kernels[kernel];
	size_t threads = options->threads[thread], rounds = options->rounds;
	bool is_wall = threads > 1;
	const double *other = both[OTHER].processor;
	const double *current = both[CURRENT].processor;
	struct ratio_line line = {
		.name = contest->row->name,
		.kernel = name != NULL ? name : "default",
		.unit = contest->row->unit,
		.threads = threads,
		.rounds = rounds,
		.is_wall = is_wall,
	};

	if (is_wall) {
		other = both[OTHER].wall;
		current = both[CURRENT].wall;
	}
	line.other = value(contest, kernel, spread(other, rounds).median);
	line.current = value(contest, kernel, spread(current, rounds).median);
	line.ratio = spread_of_ratios(other, current, rounds);
	if (is_wall && options->threads[0] == 1)
		line.speed_up = spread_of_ratios(one[CURRENT].wall,
			both[CURRENT].wall, rounds)
					.median;
	if (contest->row->reads) {
		double bytes = contest->files->blocks * contest->row->work;

		line.bytes_other =
			spread(both[OTHER].bytes, rounds).median / bytes;
		line.bytes_current =
			spread(both[CURRENT].bytes, rounds).median / bytes;
	}
	ratios_print(contest->ratios, &line);
}

/* Make the row's data, and the model that the other program prepares. */
static bool
prepare(const struct contest *contest, struct error *error)
{
	const struct command_row *row = contest->row;
	const char *texts[] = {row->command, row->few, row->many, row->prepare};
	struct child_use use;

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		if (texts[i] != NULL &&
			!files_make(contest->files, texts[i], error))
			return false;
	return row->prepare == NULL ||
		run(contest, OTHER, NULL, 1, row->prepare, &use, error);
}

static bool
compare_row(struct contest *contest, struct error *error)
{
	const struct options *options = contest->options;
	size_t threads = contest->row->is_threaded ? options->thread_count : 1;

	contest->round = 0;
	if (!prepare(contest, error))
		return false;
	for (size_t k = 0;
		contest->row->many == NULL && k < options->kernel_count; k++)
		if (!choose_count(contest, k, error))
			return false;
	for (; contest->round < options->rounds; contest->round++)
		if (!run_round(contest, threads, error))
			return false;
	for (size_t k = 0; k < options->kernel_count; k++)
		for (size_t t = 0; t < threads; t++)
			print_line(contest, k, t);
	return true;
}

void
compare_commands_list(const char *only)
{
	for (const struct command_row *row = command_rows; row->name != NULL;
		row++)
		if (options_choose(only, row->name))
			printf("%s\n", row->name);
}

static bool
check_rows(const char *only, struct error *error)
{
	for (const struct command_row *row = command_rows; row->name != NULL;
		row++)
		if (options_choose(only, row->name))
			return true;
	return error_set_usage(error, "--only %s: no such row", only);
}

bool
compare_commands(const struct options *options, const char *program,
	const struct files *files, const struct ratios *ratios,
	struct error *error)
{
	static struct contest contest;
	const char *const paths[PROGRAMS] = {options->compare_program, program};

	if (!check_rows(options->only, error))
		return false;
	contest = (struct contest){.options = options,
		.ratios = ratios,
		.files = files};
	for (int i = 0; i < PROGRAMS; i++)
		if (realpath(paths[i], contest.program[i]) == NULL)
			return error_set(error, "%s: %s", paths[i],
				strerror(errno));
	ratios_begin(ratios, contest.program[OTHER], contest.program[CURRENT]);
	for (contest.row = command_rows; contest.row->name != NULL;
		contest.row++)
		if (options_choose(options->only, contest.row->name) &&
			!compare_row(&contest, error))
			return false;
	return true;
}
