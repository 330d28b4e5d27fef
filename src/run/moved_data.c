#include "run/moved_data.h"

#include <unistd.h>

#include "base/regular_file.h"

bool
moved_data_explain(const char *path, const char *remedy, struct error *error)
{
	/* what standard input was then is not there any more */
	if (path[0] != '\0' &&
	    (regular_file_is_stdin(path) || access(path, R_OK) != 0))
		error_append(error, "; %s", remedy);
	return false;
}
