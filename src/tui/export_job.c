/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/export_job.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/thread_pool.h"
#include "export/export.h"

/* In the child: export, and send the result. */
static _Noreturn void
export_and_end(const struct export_job *job, const struct run *run,
	const char *model, int to)
{
	struct export_job_result result = {.is_good = false};
	struct export_output output = {0};
	struct error error = {0};
	size_t sent = 0;

	thread_pool_forget(run_model(run)->context->threads);
	result.is_good =
		export_make(job->exporter, run, model, &output, &error) &&
		export_write(job->exporter, &output, job->name, &error);
	for (size_t i = 0; i < output.files; i++)
		result.size += output.file[i].bytes.count;
	snprintf(result.text, sizeof result.text, "%s",
		result.is_good ? output.note : error.text);
	while (sent < sizeof result) {
		ssize_t count = write(to, (const char *)&result + sent,
			sizeof result - sent);

		if (count < 0 && errno != EINTR)
			break;
		sent += count > 0 ? (size_t)count : 0;
	}
	/* not exit: the terminal and the files are the parent's */
	_exit(0);
}

bool
export_job_start(struct export_job *job, const struct exporter *exporter,
	const struct run *run, const char *model, const char *out,
	struct error *error)
{
	int ends[2];

	*job = (struct export_job){.exporter = exporter};
	snprintf(job->name, sizeof job->name, "%s", out);
	if (pipe(ends) != 0)
		return error_set(error, "%s: not exported: %s", out,
			strerror(errno));
	fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	fcntl(ends[1], F_SETFD, FD_CLOEXEC);
	job->child = fork();
	if (job->child == 0)
		export_and_end(job, run, model, ends[1]);
	close(ends[1]);
	job->from = ends[0];
	if (job->child > 0)
		return true;
	error_set(error, "%s: not exported: %s", out, strerror(errno));
	close(ends[0]);
	job->child = 0;
	return false;
}

/* Read what has arrived; return whether the end has been reached. */
static bool
receive(struct export_job *job, bool waits)
{
	struct pollfd arrival = {.fd = job->from, .events = POLLIN};

	while (poll(&arrival, 1, waits ? -1 : 0) != 0) {
		ssize_t count =
			read(job->from, (char *)&job->result + job->received,
				sizeof job->result - job->received);

		if (count == 0 || (count < 0 && errno != EINTR))
			return true;
		job->received += count > 0 ? (size_t)count : 0;
	}
	return false;
}

bool
export_job_has_ended(struct export_job *job, bool waits)
{
	if (job->child == 0 || !receive(job, waits))
		return false;
	close(job->from);
	while (waitpid(job->child, NULL, 0) < 0 && errno == EINTR)
		;
	job->child = 0;
	if (job->received < sizeof job->result) {
		job->result = (struct export_job_result){.is_good = false};
		snprintf(job->result.text, sizeof job->result.text,
			"%.900s: the export ended early", job->name);
	}
	return true;
}
