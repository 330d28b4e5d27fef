/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/export_source.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/exact_bytes.h"
#include "base/memory.h"
#include "core/model.h"

#define SUFFIX ".safetensors"

size_t
export_stem_length(const char *model)
{
	size_t length = strlen(model), suffix = strlen(SUFFIX);

	return length > suffix && strcmp(model + length - suffix, SUFFIX) == 0
		? length - suffix
		: length;
}

/* Return the name of a path without folders and suffix. */
static char *
bare_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *base = slash != NULL ? slash + 1 : path;
	char *copy = memory_string(base), *name = NULL;

	if (copy == NULL)
		return NULL;
	copy[export_stem_length(copy)] = '\0';
	name = exact_bytes_show(copy);
	free(copy);
	return name;
}

bool
export_source_create(struct export_source *source, const struct run *run,
	const char *path, struct error *error)
{
	const struct model *model = run_model(run);

	*source = (struct export_source){.run = run, .path = path};
	source->name = bare_name(path);
	source->values = memory_floats(model->parameters.total);
	if (source->name == NULL || source->values == NULL)
		return error_out_of_memory(error);
	model_get_values(model, source->values);
	return parameters_finite(source->values, model->parameters.total) ||
		error_set(error, "%s: the weights are not finite", path);
}

void
export_source_release(struct export_source *source)
{
	free(source->name);
	free(source->values);
	*source = (struct export_source){0};
}

const struct tensor *
export_source_tensor(const struct export_source *source, size_t layer,
	const char *name, const float **values)
{
	const struct model *model = run_model(source->run);
	char path[2 * PARAMETERS_NAME_SIZE], layer_name[PARAMETERS_NAME_SIZE];
	const struct tensor *tensor;

	snprintf(path, sizeof path, "%s.%s",
		model_layer_name(model, layer, layer_name), name);
	tensor = parameters_find(&model->parameters, path);
	assert(tensor != NULL);
	*values = source->values + tensor->offset;
	return tensor;
}
