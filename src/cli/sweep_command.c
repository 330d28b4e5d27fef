/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The options of `lstmtui sweep`. */
#include "base/translate.h"
#include "cli/commands.h"
#include "cli/sweep.h"

#include "sweep/sweep.h"

static const struct need need_new_runs = {
	.unmet = N_("with --collect, which takes models as they are"),
};

static const struct need need_plan = {
	.belongs_to = "--plan",
	.unmet = N_("without --plan"),
};

static const struct need need_training = {
	.unmet = N_("with --plan, which trains nothing"),
};

static const struct setting option_checkpoint_every_of_sweep = {
	.option = "checkpoint-every",
	.argument = "N",
	.summary = N_("save each model every N updates (0: at its end)"),
	.type = SETTING_COUNT,
	.offset = ARGUMENT(session.checkpoint_every),
	.max = 1e15,
	.initial = "1000",
	.needs = NEEDS(&need_new_runs),
};

const struct setting option_units = {
	.option = "units",
	.argument = "N[,N...]",
	.summary = N_("compare these sizes: units of one-layer models"),
	.type = SETTING_TEXT,
	.offset = ARGUMENT(sizes),
	.initial = "1,2,3,5,10,20,50",
	.needs = NEEDS(&need_new_runs),
};

static const struct setting option_vary = {
	.option = "vary",
	.argument = "NAME=VALUE,...",
	.summary = N_("compare these values of a setting; repeat it to combine "
		      "several settings"),
	.type = SETTING_TEXTS,
	.offset = ARGUMENT(vary),
	.needs = NEEDS(&need_new_runs),
};

static const struct setting option_seeds = {
	.option = "seeds",
	.argument = "N",
	.summary = N_("number of models of each combination"),
	.type = SETTING_COUNT,
	.offset = ARGUMENT(seeds),
	.min = 1,
	.max = SWEEP_RUNS_MAX,
	.initial = "5",
	.needs = NEEDS(&need_new_runs),
};

static const struct setting option_seed = {
	.option = "seed",
	.argument = "N",
	.summary = N_("first seed; the others follow it"),
	.type = SETTING_COUNT,
	.offset = ARGUMENT(first_seed),
	.max = 0x1p52,
	.initial = "1",
	.needs = NEEDS(&need_new_runs),
};

static const struct setting option_jobs = {
	.option = "jobs",
	.argument = "N",
	.summary = N_("number of models trained in parallel"),
	.type = SETTING_COUNT,
	.offset = ARGUMENT(jobs),
	.min = 1,
	.max = 1024,
	.shown_default = N_("the processors"),
	.needs = NEEDS(&need_new_runs, &need_training),
};

static const struct setting option_output = {
	.option = "output",
	.argument = "DIR",
	.summary = N_("directory of models and results; unfinished models are "
		      "resumed"),
	.type = SETTING_TEXT,
	.offset = ARGUMENT(output),
	.files = "/",
	.needs = NEEDS(&need_new_runs),
};

static const struct setting option_plan = {
	.option = "plan",
	.summary = N_(
		"create DIR and only print a training command for each model"),
	.type = SETTING_FLAG,
	.offset = ARGUMENT(plan),
	.needs = NEEDS(&need_new_runs),
};

static const struct setting option_chunk = {
	.option = "chunk",
	.argument = "N",
	.summary = N_("bundle N models into each command"),
	.type = SETTING_COUNT,
	.offset = ARGUMENT(chunk),
	.min = 1,
	.max = SWEEP_RUNS_MAX,
	.initial = "1",
	.needs = NEEDS(&need_new_runs, &need_plan),
};

static const struct setting option_collect = {
	.option = "collect",
	.argument = "DIR",
	.summary = N_("only collect the results of the models in DIR"),
	.type = SETTING_TEXT,
	.offset = ARGUMENT(collect),
	.files = "/",
};

static const struct setting option_force = {
	.option = "force",
	.summary = N_(
		"replace result files in DIR that were not written by a sweep"),
	.type = SETTING_FLAG,
	.offset = ARGUMENT(session.force),
	.needs = NEEDS(&need_training),
};

static const struct setting option_count = {
	.option = "count",
	.argument = "N",
	.summary = N_("number of sequences for the loss"),
	.type = SETTING_COUNT,
	.offset = ARGUMENT(count),
	.min = 1,
	.max = 1e12,
	.initial = "10000",
	.needs = NEEDS(&need_training),
};

static const struct setting *const options[] = {
	&option_checkpoint_every_of_sweep,
	&option_vary,
	&option_units,
	&option_seeds,
	&option_seed,
	&option_jobs,
	&option_output,
	&option_plan,
	&option_chunk,
	&option_collect,
	&option_force,
	&option_count,
	NULL,
};

static void
find_unmet(const struct arguments *arguments, struct unmet *unmet)
{
	if (arguments->collect != NULL)
		unmet_add(unmet, &need_new_runs);
	if (arguments->plan)
		unmet_add(unmet, &need_training);
	else
		unmet_add(unmet, &need_plan);
}

/* All settings but units and seed, which differ by run. */
static bool
takes(const struct setting *setting)
{
	return setting != &setting_units && setting != &setting_seed;
}

const struct command command_sweep = {
	.name = "sweep",
	.operand = "",
	.summary = N_(
		"train models of several sizes or settings and compare them"),
	.run = sweep_run,
	.takes = takes,
	.setting_need = &need_new_runs,
	.options = options,
	.find_unmet = find_unmet,
};
