/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "entrant.h"
#include "row.h"
#include "spread.h"
#include "table.h"

struct measured {
	struct entrant entrants[OPTIONS_LIST_MAX];
	struct round rounds[OPTIONS_LIST_MAX][OPTIONS_ROUNDS_MAX];
	size_t count; /* of entrants: one for each number of threads */
};

/* Compute the spread of a quantity over the rounds of an entrant. */
static struct spread
spread(const struct measured *measured, size_t entrant, size_t rounds,
	double (*quantity)(const struct measured *, size_t entrant,
		size_t round))
{
	double values[OPTIONS_ROUNDS_MAX];

	for (size_t i = 0; i < rounds; i++)
		values[i] = quantity(measured, entrant, i);
	return spread_of(values, rounds);
}

static double
seconds(const struct measured *measured, size_t entrant, size_t i)
{
	const struct round *round = &measured->rounds[entrant][i];

	return measured->entrants[entrant].threads > 1 ? round->wall
						       : round->processor;
}

static double
peak(const struct measured *measured, size_t entrant, size_t i)
{
	return measured->rounds[entrant][i].peak;
}

/* Fraction of the peak, of the processor time that all threads used. */
static double
peak_fraction(const struct measured *measured, size_t entrant, size_t i)
{
	const struct round *round = &measured->rounds[entrant][i];

	return measured->entrants[entrant].row.operations / round->processor /
		round->peak;
}

static double
yardsticks(const struct measured *measured, size_t entrant, size_t i)
{
	const struct round *round = &measured->rounds[entrant][i];

	return round->processor / round->yardstick;
}

static double
speed_up(const struct measured *measured, size_t entrant, size_t i)
{
	return measured->rounds[0][i].wall / measured->rounds[entrant][i].wall;
}

static void
print(const struct options *options, const struct files *files,
	const struct measured *measured, size_t i)
{
	const struct entrant *entrant = &measured->entrants[i];
	const struct row *row = &entrant->row;
	size_t rounds = options->rounds;
	struct spread time = spread(measured, i, rounds, seconds);
	struct line line = {
		.row = row,
		.kernel = entrant->context.kernel->name,
		.threads = entrant->threads,
		.rounds = rounds,
		.value = row_value(row, files, time.median),
		.low = row_value(row, files,
			row->is_rate ? time.high : time.low),
		.high = row_value(row, files,
			row->is_rate ? time.low : time.high),
		.seconds = time.median,
		.peak = spread(measured, i, rounds, peak).median,
	};

	if (row->operations > 0)
		line.peak_fraction =
			spread(measured, i, rounds, peak_fraction).median;
	if (row->kind->yardstick != NULL)
		line.yardsticks =
			spread(measured, i, rounds, yardsticks).median;
	if (i > 0 && measured->entrants[0].threads == 1)
		line.speed_up = spread(measured, i, rounds, speed_up).median;
	table_print(options->is_json, &line);
}

static bool
measure_row(const struct options *options, const struct files *files,
	const struct row *row, const char *kernel, struct error *error)
{
	static struct measured measured;
	size_t wanted = row->is_threaded ? options->thread_count : 1;
	bool is_good = true;

	for (measured.count = 0; is_good && measured.count < wanted;
		measured.count++)
		is_good = entrant_create(&measured.entrants[measured.count],
			row, kernel, options->threads[measured.count], files,
			options->seconds, error);
	for (size_t r = 0; is_good && r < options->rounds; r++)
		for (size_t i = 0; is_good && i < measured.count; i++)
			is_good = entrant_measure(&measured.entrants[i],
				&measured.rounds[i][r], error);
	for (size_t i = 0; i < measured.count; i++) {
		if (is_good)
			print(options, files, &measured, i);
		entrant_destroy(&measured.entrants[i]);
	}
	return is_good || error_prefix(error, "%s", row->name);
}

bool
measure_rows(const struct options *options, const struct files *files,
	struct error *error)
{
	const struct row *row;

	table_begin(options->is_json);
	for (size_t i = 0; (row = row_list(i)) != NULL; i++) {
		struct row copy = *row;

		if (!options_choose(options->only, row->name))
			continue;
		for (size_t k = 0; k < options->kernel_count; k++)
			if (!measure_row(options, files, &copy,
				    options->kernels[k], error))
				return false;
	}
	return true;
}

/*
 * Measure a round in a process of its own, and print it. Where the memory of a
 * process lies changes a row's speed by up to a fifth, as long as it lives: the
 * rounds of one process would not show that.
 */
static bool
serve_round(const struct options *options, const struct files *files,
	const struct row *row, struct error *error)
{
	struct entrant entrant;
	struct round round;
	int status = 0;
	bool is_good;
	pid_t pid = fork();

	if (pid < 0)
		return error_set(error, "cannot start a process: %s",
			strerror(errno));
	if (pid > 0) {
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
			;
		return status == 0 || error_set(error, "a round failed");
	}
	is_good =
		entrant_create(&entrant, row, options->kernels[0],
			options->threads[0], files, options->seconds, error) &&
		entrant_measure(&entrant, &round, error);
	if (is_good)
		table_print_json(json_pack("{s: f, s: f, s: f}", "cpu",
			row_value(row, files, round.processor), "wall",
			row_value(row, files, round.wall), "peak_gflops",
			round.peak * 1e-9));
	_exit(is_good && fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE);
}

bool
measure_serve(const struct options *options, const struct files *files,
	struct error *error)
{
	const struct row *row = row_find(options->row);
	struct entrant entrant;
	bool is_good;

	if (row == NULL)
		return error_set_usage(error, "no row '%s'", options->row);
	/* this makes the files, and shows what is wrong */
	is_good = entrant_create(&entrant, row, options->kernels[0],
		options->threads[0], files, options->seconds, error);
	entrant_destroy(&entrant);
	if (!is_good)
		return false;
	table_print_json(json_pack("{s: s, s: s, s: b}", "row", row->name,
		"unit", row->unit, "rate", row->is_rate));
	fflush(stdout);
	for (int c = getchar(); is_good && c != EOF; c = getchar())
		if (c == '\n')
			is_good = serve_round(options, files, row, error);
	return is_good;
}
