/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text_run.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "suite.h"

struct run *
text_run_begin(const char *const options[][2], const char *data)
{
	struct run *run;
	settings_mask given = 0;
	struct settings settings;
	struct error error;

	settings_default(&settings);
	settings.task = &task_text;
	settings.seed = 1;
	strcpy(settings.data, data);
	for (size_t i = 0; options[i][0] != NULL; i++)
		for (size_t id = 0; setting_list[id] != NULL; id++)
			if (strcmp(setting_list[id]->option, options[i][0]) ==
				0) {
				ck_assert_msg(setting_parse(setting_list[id],
						      &settings, options[i][1],
						      &error),
					"%s", error.text);
				given |= settings_bit(setting_list[id]);
			}
	ck_assert_msg(settings_complete(&settings, given, &error), "%s",
		error.text);
	run = run_create(suite_context(), &settings, NULL, &error);
	ck_assert_msg(run != NULL, "%s", error.text);
	return run;
}

void
text_run_train(struct run *run, uint64_t updates, uint64_t work)
{
	enum run_status status;
	struct error error;

	do
		status = run_advance(run, updates, work, &error);
	while (status == RUN_GOES_ON);
	ck_assert_msg(status == RUN_REACHED, "%s", error.text);
}

void
text_run_end(struct run *run)
{
	run_destroy(run);
}

double
text_log_probability(const float *scores, size_t count, uint32_t token)
{
	double max = scores[0], sum = 0;

	for (size_t i = 1; i < count; i++)
		max = fmax(max, scores[i]);
	for (size_t i = 0; i < count; i++)
		sum += exp(scores[i] - max);
	return scores[token] - max - log(sum);
}
