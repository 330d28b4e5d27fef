#include "run/settings.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "base/number.h"
#include "core/mixture.h"
#include "task/streams.h"

#define FIELD(name) offsetof(struct settings, name)

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
		.summary = "points in (many-to-one) or out (one-to-many)",
		.kind = SETTING_KIND_COUNT, .offset = FIELD(window),
		.least = 1, .most = 1 << 20, .may_miss = true,
	},
	[SETTING_UNITS] = {
		.option = "units", .key = "units", .argument = "N[,N...]",
		.summary = "LSTM units of each layer",
		.kind = SETTING_KIND_UNITS, .offset = FIELD(units),
		.least = 1, .most = MODEL_UNITS_MOST,
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
		.summary = "momentum of sgd, from 0 to below 1",
		.kind = SETTING_KIND_REAL, .offset = FIELD(momentum),
		.least = 0, .most = 1,
	},
	[SETTING_LEARNING_RATE] = {
		.option = "learning-rate", .key = "learning_rate",
		.argument = "X", .summary = "the optimizer's step size",
		.kind = SETTING_KIND_REAL, .offset = FIELD(learning_rate),
		.least = 0, .most = 1e30, .may_change = true,
	},
	[SETTING_CLIP] = {
		.option = "clip", .key = "clip", .argument = "X",
		.summary = "clip the gradient's global norm to X (0: off)",
		.kind = SETTING_KIND_REAL, .offset = FIELD(clip),
		.least = 0, .most = 1e38,
	},
	[SETTING_RECTANGLE_WEIGHT] = {
		.option = "rectangle-weight", .key = "rectangle_weight",
		.argument = "X",
		.summary = "of the generated error in --loss rectangle",
		.kind = SETTING_KIND_REAL, .offset = FIELD(rectangle_weight),
		.least = 0, .most = 1e6, .may_miss = true,
	},
	[SETTING_MIXTURES] = {
		.option = "mixtures", .key = "mixtures", .argument = "N",
		.summary = "components of --loss mixture",
		.kind = SETTING_KIND_COUNT, .offset = FIELD(mixtures),
		.least = 1, .most = MIXTURE_MOST, .may_miss = true,
	},
	[SETTING_SIGMA_FLOOR] = {
		.option = "sigma-floor", .key = "sigma_floor",
		.argument = "X",
		.summary = "least standard deviation of --loss mixture",
		.kind = SETTING_KIND_REAL, .offset = FIELD(sigma_floor),
		.least = 1e-6, .most = 1e6, .may_miss = true,
	},
	[SETTING_BATCH] = {
		.option = "batch", .key = "batch", .argument = "N",
		.summary = "sequences in each update",
		.kind = SETTING_KIND_COUNT, .offset = FIELD(batch),
		.least = 1, .most = 1 << 20,
	},
	[SETTING_TARGET] = {
		.option = "updates", .key = "target", .argument = "N",
		.summary = "stop there (0: never)",
		.kind = SETTING_KIND_COUNT, .offset = FIELD(target),
		.least = 0, .most = 1e15, .may_change = true,
	},
	[SETTING_SEED] = {
		.option = "seed", .key = "seed", .argument = "N",
		.summary = "all that is random comes from it "
			"(default: drawn and shown)",
		.kind = SETTING_KIND_COUNT, .offset = FIELD(seed),
		.least = 0, .most = 0x1p53,
	},
	[SETTING_DATA] = {
		.option = "data", .key = "data", .argument = "FILE",
		.summary = "train on the sequences in a CSV file, or on a text",
		.kind = SETTING_KIND_PATH, .offset = FIELD(data),
	},
	[SETTING_SNAPSHOTS] = {
		.option = "snapshots", .key = "snapshots",
		.argument = "N[,N...]",
		.summary = "updates at which what it draws is kept (0: none)",
		.kind = SETTING_KIND_LIST, .offset = FIELD(snapshots),
		.least = 0, .most = 1e15, .may_change = true,
		.may_miss = true,
	},
	[SETTING_SEQUENCE_LENGTH] = {
		.option = "sequence-length", .key = "sequence_length",
		.argument = "N",
		.summary = "text: steps of truncated BPTT",
		.kind = SETTING_KIND_COUNT, .offset = FIELD(sequence_length),
		.least = 1, .most = 1 << 16, .is_of_text = true,
		.may_miss = true,
	},
	[SETTING_VALIDATION] = {
		.option = "validation", .key = "validation", .argument = "F",
		.summary = "text: the last fraction, kept from training",
		.kind = SETTING_KIND_REAL, .offset = FIELD(validation),
		.least = 0, .most = 0.9, .is_of_text = true,
		.may_miss = true,
	},
	[SETTING_DECAY] = {
		.option = "learning-rate-decay", .key = "learning_rate_decay",
		.argument = "X",
		.summary = "text: factor of the learning rate a pass",
		.kind = SETTING_KIND_REAL, .offset = FIELD(decay),
		.least = 1e-6, .most = 1, .is_of_text = true,
		.may_miss = true,
	},
	[SETTING_DECAY_AFTER] = {
		.option = "decay-after", .key = "decay_after",
		.argument = "N",
		.summary = "text: passes before the decay begins",
		.kind = SETTING_KIND_COUNT, .offset = FIELD(decay_after),
		.least = 0, .most = 1e9, .is_of_text = true,
		.may_miss = true,
	},
	[SETTING_DROPOUT] = {
		.option = "dropout", .key = "dropout", .argument = "P",
		.summary = "text: of what each layer passes on",
		.kind = SETTING_KIND_REAL, .offset = FIELD(dropout),
		.least = 0, .most = 0.95, .is_of_text = true,
		.may_miss = true,
	},
	[SETTING_RESET_AT] = {
		.option = "reset-at", .key = "reset_at", .argument = "WHERE",
		.summary = "text: where the state starts from zero",
		.kind = SETTING_KIND_CHOICE, .offset = FIELD(reset_at),
		.choice = streams_reset_name,
		.choice_summary = streams_reset_summary, .is_of_text = true,
		.may_miss = true,
	},
	[SETTING_BYTES] = {
		.option = "bytes", .key = "bytes",
		.summary = "text: learn bytes, of any file",
		.kind = SETTING_KIND_FLAG, .offset = FIELD(bytes),
		.is_of_text = true,
		.may_miss = true,
	},
};

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
		.rectangle_weight = 1,
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

static bool
parse_choice(const struct setting *setting, const char *text, unsigned *value,
	struct error *error)
{
	const char *nearest;
	unsigned count = 0;

	for (; setting->choice(count) != NULL; count++)
		if (strcmp(setting->choice(count), text) == 0) {
			*value = count;
			return true;
		}
	nearest = number_nearest_name(text, setting->choice, count);
	error_set(error, "'%s' is unknown", text);
	if (nearest != NULL)
		error_set(error, "'%s' is unknown; did you mean '%s'?", text,
			nearest);
	else
		for (unsigned i = 0; i < count; i++) {
			char so_far[ERROR_TEXT_SIZE];

			memcpy(so_far, error->text, sizeof so_far);
			error_set(error, "%s%s %s", so_far,
				i == 0 ? "; there are" : ",",
				setting->choice(i));
		}
	return false;
}

static bool
parse_units(const char *text, struct settings_units *value,
	struct error *error)
{
	struct settings_units units = {0};

	for (;;) {
		size_t length = strcspn(text, ",");
		char number[32] = "";
		uint64_t count;

		if (units.layers == MODEL_LAYERS_MOST)
			return error_set(error, "at most %d layers are "
				"possible", MODEL_LAYERS_MOST);
		if (length < sizeof number)
			memcpy(number, text, length);
		if (!number_parse_count(number, MODEL_UNITS_MOST, &count) ||
		    count == 0)
			return error_set(error, "'%.*s' is not a count of "
				"units from 1 to %d", (int)(length < 60
					? length : 60), text,
				MODEL_UNITS_MOST);
		units.units[units.layers++] = (size_t)count;
		if (text[length] == '\0')
			break;
		text += length + 1;
	}
	*value = units;
	return true;
}

static bool
parse_count(const struct setting *setting, const char *text, uint64_t *value,
	struct error *error)
{
	char most[NUMBER_TEXT_SIZE];
	uint64_t count;

	if (!number_parse_count(text, (uint64_t)setting->most, &count) ||
	    count < (uint64_t)setting->least)
		return error_set(error, "'%.60s' is not a count from %.0f to "
			"%s", text, setting->least,
			number_grouped(most, (uint64_t)setting->most));
	*value = count;
	return true;
}

static bool
parse_real(const struct setting *setting, const char *text, double *value,
	struct error *error)
{
	double real;

	if (!number_parse_real(text, &real) || real < setting->least ||
	    real > setting->most)
		return error_set(error, "'%.60s' is not a number from %g to "
			"%g", text, setting->least, setting->most);
	*value = real;
	return true;
}

static bool
parse_path(const char *text, char *value, struct error *error)
{
	if (text[0] == '\0')
		return error_set(error, "the name is empty");
	if (strlen(text) >= SETTINGS_PATH_SIZE)
		return error_set(error, "the name is too long");
	memcpy(value, text, strlen(text) + 1);
	return true;
}

/* "100,500,...", each more than the one before; "0" alone is none. */
static bool
parse_list(const struct setting *setting, const char *text,
	struct settings_list *value, struct error *error)
{
	struct settings_list list = {0};
	const char *at = text;

	while (strcmp(text, "0") != 0) {
		size_t length = strcspn(at, ",");
		uint64_t count = 0;
		char number[32] = "";

		if (length < sizeof number)
			memcpy(number, at, length);
		if (!number_parse_count(number, (uint64_t)setting->most,
			    &count) || count == 0 ||
		    (list.count > 0 && count <= list.update[list.count - 1]))
			return error_set(error, "'%s' is not a list of rising "
				"counts, as 100,500,1000", text);
		if (list.count == SETTINGS_LIST_MOST)
			return error_set(error, "more than %d are too many",
				SETTINGS_LIST_MOST);
		list.update[list.count++] = count;
		if (at[length] == '\0')
			break;
		at += length + 1;
	}
	*value = list;
	return true;
}

bool
setting_parse(const struct setting *setting, void *object, const char *text,
	struct error *error)
{
	void *field = (char *)object + setting->offset;

	switch (setting->kind) {
	case SETTING_KIND_CHOICE:
		return parse_choice(setting, text, field, error);
	case SETTING_KIND_UNITS:
		return parse_units(text, field, error);
	case SETTING_KIND_COUNT:
		return parse_count(setting, text, field, error);
	case SETTING_KIND_REAL:
		return parse_real(setting, text, field, error);
	case SETTING_KIND_PATH:
		return parse_path(text, field, error);
	case SETTING_KIND_TEXT:
		*(const char **)field = text;
		return true;
	case SETTING_KIND_LIST:
		return parse_list(setting, text, field, error);
	case SETTING_KIND_FLAG:
		*(bool *)field = text == NULL || strcmp(text, "no") != 0;
		return true;
	}
	return false;
}

bool
settings_parse(struct settings *settings, enum setting_id id,
	const char *text, struct error *error)
{
	return setting_parse(&table[id], settings, text, error);
}

static void
format_list(const struct settings_list *list, char *text)
{
	size_t length = 0;

	snprintf(text, SETTINGS_TEXT_SIZE, "0");
	for (size_t i = 0; i < list->count; i++)
		length += (size_t)snprintf(text + length,
			SETTINGS_TEXT_SIZE - length, "%s%llu", i ? "," : "",
			(unsigned long long)list->update[i]);
}

static void
format_units(const struct settings_units *units, char *text)
{
	size_t length = 0;

	for (size_t l = 0; l < units->layers; l++)
		length += (size_t)snprintf(text + length,
			SETTINGS_TEXT_SIZE - length, "%s%zu", l ? "," : "",
			units->units[l]);
}

char *
settings_format(const struct settings *settings, enum setting_id id,
	char text[SETTINGS_TEXT_SIZE])
{
	const struct setting *setting = &table[id];
	const void *field = (const char *)settings + setting->offset;

	switch (setting->kind) {
	case SETTING_KIND_CHOICE:
		snprintf(text, SETTINGS_TEXT_SIZE, "%s",
			setting->choice(*(const unsigned *)field));
		break;
	case SETTING_KIND_UNITS:
		format_units(field, text);
		break;
	case SETTING_KIND_COUNT:
		snprintf(text, SETTINGS_TEXT_SIZE, "%llu",
			(unsigned long long)*(const uint64_t *)field);
		break;
	case SETTING_KIND_REAL:
		number_shortest(text, *(const double *)field);
		break;
	case SETTING_KIND_PATH:
		snprintf(text, SETTINGS_TEXT_SIZE, "%s", (const char *)field);
		break;
	case SETTING_KIND_LIST:
		format_list(field, text);
		break;
	case SETTING_KIND_FLAG:
		snprintf(text, SETTINGS_TEXT_SIZE, "%s",
			*(const bool *)field ? "yes" : "");
		break;
	case SETTING_KIND_TEXT:
		text[0] = '\0'; /* no setting is of this kind */
		break;
	}
	return text;
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
		{SETTING_DECAY, "0.97"},
		{SETTING_DECAY_AFTER, "10"},
		{SETTING_CLIP, "5"},
	};
	struct error error;

	for (size_t i = 0; i < sizeof defaults / sizeof defaults[0]; i++)
		if (!(given & (settings_mask)1 << defaults[i].id))
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
	if (task->is_text != loss_is_of_symbols((enum loss)settings->loss))
		return error_set_usage(error, "--loss %s is not for --task %s",
			loss_name(settings->loss), task->name);
	if (task->make == NULL && settings->data[0] == '\0')
		return error_set_usage(error, "the task '%s' needs --data FILE",
			task->name);
	if (task->make != NULL && settings->data[0] == '\0' &&
	    framing_least(settings_framing(settings)) > task->points)
		return error_set_usage(error, "--window %llu is too wide: a %s "
			"has %zu points", (unsigned long long)settings->window,
			task->one, task->points);
	if (settings->loss == LOSS_RECTANGLE &&
	    framing_has_window((enum framing)settings->framing))
		return error_set_usage(error, "--loss rectangle is for the "
			"framings one-to-one and sequence");
	if (settings->loss == LOSS_RECTANGLE && task->shape_slopes == NULL)
		return error_set_usage(error, "--loss rectangle is not for "
			"--task %s", task->name);
	if (settings->momentum >= 1)
		return error_set_usage(error, "--momentum must be below 1");
	if (settings->momentum > 0 && settings->optimizer != OPTIMIZER_SGD)
		return error_set_usage(error, "--momentum is for --optimizer sgd, "
			"not %s", optimizer_name(settings->optimizer));
	return true;
}

bool
settings_resume(struct settings *saved, const struct settings *asked,
	settings_mask given, struct error *error)
{
	for (unsigned id = 0; id < SETTINGS; id++) {
		const struct setting *setting = &table[id];
		char has[SETTINGS_TEXT_SIZE], wants[SETTINGS_TEXT_SIZE];

		if (!(given & (settings_mask)1 << id))
			continue;
		settings_format(saved, id, has);
		settings_format(asked, id, wants);
		if (setting->may_change)
			settings_parse(saved, id, wants, error);
		else if (strcmp(has, wants) != 0)
			return error_set_usage(error, "--%s %s contradicts the "
				"saved run, which has '%s'", setting->option,
				wants, has);
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

struct framing_form
settings_framing(const struct settings *settings)
{
	return (struct framing_form){
		.framing = (enum framing)settings->framing,
		.window = (size_t)settings->window,
	};
}

struct loss_form
settings_loss(const struct settings *settings, size_t features)
{
	return (struct loss_form){
		.loss = (enum loss)settings->loss,
		.features = features,
		.mixtures = (size_t)settings->mixtures,
		.sigma_floor = settings->sigma_floor,
	};
}

struct model_shape
settings_shape(const struct settings *settings, size_t features)
{
	struct loss_form form = settings_loss(settings, features);
	struct model_shape shape = {
		.inputs = features,
		.outputs = loss_outputs(&form),
		.layers = settings->units.layers,
		.recurrent_activation =
			(enum activation)settings->recurrent_activation,
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
