/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/log_line.h"

#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>

size_t
log_line_write(char text[LOG_LINE_SIZE], const struct log_line *line)
{
	return (size_t)snprintf(text, LOG_LINE_SIZE,
		LOG_LINE_BEGIN
		"%llu,\"loss\":%.9g,\"average\":%.9g,\"learning_rate\":%.9g}\n",
		(unsigned long long)line->update, line->loss, line->average,
		line->learning_rate);
}

/* Parse a line as log_line_write writes it; fast, for logs of many lines. */
static bool
read_own(const char *text, struct log_line *line)
{
	int end = 0;

	return sscanf(text,
		       LOG_LINE_BEGIN "%" SCNu64 ",\"loss\":%lf,"
				      "\"average\":%lf,"
				      "\"learning_rate\":%lf}%n",
		       &line->update, &line->loss, &line->average,
		       &line->learning_rate, &end) == 4 &&
		end > 0 && text[end] == '\0';
}

static double
number_of(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	return json_is_number(value) ? json_number_value(value) : NAN;
}

/* Parse an object in any other format. */
static void
read_object(const char *text, struct log_line *line)
{
	json_t *object = json_loads(text, 0, NULL);
	json_int_t update =
		json_integer_value(json_object_get(object, "update"));

	*line = (struct log_line){
		.update = update > 0 ? (uint64_t)update : 0,
		.loss = number_of(object, "loss"),
		.average = number_of(object, "average"),
		.learning_rate = number_of(object, "learning_rate"),
	};
	json_decref(object);
}

bool
log_line_read(const char *text, struct log_line *line)
{
	if (!read_own(text, line))
		read_object(text, line);
	return line->update > 0 && isfinite(line->loss);
}
