/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "saved_run.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "interface.h"
#include "run/run_state.h"
#include "session/model_file.h"
#include "suite.h"

static void
read_state(struct run_state *state, const char *name)
{
	char path[FOLDER_PATH_SIZE];
	struct error error;

	memset(state, 0, sizeof *state);
	ck_assert_msg(model_file_read(state, suite_context(),
			      path_here(path, name), &error),
		"%s", error.text);
}

void
expect_same_run(const char *one, const char *other)
{
	struct run_state a, b;
	const char *name;

	read_state(&a, one);
	read_state(&b, other);
	name = run_state_difference(&a, &b);
	ck_assert_msg(name == NULL, "%s and %s: %s differs", one, other, name);
	run_state_destroy(&a);
	run_state_destroy(&b);
}

void
save_as(const char *name)
{
	char said[64];

	press("W");
	expect("File name:");
	press(name);
	press("\r");
	snprintf(said, sizeof said, "saved %s", name);
	expect(said);
}
