/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratios.h"

#include <jansson.h>
#include <stdio.h>

#include "table.h"

static const char about[] =
	"Medians over the rounds. Times are processor time with one thread,\n"
	"and wall time with several. Ratio: speed of the new build over that\n"
	"of the other; above 1 the new build is faster. Quartiles: of the\n"
	"ratios of single rounds. Speed-up: of the new build, by threads.\n";

void
ratios_begin(const struct ratios *ratios, const char *other,
	const char *current)
{
	char text[TABLE_PROCESSOR_SIZE];

	if (ratios->is_json) {
		table_print_json(json_pack("{s: s, s: s, s: s}", "processor",
			table_processor(text), "other", other, "new", current));
		return;
	}
	printf("processor %s\nother     %s\nnew       %s\n%s\n",
		table_processor(text), other, current, about);
	printf("%-15s %-8s %3s %-5s %6s %12s %12s %-12s %6s  %-13s %8s\n",
		"row", "kernel", "thr", "clock", "rounds", "other", "new",
		"unit", "ratio", "quartiles", "speed-up");
	fflush(stdout);
}

static void
print_json(const struct ratio_line *line)
{
	json_t *object = json_pack(
		"{s: s, s: s, s: I, s: s, s: I, s: s, s: f, s: f, s: f, s: f, "
		"s: f}",
		"row", line->name, "kernel", line->kernel, "threads",
		(json_int_t)line->threads, "clock",
		line->is_wall ? "wall" : "cpu", "rounds",
		(json_int_t)line->rounds, "unit", line->unit, "other",
		line->other, "new", line->current, "ratio", line->ratio.median,
		"ratio_low", line->ratio.low, "ratio_high", line->ratio.high);

	if (line->speed_up > 0)
		json_object_set_new(object, "speed_up",
			json_real(line->speed_up));
	if (line->bytes_other > 0) {
		json_object_set_new(object, "memory_other",
			json_real(line->bytes_other));
		json_object_set_new(object, "memory_new",
			json_real(line->bytes_current));
	}
	table_print_json(object);
}

void
ratios_print(const struct ratios *ratios, const struct ratio_line *line)
{
	if (ratios->is_json) {
		print_json(line);
		fflush(stdout);
		return;
	}
	printf("%-15s %-8s %3zu %-5s %6zu", line->name, line->kernel,
		line->threads, line->is_wall ? "wall" : "cpu", line->rounds);
	table_print_value(line->other);
	table_print_value(line->current);
	printf(" %-12s %6.3f  %.3f - %.3f", line->unit, line->ratio.median,
		line->ratio.low, line->ratio.high);
	if (line->speed_up > 0)
		printf(" %8.2f", line->speed_up);
	printf("\n");
	if (line->bytes_other > 0)
		printf("%-15s %-8s %3s %-5s %6s %12.2f %12.2f %s\n", "", "", "",
			"", "", line->bytes_other, line->bytes_current,
			"resident bytes per byte of data");
	fflush(stdout);
}
