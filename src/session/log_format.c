/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/log_format.h"

#include "base/translate.h"
#include "session/log_line.h"

static void
add_line(struct bytes *entry, const struct run *run)
{
	const struct log_line line = {
		.update = run_updates(run),
		.loss = run_history(run)->last,
		.average = history_average(run_history(run)),
		.learning_rate = run_last_rate(run),
	};
	char text[LOG_LINE_SIZE];

	bytes_add(entry, text, log_line_write(text, &line));
}

const struct log_format log_format_json = {
	.kind = {.name = "json",
		.summary = N_("JSON Lines, an object for each logged update")},
	.add_update = add_line,
};

const struct kind *const log_format_list[] = {
	&log_format_json.kind,
	&log_format_tensorboard.kind,
	NULL,
};
