/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings of points and shapes from a file. */
#include "run/relevance.h"

const struct setting setting_columns = {
	.option = "columns",
	.key = "columns",
	.argument = "LIST",
	.summary = "columns to read, by name or number, and ranges of them",
	.type = SETTING_NAMES,
	.offset = SETTINGS_FIELD(columns),
	.may_miss = true,
	.needs = NEEDS(&need_points, &need_data),
	.initial = "",
	.shown_default = "all columns of numbers",
};

const struct setting setting_separator = {
	.option = "separator",
	.key = "separator",
	.argument = "C",
	.summary = "what separates the fields of a line",
	.type = SETTING_CHOICE,
	.offset = SETTINGS_FIELD(separator),
	.choices = csv_separator_list,
	.may_miss = true,
	.needs = NEEDS(&need_points, &need_data),
	.initial = "auto",
};

const struct setting setting_decimal = {
	.option = "decimal",
	.key = "decimal",
	.argument = "C",
	.summary = "decimal character of the numbers",
	.type = SETTING_CHOICE,
	.offset = SETTINGS_FIELD(decimal),
	.choices = csv_decimal_list,
	.may_miss = true,
	.needs = NEEDS(&need_points, &need_data),
	.initial = "auto",
};

const struct setting setting_missing = {
	.option = "missing",
	.key = "missing",
	.argument = "WHAT",
	.summary = "what to do where a value is missing",
	.type = SETTING_CHOICE,
	.offset = SETTINGS_FIELD(missing),
	.choices = missing_list,
	.may_miss = true,
	.needs = NEEDS(&need_points, &need_data),
	.initial = "refuse",
};

const struct setting setting_layout = {
	.option = "layout",
	.key = "layout",
	.argument = "NAME",
	.summary = "what a line of the file is",
	.type = SETTING_CHOICE,
	.offset = SETTINGS_FIELD(layout),
	.choices = data_layout_list,
	.may_miss = true,
	.needs = NEEDS(&need_points, &need_data),
	.initial = "points",
};

const struct setting setting_scale = {
	.option = "scale",
	.key = "scale",
	.argument = "NAME",
	.summary = "scaling of the numbers of the data",
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
	.key = "shuffle",
	.summary = "a new order of the sequences for each pass",
	.type = SETTING_FLAG,
	.offset = SETTINGS_FIELD(shuffle),
	.may_miss = true,
	.needs = NEEDS(&need_points, &need_data),
	.initial = "no",
};
