/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Quote words for a POSIX shell, for commands that the program prints.
 */
#ifndef LSTMTUI_BASE_SHELL_H
#define LSTMTUI_BASE_SHELL_H

#include <stdbool.h>

/*
 * Return the word quoted for a POSIX shell, or an unquoted copy if it needs no
 * quotes; NULL if out of memory. The caller frees it.
 */
char *shell_quoted(const char *word);

/*
 * Return the word quoted on one line, like shell_quoted: a word that contains a
 * newline is written as $'...', known to bash, ksh, zsh and shells of
 * POSIX.1-2024. If is_shown, the line goes to a terminal, and a word that is
 * not printable is written in this form too.
 */
char *shell_quoted_line(const char *word, bool is_shown);

#endif
