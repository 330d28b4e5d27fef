/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "oracle.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "folder.h"

void
oracle_open(struct oracle *oracle, const char *name)
{
	const char *tests = getenv("TESTS_DIR");
	const char *source = getenv("srcdir");
	char path[FOLDER_PATH_SIZE];
	int length;

	if (tests != NULL)
		length = snprintf(path, sizeof path, "%s/data/%s.safetensors",
			tests, name);
	else
		length = snprintf(path, sizeof path,
			"%s/tests/data/%s.safetensors",
			source != NULL ? source : ".", name);
	ck_assert_int_lt(length, FOLDER_PATH_SIZE);
	tensors_read(&oracle->tensors, path);
}

void
oracle_close(struct oracle *oracle)
{
	tensors_release(&oracle->tensors);
}

const char *
oracle_setting(const struct oracle *oracle, const char *key)
{
	return tensors_metadata(&oracle->tensors, key);
}

size_t
oracle_extent(const struct oracle *oracle, const char *name, size_t axis)
{
	return tensors_extent(&oracle->tensors, name, axis);
}

static size_t
size_of(const struct oracle *oracle, const char *name)
{
	size_t size = 1, extent;

	for (size_t axis = 0; (extent = oracle_extent(oracle, name, axis)) > 0;
		axis++)
		size *= extent;
	return size;
}

double *
oracle_numbers(const struct oracle *oracle, const char *name, size_t *count)
{
	size_t length;
	const char *bytes = tensors_find(&oracle->tensors, name, NULL, &length);
	double *numbers;

	*count = size_of(oracle, name);
	numbers = calloc(*count, sizeof *numbers);
	ck_assert_ptr_nonnull(numbers);
	if (length == *count * sizeof *numbers) {
		memcpy(numbers, bytes, length);
		return numbers;
	}
	ck_assert_uint_eq(length, *count * sizeof(float));
	for (size_t i = 0; i < *count; i++) {
		float number;

		memcpy(&number, bytes + i * sizeof number, sizeof number);
		numbers[i] = number;
	}
	return numbers;
}
