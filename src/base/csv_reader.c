/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv_reader.h"

#include <csv.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/regular_file.h"
#include "base/utf8.h"

enum {
	LINE_END_MAX = 2, /* CR LF */
	INPUT_SIZE = 2 * CSV_READER_ROW_MAX,
	/* of a row's fields, each with a '\0', commas and line ends left out */
	TEXT_SIZE = CSV_READER_ROW_MAX + LINE_END_MAX + 1
};

struct csv_reader {
	const char *path;
	FILE *file;
	bool is_at_end; /* of the file: what is left of it is in input */
	char input[INPUT_SIZE + 1]; /* with '\0' behind the last byte */
	size_t begin, end;          /* of what is not parsed yet */

	struct csv_parser parser;
	size_t line; /* the number of the one at hand */
	struct csv_row row;
	size_t room;          /* fields allocated */
	size_t bytes;         /* of the row that were parsed */
	bool is_whole;        /* the row's end was parsed */
	bool has_failed;      /* memory could not be had for a field */
	char text[TEXT_SIZE]; /* the fields */
	size_t used;          /* bytes of it */
};

/* A line in the input: where its end stands, and the bytes of that. */
struct line {
	size_t length, end;
};

static bool
fail(const struct csv_reader *reader, size_t line, const char *cause,
	struct error *error)
{
	return error_set(error, "%s:%zu: %s", reader->path, line, cause);
}

/* libcsv's buffer for a field, all of which it asks for at once. */
static void *
allocate(void *block, size_t size)
{
	return block == NULL ? memory_new(size, 1) : NULL;
}

struct csv_reader *
csv_reader_open(const char *path, struct error *error)
{
	struct csv_reader *reader = memory_new(1, sizeof *reader);

	if (reader == NULL) {
		error_out_of_memory(error);
		return NULL;
	}
	reader->path = path;
	reader->file = regular_file_stream(path, REGULAR_FILE_OR_STDIN, error);
	if (reader->file == NULL) {
		free(reader);
		return NULL;
	}
	csv_init(&reader->parser, CSV_APPEND_NULL);
	csv_set_realloc_func(&reader->parser, allocate);
	csv_set_blk_size(&reader->parser, TEXT_SIZE);
	return reader;
}

void
csv_reader_close(struct csv_reader *reader)
{
	fclose(reader->file);
	csv_free(&reader->parser);
	free(reader->row.field);
	free(reader);
}

/* Read on, behind what is left of the input. */
static bool
fill(struct csv_reader *reader, struct error *error)
{
	size_t rest = reader->end - reader->begin, count;

	memmove(reader->input, reader->input + reader->begin, rest);
	count = fread(reader->input + rest, 1, INPUT_SIZE - rest, reader->file);
	reader->begin = 0;
	reader->end = rest + count;
	reader->input[reader->end] = '\0';
	if (ferror(reader->file))
		return error_set(error, "%s: %s", reader->path,
			strerror(errno));
	reader->is_at_end = count == 0;
	return true;
}

/* A line's end at that place of the input: its bytes; 0: there is none yet. */
static size_t
line_end_at(const struct csv_reader *reader, size_t at)
{
	if (reader->input[at] != '\r')
		return reader->input[at] == '\n';
	if (at + 1 == reader->end && !reader->is_at_end)
		return 0;
	return reader->input[at + 1] == '\n' ? 2 : 1;
}

/* Find the next line, of which the file's last one need not have an end. */
static bool
find_line(struct csv_reader *reader, struct line *line, struct error *error)
{
	for (;;) {
		const char *text = reader->input + reader->begin;

		line->length = strcspn(text, "\r\n");
		line->end = line_end_at(reader, reader->begin + line->length);
		if (line->length > CSV_READER_ROW_MAX)
			break;
		if (line->end > 0)
			return true;
		if (text + line->length < reader->input + reader->end &&
			text[line->length] == '\0')
			return fail(reader, reader->line,
				"a zero byte: this is no CSV file", error);
		if (reader->is_at_end)
			return true;
		if (!fill(reader, error))
			return false;
	}
	return error_set(error, "%s:%zu: the line is longer than %d characters",
		reader->path, reader->line, CSV_READER_ROW_MAX);
}

/* libcsv's end of a field. */
static void
take_field(void *field, size_t length, void *to)
{
	struct csv_reader *reader = to;
	struct csv_row *row = &reader->row;
	char *text = reader->text + reader->used;

	if (reader->has_failed ||
		!memory_grow((void **)&row->field, &reader->room,
			row->count + 1, sizeof *row->field)) {
		reader->has_failed = true;
		return;
	}
	memcpy(text, field, length);
	text[length] = '\0';
	reader->used += length + 1;
	row->field[row->count++] = text;
}

/* libcsv's end of a row. */
static void
take_row(int end, void *to)
{
	struct csv_reader *reader = to;

	(void)end;
	reader->is_whole = true;
}

static bool
parse(struct csv_reader *reader, struct line line, struct error *error)
{
	size_t size = line.length + line.end;

	reader->bytes += size;
	if (reader->bytes > CSV_READER_ROW_MAX + LINE_END_MAX)
		return error_set(error,
			"%s:%zu: the quotes that begin here are not closed "
			"within %d characters",
			reader->path, reader->row.line, CSV_READER_ROW_MAX);
	if (csv_parse(&reader->parser, reader->input + reader->begin, size,
		    take_field, take_row, reader) != size ||
		reader->has_failed)
		return error_out_of_memory(error);
	reader->begin += size;
	return true;
}

/* The end of a file whose last row has no line end. */
static bool
finish(struct csv_reader *reader, struct error *error)
{
	csv_set_opts(&reader->parser,
		CSV_APPEND_NULL | CSV_STRICT | CSV_STRICT_FINI);
	if (csv_fini(&reader->parser, take_field, take_row, reader) != 0)
		return fail(reader, reader->row.line,
			"the quotes that begin here are not closed", error);
	return !reader->has_failed || error_out_of_memory(error);
}

static bool
is_blank(const struct csv_reader *reader, struct line line)
{
	const char *text = reader->input + reader->begin;

	return strspn(text, " \t") == line.length;
}

static void
skip_mark(struct csv_reader *reader)
{
	const char *text = reader->input + reader->begin;
	uint32_t character;
	size_t size =
		utf8_decode(text, reader->end - reader->begin, &character);

	if (size > 0 && character == UTF8_MARK)
		reader->begin += size;
}

/* The line that the next item begins with, comments skipped. */
static bool
begin_item(struct csv_reader *reader, struct line *line, struct error *error)
{
	bool is_comment;

	do {
		reader->line++;
		if (!find_line(reader, line, error))
			return false;
		if (reader->line == 1 && reader->end > 0) {
			skip_mark(reader);
			if (!find_line(reader, line, error))
				return false;
		}
		is_comment = reader->input[reader->begin] == '#';
		if (is_comment)
			reader->begin += line->length + line->end;
	} while (is_comment);
	reader->row.line = reader->line;
	reader->row.count = 0;
	reader->used = reader->bytes = 0;
	reader->is_whole = false;
	return true;
}

/* The rest of a row, of which that is the first line. */
static bool
read_row(struct csv_reader *reader, struct line line, struct error *error)
{
	for (;;) {
		if (!parse(reader, line, error))
			return false;
		if (reader->is_whole)
			return true;
		if (line.end == 0)
			return finish(reader, error);
		reader->line++;
		if (!find_line(reader, &line, error))
			return false;
	}
}

enum csv_reader_item
csv_reader_next(struct csv_reader *reader, struct csv_row *row,
	struct error *error)
{
	enum csv_reader_item item = CSV_READER_ROW;
	struct line line;

	if (!begin_item(reader, &line, error))
		return CSV_READER_ERROR;
	if (line.length == 0 && line.end == 0) {
		item = CSV_READER_END;
	} else if (is_blank(reader, line)) {
		item = CSV_READER_BLANK;
		reader->begin += line.length + line.end;
	} else if (!read_row(reader, line, error)) {
		return CSV_READER_ERROR;
	}
	*row = reader->row;
	return item;
}
