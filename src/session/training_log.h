/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The log of a run: JSON Lines, an object for each logged update, or the events
 * of TensorBoard (session/log_format.h). Lines, or events, are collected and
 * written whole, at least once a second and before each save, so that the log
 * is never behind the model. If a run was killed, its log may be ahead of the
 * model. JSON Lines are cut back when the run is resumed; events are made void
 * by the next file.
 */
#ifndef LSTMTUI_SESSION_TRAINING_LOG_H
#define LSTMTUI_SESSION_TRAINING_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/error.h"
#include "run/run.h"
#include "session/log_format.h"

struct training_log {
	bool is_open; /* if not, the other fields are invalid */
	const struct log_format *format;
	int file;
	const char *name;   /* for messages; borrowed */
	char *path;         /* of a file that the log has named, or NULL */
	bool is_regular;    /* not a terminal, pipe or FIFO */
	struct bytes lines; /* not written yet */
	struct bytes entry; /* the next one */
	bool is_back;       /* the run goes on from update `from` */
	uint64_t from;
	double written_at; /* clock_seconds */
	bool has_failed;   /* the last write */
};

/*
 * Check the name before a run is created. Returns false, as an error of usage,
 * if it is "", or "-" for a format that writes to a folder.
 */
bool training_log_check_name(const char *name, const struct log_format *format,
	struct error *error);

/*
 * Open a log, of JSON Lines if the format is NULL; "-" is standard output. A
 * new run replaces a regular file, a resumed run continues it after
 * training_log_cut. In a folder, both begin another file.
 */
bool training_log_open(struct training_log *log, const char *name,
	const struct log_format *format, const struct run *run, bool is_resumed,
	struct error *error);

/*
 * Write the rest and close the log. Returns false if this or an earlier write
 * failed.
 */
bool training_log_close(struct training_log *log, struct error *error);

/* Add a line for the last update. */
bool training_log_add(struct training_log *log, const struct run *run,
	struct error *error);

/*
 * Add the last validation, or the last snapshot, if the log is open and its
 * format has them.
 */
bool training_log_add_validation(struct training_log *log,
	const struct run *run, struct error *error);
bool training_log_add_snapshot(struct training_log *log, const struct run *run,
	struct error *error);

/*
 * Write all lines; a regular file gets whole lines only. After a failure the
 * lines are kept for the next write.
 */
bool training_log_write(struct training_log *log, struct error *error);

/*
 * The run begins again, or another run does: the next entry is not a
 * continuation of the entries before it.
 */
void training_log_restart(struct training_log *log, const struct run *run);

/*
 * After the run has returned to an earlier update, remove the lines of later
 * updates, like training_log_cut. Lines that may belong to another run are
 * kept.
 */
void training_log_return(struct training_log *log, const struct run *run);

/* Write all lines, and fsync a regular file. */
bool training_log_synchronize(struct training_log *log, struct error *error);

/* Seconds from `now` until lines are due; INFINITY: no line waits. */
double training_log_due(const struct training_log *log, double now);

/* Write the lines if they are due. */
bool training_log_tend(struct training_log *log, double now,
	struct error *error);

/*
 * Cut a regular file, open for reading and appending, back to the current state
 * of the run: remove lines of later updates of this run and a torn last line.
 * Lines of other runs, recognized by their losses, are kept. Returns false,
 * with nothing changed, for a file that is not a log, for later lines that may
 * be another run's, for lines of another run after later lines of this run, and
 * for later lines of another run without lines of this run after them.
 */
bool training_log_cut(int file, const char *name, const struct run *run,
	struct error *error);

#endif
