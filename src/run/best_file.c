#include "run/best_file.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"

#define MARK "-best"
#define SUFFIX ".safetensors"

bool
best_file_is_kept(const struct settings *settings)
{
	return task_info((enum task)settings->task)->is_text &&
		settings->validation > 0;
}

char *
best_file_name(const char *model)
{
	size_t length = strlen(model), stem = length;
	size_t suffix = strlen(SUFFIX);
	char *name = memory_new(length + sizeof MARK, 1);

	if (name == NULL)
		return NULL;
	if (length > suffix && strcmp(model + length - suffix, SUFFIX) == 0)
		stem -= suffix;
	snprintf(name, length + sizeof MARK, "%.*s" MARK "%s", (int)stem,
		model, model + stem);
	return name;
}
