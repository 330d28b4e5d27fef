/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fuzzing targets without a fuzzer: inputs of fuzz/corpus, their prefixes, and
 * inputs with changed bytes. The target refuses a file named bad-... and
 * accepts one named good-...
 */
#include <check.h>
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/random.h"
#include "folder.h"
#include "fuzz/target.h"
#include "suite.h"

enum {
	FILES_MAX = 128,
	SMALL = 128, /* bytes: every prefix of such an input is tried */
	SEED = 20,
#ifdef __SANITIZE_ADDRESS__
	CUTS = 12,
	CHANGES = 20
#else
	CUTS = 40,
	CHANGES = 60
#endif
};

static const struct {
	const char *name;
	fuzz_target *take;
} targets[] = {
	{"model", fuzz_model},
	{"options", fuzz_options},
	{"points", fuzz_points},
	{"tensors", fuzz_tensors},
	{"text", fuzz_text},
};

enum { TARGETS = sizeof targets / sizeof targets[0] };

struct input {
	char *name, *bytes;
	size_t size;
};

/* Inputs of a target, sorted by name. */
static struct input inputs[FILES_MAX];
static size_t input_count;

static void
folder_of(char path[FOLDER_PATH_SIZE], int target)
{
	const char *tests = getenv("TESTS_DIR");

	snprintf(path, FOLDER_PATH_SIZE, "%s/fuzz/corpus/%s",
		tests != NULL ? tests : "tests", targets[target].name);
}

static void
load(int target)
{
	char folder[FOLDER_PATH_SIZE], path[FOLDER_PATH_SIZE];
	struct dirent **entries;
	int count;

	folder_of(folder, target);
	count = scandir(folder, &entries, NULL, alphasort);
	ck_assert_msg(count >= 0, "%s cannot be read", folder);
	input_count = 0;
	for (int i = 0; i < count; i++) {
		struct input *input = &inputs[input_count];

		if (entries[i]->d_name[0] != '.') {
			ck_assert_uint_lt(input_count, FILES_MAX);
			input->name = strdup(entries[i]->d_name);
			input->bytes = file_read(folder_join(path, folder,
							 input->name),
				&input->size);
			input_count++;
		}
		free(entries[i]);
	}
	free(entries);
}

static void
release(void)
{
	for (size_t i = 0; i < input_count; i++) {
		free(inputs[i].name);
		free(inputs[i].bytes);
	}
	input_count = 0;
}

/* Pass a copy of exact size, so that sanitizers detect reads beyond it. */
static bool
take(int target, const char *bytes, size_t size, struct error *error)
{
	unsigned char *copy = malloc(size > 0 ? size : 1);
	bool is_taken;

	ck_assert_ptr_nonnull(copy);
	memcpy(copy, bytes, size);
	is_taken = targets[target].take(copy, size, error);
	free(copy);
	return is_taken;
}

static bool
begins(const char *name, const char *with)
{
	return strncmp(name, with, strlen(with)) == 0;
}

START_TEST(inputs_are_accepted_or_refused_as_named)
{
	size_t good = 0, bad = 0;

	load(_i);
	for (size_t i = 0; i < input_count; i++) {
		const struct input *input = &inputs[i];
		struct error error;
		bool is_taken = take(_i, input->bytes, input->size, &error);

		if (begins(input->name, "good-")) {
			ck_assert_msg(is_taken, "%s/%s is refused: %s",
				targets[_i].name, input->name, error.text);
			good++;
		} else if (begins(input->name, "bad-")) {
			/* the target itself has checked the message */
			ck_assert_msg(!is_taken, "%s/%s is accepted",
				targets[_i].name, input->name);
			bad++;
		}
	}
	/* a corpus that was not found would pass every test */
	ck_assert_uint_gt(good, 0);
	ck_assert_uint_gt(bad, 0);
	release();
}
END_TEST

START_TEST(prefixes_of_inputs_do_no_harm)
{
	struct error error;

	load(_i);
	for (size_t i = 0; i < input_count; i++) {
		const struct input *input = &inputs[i];
		size_t cuts = input->size < SMALL ? input->size : CUTS;

		for (size_t k = 0; k < cuts; k++)
			take(_i, input->bytes, k * input->size / cuts, &error);
	}
	release();
}
END_TEST

/* Change bytes at one to three places. */
static void
change(struct random *random, char *bytes, size_t size)
{
	size_t places = 1 + random_next(random) % 3;

	for (size_t i = 0; i < places; i++) {
		uint64_t bits = random_next(random);
		char *byte = &bytes[(bits >> 16) % size];

		/* flip a bit, write a digit, or write any byte */
		if (bits % 3 == 0)
			*byte = (char)(*byte ^ 1 << (bits >> 8) % 8);
		else if (bits % 3 == 1)
			*byte = (char)('0' + (bits >> 8) % 10);
		else
			*byte = (char)(bits >> 8);
	}
}

START_TEST(changed_inputs_do_no_harm)
{
	struct random random;
	struct error error;

	random_seed(&random, SEED, RANDOM_STREAM_DATA);
	load(_i);
	for (size_t i = 0; i < input_count; i++) {
		const struct input *input = &inputs[i];
		char *bytes = malloc(input->size + 1);

		ck_assert_ptr_nonnull(bytes);
		for (size_t k = 0; k < CHANGES && input->size > 0; k++) {
			memcpy(bytes, input->bytes, input->size);
			change(&random, bytes, input->size);
			take(_i, bytes, input->size, &error);
		}
		free(bytes);
	}
	release();
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("fuzz");
	TCase *group = suite_group(suite, "corpus", SUITE_SECONDS);

	suite_add_loop(group, inputs_are_accepted_or_refused_as_named, 0,
		TARGETS);
	suite_add_loop(group, prefixes_of_inputs_do_no_harm, 0, TARGETS);
	suite_add_loop(group, changed_inputs_do_no_harm, 0, TARGETS);
	return suite_run(suite);
}
