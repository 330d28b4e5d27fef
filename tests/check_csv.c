/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the CSV reader and writer: rows and fields, errors with their line
 * numbers, reading written fields back.
 */
#include <csv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv_reader.h"
#include "base/csv_writer.h"
#include "core/random.h"
#include "folder.h"
#include "suite.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static char path[FOLDER_PATH_SIZE];

static struct csv_reader *
open_bytes(const char *bytes, size_t count)
{
	char folder[FOLDER_PATH_SIZE];
	struct error error = {.text = ""};
	struct csv_reader *reader;

	folder_join(path, folder_new(folder), "a.csv");
	file_write(path, bytes, count);
	reader = csv_reader_open(path, &error);
	ck_assert_msg(reader != NULL, "%s", error.text);
	return reader;
}

/* Write all items of a file with line numbers: "1[a|b] 2- 3[c] 4.". */
static void
describe(struct csv_reader *reader, char *text, size_t size)
{
	FILE *stream = fmemopen(text, size, "w");
	struct error error = {.text = ""};
	enum csv_reader_item item;
	struct csv_row row;

	ck_assert_ptr_nonnull(stream);
	while ((item = csv_reader_next(reader, &row, &error)) !=
		CSV_READER_END) {
		ck_assert_msg(item != CSV_READER_ERROR, "%s", error.text);
		fprintf(stream, "%zu", row.line);
		for (size_t i = 0; item == CSV_READER_ROW && i < row.count; i++)
			fprintf(stream, "%c%s", i == 0 ? '[' : '|',
				row.field[i]);
		fputs(item == CSV_READER_BLANK ? "- " : "] ", stream);
	}
	fprintf(stream, "%zu.", row.line);
	fclose(stream);
}

static const struct {
	const char *file, *items;
} files[] = {
	{"", "1."},
	{"a", "1[a] 2."},
	{"a\n", "1[a] 2."},
	{"a,b\nc,d\n", "1[a|b] 2[c|d] 3."},
	{" a\t, b c \n", "1[a|b c] 2."},
	{",\n", "1[|] 2."},
	{"a,,\n", "1[a||] 2."},
	{"\n \t\n\na", "1- 2- 3- 4[a] 5."},
	/* other line ends */
	{"a\r\n\r\nb\r\n", "1[a] 2- 3[b] 4."},
	{"a\r\rb\r", "1[a] 2- 3[b] 4."},
	{"a\n\rb\r\n\nc", "1[a] 2- 3[b] 4- 5[c] 6."},
	/* comments, and fields that begin with '#' */
	{"# x\na\n#\nb", "2[a] 4[b] 5."},
	{"a,#b\n #c\n\"#d\"\n", "1[a|#b] 2[#c] 3[#d] 4."},
	{"#", "2."},
	/* a byte order mark is skipped at the start of the file only */
	{"\xef\xbb\xbf"
	 "a\n",
		"1[a] 2."},
	{"\xef\xbb\xbf# x\na\n", "2[a] 3."},
	{"\xef\xbb\xbf", "1."},
	{"a\n\xef\xbb\xbf"
	 "b\n",
		"1[a] 2[\xef\xbb\xbf"
		"b] 3."},
	/* quotes */
	{"\"a\",\"b\"\n", "1[a|b] 2."},
	{"\"a,b\",\"c\"\"d\"\n", "1[a,b|c\"d] 2."},
	{"\" a \" , \"b\"\n", "1[ a |b] 2."},
	{"\"\"\n\"\",\n", "1[] 2[|] 3."},
	{"\"a\nb\",c\nd\n", "1[a\nb|c] 3[d] 4."},
	{"\"a\r\nb\r\rc\"\nd", "1[a\r\nb\r\rc] 5[d] 6."},
	{"\"a\n# no comment\n\nb\"\nc\n", "1[a\n# no comment\n\nb] 5[c] 6."},
	{"\"a\"", "1[a] 2."},
	/* a quote inside an unquoted field is literal */
	{"a\"b,5\"\n", "1[a\"b|5\"] 2."},
};

START_TEST(a_file_has_its_rows_and_fields)
{
	struct csv_reader *reader =
		open_bytes(files[_i].file, strlen(files[_i].file));
	char items[256];

	describe(reader, items, sizeof items);
	ck_assert_str_eq(items, files[_i].items);
	csv_reader_close(reader);
}
END_TEST

static const struct {
	const char *file;
	size_t size; /* 0: strlen(file) */
	int line;
	const char *cause;
} refused[] = {
	{"a\nb\0c\n", 6, 2, "a zero byte"},
	{"a,b\n\"c,d\ne\n", 0, 2, "the quotes that begin here are not closed"},
	{"\"", 0, 1, "not closed"},
	{"a\n\"b\"\"\n", 0, 2, "not closed"},
};

static void
expect_refusal(struct csv_reader *reader, int line, const char *cause)
{
	char place[FOLDER_PATH_SIZE + 32];
	struct error error = {.text = ""};
	enum csv_reader_item item;
	struct csv_row row;

	snprintf(place, sizeof place, "%s:%d: ", path, line);
	do
		item = csv_reader_next(reader, &row, &error);
	while (item == CSV_READER_ROW);
	ck_assert_int_eq(item, CSV_READER_ERROR);
	ck_assert_msg(strncmp(error.text, place, strlen(place)) == 0 &&
			strstr(error.text, cause) != NULL,
		"'%s': not %s%s", error.text, place, cause);
}

static void
write_field(void *field, size_t length, void *stream)
{
	fprintf(stream, "%.*s|", (int)length, (char *)field);
}

/* Lines of commas, blanks and digits are divided as libcsv divides them. */
START_TEST(plain_lines_are_divided_as_by_libcsv)
{
	static const char characters[] = {',', ',', ' ', '\t', '1', '.'};
	struct random random;

	random_seed(&random, 1, RANDOM_STREAM_DATA);
	for (int i = 0; i < 5000; i++) {
		char line[12] = "1", expected[64] = "", found[64] = "";
		size_t length =
			1 + (size_t)(random_next(&random) % (sizeof line - 2));
		struct csv_parser parser;
		struct csv_reader *reader;
		struct csv_row row;
		struct error error;
		FILE *stream = fmemopen(expected, sizeof expected, "w");

		/* a line of blanks is no row */
		line[0] = characters[random_next(&random) % 2 * 4];
		for (size_t k = 1; k < length; k++)
			line[k] = characters[random_next(&random) %
				sizeof characters];
		ck_assert_int_eq(csv_init(&parser, 0), 0);
		csv_parse(&parser, line, length, write_field, NULL, stream);
		csv_fini(&parser, write_field, NULL, stream);
		csv_free(&parser);
		fclose(stream);
		stream = fmemopen(found, sizeof found, "w");
		reader = csv_reader_open_bytes("a", line, length, &error);
		ck_assert_ptr_nonnull(reader);
		ck_assert_int_eq(csv_reader_next(reader, &row, &error),
			CSV_READER_ROW);
		for (size_t k = 0; k < row.count; k++)
			write_field(row.field[k], strlen(row.field[k]), stream);
		fclose(stream);
		csv_reader_close(reader);
		ck_assert_str_eq(found, expected);
	}
}
END_TEST

START_TEST(invalid_csv_is_refused_with_its_line)
{
	const char *file = refused[_i].file;
	struct csv_reader *reader = open_bytes(file,
		refused[_i].size > 0 ? refused[_i].size : strlen(file));

	expect_refusal(reader, refused[_i].line, refused[_i].cause);
	csv_reader_close(reader);
}
END_TEST

/* Lines of many lengths end at any place relative to a read block's end. */
START_TEST(rows_are_complete_wherever_a_block_ends)
{
	enum { LINES = 700 };
	static const char *const ends[] = {"\n", "\r\n", "\r"};
	static char bytes[LINES * (LINES + 4)];
	struct error error = {.text = ""};
	struct csv_reader *reader;
	struct csv_row row;
	size_t count = 0;

	for (size_t i = 0; i < LINES; i++)
		count += (size_t)sprintf(bytes + count, "%0*zu,\"x\"%s",
			(int)(i + 1), i, ends[_i]);
	reader = open_bytes(bytes, count);
	for (size_t i = 0; i < LINES; i++) {
		ck_assert_int_eq(csv_reader_next(reader, &row, &error),
			CSV_READER_ROW);
		ck_assert_uint_eq(row.line, i + 1);
		ck_assert_uint_eq(row.count, 2);
		ck_assert_uint_eq(strlen(row.field[0]), i + 1);
		ck_assert_uint_eq(strtoul(row.field[0], NULL, 10), i);
		ck_assert_str_eq(row.field[1], "x");
	}
	ck_assert_int_eq(csv_reader_next(reader, &row, &error), CSV_READER_END);
	csv_reader_close(reader);
}
END_TEST

/* Make a row of `size` bytes: empty fields, or one quoted field. */
static void
fill_row(char *row, size_t size, bool has_quotes)
{
	memset(row, has_quotes ? 'x' : ',', size);
	if (has_quotes)
		row[0] = row[size - 1] = '"';
}

START_TEST(a_row_that_is_too_long_is_refused)
{
	static char bytes[2 * CSV_READER_ROW_MAX];
	struct error error = {.text = ""};
	struct csv_reader *reader;
	struct csv_row row;

	fill_row(bytes, CSV_READER_ROW_MAX, _i);
	strcpy(bytes + CSV_READER_ROW_MAX, "\r\na\n");
	reader = open_bytes(bytes, CSV_READER_ROW_MAX + 4);
	ck_assert_int_eq(csv_reader_next(reader, &row, &error), CSV_READER_ROW);
	ck_assert_uint_eq(row.count, _i ? 1 : CSV_READER_ROW_MAX + 1);
	ck_assert_uint_eq(strlen(row.field[0]),
		_i ? CSV_READER_ROW_MAX - 2 : 0);
	ck_assert_int_eq(csv_reader_next(reader, &row, &error), CSV_READER_ROW);
	ck_assert_str_eq(row.field[0], "a");
	csv_reader_close(reader);

	bytes[0] = '\n';
	fill_row(bytes + 1, CSV_READER_ROW_MAX + 1, _i);
	reader = open_bytes(bytes, CSV_READER_ROW_MAX + 2);
	ck_assert_int_eq(csv_reader_next(reader, &row, &error),
		CSV_READER_BLANK);
	expect_refusal(reader, 2, "longer than 65536");
	csv_reader_close(reader);
}
END_TEST

START_TEST(an_unclosed_quote_does_not_read_the_whole_file)
{
	static char bytes[3 * CSV_READER_ROW_MAX];
	struct csv_reader *reader;

	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = i % 100 == 99 ? '\n' : 'x';
	bytes[200] = '"';
	reader = open_bytes(bytes, sizeof bytes);
	expect_refusal(reader, 3, "not closed within 65536");
	csv_reader_close(reader);
}
END_TEST

START_TEST(a_file_that_cannot_be_opened_is_named)
{
	char folder[FOLDER_PATH_SIZE];
	struct error error = {.text = ""};

	folder_join(path, folder_new(folder), "missing.csv");
	ck_assert_ptr_null(csv_reader_open(path, &error));
	ck_assert_ptr_nonnull(strstr(error.text, path));
}
END_TEST

static const struct {
	const char *text, *written;
} texts[] = {
	{"a", "a"},
	{"a b", "a b"},
	{"", "\"\""},
	{"a,b", "\"a,b\""},
	{"a\"b", "\"a\"\"b\""},
	{"a\r\nb", "\"a\r\nb\""},
	{" a", "\" a\""},
	{"a\t", "\"a\t\""},
	{"#a", "\"#a\""},
};

START_TEST(a_written_field_is_read_back)
{
	char bytes[64] = "";
	FILE *stream = fmemopen(bytes, sizeof bytes, "w");
	struct error error = {.text = ""};
	struct csv_reader *reader;
	struct csv_row row;

	ck_assert_ptr_nonnull(stream);
	csv_writer_text(stream, texts[_i].text);
	fclose(stream);
	ck_assert_str_eq(bytes, texts[_i].written);
	reader = open_bytes(bytes, strlen(bytes));
	ck_assert_int_eq(csv_reader_next(reader, &row, &error), CSV_READER_ROW);
	ck_assert_uint_eq(row.count, 1);
	ck_assert_str_eq(row.field[0], texts[_i].text);
	csv_reader_close(reader);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("csv");
	TCase *group = suite_group(suite, "csv", SUITE_SECONDS);

	tcase_add_unchecked_fixture(group, folder_setup, folder_teardown);
	suite_add_loop(group, a_file_has_its_rows_and_fields, 0, COUNT(files));
	tcase_add_test(group, plain_lines_are_divided_as_by_libcsv);
	suite_add_loop(group, invalid_csv_is_refused_with_its_line, 0,
		COUNT(refused));
	suite_add_loop(group, rows_are_complete_wherever_a_block_ends, 0, 3);
	suite_add_loop(group, a_row_that_is_too_long_is_refused, 0, 2);
	tcase_add_test(group, an_unclosed_quote_does_not_read_the_whole_file);
	tcase_add_test(group, a_file_that_cannot_be_opened_is_named);
	suite_add_loop(group, a_written_field_is_read_back, 0, COUNT(texts));
	return suite_run(suite);
}
