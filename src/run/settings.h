/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The settings of a run: all options that decide what it computes. One list of
 * them serves the option parser, the help, the model file, `info` and the
 * interface. To add a setting, add a field, its constant and a line in the
 * list.
 */
#ifndef LSTMTUI_RUN_SETTINGS_H
#define LSTMTUI_RUN_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/shared_bytes.h"
#include "core/activation.h"
#include "core/cell.h"
#include "core/loss.h"
#include "core/model.h"
#include "core/optimizer.h"
#include "run/setting.h"
#include "task/framing.h"
#include "task/reset.h"
#include "task/scaling.h"
#include "task/sequences.h"
#include "task/task.h"
#include "task/vocabulary.h"

struct settings {
	const struct task *task;
	const struct framing *framing;
	const struct cell *cell;
	const struct activation *recurrent_activation;
	const struct loss *loss;
	const struct optimizer *optimizer;
	struct settings_units units;
	uint64_t window; /* points in a window, for framings with windows */
	uint64_t gap;    /* for tasks with a gap */
	double learning_rate, clip;
	double momentum;         /* for sgd */
	double weight_decay;     /* for adamw */
	double rectangle_weight; /* for the loss rectangle */
	uint64_t mixtures;       /* components, for the loss mixture */
	double sigma_floor;      /* for the loss mixture: see mixture.h */
	double huber_delta;      /* for the loss huber */
	uint64_t batch;
	uint64_t target; /* updates to train; 0: no end */
	uint64_t seed;
	/* path; "": none; "-": standard input, whose content is data_bytes */
	char data[SETTINGS_PATH_SIZE];
	/* owned by the run; NULL: not read, or another path */
	struct shared_bytes *data_bytes;
	struct settings_list snapshots; /* updates at which to take snapshots */

	/* for points and shapes from a file: see struct sequences_config */
	char columns[SETTINGS_NAMES_SIZE];
	const struct csv_separator *separator;
	const struct csv_decimal *decimal;
	const struct missing *missing;
	const struct data_layout *layout;
	const struct scaling_rule *scale;
	bool shuffle; /* a new order of the sequences for each pass */

	/* for data of any kind */
	double validation; /* fraction held out for validation */
	uint64_t patience; /* epochs without a better one; 0: any number */

	/* for texts */
	uint64_t sequence_length; /* steps of truncated BPTT */
	/*
	 * The learning rate of epoch e, counted from 0, is
	 * learning_rate · decay^max(0, e - decay_after + 1) or, if
	 * decay_after is 0, learning_rate · decay^e.
	 */
	double decay;
	uint64_t decay_after;
	/*
	 * The default is in use: a new run adapts it to the length of the text
	 * (settings_adapt_decay). Neither flag is saved.
	 */
	bool has_default_decay, has_default_decay_after;
	double dropout; /* rate, in [0, 1) */
	const struct reset *reset_at;
	const struct tokens *tokens;
	uint64_t vocabulary; /* maximum number of words, for words */
};

/* The offset of the field of a setting. */
#define SETTINGS_FIELD(name) offsetof(struct settings, name)

/*
 * The settings, one for each field above, in run/settings_model.c,
 * settings_training.c, settings_of_data.c and settings_of_text.c. A setting
 * comes after the settings that its default or effect depends on.
 */
extern const struct setting setting_task, setting_gap, setting_framing,
	setting_window, setting_cell, setting_units,
	setting_recurrent_activation, setting_loss, setting_huber_delta,
	setting_rectangle_weight, setting_mixtures, setting_sigma_floor;
extern const struct setting setting_optimizer, setting_momentum,
	setting_weight_decay, setting_learning_rate, setting_clip,
	setting_batch, setting_target, setting_seed, setting_data,
	setting_snapshots;
extern const struct setting setting_columns, setting_separator, setting_decimal,
	setting_missing, setting_layout;
extern const struct setting setting_scale, setting_shuffle, setting_validation,
	setting_patience;
extern const struct setting setting_sequence_length, setting_decay,
	setting_decay_after, setting_dropout, setting_reset_at, setting_tokens,
	setting_bytes, setting_vocabulary;

/* All settings; ends with NULL. */
extern const struct setting *const setting_list[];

/* A set of settings, as bits in the order of the list. */
typedef uint64_t settings_mask;

#define SETTINGS_ALL (~(settings_mask)0)

settings_mask settings_bit(const struct setting *setting);
bool settings_are_given(settings_mask given, const struct setting *setting);

/* Set all settings to their defaults. */
void settings_default(struct settings *settings);

/*
 * Return the default of a setting, as text. The last kind chosen in `settings`
 * that sets a default for it takes precedence over the setting's own default.
 * NULL: no default.
 */
const char *settings_default_text(const struct settings *settings,
	const struct setting *setting);

/*
 * If a data file is given without a task, choose points for a file of numbers
 * and text for any other (task/data_task.h), and add the task to *given. Return
 * true if it was chosen.
 */
bool settings_choose_task(struct settings *settings, settings_mask *given);

/* Without a data file, take the data of the task, if it has its own. */
void settings_take_own_data(struct settings *settings);

/*
 * Set the defaults of the chosen kinds for all settings that are not given, and
 * refuse contradictions. Every run is created from completed settings.
 */
bool settings_complete(struct settings *settings, settings_mask given,
	struct error *error);

/*
 * The parts of settings_complete: set the defaults, refuse contradictions, and
 * refuse a task that needs data without them. A saved run may lack its data: it
 * was imported, and then it can do everything but train.
 */
void settings_set_defaults(struct settings *settings, settings_mask given);
bool settings_check(const struct settings *settings, struct error *error);
bool settings_check_data(const struct settings *settings, struct error *error);

/*
 * After a change of a kind from `before` to `now`: set every setting that had
 * its former default to its new default.
 */
void settings_follow(struct settings *now, const struct settings *before);

/*
 * Adapt the default decay of a text to epochs of `updates` updates. Epochs of
 * 400 updates and more have char-rnn's decay: 3 % per epoch, after 10 epochs.
 * Shorter epochs decay in proportion, so that a small text keeps its learning
 * rate for the same number of updates. decay_after stays 10 if a decay is
 * given.
 */
void settings_adapt_decay(struct settings *settings, double updates);

/*
 * Apply the given settings to a saved run's settings; store in *changed which
 * of them differ. Returns false if one of them may not change.
 */
bool settings_resume(struct settings *saved, const struct settings *asked,
	settings_mask given, settings_mask *changed, struct error *error);

/* Draw a seed from the system's random source, short enough to retype. */
bool settings_draw_seed(uint64_t *seed, struct error *error);

/* Whether the losses of two runs are numbers of the same kind. */
bool settings_have_same_loss(const struct settings *one,
	const struct settings *other);

/* Return the points of a generated sequence; 0: those of the data. */
size_t settings_points(const struct settings *settings);

/* Return the framing and its window. */
struct framing_config settings_framing(const struct settings *settings);

/*
 * Copy settings to *to, the settings of a state, which are zero or owners of
 * their data_bytes; *to becomes an owner of those of `from`.
 */
void settings_take(struct settings *to, const struct settings *from);

/* Whether the data is standard input, "-". */
bool settings_read_input(const struct settings *settings);

/* Return what to read from the data file for the task. */
struct sequences_config settings_sequences(const struct settings *settings);

/* Return the loss for points of `features` features. */
struct loss_config settings_loss(const struct settings *settings,
	size_t features);

/* Return the model's shape for points of `features` features. */
struct model_shape settings_shape(const struct settings *settings,
	size_t features);

/*
 * Write the layers by their Keras classes, "LSTM(10) → Dense(2)", with "->" if
 * not utf8. Returns text.
 */
char *settings_architecture(const struct settings *settings, size_t outputs,
	bool utf8, char *text, size_t size);

#endif
