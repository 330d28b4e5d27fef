/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The settings of a run: all that decides what it computes. They stand in
 * one table, which the option parser, the help, the model file, `info` and
 * the interface read; a new setting is one field and one line there.
 */
#ifndef LSTMTUI_RUN_SETTINGS_H
#define LSTMTUI_RUN_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "core/model.h"
#include "core/optimizer.h"
#include "task/task.h"

enum {
	SETTINGS_PATH_SIZE = 4096,
	/* room for any setting's value as text */
	SETTINGS_TEXT_SIZE = SETTINGS_PATH_SIZE
};

struct settings_units {
	size_t layers;
	size_t units[MODEL_LAYERS_MAX];
};

/* Update counts, rising. */
enum { SETTINGS_LIST_MAX = 64 };

struct settings_list {
	size_t count;
	uint64_t update[SETTINGS_LIST_MAX];
};

struct settings {
	/* enumerators, kept as unsigned so that one parser serves all */
	unsigned task, framing, recurrent_activation, loss, optimizer;
	struct settings_units units;
	uint64_t window; /* of many-to-one and one-to-many: points */
	double learning_rate, momentum, clip;
	double rectangle_weight; /* of the loss of that name */
	uint64_t mixtures;       /* of the loss mixture ... */
	double sigma_floor;      /* ... which see */
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
	double dropout;    /* the rate of it, in [0, 1) */
	unsigned reset_at; /* enum reset */
	bool bytes;        /* in place of characters */
};

enum setting_id {
	SETTING_TASK,
	SETTING_FRAMING,
	SETTING_WINDOW,
	SETTING_UNITS,
	SETTING_RECURRENT_ACTIVATION,
	SETTING_LOSS,
	SETTING_OPTIMIZER,
	SETTING_MOMENTUM,
	SETTING_LEARNING_RATE,
	SETTING_CLIP,
	SETTING_RECTANGLE_WEIGHT,
	SETTING_MIXTURES,
	SETTING_SIGMA_FLOOR,
	SETTING_BATCH,
	SETTING_TARGET,
	SETTING_SEED,
	SETTING_DATA,
	SETTING_SNAPSHOTS,
	SETTING_SEQUENCE_LENGTH,
	SETTING_VALIDATION,
	SETTING_DECAY,
	SETTING_DECAY_AFTER,
	SETTING_DROPOUT,
	SETTING_RESET_AT,
	SETTING_BYTES,
	SETTINGS
};

enum setting_kind {
	SETTING_KIND_CHOICE,
	SETTING_KIND_UNITS,
	SETTING_KIND_COUNT,
	SETTING_KIND_REAL,
	SETTING_KIND_LIST, /* struct settings_list */
	SETTING_KIND_PATH, /* copied: char [SETTINGS_PATH_SIZE] */
	SETTING_KIND_TEXT, /* borrowed: const char * */
	SETTING_KIND_FLAG  /* bool; takes no argument; as text "yes" */
};

/* A field of struct settings, or of another struct: see setting_parse. */
struct setting {
	const char *option;   /* "learning-rate" */
	const char *key;      /* in the model file: "learning_rate" */
	const char *argument; /* "X" */
	const char *summary;
	enum setting_kind kind;
	size_t offset;   /* of the field in its struct */
	double min, max; /* of counts and reals */
	/* of choices, by index; NULL past the last */
	const char *(*choice)(size_t index);
	const char *(*choice_summary)(size_t index);
	bool may_change; /* when a saved run is resumed */
	unsigned needs;  /* to have an effect: bits of enum need, relevance.h */
	bool may_miss;   /* in files of programs that did not have it yet */
};

/* Which settings were asked for, as bits 1 << SETTING_... */
typedef uint64_t settings_mask;

const struct setting *setting_info(enum setting_id id);

/* The lesson's: what holds where nothing is asked for. */
void settings_default(struct settings *settings);

/*
 * Read one value into its field of *object. Returns false, with what is
 * wrong in the message, and leaves the field as it was.
 */
bool setting_parse(const struct setting *setting, void *object,
	const char *text, struct error *error);

/* The same for one of the settings. */
bool settings_parse(struct settings *settings, enum setting_id id,
	const char *text, struct error *error);

/* One value as text that settings_parse reads; returns text. */
char *settings_format(const struct settings *settings, enum setting_id id,
	char text[SETTINGS_TEXT_SIZE]);

/*
 * Fill in what depends on the task and was not asked for, and refuse what
 * does not go together. A run is made of settings that passed this.
 */
bool settings_complete(struct settings *settings, settings_mask given,
	struct error *error);

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

/* "LSTM(10) → Dense(2)", with "->" where not utf8, in text. */
char *settings_architecture(const struct settings *settings, size_t outputs,
	bool utf8, char *text, size_t size);

#endif
