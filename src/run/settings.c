/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/settings.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "core/mixture.h"
#include "run/relevance.h"
#include "task/reset.h"

#define FIELD(name) offsetof(struct settings, name)

/* clang-format off */
static const struct setting table[SETTINGS] = {
	[SETTING_TASK] = {
		.option = "task", .key = "task", .argument = "NAME",
		.summary = "what is learnt",
		.kind = SETTING_KIND_CHOICE, .offset = FIELD(task),
		.choice = task_name, .choice_summary = task_summary,
	},
	[SETTING_FRAMING] = {
		.option = "framing", .key = "framing", .argument = "NAME",
		.summary = "how a sequence becomes samples",
		.kind = SETTING_KIND_CHOICE, .offset = FIELD(framing),
		.choice = framing_name, .choice_summary = framing_summary,
	},
	[SETTING_WINDOW] = {
		.option = "window", .key = "window", .argument = "N",
		.summary = "points of a window; L points have L - N windows",
		.kind = SETTING_KIND_COUNT, .offset = FIELD(window),
		.min = 1, .max = 1 << 20, .may_miss = true,
		.needs = NEED_WINDOW,
	},
	[SETTING_UNITS] = {
		.option = "units", .key = "units", .argument = "N[,N...]",
		.summary = "LSTM units of each layer",
		.kind = SETTING_KIND_UNITS, .offset = FIELD(units),
		.min = 1, .max = MODEL_UNITS_MAX,
	},
	[SETTING_RECURRENT_ACTIVATION] = {
		.option = "recurrent-activation",
		.key = "recurrent_activation", .argument = "NAME",
		.summary = "what the gates use",
		.kind = SETTING_KIND_CHOICE,
		.offset = FIELD(recurrent_activation),
		.choice = activation_name,
		.choice_summary = activation_summary,
	},
	[SETTING_LOSS] = {
		.option = "loss", .key = "loss", .argument = "NAME",
		.summary = "what training makes small",
		.kind = SETTING_KIND_CHOICE, .offset = FIELD(loss),
		.choice = loss_name, .choice_summary = loss_summary,
	},
	[SETTING_OPTIMIZER] = {
		.option = "optimizer", .key = "optimizer",
		.argument = "NAME", .summary = "how gradients become steps",
		.kind = SETTING_KIND_CHOICE, .offset = FIELD(optimizer),
		.choice = optimizer_name, .choice_summary = optimizer_summary,
	},
	[SETTING_MOMENTUM] = {
		.option = "momentum", .key = "momentum", .argument = "X",
		.summary = "momentum, from 0 to below 1",
		.kind = SETTING_KIND_REAL, .offset = FIELD(momentum),
		.min = 0, .max = 1,
		.needs = NEED_SGD,
	},
	[SETTING_LEARNING_RATE] = {
		.option = "learning-rate", .key = "learning_rate",
		.argument = "X", .summary = "the optimizer's step size",
		.kind = SETTING_KIND_REAL, .offset = FIELD(learning_rate),
		.min = 0, .max = 1e30, .may_change = true,
	},
	[SETTING_CLIP] = {
		.option = "clip", .key = "clip", .argument = "X",
		.summary = "clip the gradient's global norm to X (0: off)",
		.kind = SETTING_KIND_REAL, .offset = FIELD(clip),
		.min = 0, .max = 1e38,
	},
	[SETTING_RECTANGLE_WEIGHT] = {
		.option = "rectangle-weight", .key = "rectangle_weight",
		.argument = "X",
		.summary = "weight of the generated shape's error",
		.kind = SETTING_KIND_REAL, .offset = FIELD(rectangle_weight),
		.min = 0, .max = 1e6, .may_miss = true,
		.needs = NEED_RECTANGLE,
	},
	[SETTING_MIXTURES] = {
		.option = "mixtures", .key = "mixtures", .argument = "N",
		.summary = "components of the mixture",
		.kind = SETTING_KIND_COUNT, .offset = FIELD(mixtures),
		.min = 1, .max = MIXTURE_MAX, .may_miss = true,
		.needs = NEED_MIXTURE,
	},
	[SETTING_SIGMA_FLOOR] = {
		.option = "sigma-floor", .key = "sigma_floor",
		.argument = "X",
		.summary = "least standard deviation of a component",
		.kind = SETTING_KIND_REAL, .offset = FIELD(sigma_floor),
		.min = 1e-6, .max = 1e6, .may_miss = true,
		.needs = NEED_MIXTURE,
	},
	[SETTING_BATCH] = {
		.option = "batch", .key = "batch", .argument = "N",
		.summary = "sequences in each update",
		.kind = SETTING_KIND_COUNT, .offset = FIELD(batch),
		.min = 1, .max = 1 << 20,
	},
	[SETTING_TARGET] = {
		.option = "updates", .key = "target", .argument = "N",
		.summary = "stop there (0: never)",
		.kind = SETTING_KIND_COUNT, .offset = FIELD(target),
		.min = 0, .max = 1e15, .may_change = true,
	},
	[SETTING_SEED] = {
		.option = "seed", .key = "seed", .argument = "N",
		.summary = "all that is random comes from it "
			"(default: drawn and shown)",
		.kind = SETTING_KIND_COUNT, .offset = FIELD(seed),
		.min = 0, .max = 0x1p53,
	},
	[SETTING_DATA] = {
		.option = "data", .key = "data", .argument = "FILE",
		.summary = "train on the sequences in a CSV file, or on a text",
		.kind = SETTING_KIND_PATH, .offset = FIELD(data),
		/* the same data may have come to another place: see run.c */
		.may_change = true,
	},
	[SETTING_SNAPSHOTS] = {
		.option = "snapshots", .key = "snapshots",
		.argument = "N[,N...]",
		.summary = "updates at which what it draws is kept (0: none)",
		.kind = SETTING_KIND_LIST, .offset = FIELD(snapshots),
		.min = 0, .max = 1e15, .may_change = true,
		.may_miss = true,
		.needs = NEED_POINTS | NEED_MODEL,
	},
	[SETTING_SEQUENCE_LENGTH] = {
		.option = "sequence-length", .key = "sequence_length",
		.argument = "N",
		.summary = "steps of truncated BPTT",
		.kind = SETTING_KIND_COUNT, .offset = FIELD(sequence_length),
		.min = 1, .max = 1 << 16,
		.may_miss = true,
		.needs = NEED_TEXT | NEED_SEQUENCE,
	},
	[SETTING_VALIDATION] = {
		.option = "validation", .key = "validation", .argument = "F",
		.summary = "the last fraction, kept from training",
		.kind = SETTING_KIND_REAL, .offset = FIELD(validation),
		.min = 0, .max = 0.9,
		.may_miss = true,
		.needs = NEED_TEXT,
	},
	[SETTING_DECAY] = {
		.option = "learning-rate-decay", .key = "learning_rate_decay",
		.argument = "X",
		.summary = "factor of the learning rate an epoch",
		.kind = SETTING_KIND_REAL, .offset = FIELD(decay),
		.min = 1e-6, .max = 1,
		.may_miss = true,
		.needs = NEED_TEXT,
	},
	[SETTING_DECAY_AFTER] = {
		.option = "decay-after", .key = "decay_after",
		.argument = "EPOCHS",
		.summary = "epochs before the decay begins",
		.kind = SETTING_KIND_COUNT, .offset = FIELD(decay_after),
		.min = 0, .max = 1e9,
		.may_miss = true,
		.needs = NEED_TEXT | NEED_DECAY,
	},
	[SETTING_DROPOUT] = {
		.option = "dropout", .key = "dropout", .argument = "P",
		.summary = "dropout rate of each layer's outputs",
		.kind = SETTING_KIND_REAL, .offset = FIELD(dropout),
		.min = 0, .max = 0.95,
		.may_miss = true,
		.needs = NEED_TEXT,
	},
	[SETTING_RESET_AT] = {
		.option = "reset-at", .key = "reset_at", .argument = "WHERE",
		.summary = "where the state starts from zero",
		.kind = SETTING_KIND_CHOICE, .offset = FIELD(reset_at),
		.choice = reset_name,
		.choice_summary = reset_summary,
		.may_miss = true,
		.needs = NEED_TEXT | NEED_SEQUENCE,
	},
	[SETTING_BYTES] = {
		.option = "bytes", .key = "bytes",
		.summary = "learn bytes, of any file",
		.kind = SETTING_KIND_FLAG, .offset = FIELD(bytes),
		.may_miss = true,
		.needs = NEED_TEXT,
	},
};
/* clang-format on */

const struct setting *
setting_info(enum setting_id id)
{
	return &table[id];
}

void
settings_default(struct settings *settings)
{
	*settings = (struct settings){
		.task = TASK_RECTANGLE,
		.framing = FRAMING_ONE_TO_ONE,
		.window = 3,
		.units = {.layers = 1, .units = {10}},
		.recurrent_activation = ACTIVATION_SIGMOID,
		.loss = LOSS_MAE,
		.optimizer = OPTIMIZER_ADAM,
		.learning_rate = 0.001,
		.rectangle_weight = 0.1,
		.mixtures = 5,
		.sigma_floor = 0.003,
		.sequence_length = 50,
		.validation = 0.1,
		.decay = 1,
		.snapshots = {6, {100, 500, 1000, 5000, 10000, 25000}},
		.batch = 1,
		.target = 25000,
	};
}

/* The decay of texts, for epochs of so many updates: see the header. */
#define TEXT_DECAY 0.97
enum { TEXT_DECAY_AFTER = 10, TEXT_EPOCH_UPDATES = 400 };

void
settings_adapt_decay(struct settings *settings, double updates)
{
	double part = fmin(updates / TEXT_EPOCH_UPDATES, 1);

	/* a form may have put another value in the default's place */
	if (settings->has_default_decay && settings->decay == TEXT_DECAY)
		settings->decay = round(pow(TEXT_DECAY, part) * 1e6) / 1e6;
	if (settings->has_default_decay_after &&
		settings->decay_after == TEXT_DECAY_AFTER)
		settings->decay_after =
			(uint64_t)round(TEXT_DECAY_AFTER / part);
	settings->has_default_decay = false;
	settings->has_default_decay_after = false;
}

static bool
is_given(settings_mask given, enum setting_id id)
{
	return given & (settings_mask)1 << id;
}

/* Where a text learns well: see the README on Shakespeare. */
static void
complete_text(struct settings *settings, settings_mask given)
{
	static const struct {
		enum setting_id id;
		const char *value;
	} defaults[] = {
		{SETTING_FRAMING, "sequence"},
		{SETTING_UNITS, "128,128"},
		{SETTING_BATCH, "50"},
		{SETTING_LEARNING_RATE, "0.002"},
		{SETTING_CLIP, "5"},
	};
	struct error error;

	if (!is_given(given, SETTING_DECAY)) {
		settings->decay = TEXT_DECAY;
		settings->has_default_decay = true;
	}
	if (!is_given(given, SETTING_DECAY_AFTER)) {
		settings->decay_after = TEXT_DECAY_AFTER;
		/* a decay that was asked for begins as it does for any text */
		settings->has_default_decay_after = settings->has_default_decay;
	}
	for (size_t i = 0; i < sizeof defaults / sizeof defaults[0]; i++)
		if (!is_given(given, defaults[i].id))
			settings_parse(settings, defaults[i].id,
				defaults[i].value, &error);
}

bool
settings_complete(struct settings *settings, settings_mask given,
	struct error *error)
{
	const struct task_info *task = task_info(settings->task);

	if (!(given & (settings_mask)1 << SETTING_LOSS))
		settings->loss = task->loss;
	if (task->is_text)
		complete_text(settings, given);
	if (task->is_text != loss_is_of_tokens((enum loss)settings->loss))
		return error_set_usage(error, "--loss %s is not for --task %s",
			loss_name(settings->loss), task->name);
	if (task->make == NULL && settings->data[0] == '\0')
		return error_set_usage(error, "the task '%s' needs --data FILE",
			task->name);
	if (task->make != NULL && settings->data[0] == '\0' &&
		framing_min(settings_framing(settings)) > task->points)
		return error_set_usage(error,
			"--window %llu is too wide: a %s "
			"has %zu points",
			(unsigned long long)settings->window, task->one,
			task->points);
	if (settings->loss == LOSS_RECTANGLE &&
		framing_has_window((enum framing)settings->framing))
		return error_set_usage(error,
			"--loss rectangle is for the "
			"framings one-to-one and sequence");
	if (settings->loss == LOSS_RECTANGLE && task->shape_gradient == NULL)
		return error_set_usage(error,
			"--loss rectangle is not for "
			"--task %s",
			task->name);
	if (settings->momentum >= 1)
		return error_set_usage(error, "--momentum must be below 1");
	return true;
}

bool
settings_resume(struct settings *saved, const struct settings *asked,
	settings_mask given, settings_mask *changed, struct error *error)
{
	*changed = 0;
	for (unsigned id = 0; id < SETTINGS; id++) {
		const struct setting *setting = &table[id];
		char has[SETTINGS_TEXT_SIZE], wants[SETTINGS_TEXT_SIZE];

		if (!(given & (settings_mask)1 << id))
			continue;
		/* settings that decide stand before those that they decide */
		if (!relevance_check(setting->option, setting->needs, saved, 0,
			    error))
			return false;
		settings_format(saved, id, has);
		settings_format(asked, id, wants);
		if (strcmp(has, wants) == 0)
			continue;
		/* data may have moved; a run without any gets none */
		if (!setting->may_change ||
			(id == SETTING_DATA && has[0] == '\0'))
			return error_set_usage(error,
				"--%s %s contradicts the "
				"saved run, which has '%s'",
				setting->option, wants,
				has[0] != '\0' ? has : "no");
		if (!settings_parse(saved, id, wants, error))
			return error_prefix(error, "--%s", setting->option);
		*changed |= (settings_mask)1 << id;
	}
	return true;
}

bool
settings_draw_seed(uint64_t *seed, struct error *error)
{
	uint32_t bits;

	if (getrandom(&bits, sizeof bits, 0) != (ssize_t)sizeof bits)
		return error_set(error, "no seed from the system: %s",
			strerror(errno));
	*seed = bits;
	return true;
}

struct framing_config
settings_framing(const struct settings *settings)
{
	return (struct framing_config){
		.framing = (enum framing)settings->framing,
		.window = (size_t)settings->window,
	};
}

struct loss_config
settings_loss(const struct settings *settings, size_t features)
{
	return (struct loss_config){
		.loss = (enum loss)settings->loss,
		.features = features,
		.mixtures = (size_t)settings->mixtures,
		.sigma_floor = settings->sigma_floor,
	};
}

struct model_shape
settings_shape(const struct settings *settings, size_t features)
{
	struct loss_config config = settings_loss(settings, features);
	struct model_shape shape = {
		.inputs = features,
		.outputs = loss_outputs(&config),
		.layers = settings->units.layers,
		.recurrent_activation =
			(enum activation)settings->recurrent_activation,
		.cell = &cell_lstm,
	};

	memcpy(shape.units, settings->units.units, sizeof shape.units);
	return shape;
}

char *
settings_architecture(const struct settings *settings, size_t outputs,
	bool utf8, char *text, size_t size)
{
	const char *arrow = utf8 ? " → " : " -> ";
	size_t length = 0;

	for (size_t l = 0; l < settings->units.layers && length < size; l++)
		length += (size_t)snprintf(text + length, size - length,
			"LSTM(%zu)%s", settings->units.units[l], arrow);
	if (length < size)
		snprintf(text + length, size - length, "Dense(%zu)", outputs);
	return text;
}
