/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Users other than the one who runs the tests. Root is not subject to
 * permissions, so a test about them becomes another user first; a test with
 * two users needs root.
 */
#ifndef LSTMTUI_TESTS_USERS_H
#define LSTMTUI_TESTS_USERS_H

#include <stdbool.h>
#include <sys/types.h>

#include "command.h"

/* A user and a group that need no entry in /etc/passwd and /etc/group. */
enum { OTHER_USER = 54321, OTHER_GROUP = 54322 };

/*
 * Whether the tests can act as OTHER_USER beside the user who runs them: that
 * is root, and no user namespace of a single user. If not, a line on standard
 * output says so.
 */
bool users_are_two(void);

/*
 * Let OTHER_USER into the test's folder, which gets the mode. The program that
 * $LSTMTUI names becomes a copy that OTHER_USER can run.
 */
void users_share_folder(mode_t mode);

/* Run the program as OTHER_USER in the test's folder. */
void users_run_other(const char *const *arguments, struct outcome *outcome);

/*
 * Make the test's process subject to permissions: root becomes OTHER_USER for
 * good, and the test's folder OTHER_USER's. False if that is not possible; a
 * line on standard output says why.
 */
bool users_become_plain(void);

#endif
