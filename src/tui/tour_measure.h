/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Measurements on the run of a scene of the guided tour, which confirm its
 * caption: each writes a line of at most 78 columns. They do not change the
 * run and take at most some hundredths of a second.
 */
#ifndef LSTMTUI_TUI_TOUR_MEASURE_H
#define LSTMTUI_TUI_TOUR_MEASURE_H

#include <stdbool.h>

#include "run/run_view.h"

enum { TOUR_TEXT_SIZE = 128 };

/* Write the line. Returns false if out of memory. */
typedef bool tour_measure(const struct run *run, char text[TOUR_TEXT_SIZE]);

/* How many parameters still have their initial value. */
tour_measure tour_measure_moved;

/* Width and height of the drawing, which is always the same. */
tour_measure tour_measure_drawing;

/* Mean and median of the widths of a thousand drawings. */
tour_measure tour_measure_drawings;

/* The share of words of builtin:tale in what the model writes. */
tour_measure tour_measure_words;

/* The best and the last loss of the validation. */
tour_measure tour_measure_validation;

/*
 * The state of a cell of the LSTM that climbs or falls at each step while the
 * model draws; of several, the steadiest one, whose
 * smallest step is largest; and the mean of its forget gate.
 */
tour_measure tour_measure_clock;

#endif
