/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/moved_data.h"

#include <unistd.h>

#include "base/regular_file.h"
#include "base/translate.h"

bool
moved_data_explain(const char *path, const char *remedy, struct error *error)
{
	/* the former standard input is gone */
	if (path[0] != '\0' &&
		(regular_file_is_stdin(path) || access(path, R_OK) != 0))
		error_append(error, "; %s", _(remedy));
	return false;
}

bool
moved_data_check(const char *path, uint64_t hash, uint64_t run_hash,
	const char *remedy, struct error *error)
{
	/* an imported run does not know its data */
	return hash == run_hash || run_hash == 0 ||
		error_set(error,
			"%s: not the data that "
			"the run began with%s%s",
			path, remedy != NULL ? "; " : "",
			remedy != NULL ? _(remedy) : "");
}
