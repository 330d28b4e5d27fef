/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings of training. */
#include "base/translate.h"
#include "run/relevance.h"

static const struct need need_sgd = {
	.decided_by = &setting_optimizer,
	.kind = &optimizer_sgd.kind,
};

static const struct need need_adamw = {
	.decided_by = &setting_optimizer,
	.kind = &optimizer_adamw.kind,
};

const struct setting setting_optimizer = {
	.option = "optimizer",
	.key = "optimizer",
	.argument = "NAME",
	.summary = N_("optimization algorithm"),
	.type = SETTING_CHOICE,
	.offset = SETTINGS_FIELD(optimizer),
	.choices = optimizer_list,
	.initial = "adam",
};

const struct setting setting_momentum = {
	.option = "momentum",
	.key = "momentum",
	.argument = "X",
	.summary = N_("momentum, from 0 to below 1"),
	.type = SETTING_REAL,
	.offset = SETTINGS_FIELD(momentum),
	.min = 0,
	.max = 1,
	.needs = NEEDS(&need_sgd),
	.may_branch = true,
	.initial = "0",
};

const struct setting setting_weight_decay = {
	.option = "weight-decay",
	.key = "weight_decay",
	.argument = "X",
	.summary = N_(
		"weight decay per update, as a fraction of the learning rate"),
	.type = SETTING_REAL,
	.offset = SETTINGS_FIELD(weight_decay),
	.min = 0,
	.max = 1,
	.may_branch = true,
	.initial = "0.004",
	.may_miss = true,
	.needs = NEEDS(&need_adamw),
};

const struct setting setting_learning_rate = {
	.option = "learning-rate",
	.key = "learning_rate",
	.argument = "X",
	.summary = N_("step size of the optimizer"),
	.type = SETTING_REAL,
	.offset = SETTINGS_FIELD(learning_rate),
	.min = 0,
	.max = 1e30,
	.may_change = true,
	.may_branch = true,
	.initial = "0.001",
};

const struct setting setting_clip = {
	.option = "clip",
	.key = "clip",
	.argument = "X",
	.summary = N_("clip the gradient's global norm to X (0: off)"),
	.type = SETTING_REAL,
	.offset = SETTINGS_FIELD(clip),
	.min = 0,
	.max = 1e38,
	.may_branch = true,
	.initial = "0",
};

const struct setting setting_batch = {
	.option = "batch",
	.key = "batch",
	.argument = "N",
	.summary = N_("sequences per update"),
	.type = SETTING_COUNT,
	.offset = SETTINGS_FIELD(batch),
	.min = 1,
	.max = 1 << 20,
	.initial = "1",
};

const struct setting setting_target = {
	.option = "updates",
	.key = "target",
	.argument = "N",
	.summary = N_("number of updates to train (0: no end)"),
	.type = SETTING_COUNT,
	.offset = SETTINGS_FIELD(target),
	.min = 0,
	.max = 1e15,
	.may_change = true,
	.may_branch = true,
	.initial = "25000",
};

const struct setting setting_seed = {
	.option = "seed",
	.key = "seed",
	.argument = "N",
	.summary = N_("seed of all random numbers (default: random, shown)"),
	.type = SETTING_COUNT,
	.offset = SETTINGS_FIELD(seed),
	.min = 0,
	.max = 0x1p53,
};

const struct setting setting_data = {
	.option = "data",
	.key = "data",
	.argument = "FILE",
	.summary = N_("train on a CSV file of sequences or on a text file"),
	.type = SETTING_PATH,
	.files = "csv tsv txt",
	.offset = SETTINGS_FIELD(data),
	/* the file may have moved; run_prepare checks that it is the same */
	.may_change = true,
};

const struct setting setting_snapshots = {
	.option = "snapshots",
	.key = "snapshots",
	.argument = "N[,N...]",
	.summary = N_("updates at which to keep what is generated (0: none)"),
	.type = SETTING_LIST,
	.offset = SETTINGS_FIELD(snapshots),
	.min = 0,
	.max = 1e15,
	.may_change = true,
	.may_miss = true,
	.needs = NEEDS(&need_snapshots),
	.initial = "100,500,1000,5000,10000,25000",
};
