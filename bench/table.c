/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table.h"

#include <stdio.h>
#include <string.h>

#include "lesson.h"

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

static const char about[] =
	"MFLOP: operations that an update needs, two per multiply-add: the\n"
	"forward, backward and gradient products with the weights, and 12 per\n"
	"parameter for Adam; not activations, the loss, or products known to\n"
	"be 0. Steps: per sequence; one-to-one makes each a sample. Peak:\n"
	"multiply-adds alone, on as many cores as threads. Floor: a loop\n"
	"written by hand for the lesson; floor~ uses approximate reciprocals.\n"
	"Times are the min of several measurements.\n";

void
table_begin(const struct table *table, const struct context *context)
{
	const char *kernel = context->kernel->name;
	size_t threads = thread_pool_size(context->threads);
	char text[TABLE_PROCESSOR_SIZE];

	if (table->is_json) {
		table_print_json(json_pack("{s: s, s: s, s: I, s: f}",
			"processor", table_processor(text), "kernel", kernel,
			"threads", (json_int_t)threads, "peak_gflops",
			table->peak * 1e-9));
		return;
	}
	printf("processor %s, kernel %s, threads %zu, peak %.1f GFLOP/s "
	       "per core\n%s\n",
		table_processor(text), kernel, threads, table->peak * 1e-9,
		about);
	printf("%-8s %-10s %6s %5s %5s %5s %3s %11s %10s %8s %6s %6s\n", "case",
		"framing", "layers", "units", "batch", "steps", "thr",
		"us/update", "MFLOP", "GFLOP/s", "% peak", "x floor");
}

static bool
is_right(double loss)
{
	return loss > LESSON_LOSS_MIN && loss < LESSON_LOSS_MAX;
}

static json_t *
line_object(const struct table *table, const struct line *line)
{
	const size_t *size = line->sizes.size;
	double rate = line->operations / line->seconds;
	json_t *object = json_pack(
		"{s: s, s: s, s: I, s: I, s: I, s: I, s: I, s: f, s: f, s: f, "
		"s: f}",
		"case", line->name, "framing", line->sizes.framing->kind.name,
		"layers", (json_int_t)size[SIZE_LAYERS], "units",
		(json_int_t)size[SIZE_UNITS], "batch",
		(json_int_t)size[SIZE_BATCH], "steps",
		(json_int_t)size[SIZE_STEPS], "threads",
		(json_int_t)line->threads, "us", line->seconds * 1e6, "mflop",
		line->operations * 1e-6, "gflops", rate * 1e-9, "peak",
		rate / table->peak / (double)line->threads);

	if (line->is_lesson)
		json_object_set_new(object, "floors",
			json_real(line->seconds / table->floor));
	if (line->loss > 0) {
		json_object_set_new(object, "loss", json_real(line->loss));
		json_object_set_new(object, "right",
			json_boolean(is_right(line->loss)));
	}
	return object;
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
print_text(const struct table *table, const struct line *line)
{
	const size_t *size = line->sizes.size;

	printf("%-8s %-10s %6zu %5zu %5zu %5zu %3zu %11.3f %10.4f %8.2f %6.1f",
		line->name, line->sizes.framing->kind.name, size[SIZE_LAYERS],
		size[SIZE_UNITS], size[SIZE_BATCH], size[SIZE_STEPS],
		line->threads, line->seconds * 1e6, line->operations * 1e-6,
		line->operations / line->seconds * 1e-9,
		100 * line->operations / line->seconds / table->peak /
			(double)line->threads);
	if (line->is_lesson)
		printf(" %6.2f", line->seconds / table->floor);
	if (line->loss > 0 && !is_right(line->loss))
		printf("  WRONG: loss %.4f", line->loss);
	printf("\n");
}

void
table_print(const struct table *table, const struct line *line)
{
	if (table->is_json)
		table_print_json(line_object(table, line));
	else
		print_text(table, line);
	fflush(stdout);
}
