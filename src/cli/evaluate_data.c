/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/evaluate_data.h"

#include <stdio.h>

#include "base/number.h"
#include "base/printable.h"
#include "base/regular_file.h"
#include "base/translate.h"
#include "cli/column_name.h"
#include "cli/data_note.h"
#include "run/moved_data.h"
#include "run/run_data.h"
#include "run/run_state.h"

/* Maximum bytes of a name in the table. */
enum { SHOWN_SIZE = 64 };

/* Check that each sequence has at least one sample, as training does. */
static bool
check_lengths(const struct sequences *data, const struct run *run,
	const char *path, struct error *error)
{
	size_t min = framing_min(settings_framing(run_settings(run)));

	for (size_t k = 0; k < data->count; k++) {
		size_t points = data->start[k + 1] - data->start[k];

		if (points < min)
			return error_set(error,
				"%s: sequence %zu has %zu points, fewer than "
				"the %zu of a window and its targets",
				path, k + 1, points, min);
	}
	return true;
}

/* Read a file; is_own: hold out what the run holds out. */
static bool
read_file(struct sequences *data, const struct run *run, const char *path,
	bool is_own, struct error *error)
{
	return run_data_read(data, run, path, is_own, error) &&
		check_lengths(data, run, path, error);
}

/*
 * Prepare the errors. The mean is that of the training data, which a test file
 * must not tell; if they are gone or changed, or if the task makes its training
 * sequences, it is that of the file.
 */
static bool
prepare_errors(struct evaluate_data *data, const struct run *run, bool is_own,
	struct error *error)
{
	const char *path = run_settings(run)->data;
	const struct sequences *trained = &data->sequences;
	struct sequences own = {0};
	struct error ignored;
	bool good;

	data->has_training_mean = is_own;
	/* standard input cannot be read again */
	if (!is_own && path[0] != '\0' &&
		(run_settings(run)->data_bytes != NULL ||
			!regular_file_is_stdin(path)) &&
		read_file(&own, run, path, true, &ignored) &&
		own.hash == run_data_hash(run)) {
		trained = &own;
		data->has_training_mean = true;
	}
	good = data_errors_create(&data->errors, run_scaling(run), trained,
		trained->training_points, error);
	sequences_destroy(&own);
	return good;
}

bool
evaluate_data_read(struct evaluate_data *data, const struct run *run,
	const struct arguments *arguments, struct error *error)
{
	const char *path = arguments->session.settings.data;
	bool is_own = path[0] == '\0' && run_task(run)->make == NULL;

	*data = (struct evaluate_data){0};
	if (is_own)
		path = run_settings(run)->data;
	if (path[0] == '\0')
		return true;
	if (!read_file(&data->sequences, run, path, is_own, error))
		return is_own &&
			moved_data_explain(path, MOVED_DATA_OPTION, error);
	if (!is_own)
		data_note_print(&data->sequences, path);
	data->is_given = true;
	data->is_kept = is_own && run_state_validates(run_settings(run));
	return (!is_own ||
		       moved_data_check(path, data->sequences.hash,
			       run_data_hash(run), MOVED_DATA_EVALUATE,
			       error)) &&
		prepare_errors(data, run, is_own, error);
}

void
evaluate_data_destroy(struct evaluate_data *data)
{
	sequences_destroy(&data->sequences);
	data_errors_destroy(&data->errors);
	data->is_given = false;
}

/* What follows a predictor's error. */
static void
print_note(const struct evaluate_data *data, enum data_predictor predictor)
{
	char count[NUMBER_TEXT_SIZE];

	switch (predictor) {
	case DATA_MODEL:
		number_grouped(count, data->errors.predicted);
		printf(data->is_kept
				? translate_count(
					  "(in the units of the data, over %s "
					  "point held out from training)",
					  "(in the units of the data, over %s "
					  "points held out from training)",
					  data->errors.predicted)
				: translate_count(
					  "(in the units of the data, over %s "
					  "point)",
					  "(in the units of the data, over %s "
					  "points)",
					  data->errors.predicted),
			count);
		putchar('\n');
		return;
	case DATA_LAST:
		puts(_("(each point is the one before)"));
		return;
	default:
		puts(data->has_training_mean
				? _("(each point is the mean of the training "
				    "data)")
				: _("(each point is the mean of the file)"));
	}
}

void
evaluate_data_print(const struct evaluate_data *data)
{
	const struct data_errors *errors = &data->errors;
	const struct sequences_column *columns = data->sequences.column;
	char text[NUMBER_TEXT_SIZE], name[COLUMN_NAME_SIZE];
	char shown[SHOWN_SIZE];

	for (enum data_predictor k = 0; k < DATA_PREDICTORS; k++) {
		printf("%-16s %s  ", data_predictor_name[k],
			number_loss(text, data_errors_mean(errors, k)));
		print_note(data, k);
	}
	if (errors->features == 1)
		return;
	printf("\n%-16s", "column");
	for (enum data_predictor k = 0; k < DATA_PREDICTORS; k++)
		printf(" %14s", data_predictor_name[k]);
	putchar('\n');
	for (size_t f = 0; f < errors->features; f++) {
		printf("%-16s",
			printable_copy(shown, sizeof shown,
				column_name(columns, errors->features, f,
					name)));
		for (enum data_predictor k = 0; k < DATA_PREDICTORS; k++)
			printf(" %14s",
				number_loss(text,
					data_errors_column(errors, k, f)));
		putchar('\n');
	}
}

int
evaluate_data_add(const struct evaluate_data *data, json_t *object)
{
	const struct data_errors *errors = &data->errors;
	json_t *columns = json_array();
	int failed = json_object_set_new(object, "points",
		json_integer((json_int_t)errors->predicted));

	for (enum data_predictor k = 0; k < DATA_PREDICTORS; k++)
		failed |= json_object_set_new(object, data_predictor_name[k],
			json_real(data_errors_mean(errors, k)));
	for (size_t f = 0; f < errors->features; f++) {
		json_t *column = json_object();

		failed |= json_object_set_new(column, "name",
			column_name_json(data->sequences.column,
				errors->features, f));
		for (enum data_predictor k = 0; k < DATA_PREDICTORS; k++)
			failed |= json_object_set_new(column,
				data_predictor_name[k],
				json_real(data_errors_column(errors, k, f)));
		failed |= json_array_append_new(columns, column);
	}
	return failed | json_object_set_new(object, "columns", columns);
}
