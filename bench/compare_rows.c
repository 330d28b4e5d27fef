/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compare_rows.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/signals.h"
#include "row.h"

enum { OTHER, CURRENT, BENCHES, TEXT_SIZE = 64, LINE_SIZE = 512 };

/* A bench that serves a row. */
struct server {
	pid_t pid;  /* 0: not started */
	int socket; /* its standard input and output; -1: none */
	char unit[TEXT_SIZE];
	bool is_rate;
};

static _Noreturn void
execute(const char *program, const struct options *options,
	const struct row *row, const char *kernel, size_t threads)
{
	char count[TEXT_SIZE], time[TEXT_SIZE];
	const char *words[12] = {program, "--row", row->name, "--threads",
		count};
	size_t used = 5;

	snprintf(count, sizeof count, "%zu", threads);
	snprintf(time, sizeof time, "%g", options->seconds);
	if (kernel != NULL) {
		words[used++] = "--kernel";
		words[used++] = kernel;
	}
	if (options->is_quick)
		words[used++] = "--quick";
	/* after --quick, which sets it too */
	words[used++] = "--seconds";
	words[used++] = time;
	execvp(program, (char *const *)words);
	_exit(2);
}

/* Read a line of JSON. Return NULL at the end of the output. */
static json_t *
read_line(const struct server *server)
{
	char line[LINE_SIZE];
	size_t length = 0;

	while (length + 1 < sizeof line) {
		ssize_t got = read(server->socket, line + length, 1);

		if (got == 0 || (got < 0 && errno != EINTR))
			return NULL;
		if (got > 0 && line[length++] == '\n')
			break;
	}
	return json_loadb(line, length, 0, NULL);
}

/* Start a bench. Its messages, as of a row that it lacks, are discarded. */
static bool
start(struct server *server, const char *program, const struct options *options,
	const struct row *row, const char *kernel, size_t threads)
{
	int ends[2];

	*server = (struct server){.socket = -1};
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		return false;
	server->pid = fork();
	if (server->pid == 0) {
		int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

		if (dup2(ends[1], STDIN_FILENO) >= 0 &&
			dup2(ends[1], STDOUT_FILENO) >= 0 &&
			dup2(null, STDERR_FILENO) >= 0)
			execute(program, options, row, kernel, threads);
		_exit(2);
	}
	close(ends[1]);
	server->socket = ends[0];
	return server->pid > 0;
}

/* Wait until the row is prepared. Return false if the bench lacks it. */
static bool
wait_ready(struct server *server)
{
	json_t *line = read_line(server);
	const char *unit = json_string_value(json_object_get(line, "unit"));

	if (unit != NULL)
		snprintf(server->unit, sizeof server->unit, "%s", unit);
	server->is_rate = json_is_true(json_object_get(line, "rate"));
	json_decref(line);
	return unit != NULL;
}

/* Let it measure a round; store the value in the unit of the row. */
static bool
ask(struct server *server, double *processor, double *wall)
{
	json_t *line;

	if (write(server->socket, "\n", 1) != 1)
		return false;
	line = read_line(server);
	*processor = json_number_value(json_object_get(line, "cpu"));
	*wall = json_number_value(json_object_get(line, "wall"));
	json_decref(line);
	return *processor > 0 && *wall > 0;
}

static void
stop(struct server *server)
{
	if (server->socket >= 0)
		close(server->socket);
	if (server->pid > 0)
		while (waitpid(server->pid, NULL, 0) < 0 && errno == EINTR)
			;
}

/* Values of both benches, in the rounds of one row. */
struct values {
	double processor[BENCHES][OPTIONS_ROUNDS_MAX];
	double wall[BENCHES][OPTIONS_ROUNDS_MAX];
};

static bool
measure(struct server servers[BENCHES], size_t rounds, struct values *values,
	struct error *error)
{
	for (size_t r = 0; r < rounds; r++)
		for (size_t k = 0; k < BENCHES; k++) {
			/* no bench is always the first */
			size_t bench = (k + r) % BENCHES;

			if (!ask(&servers[bench], &values->processor[bench][r],
				    &values->wall[bench][r]))
				return error_set(error, "%s",
					signals_is_ending()
						? "interrupted"
						: "a bench ended early");
		}
	return true;
}

static void
print(const struct options *options, const struct ratios *ratios,
	const struct server *server, struct ratio_line *line,
	struct values *values)
{
	double(*chosen)[OPTIONS_ROUNDS_MAX] =
		line->is_wall ? values->wall : values->processor;
	double quotients[OPTIONS_ROUNDS_MAX];
	size_t rounds = options->rounds;

	for (size_t r = 0; r < rounds; r++)
		quotients[r] = server->is_rate
			? chosen[CURRENT][r] / chosen[OTHER][r]
			: chosen[OTHER][r] / chosen[CURRENT][r];
	line->rounds = rounds;
	line->unit = server->unit;
	line->ratio = spread_of(quotients, rounds);
	line->other = spread_of(chosen[OTHER], rounds).median;
	line->current = spread_of(chosen[CURRENT], rounds).median;
	ratios_print(ratios, line);
}

/* Compare a row. Set *is_compared unless the other bench lacks it. */
static bool
compare_row(const struct options *options, const char *const programs[BENCHES],
	const struct ratios *ratios, struct ratio_line *line,
	const struct row *row, bool *is_compared, struct error *error)
{
	static struct values values;
	static struct server servers[BENCHES];
	const char *kernel = line->kernel;
	bool is_ready = true, is_good = true;

	for (int i = 0; i < BENCHES; i++)
		servers[i] = (struct server){.socket = -1};
	/* one after the other, so that both prepare undisturbed */
	for (int i = 0; is_ready && i < BENCHES; i++)
		is_ready = start(&servers[i], programs[i], options, row, kernel,
				   line->threads) &&
			wait_ready(&servers[i]);
	if (signals_is_ending())
		is_good = error_set(error, "interrupted");
	else if (is_ready)
		is_good = measure(servers, options->rounds, &values, error);
	for (int i = 0; i < BENCHES; i++)
		stop(&servers[i]);
	if (!is_good || !is_ready)
		return is_good;
	*is_compared = true;
	line->kernel = kernel != NULL ? kernel : "default";
	print(options, ratios, &servers[CURRENT], line, &values);
	return true;
}

bool
compare_rows(const struct options *options, const char *current,
	const struct ratios *ratios, struct error *error)
{
	const char *const programs[BENCHES] = {options->compare, current};
	const struct row *row;
	bool is_compared = false;

	ratios_begin(ratios, programs[OTHER], programs[CURRENT]);
	for (size_t i = 0; (row = row_list(i)) != NULL; i++) {
		size_t threads = row->is_threaded ? options->thread_count : 1;

		if (!options_choose(options->only, row->name))
			continue;
		for (size_t k = 0; k < options->kernel_count * threads; k++) {
			struct ratio_line line = {
				.name = row->name,
				.kernel = options->kernels[k / threads],
				.threads = options->threads[k % threads],
				.is_wall = options->threads[k % threads] > 1,
			};

			if (!compare_row(options, programs, ratios, &line, row,
				    &is_compared, error))
				return false;
		}
	}
	return is_compared ||
		error_set(error,
			"%s: serves none of the rows; compare an older "
			"version with --compare-program",
			options->compare);
}
