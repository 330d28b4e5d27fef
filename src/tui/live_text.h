/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The text that a model of texts writes while it learns, the end of it: some
 * characters before each frame, so that panes only have to show it.
 */
#ifndef LSTMTUI_TUI_LIVE_TEXT_H
#define LSTMTUI_TUI_LIVE_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "run/writer.h"

enum { LIVE_TEXT_SIZE = 16384 };

struct live_text {
	const struct run *run; /* borrowed; NULL: none, all below is 0 */
	struct writer writer;
	char text[LIVE_TEXT_SIZE]; /* UTF-8, lines end in '\n' */
	bool has_return;           /* a CR came last: see text_encode_display */
	uint64_t updates; /* of the model that wrote last; UINT64_MAX: none */
};

/* For the run that is shown. Release with live_text_destroy, in any case. */
bool live_text_create(struct live_text *live, const struct run *run,
	struct error *error);
void live_text_destroy(struct live_text *live);

/* Write on if the model has learnt since; begin anew if it went back. */
void live_text_update(struct live_text *live);

/* Write a page with the model as it is now, in place of what there is. */
void live_text_write_page(struct live_text *live);

#endif
