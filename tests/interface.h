/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The interface as a program in a terminal, for the tests of what a person
 * types, sees, and finds left behind. A test has one folder and, where it
 * opened one, one terminal. What does not come within a limit fails it.
 */
#ifndef LSTMTUI_TESTS_INTERFACE_H
#define LSTMTUI_TESTS_INTERFACE_H

#include <check.h>
#include <stdbool.h>
#include <stdint.h>

#include "here.h"
#include "terminal.h"

#define MODEL "m.safetensors"

enum {
	LIMIT_MS = TERMINAL_LIMIT_MS,
	TEXT_SIZE = 4096,
	UPDATES_DEFAULT = 25000
};

/* The terminal that most tests need one of. */
extern struct terminal terminal;

/* As add_case, and its tests close the terminal that they open. */
TCase *add_screen_case(Suite *suite, const char *name);

/* Start the program in the folder; as the test's terminal. */
void open_with(const struct terminal_options *given);
void open_program(const char *const *arguments);
#define OPEN(...) open_program(WORDS(__VA_ARGS__))

/* Close it before the test ends. */
void close_terminal(void);

void press(const char *keys);
void expect(const char *text);
void expect_gone(const char *text);

/* For a program that has nothing to do until the next key. */
void settle(void);
void press_and_settle(const char *keys);
void pause_training(void);

void expect_end(int status);

/* That the terminal is as it was before the program. */
void expect_restored(void);

/* Leave without saving, whatever is asked. */
void leave(void);

/* "12,340", as numbers of updates are shown. */
void group(char text[32], uint64_t value);

/* Updates done, from "12,340/25,000" on the screen. */
uint64_t count_to(uint64_t wanted);
uint64_t count(void); /* to the default */
void expect_count(uint64_t wanted, uint64_t min, uint64_t max);
void expect_at_least(uint64_t min);

/* Does a word stand on the screen by itself? */
bool has_word(const char *text, const char *word);

/* The first line that holds both words; "" where none does. */
void line_with(const char *first, const char *second, char line[TEXT_SIZE]);

/* Each box of the screen closed and empty of others' strokes. */
bool boxes_are_whole(const struct terminal *from);
void expect_good_screen(struct terminal *from);

#endif
