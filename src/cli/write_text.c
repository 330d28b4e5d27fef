/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `lstmtui generate` with a text model: write each character as soon as it is
 * sampled.
 */
#include "cli/write_text.h"

#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/printable.h"
#include "base/translate.h"
#include "cli/format.h"
#include "cli/json_output.h"
#include "core/parameters.h"
#include "run/writer.h"

struct page {
	const struct run *run;
	struct writer writer;
	uint32_t *prime;
	size_t primed; /* tokens in prime */
	size_t length; /* tokens to write after it */
	bool is_shown; /* on a terminal: see show */
	bool follows_return;
	/* room for an incomplete character of the locale and one token */
	char collected[MB_LEN_MAX + TEXT_ENCODED_SIZE];
	size_t bytes; /* collected so far */
};

/*
 * Print the collected bytes except an incomplete character at their end, since
 * a token of a model of bytes may be a part of a character.
 */
static void
show_collected(struct page *page, bool is_end)
{
	char *bytes = page->collected;

	while (page->bytes > 0 &&
		(is_end || !printable_is_partial(bytes, page->bytes))) {
		char shown[PRINTABLE_SIZE];
		size_t used = printable_next(bytes, page->bytes, shown);

		if (bytes[0] == '\n' || bytes[0] == '\t')
			putchar(bytes[0]);
		else
			fputs(shown, stdout);
		page->bytes -= used;
		memmove(bytes, bytes + used, page->bytes);
	}
	fflush(stdout);
}

/* Write one token: unchanged to a file, made printable on a terminal. */
static void
show(struct page *page, uint32_t token)
{
	const struct vocabulary *vocabulary = run_vocabulary(page->run);
	char bytes[TEXT_ENCODED_SIZE];
	size_t count;

	if (!page->is_shown) {
		count = text_encode(vocabulary, token, bytes);
		fwrite(bytes, 1, count, stdout);
		return;
	}
	page->bytes += text_encode_display(vocabulary, token,
		&page->follows_return, page->collected + page->bytes);
	show_collected(page, false);
}

/* Reset the writer and let it read the prime. */
static void
begin(struct page *page)
{
	writer_reset(&page->writer);
	for (size_t i = 0; i < page->primed; i++)
		writer_read(&page->writer, page->prime[i]);
}

static void
write_plain(struct page *page)
{
	begin(page);
	page->follows_return = false;
	for (size_t i = 0; i < page->primed; i++)
		show(page, page->prime[i]);
	for (size_t i = 0; i < page->length && !ferror(stdout); i++)
		show(page, writer_write(&page->writer));
	if (page->is_shown)
		show_collected(page, true);
	putchar('\n');
}

void
write_text_tokens(const struct run *run, const uint32_t *tokens, size_t count)
{
	struct page page = {.run = run, .is_shown = isatty(STDOUT_FILENO)};

	for (size_t i = 0; i < count; i++)
		show(&page, tokens[i]);
	if (page.is_shown)
		show_collected(&page, true);
	putchar('\n');
}

json_t *
write_text_string(const struct run *run, const uint32_t *tokens, size_t count)
{
	char *bytes = memory_new(count + 1, TEXT_ENCODED_SIZE);
	size_t used = 0;
	json_t *string;

	if (bytes == NULL)
		return NULL;
	for (size_t i = 0; i < count; i++)
		used += text_encode(run_vocabulary(run), tokens[i],
			bytes + used);
	string = json_stringn(bytes, used);
	free(bytes);
	return string;
}

/* Generate a text; see write_text_string. */
static json_t *
write_string(struct page *page)
{
	size_t all = page->primed + page->length;
	uint32_t *tokens = memory_new(all + 1, sizeof *tokens);
	json_t *string;

	if (tokens == NULL)
		return NULL;
	begin(page);
	for (size_t i = 0; i < all; i++)
		tokens[i] = i < page->primed ? page->prime[i]
					     : writer_write(&page->writer);
	string = write_text_string(page->run, tokens, all);
	free(tokens);
	return string;
}

bool
write_text_fail_json(const struct run *run, struct error *error)
{
	return error_set(error,
		run_settings(run)->tokens->is_bytes
			? N_("cannot write the text as JSON: the bytes are "
			     "not valid UTF-8")
			: N_("cannot write the text as JSON"));
}

static bool
write_json(struct page *page, uint64_t count, struct error *error)
{
	json_t *texts = json_array();
	json_t *object = json_pack("{s: s, s: I, s: o}", "task",
		run_task(page->run)->kind.name, "updates",
		(json_int_t)run_updates(page->run), "texts", texts);
	bool good = object != NULL;

	for (uint64_t i = 0; good && i < count; i++)
		good = json_array_append_new(texts, write_string(page)) == 0;
	good = good && json_output(object, error);
	json_decref(object);
	return good || write_text_fail_json(page->run, error);
}

static bool
open_page(struct page *page, const struct run *run,
	const struct arguments *arguments, uint64_t seed, struct error *error)
{
	const char *prime = arguments->prime != NULL ? arguments->prime : "";

	*page = (struct page){
		.run = run,
		.length = arguments->length > 0 ? (size_t)arguments->length
						: run_length(run),
		.is_shown = isatty(STDOUT_FILENO),
		.prime = memory_new(strlen(prime), sizeof *page->prime),
	};
	if (page->prime == NULL)
		return error_out_of_memory(error);
	if (!text_tokens(run_vocabulary(run), prime, page->prime, &page->primed,
		    error))
		return error_prefix(error, "--prime");
	if (!writer_create(&page->writer, run, seed, error))
		return false;
	page->writer.temperature = arguments->temperature;
	page->writer.no_memory = arguments->no_memory;
	return true;
}

bool
write_text_check_format(const struct format *format, struct error *error)
{
	if (format->content == FORMAT_PLAIN || format->content == FORMAT_JSON)
		return true;
	return error_set_usage(error,
		"--format %s is for points; a text can be written as text or "
		"json",
		format->kind.name);
}

bool
write_text(const struct run *run, const struct arguments *arguments,
	uint64_t seed, struct error *error)
{
	const struct format *format = arguments->format;
	struct page page;
	bool good;

	if (!write_text_check_format(format, error))
		return false;
	if (!parameters_finite(run_model(run)->values,
		    run_model(run)->parameters.packed_total))
		return error_set(error, "%s: the weights are not finite",
			arguments->session.model);
	good = open_page(&page, run, arguments, seed, error);
	if (good && format->content == FORMAT_JSON)
		good = write_json(&page, arguments->count, error);
	else
		for (uint64_t i = 0; good && i < arguments->count; i++)
			write_plain(&page);
	writer_destroy(&page.writer);
	free(page.prime);
	return good && command_flush(error);
}
