/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the dialects of CSV files: separators, headers, decimal commas,
 * columns, missing values and layouts. Each file of tests/data/dialects has the
 * expected reading here, or the expected refusal.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "here.h"
#include "run/settings.h"
#include "suite.h"
#include "task/csv_field.h"
#include "task/sequences.h"

/*
 * Write the names of the columns and the numbers: "x|y: 1 2, 3 4; 5 6, 7 8",
 * with ',' after a point and ';' after a sequence.
 */
static void
describe(const struct sequences *sequences, char *text, size_t size)
{
	FILE *stream = fmemopen(text, size, "w");
	const double *number = sequences->numbers;

	ck_assert_ptr_nonnull(stream);
	for (size_t f = 0; f < sequences->features; f++)
		fprintf(stream, "%s%s", f > 0 ? "|" : "",
			sequences->column[f].name);
	fputc(':', stream);
	for (size_t k = 0; k < sequences->count; k++)
		for (size_t i = sequences->start[k];
			i < sequences->start[k + 1]; i++) {
			for (size_t f = 0; f < sequences->features; f++)
				fprintf(stream, " %.17g", *number++);
			if (i + 1 < sequences->start[k + 1])
				fputc(',', stream);
			else if (k + 1 < sequences->count)
				fputc(';', stream);
		}
	fclose(stream);
}

static void
expect_reading(const struct sequences_config *config, const char *reading)
{
	struct sequences sequences;
	struct error error = {.text = ""};
	char text[512];

	ck_assert_msg(sequences_read(&sequences, config, &error), "%s",
		error.text);
	describe(&sequences, text, sizeof text);
	ck_assert_str_eq(text, reading);
	sequences_destroy(&sequences);
}

static void
expect_refusal(const struct sequences_config *config, const char *refusal)
{
	struct sequences sequences;
	struct error error = {.text = ""};
	size_t length = strlen(config->path);

	ck_assert(!sequences_read(&sequences, config, &error));
	ck_assert_msg(strncmp(error.text, config->path, length) == 0,
		"'%s' does not name the file", error.text);
	ck_assert_str_eq(error.text + length, refusal);
}

#define MISSING                                                       \
	"a number is missing; --missing drop leaves out such lines, " \
	"--missing hold repeats the value before"
#define ONE_POINT                                                  \
	"the sequence that ends here has one point; at least two " \
	"are required (a blank line ends a sequence)"
#define NONE "no column of the file has numbers"
#define COMMENT "a comment begins with '#' at the start of its line"
#define HEADER_OF_ONE                                                 \
	"the header has 1 field, and the line below it 2; a comment " \
	"begins with '#', and --separator ';' --decimal , reads a "   \
	"column of decimal commas"
#define SIGNS                                                        \
	"remove signs of currency and percent from the numbers, or " \
	"leave their column out with --columns"

/* The files of tests/data/dialects. */
static const struct {
	const char *file;
	const char *reading; /* NULL: refused */
	const char *refusal;
} files[] = {
	{"big-int.csv", "|: 16777217 1, 16777219 2, 16777221 3", NULL},
	{"bool.csv", NULL,
		":2: column 1 (true): 'true' is not a number; " NONE},
	{"comment-indent.csv", NULL, ":1: '# c': " HEADER_OF_ONE},
	{"comment-inline.csv", NULL,
		":1: column 2: '0.2 # c' is not a number; " COMMENT},
	{"comment-mid.csv", "|: 0.1 0.2, 0.3 0.4", NULL},
	{"comment-percent.csv", NULL, ":1: '% c': " HEADER_OF_ONE},
	{"comment-semicolon.csv", NULL, ":1: '; c': " HEADER_OF_ONE},
	{"cr-only.csv", "|: 0.1 0.2, 0.3 0.4, 0.5 0.6", NULL},
	{"crcrlf.csv", NULL, ":2: " ONE_POINT},
	{"date-only-second.csv", ": 5, 6", NULL},
	{"date.csv", ": 5, 6", NULL},
	/* as in older versions: two columns of integers */
	{"decimal-comma-one.csv", "|: 20 7, 17 9, 18 8", NULL},
	{"decimal-comma.csv", "|: 0.1 0.2, 0.3 0.4", NULL},
	{"dollar.csv", NULL, ":1: column 1: '$5' is not a number; " SIGNS},
	{"dots.csv", "|: 0.5 5, 1 -2", NULL},
	{"header-quoted.csv", "x|y: 0.1 0.2, 0.3 0.4", NULL},
	{"header.csv", "x|y: 0.1 0.2, 0.3 0.4", NULL},
	{"hex.csv", NULL,
		":1: column 1: '0x10' is not a number; --columns selects the "
		"columns to read"},
	{"huge.csv", "|: 1e38 1e38, -1e38 3e38", NULL},
	{"index.csv", "|x|y: 0 0.1 0.2, 1 0.3 0.4", NULL},
	{"inf.csv", NULL, ":2: column 2: 'inf' is not a finite number"},
	{"json.csv", NULL, ":1: column 1: '[[0.1' is not a number; " NONE},
	{"latin1.csv", NULL, ":2: " ONE_POINT},
	{"minus-unicode.csv", NULL,
		":1: column 2: '\\xE2\\x88\\x920.2' is not a "
		"number; write the minus sign as '-'"},
	{"missing-empty.csv", NULL, ":2: column 2: " MISSING},
	{"missing-na.csv", NULL, ":2: column 2: 'NA': " MISSING},
	{"missing-nan.csv", NULL, ":2: column 2: 'NaN': " MISSING},
	{"missing-q.csv", NULL, ":2: column 2: '?': " MISSING},
	{"nbsp.csv", NULL,
		":1: column 2: '\\xC2\\xA00.2' is not a "
		"number; remove the no-break space"},
	{"nonl.csv", "|: 0.1 0.2, 0.3 0.4", NULL},
	{"one-point-mid.csv", NULL, ":5: " ONE_POINT},
	{"one-point.csv", NULL, ":2: " ONE_POINT},
	{"percent.csv", NULL, ":1: column 1: '5%' is not a number; " SIGNS},
	{"pipe.csv", "|: 0.1 0.2, 0.3 0.4", NULL},
	{"quoted-numbers.csv", "|: 0.1 0.2, 0.3 0.4", NULL},
	{"ragged.csv", NULL,
		":2: 3 fields on the line, but 2 on the first line"},
	{"sci-ok.csv", "|: 0.001 200, 3 4", NULL},
	{"sci.csv", NULL,
		":2: column 1: '3d1' is not a number; --columns selects the "
		"columns to read"},
	{"semicolon.csv", "|: 0.1 0.2, 0.3 0.4, 0.5 0.6", NULL},
	{"spaces.csv", "|: 0.1 0.2, 0.3 0.4", NULL},
	{"tab.csv", "|: 0.1 0.2, 0.3 0.4", NULL},
	{"thousands.csv", NULL,
		":1: column 1: '1,200' is not a number; thousands separators "
		"are not read: remove them, or give --decimal , if it is a "
		"decimal comma"},
	{"time.csv", ": 5, 6", NULL},
	{"tiny.csv", "|: 1e-40 1e-45, 1e-300 0", NULL},
	{"trailing-comma.csv", "|: 0.1 0.2, 0.3 0.4", NULL},
};

static char *
dialect_path(char path[FOLDER_PATH_SIZE], const char *file)
{
	const char *tests = getenv("TESTS_DIR");

	snprintf(path, FOLDER_PATH_SIZE, "%s/data/dialects/%s",
		tests != NULL ? tests : "tests", file);
	return path;
}

/* Replace numbers by the shortest that give the same double. */
static void
shorten(const char *reading, char *text, size_t size)
{
	const char *at = strchr(reading, ':') + 1;
	size_t length = (size_t)snprintf(text, size, "%.*s",
		(int)(at - reading), reading);

	while (*at != '\0') {
		char *end;
		double number = strtod(at, &end);

		if (end == at) {
			length += (size_t)snprintf(text + length, size - length,
				"%c", *at++);
			continue;
		}
		length += (size_t)snprintf(text + length, size - length,
			" %.17g", number);
		at = end;
	}
}

START_TEST(every_file_is_read_or_refused_as_expected)
{
	char path[FOLDER_PATH_SIZE], expected[512];
	const struct sequences_config config = {
		.path = dialect_path(path, files[_i].file),
	};

	if (files[_i].reading != NULL) {
		shorten(files[_i].reading, expected, sizeof expected);
		expect_reading(&config, expected);
	} else {
		expect_refusal(&config, files[_i].refusal);
	}
}
END_TEST

START_TEST(no_file_is_left_out)
{
	char path[FOLDER_PATH_SIZE];
	struct dirent **entries;
	int count = scandir(dialect_path(path, ""), &entries, NULL, alphasort);
	int found = 0;

	ck_assert_int_gt(count, 0);
	for (int i = 0; i < count; i++) {
		for (int f = 0; f < COUNT(files); f++)
			found += strcmp(files[f].file, entries[i]->d_name) == 0;
		free(entries[i]);
	}
	free(entries);
	ck_assert_int_eq(found, COUNT(files));
}
END_TEST

/* Files with options, in the form "--NAME=VALUE --NAME=VALUE". */
static const struct {
	const char *file, *options;
	const char *reading; /* NULL: refused */
	const char *refusal;
} cases[] = {
	/* separators */
	{"a;b\n1;2\n3;4\n", "", "a|b: 1 2, 3 4", NULL},
	{"a\tb c\n1\t2\n3\t4\n", "", "a|b c: 1 2, 3 4", NULL},
	{"  1   2\n 3  4  \n", "", "|: 1 2, 3 4", NULL},
	{"1 \t2\n3 4\n", "--separator=space", "|: 1 2, 3 4", NULL},
	{"2020-01-01 12:30,5\n2020-01-02 12:30,6\n", "", ": 5, 6", NULL},
	{"Smith; A,1,2\nRoe; B,3,4\n", "", "|: 1 2, 3 4", NULL},
	{"1;2\n3;4\n", "--separator=;", "|: 1 2, 3 4", NULL},
	{"1;2\n3;4\n", "--separator=tab", NULL,
		":2: column 1 (1;2): '3;4' is not a number; --separator sets "
		"what separates the numbers"},
	{"\"a;b\";c\n1;2\n3;4\n", "", "a;b|c: 1 2, 3 4", NULL},
	/* decimal commas */
	{"d;t\n2020-01-01;1,5\n2020-01-02;-2,25\n", "", "t: 1.5, -2.25", NULL},
	{"1,5\t2\n3\t4,5\n", "", "|: 1.5 2, 3 4.5", NULL},
	{"1,5;2.5\n3;4\n", "", NULL,
		":1: column 1: '1,5' is not a number; --decimal , reads "
		"decimal commas"},
	{"1.234,5;1\n2;3\n", "", NULL,
		":1: column 1: '1.234,5' is not a number; thousands "
		"separators are not read: remove them"},
	{"1 234;1\n2;3\n", "", NULL,
		":1: column 1: '1 234' is not a number; thousands separators "
		"are not read: remove them"},
	{"1,5 2,5\n3,5 4\n", "--separator=space --decimal=,",
		"|: 1.5 2.5, 3.5 4", NULL},
	{"\"1,5\",\"2\"\n3,\"4,5\"\n", "--decimal=,", "|: 1.5 2, 3 4.5", NULL},
	{"20,7\n17,9\n", "--separator=; --decimal=,",
		": 20.699999999999999, "
		"17.899999999999999",
		NULL},
	{"t\n20,7\n17,9\n", "", NULL, ":1: 't': " HEADER_OF_ONE},
	{"1.5;2\n3;4\n", "--decimal=,", NULL,
		":1: column 1: '1.5' is not a number; --decimal . reads "
		"decimal points; thousands separators are not read"},
	/* headers, names and dates */
	{"# c\n\nx,y\n\n1,2\n3,4\n\n5,6\n7,8\n", "", "x|y: 1 2, 3 4; 5 6, 7 8",
		NULL},
	{"\xef\xbb\xbfx,y\r\n1,2\r\n3,4\r\n", "", "x|y: 1 2, 3 4", NULL},
	{"x y z\nA 1 2 3\nB 4 5 6\n", "", "x|y|z: 1 2 3, 4 5 6", NULL},
	{"x,y,z\n1,2\n3,4\n", "", NULL,
		":2: 2 fields on the line, but 3 on the first line"},
	{"n,x\nA,1\n5,2\nB,3\n", "", NULL,
		":2: column 1 (n): 'A' is not a number; --columns selects the "
		"columns to read"},
	{"n,x\nA,1\n5,2\nB,3\n", "--columns=x", "x: 1, 2, 3", NULL},
	{"01.02.2020,1\n02.02.2020,2\n", "", ": 1, 2", NULL},
	{"x,\"a \"\"b\"\"\"\n1,2\n3,4\n", "", "x|a \"b\": 1 2, 3 4", NULL},
	/* headers of years and of the numbers of columns */
	{"n,1990,1991,1992\nA,1,2,3\nB,4,1991,5\n", "",
		"1990|1991|1992: 1 2 3, 4 1991 5", NULL},
	{"n,1990,1991,1992\nA,1,2,3\nB,4,5,9\n", "--layout=series",
		": 1, 2, 3; 4, 5, 9", NULL},
	{"1990,1991,1992\n1,2,4\n4,5,7\n", "", "1990|1991|1992: 1 2 4, 4 5 7",
		NULL},
	{"n,1990,1991,1992,mean\nA,1,2,3,2\nB,4,6,8,6\n", "",
		"1990|1991|1992|mean: 1 2 3 2, 4 6 8 6", NULL},
	{"n,i,1990,1991\nA,a,5,2\nB,b,4,1\n", "", "1990|1991: 5 2, 4 1", NULL},
	{"n,1990,1995,2000\nA,5,2,4\nB,4,1,2\n", "",
		"1990|1995|2000: 5 2 4, 4 1 2", NULL},
	{"n,1992,1991,1990\nA,5,2,4\nB,4,1,2\n", "",
		"1992|1991|1990: 5 2 4, 4 1 2", NULL},
	{"1990;1991;1992\n1,5;2;4\n4;5;7,5\n", "",
		"1990|1991|1992: 1.5 2 4, 4 5 7.5", NULL},
	{",0,1\n0,1,0\n1,0,1\n", "", "|0|1: 0 1 0, 1 0 1", NULL},
	{"date,0,1,2\n2020-01-01,5,6,7\n2020-01-02,6,2,1\n", "",
		"0|1|2: 5 6 7, 6 2 1", NULL},
	{"t,1,2\n0,2,6\n1,5,2\n", "", "t|1|2: 0 2 6, 1 5 2", NULL},
	{"0,1,2,3\n.5,.25,.125,4\n.25,.5,.5,9\n", "",
		"0|1|2|3: 0.5 0.25 0.125 4, 0.25 0.5 0.5 9", NULL},
	{"n,1,2,3,4\nA,.5,.5,.5,.5\nB,.5,.5,.5,9\n", "",
		"1|2|3|4: 0.5 0.5 0.5 0.5, 0.5 0.5 0.5 9", NULL},
	/* data that count */
	{"n,1990,1991,1992\nA,7,8,9\nB,5,6,7\n", "--layout=series",
		": 1990, 1991, 1992; 7, 8, 9; 5, 6, 7", NULL},
	{"A,1013,1014,1015\nB,1012,1013,1016\nC,1000,1002,1002\n", "",
		"||: 1013 1014 1015, 1012 1013 1016, 1000 1002 1002", NULL},
	{"1013,1014,1015\n1013.5,1014.5,1015\n1012,1011,1010.5\n", "",
		"||: 1013 1014 1015, 1013.5 1014.5 1015, 1012 1011 1010.5",
		NULL},
	{"A,1914,1915\nB,1939,1945\n", "", "|: 1914 1915, 1939 1945", NULL},
	{"1990,1991\n7,9\n5,8\n", "", "|: 1990 1991, 7 9, 5 8", NULL},
	{"1000,1500,2000\n7,9,3\n5,8,1\n", "",
		"||: 1000 1500 2000, 7 9 3, 5 8 1", NULL},
	{"1990,1991,1992\n1990,1989,1992\n", "",
		"||: 1990 1991 1992, 1990 1989 1992", NULL},
	{"1,2,3,4\n.5,.75,.5,.75\n", "--layout=series",
		": 1, 2, 3, 4; 0.5, 0.75, 0.5, 0.75", NULL},
	{"0,1,2,3\n.5,1.5,2.5,3.5\n.25,1.25,2.25,3.25\n", "--layout=series",
		": 0, 1, 2, 3; 0.5, 1.5, 2.5, 3.5; 0.25, 1.25, 2.25, 3.25",
		NULL},
	{"A,1,2,3,4\nB,10,20,30,40\n", "--layout=series",
		": 1, 2, 3, 4; 10, 20, 30, 40", NULL},
	{"n,1990,1991,1992,7\nA,1,2,3,2\nB,4,6,8,6\n", "",
		"|||: 1990 1991 1992 7, 1 2 3 2, 4 6 8 6", NULL},
	{"n,-5,1990,1991,1992\nA,1,2,3,5\nB,4,5,6,6\n", "",
		"|||: -5 1990 1991 1992, 1 2 3 5, 4 5 6 6", NULL},
	{"2020-01-01,1990,1991,1992\n2020-01-02,2,3,5\n", "",
		"||: 1990 1991 1992, 2 3 5", NULL},
	/* columns */
	{"a,b,c,d\n1,2,3,4\n5,6,7,8\n", "--columns=d,b", "d|b: 4 2, 8 6", NULL},
	{"a,b,c,d\n1,2,3,4\n5,6,7,8\n", "--columns=b-d", "b|c|d: 2 3 4, 6 7 8",
		NULL},
	{"a,b,c,d\n1,2,3,4\n5,6,7,8\n", "--columns=2-", "b|c|d: 2 3 4, 6 7 8",
		NULL},
	{"1,2,3,4\n5,6,7,8\n", "--columns=2,3-4,1", "|||: 2 3 4 1, 6 7 8 5",
		NULL},
	{"a-b,c-d\n1,2\n3,4\n", "--columns=c-d", "c-d: 2, 4", NULL},
	{"a-b,c-d\n1,2\n3,4\n", "--columns=a-b-c-d", "a-b|c-d: 1 2, 3 4", NULL},
	{"Open,Close\n1,2\n3,4\n", "--columns=close", "Close: 2, 4", NULL},
	{"\"a, b\",c\n1,2\n3,4\n", "--columns=\"a, b\"", "a, b: 1, 3", NULL},
	{"open,close\n1,2\n3,4\n", "--columns=closed", NULL,
		": --columns: 'closed' is not a column; did you mean 'close'?"},
	{"1,2\n3,4\n", "--columns=3", NULL,
		": --columns: '3' is not a column; the file has 2 columns "
		"without names"},
	{"1,2\n3,4\n", "--columns=2-1", NULL,
		": --columns: '2-1' is a range that goes backwards"},
	{"1,2\n3,4\n", "--columns=1-2,2", NULL,
		": --columns: column 2 is listed twice"},
	{"n,x\nA,1\nB,2\n", "--columns=n", NULL,
		":2: column 1 (n): 'A' is not a number; --columns selects the "
		"columns to read"},
	/* missing values */
	{"1,2\nNA,4\n5,6\n", "--missing=drop", "|: 1 2, 5 6", NULL},
	{"1,2\nNA,4\n5,6\n", "--missing=hold", "|: 1 2, 1 4, 5 6", NULL},
	{"1,\n2,3\n4,5\n", "--missing=drop", "|: 2 3, 4 5", NULL},
	{"1,2\n3,4\n\n5,n/a\n6,7\n", "--missing=hold", NULL,
		":4: column 2: the value is missing, and the sequence has "
		"none before it"},
	{"x,y\n1,?\n2,null\n3,4\n5,6\n", "--missing=drop", "x|y: 3 4, 5 6",
		NULL},
	{"d,x\nNA,1\nA,2\n", "", "x: 1, 2", NULL},
	{"x,e\n1,\n2,\n", "", "x: 1, 2", NULL},
	{"1,2\n\"\",4\n5,6\n", "--missing=hold", "|: 1 2, 1 4, 5 6", NULL},
	/* layouts */
	{"1,2,3\n4,5\n\n6,7,8,,\n", "--layout=series",
		": 1, 2, 3; 4, 5; 6, 7, 8", NULL},
	{"n,1960,x\nA,1,2\nB,3,4\n", "--layout=series --columns=2-", NULL,
		":1: column 3: 'x' is not a number; --columns selects the "
		"columns to read"},
	{"n,q1,q2\nA,1,2\nB,3,4\n", "--layout=series", ": 1, 2; 3, 4", NULL},
	{"2,1,2,3\n1,4,5,6\n", "--layout=series --columns=2-",
		": 1, 2, 3; 4, 5, 6", NULL},
	{"1,NA,3\n4,5,6\n", "--layout=series --missing=hold",
		": 1, 1, 3; 4, 5, 6", NULL},
	{"1,NA,3\n4,5,6\n", "--layout=series --missing=drop", ": 4, 5, 6",
		NULL},
	{"1,2,3\n4\n", "--layout=series", NULL, ":2: " ONE_POINT},
	{"1,2,0\n3,4,1\n", "--layout=strokes", "||: 1 2 0, 3 4 1", NULL},
};

/* Set settings from a list of options. */
static void
set_options(struct settings *settings, const char *options)
{
	char text[256], *word, *rest = text, *value;
	struct error error;

	settings_default(settings);
	settings->task = &task_points;
	snprintf(text, sizeof text, "%s", options);
	while (*rest != '\0') {
		word = rest + strlen("--");
		/* a name in quotes may contain blanks */
		value = strchr(word, '=');
		rest = strstr(value, " --");
		rest = rest != NULL ? rest : value + strlen(value);
		if (*rest != '\0')
			*rest++ = '\0';
		*value++ = '\0';
		for (size_t i = 0; setting_list[i] != NULL; i++)
			if (strcmp(setting_list[i]->option, word) == 0)
				ck_assert_msg(setting_parse(setting_list[i],
						      settings, value, &error),
					"%s", error.text);
	}
}

START_TEST(options_decide_how_a_file_is_read)
{
	struct settings settings;
	struct sequences_config config;
	char path[FOLDER_PATH_SIZE];

	write_here("a.csv", cases[_i].file);
	set_options(&settings, cases[_i].options);
	config = settings_sequences(&settings);
	config.path = path_here(path, "a.csv");
	if (cases[_i].reading != NULL)
		expect_reading(&config, cases[_i].reading);
	else
		expect_refusal(&config, cases[_i].refusal);
}
END_TEST

START_TEST(fields_beyond_the_first_lines_are_checked_too)
{
	char *text = malloc(200000), path[FOLDER_PATH_SIZE];
	const struct sequences_config config = {
		.path = path_here(path, "a.csv"),
	};
	size_t length = 0;

	ck_assert_ptr_nonnull(text);
	for (int i = 0; i < 20000; i++)
		length += (size_t)sprintf(text + length, "%d;A\n", i % 10);
	strcpy(text + length, "x;A\n");
	write_here("a.csv", text);
	free(text);
	expect_refusal(&config,
		":20001: column 1: 'x' is not a number; --columns selects the "
		"columns to read");
}
END_TEST

/* A run that is resumed reads the file as it did. */
START_TEST(a_resumed_run_reads_the_file_alike)
{
	char *all, *parts;
	size_t size, parts_size;

	write_here("a.csv", "d;a;b\nx;1,5;2\ny;3;NA\nz;4;5\n");
#define READ                                                       \
	"train", "--quiet", "--task", "points", "--data", "a.csv", \
		"--columns", "b,a", "--missing", "hold", "--seed", "3"
	MUST(READ, "--updates", "8", "all.st");
	MUST(READ, "--updates", "3", "parts.st");
	MUST("train", "--quiet", "--updates", "8", "parts.st");
	all = read_here("all.st", &size);
	parts = read_here("parts.st", &parts_size);
	ck_assert_uint_eq(size, parts_size);
	ck_assert_mem_eq(all, parts, size);
	free(all);
	free(parts);
}
END_TEST

START_TEST(a_column_that_is_not_there_is_wrong_usage)
{
	struct outcome outcome;

	write_here("a.csv", "open,close\n1,2\n3,4\n");
	RUN(&outcome, "train", "--task", "points", "--data", "a.csv",
		"--columns", "cloze");
	ck_assert_int_eq(outcome.status, 2);
	ck_assert_ptr_nonnull(strstr(outcome.errors, "did you mean 'close'?"));
	outcome_release(&outcome);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("dialects");
	TCase *tcase = add_case(suite, "dialects");

	suite_add_loop(tcase, every_file_is_read_or_refused_as_expected, 0,
		COUNT(files));
	tcase_add_test(tcase, no_file_is_left_out);
	suite_add_loop(tcase, options_decide_how_a_file_is_read, 0,
		COUNT(cases));
	tcase_add_test(tcase, fields_beyond_the_first_lines_are_checked_too);
	tcase_add_test(tcase, a_resumed_run_reads_the_file_alike);
	tcase_add_test(tcase, a_column_that_is_not_there_is_wrong_usage);
	return suite;
}

int
main(void)
{
	return suite_run(make_suite());
}
