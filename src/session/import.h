/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Make a run of weights from a file of other software (file/tensor_file_read.h,
 * file/weights.h). Shapes tell the cell, the layers, their units, the inputs
 * and the outputs; the outputs of a mixture also tell the number of its
 * components. A file that this program has exported, or a model file, also has
 * the settings, the vocabulary, the scaling and the start of generation. The
 * rest is as given, or as in a new run.
 */
#ifndef LSTMTUI_SESSION_IMPORT_H
#define LSTMTUI_SESSION_IMPORT_H

#include <stdbool.h>

#include "base/error.h"
#include "core/context.h"
#include "file/tensor_file_read.h"
#include "run/run.h"
#include "run/settings.h"

enum { IMPORT_NOTE_SIZE = 512 };

struct import_options {
	const struct context *context; /* borrowed */
	const char *path;
	const struct tensor_format *format; /* NULL: any */
	/*
	 * a JSON file with the vocabulary (task/vocabulary_list.h); NULL: that
	 * in the file, or vocabulary.json beside it
	 */
	const char *vocabulary;
	struct settings settings; /* of a new run */
	settings_mask given;      /* settings on the command line */
};

struct import {
	struct run *run; /* with 0 updates */
	/* a note to the user, one line without a newline, or "" */
	char note[IMPORT_NOTE_SIZE];
};

/*
 * Import a file. Data that are given are read: those of a text must have
 * exactly its vocabulary; those of points decide the scaling, unless the file
 * has one. Release import->run with run_destroy. Returns false on failure, with
 * nothing to release.
 */
bool import_read(struct import *import, const struct import_options *options,
	struct error *error);

#endif
