/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The glossary: the words of neural networks that the screen and the manual
 * use, each explained in two lines. The help shows it; the manual contains the
 * same text.
 */
#ifndef LSTMTUI_TUI_WORDS_H
#define LSTMTUI_TUI_WORDS_H

#include <stddef.h>

struct word {
	const char *name;
	const char *text; /* at most two lines of WORD_COLUMNS */
};

enum { WORD_COLUMNS = 56 };

/* From the data to the network to its training; ends with a NULL name. */
extern const struct word word_list[];

/* Return the number of words. */
size_t word_count(void);

#endif
