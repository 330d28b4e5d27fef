/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The film of a run as an animated SVG: the shapes of its snapshots, one after
 * the other. It is the form of the exporter svg for --animated.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/translate.h"
#include "draw/picture_film.h"
#include "export/export_describe.h"
#include "export/exporters.h"
#include "run/points_drawing.h"

enum { NOTE_SIZE = 2 * NUMBER_TEXT_SIZE };

/* The frames of a film, [count] each. */
struct frames {
	struct multiples_item *items;
	const char **notes;
	char (*titles)[NOTE_SIZE], (*losses)[NOTE_SIZE];
};

static bool
check_film(const struct run *run, struct error *error)
{
	if (run_task(run)->is_text)
		return error_set(error,
			"a film is of shapes, and this run writes a text; "
			"`generate --gallery` prints its snapshots");
	if (run_snapshots(run)->count == 0)
		return error_set(error,
			"a film needs snapshots, and the model has none; "
			"train with --snapshots");
	return true;
}

static void
release_frames(struct frames *frames)
{
	free(frames->items);
	free(frames->notes);
	free(frames->titles);
	free(frames->losses);
}

static bool
make_frames(struct frames *frames, const struct run *run, struct error *error)
{
	const struct snapshots *snapshots = run_snapshots(run);
	size_t count = snapshots->count;
	char number[NUMBER_TEXT_SIZE];

	*frames = (struct frames){
		.items = memory_new(count, sizeof *frames->items),
		.notes = memory_new(count, sizeof *frames->notes),
		.titles = memory_new(count, sizeof *frames->titles),
		.losses = memory_new(count, sizeof *frames->losses),
	};
	if (frames->items == NULL || frames->notes == NULL ||
		frames->titles == NULL || frames->losses == NULL)
		return error_out_of_memory(error);
	for (size_t i = 0; i < count; i++) {
		snprintf(frames->titles[i], NOTE_SIZE, "update %s",
			number_grouped(number, snapshots->at[i].update));
		snprintf(frames->losses[i], NOTE_SIZE, "average loss %.4g",
			snapshots->at[i].average);
		frames->notes[i] = frames->losses[i];
		frames->items[i] = (struct multiples_item){
			.title = frames->titles[i],
			.length = run_length(run),
			.points = snapshots_points(snapshots, i),
		};
	}
	return true;
}

static bool
write_film(const struct export_source *source, struct export_output *output,
	struct error *error)
{
	struct bytes *svg = export_add_file(output, "");
	const struct run *run = source->run;
	char subtitle[EXPORT_LINE_SIZE];
	struct multiples shapes;
	struct frames frames;

	if (make_frames(&frames, run, error)) {
		shapes = points_multiples(run, frames.items,
			run_snapshots(run)->count);
		picture_film_write(
			&(struct picture_film){
				.title = source->name,
				.subtitle = export_describe_line(run, subtitle),
				.shapes = &shapes,
				.notes = frames.notes,
			},
			svg);
	} else
		svg->has_failed = true;
	release_frames(&frames);
	return bytes_check(svg, error);
}

const struct exporter exporter_film = {
	.kind = {.name = "svg", .summary = N_("the film of the snapshots")},
	.suffix = ".svg",
	.check = check_film,
	.write = write_film,
};
