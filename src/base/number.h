/*
 * Numbers as text, the same in every locale: '.' is the decimal point and
 * ',' groups thousands. The program never sets LC_NUMERIC, so that printf
 * and strtod keep to '.' too.
 */
#ifndef LSTMTUI_BASE_NUMBER_H
#define LSTMTUI_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Room for any number written by this module, with its '\0'. */
enum { NUMBER_TEXT_SIZE = 48 };

/* "1234567" as "1,234,567" in text, which it returns. */
char *number_grouped(char text[NUMBER_TEXT_SIZE], uint64_t value);

/* The shortest decimal form that reads back as the same double. */
char *number_shortest(char text[NUMBER_TEXT_SIZE], double value);

/* A loss with six decimals, or six digits where it is out of all bounds. */
char *number_loss(char text[NUMBER_TEXT_SIZE], double loss);

/* Seconds as "0:13", "12:05" or "3:04:05"; days above 99 hours: "12 d". */
char *number_duration(char text[NUMBER_TEXT_SIZE], double seconds);

/* The whole of text is a decimal count of at most `most`. */
bool number_parse_count(const char *text, uint64_t most, uint64_t *value);

/* The whole of text is a decimal number, finite and not hexadecimal. */
bool number_parse_real(const char *text, double *value);

/*
 * Of count names, the one nearest to text by edits (Levenshtein's distance),
 * or NULL where none is near enough to be a slip of the keys.
 */
const char *number_nearest_name(const char *text,
	const char *(*name)(size_t index), size_t count);

#endif
