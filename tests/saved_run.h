/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs that the interface saves, compared with those of other files. */
#ifndef LSTMTUI_TESTS_SAVED_RUN_H
#define LSTMTUI_TESTS_SAVED_RUN_H

/* Assert that two files of the test's folder hold the same run. */
void expect_same_run(const char *one, const char *other);

/* Save in the interface under a name that does not exist. */
void save_as(const char *name);

#endif
