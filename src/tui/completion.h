/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Complete the name of a file that is typed, as a shell does with Tab. Names
 * are bytes, in any encoding.
 */
#ifndef LSTMTUI_TUI_COMPLETION_H
#define LSTMTUI_TUI_COMPLETION_H

#include <stddef.h>

enum { COMPLETION_NAMES_SIZE = 1024 };

struct completion {
	size_t count;  /* of the names in the folder that fit the text */
	size_t listed; /* of these, the first ones in order, in `names` */
	/* strings one after the other; a folder ends with '/' */
	char names[COMPLETION_NAMES_SIZE];
};

/*
 * Extend the path text[size] by the bytes that all fitting names have in
 * common: the complete name if only one fits. Names that begin with a dot fit
 * only a text that does. The text is unchanged if no name fits or it would be
 * too long.
 */
void completion_extend(struct completion *completion, char *text, size_t size);

#endif
