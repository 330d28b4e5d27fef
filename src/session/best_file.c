/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/best_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "session/model_file.h"

#define SUFFIX ".safetensors"

bool
best_file_is_kept(const struct settings *settings)
{
	return run_state_validates(settings);
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

bool
best_file_is_own(const char *path, const struct run_state *state,
	bool is_resumed, double *loss)
{
	struct run_state *other;
	struct stat status;
	struct error ignored;
	bool is_own = false;

	if (lstat(path, &status) != 0 || !S_ISREG(status.st_mode))
		return false;
	other = memory_new(1, sizeof *other);
	if (other != NULL &&
		model_file_read(other, state->model.context, path, &ignored)) {
		is_own = other->identity[0] != '\0'
			? strcmp(other->identity, state->identity) == 0
			: is_resumed && state->data_hash == other->data_hash &&
				state->settings.seed == other->settings.seed &&
				run_state_is_alike(state, other);
		*loss = other->validation.best;
		run_state_destroy(other);
	}
	free(other);
	return is_own;
}
