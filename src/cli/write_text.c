/*
 * What `lstmtui generate` does for a model of texts: write, a character at a
 * time, as it is drawn.
 */
#include "cli/write_text.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "cli/format.h"
#include "core/parameters.h"
#include "run/writer.h"

struct page {
	const struct run *run;
	struct writer writer;
	uint32_t *prime;
	size_t primed;  /* symbols of it */
	size_t length;  /* to write besides */
	bool is_shown;  /* on a terminal: see show */
	bool follows_return;
};

/* One symbol; controls must do nothing to a terminal. */
static void
show(struct page *page, uint32_t symbol)
{
	const struct vocabulary *vocabulary = &page->run->reader.vocabulary;
	char bytes[TEXT_ENCODED_SIZE];
	size_t count = page->is_shown
		? text_encode_shown(vocabulary, symbol, &page->follows_return,
			bytes)
		: text_encode(vocabulary, symbol, bytes);
	unsigned char first = (unsigned char)bytes[0];
	bool is_control = first < ' ' || first == 0x7f ||
		(first == 0xc2 && (unsigned char)bytes[1] < 0xa0);

	if (page->is_shown && count > 0 && is_control && first != '\n' && first != '\t')
		putchar('?');
	else
		fwrite(bytes, 1, count, stdout);
	if (page->is_shown)
		fflush(stdout);
}

/* Begin again after the prime. */
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
	putchar('\n');
}

/* The whole text as a JSON string; NULL: no memory, or bytes not UTF-8. */
static json_t *
write_string(struct page *page)
{
	const struct vocabulary *vocabulary = &page->run->reader.vocabulary;
	size_t all = page->primed + page->length, used = 0;
	char *bytes = memory_new(all + 1, TEXT_ENCODED_SIZE);
	json_t *string;

	if (bytes == NULL)
		return NULL;
	begin(page);
	for (size_t i = 0; i < all; i++)
		used += text_encode(vocabulary, i < page->primed
				? page->prime[i] : writer_write(&page->writer),
			bytes + used);
	string = json_stringn(bytes, used);
	free(bytes);
	return string;
}

static bool
write_json(struct page *page, uint64_t count, struct error *error)
{
	json_t *texts = json_array();
	json_t *object = json_pack("{s: s, s: I, s: o}", "task", "text",
		"updates", (json_int_t)run_updates(page->run), "texts", texts);
	bool good = object != NULL;

	for (uint64_t i = 0; good && i < count; i++)
		good = json_array_append_new(texts, write_string(page)) == 0;
	good = good && json_dumpf(object, stdout, JSON_INDENT(2)) == 0;
	json_decref(object);
	putchar('\n');
	return good || error_set(error, "the text could not be written as "
		"JSON%s", page->run->settings.bytes ? ": bytes are not always "
		"characters" : "");
}

static bool
open_page(struct page *page, const struct run *run,
	const struct arguments *arguments, uint64_t seed, struct error *error)
{
	const char *prime = arguments->prime != NULL ? arguments->prime : "";

	*page = (struct page){
		.run = run,
		.length = arguments->length > 0 ? (size_t)arguments->length
						: run->length,
		.is_shown = isatty(STDOUT_FILENO),
		.prime = memory_new(strlen(prime), sizeof *page->prime),
	};
	if (page->prime == NULL)
		return error_out_of_memory(error);
	if (!text_symbols(&run->reader.vocabulary, prime, page->prime,
		    &page->primed, error))
		return error_prefix(error, "--prime");
	if (!writer_create(&page->writer, run, seed, error))
		return false;
	page->writer.temperature = arguments->temperature;
	return true;
}

bool
write_text(const struct run *run, const struct arguments *arguments,
	uint64_t seed, struct error *error)
{
	const struct format *format = format_info(arguments->format);
	struct page page;
	bool good;

	if (format->kind != FORMAT_PLAIN && format->kind != FORMAT_JSON)
		return error_set_usage(error, "--format %s is for points; a "
			"text can be written as text or json", format->name);
	if (!parameters_finite(run->model.values,
		    run->model.parameters.packed_total))
		return error_set(error, "%s: the weights are not finite",
			arguments->session.model);
	good = open_page(&page, run, arguments, seed, error);
	if (good && format->kind == FORMAT_JSON)
		good = write_json(&page, arguments->count, error);
	else
		for (uint64_t i = 0; good && i < arguments->count; i++)
			write_plain(&page);
	writer_destroy(&page.writer);
	free(page.prime);
	return good && command_flush(error);
}
