/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/tty.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Plausible sizes: a terminal may report any size. */
enum { ROWS_MAX = 500, COLUMNS_MAX = 1000 };

void
tty_size(int *rows, int *columns)
{
	struct winsize size = {0};

	*rows = 24;
	*columns = 80;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 &&
		size.ws_col > 0) {
		*rows = size.ws_row < ROWS_MAX ? size.ws_row : ROWS_MAX;
		*columns =
			size.ws_col < COLUMNS_MAX ? size.ws_col : COLUMNS_MAX;
	}
}

bool
tty_has_small_font(void)
{
	const char *term = getenv("TERM");

	/* as "linux", "linux-16color", and "screen.linux" of screen */
	return term != NULL && isatty(STDOUT_FILENO) &&
		(strncmp(term, "linux", strlen("linux")) == 0 ||
			strstr(term, ".linux") != NULL);
}

bool
tty_moves_cursor(void)
{
	const char *term = getenv("TERM");

	return isatty(STDOUT_FILENO) && term != NULL && term[0] != '\0' &&
		strcmp(term, "dumb") != 0;
}
