/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings of points and shapes from a file. */
#include "run/relevance.h"

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
