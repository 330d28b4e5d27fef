/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an exporter reads: a run and its weights in the plain form of Keras
 * (core/parameters.h).
 */
#ifndef LSTMTUI_EXPORT_EXPORT_SOURCE_H
#define LSTMTUI_EXPORT_EXPORT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "core/parameters.h"
#include "run/run.h"
#include "run/run_view.h"

struct export_source {
	const struct run *run; /* borrowed; not prepared */
	const char *path;      /* of the model file, borrowed */
	char *name;            /* its name without folders and suffix, UTF-8 */
	float *values;         /* [parameters.total], plain */
};

/* Bytes of the path of a model without ".safetensors" at its end. */
size_t export_stem_length(const char *model);

/*
 * Collect what exporters read. Release it with export_source_release, also
 * after a failure.
 */
bool export_source_create(struct export_source *source, const struct run *run,
	const char *path, struct error *error);
void export_source_release(struct export_source *source);

/*
 * Return the tensor of a layer, 0 to model_layers - 1, the last being the dense
 * layer, with the name "kernel", "recurrent_kernel" or "bias", and store its
 * values.
 */
const struct tensor *export_source_tensor(const struct export_source *source,
	size_t layer, const char *name, const float **values);

#endif
