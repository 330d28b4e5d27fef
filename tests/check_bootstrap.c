/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of what ./bootstrap says to a user who cannot install packages: on a
 * machine without tools, which is a folder of links as PATH.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "folder.h"
#include "suite.h"

static char tools[FOLDER_PATH_SIZE], copy[FOLDER_PATH_SIZE];

/* Add a script to the tools. */
static void
add_tool(const char *name, const char *script)
{
	char path[FOLDER_PATH_SIZE];

	file_write_text(folder_join(path, tools, name), script);
	ck_assert_int_eq(chmod(path, 0755), 0);
}

/* Link the tools that every system has. */
static void
make_machine(void)
{
	char line[4 * FOLDER_PATH_SIZE];

	folder_new(tools);
	folder_new(copy);
	snprintf(line, sizeof line,
		"cp \"$TOP_SRCDIR/bootstrap\" \"$TOP_SRCDIR/configure.ac\" '%s'"
		" && for tool in sh sed tr grep dirname find env cat rm mktemp "
		"head mkdir; do "
		"ln -s \"$(command -v $tool)\" '%s' || exit 1; done",
		copy, tools);
	ck_assert_int_eq(system(line), 0);
	add_tool("id", "#!/bin/sh\necho 1000\n");
}

/* Run ./bootstrap build on this machine. It must fail. */
static void
bootstrap(struct outcome *outcome)
{
	char path[FOLDER_PATH_SIZE + 16];

	snprintf(path, sizeof path, "PATH=%s", tools);
	command_run(
		&(struct command){
			.program = "/bin/sh",
			.arguments = WORDS("bootstrap", "build"),
			.environment = WORDS(path),
			.folder = copy,
		},
		outcome);
	expect_status(outcome, 1);
}

static const struct {
	const char *manager, *advice;
} managers[] = {
	{"apt-get",
		"\napt-get install autoconf automake pkg-config gcc "
		"libc6-dev make libncurses-dev libjansson-dev "
		"libutf8proc-dev libcsv-dev "},
	{"dnf",
		"\ndnf install autoconf automake pkgconf-pkg-config gcc make "
		"ncurses-devel jansson-devel utf8proc-devel libcsv-devel "},
	{"pacman", "\ncsv: no package here, install it by hand\n"},
	{"apk",
		"\napk add autoconf automake pkgconf gcc musl-dev make "
		"ncurses-dev jansson-dev utf8proc-dev libcsv-dev "},
	{"zypper",
		"\nzypper install autoconf automake pkg-config gcc make "
		"ncurses-devel libjansson-devel utf8proc-devel "},
};

START_TEST(a_user_who_is_not_root_is_told_what_to_run)
{
	struct outcome outcome;

	make_machine();
	add_tool(managers[_i].manager, "#!/bin/sh\nexit 99\n");
	bootstrap(&outcome);
	ck_assert_msg(strstr(outcome.errors, "As root, run:\n") != NULL &&
			strstr(outcome.errors, managers[_i].advice) != NULL,
		"%s", outcome.errors);
	outcome_release(&outcome);
}
END_TEST

START_TEST(a_user_whom_sudo_refuses_is_told_the_same)
{
	struct outcome outcome;

	make_machine();
	add_tool("apt-get", "#!/bin/sh\nexit 99\n");
	add_tool("sudo", "#!/bin/sh\nexit 1\n");
	bootstrap(&outcome);
	ck_assert_msg(strstr(outcome.errors,
			      "As root, run:\napt-get install autoconf") !=
			NULL,
		"%s", outcome.errors);
	outcome_release(&outcome);
}
END_TEST

START_TEST(without_a_package_manager_the_components_are_named)
{
	struct outcome outcome;

	make_machine();
	bootstrap(&outcome);
	ck_assert_msg(strstr(outcome.errors,
			      "missing: autoconf automake pkg-config cc make "
			      "ncursesw jansson utf8proc csv") != NULL,
		"%s", outcome.errors);
	ck_assert_uint_eq(count_lines(outcome.errors), 1);
	outcome_release(&outcome);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("bootstrap");
	TCase *group =
		suite_group(suite, "a machine without tools", SUITE_SECONDS);

	tcase_add_unchecked_fixture(group, folder_setup, folder_teardown);
	suite_add_loop(group, a_user_who_is_not_root_is_told_what_to_run, 0,
		sizeof managers / sizeof managers[0]);
	tcase_add_test(group, a_user_whom_sudo_refuses_is_told_the_same);
	tcase_add_test(group,
		without_a_package_manager_the_components_are_named);
	return suite_run(suite);
}
