/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "users.h"

#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "here.h"

static bool
become_other(void)
{
	return setgroups(0, NULL) == 0 && setgid(OTHER_GROUP) == 0 &&
		setuid(OTHER_USER) == 0;
}

/* Return true if a process of root may become OTHER_USER. */
static bool
can_become_other(void)
{
	pid_t child;
	int status = 0;

	fflush(NULL);
	child = fork();
	if (child == 0)
		_exit(become_other() ? 0 : 1);
	/* no assertions: main calls this too */
	return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

bool
users_are_two(void)
{
	if (geteuid() != 0) {
		printf("not tested: two users: only root can be both\n");
		return false;
	}
	if (!can_become_other()) {
		printf("not tested: two users: root cannot become user %d\n",
			OTHER_USER);
		return false;
	}
	return true;
}

void
users_share_folder(mode_t mode)
{
	char parent[FOLDER_PATH_SIZE], copy[FOLDER_PATH_SIZE];
	const char *program = getenv("LSTMTUI");
	size_t length;
	char *bytes;

	ck_assert_ptr_nonnull(program);
	snprintf(parent, sizeof parent, "%s", folder);
	*strrchr(parent, '/') = '\0';
	ck_assert_int_eq(chmod(parent, 0711), 0);
	ck_assert_int_eq(chmod(folder, mode), 0);
	/* OTHER_USER may not be allowed to enter the build folder */
	bytes = file_read(program, &length);
	file_write(folder_join(copy, parent, "lstmtui"), bytes, length);
	free(bytes);
	ck_assert_int_eq(chmod(copy, 0755), 0);
	ck_assert_int_eq(setenv("LSTMTUI", copy, 1), 0);
}

void
users_run_other(const char *const *arguments, struct outcome *outcome)
{
	command_run(&(struct command){.folder = folder,
			    .arguments = arguments,
			    .user = OTHER_USER,
			    .group = OTHER_GROUP},
		outcome);
}

bool
users_become_plain(void)
{
	const char *mode = getenv("CK_FORK");

	if (geteuid() != 0)
		return true;
	if (mode != NULL && strcmp(mode, "no") == 0) {
		printf("not tested: root is not subject to permissions, and "
		       "CK_FORK=no lets no test become another user\n");
		return false;
	}
	if (!users_are_two())
		return false;
	users_share_folder(0700);
	ck_assert_int_eq(chown(folder, OTHER_USER, OTHER_GROUP), 0);
	ck_assert(become_other());
#ifdef __linux__
	/* LeakSanitizer needs to trace the process */
	prctl(PR_SET_DUMPABLE, 1);
#endif
	return true;
}
