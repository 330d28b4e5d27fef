/*
 * The model file: its tensors as the contract names them, laid out as the
 * safetensors format asks, written whole or not at all.
 */
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
#include "run/model_file.h"
#include "run/run.h"
#include "suite.h"
#include "tensors.h"

static char folder[FOLDER_PATH_SIZE], path[FOLDER_PATH_SIZE];

static struct run *
trained(const char *units, uint64_t updates)
{
	struct run *run = malloc(sizeof *run);
	struct settings settings;
	struct error error;

	ck_assert_ptr_nonnull(run);
	settings_default(&settings);
	settings.seed = 3;
	ck_assert(settings_parse(&settings, SETTING_UNITS, units, &error));
	ck_assert(run_create(run, &settings, &error));
	ck_assert_int_eq(run_advance(run, updates, UINT64_MAX, &error),
		RUN_REACHED);
	return run;
}

static void
end(struct run *run)
{
	run_destroy(run);
	free(run);
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

	ck_assert_msg(model_file_write(run, path, &error), "%s", error.text);
}

START_TEST(tensors_are_named_and_shaped_as_in_keras)
{
	static const struct {
		const char *name;
		size_t rows, columns;
	} expected[] = {
		{"lstm.kernel", 2, 40}, {"lstm.recurrent_kernel", 10, 40},
		{"lstm.bias", 40, 0}, {"lstm_1.kernel", 10, 68},
		{"lstm_1.recurrent_kernel", 17, 68}, {"lstm_1.bias", 68, 0},
		{"dense.kernel", 17, 2}, {"dense.bias", 2, 0},
	};
	static const char *const prefixes[] = {"", "optimizer.m.",
		"optimizer.v."};
	struct run *run = trained("10,17", 20);
	struct tensors tensors;

	new_path();
	save(run);
	/* asserts all that the format asks for, too */
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
			ck_assert_uint_eq(length, 4 * expected[i].rows *
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
	struct run *run = trained("7", 5000), back;
	char *first, *second;
	size_t length, again;
	struct error error;

	new_path();
	save(run);
	first = file_read(path, &length);
	ck_assert(model_file_read(&back, path, &error));
	ck_assert(model_file_write(&back, path, &error));
	second = file_read(path, &again);
	ck_assert_uint_eq(length, again);
	ck_assert_mem_eq(first, second, length);
	free(first);
	free(second);
	run_destroy(&back);
	end(run);
}
END_TEST

START_TEST(weights_can_be_taken_from_another_file)
{
	struct run *run = trained("10", 100), *other = trained("10", 0);
	struct error error;

	new_path();
	save(run);
	ck_assert(model_file_read_weights(other, path, &error));
	ck_assert_mem_eq(run->model.values, other->model.values,
		run->model.parameters.packed_total * sizeof(float));
	end(other);
	other = trained("11", 0);
	ck_assert(!model_file_read_weights(other, path, &error));
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
	ck_assert(model_file_write(run, link, &error));
	ck_assert_int_eq(lstat(link, &status), 0);
	ck_assert(S_ISLNK(status.st_mode));
	/* and the file keeps who may read it */
	ck_assert_int_eq(stat(path, &status), 0);
	ck_assert_int_eq(status.st_mode & 0777, 0640);
	ck_assert_uint_eq(folder_count(folder), 2);
	end(run);
}
END_TEST

/* In a process of its own: save where no file may exceed some bytes. */
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
		if (model_file_write(run, path, &error))
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

START_TEST(what_cannot_be_written_is_named)
{
	static const char *const places[] = {"/dev/null/m.safetensors",
		"/nowhere/m.safetensors", "/dev/full", "/"};
	struct run *run = trained("3", 1);

	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		struct error error;

		ck_assert(!model_file_write(run, places[i], &error));
		ck_assert_msg(strstr(error.text, places[i]) != NULL, "%s",
			error.text);
	}
	end(run);
}
END_TEST

START_TEST(weights_that_are_lost_are_not_saved)
{
	struct run *run = trained("3", 1);
	struct error error;

	new_path();
	run->model.values[5] = 0.0f / (run->model.values[5] * 0.0f);
	ck_assert(!model_file_write(run, path, &error));
	ck_assert(!file_exists(path));
	ck_assert_uint_eq(folder_count(folder), 0);
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
	tcase_add_test(group, a_save_that_fails_anywhere_leaves_the_old_file);
	tcase_add_test(group, what_cannot_be_written_is_named);
	tcase_add_test(group, weights_that_are_lost_are_not_saved);
	return suite;
}

int
main(void)
{
	return suite_run(model_file_suite());
}
