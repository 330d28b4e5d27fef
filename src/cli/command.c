/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/signals.h"
#include "base/translate.h"
#include "file/file_set.h"

bool
command_check_files(const char *model, const char *data, struct error *error)
{
	struct file_set set = {0};

	file_set_add(&set, FILE_INPUT, "MODEL", model);
	if (data == NULL || strcmp(data, "-") != 0)
		file_set_add(&set, FILE_INPUT, "--data", data);
	file_set_add_standard(&set);
	return file_set_check(&set, error);
}

enum exit_status
command_signalled(int number, struct error *error)
{
	const char *reason = signals_reason(number);

	if (reason != NULL && error->text[0] == '\0')
		error_set(error, "%s", reason);
	return (enum exit_status)(EXIT_SIGNAL + number);
}

enum exit_status
command_close(struct session *session, enum exit_status status,
	struct error *error)
{
	struct error cause;
	bool is_closed = session_close(session, &cause);

	free(session);
	if (is_closed || status != EXIT_DONE)
		return status;
	*error = cause;
	return EXIT_FAILED;
}

bool
command_flush(struct error *error)
{
	errno = 0;
	if (fflush(stdout) == 0 && !ferror(stdout))
		return true;
	/* errno of a write before this flush is lost */
	return error_set(error, "standard output: %s",
		errno != 0 ? strerror(errno) : _("it could not be written"));
}
