/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The formats of a log (--log-format): how a run is written as entries, which
 * training_log.h collects and writes. An entry is a line of JSON or an event of
 * TensorBoard. To add a format, write its constant and its line in the list.
 */
#ifndef LSTMTUI_SESSION_LOG_FORMAT_H
#define LSTMTUI_SESSION_LOG_FORMAT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/error.h"
#include "base/kind.h"
#include "run/run_view.h"

struct log_format {
	struct kind kind;

	/*
	 * --log names a folder. Create a new file in it and the folder if it
	 * does not exist; store the file's name in *path, to be freed. Return a
	 * descriptor to append to the file, or -1. NULL: --log names the file.
	 */
	int (*create)(const char *folder, char **path, struct error *error);

	/*
	 * Add what precedes the entries from an update on: at the beginning of
	 * the file, and when a run has returned to an earlier update. NULL:
	 * nothing.
	 */
	void (*begin)(struct bytes *entry, uint64_t update, bool is_file);

	/* Add the last update. */
	void (*add_update)(struct bytes *entry, const struct run *run);

	/* Add the last validation, or the last snapshot. NULL: not logged. */
	void (*add_validation)(struct bytes *entry, const struct run *run);
	bool (*add_snapshot)(struct bytes *entry, const struct run *run,
		struct error *error);
};

/* JSON Lines: log_line.h. */
extern const struct log_format log_format_json;
/* Event files of TensorBoard: file/event_file.h. */
extern const struct log_format log_format_tensorboard;

/* All formats; ends with NULL. */
extern const struct kind *const log_format_list[];

#endif
