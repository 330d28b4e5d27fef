/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The exporter csv: the losses of the run, as finely as its history keeps them,
 * and the losses of its validations. A row is of consecutive updates, numbered
 * from 1; a validation has a row of its own, after the update before it.
 */
#include <inttypes.h>

#include "base/translate.h"
#include "export/exporters.h"
#include "run/history.h"

/* Add the validations after the updates (before, update]. */
static size_t
add_validations(struct bytes *bytes, const struct validations *validations,
	size_t next, double update)
{
	for (; next < validations->count &&
		validations->at[next].update <= update;
		next++)
		bytes_add_format(bytes, "%.0f,%.0f,,,,,%.9g\n",
			validations->at[next].update,
			validations->at[next].update,
			validations->at[next].loss);
	return next;
}

static bool
write_csv(const struct export_source *source, struct export_output *output,
	struct error *error)
{
	const struct history *history = run_history(source->run);
	const struct validations *validations = run_validations(source->run);
	struct bytes *bytes = export_add_file(output, "");
	struct history_bucket bucket;
	uint64_t first = 0, end;
	size_t next = 0;

	bytes_add_text(bytes,
		"first_update,last_update,loss,min,max,average,validation\n");
	for (; history_next(history, first, &bucket, &end); first = end) {
		bytes_add_format(bytes,
			"%" PRIu64 ",%" PRIu64 ",%.9g,%.9g,%.9g,%.9g,\n",
			first + 1, end, (double)bucket.mean, (double)bucket.min,
			(double)bucket.max, (double)bucket.average);
		next = add_validations(bytes, validations, next, (double)end);
	}
	return bytes_check(bytes, error);
}

const struct exporter exporter_csv = {
	.kind = {.name = "csv", .summary = N_("the losses of all updates")},
	.suffix = ".csv",
	.write = write_csv,
};
