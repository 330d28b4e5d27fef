/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const char *
table_processor(char line[TABLE_PROCESSOR_SIZE])
{
	static const char *const unknown = "unknown";
	FILE *file = fopen("/proc/cpuinfo", "r");
	const char *name = unknown;

	while (file != NULL && name == unknown &&
		fgets(line, TABLE_PROCESSOR_SIZE, file) != NULL) {
		char *value = strchr(line, ':');

		if (strncmp(line, "model name", 10) != 0 || value == NULL)
			continue;
		value += 1 + strspn(value + 1, " \t");
		value[strcspn(value, "\n\"\\")] = '\0';
		name = value;
	}
	if (file != NULL)
		fclose(file);
	return name;
}

static const char peer[] =
	"PyTorch 1.13, one thread of an AMD Zen 4 with AVX-512, 118 GFLOP/s";

static const char about[] =
	"Median and quartiles of the rounds. Times are processor time with\n"
	"one thread, and wall time with several. Peak: multiply-adds alone on\n"
	"one core in GFLOP/s, measured beside each row. % peak: of the needed\n"
	"operations, in the processor time of all threads; two per\n"
	"multiply-add of forward, backward and gradient products, and 12 per\n"
	"parameter for Adam in rows of sizes; not activations or the loss.\n"
	"Speed-up: by threads, in wall time. Yardstick: the time divided by\n"
	"that of a loop written by hand for the lesson (floor), or of fscanf.\n"
	"Elsewhere: ";

void
table_begin(bool is_json)
{
	char text[TABLE_PROCESSOR_SIZE];

	if (is_json) {
		table_print_json(json_pack("{s: s, s: s}", "processor",
			table_processor(text), "elsewhere", peer));
		return;
	}
	printf("processor %s\n%s%s.\n\n", table_processor(text), about, peer);
	printf("%-32s %-8s %3s %12s %12s %12s %-12s %6s %6s %8s %14s %9s\n",
		"row", "kernel", "thr", "median", "low", "high", "unit", "peak",
		"% peak", "speed-up", "yardstick", "elsewhere");
}

void
table_print_json(json_t *object)
{
	enum { DIGITS = 9 };

	json_dumpf(object, stdout, JSON_COMPACT | JSON_REAL_PRECISION(DIGITS));
	printf("\n");
	json_decref(object);
}

static void
set_positive(json_t *object, const char *key, double value)
{
	if (value > 0)
		json_object_set_new(object, key, json_real(value));
}

static json_t *
line_object(const struct line *line)
{
	const struct row *row = line->row;
	json_t *object = json_pack(
		"{s: s, s: s, s: I, s: I, s: s, s: f, s: f, s: f, s: f, s: f}",
		"row", row->name, "kernel", line->kernel, "threads",
		(json_int_t)line->threads, "rounds", (json_int_t)line->rounds,
		"unit", row->unit, "value", line->value, "low", line->low,
		"high", line->high, "seconds", line->seconds, "peak_gflops",
		line->peak * 1e-9);

	set_positive(object, "mflop", row->operations * 1e-6);
	set_positive(object, "peak", line->peak_fraction);
	set_positive(object, "speed_up", line->speed_up);
	set_positive(object, "elsewhere", row->elsewhere);
	if (line->yardsticks > 0)
		json_object_set_new(object, row->kind->yardstick_name,
			json_real(line->yardsticks));
	return object;
}

void
table_print_value(double value)
{
	int decimals = value > 0 ? 3 - (int)floor(log10(value)) : 0;

	printf(" %12.*f",
		decimals < 0           ? 0
			: decimals > 6 ? 6
				       : decimals,
		value);
}

/* Print a number if it is positive, or blanks. */
static void
print_positive(int width, int decimals, double value)
{
	if (value > 0)
		printf(" %*.*f", width, decimals, value);
	else
		printf(" %*s", width, "");
}

static void
print_text(const struct line *line)
{
	const struct row *row = line->row;
	char text[32] = "";

	printf("%-32s %-8s %3zu", row->name, line->kernel, line->threads);
	table_print_value(line->value);
	table_print_value(line->low);
	table_print_value(line->high);
	printf(" %-12s %6.1f", row->unit, line->peak * 1e-9);
	print_positive(6, 1, 100 * line->peak_fraction);
	print_positive(8, 2, line->speed_up);
	if (line->yardsticks > 0)
		snprintf(text, sizeof text, "%.2f %s", line->yardsticks,
			row->kind->yardstick_name);
	printf(" %14s", text);
	print_positive(9, 0, row->elsewhere);
	printf("\n");
}

void
table_print(bool is_json, const struct line *line)
{
	if (is_json)
		table_print_json(line_object(line));
	else
		print_text(line);
	fflush(stdout);
}
