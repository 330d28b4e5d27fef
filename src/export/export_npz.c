/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * NumPy's .npz: a stored zip archive of arrays, with the names and layout of
 * the model file: "lstm.kernel", ... as float32. Besides them there is
 * "lstmtui.json", the bytes of JSON text with the settings and the vocabulary,
 * and of scaled data "scaling.offset" and "scaling.factor".
 */
#include <stdlib.h>
#include <string.h>

#include "base/translate.h"
#include "export/export_describe.h"
#include "export/exporters.h"
#include "export/npy.h"

static bool
write_npz(const struct export_source *source, struct export_output *output,
	struct error *error)
{
	const struct parameters *parameters =
		&run_model(source->run)->parameters;
	const struct scaling *scaling = run_scaling(source->run);
	json_t *description = export_describe(source->run);
	char *text = export_json_text(description);
	struct zip_writer writer = {0};

	json_decref(description);
	if (text == NULL)
		return error_out_of_memory(error);
	for (size_t i = 0; i < parameters->tensors; i++) {
		const struct tensor *tensor = &parameters->tensor[i];

		npy_add_floats(&writer, tensor->name, tensor->rows,
			tensor->columns, source->values + tensor->offset);
	}
	if (scaling->features > 0) {
		npy_add_doubles(&writer, "scaling.offset", scaling->features,
			scaling->offset);
		npy_add_doubles(&writer, "scaling.factor", scaling->features,
			scaling->factor);
	}
	npy_add_bytes(&writer, "lstmtui.json", strlen(text), text);
	free(text);
	return zip_writer_end(&writer, export_add_file(output, ""), error);
}

const struct exporter exporter_npz = {
	.kind = {.name = "npz", .summary = N_("NumPy's arrays of all weights")},
	.suffix = ".npz",
	.write = write_npz,
};
