/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of forged and foreign model files, with wrong headers, tensors or
 * metadata. Every command and the interface refuse them with one clear line and
 * status 1, leave them unchanged, and never crash. LSTMTUI_FAULTS_ALL=1: every
 * command reads every file; otherwise some do (bad_file.h).
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bad_file.h"
#include "suite.h"

START_TEST(the_valid_file_is_accepted)
{
	/* also if another writer has laid out the same header */
	write_good_as_bad();
	for (size_t i = 0; i < READERS; i++) {
		struct outcome outcome;

		run_reader(i, BAD, &outcome);
		expect_status(&outcome, 0);
		ck_assert_str_eq(outcome.errors, "");
		outcome_release(&outcome);
	}
}
END_TEST

/* Files without a valid header. */

static const struct {
	const char *what, *bytes;
	size_t length;
} stubs[] = {
	{"empty", "", 0},
	{"one byte", "x", 1},
	{"half a length", "\x10\0\0\0", 4},
	{"a length alone", "\x10\0\0\0\0\0\0\0", 8},
	{"a length of zero", "\0\0\0\0\0\0\0\0", 8},
	{"a length of zero, then data", "\0\0\0\0\0\0\0\0{}      ", 16},
	{"a header of 100 GB", "\0\xe8\x76\x48\x17\0\0\0{}      ", 16},
	{"a header of 2^63", "\0\0\0\0\0\0\0\x80{}      ", 16},
	{"a header of 2^64 - 1", "\xff\xff\xff\xff\xff\xff\xff\xff{}", 10},
	{"a header of 2^64 - 8", "\xf8\xff\xff\xff\xff\xff\xff\xff{}", 10},
	{"a header one byte too long", "\x09\0\0\0\0\0\0\0{}      ", 16},
	{"text", "hello, this is no model at all\n", 31},
	{"an empty object", "\x08\0\0\0\0\0\0\0{}      ", 16},
	{"an empty metadata", "\x18\0\0\0\0\0\0\0{\"__metadata__\":{}}     ",
		32},
};

START_TEST(a_file_with_an_incomplete_header_is_refused)
{
	write_bad(stubs[_i].bytes, stubs[_i].length);
	expect_refusal(stubs[_i].what, (size_t)_i);
}
END_TEST

static const char *const headers[] = {
	"[]",
	"[1,2,3]",
	"null",
	"true",
	"\"text\"",
	"17",
	"{",
	"{\"a\"",
	"{\"a\":}",
	"{\"a\":1,}",
	"{} {}",
	"{}x",
	"{'a':1}",
	"{\"a\":NaN}",
	"{\"__metadata__\":[]}",
	"{\"__metadata__\":null}",
	"{\"__metadata__\":\"text\"}",
	"{\"__metadata__\":{\"format\":1}}",
	"{\"a\":1}",
	"{\"a\":[]}",
	"{\"a\":{}}",
	"{\"a\":null}",
	"{\"\\u0000\":{}}",
	"{\"\\ud800\":{}}",
	"{\"\xff\":{}}",
	"{\"a\":1e999}",
	"{\"a\":99999999999999999999999999999999}",
	"{\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[]}}",
	"{\"a\":{\"dtype\":7,\"shape\":[1],\"data_offsets\":[0,4]}}",
	"{\"a\":{\"dtype\":\"F32\",\"shape\":1,\"data_offsets\":[0,4]}}",
	"{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":4}}",
	"{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0.0,4]}}",
	"{\"a\":{\"dtype\":\"F32\",\"shape\":[\"1\"],\"data_offsets\":[0,4]}}",
};

START_TEST(a_header_that_describes_no_tensors_is_refused)
{
	write_header(headers[_i]);
	expect_refusal(headers[_i], (size_t)_i);
}
END_TEST

/* Repeat a text many times to make a header. */
static void
write_repeated(const char *text, size_t times)
{
	size_t length = strlen(text);
	char *header = malloc(length * times + 1);

	ck_assert_ptr_nonnull(header);
	for (size_t i = 0; i < times; i++)
		memcpy(header + i * length, text, length);
	header[length * times] = '\0';
	write_header(header);
	free(header);
}

START_TEST(a_deeply_nested_header_is_refused)
{
	write_repeated("[", 200000);
	expect_bad("brackets");
	write_repeated("{\"a\":", 200000);
	expect_bad("braces");
}
END_TEST

START_TEST(duplicate_keys_are_refused)
{
	char *header = json_dumps(good.header, JSON_COMPACT);
	char *entry = json_dumps(entry_of("lstm.bias"), JSON_COMPACT);
	size_t size = strlen(header) + strlen(entry) + 64;
	char *twice = malloc(size);

	ck_assert_ptr_nonnull(twice);
	snprintf(twice, size, "{\"lstm.bias\":%s,%s", entry, header + 1);
	write_header(twice);
	expect_bad("a tensor twice");
	snprintf(twice, size, "{\"__metadata__\":{},%s", header + 1);
	write_header(twice);
	expect_bad("the metadata twice");
	free(header);
	free(entry);
	free(twice);
}
END_TEST

START_TEST(a_huge_sparse_file_is_refused_without_reading_it)
{
	/* a header of 100 GB that exists, as a hole of a sparse file */
	static const char length[] = "\0\xe8\x76\x48\x17\0\0\0{";
	char path[FOLDER_PATH_SIZE];
	struct outcome outcome;

	write_bad(length, sizeof length - 1);
	if (truncate(path_of(path, BAD), 101000000000) != 0) {
		printf("not tested: no sparse file of 101 GB here\n");
		return;
	}
	run_reader(0, BAD, &outcome);
	expect_failure(&outcome, BAD);
	expect_modest_memory(&outcome);
	outcome_release(&outcome);
	unlink(path);
}
END_TEST

/* Changes of one tensor's entry. */

static const struct {
	const char *what, *key, *value; /* the value as JSON */
} entries[] = {
	{"an unknown type", "dtype", "\"F33\""},
	{"an empty type", "dtype", "\"\""},
	{"another type of the same size", "dtype", "\"I32\""},
	{"a type of another size", "dtype", "\"F64\""},
	{"no type", "dtype", "null"},
	{"a larger shape", "shape", "[2,41]"},
	{"a smaller shape", "shape", "[2,39]"},
	{"a transposed shape", "shape", "[40,2]"},
	{"a flat shape", "shape", "[80]"},
	{"a shape of no dimension", "shape", "[]"},
	{"a shape of more dimensions", "shape", "[1,2,40]"},
	{"a negative shape", "shape", "[-2,-40]"},
	{"a shape of zero", "shape", "[0,40]"},
	{"a shape that overflows to fit", "shape", "[4611686018427387904,4,1]"},
	{"a shape of 2^63 - 1", "shape", "[9223372036854775807,1]"},
	{"a fractional shape", "shape", "[2.0,40]"},
	{"a shape of words", "shape", "[\"2\",40]"},
	{"a shape of very many dimensions", "shape",
		"[2,40,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]"},
	{"offsets beyond the end", "data_offsets", "[1000000000,1000000320]"},
	{"offsets backwards", "data_offsets", "[320,0]"},
	{"negative offsets", "data_offsets", "[-320,0]"},
	{"offsets of 2^63", "data_offsets",
		"[9223372036854775487,9223372036854775807]"},
	{"offsets that overflow", "data_offsets", "[0,-9223372036854775808]"},
	{"one offset", "data_offsets", "[0]"},
	{"three offsets", "data_offsets", "[0,320,640]"},
	{"no offsets", "data_offsets", "[]"},
	{"offsets of nothing", "data_offsets", "[0,0]"},
};

START_TEST(a_tensor_that_is_described_wrongly_is_refused)
{
	set(entry_of("lstm.kernel"), entries[_i].key,
		json_loads(entries[_i].value, JSON_DECODE_ANY, NULL));
	write_good_as_bad();
	expect_refusal(entries[_i].what, (size_t)_i);
}
END_TEST

/* Shift the offsets of all tensors from a certain offset on. */
static void
shift_offsets(json_int_t from, json_int_t by)
{
	const char *name;
	json_t *entry;

	json_object_foreach(good.header, name, entry)
	{
		json_t *offsets = json_object_get(entry, "data_offsets");
		json_int_t begin, end;

		if (offsets == NULL)
			continue;
		begin = json_integer_value(json_array_get(offsets, 0));
		end = json_integer_value(json_array_get(offsets, 1));
		if (begin >= from)
			set(entry, "data_offsets",
				json_pack("[I, I]", begin + by, end + by));
	}
}

START_TEST(overlapping_tensors_are_refused)
{
	/* two tensors of one shape at one place; the second place is a hole */
	set(entry_of("optimizer.m.lstm.kernel"), "data_offsets",
		json_deep_copy(json_object_get(entry_of("lstm.kernel"),
			"data_offsets")));
	write_good_as_bad();
	expect_bad("two in one place");
}
END_TEST

START_TEST(tensors_that_overlap_in_part_are_refused)
{
	shift_offsets(1, -4);
	write_good_as_bad();
	expect_bad("a part in common");
}
END_TEST

START_TEST(gaps_between_tensors_are_refused)
{
	char *data = calloc(1, good.length + 8);

	ck_assert_ptr_nonnull(data);
	/*
	 * eight bytes before all tensors, then the same between the first two
	 */
	memcpy(data + 8, good.data, good.length);
	free(good.data);
	good.data = data;
	good.length += 8;
	shift_offsets(0, 8);
	write_good_as_bad();
	expect_bad("a hole before the first");
	shift_offsets(8, -8);
	shift_offsets(1, 8);
	write_good_as_bad();
	expect_bad("a hole between two");
}
END_TEST

START_TEST(bytes_after_the_last_tensor_are_refused)
{
	char path[FOLDER_PATH_SIZE];
	size_t length;
	char *bytes = file_read(path_of(path, GOOD), &length);

	/* include the '\0' that file_read appends */
	write_bad(bytes, length + 1);
	free(bytes);
	expect_bad("one byte more");
}
END_TEST

static const char *const weights[] = {"lstm.kernel", "lstm.recurrent_kernel",
	"lstm.bias", "dense.kernel", "dense.bias", "optimizer.m.lstm.kernel",
	"optimizer.v.dense.bias"};

START_TEST(a_missing_tensor_is_refused)
{
	char other[256];
	json_t *entry = json_incref(entry_of(weights[_i]));

	json_object_del(good.header, weights[_i]);
	snprintf(other, sizeof other, "other.%s", weights[_i]);
	set(good.header, other, entry);
	write_good_as_bad();
	expect_refusal(weights[_i], (size_t)_i);
}
END_TEST

START_TEST(weights_that_are_nan_or_infinite_are_refused)
{
	static const float values[] = {NAN, INFINITY, -INFINITY};

	for (size_t i = 0; i < 3; i++) {
		size_t length;
		char *data = tensors_find(&good, weights[_i], "F32", &length);
		float old;

		memcpy(&old, data + length - sizeof old, sizeof old);
		memcpy(data + length - sizeof old, &values[i], sizeof old);
		write_good_as_bad();
		expect_refusal(weights[_i], (size_t)_i * 3 + i);
		memcpy(data + length - sizeof old, &old, sizeof old);
	}
}
END_TEST

START_TEST(units_that_contradict_the_weights_are_refused)
{
	static const char *const units[] = {"9", "11", "10,10", "0", "-10", "",
		"ten", "65536", "99999999999999999999",
		"10,10,10,10,10,10,10,10,10,10,10,10,10,10,10,10,10,10"};

	for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
		set(metadata(), "units", json_string(units[i]));
		write_good_as_bad();
		expect_refusal(units[i], i);
	}
}
END_TEST

/* Numbers that are read one by one. */

#define TALE_MODEL "text.safetensors"

/* A tensor of F64 or another type in the place of that of a good file. */
struct forgery {
	const char *what, *tensor, *type, *shape;
	double values[4];
	size_t bytes; /* more than the values: zeros follow */
};

/* Write BAD: the tensors of a file, with the forged one. */
static void
write_forged(const char *from, const struct forgery *forgery)
{
	struct tensors source, forged;
	char path[FOLDER_PATH_SIZE];
	char *bytes = calloc(1, forgery->bytes + sizeof forgery->values);
	const char *name;
	json_t *entry;

	ck_assert_ptr_nonnull(bytes);
	memcpy(bytes, forgery->values, sizeof forgery->values);
	tensors_read(&source, path_of(path, from));
	tensors_begin(&forged);
	json_object_foreach(source.header, name, entry)
	{
		size_t length;
		const void *data;

		if (strcmp(name, "__metadata__") == 0) {
			json_object_set(forged.header, name, entry);
			continue;
		}
		if (strcmp(name, forgery->tensor) == 0) {
			json_t *shape = json_loads(forgery->shape, 0, NULL);

			ck_assert_ptr_nonnull(shape);
			tensors_append(&forged, name, forgery->type, shape,
				bytes, forgery->bytes);
			json_decref(shape);
			continue;
		}
		data = tensors_find(&source, name, NULL, &length);
		tensors_append(&forged, name,
			json_string_value(json_object_get(entry, "dtype")),
			json_object_get(entry, "shape"), data, length);
	}
	tensors_write(&forged, path_of(path, BAD));
	tensors_release(&source);
	tensors_release(&forged);
	free(bytes);
}

static const struct forgery averages[] = {
	{"two averages", "history.best_average", "F64", "[2]", {1, 1}, 16},
	{"half an average", "history.best_average", "F32", "[1]", {1}, 4},
	{"an average of integers", "history.best_average", "I64", "[1]", {1},
		8},
	{"no average", "history.best_average", "F64", "[0]", {1}, 0},
};

START_TEST(a_best_average_of_another_form_is_refused)
{
	/* the same without a fault is accepted */
	static const struct forgery good_one = {"a good average",
		"history.best_average", "F64", "[1]", {0.5}, 8};

	write_forged(GOOD, &good_one);
	ck_assert(opens_bad(good_one.what));
	write_forged(GOOD, &averages[_i]);
	expect_refusal(averages[_i].what, (size_t)_i);
}
END_TEST

static const struct forgery validations[] = {
	{"too many validations", "validation.losses", "F64", "[513,2]", {1, 2},
		513 * 16},
	{"no pairs", "validation.losses", "F64", "[4]", {1, 2, 3, 4}, 32},
	{"three numbers each", "validation.losses", "F64", "[1,3]", {1, 2, 3},
		24},
	{"floats", "validation.losses", "F32", "[2,2]", {1, 2}, 16},
	{"a negative update", "validation.losses", "F64", "[1,2]", {-1, 2}, 16},
	{"an update that is NaN", "validation.losses", "F64", "[1,2]",
		{(double)NAN, 2}, 16},
	{"an infinite update", "validation.losses", "F64", "[1,2]",
		{(double)INFINITY, 2}, 16},
	{"updates that fall", "validation.losses", "F64", "[2,2]",
		{20, 2, 10, 2}, 32},
	{"one update twice", "validation.losses", "F64", "[2,2]",
		{10, 2, 10, 2}, 32},
	{"a negative loss", "validation.losses", "F64", "[2,2]",
		{10, 2, 20, -2}, 32},
	{"a loss that is NaN", "validation.losses", "F64", "[2,2]",
		{10, (double)NAN, 20, 2}, 32},
	{"an infinite loss", "validation.losses", "F64", "[2,2]",
		{10, 2, 20, (double)INFINITY}, 32},
	{"a negative last loss", "validation", "F64", "[4]", {1, -2, 2, 1}, 32},
	{"a negative best loss", "validation", "F64", "[4]", {1, 2, -2, 1}, 32},
	{"a negative number of epochs", "validation", "F64", "[4]",
		{-1, 2, 2, 0}, 32},
	{"epochs that are NaN", "validation", "F64", "[4]",
		{(double)NAN, 2, 2, 0}, 32},
	{"a best epoch beyond all", "validation", "F64", "[4]", {1, 2, 2, 1e30},
		32},
	{"three numbers", "validation", "F64", "[3]", {1, 2, 2}, 24},
};

START_TEST(validations_that_cannot_be_are_refused)
{
	static const struct forgery good_one = {"two validations",
		"validation.losses", "F64", "[2,2]", {10, 2, 20, 2}, 32};

	write_here("t.txt",
		"abracadabra, abracadabra, abracadabra, and again abracadabra\n"
		"abracadabra, abracadabra, abracadabra, and so on and on\n");
	MUST("train", "--quiet", "--task", "text", "--data", "t.txt", "--seed",
		"1", "--updates", "20", "--units", "4", "--sequence-length",
		"8", "--batch", "1", "--validation", "0.2", TALE_MODEL);
	write_forged(TALE_MODEL, &good_one);
	ck_assert(opens_bad(good_one.what));
	for (size_t i = 0; i < COUNT(validations); i++) {
		write_forged(TALE_MODEL, &validations[i]);
		expect_refusal(validations[i].what, i);
	}
}
END_TEST

static const struct forgery scalings[] = {
	{"offsets as floats", "scaling.offset", "F32", "[2]", {900}, 8},
	{"an offset too many", "scaling.offset", "F64", "[3]", {1, 2, 3}, 24},
	{"a factor less", "scaling.factor", "F64", "[1]", {1}, 8},
	{"a factor of 0", "scaling.factor", "F64", "[2]", {1, 0}, 16},
	{"a negative factor", "scaling.factor", "F64", "[2]", {1, -1}, 16},
	{"a factor that is NaN", "scaling.factor", "F64", "[2]",
		{1, (double)NAN}, 16},
	{"an infinite factor", "scaling.factor", "F64", "[2]",
		{1, (double)INFINITY}, 16},
	{"an offset that is NaN", "scaling.offset", "F64", "[2]",
		{(double)NAN, 1}, 16},
	{"an offset beyond all floats", "scaling.offset", "F64", "[2]",
		{1e300, 1}, 16},
};

/* Train a model of points, and return the content of its file. */
static void
train_points(const char *scale, struct tensors *tensors)
{
	write_here("p.csv", "900,3\n904,4\n901,3\n903,5\n");
	MUST("train", "--quiet", "--task", "points", "--data", "p.csv",
		"--seed", "1", "--updates", "3", "--units", "2", "--scale",
		scale, "--force", TALE_MODEL);
	read_tensors_here(tensors, TALE_MODEL);
}

START_TEST(scalings_that_cannot_be_are_refused)
{
	static const struct forgery good_one = {"another scaling",
		"scaling.offset", "F64", "[2]", {1, 2}, 16};
	char path[FOLDER_PATH_SIZE];
	struct tensors tensors;

	train_points("standard", &tensors);
	write_forged(TALE_MODEL, &good_one);
	ck_assert(opens_bad(good_one.what));
	for (size_t i = 0; i < COUNT(scalings); i++) {
		write_forged(TALE_MODEL, &scalings[i]);
		expect_refusal(scalings[i].what, i);
	}
	/* a run that scales nothing */
	json_object_set_new(json_object_get(tensors.header, "__metadata__"),
		"scale", json_string("none"));
	tensors_write(&tensors, path_of(path, BAD));
	expect_refusal("a scaling with --scale none", 0);
	tensors_release(&tensors);
	train_points("none", &tensors);
	json_object_set_new(json_object_get(tensors.header, "__metadata__"),
		"scale", json_string("standard"));
	tensors_write(&tensors, path_of(path, BAD));
	expect_refusal("no scaling with --scale standard", 1);
	tensors_release(&tensors);
}
END_TEST

static const struct forgery snapshots[] = {
	{"floats", "snapshots.tokens", "F32", "[2,100]", {0}, 800},
	{"one snapshot less", "snapshots.tokens", "U32", "[1,100]", {0}, 400},
	{"short texts", "snapshots.tokens", "U32", "[2,99]", {0}, 792},
	{"no list", "snapshots.tokens", "U32", "[200]", {0}, 800},
	{"a token without a character", "snapshots.tokens", "U32", "[2,100]",
		{1}, 800},
	{"too many updates", "snapshots.at", "F64", "[65,2]", {5, 2}, 1040},
	{"an update before the first", "snapshots.at", "F64", "[2,2]",
		{5, 2, 0, 2}, 32},
};

START_TEST(snapshots_that_cannot_be_are_refused)
{
	static const struct forgery good_one = {"tokens 0", "snapshots.tokens",
		"U32", "[2,100]", {0}, 800};

	write_here("t.txt",
		"abracadabra, abracadabra, abracadabra, and again abracadabra\n"
		"abracadabra, abracadabra, abracadabra, and so on and on\n");
	MUST("train", "--quiet", "--task", "text", "--data", "t.txt", "--seed",
		"1", "--updates", "20", "--units", "4", "--sequence-length",
		"8", "--batch", "1", "--snapshots", "5,10", TALE_MODEL);
	write_forged(TALE_MODEL, &good_one);
	ck_assert(opens_bad(good_one.what));
	for (size_t i = 0; i < COUNT(snapshots); i++) {
		write_forged(TALE_MODEL, &snapshots[i]);
		expect_refusal(snapshots[i].what, i);
	}
}
END_TEST

/* Files of other programs and of newer versions. */

START_TEST(a_foreign_safetensors_file_is_refused)
{
	json_object_del(good.header, "__metadata__");
	write_good_as_bad();
	expect_bad("no metadata");
	set(good.header, "__metadata__", json_pack("{s: s}", "format", "pt"));
	write_good_as_bad();
	expect_bad("another program's metadata");
}
END_TEST

START_TEST(a_newer_version_is_refused)
{
	static const char *const versions[] = {"3", "10",
		"18446744073709551615", "99999999999999999999", "-1", "1.5", "",
		"one"};

	ck_assert_str_eq(tensors_metadata(&good, "version"), "1");
	for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++) {
		set(metadata(), "version", json_string(versions[i]));
		write_good_as_bad();
		expect_refusal(versions[i], i);
	}
	json_object_del(metadata(), "version");
	write_good_as_bad();
	expect_bad("no version");
}
END_TEST

START_TEST(arbitrary_metadata_do_no_harm)
{
	static const char *const values[] = {NULL, "", "x", "-1", "0",
		"99999999999999999999", "nan", "1e999", "0.5",
		"18446744073709551615", "%s%n", "\xc3\xa9"};
	json_t *keys = json_deep_copy(metadata()), *value;
	size_t number = 0;
	const char *key;
	char what[256];

	json_object_foreach(keys, key, value) for (size_t i = 0;
						   i < COUNT(values); i++)
	{
		if (values[i] == NULL)
			json_object_del(metadata(), key);
		else
			set(metadata(), key, json_string(values[i]));
		snprintf(what, sizeof what, "%s: %s", key,
			values[i] != NULL ? values[i] : "missing");
		write_good_as_bad();
		expect_decent_work(what, number++);
		json_object_set(metadata(), key, value);
	}
	json_decref(keys);
}
END_TEST

START_TEST(very_long_metadata_do_no_harm)
{
	enum { LONG = 100000 };
	json_t *keys = json_deep_copy(metadata()), *value;
	char *text = malloc(LONG + 1);
	size_t number = 0;
	const char *key;

	ck_assert_ptr_nonnull(text);
	memset(text, '7', LONG);
	text[LONG] = '\0';
	json_object_foreach(keys, key, value)
	{
		set(metadata(), key, json_string(text));
		write_good_as_bad();
		expect_decency(key, number++);
		json_object_set(metadata(), key, value);
	}
	json_decref(keys);
	free(text);
}
END_TEST

/*
 * Counts that no tensor confirms: a model file of 14 kB must not make
 * generation allocate gigabytes or run for hours.
 */
static const struct {
	const char *options[8], *key, *value, *named;
} counts[] = {
	{{"--task", "points"}, "points", "100000000", "'points'"},
	{{"--task", "points"}, "points", "1073741824", "'points'"},
	{{"--task", "points", "--framing", "sequence"}, "points", "2097153",
		"'points'"},
	{{"--task", "points", "--framing", "one-to-many", "--window", "2"},
		"window", "1048576", "--window"},
	{{"--task", "text"}, "points", "501", "'points'"},
	{{"--task", "text", "--framing", "many-to-one"}, "window", "1048576",
		"--window"},
	{{"--task", "text", "--framing", "one-to-many"}, "window", "1048576",
		"--window"},
};

static void
make_model(const char *const *options)
{
	const char *words[32] = {"train", "--quiet", "--seed", "1", "--updates",
		"2", "--units", "2", "--data", "data.csv"};
	size_t count = 10;

	for (size_t i = 0; options[i] != NULL; i++)
		words[count++] = options[i];
	words[count] = BAD;
	write_here("data.csv", "1,2\n2,3\n3,4\n4,5\n5,6\n");
	must_run(words);
}

START_TEST(counts_that_determine_sizes_are_bounded)
{
	enum {
		SMALL_KILOBYTES = 300000
	}; /* enough for a build with sanitizers too */
	struct tensors tensors;
	struct outcome outcome;
	char path[FOLDER_PATH_SIZE];

	make_model(counts[_i].options);
	read_tensors_here(&tensors, BAD);
	set(json_object_get(tensors.header, "__metadata__"), counts[_i].key,
		json_string(counts[_i].value));
	tensors_write(&tensors, path_of(path, BAD));
	tensors_release(&tensors);
	expect_refusal(counts[_i].value, (size_t)_i);
	RUN(&outcome, "generate", BAD);
	expect_failure(&outcome, counts[_i].named);
	ck_assert_int_lt(outcome.peak_kilobytes, SMALL_KILOBYTES);
	outcome_release(&outcome);
}
END_TEST

static void
add_headers(Suite *suite)
{
	TCase *tcase = add_bad_case(suite, "headers");

	tcase_add_test(tcase, the_valid_file_is_accepted);
	suite_add_loop(tcase, a_file_with_an_incomplete_header_is_refused, 0,
		COUNT(stubs));
	suite_add_loop(tcase, a_header_that_describes_no_tensors_is_refused, 0,
		COUNT(headers));
	tcase_add_test(tcase, a_deeply_nested_header_is_refused);
	tcase_add_test(tcase, duplicate_keys_are_refused);
	tcase_add_test(tcase, a_huge_sparse_file_is_refused_without_reading_it);
}

static void
add_tensors(Suite *suite)
{
	TCase *tcase = add_bad_case(suite, "tensors");

	suite_add_loop(tcase, a_tensor_that_is_described_wrongly_is_refused, 0,
		COUNT(entries));
	tcase_add_test(tcase, overlapping_tensors_are_refused);
	tcase_add_test(tcase, tensors_that_overlap_in_part_are_refused);
	tcase_add_test(tcase, gaps_between_tensors_are_refused);
	tcase_add_test(tcase, bytes_after_the_last_tensor_are_refused);
	suite_add_loop(tcase, a_missing_tensor_is_refused, 0, COUNT(weights));
	suite_add_loop(tcase, weights_that_are_nan_or_infinite_are_refused, 0,
		COUNT(weights));
	tcase_add_test(tcase, units_that_contradict_the_weights_are_refused);
	suite_add_loop(tcase, a_best_average_of_another_form_is_refused, 0,
		COUNT(averages));
	tcase_add_test(tcase, validations_that_cannot_be_are_refused);
	tcase_add_test(tcase, scalings_that_cannot_be_are_refused);
	tcase_add_test(tcase, snapshots_that_cannot_be_are_refused);
}

static void
add_metadata(Suite *suite)
{
	TCase *tcase = add_bad_case(suite, "metadata");

	tcase_add_test(tcase, a_foreign_safetensors_file_is_refused);
	tcase_add_test(tcase, a_newer_version_is_refused);
	tcase_add_test(tcase, arbitrary_metadata_do_no_harm);
	tcase_add_test(tcase, very_long_metadata_do_no_harm);
	suite_add_loop(tcase, counts_that_determine_sizes_are_bounded, 0,
		COUNT(counts));
}

int
main(void)
{
	Suite *suite = suite_create("bad_files");

	add_headers(suite);
	add_tensors(suite);
	add_metadata(suite);
	return suite_run(suite);
}
