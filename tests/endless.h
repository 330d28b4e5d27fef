/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A run without end in the interface, with a log that shows whether it advances
 * while nobody reads the screen.
 */
#ifndef LSTMTUI_TESTS_ENDLESS_H
#define LSTMTUI_TESTS_ENDLESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "interface.h"

#define LOG "l.jsonl"

/* Options: unlimited speed; a log line for each update. */
#define FAST                                                      \
	"--seed", "1", "--speed", "0", "--updates", "1000000000", \
		"--history-memory", "4"
#define LOGGED "--log", LOG, "--log-every", "1"

#define KEY_CTRL_S "\023"
#define KEY_CTRL_Q "\021"

#define OPEN_IN_SHELL(...)                                       \
	open_with(&(struct terminal_options){.in_a_shell = true, \
		.command.arguments = WORDS(__VA_ARGS__)})

/* Return the size of a file in bytes, 0 if it does not exist. */
off_t size_here(const char *name);

/* Return the update in the log's last complete line. */
uint64_t updates_logged(void);

/* Assert that the log grows, without reading the screen. */
void expect_training(void);

/* Wait until the model file exists; assert that it does. */
void expect_model(void);

/*
 * Assert that a complete redraw does not change the screen. Training must be
 * paused.
 */
void expect_true_screen(void);

/* Assert that the screen reaches the present update; pause training. */
void expect_present(void);

/* Without reading, wait until the terminal's buffer is full. */
void wait_until_full(void);

/* Stop the output by Ctrl-S, and wait until no more arrives. */
void stop_output(void);

/* Return true if the program has exited; assert that it exits, unread. */
bool has_ended(void);
void expect_end_unread(void);

/*
 * Return the program's memory use (0: unknown); assert that it has not grown.
 */
long kilobytes(void);
void expect_memory(long before);

#endif
