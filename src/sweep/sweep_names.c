/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of a sweep's model files. */
#include "sweep/sweep_axes.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"

#define NAME_SEED "-seed-"
#define NAME_END ".safetensors"
/* between two settings */
#define NAME_SEPARATOR '_'

/* A name that is being written. */
struct writer {
	char *name;
	size_t length; /* may exceed the size */
};

static void
put(struct writer *writer, char byte)
{
	if (writer->length + 1 < SWEEP_NAME_SIZE)
		writer->name[writer->length] = byte;
	writer->length++;
}

static void
put_text(struct writer *writer, const char *text)
{
	for (; *text != '\0'; text++)
		put(writer, *text);
}

static bool
is_plain(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
		(byte >= '0' && byte <= '9') ||
		(byte != '\0' && strchr("-.,+", byte) != NULL);
}

static void
put_value(struct writer *writer, const char *value)
{
	for (; *value != '\0'; value++) {
		char code[4];

		if (is_plain(*value)) {
			put(writer, *value);
			continue;
		}
		snprintf(code, sizeof code, "~%02X", (unsigned char)*value);
		put_text(writer, code);
	}
}

bool
sweep_name_write(const struct sweep *sweep,
	const struct sweep_combination *combination, uint64_t seed,
	char name[SWEEP_NAME_SIZE], struct error *error)
{
	struct writer writer = {.name = name};
	char end[64];

	for (size_t k = 0; k < sweep->axes; k++) {
		if (k > 0)
			put(&writer, NAME_SEPARATOR);
		put_text(&writer, sweep->axis[k].setting->option);
		put(&writer, '-');
		put_value(&writer, combination->value[k]);
	}
	snprintf(end, sizeof end, NAME_SEED "%llu" NAME_END,
		(unsigned long long)seed);
	put_text(&writer, end);
	if (writer.length >= SWEEP_NAME_SIZE)
		return error_set_usage(error,
			"the name of a model would have %zu bytes, more than "
			"%d; vary fewer settings at once",
			writer.length, SWEEP_NAME_SIZE - 1);
	name[writer.length] = '\0';
	return true;
}

/* Find the setting whose option, with a dash, begins a part of a name. */
static const struct setting *
find_setting(const char *part)
{
	const struct setting *found = NULL;
	size_t longest = 0;

	for (size_t i = 0; setting_list[i] != NULL; i++) {
		size_t length = strlen(setting_list[i]->option);

		if (length > longest &&
			strncmp(part, setting_list[i]->option, length) == 0 &&
			part[length] == '-') {
			found = setting_list[i];
			longest = length;
		}
	}
	return found;
}

static int
hexadecimal(char digit)
{
	static const char digits[] = "0123456789ABCDEF";
	const char *at = digit != '\0' ? strchr(digits, digit) : NULL;

	return at != NULL ? (int)(at - digits) : -1;
}

/* Decode value[length] as put_value has written it. */
static bool
read_value(const char *value, size_t length, char *text)
{
	for (size_t i = 0; i < length; i++) {
		int high, low;

		if (is_plain(value[i])) {
			*text++ = value[i];
			continue;
		}
		if (value[i] != '~' || i + 2 >= length)
			return false;
		high = hexadecimal(value[i + 1]);
		low = hexadecimal(value[i + 2]);
		if (high < 0 || low < 0 || high + low == 0 ||
			is_plain((char)(high * 16 + low)))
			return false;
		*text++ = (char)(high * 16 + low);
		i += 2;
	}
	*text = '\0';
	return true;
}

/* Read "-seed-N.safetensors". */
static bool
read_end(const char *end, uint64_t *seed)
{
	char written[64];
	size_t length;
	char number[32] = "";

	end += strlen(NAME_SEED);
	length = strspn(end, "0123456789");
	if (length >= sizeof number)
		return false;
	memcpy(number, end, length);
	if (!number_parse_count(number, UINT64_MAX, seed))
		return false;
	/* without leading zeros, so that a run has only one name */
	snprintf(written, sizeof written, "%llu" NAME_END,
		(unsigned long long)*seed);
	return strcmp(end, written) == 0;
}

/* Find the last NAME_SEED. */
static const char *
find_end(const char *name)
{
	const char *found = NULL;

	for (; (name = strstr(name, NAME_SEED)) != NULL; name++)
		found = name;
	return found;
}

bool
sweep_name_read(const char *name, struct sweep_name *parts)
{
	const char *end = find_end(name);

	*parts = (struct sweep_name){0};
	if (end == NULL || strlen(name) >= SWEEP_NAME_SIZE ||
		!read_end(end, &parts->seed))
		return false;
	while (name < end) {
		size_t k = parts->axes, length, skipped;

		length = strcspn(name, (char[]){NAME_SEPARATOR, '\0'});
		if (name + length > end)
			length = (size_t)(end - name);
		if (k == SWEEP_AXES_MAX)
			return false;
		parts->setting[k] = find_setting(name);
		if (parts->setting[k] == NULL)
			return false;
		skipped = strlen(parts->setting[k]->option) + 1;
		if (skipped > length ||
			!read_value(name + skipped, length - skipped,
				parts->value[k]))
			return false;
		parts->axes++;
		name += length;
		if (name < end && *++name == '-')
			return false;
	}
	return parts->axes > 0;
}
