/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Calls that only some systems have, and what takes their place elsewhere.
 * configure --enable-fallbacks builds without all of these calls.
 */
#ifndef LSTMTUI_BASE_SYSTEM_H
#define LSTMTUI_BASE_SYSTEM_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>
#include <time.h>

/*
 * Get unpredictable bytes: getrandom, or /dev/urandom. Return false with the
 * cause in errno.
 */
bool system_random(void *bytes, size_t count);

/*
 * Create and open a temporary file, as mkstemp does, closed by exec. Return its
 * descriptor, or -1 with the cause in errno.
 */
int system_temporary(char *template);

/* Return how many processors this process may use, or that are online. */
size_t system_processors(void);

/*
 * Have this process signalled with SIGTERM when its parent ends. Elsewhere than
 * on Linux a child process watches both.
 */
void system_end_with_parent(void);

/*
 * Execute the running program, even if its file was replaced meanwhile; or, if
 * the system does not tell its file, the program arguments[0]. Return if it
 * cannot be executed.
 */
void system_execute_again(char *const *arguments);

/*
 * Discard the content of whole pages of private memory, which are zero from
 * then on. Return false if the system cannot do it.
 */
bool system_discard_pages(char *first, const char *last);

/*
 * Ask for large pages for a block of private memory of several megabytes. It is
 * filled with fewer interruptions by the system, and the processor finds its
 * addresses with fewer look-ups.
 */
void system_use_large_pages(void *block, size_t bytes);

/* Return when a file was modified; to the second if nothing finer is kept. */
struct timespec system_modified(const struct stat *status);

#endif
