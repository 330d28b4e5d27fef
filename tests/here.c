/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "here.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "suite.h"

char folder[FOLDER_PATH_SIZE];

static void
make_folder(void)
{
	folder_new(folder);
}

TCase *
add_case(Suite *suite, const char *name)
{
	TCase *tcase = suite_group(suite, name, SUITE_SECONDS);

	tcase_add_unchecked_fixture(tcase, folder_setup, folder_teardown);
	tcase_add_checked_fixture(tcase, make_folder, NULL);
	return tcase;
}

void
must_run(const char *const *arguments)
{
	struct outcome outcome;

	command_run(&(struct command){.folder = folder, .arguments = arguments},
		&outcome);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
}

/*
 * Skip what `train` says about its data: "lstmtui: FILE: 2 sequences ...", and
 * the indented lines that follow. tests/check_data_report tests them.
 */
static const char *
skip_data_report(const char *errors)
{
	const char *end = strchr(errors, '\n');
	const char *counted = strstr(errors, " points");

	if (end == NULL || counted == NULL || counted > end)
		return errors;
	while (end != NULL && strncmp(end, "\n  ", 3) == 0)
		end = strchr(end + 1, '\n');
	return end != NULL ? end + 1 : "";
}

char *
run_for_output(const char *const *arguments)
{
	struct outcome outcome;
	char *output;

	command_run(&(struct command){.folder = folder, .arguments = arguments},
		&outcome);
	expect_status(&outcome, 0);
	ck_assert_str_eq(skip_data_report(outcome.errors), "");
	output = strdup(outcome.output);
	ck_assert_ptr_nonnull(output);
	outcome_release(&outcome);
	return output;
}

char *
path_here(char path[FOLDER_PATH_SIZE], const char *name)
{
	return folder_join(path, folder, name);
}

struct stat
status_here(const char *name)
{
	char path[FOLDER_PATH_SIZE];
	struct stat status;

	ck_assert_msg(lstat(path_here(path, name), &status) == 0, "%s: %s",
		name, strerror(errno));
	return status;
}

void
chmod_here(const char *name, mode_t mode)
{
	char path[FOLDER_PATH_SIZE];

	ck_assert_int_eq(chmod(path_here(path, name), mode), 0);
}

char *
read_here(const char *name, size_t *length)
{
	char path[FOLDER_PATH_SIZE];

	return file_read(folder_join(path, folder, name), length);
}

void
write_here(const char *name, const char *text)
{
	char path[FOLDER_PATH_SIZE];

	file_write_text(folder_join(path, folder, name), text);
}

bool
exists_here(const char *name)
{
	char path[FOLDER_PATH_SIZE];

	return file_exists(folder_join(path, folder, name));
}

void
remove_here(const char *name)
{
	char path[FOLDER_PATH_SIZE];

	folder_join(path, folder, name);
	ck_assert_msg(unlink(path) == 0 || errno == ENOENT, "%s: %s", name,
		strerror(errno));
}

void
read_tensors_here(struct tensors *tensors, const char *name)
{
	char path[FOLDER_PATH_SIZE];

	tensors_read(tensors, folder_join(path, folder, name));
}

json_t *
parse_object(const char *text)
{
	json_error_t error;
	json_t *object = json_loads(text, JSON_REJECT_DUPLICATES, &error);

	ck_assert_msg(json_is_object(object), "no object: %s: %s", error.text,
		text);
	return object;
}

json_t *
run_for_object(const char *const *arguments)
{
	char *output = run_for_output(arguments);
	json_t *object = parse_object(output);

	free(output);
	return object;
}

long long
get_integer(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	ck_assert_msg(json_is_integer(value), "no count '%s'", key);
	return json_integer_value(value);
}

double
get_number(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	ck_assert_msg(json_is_number(value), "no number '%s'", key);
	return json_number_value(value);
}

const char *
get_string(const json_t *object, const char *key)
{
	const char *value = json_string_value(json_object_get(object, key));

	ck_assert_msg(value != NULL, "no string '%s'", key);
	return value;
}

json_t *
info(const char *model)
{
	return run_for_object(WORDS("info", "--json", model));
}

uint64_t
updates_of(const char *model)
{
	json_t *object = info(model);
	uint64_t updates = (uint64_t)get_integer(object, "updates");

	json_decref(object);
	return updates;
}
