/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of `lstmtui export --format torch`: the archive, the pickle's opcodes,
 * and the storages against the tensors of the model file. The checkers in
 * clients/ load the same files with PyTorch.
 */
#include <check.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/byte_order.h"
#include "here.h"
#include "suite.h"

#define MODEL "m.safetensors"

/* Train a small model and export it; the words end with NULL. */
#define EXPORT(...)                                                            \
	do {                                                                   \
		MUST("train", "--quiet", "--seed=5", "--updates=3", "--force", \
			__VA_ARGS__, MODEL);                                   \
		MUST("export", "--quiet", "--force", MODEL, "m.pt");           \
	} while (0)

/* An archive in memory, and the texts of its pickle, each ended by '\n'. */
struct archive {
	char *bytes;
	size_t size;
	char *texts; /* "lstm.weight_ih_l0\nstorage\n0\ncpu\n..." */
};

static size_t
number_at(const char *bytes, size_t size)
{
	size_t number = 0;

	for (size_t i = 0; i < size; i++)
		number |= (size_t)(unsigned char)bytes[i] << 8 * i;
	return number;
}

/* Return the data of a stored member; assert that it is there and aligned. */
static const char *
member(const struct archive *archive, const char *name, size_t *length)
{
	size_t at = 0;

	while (at + 30 < archive->size &&
		memcmp(archive->bytes + at, "PK\3\4", 4) == 0) {
		const char *header = archive->bytes + at;
		size_t size = number_at(header + 18, 4);
		size_t name_length = number_at(header + 26, 2);
		size_t data = at + 30 + name_length + number_at(header + 28, 2);

		ck_assert_uint_eq(data % 64, 0);
		ck_assert_uint_eq(number_at(header + 8, 2), 0);
		if (name_length == strlen(name) &&
			memcmp(header + 30, name, name_length) == 0) {
			*length = size;
			return archive->bytes + data;
		}
		at = data + size;
	}
	ck_abort_msg("no member %s", name);
	return NULL;
}

/*
 * Walk through the pickle: it may have only opcodes that PyTorch 1.13 accepts
 * with weights_only, and ends with its STOP. Collect its texts and globals.
 */
static void
read_pickle(struct archive *archive)
{
	size_t length, at = 2, used = 0;
	const char *pickle = member(archive, "archive/data.pkl", &length);

	ck_assert(memcmp(pickle, "\x80\2", 2) == 0);
	archive->texts = calloc(length + 1, 1);
	ck_assert_ptr_nonnull(archive->texts);
	while (at < length && pickle[at] != '.') {
		char opcode = pickle[at++];
		size_t size = 0;

		EXPECT(strchr("(tR)}]eubQXJc\x85\x86\x89", opcode) != NULL,
			"opcode %d at %zu", opcode, at - 1);
		if (opcode == 'J') {
			at += 4;
		} else if (opcode == 'X' || opcode == 'c') {
			if (opcode == 'X') {
				size = number_at(pickle + at, 4);
				at += 4;
			} else {
				size = strcspn(pickle + at, "\n") + 1;
				size += strcspn(pickle + at + size, "\n");
			}
			memcpy(archive->texts + used, pickle + at, size);
			used += size;
			archive->texts[used++] = '\n';
			at += size + (opcode == 'c');
		}
	}
	ck_assert_uint_eq(at, length - 1);
}

static void
open_archive(struct archive *archive)
{
	archive->bytes = read_here("m.pt", &archive->size);
	read_pickle(archive);
}

static void
close_archive(struct archive *archive)
{
	free(archive->bytes);
	free(archive->texts);
}

/*
 * Expect that a value of a tensor of the state dict is a value of a tensor of
 * the model file, which is not 0; or 0 if keras is NULL.
 */
static void
expect_value(const struct archive *archive, const char *name, size_t index,
	const char *keras, size_t keras_index)
{
	char entry[64], storage[32];
	struct tensors tensors;
	const char *data, *found;
	size_t length;
	float has, wants;

	snprintf(entry, sizeof entry, "%s\n", name);
	found = strstr(archive->texts, entry);
	ck_assert_msg(found != NULL, "%s is missing", name);
	found = strstr(found, "FloatStorage\n");
	ck_assert_ptr_nonnull(found);
	snprintf(storage, sizeof storage, "archive/data/%d",
		atoi(found + strlen("FloatStorage\n")));
	data = member(archive, storage, &length);
	ck_assert_uint_lt(index * sizeof has, length);
	byte_order_little(&has, data + index * sizeof has, sizeof has, 1);
	wants = 0;
	if (keras != NULL) {
		read_tensors_here(&tensors, MODEL);
		memcpy(&wants,
			(char *)tensors_find(&tensors, keras, "F32", &length) +
				keras_index * sizeof wants,
			sizeof wants);
		tensors_release(&tensors);
		ck_assert(wants != 0);
	}
	ck_assert_msg(memcmp(&has, &wants, sizeof has) == 0,
		"%s[%zu]: %.9g, %.9g expected", name, index, (double)has,
		(double)wants);
}

START_TEST(the_archive_has_the_members_of_pytorch)
{
	struct archive archive;
	size_t length;

	EXPORT("--units=4");
	open_archive(&archive);
	ck_assert(memcmp(member(&archive, "archive/version", &length), "3\n",
			  2) == 0);
	ck_assert_uint_eq(length, 2);
	ck_assert(memcmp(member(&archive, "archive/byteorder", &length),
			  "little", 6) == 0);
	ck_assert_uint_eq(length, 6);
	member(&archive, "archive/data/5", &length);
	ck_assert_uint_eq(length, 2 * sizeof(float));
	close_archive(&archive);
}
END_TEST

START_TEST(weights_of_an_lstm_are_transposed)
{
	struct archive archive;

	EXPORT("--units=4", "--framing=sequence");
	open_archive(&archive);
	/* kernel [2, 16], weight_ih [16, 2]; recurrent [4, 16] */
	expect_value(&archive, "lstm.weight_ih_l0", 7 * 2 + 1, "lstm.kernel",
		16 + 7);
	expect_value(&archive, "lstm.weight_hh_l0", 13 * 4 + 2,
		"lstm.recurrent_kernel", 2 * 16 + 13);
	expect_value(&archive, "lstm.bias_ih_l0", 6, "lstm.bias", 6);
	expect_value(&archive, "lstm.bias_hh_l0", 6, NULL, 0);
	/* kernel [4, 2], weight [2, 4] */
	expect_value(&archive, "dense.weight", 4 + 3, "dense.kernel",
		3 * 2 + 1);
	expect_value(&archive, "dense.bias", 1, "dense.bias", 1);
	close_archive(&archive);
}
END_TEST

START_TEST(gates_of_a_gru_change_places)
{
	struct archive archive;

	EXPORT("--units=4", "--framing=sequence", "--cell=gru");
	open_archive(&archive);
	/* z of unit 1 is column 1 in Keras, row 4 + 1 in PyTorch; r, n */
	expect_value(&archive, "gru.weight_ih_l0", 5 * 2, "gru.kernel", 1);
	expect_value(&archive, "gru.weight_hh_l0", 1 * 4,
		"gru.recurrent_kernel", 5);
	expect_value(&archive, "gru.weight_hh_l0", 9 * 4,
		"gru.recurrent_kernel", 9);
	expect_value(&archive, "gru.bias_ih_l0", 5, "gru.bias", 1);
	expect_value(&archive, "gru.bias_hh_l0", 1, "gru.bias", 12 + 5);
	/* only of n do the two rows differ */
	expect_value(&archive, "gru.bias_ih_l0", 9, "gru.bias", 9);
	expect_value(&archive, "gru.bias_hh_l0", 9, "gru.bias", 12 + 9);
	close_archive(&archive);
}
END_TEST

START_TEST(layers_of_equal_size_are_one_module)
{
	struct archive archive;

	EXPORT("--units=3,3", "--cell=rnn");
	open_archive(&archive);
	expect_value(&archive, "rnn.weight_ih_l1", 1, "simple_rnn_1.kernel", 3);
	close_archive(&archive);
	EXPORT("--units=3,2");
	open_archive(&archive);
	expect_value(&archive, "lstm_1.weight_ih_l0", 1, "lstm_1.kernel", 8);
	ck_assert_ptr_null(strstr(archive.texts, "_l1\n"));
	close_archive(&archive);
}
END_TEST

START_TEST(the_dict_has_attributes)
{
	struct archive archive;
	size_t length;
	const char *numbers;
	double offset[2];

	write_here("t.txt", "ab\xc3\xa4 ba\xc3\xa4 ab\xc3\xa4 ba\xc3\xa4");
	EXPORT("--units=3", "--data=t.txt", "--task=text", "--validation=0");
	open_archive(&archive);
	ck_assert_ptr_nonnull(
		strstr(archive.texts, "\nvocabulary\n \na\nb\n\xc3\xa4\n"));
	ck_assert_ptr_nonnull(strstr(archive.texts, "\nlstmtui\n{"));
	close_archive(&archive);

	write_here("d.csv", "10,1\n20,2\n30,6\n");
	EXPORT("--units=3", "--data=d.csv");
	open_archive(&archive);
	ck_assert_ptr_nonnull(strstr(archive.texts,
		"\nscaling_offset\ntorch._utils\n_rebuild_tensor_v2\nstorage\n"
		"torch\nDoubleStorage\n6\n"));
	numbers = member(&archive, "archive/data/6", &length);
	ck_assert_uint_eq(length, sizeof offset);
	byte_order_little(offset, numbers, sizeof *offset, 2);
	ck_assert_double_eq(offset[0], 20);
	ck_assert_double_eq(offset[1], 3);
	ck_assert_ptr_null(strstr(archive.texts, "\nvocabulary\n"));
	close_archive(&archive);
}
END_TEST

/* Expect that the export prints the note on hard-sigmoid, or not. */
static void
expect_note(const char *cell, bool has_note)
{
	char *output;

	MUST("train", "--quiet", "--updates=1", "--force", cell, "--units=3",
		"--recurrent-activation=hard-sigmoid", MODEL);
	output = OUTPUT_OF("export", "--force", MODEL, "m.pt");
	ck_assert_int_eq(strstr(output, "hard-sigmoid") != NULL, has_note);
	free(output);
}

START_TEST(a_note_tells_what_pytorch_lacks)
{
	char *output;

	expect_note("--cell=lstm", true);
	expect_note("--cell=gru", true);
	MUST("train", "--quiet", "--updates=1", "--force", MODEL);
	output = OUTPUT_OF("export", "--force", MODEL, "m.pt");
	ck_assert_ptr_null(strstr(output, "hard-sigmoid"));
	free(output);
}
END_TEST

START_TEST(the_same_model_gives_the_same_bytes)
{
	size_t first_size, second_size;
	char *first, *second;

	EXPORT("--units=3", "--cell=gru");
	first = read_here("m.pt", &first_size);
	MUST("export", "--quiet", "--format=torch", MODEL, "other.pt");
	second = read_here("other.pt", &second_size);
	ck_assert_uint_eq(first_size, second_size);
	ck_assert(memcmp(first, second, first_size) == 0);
	free(first);
	free(second);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("export_torch");
	TCase *group = add_case(suite, "file");

	tcase_add_test(group, the_archive_has_the_members_of_pytorch);
	tcase_add_test(group, the_same_model_gives_the_same_bytes);

	group = add_case(suite, "weights");
	tcase_add_test(group, weights_of_an_lstm_are_transposed);
	tcase_add_test(group, gates_of_a_gru_change_places);
	tcase_add_test(group, layers_of_equal_size_are_one_module);

	group = add_case(suite, "notes");
	tcase_add_test(group, the_dict_has_attributes);
	tcase_add_test(group, a_note_tells_what_pytorch_lacks);
	return suite_run(suite);
}
