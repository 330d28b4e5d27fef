/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/page_summary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/exact_bytes.h"
#include "base/number.h"
#include "run/generated.h"

enum { ARCHITECTURE_SIZE = 256, LOSS_DIGITS = 4 };

/*
 * A distribution, or many starts, are measured by thousands of shapes. Of a
 * model with more parameters this takes too long.
 */
enum { MEASURED_PARAMETERS_MAX = 20000 };

static void
add_network(struct bytes *text, const struct run *run)
{
	char architecture[ARCHITECTURE_SIZE], number[NUMBER_TEXT_SIZE];
	const struct model *model = run_model(run);
	size_t learning = run_learning_parameters(run);

	settings_architecture(run_settings(run), model->shape.outputs, true,
		architecture, sizeof architecture);
	bytes_add_format(text,
		"A recurrent network, %s with %s "
		"parameters, ",
		architecture, number_grouped(number, model->parameters.total));
	if (learning < model->parameters.total)
		bytes_add_format(text, "of which %s can learn, ",
			number_grouped(number, learning));
}

static void
add_task(struct bytes *text, const struct run *run)
{
	const struct task *task = run_task(run);
	const char *path = run_settings(run)->data;
	const char *slash = strrchr(path, '/');
	char *name = exact_bytes_show(slash != NULL ? slash + 1 : path);

	if (name == NULL)
		text->has_failed = true;
	else if (name[0] == '\0')
		bytes_add_format(text, "learnt to draw %s. ", task->plural);
	else if (strcmp(name, "-") == 0)
		bytes_add_format(text, "learnt %s. ", task->plural);
	else
		bytes_add_format(text, "learnt %s of %s. ", task->plural, name);
	free(name);
}

/* How the network predicts in the framing of the run. */
static void
add_framing(struct bytes *text, const struct run *run)
{
	const struct settings *settings = run_settings(run);
	const struct framing *framing = settings->framing;
	const char *noun =
		run_task(run)->is_text ? settings->tokens->noun : "point";
	unsigned long long window = settings->window;

	if (framing->carries_state)
		bytes_add_format(text,
			"It reads one %s after the other, carries its state "
			"along, and predicts each next one. ",
			noun);
	else if (framing->reads_window)
		bytes_add_format(text,
			"It reads a window of %llu %ss and predicts the next "
			"one, and remembers nothing before the window. ",
			window, noun);
	else if (framing->writes_window)
		bytes_add_format(text,
			"It reads one %s and predicts the next %llu, and "
			"remembers nothing before it. ",
			noun, window);
	else
		bytes_add_format(text,
			"It reads one %s and predicts the next one, and "
			"remembers nothing before it. ",
			noun);
}

static void
add_loss(struct bytes *text, const struct run *run)
{
	const struct task_floor *floor = run_floor(run);
	char updates[NUMBER_TEXT_SIZE], loss[NUMBER_TEXT_SIZE];
	char fraction[TASK_FLOOR_TEXT_SIZE];

	if (run_updates(run) == 0) {
		bytes_add_text(text,
			"Its weights are random: it has made no update.");
		return;
	}
	bytes_add_format(text, "After %s update%s its average loss, %s, is %s",
		number_grouped(updates, run_updates(run)),
		run_updates(run) == 1 ? "" : "s",
		run_settings(run)->loss->kind.name,
		number_shortest(loss,
			number_round(history_average(run_history(run)),
				LOSS_DIGITS)));
	if (floor != NULL)
		bytes_add_format(text,
			"; the lowest mean loss that any predictor%s can reach "
			"is %s",
			run_floor_is_passed(run) ? " without memory" : "",
			run_floor_text(run, fraction));
	bytes_add_text(text, ".");
}

/* Measure what the network draws. */
static bool
add_shape_error(struct bytes *text, const struct run *run, struct error *error)
{
	bool draws_many = run_settings(run)->loss->is_density ||
		run_task(run)->has_many_starts;
	struct generated generated;
	char number[NUMBER_TEXT_SIZE];

	if (run_task(run)->shape_error == NULL ||
		(draws_many &&
			run_model(run)->parameters.total >
				MEASURED_PARAMETERS_MAX))
		return true;
	if (!generated_measure(run, run_settings(run)->seed, &generated, error))
		return false;
	if (!isfinite(generated.shape_error))
		return true;
	if (generated.is_degenerate)
		bytes_add_format(text,
			" What it draws is hardly more than a "
			"dot.");
	else
		bytes_add_format(text,
			" What it draws is off a true %s by %s %% of its size%s"
			".",
			run_task(run)->singular,
			number_fixed(number, 100 * generated.shape_error, 1),
			generated.count > 1 ? " (median)" : "");
	return true;
}

bool
page_summary_add(struct bytes *text, const struct run *run, struct error *error)
{
	add_network(text, run);
	add_task(text, run);
	add_framing(text, run);
	add_loss(text, run);
	return add_shape_error(text, run, error) && bytes_check(text, error);
}
