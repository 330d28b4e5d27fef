/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shapes of a sweep. */
#include "sweep/sweep_report.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "draw/picture_shapes.h"
#include "file/atomic_file.h"
#include "run/points_drawing.h"
#include "sweep/sweep_results.h"

/* Return the run whose shape represents a combination. */
static const struct sweep_run *
representative_run(const struct sweep *sweep, size_t index)
{
	const struct sweep_combination *combination =
		&sweep->combination[index];
	const struct sweep_run *run = &sweep->runs[combination->first];
	size_t median = sweep_statistics(sweep, index).median;

	if (median != SIZE_MAX)
		return &sweep->runs[median];
	for (size_t i = combination->first;
		i < combination->first + combination->count; i++)
		if (sweep->runs[i].shape != NULL &&
			(run->shape == NULL ||
				sweep->runs[i].updates > run->updates))
			run = &sweep->runs[i];
	return run;
}

/*
 * The first combination that draws shapes: its settings decide how all of them
 * are drawn.
 */
static const struct settings *
drawn_settings(const struct sweep *sweep)
{
	size_t c = 0;

	while (c + 1 < sweep->combinations && sweep_is_text(sweep, c))
		c++;
	return &sweep->combination[c].settings;
}

bool
sweep_shapes_collect(const struct sweep *sweep, struct sweep_shapes *shapes,
	struct error *error)
{
	const struct settings *settings = drawn_settings(sweep);
	size_t items = 0, features = 1;
	struct drawing drawing;

	*shapes = (struct sweep_shapes){0};
	shapes->items = memory_new(sweep->combinations, sizeof *shapes->items);
	shapes->titles =
		memory_new(sweep->combinations, sizeof *shapes->titles);
	if (shapes->items == NULL || shapes->titles == NULL)
		return error_out_of_memory(error);
	for (size_t c = 0; c < sweep->combinations; c++) {
		const struct sweep_run *run = representative_run(sweep, c);

		if (sweep_is_text(sweep, c))
			continue;
		if (run->shape != NULL && features < run->features)
			features = run->features;
		shapes->items[items] = (struct multiples_item){
			.title = sweep_label(sweep, c, shapes->titles[items]),
			.length = run->length,
			.points = run->shape,
		};
		items++;
	}
	drawing = points_drawing(settings, features);
	shapes->multiples = multiples_make(shapes->items, items, &drawing,
		settings->task->is_closed,
		settings->task->make != NULL && settings->data[0] == '\0');
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

/* Write "star by cell and units: the median run of each, sequence, ...". */
static void
write_title(const struct sweep *sweep, const struct settings *settings,
	char *title, size_t size)
{
	char updates[SWEEP_LABEL_SIZE];
	bool is_size =
		sweep->axes == 1 && sweep->axis[0].setting == &setting_units;
	size_t length = (size_t)snprintf(title, size, "%s by %s",
		sweep_has_one_task(sweep) ? settings->task->kind.name
					  : "shapes",
		is_size ? "model size" : "");

	for (size_t k = 0; !is_size && k < sweep->axes && length < size; k++)
		length +=
			(size_t)snprintf(title + length, size - length, "%s%s",
				k == 0                        ? ""
					: k + 1 < sweep->axes ? ", "
							      : " and ",
				sweep->axis[k].setting->option);
	if (length < size)
		snprintf(title + length, size - length,
			": the median run of each%s%s%s%s, %s updates",
			sweep_axis_of(sweep, &setting_framing) ? "" : ", ",
			sweep_axis_of(sweep, &setting_framing)
				? ""
				: settings->framing->kind.name,
			sweep_axis_of(sweep, &setting_loss) ? "" : ", ",
			sweep_axis_of(sweep, &setting_loss)
				? ""
				: settings->loss->kind.name,
			sweep_format_updates(sweep, updates));
}

static bool
write_shapes(const struct sweep *sweep, const struct sweep_shapes *shapes,
	struct error *error)
{
	const struct settings *settings = drawn_settings(sweep);
	struct multiples multiples = shapes->multiples;
	struct file_sink sink = {0};
	char title[1024];

	write_title(sweep, settings, title, sizeof title);
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
