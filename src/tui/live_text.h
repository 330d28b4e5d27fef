/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The text that a text model generates while it trains: a few characters before
 * each frame; its last lines are kept. Panes only draw it.
 */
#ifndef LSTMTUI_TUI_LIVE_TEXT_H
#define LSTMTUI_TUI_LIVE_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "run/writer.h"

enum {
	LIVE_TEXT_SIZE = 16384,
	LIVE_TEXT_RECENT = 4096 /* max tokens kept */
};

struct live_text {
	const struct run *run; /* borrowed; NULL: no run, all else is 0 */
	struct writer writer;
	char text[LIVE_TEXT_SIZE]; /* UTF-8, lines end in '\n' */
	uint64_t dropped;          /* bytes written before those of text */
	bool has_return;           /* after a CR: see text_encode_display */
	/* the last tokens, recent[recents], and the count of all written */
	uint32_t recent[LIVE_TEXT_RECENT];
	size_t recents;
	uint64_t written;
	uint64_t updates; /* of the run at the last call; UINT64_MAX: none */
};

/*
 * Create it for the current run. Release it with live_text_destroy, also after
 * an error.
 */
bool live_text_create(struct live_text *live, const struct run *run,
	struct error *error);
void live_text_destroy(struct live_text *live);

/*
 * Generate more text if there were updates since the last call, at first a page
 * of a resumed run; start a new text if the run went back to an earlier update.
 */
void live_text_update(struct live_text *live);

/* Generate without memory, or with it again; a new text begins. */
void live_text_cut_memory(struct live_text *live, bool cuts);

/* Replace the text by a page generated with the current weights. */
void live_text_write_page(struct live_text *live);

/* Append a page: the text goes on from the state in which it ended. */
void live_text_go_on(struct live_text *live);

#endif
