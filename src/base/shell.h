/*
 * Words as a POSIX shell reads them: for commands that the program prints.
 */
#ifndef LSTMTUI_BASE_SHELL_H
#define LSTMTUI_BASE_SHELL_H

/*
 * A copy of the word that a shell reads back as the same word, quoted only if
 * it has to be; NULL if memory is short. Release it with free.
 */
char *shell_quoted(const char *word);

#endif
