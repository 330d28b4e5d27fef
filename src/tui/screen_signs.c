/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/screen_signs.h"

#include "base/translate.h"

/* clang-format off */
const struct screen_signs screen_signs_utf8 = {
	.arrow = "→", .separator = "·", .times = "×",
	.running = N_("▶ running"), .waiting = N_("‖ waiting"),
	.paused = N_("‖ paused"),
	.finished = N_("■ finished"),
	.less = "◂", .more = "▸",
	.bar_full = "━", .bar_rest = "─",
	.cursor = "▏", .here = "▲",
	.point = "▪", .block = "▇", .hatch = "╱",
	.rule = "│",
	.middle = "×", .space = "␣", .line_end = "↵",
	.times_dot = "·", .minus = "−",
	.level = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"},
};

const struct screen_signs screen_signs_ascii = {
	.arrow = "->", .separator = "|", .times = "x",
	.running = N_("> running"), .waiting = N_("= waiting"),
	.paused = N_("= paused"),
	.finished = N_("# finished"),
	.less = "<", .more = ">",
	.bar_full = "#", .bar_rest = "-",
	.cursor = "_", .here = "^",
	.point = "o", .block = "#", .hatch = "/",
	.rule = "|",
	.middle = "x", .space = "_", .line_end = "/",
	.times_dot = "*", .minus = "-",
	.level = {"_", ".", "-", "~", "=", "+", "*", "#"},
};
/* clang-format on */
