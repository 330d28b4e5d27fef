/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/data_task.h"

#include "base/regular_file.h"
#include "task/builtin.h"

static bool
has_numbers(const struct csv_dialect *dialect)
{
	for (size_t i = 0; i < dialect->count; i++)
		if (dialect->column[i].is_mostly_numbers)
			return true;
	return false;
}

const struct task *
data_task(const struct sequences_config *config)
{
	const struct csv_dialect_config asked =
		sequences_dialect_config(config);
	const struct task *task = &task_text;
	struct csv_dialect dialect = {0};
	struct csv_reader *reader;
	struct error ignored;

	if (builtin_is_named(config->path))
		return task;
	if (config->bytes == NULL && regular_file_is_stdin(config->path))
		return &task_points;
	reader = sequences_open(config, &ignored);
	if (reader == NULL)
		return &task_points;
	if (csv_dialect_find(&dialect, reader, &asked, &ignored) &&
		has_numbers(&dialect))
		task = &task_points;
	csv_dialect_destroy(&dialect);
	csv_reader_close(reader);
	return task;
}
