/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The settings of a run: all that decides what it computes. They stand in
 * one list, which the option parser, the help, the model file, `info` and
 * the interface read; a new setting is one field, its constant and its line in
 * the list.
 */
#ifndef LSTMTUI_RUN_SETTINGS_H
#define LSTMTUI_RUN_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "core/activation.h"
#include "core/cell.h"
#include "core/loss.h"
#include "core/model.h"
#include "core/optimizer.h"
#include "run/setting.h"
#include "task/framing.h"
#include "task/reset.h"
#include "task/task.h"

struct settings {
	const struct task *task;
	const struct framing *framing;
	const struct cell *cell;
	const struct activation *recurrent_activation;
	const struct loss *loss;
	const struct optimizer *optimizer;
	struct settings_units units;
	uint64_t window; /* of many-to-one and one-to-many: points */
	double learning_rate, clip;
	double momentum;         /* of sgd */
	double weight_decay;     /* of adamw */
	double rectangle_weight; /* of the loss of that name */
	uint64_t mixtures;       /* of the loss mixture ... */
	double sigma_floor;      /* ... which see */
	double huber_delta;      /* of the loss huber */
	uint64_t batch;
	uint64_t target; /* updates wanted; 0: without end */
	uint64_t seed;
	char data[SETTINGS_PATH_SIZE];  /* "": made sequences */
	struct settings_list snapshots; /* updates at which they are taken */

	/* of texts */
	uint64_t sequence_length; /* steps of truncated BPTT */
	double validation;        /* the fraction kept from training */
	/*
	 * The learning rate of epoch e, counted from 0, is
	 * learning_rate · decay^max(0, e - decay_after + 1) or, if
	 * decay_after is 0, learning_rate · decay^e.
	 */
	double decay;
	uint64_t decay_after;
	/*
	 * Not given, and the default: a new run adapts it to the length of
	 * the text (settings_adapt_decay). Neither is saved.
	 */
	bool has_default_decay, has_default_decay_after;
	double dropout; /* the rate of it, in [0, 1) */
	const struct reset *reset_at;
	bool bytes; /* in place of characters */
};

/*
 * The settings, each a field above: run/settings_model.c, settings_training.c
 * and settings_of_text.c. Those that decide stand before those that they
 * decide.
 */
extern const struct setting setting_task, setting_framing, setting_window,
	setting_cell, setting_units, setting_recurrent_activation, setting_loss,
	setting_huber_delta, setting_rectangle_weight, setting_mixtures,
	setting_sigma_floor;
extern const struct setting setting_optimizer, setting_momentum,
	setting_weight_decay, setting_learning_rate, setting_clip,
	setting_batch, setting_target, setting_seed, setting_data,
	setting_snapshots;
extern const struct setting setting_sequence_length, setting_validation,
	setting_decay, setting_decay_after, setting_dropout, setting_reset_at,
	setting_bytes;

/* All of them; ends with NULL. */
extern const struct setting *const setting_list[];

/* Some of the settings, as bits in the order of the list. */
typedef uint64_t settings_mask;

#define SETTINGS_ALL (~(settings_mask)0)

settings_mask settings_bit(const struct setting *setting);
bool settings_are_given(settings_mask given, const struct setting *setting);

/* The lesson's: what holds where nothing is asked for. */
void settings_default(struct settings *settings);

/*
 * The default of a setting beside the kinds that are chosen in the settings,
 * as text: that of a kind where one has it, of the later where two do; NULL:
 * there is none.
 */
const char *settings_default_text(const struct settings *settings,
	const struct setting *setting);

/*
 * Fill in the defaults of the chosen kinds where nothing else was asked for,
 * and refuse what does not go together. A run is made of settings that passed
 * this.
 */
bool settings_complete(struct settings *settings, settings_mask given,
	struct error *error);

/*
 * After another kind was chosen: give every setting that had the default
 * beside the kinds of `before` the default beside those of `now`.
 */
void settings_follow(struct settings *now, const struct settings *before);

/*
 * A text's decay, where it is the default, is char-rnn's for epochs of 400
 * updates and more: 3 % an epoch, after 10. A shorter epoch counts as the part
 * of one that it is, so that small texts learn at the same rate for as many
 * updates. Adapt it to epochs of so many updates. decay_after stays 10 where a
 * decay was given.
 */
void settings_adapt_decay(struct settings *settings, double updates);

/*
 * Put what was asked for over the settings of a saved run; *changed: those
 * that now differ. Returns false where that contradicts what the model is.
 */
bool settings_resume(struct settings *saved, const struct settings *asked,
	settings_mask given, settings_mask *changed, struct error *error);

/* A fresh seed from the system's random source, short enough to retype. */
bool settings_draw_seed(uint64_t *seed, struct error *error);

/* The framing. */
struct framing_config settings_framing(const struct settings *settings);

/* The loss for points of so many features. */
struct loss_config settings_loss(const struct settings *settings,
	size_t features);

/* The model's shape for points of so many features. */
struct model_shape settings_shape(const struct settings *settings,
	size_t features);

/*
 * The layers by Keras's classes, "LSTM(10) → Dense(2)", with "->" where not
 * utf8, in text.
 */
char *settings_architecture(const struct settings *settings, size_t outputs,
	bool utf8, char *text, size_t size);

#endif
