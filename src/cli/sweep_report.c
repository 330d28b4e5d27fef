#include "cli/sweep_report.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "draw/picture.h"
#include "run/atomic_file.h"
#include "run/sweep_results.h"

char *
sweep_format_loss(const struct sweep *sweep, double loss, char *text,
	size_t size)
{
	char number[NUMBER_TEXT_SIZE];

	snprintf(text, size, "%s %s", loss_name(sweep->settings.loss),
		number_loss(number, loss));
	return text;
}

static void
print_size(const struct sweep_size *size, bool has_error, FILE *stream)
{
	char parameters[NUMBER_TEXT_SIZE];
	char mean[NUMBER_TEXT_SIZE], spread[NUMBER_TEXT_SIZE] = "-";
	char least[NUMBER_TEXT_SIZE], most[NUMBER_TEXT_SIZE];
	char shape[NUMBER_TEXT_SIZE];

	if (!isnan(size->spread))
		number_loss(spread, size->spread);
	fprintf(stream, "%5zu  %10s %4zu  %8s  %8s  %8s  %8s",
		size->units, number_grouped(parameters, size->parameters),
		size->finished, number_loss(mean, size->mean), spread,
		number_loss(least, size->least),
		number_loss(most, size->most));
	if (has_error)
		fprintf(stream, "  %15s", number_loss(shape,
			size->shape_error));
	if (size->degenerate > 0)
		fprintf(stream, "  %zu degenerate", size->degenerate);
	putc('\n', stream);
}

void
sweep_print_table(const struct sweep *sweep, FILE *stream)
{
	const struct settings *settings = &sweep->settings;
	const struct task_info *task = task_info((enum task)settings->task);
	bool has_error = task->shape_error != NULL;
	char updates[NUMBER_TEXT_SIZE], count[NUMBER_TEXT_SIZE];

	fprintf(stream, "%s, %s, %s over %s %s after %s updates\n",
		task->name, framing_name(settings->framing),
		loss_name(settings->loss),
		number_grouped(count, sweep->evaluated), task->many,
		number_grouped(updates, settings->target));
	fprintf(stream, "%5s  %10s %4s  %8s  %8s  %8s  %8s", "units",
		"parameters", "runs", "mean", "spread", "least", "most");
	if (has_error)
		fprintf(stream, "  %15s", task->shape_error_name);
	putc('\n', stream);
	for (size_t i = 0; i < sweep->count;) {
		struct sweep_size size = sweep_size(sweep, i);

		if (size.finished > 0)
			print_size(&size, has_error, stream);
		i += size.count;
	}
}

/* The run whose shape stands for its size. */
static const struct sweep_run *
shown_run(const struct sweep *sweep, const struct sweep_size *size)
{
	const struct sweep_run *shown = &sweep->runs[size->first];

	if (size->median != SIZE_MAX)
		return &sweep->runs[size->median];
	for (size_t i = size->first; i < size->first + size->count; i++)
		if (sweep->runs[i].shape != NULL &&
		    (shown->shape == NULL ||
			    sweep->runs[i].updates > shown->updates))
			shown = &sweep->runs[i];
	return shown;
}

bool
sweep_shapes_collect(const struct sweep *sweep, struct sweep_shapes *shapes,
	struct error *error)
{
	const struct task_info *task =
		task_info((enum task)sweep->settings.task);
	size_t sizes = sweep_sizes(sweep), item = 0;

	*shapes = (struct sweep_shapes){0};
	shapes->items = memory_new(sizes, sizeof *shapes->items);
	shapes->titles = memory_new(sizes, sizeof *shapes->titles);
	if (shapes->items == NULL || shapes->titles == NULL)
		return error_out_of_memory(error);
	for (size_t i = 0; i < sweep->count; item++) {
		struct sweep_size size = sweep_size(sweep, i);
		const struct sweep_run *run = shown_run(sweep, &size);

		snprintf(shapes->titles[item], sizeof shapes->titles[item],
			"%zu unit%s", size.units, size.units == 1 ? "" : "s");
		shapes->items[item] = (struct multiples_item){
			.title = shapes->titles[item],
			.length = run->length,
			.features = run->features,
			.points = run->shape,
		};
		i += size.count;
	}
	shapes->multiples = (struct multiples){
		.title = "",
		.range = plane_unit_range,
		.is_closed = task->is_closed,
		.count = sizes,
		.items = shapes->items,
	};
	if (task->make == NULL)
		shapes->multiples.range = multiples_fit(&shapes->multiples);
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
write_bytes(void *to, const void *bytes, size_t count)
{
	struct file_sink *sink = to;

	return atomic_file_write(sink->file, bytes, count, &sink->error);
}

static bool
write_shapes(const struct sweep *sweep, const struct sweep_shapes *shapes,
	struct error *error)
{
	const struct settings *settings = &sweep->settings;
	struct multiples multiples = shapes->multiples;
	struct file_sink sink = {0};
	char path[PATH_MAX], title[256], updates[NUMBER_TEXT_SIZE];

	snprintf(title, sizeof title, "%s by model size: the median run of "
		"each, %s, %s, %s updates", task_name(settings->task),
		framing_name(settings->framing), loss_name(settings->loss),
		number_grouped(updates, settings->target));
	multiples.title = title;
	snprintf(path, sizeof path, "%s/%s", sweep->directory,
		sweep_result_name(SWEEP_RESULT_SHAPES));
	sink.file = atomic_file_open(path, ATOMIC_FILE_DERIVED, error);
	if (sink.file == NULL)
		return false;
	if (!picture_write(&multiples, PICTURE_SVG,
		    &(struct picture_sink){write_bytes, &sink}, error)) {
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
	bool good = picture_check(PICTURE_SVG, error) &&
		sweep_shapes_collect(sweep, &shapes, error) &&
		write_shapes(sweep, &shapes, error);

	sweep_shapes_release(&shapes);
	return good;
}
