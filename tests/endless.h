/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A run without an end in the interface, and its log: how a test sees that
 * it goes on while nobody looks at the screen.
 */
#ifndef LSTMTUI_TESTS_ENDLESS_H
#define LSTMTUI_TESTS_ENDLESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "interface.h"

#define LOG "l.jsonl"

/* As fast as can be; each update in the log. */
#define FAST "--seed", "1", "--speed", "0", "--updates", "1000000000"
#define LOGGED "--log", LOG, "--log-every", "1"

#define KEY_CTRL_S "\023"
#define KEY_CTRL_Q "\021"

#define OPEN_IN_SHELL(...)                                       \
	open_with(&(struct terminal_options){.in_a_shell = true, \
		.command.arguments = WORDS(__VA_ARGS__)})

/* Bytes; 0: it is not there. */
off_t size_here(const char *name);

/* The update in the log's last whole line. */
uint64_t updates_logged(void);

/* The run goes on, while nobody looks. */
void expect_training(void);

/* A model is saved. */
void expect_model(void);

/*
 * The screen is what the program means it to be: drawn anew from nothing it
 * is the same. Training has to be paused.
 */
void expect_true_screen(void);

/* The screen comes to the present state; leaves training paused. */
void expect_present(void);

/* Nobody reads, and no more fits in between. */
void wait_until_full(void);

/* Stop the output by Ctrl-S, and wait until none comes. */
void stop_output(void);

/* It ends although nobody reads. */
bool has_ended(void);
void expect_end_unread(void);

/* Of memory that the program has at present, 0: unknown; it takes no more. */
long kilobytes(void);
void expect_memory(long before);

#endif
