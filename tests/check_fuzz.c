/*
 * The inputs that are kept of fuzzing, taken again: those whose names begin
 * with "good" are accepted, those with "bad" refused with a line; and so on
 * for what is cut off or changed in them, where nothing is asked but that
 * each promise holds. `make fuzz` looks for more.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/random.h"
#include "folder.h"
#include "fuzz/targets.h"
#include "suite.h"

enum {
#ifdef __SANITIZE_ADDRESS__
	CUTS = 10, CHANGES = 20
#else
	CUTS = 40, CHANGES = 80
#endif
};

static struct random dice;

static size_t
draw(size_t count)
{
	return (size_t)(random_uniform(&dice) * (double)count);
}

/* Some bytes set to others, as a fuzzer would. */
static void
change(uint8_t *bytes, size_t size)
{
	size_t count = 1 + draw(4);

	for (size_t i = 0; i < count; i++)
		bytes[draw(size)] = (uint8_t)draw(256);
}

static void
take_parts(const struct fuzz_target *target, const char *bytes, size_t size)
{
	uint8_t *copy = malloc(size + 1);
	struct error error;

	ck_assert_ptr_nonnull(copy);
	for (size_t i = 0; i < CUTS && size > 0; i++) {
		size_t left = draw(size);

		memcpy(copy, bytes, left);
		fuzz_take(target, copy, left, &error);
	}
	for (size_t i = 0; i < CHANGES && size > 0; i++) {
		memcpy(copy, bytes, size);
		change(copy, size);
		fuzz_take(target, copy, size, &error);
	}
	free(copy);
}

static void
take_file(const struct fuzz_target *target, const char *folder,
	const char *name)
{
	char path[FOLDER_PATH_SIZE];
	struct error error;
	size_t size;
	char *bytes = file_read(folder_join(path, folder, name), &size);
	bool is_taken =
		fuzz_take(target, (const uint8_t *)bytes, size, &error);

	if (strncmp(name, "good", strlen("good")) == 0)
		ck_assert_msg(is_taken, "%s: %s", path, error.text);
	if (strncmp(name, "bad", strlen("bad")) == 0)
		ck_assert_msg(!is_taken, "%s is accepted", path);
	take_parts(target, bytes, size);
	free(bytes);
}

START_TEST(inputs_that_were_kept_are_taken_as_they_have_to_be)
{
	const struct fuzz_target *target = fuzz_target((size_t)_i);
	char folder[FOLDER_PATH_SIZE];
	struct dirent *entry;
	int files = 0;
	DIR *list;

	snprintf(folder, sizeof folder, "%s/fuzz/%s",
		getenv("TESTS_DIR") != NULL ? getenv("TESTS_DIR") : "tests",
		target->name);
	list = opendir(folder);
	ck_assert_msg(list != NULL, "%s cannot be read", folder);
	random_seed(&dice, 1, RANDOM_STREAM_DATA);
	while ((entry = readdir(list)) != NULL)
		if (entry->d_name[0] != '.') {
			take_file(target, folder, entry->d_name);
			files++;
		}
	closedir(list);
	ck_assert_int_gt(files, 4);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("fuzz");
	TCase *group = suite_group(suite, "fuzz", SUITE_SECONDS_SLOW);
	int targets = 0;

	while (fuzz_target((size_t)targets) != NULL)
		targets++;
	tcase_add_loop_test(group,
		inputs_that_were_kept_are_taken_as_they_have_to_be, 0,
		targets);
	return suite_run(suite);
}
