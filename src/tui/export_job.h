/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An export in a child process. The child has a copy of the run, so that keys
 * and training go on while a large model is written. It computes without other
 * threads.
 */
#ifndef LSTMTUI_TUI_EXPORT_JOB_H
#define LSTMTUI_TUI_EXPORT_JOB_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/error.h"
#include "export/exporter.h"

/* A zero struct has no export in progress. */
struct export_job {
	pid_t child;     /* 0: no export is in progress */
	int from;        /* the child's result arrives here */
	size_t received; /* bytes of the result */
	const struct exporter *exporter;
	char name[PATH_MAX]; /* OUT */
	struct export_job_result {
		bool is_good;
		size_t size; /* bytes written */
		/* a note to the user, or the error */
		char text[ERROR_TEXT_SIZE];
	} result;
};

/*
 * Begin to export the run, whose model file is `model`, to OUT. Existing files
 * are replaced. The job must have no export in progress.
 */
bool export_job_start(struct export_job *job, const struct exporter *exporter,
	const struct run *run, const char *model, const char *out,
	struct error *error);

/*
 * Whether the export has ended, which is said once; job->result is then known.
 * If `waits`, wait for the end of an export in progress.
 */
bool export_job_has_ended(struct export_job *job, bool waits);

#endif
