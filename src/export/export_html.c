/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A web page to share a run: one file with the network in plain JavaScript,
 * which works offline and makes no request. Its source is in src/export/page:
 * page.html is a template with a word such as @DATA@ where C adds something.
 *
 * What comes from a run, names and tokens, may hold anything. It is in the page
 * as text with & and < escaped, or as JSON with < escaped, so that it cannot
 * end the element that it is in. A Content-Security-Policy (level 2) allows
 * this script and this style by their hashes and nothing else, so that the
 * browser would run nothing that had got in.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/sha256.h"
#include "base/translate.h"
#include "export/exporters.h"
#include "export/page_data.h"
#include "export/page_files.h"
#include "export/page_summary.h"

/* What the words of the template stand for. */
struct page {
	const struct export_source *source;
	struct bytes summary;
	char *data; /* JSON */
	const unsigned char *script;
	size_t script_size;
};

static void
add_name(struct bytes *html, const struct page *page)
{
	bytes_add_escaped(html, page->source->name, strlen(page->source->name));
}

static void
add_summary(struct bytes *html, const struct page *page)
{
	bytes_add_escaped(html, (const char *)page->summary.data,
		page->summary.count);
}

/* Only strings hold a '<', and there it has the same meaning as \u003c. */
static void
add_data(struct bytes *html, const struct page *page)
{
	for (const char *at = page->data; *at != '\0'; at++)
		if (*at == '<')
			bytes_add_text(html, "\\u003c");
		else
			bytes_add(html, at, 1);
}

static void
add_style(struct bytes *html, const struct page *page)
{
	(void)page;
	bytes_add(html, page_style, page_style_size);
}

static void
add_script(struct bytes *html, const struct page *page)
{
	bytes_add(html, page->script, page->script_size);
}

/* Add the source of the policy that allows an inline element. */
static void
add_hash(struct bytes *html, const unsigned char *content, size_t count)
{
	unsigned char hash[SHA256_SIZE];

	sha256_bytes(content, count, hash);
	bytes_add_text(html, "'sha256-");
	base64_add(html, hash, sizeof hash);
	bytes_add_text(html, "'");
}

static void
add_policy(struct bytes *html, const struct page *page)
{
	bytes_add_text(html, "default-src 'none'; script-src ");
	add_hash(html, page->script, page->script_size);
	bytes_add_text(html, "; style-src ");
	add_hash(html, page_style, page_style_size);
	bytes_add_text(html,
		"; img-src data:; base-uri 'none'; form-action 'none'");
}

static const struct part {
	const char *word;
	void (*add)(struct bytes *html, const struct page *page);
} parts[] = {
	{"@NAME@", add_name},
	{"@POLICY@", add_policy},
	{"@STYLE@", add_style},
	{"@SUMMARY@", add_summary},
	{"@DATA@", add_data},
	{"@SCRIPT@", add_script},
};

/* Return the part whose word is at the start of text[count], or NULL. */
static const struct part *
part_at(const unsigned char *text, size_t count)
{
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		size_t length = strlen(parts[i].word);

		if (length <= count && memcmp(text, parts[i].word, length) == 0)
			return &parts[i];
	}
	return NULL;
}

static void
fill_template(struct bytes *html, const struct page *page)
{
	for (size_t at = 0; at < page_html_size;) {
		const struct part *part =
			part_at(page_html + at, page_html_size - at);

		if (part == NULL) {
			bytes_add(html, page_html + at++, 1);
			continue;
		}
		part->add(html, page);
		at += strlen(part->word);
	}
}

static char *
data_text(const struct export_source *source, bool *lacks_data,
	struct error *error)
{
	json_t *data = page_data(source, lacks_data, error);
	char *text;

	if (data == NULL)
		return NULL;
	/* 17 digits: a double is read back with the same bits */
	text = json_dumps(data, JSON_COMPACT | JSON_REAL_PRECISION(17));
	json_decref(data);
	if (text == NULL)
		error_out_of_memory(error);
	return text;
}

/* Tell the user what of the data a page to be shared holds. */
static void
set_note(struct export_output *output, const struct run *run, bool lacks_data)
{
	if (run_settings(run)->data[0] == '\0')
		return;
	snprintf(output->note, sizeof output->note, "%s",
		lacks_data ? "note: the data of the run cannot be read, or has "
			     "changed: the page shows none of it"
			   : "note: the page shows the name of the data file "
			     "and some of the data");
}

static bool
write_html(const struct export_source *source, struct export_output *output,
	struct error *error)
{
	bool is_text = run_task(source->run)->is_text;
	struct page page = {
		.source = source,
		.script = is_text ? page_text : page_points,
		.script_size = is_text ? page_text_size : page_points_size,
	};
	bool lacks_data = false, good;

	page.data = data_text(source, &lacks_data, error);
	good = page.data != NULL &&
		page_summary_add(&page.summary, source->run, error);
	if (good) {
		fill_template(export_add_file(output, ""), &page);
		set_note(output, source->run, lacks_data);
	}
	bytes_release(&page.summary);
	free(page.data);
	return good;
}

const struct exporter exporter_html = {
	.kind = {.name = "html",
		.summary = N_("a web page that runs the network")},
	.suffix = ".html",
	.write = write_html,
};
