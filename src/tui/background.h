/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether the ground of the terminal is dark or light, from the terminal's
 * answer to a query or from the environment.
 */
#ifndef LSTMTUI_TUI_BACKGROUND_H
#define LSTMTUI_TUI_BACKGROUND_H

enum background { BACKGROUND_UNKNOWN, BACKGROUND_DARK, BACKGROUND_LIGHT };

/*
 * Parse the answer to OSC 11 without its delimiters: "11;rgb:RRRR/GGGG/BBBB"
 * with 1 to 4 hexadecimal digits each, "rgba:" with a fourth number, or "#"
 * with 3 numbers of 1 to 4 digits.
 */
enum background background_of_answer(const char *answer);

/*
 * Parse the value of COLORFGBG, which rxvt and Konsole set: colours of 16
 * separated by semicolons, the last is the background. NULL: unknown.
 */
enum background background_of_variable(const char *value);

#endif
