/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings of data from a file. */
#include "base/translate.h"
#include "run/relevance.h"

static bool
holds_out(const struct settings *settings)
{
	return settings->validation > 0;
}

static const struct need need_validation = {
	.belongs_to = N_("--validation above 0"),
	.decided_by = &setting_validation,
	.is_met = holds_out,
};

const struct setting setting_columns = {
	.option = "columns",
	.group = SETTING_OF_DATA,
	.key = "columns",
	.argument = "LIST",
	.summary = N_("columns to read, by name or number, and ranges of them"),
	.type = SETTING_NAMES,
	.offset = SETTINGS_FIELD(columns),
	.may_miss = true,
	.needs = NEEDS(&need_points, &need_data),
	.initial = "",
	.shown_default = N_("all columns of numbers"),
};

const struct setting setting_separator = {
	.option = "separator",
	.group = SETTING_OF_DATA,
	.key = "separator",
	.argument = "C",
	.summary = N_("what separates the fields of a line"),
	.type = SETTING_CHOICE,
	.offset = SETTINGS_FIELD(separator),
	.choices = csv_separator_list,
	.may_miss = true,
	.needs = NEEDS(&need_points, &need_data),
	.initial = "auto",
};

const struct setting setting_decimal = {
	.option = "decimal",
	.group = SETTING_OF_DATA,
	.key = "decimal",
	.argument = "C",
	.summary = N_("decimal character of the numbers"),
	.type = SETTING_CHOICE,
	.offset = SETTINGS_FIELD(decimal),
	.choices = csv_decimal_list,
	.may_miss = true,
	.needs = NEEDS(&need_points, &need_data),
	.initial = "auto",
};

const struct setting setting_missing = {
	.option = "missing",
	.group = SETTING_OF_DATA,
	.key = "missing",
	.argument = "WHAT",
	.summary = N_("what to do where a value is missing"),
	.type = SETTING_CHOICE,
	.offset = SETTINGS_FIELD(missing),
	.choices = missing_list,
	.may_miss = true,
	.needs = NEEDS(&need_points, &need_data),
	.initial = "refuse",
};

const struct setting setting_layout = {
	.option = "layout",
	.group = SETTING_OF_DATA,
	.key = "layout",
	.argument = "NAME",
	.summary = N_("what a line of the file is"),
	.type = SETTING_CHOICE,
	.offset = SETTINGS_FIELD(layout),
	.choices = data_layout_list,
	.may_miss = true,
	.needs = NEEDS(&need_points, &need_data),
	.initial = "points",
};

const struct setting setting_scale = {
	.option = "scale",
	.group = SETTING_OF_DATA,
	.key = "scale",
	.argument = "NAME",
	.summary = N_("scaling of the numbers of the data"),
	.type = SETTING_CHOICE,
	.offset = SETTINGS_FIELD(scale),
	.choices = scaling_list,
	.may_miss = true,
	.needs = NEEDS(&need_points, &need_data),
	.initial = "auto",
	/* older programs scaled nothing */
	.if_missing = "none",
};

const struct setting setting_shuffle = {
	.option = "shuffle",
	.group = SETTING_OF_DATA,
	.key = "shuffle",
	.summary = N_("a new order of the sequences for each pass"),
	.type = SETTING_FLAG,
	.offset = SETTINGS_FIELD(shuffle),
	.may_miss = true,
	.needs = NEEDS(&need_points, &need_data),
	.initial = "no",
};

const struct setting setting_validation = {
	.option = "validation",
	.group = SETTING_OF_DATA,
	.key = "validation",
	.argument = "F",
	.summary =
		N_("fraction of the data, at its end, held out for validation"),
	.type = SETTING_REAL,
	.offset = SETTINGS_FIELD(validation),
	.min = 0,
	.max = 0.9,
	.may_miss = true,
	.if_missing = "0.1",
	.needs = NEEDS(&need_data),
	.initial = "0",
};

const struct setting setting_patience = {
	.option = "patience",
	.group = SETTING_OF_DATA,
	.key = "patience",
	.argument = "EPOCHS",
	.summary = N_("stop after so many epochs without a better validation "
		      "(0: never)"),
	.type = SETTING_COUNT,
	.offset = SETTINGS_FIELD(patience),
	.min = 0,
	.max = 1e9,
	.may_change = true,
	.may_miss = true,
	.needs = NEEDS(&need_data, &need_validation),
	.may_branch = true,
	.initial = "0",
};
