/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Users other than the one who runs the tests. Root is not subject to
 * permissions, so a test of permissions changes its user first; a test with two
 * users needs root.
 */
#ifndef LSTMTUI_TESTS_USERS_H
#define LSTMTUI_TESTS_USERS_H

#include <stdbool.h>
#include <sys/types.h>

#include "command.h"

/* A user and a group that need no entry in /etc/passwd and /etc/group. */
enum { OTHER_USER = 54321, OTHER_GROUP = 54322 };

/*
 * Return true if the tests can act as OTHER_USER besides their own user: they
 * run as root, and not in a user namespace with a single user. If not, print a
 * line that says so on standard output.
 */
bool users_are_two(void);

/*
 * Give OTHER_USER access to the test's folder, which gets the mode. $LSTMTUI
 * then names a copy of the program that OTHER_USER can execute.
 */
void users_share_folder(mode_t mode);

/* Run the program as OTHER_USER in the test's folder. */
void users_run_other(const char *const *arguments, struct outcome *outcome);

/*
 * Make the test's process subject to permissions: root becomes OTHER_USER for
 * the rest of the process, and the test's folder belongs to OTHER_USER. Return
 * false, with a line on standard output, if that is not possible.
 */
bool users_become_plain(void);

#endif
