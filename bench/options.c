/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "options.h"

#include <fnmatch.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "core/kernel.h"
#include "core/thread_pool.h"

static const char usage[] =
	"Usage: bench [OPTION]...\n"
	"Measure the program, beside the peak of the machine.\n"
	"\n"
	"      --only NAMES       only rows with these names, separated by\n"
	"                         commas, with * and ? as in a shell\n"
	"      --list             print the names of the rows and exit\n"
	"      --json             print one JSON object per line\n"
	"      --quick            measure briefly, with small files\n"
	"      --kernel NAME,...  use these variants of the kernels\n"
	"      --threads N,...    use N threads (default: one, then one per\n"
	"                         processor)\n"
	"      --rounds N         measure N times, in turns (default: 7)\n"
	"      --seconds X        time of a measurement (default: 0.3)\n"
	"      --compare OTHER    compare with the bench of another build\n"
	"      --compare-program OTHER\n"
	"                         compare the commands of two programs\n"
	"      --program PATH     the new program for it (default:\n"
	"                         ../src/lstmtui beside the bench)\n"
	"      --row NAME         serve this row to another bench: measure a\n"
	"                         round for each line of standard input\n"
	"      --help             print this and exit\n";

const char *
options_usage(void)
{
	return usage;
}

/* Cut a list at its commas. */
static bool
read_kernels(struct options *options, char *list, struct error *error)
{
	char *rest = NULL;

	options->kernel_count = 0;
	for (char *name = strtok_r(list, ",", &rest); name != NULL;
		name = strtok_r(NULL, ",", &rest)) {
		if (options->kernel_count == OPTIONS_LIST_MAX)
			return error_set_usage(error, "--kernel: too many");
		if (kernel_find(name) == NULL)
			return error_set_usage(error,
				"no kernel '%s' on this processor", name);
		options->kernels[options->kernel_count++] = name;
	}
	return options->kernel_count > 0 ||
		error_set_usage(error, "--kernel: no name");
}

static bool
read_threads(struct options *options, char *list, struct error *error)
{
	char *rest = NULL;

	options->thread_count = 0;
	for (char *text = strtok_r(list, ",", &rest); text != NULL;
		text = strtok_r(NULL, ",", &rest)) {
		uint64_t count;

		if (!number_parse_count(text, THREAD_POOL_MAX, &count) ||
			count < 1 || options->thread_count == OPTIONS_LIST_MAX)
			return error_set_usage(error,
				"--threads: up to %d numbers from 1 to %d",
				OPTIONS_LIST_MAX, THREAD_POOL_MAX);
		options->threads[options->thread_count++] = (size_t)count;
	}
	return options->thread_count > 0 ||
		error_set_usage(error, "--threads: no number");
}

static bool
read_rounds(struct options *options, const char *text, struct error *error)
{
	uint64_t count;

	if (!number_parse_count(text, OPTIONS_ROUNDS_MAX, &count) || count < 1)
		return error_set_usage(error,
			"--rounds %s: must be from 1 to %d", text,
			OPTIONS_ROUNDS_MAX);
	options->rounds = (size_t)count;
	return true;
}

static bool
read_seconds(struct options *options, const char *text, struct error *error)
{
	return (number_parse_real(text, &options->seconds) &&
		       options->seconds > 0 && options->seconds <= 60) ||
		error_set_usage(error, "--seconds %s: must be up to 60", text);
}

static void
set_defaults(struct options *options)
{
	struct thread_pool *pool = thread_pool_create(0);

	*options = (struct options){
		.kernel_count = 1,
		.threads = {1, thread_pool_size(pool)},
		.rounds = 7,
		.seconds = 0.3,
	};
	options->thread_count = options->threads[1] > 1 ? 2 : 1;
	thread_pool_destroy(pool);
}

static bool
read_option(struct options *options, int option, char *text,
	struct error *error)
{
	switch (option) {
	case 'b':
		options->compare = text;
		return true;
	case 'c':
		options->compare_program = text;
		return true;
	case 'h':
		options->shows_help = true;
		return true;
	case 'j':
		options->is_json = true;
		return true;
	case 'k':
		return read_kernels(options, text, error);
	case 'l':
		options->lists = true;
		return true;
	case 'o':
		options->only = text;
		return true;
	case 'p':
		options->program = text;
		return true;
	case 'q':
		options->is_quick = true;
		options->rounds = 3;
		options->seconds = 0.05;
		return true;
	case 'r':
		return read_rounds(options, text, error);
	case 'R':
		options->row = text;
		return true;
	case 's':
		return read_seconds(options, text, error);
	case 't':
		return read_threads(options, text, error);
	default:
		return error_set_usage(error, "see bench --help");
	}
}

bool
options_read(struct options *options, int argc, char **argv,
	struct error *error)
{
	static const struct option known[] = {
		{"compare", required_argument, NULL, 'b'},
		{"compare-program", required_argument, NULL, 'c'},
		{"help", no_argument, NULL, 'h'},
		{"json", no_argument, NULL, 'j'},
		{"kernel", required_argument, NULL, 'k'},
		{"list", no_argument, NULL, 'l'},
		{"only", required_argument, NULL, 'o'},
		{"program", required_argument, NULL, 'p'},
		{"quick", no_argument, NULL, 'q'},
		{"row", required_argument, NULL, 'R'},
		{"rounds", required_argument, NULL, 'r'},
		{"seconds", required_argument, NULL, 's'},
		{"threads", required_argument, NULL, 't'},
		{NULL, 0, NULL, 0},
	};
	int option;

	set_defaults(options);
	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1)
		if (!read_option(options, option, optarg, error))
			return false;
	return optind == argc ||
		error_set_usage(error, "%s: not an option", argv[optind]);
}

bool
options_choose(const char *patterns, const char *name)
{
	char pattern[64];

	if (patterns == NULL)
		return true;
	for (const char *start = patterns; *start != '\0';) {
		size_t length = strcspn(start, ",");

		snprintf(pattern, sizeof pattern, "%.*s", (int)length, start);
		if (fnmatch(pattern, name, 0) == 0)
			return true;
		start += length + (start[length] == ',');
	}
	return false;
}
