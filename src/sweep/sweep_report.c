/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep/sweep_report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "draw/picture_shapes.h"
#include "file/atomic_file.h"
#include "run/points_drawing.h"
#include "sweep/sweep_results.h"

enum { UPDATES_SIZE = 2 * NUMBER_TEXT_SIZE + 8 };

char *
sweep_format_loss(const struct sweep *sweep, double loss, char *text,
	size_t size)
{
	char number[NUMBER_TEXT_SIZE];

	snprintf(text, size, "%s %s", sweep->settings.loss->kind.name,
		number_loss(number, loss));
	return text;
}

/* Format a range: "30", or "30 to 100,000". Return text. */
static char *
format_range(uint64_t min, uint64_t max, char text[UPDATES_SIZE])
{
	char from[NUMBER_TEXT_SIZE], to[NUMBER_TEXT_SIZE];

	snprintf(text, UPDATES_SIZE, "%s%s%s", number_grouped(from, min),
		min < max ? " to " : "",
		min < max ? number_grouped(to, max) : "");
	return text;
}

/* Format the updates of the finished runs. Return text. */
static char *
format_updates(const struct sweep *sweep, char text[UPDATES_SIZE])
{
	uint64_t min, max;

	sweep_updates(sweep, &min, &max);
	if (max == 0)
		min = max = sweep->settings.target;
	return format_range(min, max, text);
}

/* Optional columns of the table. */
struct columns {
	bool has_updates; /* runs have different numbers of updates */
	bool has_shape_error;
};

static void
print_size(const struct sweep_size *size, struct columns columns, FILE *stream)
{
	char updates[UPDATES_SIZE];
	char parameters[NUMBER_TEXT_SIZE];
	char mean[NUMBER_TEXT_SIZE], spread[NUMBER_TEXT_SIZE] = "-";
	char min[NUMBER_TEXT_SIZE], max[NUMBER_TEXT_SIZE];
	char shape[NUMBER_TEXT_SIZE];

	if (!isnan(size->spread))
		number_loss(spread, size->spread);
	fprintf(stream, "%5zu  %10s %4zu  %8s  %8s  %8s  %8s", size->units,
		number_grouped(parameters, size->parameters), size->finished,
		number_loss(mean, size->mean), spread,
		number_loss(min, size->min), number_loss(max, size->max));
	if (columns.has_updates)
		fprintf(stream, "  %18s",
			format_range(size->updates_min, size->updates_max,
				updates));
	if (columns.has_shape_error)
		fprintf(stream, "  %15s",
			number_loss(shape, size->shape_error));
	if (size->degenerate > 0)
		fprintf(stream, "  %zu degenerate", size->degenerate);
	putc('\n', stream);
}

void
sweep_print_table(const struct sweep *sweep, FILE *stream)
{
	const struct settings *settings = &sweep->settings;
	const struct task *task = settings->task;
	struct columns columns = {.has_shape_error = task->shape_error != NULL};
	char updates[UPDATES_SIZE], count[NUMBER_TEXT_SIZE];
	uint64_t min, max;

	sweep_updates(sweep, &min, &max);
	columns.has_updates = min < max;
	fprintf(stream, "%s, %s, %s over %s %s after %s updates%s\n",
		task->kind.name, settings->framing->kind.name,
		settings->loss->kind.name,
		number_grouped(count, sweep->evaluated), task->plural,
		format_updates(sweep, updates),
		columns.has_updates ? ", not the same for all models" : "");
	fprintf(stream, "%5s  %10s %4s  %8s  %8s  %8s  %8s", "units",
		"parameters", "runs", "mean", "spread", "least", "most");
	if (columns.has_updates)
		fprintf(stream, "  %18s", "updates");
	if (columns.has_shape_error)
		fprintf(stream, "  %15s", task->shape_error_name);
	putc('\n', stream);
	for (size_t i = 0; i < sweep->count;) {
		struct sweep_size size = sweep_size(sweep, i);

		if (size.finished > 0)
			print_size(&size, columns, stream);
		i += size.count;
	}
}

/* Return the run whose shape represents its size. */
static const struct sweep_run *
representative_run(const struct sweep *sweep, const struct sweep_size *size)
{
	const struct sweep_run *run = &sweep->runs[size->first];

	if (size->median != SIZE_MAX)
		return &sweep->runs[size->median];
	for (size_t i = size->first; i < size->first + size->count; i++)
		if (sweep->runs[i].shape != NULL &&
			(run->shape == NULL ||
				sweep->runs[i].updates > run->updates))
			run = &sweep->runs[i];
	return run;
}

bool
sweep_shapes_collect(const struct sweep *sweep, struct sweep_shapes *shapes,
	struct error *error)
{
	const struct task *task = sweep->settings.task;
	size_t sizes = sweep_sizes(sweep), item = 0, features = 1;
	struct drawing drawing;

	*shapes = (struct sweep_shapes){0};
	shapes->items = memory_new(sizes, sizeof *shapes->items);
	shapes->titles = memory_new(sizes, sizeof *shapes->titles);
	if (shapes->items == NULL || shapes->titles == NULL)
		return error_out_of_memory(error);
	for (size_t i = 0; i < sweep->count; item++) {
		struct sweep_size size = sweep_size(sweep, i);
		const struct sweep_run *run = representative_run(sweep, &size);

		snprintf(shapes->titles[item], sizeof shapes->titles[item],
			"%zu unit%s", size.units, size.units == 1 ? "" : "s");
		shapes->items[item] = (struct multiples_item){
			.title = shapes->titles[item],
			.length = run->length,
			.points = run->shape,
		};
		if (run->shape != NULL)
			features = run->features;
		i += size.count;
	}
	drawing = points_drawing(&sweep->settings, features);
	shapes->multiples =
		multiples_make(shapes->items, sizes, &drawing, task->is_closed,
			task->make != NULL && sweep->settings.data[0] == '\0');
	return true;
}

void
sweep_shapes_release(struct sweep_shapes *shapes)
{
	free(shapes->items);
	free(shapes->titles);
	*shapes = (struct sweep_shapes){0};
}

struct file_sink {
	struct atomic_file *file;
	struct error error;
};

static bool
write_bytes(void *context, const void *bytes, size_t count)
{
	struct file_sink *sink = context;

	return atomic_file_write(sink->file, bytes, count, &sink->error);
}

static bool
write_shapes(const struct sweep *sweep, const struct sweep_shapes *shapes,
	struct error *error)
{
	const struct settings *settings = &sweep->settings;
	struct multiples multiples = shapes->multiples;
	struct file_sink sink = {0};
	char title[256], updates[UPDATES_SIZE];

	snprintf(title, sizeof title,
		"%s by model size: the median run of each, %s, %s, %s updates",
		settings->task->kind.name, settings->framing->kind.name,
		settings->loss->kind.name, format_updates(sweep, updates));
	multiples.title = title;
	sink.file = sweep_result_open(sweep, SWEEP_RESULT_SHAPES, error);
	if (sink.file == NULL)
		return false;
	if (!picture_shapes_write(&multiples, PICTURE_SVG,
		    &(struct picture_sink){write_bytes, &sink}, error) ||
		!write_bytes(&sink, SWEEP_SHAPES_END,
			strlen(SWEEP_SHAPES_END))) {
		if (sink.error.text[0] != '\0')
			*error = sink.error;
		atomic_file_abandon(sink.file);
		return false;
	}
	return atomic_file_commit(sink.file, NULL, error);
}

bool
sweep_write_picture(const struct sweep *sweep, struct error *error)
{
	struct sweep_shapes shapes = {0};
	bool ok = picture_check(PICTURE_SVG, error) &&
		sweep_shapes_collect(sweep, &shapes, error) &&
		write_shapes(sweep, &shapes, error);

	sweep_shapes_release(&shapes);
	return ok;
}
