/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Target: the reader of files of other software, which `import` and --init use.
 * A file that is accepted makes a model that is saved and read again, with
 * finite weights. The task is that of the file, or points.
 */
#include <string.h>

#include "run/run.h"
#include "run/run_private.h"
#include "session/import.h"
#include "session/initial.h"
#include "session/model_file.h"
#include "target.h"

/* Larger models are accepted, but would take too long. */
enum { PARAMETERS_MAX = 20000 };

/* A lesson's model, which takes weights from any file. */
static void
read_as_initial(const char *path)
{
	struct settings settings;
	struct initial initial;
	struct error error;
	struct run *run;

	settings_default(&settings);
	settings.units.units[0] = 4;
	run = run_create_unread(fuzz_context(), &settings, 2, &error);
	fuzz_expect(run != NULL, "there is memory for a small model");
	if (initial_read(&initial, run_get_state(run), path, &error)) {
		initial_apply(&initial, &run->state);
		fuzz_expect(run_state_check_finite(&run->state, &error),
			"initial weights are finite");
		initial_release(&initial);
	} else {
		fuzz_expect_refusal(&error, path);
	}
	run_destroy(run);
}

/* Expect that a run can be saved, and read again. */
static void
expect_saved(const struct run *run)
{
	static char folder[FUZZ_FOLDER_SIZE];
	char path[FUZZ_FOLDER_SIZE + 16];
	struct run_state again = {0};
	struct error error;

	if (folder[0] == '\0')
		fuzz_folder_new(folder);
	snprintf(path, sizeof path, "%s/m", folder);
	fuzz_expect(model_file_write(run_get_state(run), path, &error),
		"an imported model can be saved");
	fuzz_expect(model_file_read(&again, fuzz_context(), path, &error),
		"an imported model can be read again");
	run_state_destroy(&again);
}

bool
fuzz_tensors(const unsigned char *bytes, size_t size, struct error *error)
{
	struct import_options options = {.context = fuzz_context()};
	struct fuzz_file file;
	struct import import;
	bool is_taken;

	fuzz_file_open(&file, bytes, size);
	options.path = file.path;
	settings_default(&options.settings);
	is_taken = import_read(&import, &options, error);
	if (!is_taken && strstr(error->text, "name its --task") != NULL) {
		options.settings.task = &task_points;
		options.given = settings_bit(&setting_task);
		is_taken = import_read(&import, &options, error);
	}
	if (is_taken) {
		if (run_model(import.run)->parameters.total <= PARAMETERS_MAX)
			expect_saved(import.run);
		run_destroy(import.run);
	} else {
		fuzz_expect_refusal(error, file.path);
	}
	read_as_initial(file.path);
	fuzz_file_close(&file);
	return is_taken;
}
