/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The log of a run: JSON Lines, an object for each logged update. Lines are
 * gathered and written whole, at least once a second and before each save, so
 * that the log is never behind the model. A log that a killed run left ahead
 * of its model is cut back when that is resumed.
 */
#ifndef LSTMTUI_SESSION_TRAINING_LOG_H
#define LSTMTUI_SESSION_TRAINING_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "run/run.h"

struct training_log {
	bool is_open; /* all else means nothing where it is not */
	int file;
	const char *name;  /* for messages; borrowed */
	bool is_regular;   /* not a terminal, pipe or FIFO */
	char *lines;       /* that are not written yet */
	size_t used;       /* bytes of lines */
	double written_at; /* by clock_seconds */
	bool has_failed;   /* the last attempt to write */
};

/*
 * Open a log by name, `-` is standard output. A new run replaces the file, a
 * resumed one goes on with it: see training_log_cut. Anything but a regular
 * file is written to as it is.
 */
bool training_log_open(struct training_log *log, const char *name,
	const struct run *run, bool is_resumed, struct error *error);

/* Write what is left and close it. False: that, or an earlier write, failed. */
bool training_log_close(struct training_log *log, struct error *error);

/* Add a line for the run's last update. */
bool training_log_add(struct training_log *log, const struct run *run,
	struct error *error);

/*
 * Write all lines; to a regular file whole ones or none. After a failure they
 * are kept, and tried again with the next one.
 */
bool training_log_write(struct training_log *log, struct error *error);

/*
 * The run has returned to an earlier update and goes on from there: take the
 * lines of its later updates back, as training_log_cut. Lines that cannot be
 * told to be this run's stay.
 */
void training_log_return(struct training_log *log, const struct run *run);

/* Write all lines, and have a regular file reach the disk. */
bool training_log_synchronize(struct training_log *log, struct error *error);

/* Seconds from `now` until lines should be written; INFINITY: none wait. */
double training_log_due(const struct training_log *log, double now);

/* Write the lines where that is due. */
bool training_log_tend(struct training_log *log, double now,
	struct error *error);

/*
 * Cut a regular file, open for reading and appending, back to what is true of
 * the run as it is now: lines of later updates of this run go, and a last line
 * that is torn. Lines that are another run's, by their losses, stay. Refused,
 * with nothing changed: a file that is no log; later lines that cannot be told
 * to be this run's; another run's lines behind this run's later ones; another
 * run's lines of later updates with none of this run behind them.
 */
bool training_log_cut(int file, const char *name, const struct run *run,
	struct error *error);

#endif
