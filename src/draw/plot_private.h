/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the plot share. */
#ifndef LSTMTUI_DRAW_PLOT_PRIVATE_H
#define LSTMTUI_DRAW_PLOT_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>

struct plot;

/* Maximum distance of a tick's value from the centre of its cell, in rows. */
#define PLOT_TICK_REACH 0.3

/* Of the axes: a label such as "0.083" with the axis; the lower axis. */
enum { PLOT_LABEL_COLUMNS = 6, PLOT_LABEL_ROWS = 2 };

/* Return the row of dots of a value, which may be outside the plot. */
double plot_row(const struct plot *plot, double value);
bool plot_has_row(const struct plot *plot, double row);

/* Return the row of cells that contains a row of dots. */
long plot_cell_row(const struct plot *plot, double row);

/* Return the column of dots of an update, possibly fractional. */
double plot_column_of(const struct plot *plot, double update);

/*
 * Let the ticks of a scale for values from min to max be at the centres of
 * cells, beside their labels, if the plot has axes.
 */
void plot_align(struct plot *plot, double min, double max);

/*
 * The same for a logarithmic scale of the values from plot->low to plot->high;
 * unchanged if no two ticks have room. Store its ticks, at most LABELS_MAX, the
 * most important first; returns their number.
 */
void plot_align_log(struct plot *plot);
size_t plot_log_ticks(const struct plot *plot, double *value);

/* Draw both axes; shared parts of labels can take the first row. */
void plot_draw_axes(struct plot *plot);

#endif
