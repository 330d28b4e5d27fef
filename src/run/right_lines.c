/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/right_lines.h"

#include <string.h>

#include "base/bytes.h"
#include "run/writer.h"
#include "task/text.h"

static void
judge(const struct task *task, const char *line, size_t length,
	struct right_lines *lines)
{
	lines->count++;
	lines->right += task->is_right_line(line, length);
}

struct right_lines
right_lines_count(const struct task *task, const char *text, bool begins_inside)
{
	struct right_lines lines = {0};
	const char *end;

	for (; (end = strchr(text, '\n')) != NULL; text = end + 1) {
		if (!begins_inside)
			judge(task, text, (size_t)(end - text), &lines);
		begins_inside = false;
	}
	return lines;
}

/* Add a written token to the line; judge the line if it ends there. */
static void
add(const struct run *run, uint32_t token, struct bytes *line,
	struct right_lines *lines)
{
	char text[TEXT_ENCODED_SIZE];
	size_t length = text_encode(run_vocabulary(run), token, text);

	for (size_t i = 0; i < length; i++)
		if (text[i] != '\n') {
			bytes_add(line, &text[i], 1);
		} else {
			judge(run_task(run), (const char *)line->data,
				line->count, lines);
			line->count = 0;
		}
}

bool
right_lines_measure(const struct run *run, uint64_t seed,
	struct right_lines *lines, struct error *error)
{
	struct bytes line = {0};
	struct writer writer;
	bool good;

	*lines = (struct right_lines){0};
	if (run_task(run)->is_right_line == NULL)
		return true;
	if (!writer_create(&writer, run, seed, error))
		return false;
	for (size_t i = 0; i < RIGHT_LINES_TOKENS_MAX &&
		lines->count < RIGHT_LINES_MAX && !line.has_failed;
		i++)
		add(run, writer_write(&writer), &line, lines);
	writer_destroy(&writer);
	good = bytes_check(&line, error);
	bytes_release(&line);
	return good;
}
