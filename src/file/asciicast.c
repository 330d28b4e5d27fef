/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/asciicast.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/translate.h"
#include "base/utf8.h"

enum {
	REPLACEMENT = 0xfffd, /* in place of an invalid byte */
	DIGITS = 12           /* of seconds: microseconds of a week */
};

bool
asciicast_create(struct asciicast *cast, const char *path, struct error *error)
{
	*cast = (struct asciicast){
		.descriptor = open(path,
			O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY,
			0666)};
	if (cast->descriptor < 0 && errno == EEXIST)
		return error_set(error,
			"%s: already exists; a recording replaces no file",
			path);
	if (cast->descriptor < 0)
		return error_set(error, "%s: %s", path, strerror(errno));
	cast->path = path;
	return true;
}

static void
fail(struct asciicast *cast, const char *cause)
{
	cast->has_failed = true;
	error_set(&cast->error, "%s: %s", cast->path, cause);
}

/* Write to the file; after a failure remove what was written. */
static void
write_all(struct asciicast *cast, const char *bytes, size_t count)
{
	size_t done = 0;

	while (done < count) {
		ssize_t size =
			write(cast->descriptor, bytes + done, count - done);

		if (size < 0 && errno == EINTR)
			continue;
		if (size <= 0) {
			fail(cast, strerror(size < 0 ? errno : ENOSPC));
			break;
		}
		done += (size_t)size;
	}
	if (cast->has_failed && done > 0) {
		off_t end = lseek(cast->descriptor, 0, SEEK_CUR);

		/* if this fails too, readers skip the incomplete line */
		(void)!ftruncate(cast->descriptor, end - (off_t)done);
	}
}

static int
add_bytes(const char *bytes, size_t count, void *to)
{
	bytes_add(to, bytes, count);
	return 0;
}

/* Write a value as a line. Takes over the value; NULL: out of memory. */
static void
write_line(struct asciicast *cast, json_t *value)
{
	struct bytes line = {0};
	int result = -1;

	if (value != NULL)
		result = json_dump_callback(value, add_bytes, &line,
			JSON_COMPACT | JSON_REAL_PRECISION(DIGITS));
	json_decref(value);
	bytes_add(&line, "\n", 1);
	if (result != 0 || line.has_failed)
		fail(cast, _("out of memory"));
	else
		write_all(cast, (const char *)line.data, line.count);
	bytes_release(&line);
}

/* Seconds since the header, in whole microseconds. */
static double
elapsed(const struct asciicast *cast)
{
	return floor((clock_seconds() - cast->start) * 1e6) / 1e6;
}

/* Return a variable's value, or NULL if it is not set or not UTF-8. */
static json_t *
variable(const char *name)
{
	const char *value = getenv(name);

	return value != NULL && utf8_is_valid(value) ? json_string(value)
						     : NULL;
}

static void
write_header(struct asciicast *cast)
{
	cast->has_header = true;
	cast->start = clock_seconds();
	write_line(cast,
		json_pack("{s: i, s: i, s: i, s: I, s: {s: o*, s: o*}}",
			"version", 2, "width", cast->columns, "height",
			cast->rows, "timestamp",
			(json_int_t)clock_time_of_day(), "env", "TERM",
			variable("TERM"), "SHELL", variable("SHELL")));
}

void
asciicast_size(struct asciicast *cast, int columns, int rows)
{
	char size[32];

	if (cast->has_header && cast->columns == columns && cast->rows == rows)
		return;
	cast->columns = columns;
	cast->rows = rows;
	if (cast->has_failed)
		return;
	if (!cast->has_header) {
		write_header(cast);
		return;
	}
	snprintf(size, sizeof size, "%dx%d", columns, rows);
	write_line(cast, json_pack("[f, s, s]", elapsed(cast), "r", size));
}

static void
add_character(struct asciicast *cast, uint32_t character)
{
	char text[UTF8_SIZE];

	if (!utf8_is_character(character))
		character = REPLACEMENT;
	bytes_add(&cast->text, text, utf8_put(character, text));
}

void
asciicast_add(struct asciicast *cast, const char *bytes, size_t count)
{
	while (count > 0 && !cast->has_failed) {
		bool is_within = !mbsinit(&cast->state);
		wchar_t character = 0;
		size_t size = mbrtowc(&character, bytes, count, &cast->state);

		if (size == (size_t)-2)
			return;
		if (size == (size_t)-1) {
			memset(&cast->state, 0, sizeof cast->state);
			character = REPLACEMENT;
			/* this byte may begin the next character */
			size = is_within ? 0 : 1;
		} else if (size == 0)
			size = 1; /* '\0' */
		add_character(cast, (uint32_t)character);
		bytes += size;
		count -= size;
	}
}

void
asciicast_end(struct asciicast *cast)
{
	struct bytes *text = &cast->text;

	if (text->has_failed && !cast->has_failed)
		fail(cast, _("out of memory"));
	if (text->count > 0 && !cast->has_failed)
		write_line(cast,
			json_pack("[f, s, s%]", elapsed(cast), "o",
				(const char *)text->data, text->count));
	text->count = 0;
}

bool
asciicast_take_error(struct asciicast *cast, struct error *error)
{
	if (!cast->has_failed || cast->is_reported)
		return false;
	cast->is_reported = true;
	*error = cast->error;
	return true;
}

bool
asciicast_close(struct asciicast *cast, struct error *error)
{
	if (cast->path == NULL)
		return true;
	if (close(cast->descriptor) != 0 && !cast->has_failed)
		fail(cast, strerror(errno));
	if (!cast->has_header)
		unlink(cast->path);
	cast->path = NULL;
	bytes_release(&cast->text);
	return !asciicast_take_error(cast, error);
}
