/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A read-only view of a run, for the interface and the commands: its values
 * after the last update. Pointers are valid until the run advances, is reset or
 * is destroyed. All functions also work on a run that is not prepared, unless
 * stated otherwise.
 *
 * A run computes with scaled points (task/scaling.h). Each function says
 * whether its points are scaled or in the units of the data.
 */
#ifndef LSTMTUI_RUN_RUN_VIEW_H
#define LSTMTUI_RUN_RUN_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/model.h"
#include "run/history.h"
#include "run/reader_state.h"
#include "run/settings.h"
#include "run/snapshots.h"
#include "run/validations.h"
#include "task/data_report.h"
#include "task/scaling.h"
#include "task/sequences.h"
#include "task/task.h"
#include "task/text.h"

struct run;

const struct settings *run_settings(const struct run *run);
const struct task *run_task(const struct run *run);
const struct model *run_model(const struct run *run);

/* The losses of all updates. */
const struct history *run_history(const struct run *run);

/*
 * The sequences, in the units of the data, or texts generated at the updates of
 * --snapshots.
 */
const struct snapshots *run_snapshots(const struct run *run);

/* Number of updates done; number of features of a point, or of tokens. */
uint64_t run_updates(const struct run *run);
size_t run_features(const struct run *run);

/* The default length of generated sequences: points, or characters. */
size_t run_length(const struct run *run);

/*
 * Copy the start of generation to points[framing_start_points, features],
 * scaled; nothing for a text.
 */
void run_start(const struct run *run, float *points);

/* The learning rate of the next update; that of a text decays by epochs. */
double run_learning_rate(const struct run *run);

/* The learning rate of the last update; 0 before the first since loading. */
double run_last_rate(const struct run *run);

/* The hash of the data file; 0: the task generates the sequences. */
uint64_t run_data_hash(const struct run *run);

/* The scaling of the points of the data file. */
const struct scaling *run_scaling(const struct run *run);

/*
 * What was read from the data file of points. Release the report with
 * data_report_destroy. Return false, with nothing to release, if there is none.
 */
bool run_data_report(const struct run *run, struct data_report *report);

/* The same as JSON text; NULL if there is none. */
const char *run_data_report_text(const struct run *run);

/* Kernel of the last update; "" if none, or saved by an older version. */
const char *run_kernel(const struct run *run);

/* File of the initial weights (--init), "" if they were drawn. */
const char *run_init_file(const struct run *run);

/* The floor of the run's loss, or NULL if none is known. */
const struct task_floor *run_floor(const struct run *run);

/* Its value; NaN: unknown. */
double run_floor_value(const struct run *run);

/* Write it as a fraction; it must be known. Returns text. */
const char *run_floor_text(const struct run *run,
	char text[TASK_FLOOR_TEXT_SIZE]);

/* Whether it is one of predictors without memory, and the run has one. */
bool run_floor_is_passed(const struct run *run);

/*
 * The shape error of a task with shape_error (task/extent.h) of points in the
 * units of the data, and whether their size, extent_size, is that of a dot.
 * Both compare the size with that of scaled data.
 */
double run_shape_error(const struct run *run, const float *points);
bool run_is_degenerate(const struct run *run, double size);

/* Number of parameters whose gradient can be nonzero in the run's framing. */
size_t run_learning_parameters(const struct run *run);

/*
 * Write the batch size, "5 of 50" if the text is too short for a batch of 50.
 * Returns text.
 */
char *run_batch(const struct run *run, char text[SETTINGS_TEXT_SIZE]);

/*
 * For a text: the vocabulary; the streams of a batch, 0 if the run was never
 * prepared.
 */
const struct vocabulary *run_vocabulary(const struct run *run);
size_t run_streams(const struct run *run);

/*
 * The last and best validation, the losses of all, whether one is in progress,
 * and whether the run has ended because of --patience.
 */
const struct validation *run_validation(const struct run *run);
const struct validations *run_validations(const struct run *run);
bool run_is_validating(const struct run *run);
bool run_lost_patience(const struct run *run);

/*
 * Convert a validation loss of a prepared run in nats per token to bits per
 * character of the validation part.
 */
double run_bits_per_character(const struct run *run, double loss);

/*
 * For a prepared run of a text, in nats per token: the entropy of a token
 * (unigram), and its entropy given the previous token (bigram).
 */
double run_unigram(const struct run *run);
double run_bigram(const struct run *run);

/* For a prepared run of a text: the text. */
const struct text *run_text(const struct run *run);

/*
 * For a prepared run of points: the sequences of its data file, scaled, or NULL
 * if the task generates them; points of the longest sequence.
 */
const struct sequences *run_sequences(const struct run *run);
size_t run_longest(const struct run *run);

/*
 * For a prepared run with run_sequences: copy `count` points of the data file
 * from number `first` on, in the units of the data, to points[count, features].
 */
void run_data_points(const struct run *run, size_t first, size_t count,
	float *points);

/*
 * The last sequence of the last batch, [*count, features], scaled, or NULL
 * before the first update. For a prepared run of points.
 */
const float *run_last_sequence(const struct run *run, size_t *count);

/*
 * For a prepared run of points, store the sequences that it learnt from last,
 * the latest first, in points[max, run_longest, features], in the units of the
 * data, and their lengths.
 * Returns their number, less than max in the first updates.
 */
size_t run_recall(const struct run *run, size_t max, float *points,
	size_t *lengths);

/*
 * For a prepared run of a text, copy the tokens of the text that the first
 * stream read last, and after them the one that comes next, tokens[max] at
 * most. Before the first update, copy the first ones that it will read. Returns
 * their number.
 */
size_t run_last_tokens(const struct run *run, size_t max, uint32_t *tokens);

#endif
