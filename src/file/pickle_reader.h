/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Read a pickle of Python (protocols 2 to 5; CPython's Lib/pickletools.py) that
 * holds a state dict of PyTorch. A pickle is a program for a stack machine that
 * can call any function of Python. This reader calls nothing: it knows the few
 * names that a state dict needs and makes objects of struct pickle for them.
 * Any other name is refused.
 */
#ifndef LSTMTUI_FILE_PICKLE_READER_H
#define LSTMTUI_FILE_PICKLE_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "file/pickle_value.h"

/*
 * Max bytes of a pickle, whose objects need at most some hundred times as much
 * memory. The numbers of a state dict are not in its pickle.
 */
enum { PICKLE_SIZE_MAX = 8 << 20 };

/*
 * Read the pickle bytes[size], which must outlive *pickle. Release it with
 * pickle_destroy, also after a failure.
 */
bool pickle_read(struct pickle *pickle, const unsigned char *bytes, size_t size,
	struct error *error);

void pickle_destroy(struct pickle *pickle);

#endif
