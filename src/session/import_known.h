/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a file of this program tells besides its weights: settings, scaling and
 * start of generation, in the description of an export
 * (export/export_describe.h) or in a model file.
 */
#ifndef LSTMTUI_SESSION_IMPORT_KNOWN_H
#define LSTMTUI_SESSION_IMPORT_KNOWN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "file/tensor_file.h"
#include "run/run_state.h"
#include "run/settings.h"

struct import_known {
	struct settings settings;
	settings_mask mask;     /* the settings that are known; 0: none */
	struct scaling scaling; /* features 0: none */
	float *start;           /* [starts], scaled; NULL: unknown */
	size_t starts, length;  /* length 0: unknown */
};

/*
 * Read what the file tells; nothing of files of other programs. A vocabulary
 * becomes that of the file. Release it with import_known_release, also after a
 * failure.
 */
bool import_known_read(struct import_known *known, struct tensor_file *file,
	const struct context *context, const char *path, struct error *error);
void import_known_release(struct import_known *known);

/* Set the known settings that are not in *given, and add them to it. */
void import_known_apply(const struct import_known *known,
	struct settings *settings, settings_mask *given);

/* Set the scaling, the start and the length of a run, as far as they fit it. */
bool import_known_take(const struct import_known *known,
	struct run_state *state, struct error *error);

#endif
