/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the readers of archives, arrays and pickles, with bytes written here
 * and by file/zip_writer.h: what they read, and forged input, which is refused
 * before any memory is allocated for what it claims.
 */
#include <check.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/byte_order.h"
#include "base/bytes.h"
#include "file/npy_reader.h"
#include "file/pickle_reader.h"
#include "file/tensor_file.h"
#include "file/torch_reader.h"
#include "file/zip_reader.h"
#include "file/zip_writer.h"
#include "suite.h"

/* What is said of a size of 33 to 64 bits: it may not fit into a size_t. */
#if SIZE_MAX > UINT32_MAX
#define CAUSE_64(cause) cause
#else
#define CAUSE_64(cause) "its shape is wrong"
#endif

/* ---------------------------------------------------------------------- */
/* archives */

/* Write an archive with the members "a", 5 bytes, and "b/c", 3 bytes. */
static struct bytes
write_archive(void)
{
	struct zip_writer writer = {0};
	struct bytes archive = {0};
	struct error error;

	zip_writer_add(&writer, "a", "hello", 5, 1);
	zip_writer_add(&writer, "b/c", "xyz", 3, 64);
	ck_assert(zip_writer_end(&writer, &archive, &error));
	return archive;
}

/* Where the entry of a member is in the central directory. */
static size_t
entry_at(const struct bytes *archive, size_t number)
{
	for (size_t i = 0; i + 4 <= archive->count; i++)
		if (memcmp(archive->data + i, "PK\1\2", 4) == 0 &&
			number-- == 0)
			return i;
	ck_abort_msg("no entry");
	return 0;
}

/* Expect that an archive is refused with this cause. Release it. */
static void
expect_refused(struct bytes *bytes, const char *cause)
{
	struct zip_archive archive;
	struct error error;

	ck_assert_msg(!zip_open(&archive, bytes->data, bytes->count, &error),
		"accepted instead of: %s", cause);
	ck_assert_msg(strstr(error.text, cause) != NULL, "%s", error.text);
	zip_close(&archive);
	bytes_release(bytes);
}

START_TEST(members_are_read)
{
	struct bytes bytes = write_archive();
	struct zip_archive archive;
	struct zip_member *member;
	const unsigned char *content;
	struct error error;

	ck_assert(zip_open(&archive, bytes.data, bytes.count, &error));
	ck_assert_uint_eq(archive.members, 2);
	member = zip_find(&archive, "b/c");
	ck_assert_ptr_nonnull(member);
	ck_assert_uint_eq(member->size, 3);
	content = zip_content(&archive, member, &error);
	ck_assert_mem_eq(content, "xyz", 3);
	ck_assert_uint_eq((size_t)(content - bytes.data) % 64, 0);
	ck_assert_ptr_null(zip_find(&archive, "b"));
	zip_close(&archive);
	bytes_release(&bytes);
}
END_TEST

/* Replace a number of the entry of a member in the directory. */
static const struct {
	size_t entry, offset, size;
	uint64_t number;
	const char *cause;
} entries[] = {
	{0, 42, 4, 1, "member 1 of the archive is wrong"}, /* header */
	{0, 42, 4, 1 << 20, "member 1 of the archive is wrong"},
	{0, 20, 4, 1 << 20, "member 1 of the archive is wrong"}, /* packed */
	{0, 24, 4, 6, "member 1 of the archive is wrong"},       /* size */
	{0, 20, 4, UINT32_MAX, "member 1 of the archive is wrong"},
	{0, 28, 2, 2, "member 1 of the archive is wrong"}, /* name */
	{1, 28, 2, 9999, "member 2 of the archive is wrong"},
	{1, 30, 2, 9999, "member 2 of the archive is wrong"}, /* extra */
	{0, 10, 2, 12, "member 1 of the archive is wrong"},   /* method */
	{0, 0, 4, 0, "member 1 of the archive is wrong"},
};

START_TEST(a_wrong_directory_is_refused)
{
	struct bytes bytes = write_archive();

	bytes_set_number(&bytes,
		entry_at(&bytes, entries[_i].entry) + entries[_i].offset,
		entries[_i].number, entries[_i].size);
	expect_refused(&bytes, entries[_i].cause);
}
END_TEST

START_TEST(a_wrong_end_is_refused)
{
	struct bytes bytes = write_archive();

	bytes.count--;
	expect_refused(&bytes, "the archive has no end");
	bytes = write_archive();
	/* entries, the size and the place of the directory */
	bytes_set_number(&bytes, bytes.count - 12, 40000, 2);
	expect_refused(&bytes, "fewer members than it states");
	bytes = write_archive();
	bytes_set_number(&bytes, bytes.count - 12, 1, 2);
	expect_refused(&bytes, "more members than it states");
	bytes = write_archive();
	bytes_set_number(&bytes, bytes.count - 10, UINT32_MAX, 4);
	expect_refused(&bytes, "outside the archive");
	bytes = write_archive();
	bytes_set_number(&bytes, bytes.count - 6, UINT32_MAX - 1, 4);
	expect_refused(&bytes, "outside the archive");
	bytes = (struct bytes){0};
	bytes_add_text(&bytes, "PK\3\4");
	expect_refused(&bytes, "the archive has no end");
}
END_TEST

START_TEST(members_that_overlap_or_repeat_are_refused)
{
	struct zip_writer writer = {0};
	struct bytes bytes = write_archive();
	struct error error;
	size_t second = entry_at(&bytes, 1);

	/* the second is the first again */
	bytes_set_number(&bytes, second + 42, 0, 4);
	expect_refused(&bytes, "member 2 of the archive is wrong");
	zip_writer_add(&writer, "a", "x", 1, 1);
	zip_writer_add(&writer, "a", "y", 1, 1);
	bytes = (struct bytes){0};
	ck_assert(zip_writer_end(&writer, &bytes, &error));
	expect_refused(&bytes, "two members have the name 'a'");
	bytes = write_archive();
	/* the first reaches into the second: both sizes are larger */
	bytes_set_number(&bytes, entry_at(&bytes, 0) + 20, 20, 4);
	bytes_set_number(&bytes, entry_at(&bytes, 0) + 24, 20, 4);
	expect_refused(&bytes, "two members of the archive overlap");
}
END_TEST

START_TEST(damaged_and_strange_members_are_refused)
{
	static const struct {
		size_t offset;
		uint64_t number;
		bool in_both;
		const char *cause;
	} changes[] = {
		{16, 7, false, "the checksum differs"},
		{8, 1, false, "encrypted"},
		{10, 12, true, "compressed by method 12"},
	};
	struct zip_archive archive;
	struct error error;

	for (size_t i = 0; i < 3; i++) {
		struct bytes bytes = write_archive();

		bytes_set_number(&bytes,
			entry_at(&bytes, 0) + changes[i].offset,
			changes[i].number, 2);
		if (changes[i].in_both)
			bytes_set_number(&bytes, 8, changes[i].number, 2);
		ck_assert(zip_open(&archive, bytes.data, bytes.count, &error));
		ck_assert_ptr_null(
			zip_content(&archive, &archive.member[0], &error));
		ck_assert_msg(strstr(error.text, changes[i].cause) != NULL,
			"%s", error.text);
		ck_assert_ptr_nonnull(strstr(error.text, "member 'a'"));
		zip_close(&archive);
		bytes_release(&bytes);
	}
}
END_TEST

/* Give the first member, 5 stored bytes, the method of deflated ones. */
static struct bytes
deflated(const char *packed, size_t length, size_t size)
{
	struct zip_writer writer = {0};
	struct bytes bytes = {0};
	struct error error;

	zip_writer_add(&writer, "a", packed, length, 1);
	ck_assert(zip_writer_end(&writer, &bytes, &error));
	bytes_set_number(&bytes, 8, 8, 2);
	bytes_set_number(&bytes, entry_at(&bytes, 0) + 10, 8, 2);
	bytes_set_number(&bytes, entry_at(&bytes, 0) + 24, size, 4);
	return bytes;
}

/* "hello" in a stored block of deflate. */
#define STORED "\1\5\0\xfa\xffhello"

START_TEST(deflated_members_are_inflated)
{
	struct bytes bytes = deflated(STORED, 10, 5);
	struct zip_archive archive;
	struct error error;

	/* CRC-32 of "hello" */
	bytes_set_number(&bytes, entry_at(&bytes, 0) + 16, 0x3610a686, 4);
	ck_assert(zip_open(&archive, bytes.data, bytes.count, &error));
#ifdef HAVE_ZLIB
	ck_assert_mem_eq(zip_content(&archive, &archive.member[0], &error),
		"hello", 5);
#else
	ck_assert_ptr_null(zip_content(&archive, &archive.member[0], &error));
	ck_assert_ptr_nonnull(strstr(error.text, "built without zlib"));
#endif
	zip_close(&archive);
	bytes_release(&bytes);
}
END_TEST

#ifdef HAVE_ZLIB
START_TEST(wrong_sizes_of_deflated_members_are_refused)
{
	static const struct {
		size_t length, size;
		const char *cause;
	} wrong[] = {
		{10, 4, "compressed data are wrong"},
		{10, 6, "compressed data are wrong"},
		{10, 60 << 20, "compressed data are wrong"},
		{9, 5, "compressed data are wrong"},
		{4, 5, "compressed data are wrong"},
		{10, 100 << 20, "inflated to more than"},
		{10, UINT32_MAX - 1, "inflated to more than"},
	};
	struct zip_archive archive;
	struct error error;

	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		struct bytes bytes =
			deflated(STORED, wrong[i].length, wrong[i].size);

		ck_assert(zip_open(&archive, bytes.data, bytes.count, &error));
		ck_assert_ptr_null(
			zip_content(&archive, &archive.member[0], &error));
		ck_assert_msg(strstr(error.text, wrong[i].cause) != NULL, "%s",
			error.text);
		zip_close(&archive);
		bytes_release(&bytes);
	}
}
END_TEST
#endif

START_TEST(sizes_of_8_bytes_are_read)
{
	struct bytes bytes = write_archive(), larger = {0};
	size_t entry = entry_at(&bytes, 1), name = 3;
	size_t end = bytes.count - 22, directory = entry_at(&bytes, 0);
	struct zip_archive archive;
	struct error error;

	/* the second entry gets an extra field with its sizes */
	bytes_set_number(&bytes, entry + 20, UINT32_MAX, 4);
	bytes_set_number(&bytes, entry + 24, UINT32_MAX, 4);
	bytes_set_number(&bytes, entry + 30, 20, 2);
	bytes_add(&larger, bytes.data, entry + 46 + name);
	bytes_add_number(&larger, 1, 2);
	bytes_add_number(&larger, 16, 2);
	bytes_add_number(&larger, 3, 8);
	bytes_add_number(&larger, 3, 8);
	/* the ZIP64 end record, its locator, and the end record */
	bytes_add_text(&larger, "PK\6\6");
	bytes_add_number(&larger, 44, 8);
	bytes_add_number(&larger, 45 | 45 << 16, 4);
	bytes_add_number(&larger, 0, 8);
	bytes_add_number(&larger, 2, 8);
	bytes_add_number(&larger, 2, 8);
	bytes_add_number(&larger, end + 20 - directory, 8);
	bytes_add_number(&larger, directory, 8);
	bytes_add_text(&larger, "PK\6\7");
	bytes_add_number(&larger, 0, 4);
	bytes_add_number(&larger, end + 20, 8);
	bytes_add_number(&larger, 1, 4);
	bytes_add(&larger, bytes.data + end, 22);
	bytes_set_number(&larger, larger.count - 12, UINT16_MAX, 2);
	bytes_set_number(&larger, larger.count - 6, UINT32_MAX, 4);
	ck_assert_msg(zip_open(&archive, larger.data, larger.count, &error),
		"%s", error.text);
	ck_assert_mem_eq(zip_content(&archive, zip_find(&archive, "b/c"),
				 &error),
		"xyz", 3);
	zip_close(&archive);
	/* a place of the record that is outside */
	bytes_set_number(&larger, larger.count - 22 - 12, UINT64_MAX, 8);
	expect_refused(&larger, "its ZIP64 record is outside");
	bytes_release(&bytes);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* arrays */

/* Write an array: the header, not padded, and data of zeros and ones. */
static struct bytes
write_array(const char *header, size_t size, int version)
{
	struct bytes array = {0};

	bytes_add(&array, "\x93NUMPY", 6);
	bytes_add_number(&array, (uint64_t)version, 2);
	bytes_add_number(&array, strlen(header), version == 1 ? 2 : 4);
	bytes_add_text(&array, header);
	for (size_t i = 0; i < size; i++)
		bytes_add_number(&array, i, 1);
	return array;
}

START_TEST(arrays_of_all_versions_are_read)
{
	for (int version = 1; version <= 3; version++) {
		struct bytes bytes = write_array(
			"{'shape': (2L, 3), \"fortran_order\": False,"
			" 'descr': '<f8'}  \n",
			48, version);
		struct npy_array array;
		struct error error;

		ck_assert_msg(npy_parse(bytes.data, bytes.count, &array,
				      &error),
			"%s", error.text);
		ck_assert_str_eq(array.tensor.type, "F64");
		ck_assert_uint_eq(array.tensor.dimensions, 2);
		ck_assert_uint_eq(array.tensor.shape[0], 2);
		ck_assert_uint_eq(array.tensor.shape[1], 3);
		ck_assert_uint_eq(array.tensor.count, 6);
		ck_assert_ptr_eq(array.tensor.data,
			bytes.data + bytes.count - 48);
		ck_assert(!array.is_fortran && !array.is_big_endian);
		bytes_release(&bytes);
	}
}
END_TEST

START_TEST(other_orders_are_straightened)
{
	/* bytes 0 1, 2 3, ...: elements by the first index fastest */
	static const unsigned char expected[] = {1, 0, 5, 4, 9, 8, 3, 2, 7, 6,
		11, 10};
	struct bytes bytes = write_array(
		"{'descr': '>i2', 'fortran_order': True, 'shape': (2, 3), }",
		12, 1);
	unsigned char numbers[12];
	struct npy_array array;
	struct error error;

	ck_assert(npy_parse(bytes.data, bytes.count, &array, &error));
	npy_straighten(&array, numbers);
	ck_assert_mem_eq(numbers, expected, sizeof expected);
	bytes_release(&bytes);
}
END_TEST

static const struct {
	const char *header;
	size_t size;
	const char *cause;
} arrays[] = {
	{"", 8, "its header is wrong"},
	{"{'descr': '<f4', 'fortran_order': False}", 8, "lacks an entry"},
	{"{'fortran_order': False, 'shape': (2,)}", 8, "lacks an entry"},
	{"{'descr': '<f4', 'fortran_order': False, 'shape': (2,)", 8,
		"its header is wrong"},
	{"{'descr': '<f4', 'fortran_order': Maybe, 'shape': (2,)}", 8,
		"its order is wrong"},
	{"{'descr': '<f4', 'fortran_order': False, 'shape': (3,)}", 8,
		"which its shape and type do not give"},
	{"{'descr': '<f4', 'fortran_order': False, 'shape': (-2,)}", 8,
		"its shape is wrong"},
	{"{'descr': '<f4', 'shape': (4294967296, 4294967296), "
	 "'fortran_order': False}",
		8, CAUSE_64("its shape is too large")},
	{"{'descr': '<f4', 'shape': (99999999999999999999,), "
	 "'fortran_order': False}",
		8, "its shape is wrong"},
	{"{'descr': '<f4', 'shape': (1,1,1,1,1,1,1,1,2), "
	 "'fortran_order': False}",
		8, "its shape is wrong"},
	{"{'descr': '<c8', 'fortran_order': False, 'shape': (1,)}", 8,
		"its type is '<c8'"},
	{"{'descr': '|O', 'fortran_order': False, 'shape': (1,)}", 8,
		"its type is '|O'"},
	{"{'descr': '', 'fortran_order': False, 'shape': (1,)}", 8,
		"its type is ''"},
	{"{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (2,)}", 8,
		"it has several types"},
	{"{'descr': '<f4', 'more': 1}", 8, "an entry 'more'"},
};

START_TEST(a_wrong_array_is_refused)
{
	struct bytes bytes = write_array(arrays[_i].header, arrays[_i].size, 1);
	struct npy_array array;
	struct error error;

	ck_assert(!npy_parse(bytes.data, bytes.count, &array, &error));
	ck_assert_msg(strstr(error.text, arrays[_i].cause) != NULL, "%s",
		error.text);
	/* a length of the header beyond the end */
	bytes_set_number(&bytes, 8, 60000, 2);
	ck_assert(!npy_parse(bytes.data, bytes.count, &array, &error));
	ck_assert_ptr_nonnull(strstr(error.text, "its header is truncated"));
	bytes_release(&bytes);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* pickles */

#define PICKLE(bytes)                                        \
	pickle_read(&pickle, (const unsigned char *)(bytes), \
		sizeof(bytes) - 1, &error)

START_TEST(values_of_a_pickle_are_read)
{
	const struct pickle_value *dict, *list;
	struct pickle pickle;
	struct error error;

	/* {"a": [None, -2, 300, 2.5, -1, (True,)], "b": the same list} */
	ck_assert_msg(PICKLE("\x80\2}(X\1\0\0\0a](NJ\xfe\xff\xff\xffM\x2c\1"
			     "G\x40\4\0\0\0\0\0\0\x8a\1\xff\x88\x85"
			     "eq\1\x8c\1bh\1u."),
		"%s", error.text);
	dict = &pickle.value[pickle.root];
	ck_assert_int_eq(dict->type, PICKLE_DICT);
	list = pickle_get(&pickle, dict, "a");
	ck_assert_ptr_nonnull(list);
	ck_assert_ptr_eq(list, pickle_get(&pickle, dict, "b"));
	ck_assert_uint_eq(list->list.count, 6);
	ck_assert_int_eq(pickle_item(&pickle, list, 0)->type, PICKLE_NONE);
	ck_assert_int_eq(pickle_item(&pickle, list, 1)->number, -2);
	ck_assert_int_eq(pickle_item(&pickle, list, 2)->number, 300);
	ck_assert_double_eq(pickle_item(&pickle, list, 3)->real, 2.5);
	ck_assert_int_eq(pickle_item(&pickle, list, 4)->number, -1);
	ck_assert_int_eq(pickle_item(&pickle, list, 5)->type, PICKLE_TUPLE);
	ck_assert_ptr_null(pickle_get(&pickle, dict, "c"));
	pickle_destroy(&pickle);
}
END_TEST

START_TEST(an_ordered_dict_has_pairs_and_attributes)
{
	const struct pickle_value *dict;
	struct pickle pickle;
	struct error error;

	/* OrderedDict([("a", 1)]) with the attribute b = 2 */
	ck_assert_msg(PICKLE("\x80\2"
			     "ccollections\nOrderedDict\n"
			     "]X\1\0\0\0aK\1\x86"
			     "a\x85R}X\1\0\0\0bK\2sb."),
		"%s", error.text);
	dict = &pickle.value[pickle.root];
	ck_assert_int_eq(pickle_get(&pickle, dict, "a")->number, 1);
	ck_assert_ptr_null(pickle_get(&pickle, dict, "b"));
	ck_assert_int_eq(pickle_attribute(&pickle, dict, "b")->number, 2);
	pickle_destroy(&pickle);
}
END_TEST

#define FORGED(bytes, cause)                                             \
	{                                                                \
		(const unsigned char *)(bytes), sizeof(bytes) - 1, cause \
	}

static const struct {
	const unsigned char *bytes;
	size_t size;
	const char *cause;
} forged[] = {
	FORGED("\x80\2cos\nsystem\nX\2\0\0\0id\x85R.",
		"the pickle calls 'os.system'"),
	FORGED("\x80\4\x8c\2os\x8c\6system\x93\x8c\2id\x85R.",
		"the pickle calls 'os.system'"),
	FORGED("\x80\2cbuiltins\neval\n.", "calls 'builtins.eval'"),
	FORGED("\x80\2ccollections\nOrderedDic\n.", "calls 'collections."),
	FORGED("\x80\2(ios\nsystem\n.", "an instruction, 105,"), /* INST */
	FORGED("\x80\6N.", "protocol 6"),
	FORGED("", "wrong at 0"),
	FORGED("\x80\2", "wrong at 2"),
	FORGED("\x80\2.", "wrong at 3"),
	FORGED("\x80\2X\xff\xff\xff\xff.", "wrong at"),
	FORGED("\x80\2\x8d\xff\xff\xff\xff\xff\xff\xff\x7f.", "wrong at"),
	FORGED("\x80\2t.", "wrong at"),
	FORGED("\x80\2\x87.", "wrong at"),
	FORGED("\x80\2K\1a.", "wrong at"),
	FORGED("\x80\2}(K\1u.", "wrong at"),   /* a key without a value */
	FORGED("\x80\2]K\1K\2s.", "wrong at"), /* an item of a list */
	FORGED("\x80\2K\1(0.", "wrong at"),    /* POP below a mark */
	FORGED("\x80\2Nr\xff\xff\xff\xff.", "wrong at"),
	FORGED("\x80\2h\1.", "wrong at"),
	FORGED("\x80\2K\1)R.", "wrong at"),
	FORGED("\x80\2"
	       "ctorch\nFloatStorage\n)R.",
		"wrong at"),
	FORGED("\x80\2X\1\0\0\0a\x85Q.", "wrong at"),
	FORGED("\x80\2K\1}b.", "wrong at"),
};

START_TEST(a_forged_pickle_is_refused)
{
	struct pickle pickle;
	struct error error;
	unsigned char *copy = malloc(forged[_i].size + 1);

	ck_assert_ptr_nonnull(copy);
	memcpy(copy, forged[_i].bytes, forged[_i].size);
	ck_assert(!pickle_read(&pickle, copy, forged[_i].size, &error));
	ck_assert_msg(strstr(error.text, forged[_i].cause) != NULL, "%s",
		error.text);
	pickle_destroy(&pickle);
	free(copy);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* state dicts */

/*
 * A state dict {"x.weight_hh_l0": tensor} whose storage "0" has 6 floats. The
 * numbers are the offset, the shape and the strides.
 */
static bool
read_state(const char *numbers, size_t length, struct tensor_file **file,
	struct error *error)
{
	static const float numbers_of_file[] = {0, 1, 2, 3, 4, 5};
	float values[6];
	struct zip_writer writer = {0};
	struct bytes pickle = {0}, bytes = {0};

	bytes_add(&pickle, "\x80\2}X\x0e\0\0\0x.weight_hh_l0", 22);
	bytes_add_text(&pickle, "ctorch._utils\n_rebuild_tensor_v2\n((");
	bytes_add(&pickle, "X\7\0\0\0storagectorch\nFloatStorage\n", 32);
	bytes_add(&pickle,
		"X\1\0\0\0"
		"0X\3\0\0\0cpuK\6tQ",
		18);
	bytes_add(&pickle, numbers, length);
	bytes_add_text(&pickle, "\x89NtRs.");
	zip_writer_add(&writer, "n/data.pkl", pickle.data, pickle.count, 1);
	byte_order_little(values, numbers_of_file, sizeof values[0], 6);
	zip_writer_add(&writer, "n/data/0", values, sizeof values, 1);
	ck_assert(zip_writer_end(&writer, &bytes, error));
	bytes_release(&pickle);
	*file = tensor_file_new(error);
	ck_assert_ptr_nonnull(*file);
	(*file)->bytes = bytes.data;
	return zip_open(&(*file)->archive, bytes.data, bytes.count, error) &&
		torch_is_archive(&(*file)->archive) && torch_read(*file, error);
}

START_TEST(strides_and_offsets_are_followed)
{
	/* offset 1, shape (2, 2), strides (1, 3) */
	static const float expected[] = {1, 4, 2, 5};
	struct tensor_file *file;
	struct error error;
	float first, numbers[4];

	ck_assert_msg(read_state("K\1K\2K\2\x86K\1K\3\x86", 12, &file, &error),
		"%s", error.text);
	ck_assert_uint_eq(file->tensors, 1);
	ck_assert_str_eq(file->tensor[0].name, "x.weight_hh_l0");
	ck_assert_str_eq(file->tensor[0].type, "F32");
	byte_order_little(numbers, file->tensor[0].data, sizeof *numbers, 4);
	ck_assert_mem_eq(numbers, expected, sizeof expected);
	tensor_file_close(file);
	/* offset 2, shape (4,), stride (1,): in place */
	ck_assert(read_state("K\2K\4\x85K\1\x85", 8, &file, &error));
	byte_order_little(&first, file->tensor[0].data, sizeof first, 1);
	ck_assert_float_eq(first, 2);
	tensor_file_close(file);
}
END_TEST

static const struct {
	const char *numbers;
	size_t length;
	const char *cause;
} shapes[] = {
	{"K\3K\4\x85K\1\x85", 8, "larger than its storage"}, /* offset */
	{"K\0K\4\x85K\2\x85", 8, "larger than its storage"}, /* stride */
	{"K\0K\7\x85K\0\x85", 8, "larger than its storage"}, /* expanded */
	{"K\0K\2\x85K\1K\1\x86", 10, "its shape is wrong"},
	{"K\0J\xff\xff\xff\xff\x85K\1\x85", 11, "its shape is wrong"},
	{"K\0K\2\x85J\xff\xff\xff\xff\x85", 11, "its shape is wrong"},
	{"K\0\x8a\x08\xff\xff\xff\xff\xff\xff\xff\x7fK\4\x86K\1K\1\x86", 20,
		CAUSE_64("its shape is too large")},
	{"K\0K\2\x85\x8a\x08\xff\xff\xff\xff\xff\xff\xff\x7f\x85", 16,
		CAUSE_64("larger than its storage")},
	{"NK\2\x85K\1\x85", 7, "its shape is wrong"},
};

START_TEST(a_tensor_beyond_its_storage_is_refused)
{
	struct tensor_file *file;
	struct error error;

	ck_assert(!read_state(shapes[_i].numbers, shapes[_i].length, &file,
		&error));
	ck_assert_msg(strstr(error.text, shapes[_i].cause) != NULL, "%s",
		error.text);
	ck_assert_ptr_nonnull(strstr(error.text, "tensor 'x.weight_hh_l0'"));
	tensor_file_close(file);
}
END_TEST

#define LENGTH(array) ((int)(sizeof(array) / sizeof(array)[0]))

int
main(void)
{
	Suite *suite = suite_create("archive");
	TCase *group = suite_group(suite, "zip", SUITE_SECONDS);

	tcase_add_test(group, members_are_read);
	suite_add_loop(group, a_wrong_directory_is_refused, 0, LENGTH(entries));
	tcase_add_test(group, a_wrong_end_is_refused);
	tcase_add_test(group, members_that_overlap_or_repeat_are_refused);
	tcase_add_test(group, damaged_and_strange_members_are_refused);
	tcase_add_test(group, deflated_members_are_inflated);
#ifdef HAVE_ZLIB
	tcase_add_test(group, wrong_sizes_of_deflated_members_are_refused);
#endif
	tcase_add_test(group, sizes_of_8_bytes_are_read);

	group = suite_group(suite, "npy", SUITE_SECONDS);
	tcase_add_test(group, arrays_of_all_versions_are_read);
	tcase_add_test(group, other_orders_are_straightened);
	suite_add_loop(group, a_wrong_array_is_refused, 0, LENGTH(arrays));

	group = suite_group(suite, "pickle", SUITE_SECONDS);
	tcase_add_test(group, values_of_a_pickle_are_read);
	tcase_add_test(group, an_ordered_dict_has_pairs_and_attributes);
	suite_add_loop(group, a_forged_pickle_is_refused, 0, LENGTH(forged));
	tcase_add_test(group, strides_and_offsets_are_followed);
	suite_add_loop(group, a_tensor_beyond_its_storage_is_refused, 0,
		LENGTH(shapes));
	return suite_run(suite);
}
