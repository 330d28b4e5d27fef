/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings of the task and of the model. */
#include "base/translate.h"
#include "core/mixture.h"
#include "run/relevance.h"

static bool
has_window(const struct kind *kind)
{
	return framing_has_window((const struct framing *)kind);
}

static const struct need need_window = {
	.decided_by = &setting_framing,
	.accepts = has_window,
};

static bool
has_gap(const struct kind *kind)
{
	return ((const struct task *)kind)->points_besides_gap > 0;
}

static const struct need need_gap = {
	.decided_by = &setting_task,
	.accepts = has_gap,
};

static bool
has_gates(const struct kind *kind)
{
	return cell_of(kind)->is_gated;
}

static const struct need need_gates = {
	.decided_by = &setting_cell,
	.accepts = has_gates,
};

static const struct need need_huber = {
	.decided_by = &setting_loss,
	.kind = &loss_huber.kind,
};

static const struct need need_rectangle_loss = {
	.decided_by = &setting_loss,
	.kind = &loss_rectangle.kind,
};

static const struct need need_mixture = {
	.decided_by = &setting_loss,
	.kind = &loss_mixture.kind,
};

const struct setting setting_task = {
	.option = "task",
	.key = "task",
	.argument = "NAME",
	.summary = N_("task to learn; with --data, points or text"),
	.type = SETTING_CHOICE,
	.offset = SETTINGS_FIELD(task),
	.choices = task_list,
	.initial = "rectangle",
};

const struct setting setting_gap = {
	.option = "gap",
	.key = "gap",
	.argument = "N",
	.summary = N_("points between the first point and its recall"),
	.type = SETTING_COUNT,
	.offset = SETTINGS_FIELD(gap),
	.min = 1,
	.max = 1000,
	.may_miss = true,
	.needs = NEEDS(&need_gap),
	.initial = "5",
};

const struct setting setting_framing = {
	.option = "framing",
	.key = "framing",
	.argument = "NAME",
	.summary = N_("how sequences become training samples"),
	.type = SETTING_CHOICE,
	.offset = SETTINGS_FIELD(framing),
	.choices = framing_list,
	.initial = "one-to-one",
};

const struct setting setting_window = {
	.option = "window",
	.key = "window",
	.argument = "N",
	.summary = N_("points in a window; L points give L - N windows"),
	.type = SETTING_COUNT,
	.offset = SETTINGS_FIELD(window),
	.min = 1,
	.max = 1 << 20,
	.may_miss = true,
	.needs = NEEDS(&need_window),
	.initial = "3",
};

const struct setting setting_cell = {
	.option = "cell",
	.key = "cell",
	.argument = "NAME",
	.summary = N_("kind of recurrent layer"),
	.type = SETTING_CHOICE,
	.offset = SETTINGS_FIELD(cell),
	.choices = cell_list,
	.initial = "lstm",
	.may_miss = true,
};

const struct setting setting_units = {
	.option = "units",
	.key = "units",
	.argument = "N[,N...]",
	.summary = N_("units of each recurrent layer"),
	.type = SETTING_UNITS,
	.offset = SETTINGS_FIELD(units),
	.min = 1,
	.max = MODEL_UNITS_MAX,
	.initial = "10",
};

const struct setting setting_recurrent_activation = {
	.option = "recurrent-activation",
	.key = "recurrent_activation",
	.argument = "NAME",
	.summary = N_("activation function of the gates"),
	.type = SETTING_CHOICE,
	.offset = SETTINGS_FIELD(recurrent_activation),
	.choices = activation_list,
	.initial = "sigmoid",
	.needs = NEEDS(&need_gates),
};

const struct setting setting_loss = {
	.option = "loss",
	.key = "loss",
	.argument = "NAME",
	.summary = N_("loss function"),
	.type = SETTING_CHOICE,
	.offset = SETTINGS_FIELD(loss),
	.choices = loss_list,
	.initial = "mae",
};

const struct setting setting_huber_delta = {
	.option = "huber-delta",
	.key = "huber_delta",
	.argument = "X",
	.summary = N_("error above which the loss is linear"),
	.type = SETTING_REAL,
	.offset = SETTINGS_FIELD(huber_delta),
	.min = 1e-6,
	.max = 1e6,
	.initial = "1",
	.may_miss = true,
	.needs = NEEDS(&need_huber),
};

const struct setting setting_rectangle_weight = {
	.option = "rectangle-weight",
	.key = "rectangle_weight",
	.argument = "X",
	.summary = N_("weight of the generated shape's error"),
	.type = SETTING_REAL,
	.offset = SETTINGS_FIELD(rectangle_weight),
	.min = 0,
	.max = 1e6,
	.may_miss = true,
	.needs = NEEDS(&need_rectangle_loss),
	.may_branch = true,
	.initial = "0.1",
	/* the value used by programs that did not save it */
	.if_missing = "1",
};

const struct setting setting_mixtures = {
	.option = "mixtures",
	.key = "mixtures",
	.argument = "N",
	.summary = N_("components of the mixture"),
	.type = SETTING_COUNT,
	.offset = SETTINGS_FIELD(mixtures),
	.min = 1,
	.max = MIXTURE_MAX,
	.may_miss = true,
	.needs = NEEDS(&need_mixture),
	.initial = "5",
};

const struct setting setting_sigma_floor = {
	.option = "sigma-floor",
	.key = "sigma_floor",
	.argument = "X",
	.summary = N_("minimum standard deviation of a component"),
	.type = SETTING_REAL,
	.offset = SETTINGS_FIELD(sigma_floor),
	.min = 1e-6,
	.max = 1e6,
	.may_miss = true,
	.needs = NEEDS(&need_mixture),
	.initial = "0.003",
};
