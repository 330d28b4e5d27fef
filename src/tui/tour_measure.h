/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Measurements on the run of a scene of the guided tour, which confirm its
 * caption. tour_measure_... writes a line of at most 78 columns, tour_part_...
 * a few words of a line that compares scenes. They do not change the run and
 * take at most some tenths of a second.
 */
#ifndef LSTMTUI_TUI_TOUR_MEASURE_H
#define LSTMTUI_TUI_TOUR_MEASURE_H

#include <stdbool.h>

#include "run/run_view.h"

enum { TOUR_TEXT_SIZE = 320 };

/* Write the line. Returns false if out of memory. */
typedef bool tour_measure(const struct run *run, char text[TOUR_TEXT_SIZE]);

/* How many parameters still have their initial value. */
tour_measure tour_measure_moved, tour_part_moved;

/* The error of the drawing. */
tour_measure tour_measure_error, tour_part_error;

/* The error of the drawing, and of the same weights without their memory. */
tour_measure tour_measure_memory, tour_part_memory;

/*
 * The width of the drawing, which is always the same; and the median and the
 * mean of the widths of ten thousand shapes of the task.
 */
tour_measure tour_measure_drawing, tour_part_drawing;

/* Median and mean of the widths of ten thousand drawings, and of the task. */
tour_measure tour_measure_drawings, tour_part_drawings;

/* The share of words of builtin:tale in what the model writes. */
tour_measure tour_measure_words;

/* The best loss of the validation, since when, and the last one. */
tour_measure tour_measure_validation;

/*
 * The state of a cell of the LSTM that climbs or falls at each step while the
 * model draws; of several, the steadiest one, whose
 * smallest step is largest; and the mean of its forget gate.
 */
tour_measure tour_measure_clock;

#endif
