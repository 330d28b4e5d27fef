/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Words as a POSIX shell reads them: for commands that the program prints.
 */
#ifndef LSTMTUI_BASE_SHELL_H
#define LSTMTUI_BASE_SHELL_H

#include <stdbool.h>

/*
 * A copy of the word that a shell reads back as the same word, quoted only if
 * it has to be; NULL if memory is short. Release it with free.
 */
char *shell_quoted(const char *word);

/*
 * The same in one line: a word with a newline becomes $'...', which bash, ksh,
 * zsh and shells of POSIX.1-2024 know. is_shown: the line goes to a terminal,
 * so a word that it would obey or cannot show becomes that too.
 */
char *shell_quoted_line(const char *word, bool is_shown);

#endif
