/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspect/text_excerpt.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/regular_file.h"
#include "base/utf8.h"

/* Tokens that precede the validation part: of the opening, and before it. */
enum { LEAD = 300 };

static bool
create(struct text_excerpt *excerpt, size_t first, size_t count,
	struct error *error)
{
	*excerpt = (struct text_excerpt){.first = first, .count = count};
	excerpt->token = memory_new(first + count, sizeof *excerpt->token);
	if (excerpt->token != NULL)
		return true;
	excerpt->count = excerpt->first = 0;
	return error_out_of_memory(error);
}

void
text_excerpt_destroy(struct text_excerpt *excerpt)
{
	free(excerpt->token);
	*excerpt = (struct text_excerpt){0};
}

bool
text_excerpt_is_validation(const struct run *run)
{
	const struct text *text = run_text(run);

	return text->training < text->length;
}

bool
text_excerpt_of_run(struct text_excerpt *excerpt, const struct run *run,
	size_t max, struct error *error)
{
	const struct text *text = run_text(run);
	size_t from = text_excerpt_is_validation(run) ? text->training : 0;
	size_t count = text->length - from;
	size_t before = from < LEAD ? from : LEAD;
	size_t opening = from - before < LEAD ? from - before : LEAD;

	if (count > max)
		count = max;
	if (!create(excerpt, opening + before, count, error))
		return false;
	token_array_copy(&text->token, 0, opening, excerpt->token);
	token_array_copy(&text->token, from - before, before + count,
		excerpt->token + opening);
	excerpt->is_cut = from + count < text->length;
	return true;
}

bool
text_excerpt_of_tokens(struct text_excerpt *excerpt, const uint32_t *token,
	size_t count, size_t max, struct error *error)
{
	size_t taken = count < max ? count : max;

	if (!create(excerpt, 0, taken, error))
		return false;
	memcpy(excerpt->token, token + count - taken, taken * sizeof *token);
	excerpt->is_cut = taken < count;
	return true;
}

bool
text_excerpt_of_string(struct text_excerpt *excerpt, const struct run *run,
	const char *string, size_t max, struct error *error)
{
	size_t count;

	if (!create(excerpt, 0, strlen(string) + 1, error))
		return false;
	if (!text_tokens(run_vocabulary(run), string, excerpt->token, &count,
		    error) ||
		(count == 0 && !error_set(error, "the text is empty"))) {
		text_excerpt_destroy(excerpt);
		return false;
	}
	excerpt->is_cut = count > max;
	excerpt->count = count < max ? count : max;
	return true;
}

/* Read the beginning of a file as a string of whole characters. */
static bool
read_file(const char *path, bool is_bytes, char *string, size_t size,
	struct error *error)
{
	FILE *file = regular_file_stream(path, REGULAR_FILE_ONLY, error);
	size_t length, end;

	if (file == NULL)
		return false;
	length = fread(string, 1, size - 1, file);
	if (ferror(file)) {
		error_set(error, "%s: %s", path, strerror(errno));
		fclose(file);
		return false;
	}
	fclose(file);
	string[length] = '\0';
	if (strlen(string) < length)
		return error_set(error, "%s: contains a byte 0", path);
	/* the last character may be incomplete */
	end = length + 1 == size ? utf8_before(string, length - 1) : length;
	string[is_bytes ? length : end] = '\0';
	return is_bytes || utf8_is_valid(string) ||
		error_set(error, "%s: not UTF-8", path);
}

bool
text_excerpt_of_file(struct text_excerpt *excerpt, const struct run *run,
	const char *path, size_t max, struct error *error)
{
	size_t size = max * (UTF8_SIZE - 1) + 1;
	char *string = memory_new(size, 1);
	bool good;

	*excerpt = (struct text_excerpt){0};
	if (string == NULL)
		return error_out_of_memory(error);
	good = read_file(path, run_vocabulary(run)->is_bytes, string, size,
		error);
	if (good) {
		struct text_removed removed;

		text_remove_unknown(run_vocabulary(run), string, &removed);
		good = text_excerpt_of_string(excerpt, run, string, max, error);
		excerpt->removed = removed;
		if (!good)
			error_prefix(error, "%s", path);
	}
	free(string);
	return good;
}
