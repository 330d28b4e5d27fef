/*
 * The file beside a model that keeps the run as it was after its best
 * validation: of NAME.safetensors NAME-best.safetensors, of any other name
 * the name with "-best" behind it.
 */
#ifndef LSTMTUI_RUN_BEST_FILE_H
#define LSTMTUI_RUN_BEST_FILE_H

#include <stdbool.h>

#include "run/settings.h"

/* Whether a run with these settings has one: it learns and validates a text. */
bool best_file_is_kept(const struct settings *settings);

/* Its name, which the caller frees, or NULL where memory cannot be had. */
char *best_file_name(const char *model);

#endif
