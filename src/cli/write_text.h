/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `lstmtui generate` for models of the task text. */
#ifndef LSTMTUI_CLI_WRITE_TEXT_H
#define LSTMTUI_CLI_WRITE_TEXT_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/command.h"
#include "cli/format.h"
#include "run/run.h"

/* Write the text that the arguments request, sampled with the seed. */
bool write_text(const struct run *run, const struct arguments *arguments,
	uint64_t seed, struct error *error);

/* Refuse a picture of a text. */
bool write_text_check_format(const struct format *format, struct error *error);

/*
 * Print the characters of the tokens and a newline: unchanged to a file, made
 * printable on a terminal.
 */
void write_text_tokens(const struct run *run, const uint32_t *tokens,
	size_t count);

/* Return them as a JSON string; NULL: out of memory, or not UTF-8. */
json_t *write_text_string(const struct run *run, const uint32_t *tokens,
	size_t count);

/* Set the error of a text that is not UTF-8, or for which memory lacks. */
bool write_text_fail_json(const struct run *run, struct error *error);

#endif
