#include "run/moved_data.h"

#include <unistd.h>

bool
moved_data_explain(const char *path, const char *remedy, struct error *error)
{
	if (path[0] != '\0' && access(path, R_OK) != 0)
		error_append(error, "; %s", remedy);
	return false;
}
