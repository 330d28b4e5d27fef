/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An exporter writes a run in a format of other software: its name, its suffix
 * and the function that makes the bytes. To add a format, write its constant in
 * a file of its own and add its address to exporter_list.
 */
#ifndef LSTMTUI_EXPORT_EXPORTER_H
#define LSTMTUI_EXPORT_EXPORTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"
#include "base/error.h"
#include "base/kind.h"
#include "export/export_source.h"

/* A file of an export, in memory. */
struct export_file {
	/* within the folder; "" for a format of one file */
	const char *name;
	struct bytes bytes;
};

enum { EXPORT_FILES_MAX = 8, EXPORT_NOTE_SIZE = 512 };

/* What an exporter makes. A zero struct is empty. */
struct export_output {
	struct export_file file[EXPORT_FILES_MAX];
	size_t files;
	/* a note to the user, one line without a newline, or "" */
	char note[EXPORT_NOTE_SIZE];
};

/*
 * Add an empty file and return its bytes, to which the exporter adds. The name
 * must outlive the output. An exporter adds at most EXPORT_FILES_MAX.
 */
struct bytes *export_add_file(struct export_output *output, const char *name);

void export_output_release(struct export_output *output);

struct exporter {
	struct kind kind;
	const char *suffix; /* of OUT: ".onnx" */
	bool is_folder;     /* OUT is a folder of several files */
	/*
	 * Files of the folder that only some models have; ends with NULL. One
	 * of a former export does not belong to a model without it, and is
	 * removed. NULL: none.
	 */
	const char *const *companions;

	/*
	 * Return false, with the reason, if the format cannot express the run.
	 * NULL: it can express every run.
	 */
	bool (*check)(const struct run *run, struct error *error);

	/* the same format for a film of the snapshots; NULL: it has none */
	const struct exporter *film;

	/* Make the files. Return false on failure. */
	bool (*write)(const struct export_source *source,
		struct export_output *output, struct error *error);
};

/* All exporters; ends with NULL. In exporter_list.c. */
extern const struct kind *const exporter_list[];

/*
 * Return the exporter with the longest suffix that ends the path, or NULL. "x/"
 * counts as "x".
 */
const struct exporter *exporter_of_path(const char *path);

#endif
