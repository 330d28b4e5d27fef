/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv_reader.h"

#include <csv.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/regular_file.h"
#include "base/translate.h"
#include "base/utf8.h"

enum {
	LINE_END_MAX = 2, /* CR LF */
	INPUT_SIZE = 2 * CSV_READER_ROW_MAX,
	/* a row's fields, if it has quotes, each with a '\0' after it */
	TEXT_SIZE = CSV_READER_ROW_MAX + LINE_END_MAX + 1
};

struct csv_reader {
	const char *path;
	FILE *file;        /* NULL: the bytes are those of a caller */
	const char *bytes; /* [count]: the rest of them */
	size_t count;
	char separator;
	bool is_at_end;             /* the file is read to its end */
	char input[INPUT_SIZE + 1]; /* a '\0' follows the last byte */
	size_t begin, end;          /* the part of input not parsed yet */

	struct csv_parser parser;
	size_t line; /* number of the current line, from 1 */
	struct csv_row row;
	size_t capacity;      /* fields allocated in row.field */
	size_t parsed;        /* bytes of the row parsed so far */
	bool is_complete;     /* the row's end is parsed */
	bool has_failed;      /* out of memory in a libcsv callback */
	char text[TEXT_SIZE]; /* the row's fields */
	size_t text_used;     /* bytes of text in use */
};

/* The next line of the input, in bytes: its content and its line end. */
struct line {
	size_t length, end;
};

static bool
fail(const struct csv_reader *reader, size_t line, const char *cause,
	struct error *error)
{
	return error_set(error, "%s:%zu: %s", reader->path, line, _(cause));
}

/* Allocate libcsv's field buffer at its full size; refuse to enlarge it. */
static void *
allocate(void *block, size_t size)
{
	return block == NULL ? memory_new(size, 1) : NULL;
}

static struct csv_reader *
reader_new(const char *path, struct error *error)
{
	struct csv_reader *reader = memory_new(1, sizeof *reader);

	if (reader == NULL) {
		error_out_of_memory(error);
		return NULL;
	}
	reader->path = path;
	csv_init(&reader->parser, CSV_APPEND_NULL);
	csv_set_realloc_func(&reader->parser, allocate);
	csv_set_blk_size(&reader->parser, TEXT_SIZE);
	csv_reader_set_separator(reader, ',');
	return reader;
}

struct csv_reader *
csv_reader_open(const char *path, struct error *error)
{
	FILE *file = regular_file_stream(path, REGULAR_FILE_OR_STDIN, error);
	struct csv_reader *reader;

	if (file == NULL)
		return NULL;
	reader = reader_new(path, error);
	if (reader == NULL)
		fclose(file);
	else
		reader->file = file;
	return reader;
}

struct csv_reader *
csv_reader_open_bytes(const char *path, const char *bytes, size_t count,
	struct error *error)
{
	struct csv_reader *reader = reader_new(path, error);

	if (reader != NULL) {
		reader->bytes = bytes;
		reader->count = count;
	}
	return reader;
}

void
csv_reader_set_separator(struct csv_reader *reader, char separator)
{
	reader->separator = separator;
	csv_set_delim(&reader->parser, (unsigned char)separator);
}

void
csv_reader_close(struct csv_reader *reader)
{
	if (reader->file != NULL)
		fclose(reader->file);
	csv_free(&reader->parser);
	free(reader->row.field);
	free(reader);
}

/* Read up to `size` bytes. Return their number; 0 at the end or on failure. */
static size_t
read_bytes(struct csv_reader *reader, char *to, size_t size)
{
	if (reader->file != NULL)
		return fread(to, 1, size, reader->file);
	if (size > reader->count)
		size = reader->count;
	if (size > 0)
		memcpy(to, reader->bytes, size);
	reader->bytes += size;
	reader->count -= size;
	return size;
}

/* Move the unparsed input to the front and read more bytes after it. */
static bool
fill(struct csv_reader *reader, struct error *error)
{
	size_t rest = reader->end - reader->begin, count;

	memmove(reader->input, reader->input + reader->begin, rest);
	count = read_bytes(reader, reader->input + rest, INPUT_SIZE - rest);
	reader->begin = 0;
	reader->end = rest + count;
	reader->input[reader->end] = '\0';
	if (reader->file != NULL && ferror(reader->file))
		return error_set(error, "%s: %s", reader->path,
			strerror(errno));
	reader->is_at_end = count == 0;
	return true;
}

bool
csv_reader_peek(struct csv_reader *reader, const char **bytes, size_t *count,
	struct error *error)
{
	if (reader->end == 0 && !fill(reader, error))
		return false;
	*bytes = reader->input;
	*count = reader->end;
	return true;
}

/*
 * Return the size of the line end at input[at]: 0 if there is none, or if the
 * input ends in a CR that an LF may follow.
 */
static size_t
line_end_at(const struct csv_reader *reader, size_t at)
{
	if (reader->input[at] != '\r')
		return reader->input[at] == '\n';
	if (at + 1 == reader->end && !reader->is_at_end)
		return 0;
	return reader->input[at + 1] == '\n' ? 2 : 1;
}

/* Find the next line. The last line of a file may lack a line end. */
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
				N_("a zero byte: not a CSV file"), error);
		if (reader->is_at_end)
			return true;
		if (!fill(reader, error))
			return false;
	}
	return error_set(error, "%s:%zu: the line is longer than %d characters",
		reader->path, reader->line, CSV_READER_ROW_MAX);
}

/* Append a field to the row. Blanks as separators delimit no empty fields. */
static bool
append_field(struct csv_reader *reader, char *text, size_t length)
{
	struct csv_row *row = &reader->row;

	if (length == 0 && reader->separator == ' ')
		return true;
	if (row->count == reader->capacity &&
		!memory_grow((void **)&row->field, &reader->capacity,
			row->count + 1, sizeof *row->field))
		return false;
	text[length] = '\0';
	row->field[row->count++] = text;
	return true;
}

/* libcsv's callback at the end of a field. */
static void
add_field(void *field, size_t length, void *context)
{
	struct csv_reader *reader = context;
	char *text = reader->text + reader->text_used;

	if (reader->has_failed)
		return;
	memcpy(text, field, length);
	reader->has_failed = !append_field(reader, text, length);
	reader->text_used += length + 1;
}

/* libcsv's callback at the end of a row. */
static void
end_row(int last_byte, void *context)
{
	struct csv_reader *reader = context;

	(void)last_byte;
	reader->is_complete = true;
}

static bool
parse_line(struct csv_reader *reader, struct line line, struct error *error)
{
	size_t size = line.length + line.end;

	reader->parsed += size;
	if (reader->parsed > CSV_READER_ROW_MAX + LINE_END_MAX)
		return error_set(error,
			"%s:%zu: the quotes that begin here are not closed "
			"within %d characters",
			reader->path, reader->row.line, CSV_READER_ROW_MAX);
	if (csv_parse(&reader->parser, reader->input + reader->begin, size,
		    add_field, end_row, reader) != size ||
		reader->has_failed)
		return error_out_of_memory(error);
	reader->begin += size;
	return true;
}

/* End the row at the end of a file that lacks a last line end. */
static bool
finish_last_row(struct csv_reader *reader, struct error *error)
{
	csv_set_opts(&reader->parser,
		CSV_APPEND_NULL | CSV_STRICT | CSV_STRICT_FINI);
	if (csv_fini(&reader->parser, add_field, end_row, reader) != 0)
		return fail(reader, reader->row.line,
			N_("the quotes that begin here are not closed"), error);
	return !reader->has_failed || error_out_of_memory(error);
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t';
}

static bool
is_blank(const struct csv_reader *reader, struct line line)
{
	const char *text = reader->input + reader->begin;

	return strspn(text, reader->separator == '\t' ? " " : " \t") ==
		line.length;
}

static void
skip_byte_order_mark(struct csv_reader *reader)
{
	const char *text = reader->input + reader->begin;
	uint32_t character;
	size_t size =
		utf8_decode(text, reader->end - reader->begin, &character);

	if (size > 0 && character == UTF8_MARK)
		reader->begin += size;
}

/* Skip comments and find the first line of the next item. */
static bool
begin_item(struct csv_reader *reader, struct line *line, struct error *error)
{
	bool is_comment;

	do {
		reader->line++;
		if (!find_line(reader, line, error))
			return false;
		if (reader->line == 1 && reader->end > 0) {
			skip_byte_order_mark(reader);
			if (!find_line(reader, line, error))
				return false;
		}
		is_comment = reader->input[reader->begin] == '#';
		if (is_comment)
			reader->begin += line->length + line->end;
	} while (is_comment);
	reader->row.line = reader->line;
	reader->row.count = 0;
	reader->text_used = reader->parsed = 0;
	reader->is_complete = false;
	return true;
}

/*
 * Divide a line without quotes at its separators, as libcsv does but several
 * times faster: blanks around a field do not belong to it. The fields stay in
 * the input.
 */
static bool
split_line(struct csv_reader *reader, struct line line, struct error *error)
{
	const char separator = reader->separator;
	char *at = reader->input + reader->begin, *end = at + line.length;
	bool is_last;

	do {
		char *field, *stop;

		while (at < end && *at != separator && is_space(*at))
			at++;
		field = at;
		while (at < end && *at != separator)
			at++;
		stop = at;
		while (stop > field && is_space(stop[-1]))
			stop--;
		is_last = at++ == end;
		if (!append_field(reader, field, (size_t)(stop - field)))
			return error_out_of_memory(error);
	} while (!is_last);
	reader->begin += line.length + line.end;
	return true;
}

/* Read a row, which starts with the given line. */
static bool
read_row(struct csv_reader *reader, struct line line, struct error *error)
{
	const char *text = reader->input + reader->begin;

	if (memchr(text, '"', line.length) == NULL)
		return split_line(reader, line, error);
	for (;;) {
		if (!parse_line(reader, line, error))
			return false;
		if (reader->is_complete)
			return true;
		if (line.end == 0)
			return finish_last_row(reader, error);
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
