/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The exporters svg, png and pdf: the curve of the loss over the whole run as a
 * picture.
 */
#include <stdio.h>

#include "draw/picture_curve.h"
#include "export/export_describe.h"
#include "export/exporters.h"
#include "run/loss_plot.h"

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
	const struct loss_plot_view view = {.is_english = true};
	char subtitle[EXPORT_LINE_SIZE], loss[64];
	struct picture_curve curve = {.title = source->name,
		.subtitle = export_describe_line(run, subtitle),
		.loss = loss,
		.columns = columns};
	struct loss_plot plot;

	loss_plot_make(&plot, run, &view);
	/* a picture does not grow: it ends where the run is */
	plot.axes.end = run_updates(run) > 0 ? run_updates(run) : 1;
	curve.plot = (struct plot){.axes = plot.axes,
		.columns = PICTURE_CURVE_COLUMNS};
	loss_plot_fill(&curve.plot, run, columns);
	snprintf(loss, sizeof loss, "loss (%s%s)",
		run_settings(run)->loss->kind.name,
		run_settings(run)->loss->is_density ? ", nats" : "");
	return picture_curve_write(&curve, format,
		       &(struct picture_sink){add_bytes, bytes}, error) &&
		bytes_check(bytes, error);
}

#define EXPORTER(name_, format_, what, film_)                                 \
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
		.kind = {.name = #name_, .summary = (what)},                  \
		.suffix = "." #name_,                                         \
		.check = check_##name_,                                       \
		.write = write_##name_,                                       \
		.film = (film_),                                              \
	}

EXPORTER(svg, PICTURE_SVG, "the curve of the loss, scalable", &exporter_film);
EXPORTER(png, PICTURE_PNG, "the curve of the loss, in pixels", NULL);
EXPORTER(pdf, PICTURE_PDF, "the curve of the loss, on a page", NULL);
