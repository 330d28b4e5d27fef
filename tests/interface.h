/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The interface in a terminal, for tests of its keys, its screen and the files
 * that it writes. A test has one folder and at most one terminal. A wait that
 * exceeds its time limit fails the test.
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

/* The terminal of the current test. */
extern struct terminal terminal;

/* Add a group of tests like add_case, which close the terminal they open. */
TCase *add_screen_case(Suite *suite, const char *name);

/* Start the program in the test's folder and terminal. */
void open_with(const struct terminal_options *given);
void open_program(const char *const *arguments);
#define OPEN(...) open_program(WORDS(__VA_ARGS__))

/* Close the terminal before the test ends. */
void close_terminal(void);

void press(const char *keys);
void expect(const char *text);
void expect_gone(const char *text);

/* Wait until the program waits for the next key without a time limit. */
void settle(void);
void press_and_settle(const char *keys);
void pause_training(void);

void expect_end(int status);

/* Assert that the program has restored the terminal. */
void expect_restored(void);

/* Leave without saving; answer the question, if one is asked. */
void leave(void);

/* Write a number of updates as the screen shows it: "12,340". */
void group(char text[32], uint64_t value);

/* Return the updates done, from "12,340/25,000" on the screen. */
uint64_t count_to(uint64_t wanted);
uint64_t count(void); /* of UPDATES_DEFAULT */
void expect_count(uint64_t wanted, uint64_t min, uint64_t max);
void expect_at_least(uint64_t min);

/* Return true if the text contains the word, delimited on both sides. */
bool has_word(const char *text, const char *word);

/* Copy the first line that contains both words, or "" if no line does. */
void line_with(const char *first, const char *second, char line[TEXT_SIZE]);

/* Return true if each box is closed and contains no strokes of other boxes. */
bool boxes_are_whole(const struct terminal *from);

/* Return true if the middle of the screen is in a complete box. */
bool box_is_in_the_middle(const struct terminal *from);
void expect_good_screen(struct terminal *from);

#endif
