/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the model file: names and shapes of its tensors, the layout of the
 * safetensors format, and atomic writing.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "folder.h"
#include "file/atomic_file.h"
#include "session/initial.h"
#include "session/model_file.h"
#include "run/run.h"
#include "run/run_private.h"
#include "suite.h"
#include "tensors.h"

static char folder[FOLDER_PATH_SIZE], path[FOLDER_PATH_SIZE];

static struct run *
trained(const char *units, uint64_t updates)
{
	struct run *run;
	struct settings settings;
	struct error error;

	settings_default(&settings);
	settings.seed = 3;
	ck_assert(setting_parse(&setting_units, &settings, units, &error));
	run = run_create(suite_context(), &settings, NULL, &error);
	ck_assert_msg(run != NULL, "%s", error.text);
	ck_assert_int_eq(run_advance(run, updates, UINT64_MAX, &error),
		RUN_REACHED);
	return run;
}

static void
end(struct run *run)
{
	run_destroy(run);
}

static void
new_path(void)
{
	folder_join(path, folder_new(folder), "m.safetensors");
}

static void
save(const struct run *run)
{
	struct error error;

	ck_assert_msg(model_file_write(&run->state, path, &error), "%s",
		error.text);
}

START_TEST(tensors_are_named_and_shaped_as_in_keras)
{
	static const struct {
		const char *name;
		size_t rows, columns;
		/* clang-format off */
	} expected[] = {
		{"lstm.kernel", 2, 40}, {"lstm.recurrent_kernel", 10, 40},
		{"lstm.bias", 40, 0}, {"lstm_1.kernel", 10, 68},
		{"lstm_1.recurrent_kernel", 17, 68}, {"lstm_1.bias", 68, 0},
		{"dense.kernel", 17, 2}, {"dense.bias", 2, 0},
	};
	/* clang-format on */
	static const char *const prefixes[] = {"", "optimizer.m.",
		"optimizer.v."};
	struct run *run = trained("10,17", 20);
	struct tensors tensors;

	new_path();
	save(run);
	/* this also asserts the layout of the format */
	tensors_read(&tensors, path);
	for (size_t p = 0; p < 3; p++)
		for (size_t i = 0; i < sizeof expected / sizeof expected[0];
			i++) {
			char name[64];
			size_t length, columns = expected[i].columns;

			snprintf(name, sizeof name, "%s%s", prefixes[p],
				expected[i].name);
			tensors_find(&tensors, name, "F32", &length);
			ck_assert_uint_eq(tensors_extent(&tensors, name, 0),
				expected[i].rows);
			ck_assert_uint_eq(tensors_extent(&tensors, name, 1),
				columns);
			ck_assert_uint_eq(length,
				4 * expected[i].rows *
					(columns > 0 ? columns : 1));
		}
	ck_assert_str_eq(tensors_metadata(&tensors, "updates"), "20");
	ck_assert_str_eq(tensors_metadata(&tensors, "units"), "10,17");
	ck_assert_str_eq(tensors_metadata(&tensors, "seed"), "3");
	tensors_release(&tensors);
	end(run);
}
END_TEST

START_TEST(a_saved_file_saved_again_is_the_same)
{
	struct run *run = trained("7", 5000), *back;
	char *first, *second;
	size_t length, again;
	struct error error;

	new_path();
	save(run);
	first = file_read(path, &length);
	back = model_file_open(suite_context(), path, &error);
	ck_assert_msg(back != NULL, "%s", error.text);
	ck_assert(model_file_write(&back->state, path, &error));
	second = file_read(path, &again);
	ck_assert_uint_eq(length, again);
	ck_assert_mem_eq(first, second, length);
	free(first);
	free(second);
	run_destroy(back);
	end(run);
}
END_TEST

START_TEST(weights_can_be_taken_from_another_file)
{
	struct run *run = trained("10", 100), *other = trained("10", 0);
	struct initial initial;
	struct error error;

	new_path();
	save(run);
	ck_assert(initial_read(&initial, &other->state, path, &error));
	ck_assert_str_eq(initial.note, "");
	initial_apply(&initial, &other->state);
	initial_release(&initial);
	ck_assert_mem_eq(run->state.model.values, other->state.model.values,
		run->state.model.parameters.packed_total * sizeof(float));
	end(other);
	other = trained("11", 0);
	ck_assert(!initial_read(&initial, &other->state, path, &error));
	ck_assert(strstr(error.text, path) != NULL);
	end(other);
	end(run);
}
END_TEST

START_TEST(a_link_stays_a_link)
{
	struct run *run = trained("3", 10);
	char link[FOLDER_PATH_SIZE];
	struct error error;
	struct stat status;

	new_path();
	folder_join(link, folder, "link.safetensors");
	save(run);
	ck_assert_int_eq(chmod(path, 0640), 0);
	ck_assert_int_eq(symlink("m.safetensors", link), 0);
	ck_assert(model_file_write(&run->state, link, &error));
	ck_assert_int_eq(lstat(link, &status), 0);
	ck_assert(S_ISLNK(status.st_mode));
	/* the file keeps its mode */
	ck_assert_int_eq(stat(path, &status), 0);
	ck_assert_int_eq(status.st_mode & 0777, 0640);
	ck_assert_uint_eq(folder_count(folder), 2);
	end(run);
}
END_TEST

static mode_t
mode_of(const char *name)
{
	struct stat status;

	/* lstat: a symbolic link would have mode 0777 */
	ck_assert_int_eq(lstat(name, &status), 0);
	ck_assert(S_ISREG(status.st_mode));
	return status.st_mode & 07777;
}

START_TEST(a_new_file_has_mode_0666_minus_the_umask)
{
	static const mode_t masks[] = {0022, 0077, 0027, 0002, 0777, 0};
	struct run *run = trained("3", 1);

	for (size_t i = 0; i < sizeof masks / sizeof masks[0]; i++) {
		mode_t before;

		new_path();
		before = umask(masks[i]);
		save(run);
		ck_assert_uint_eq(mode_of(path), 0666 & ~masks[i]);
		/* the umask itself is unchanged */
		ck_assert_uint_eq(umask(before), masks[i]);
	}
	end(run);
}
END_TEST

START_TEST(a_replaced_file_keeps_its_mode)
{
	static const mode_t modes[] = {0600, 0640, 0444, 0666, 0};
	struct run *run = trained("3", 1);

	new_path();
	for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
		save(run);
		ck_assert_int_eq(chmod(path, modes[i]), 0);
		save(run);
		ck_assert_uint_eq(mode_of(path), modes[i]);
	}
	end(run);
}
END_TEST

/* Get the path of the only file in the folder. */
static void
only_file(char name[FOLDER_PATH_SIZE])
{
	DIR *stream = opendir(folder);
	const struct dirent *entry;
	size_t count = 0;

	ck_assert_ptr_nonnull(stream);
	while ((entry = readdir(stream)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 &&
			strcmp(entry->d_name, "..") != 0) {
			folder_join(name, folder, entry->d_name);
			count++;
		}
	closedir(stream);
	ck_assert_uint_eq(count, 1);
}

START_TEST(a_temporary_file_has_the_mode_of_the_result)
{
	char name[FOLDER_PATH_SIZE];
	struct atomic_file *file;
	struct error error;
	mode_t before;

	new_path();
	before = umask(0027);
	file = atomic_file_open(path, ATOMIC_FILE_NAMED, &error);
	umask(before);
	ck_assert_ptr_nonnull(file);
	only_file(name);
	ck_assert_str_ne(name, path);
	ck_assert_uint_eq(mode_of(name), 0640);
	ck_assert(atomic_file_write(file, "x", 1, &error));
	atomic_file_abandon(file);
	ck_assert_uint_eq(folder_count(folder), 0);
}
END_TEST

/*
 * A user with write access to the folder could replace the temporary file by a
 * link, so that another file is overwritten or gets another mode.
 */
START_TEST(a_link_in_the_temporary_files_place_is_not_followed)
{
	char name[FOLDER_PATH_SIZE], victim[FOLDER_PATH_SIZE];
	char elsewhere[FOLDER_PATH_SIZE], *text;
	struct atomic_file *file;
	struct error error;

	new_path();
	folder_join(victim, folder_new(elsewhere), "victim");
	file_write_text(victim, "untouched");
	ck_assert_int_eq(chmod(victim, 0600), 0);
	file = atomic_file_open(path, ATOMIC_FILE_NAMED, &error);
	ck_assert_ptr_nonnull(file);
	only_file(name);
	ck_assert_int_eq(unlink(name), 0);
	ck_assert_int_eq(symlink(victim, name), 0);
	ck_assert(atomic_file_write(file, "model", 5, &error));
	(void)atomic_file_commit(file, NULL, &error);
	text = file_read(victim, NULL);
	ck_assert_str_eq(text, "untouched");
	ck_assert_uint_eq(mode_of(victim), 0600);
	free(text);
}
END_TEST

/* In a child process: save with a limit of the file size. */
static bool
save_with_limit(const struct run *run, rlim_t bytes)
{
	pid_t child = fork();
	int status;

	ck_assert_int_ge(child, 0);
	if (child == 0) {
		struct rlimit limit = {bytes, bytes};
		struct error error;

		signal(SIGXFSZ, SIG_IGN);
		if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
			_exit(2);
		if (model_file_write(&run->state, path, &error))
			_exit(0);
		_exit(strstr(error.text, path) != NULL ? 1 : 3);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFEXITED(status) && WEXITSTATUS(status) <= 1);
	return WEXITSTATUS(status) == 0;
}

START_TEST(a_save_that_fails_anywhere_leaves_the_old_file)
{
	struct run *run = trained("10", 3000);
	char *before, *after;
	size_t length, again;
	bool is_saved = false;

	new_path();
	save(run);
	before = file_read(path, &length);
	for (rlim_t bytes = 0; !is_saved; bytes += 1 + length / 9) {
		is_saved = save_with_limit(run, bytes);
		ck_assert(is_saved == (bytes >= length));
		after = file_read(path, &again);
		ck_assert_uint_eq(length, again);
		ck_assert_mem_eq(before, after, length);
		ck_assert_uint_eq(folder_count(folder), 1);
		free(after);
	}
	free(before);
	end(run);
}
END_TEST

START_TEST(a_file_that_cannot_be_written_is_named)
{
	static const char *const places[] = {"/dev/null/m.safetensors",
		"/nowhere/m.safetensors", "/dev/full", "/"};
	struct run *run = trained("3", 1);

	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		struct error error;

		ck_assert(!model_file_write(&run->state, places[i], &error));
		ck_assert_msg(strstr(error.text, places[i]) != NULL, "%s",
			error.text);
	}
	end(run);
}
END_TEST

START_TEST(weights_that_are_not_finite_are_not_saved)
{
	struct run *run = trained("3", 1);
	struct error error;

	new_path();
	run->state.model.values[5] = 0.0f / (run->state.model.values[5] * 0.0f);
	ck_assert(!model_file_write(&run->state, path, &error));
	ck_assert(!file_exists(path));
	ck_assert_uint_eq(folder_count(folder), 0);
	end(run);
}
END_TEST

/* Files without this key come from versions whose default was 1. */
START_TEST(a_file_without_the_rectangle_weight_has_weight_1)
{
	static const char key[] = "rectangle_weight";
	struct run *run = trained("3", 1), *back;
	struct error error;
	size_t length;
	char *bytes;

	new_path();
	run->state.settings.loss = &loss_rectangle;
	run->state.settings.rectangle_weight = 0.5;
	for (int has_key = 1; has_key >= 0; has_key--) {
		ck_assert_msg(model_file_write(&run->state, path, &error), "%s",
			error.text);
		bytes = file_read(path, &length);
		for (size_t i = 0; !has_key && i + sizeof key < length; i++)
			if (memcmp(bytes + i, key, sizeof key - 1) == 0)
				bytes[i] = 'R';
		file_write(path, bytes, length);
		free(bytes);
		back = model_file_open(suite_context(), path, &error);
		ck_assert_msg(back != NULL, "%s", error.text);
		ck_assert_double_eq(back->state.settings.rectangle_weight,
			has_key ? 0.5 : 1);
		run_destroy(back);
	}
	end(run);
}
END_TEST

/* Simulate a file of an older version: rename a key to an unknown one. */
static void
forget_key(const char *key)
{
	size_t length, size = strlen(key);
	char *bytes = file_read(path, &length);

	for (size_t i = 0; i + size < length; i++)
		if (memcmp(bytes + i, key, size) == 0)
			bytes[i + 1] = 'X';
	file_write(path, bytes, length);
	free(bytes);
}

static void
expect_kernel_read(const char *name)
{
	struct error error;
	struct run *back = model_file_open(suite_context(), path, &error);

	ck_assert_msg(back != NULL, "%s", error.text);
	ck_assert_str_eq(back->state.kernel, name);
	run_destroy(back);
}

START_TEST(the_file_names_the_kernel_of_the_last_update)
{
	const char *name = suite_context()->kernel->name;
	struct run *run = trained("3", 0);

	new_path();
	save(run);
	expect_kernel_read("");
	end(run);
	run = trained("3", 1);
	save(run);
	expect_kernel_read(name);
	/* a kernel of another machine, unknown here */
	strcpy(run->state.kernel, "abacus9");
	save(run);
	expect_kernel_read("abacus9");
	forget_key("\"kernel\"");
	expect_kernel_read("");
	end(run);
}
END_TEST

START_TEST(an_invalid_kernel_name_is_refused)
{
	static const char *const names[] = {"avx-2", "AVX2", "a b", "x\n"};
	struct run *run = trained("3", 1);
	struct error error;

	new_path();
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		strcpy(run->state.kernel, names[i]);
		save(run);
		ck_assert_ptr_null(
			model_file_open(suite_context(), path, &error));
		ck_assert_msg(strstr(error.text, "'kernel' is wrong") != NULL,
			"%s", error.text);
	}
	end(run);
}
END_TEST

static Suite *
model_file_suite(void)
{
	Suite *suite = suite_create("model_file");
	TCase *group = suite_group(suite, "model file", SUITE_SECONDS);

	tcase_add_unchecked_fixture(group, folder_setup, folder_teardown);
	tcase_add_test(group, tensors_are_named_and_shaped_as_in_keras);
	tcase_add_test(group, a_saved_file_saved_again_is_the_same);
	tcase_add_test(group, weights_can_be_taken_from_another_file);
	tcase_add_test(group, a_link_stays_a_link);
	tcase_add_test(group, a_new_file_has_mode_0666_minus_the_umask);
	tcase_add_test(group, a_replaced_file_keeps_its_mode);
	tcase_add_test(group, a_temporary_file_has_the_mode_of_the_result);
	tcase_add_test(group,
		a_link_in_the_temporary_files_place_is_not_followed);
	tcase_add_test(group, a_save_that_fails_anywhere_leaves_the_old_file);
	tcase_add_test(group, a_file_that_cannot_be_written_is_named);
	tcase_add_test(group, weights_that_are_not_finite_are_not_saved);
	tcase_add_test(group, the_file_names_the_kernel_of_the_last_update);
	tcase_add_test(group, an_invalid_kernel_name_is_refused);
	tcase_add_test(group, a_file_without_the_rectangle_weight_has_weight_1);
	return suite;
}

int
main(void)
{
	return suite_run(model_file_suite());
}
