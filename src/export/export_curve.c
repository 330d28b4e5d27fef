/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The exporters svg, png and pdf: the curve of the loss over the whole run as a
 * picture.
 */
#include <stdio.h>

#include "base/number.h"
#include "draw/picture_curve.h"
#include "export/exporters.h"
#include "run/loss_plot.h"

/* For 16 layers with room to spare. */
enum { ARCHITECTURE_SIZE = 1024, TITLE_SIZE = ARCHITECTURE_SIZE + 256 };

static bool
add_bytes(void *to, const void *bytes, size_t count)
{
	struct bytes *output = to;

	bytes_add(output, bytes, count);
	return !output->has_failed;
}

static bool
write_curve(const struct export_source *source, struct bytes *bytes,
	enum picture_format format, struct error *error)
{
	const struct run *run = source->run;
	struct plot_column columns[PICTURE_CURVE_COLUMNS];
	const struct loss_plot_view view = {0};
	char subtitle[TITLE_SIZE], architecture[ARCHITECTURE_SIZE], loss[64];
	char updates[NUMBER_TEXT_SIZE];
	struct picture_curve curve = {.title = source->name,
		.subtitle = subtitle,
		.loss = loss,
		.columns = columns};
	struct loss_plot plot;

	loss_plot_make(&plot, run, &view);
	/* a picture does not grow: it ends where the run is */
	plot.axes.end = run_updates(run) > 0 ? run_updates(run) : 1;
	curve.plot = (struct plot){.axes = plot.axes,
		.columns = PICTURE_CURVE_COLUMNS};
	loss_plot_fill(&curve.plot, run, columns);
	snprintf(subtitle, sizeof subtitle, "%s, %s, %s, %s updates",
		run_task(run)->kind.name, run_settings(run)->framing->kind.name,
		settings_architecture(run_settings(run),
			run_model(run)->shape.outputs, true, architecture,
			sizeof architecture),
		number_grouped(updates, run_updates(run)));
	snprintf(loss, sizeof loss, "loss (%s%s)",
		run_settings(run)->loss->kind.name,
		run_settings(run)->loss->is_density ? ", nats" : "");
	return picture_curve_write(&curve, format,
		       &(struct picture_sink){add_bytes, bytes}, error) &&
		bytes_check(bytes, error);
}

#define EXPORTER(name_, format_, what)                                        \
	static bool check_##name_(const struct run *run, struct error *error) \
	{                                                                     \
		(void)run;                                                    \
		return picture_check(format_, error);                         \
	}                                                                     \
	static bool write_##name_(const struct export_source *source,         \
		struct export_output *output, struct error *error)            \
	{                                                                     \
		return write_curve(source, export_add_file(output, ""),       \
			format_, error);                                      \
	}                                                                     \
	const struct exporter exporter_##name_ = {                            \
		.kind = {.name = #name_,                                      \
			.summary = "the curve of the loss, " what},           \
		.suffix = "." #name_,                                         \
		.check = check_##name_,                                       \
		.write = write_##name_,                                       \
	}

EXPORTER(svg, PICTURE_SVG, "scalable");
EXPORTER(png, PICTURE_PNG, "in pixels");
EXPORTER(pdf, PICTURE_PDF, "on a page");
