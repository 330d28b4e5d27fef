/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The program as a function: its main, which command.c calls in a child
 * process. Starting the program itself would load its libraries each time,
 * which takes longer than most commands of the tests.
 */
#ifndef LSTMTUI_TESTS_PROGRAM_H
#define LSTMTUI_TESTS_PROGRAM_H

int program_main(int argc, char **argv);

#endif
