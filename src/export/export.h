/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Export a run: make the files of a format in memory, and write them to OUT.
 * The command `export` and the interface both use it.
 */
#ifndef LSTMTUI_EXPORT_EXPORT_H
#define LSTMTUI_EXPORT_EXPORT_H

#include <stdbool.h>

#include "base/error.h"
#include "export/exporter.h"

/*
 * Return the name of the export of a model without an OUT: its path with the
 * suffix of the format in place of ".safetensors". NULL if out of memory.
 */
char *export_default_path(const struct exporter *exporter, const char *model);

/* Check that OUT is not the model file. */
bool export_check_out(const char *model, const char *out, struct error *error);

/*
 * Make the files of a run whose model file is `model`. *output must be empty;
 * release it with export_output_release, also after a failure.
 */
bool export_make(const struct exporter *exporter, const struct run *run,
	const char *model, struct export_output *output, struct error *error);

/*
 * Whether export_write would replace or remove a file: OUT exists or, of a
 * folder, holds one of the files or of the companions.
 */
bool export_replaces(const struct exporter *exporter,
	const struct export_output *output, const char *path);

/*
 * Write the files to a path, each atomically; a folder is created if it does
 * not exist. Existing files are replaced. On failure the files and the folder
 * that this call has created are removed.
 */
bool export_write(const struct exporter *exporter,
	const struct export_output *output, const char *path,
	struct error *error);

#endif
