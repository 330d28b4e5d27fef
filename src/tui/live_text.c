/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/live_text.h"

#include <string.h>

#include "base/utf8.h"

enum {
	/* max characters, and multiply-adds for them */
	FRAME_MAX = 8,
	FRAME_WORK = 8000000,
	PAGE_MAX = 1000,
	PAGE_WORK = 60000000
};

bool
live_text_create(struct live_text *live, const struct run *run,
	struct error *error)
{
	*live = (struct live_text){.run = run, .updates = UINT64_MAX};
	return writer_create(&live->writer, run, run_settings(run)->seed,
		error);
}

void
live_text_destroy(struct live_text *live)
{
	writer_destroy(&live->writer);
	*live = (struct live_text){0};
}

/*
 * Return the bytes to drop from a full text: its oldest quarter and the rest of
 * the line, or the quarter alone if no line ends after it.
 */
static size_t
oldest_lines(const char *text)
{
	const char *end = strchr(text + LIVE_TEXT_SIZE / 4, '\n');

	return end != NULL ? (size_t)(end + 1 - text)
			   : utf8_after(text, LIVE_TEXT_SIZE / 4);
}

/* Append a token. If the text is full, drop its oldest lines. */
static void
append(struct live_text *live, uint32_t token)
{
	const struct vocabulary *vocabulary = run_vocabulary(live->run);
	size_t length = strlen(live->text), cut;
	char bytes[TEXT_ENCODED_SIZE];

	/* show '?' for a byte 0, which would end the string */
	if (text_encode_display(vocabulary, token, &live->has_return, bytes) ==
			1 &&
		bytes[0] == '\0')
		bytes[0] = '?';
	if (length + TEXT_ENCODED_SIZE > LIVE_TEXT_SIZE) {
		cut = oldest_lines(live->text);
		memmove(live->text, live->text + cut, length - cut + 1);
		length -= cut;
		live->dropped += cut;
	}
	memcpy(live->text + length, bytes, strlen(bytes) + 1);
}

/* Keep the last tokens. If there is no room, drop the oldest quarter. */
static void
remember(struct live_text *live, uint32_t token)
{
	if (live->recents == LIVE_TEXT_RECENT) {
		live->recents -= LIVE_TEXT_RECENT / 4;
		memmove(live->recent, live->recent + LIVE_TEXT_RECENT / 4,
			live->recents * sizeof live->recent[0]);
	}
	live->recent[live->recents++] = token;
	live->written++;
}

static void
write_tokens(struct live_text *live, uint64_t work, uint64_t max)
{
	uint64_t count = work / (writer_cost(&live->writer) + 1) + 1;

	for (uint64_t i = 0; i < count && i < max; i++) {
		uint32_t token = writer_write(&live->writer);

		append(live, token);
		remember(live, token);
	}
}

static void
begin_anew(struct live_text *live)
{
	live->text[0] = '\0';
	live->dropped = 0;
	live->recents = 0;
	live->has_return = false;
	writer_reset(&live->writer);
}

void
live_text_update(struct live_text *live)
{
	uint64_t updates = run_updates(live->run);
	bool is_first = live->updates == UINT64_MAX;

	if (updates == live->updates)
		return;
	if (updates < live->updates)
		begin_anew(live);
	live->updates = updates;
	if (updates > 0 && is_first)
		write_tokens(live, PAGE_WORK, PAGE_MAX);
	else if (updates > 0)
		write_tokens(live, FRAME_WORK, FRAME_MAX);
}

void
live_text_write_page(struct live_text *live)
{
	begin_anew(live);
	write_tokens(live, PAGE_WORK, PAGE_MAX);
}

void
live_text_go_on(struct live_text *live)
{
	write_tokens(live, PAGE_WORK, PAGE_MAX);
}

void
live_text_cut_memory(struct live_text *live, bool cuts)
{
	begin_anew(live);
	live->writer.no_memory = cuts;
	write_tokens(live, PAGE_WORK, PAGE_MAX);
}
