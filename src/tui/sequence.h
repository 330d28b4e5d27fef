/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Escape sequences in the input that curses does not know: those of unknown
 * keys, mouse reports, and answers to queries. They are recognized, so that
 * their characters do not act as keys.
 */
#ifndef LSTMTUI_TUI_SEQUENCE_H
#define LSTMTUI_TUI_SEQUENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum sequence_kind {
	SEQUENCE_NONE,
	SEQUENCE_ESCAPE,  /* ESC, which may be a key of its own */
	SEQUENCE_CONTROL, /* ESC [ or ESC O, parameters, a final character */
	/* ESC ] and a number, up to BEL or ESC \ (operating system command) */
	SEQUENCE_STRING
};

/* Bytes of a string's text that are kept, with '\0'; more than of a colour. */
enum { SEQUENCE_TEXT_SIZE = 64 };

struct sequence {
	enum sequence_kind kind;
	size_t length;         /* characters after the introducer */
	bool has_escape;       /* the last character of a string was ESC */
	uint32_t first, final; /* of a control sequence; 0: none */
	char text[SEQUENCE_TEXT_SIZE]; /* of a string; the rest is lost */
};

enum sequence_result {
	SEQUENCE_CONTINUES,
	SEQUENCE_ENDS,   /* with this character */
	SEQUENCE_IS_CUT, /* before this character, which is another key */
};

/* Start a sequence after an ESC. */
void sequence_begin(struct sequence *sequence);

/* Add the next character. */
enum sequence_result sequence_add(struct sequence *sequence,
	uint32_t character);

/* Whether no character after "ESC ]" came yet, as after Alt and ]. */
bool sequence_is_bare(const struct sequence *sequence);

/* Whether a sequence that ended is the terminal's device attributes. */
bool sequence_is_attributes(const struct sequence *sequence);

#endif
