/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/best_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "run/run_private.h"
#include "session/model_file.h"

#define SUFFIX ".safetensors"

bool
best_file_is_kept(const struct settings *settings)
{
	return settings->task->is_text && settings->validation > 0;
}

char *
best_file_marked_name(const char *model, const char *mark)
{
	size_t length = strlen(model), stem = length;
	size_t suffix = strlen(SUFFIX), size = length + strlen(mark) + 1;
	char *name = memory_new(size, 1);

	if (name == NULL)
		return NULL;
	if (length > suffix && strcmp(model + length - suffix, SUFFIX) == 0)
		stem -= suffix;
	snprintf(name, size, "%.*s%s%s", (int)stem, model, mark, model + stem);
	return name;
}

char *
best_file_name(const char *model)
{
	return best_file_marked_name(model, "-best");
}

/* Whether two runs agree in what a resumed run may not change. */
static bool
is_like(const struct run *run, const struct run *other)
{
	if (run->data_hash != other->data_hash)
		return false;
	for (size_t id = 0; setting_list[id] != NULL; id++) {
		char own[SETTINGS_TEXT_SIZE], others[SETTINGS_TEXT_SIZE];

		if (setting_list[id]->may_change)
			continue;
		setting_format(setting_list[id], &run->settings, own);
		setting_format(setting_list[id], &other->settings, others);
		if (strcmp(own, others) != 0)
			return false;
	}
	return true;
}

bool
best_file_is_own(const char *path, const struct run *run, bool is_resumed,
	double *loss)
{
	struct stat status;
	struct error ignored;
	struct run *other;
	bool is_own;

	if (lstat(path, &status) != 0 || !S_ISREG(status.st_mode))
		return false;
	other = model_file_read(run->model.context, path, &ignored);
	if (other == NULL)
		return false;
	is_own = other->identity[0] != '\0'
		? strcmp(other->identity, run->identity) == 0
		: is_resumed && is_like(run, other);
	*loss = other->reader.validation.best;
	run_destroy(other);
	return is_own;
}
