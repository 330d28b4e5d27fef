/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `lstmtui info`: print the layers and the run of a model file.
 */
#include "base/translate.h"
#include "cli/commands.h"
#include "cli/common_options.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/exact_bytes.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/printable.h"
#include "base/utf8.h"
#include "cli/json_output.h"
#include "session/model_file.h"
#include "run/relevance.h"
#include "run/settings_json.h"

enum {
	NAME_SIZE = 128, /* of a column */
	RATE_DIGITS = 9,
	/* of the numbers of an object, and of an offset of a scaling */
	DIGITS = 9,
	SCALING_DIGITS = 15
};

/*
 * Get the output shape of a layer as Keras prints it; 0 stands for None.
 * Returns the number of entries.
 */
static size_t
output_shape(const struct run *run, size_t layer, size_t shape[3])
{
	const struct framing *framing = run_settings(run)->framing;
	bool is_lower = layer + 1 < run_model(run)->shape.layers;
	bool is_whole =
		is_lower || framing->carries_state || framing->writes_window;
	size_t steps, samples, entries = 0;

	framing_measure(settings_framing(run_settings(run)),
		run_task(run)->is_text
			? (size_t)run_settings(run)->sequence_length + 1
			: run_length(run),
		&steps, &samples);
	shape[entries++] = 0;
	if (is_whole) /* the lengths of the sequences may differ */
		shape[entries++] =
			run_settings(run)->data[0] != '\0' && steps > 1 ? 0
									: steps;
	shape[entries++] = model_layer_outputs(run_model(run), layer);
	return entries;
}

static void
print_layers(const struct run *run)
{
	const struct model *model = run_model(run);
	char number[NUMBER_TEXT_SIZE];

	printf("%s%*s%s%*s%s\n", _("Layer (type)"),
		utf8_padding(_("Layer (type)"), 28), "", _("Output Shape"),
		utf8_padding(_("Output Shape"), 24), "", _("Param #"));
	for (size_t l = 0; l < model_layers(model); l++) {
		char name[PARAMETERS_NAME_SIZE], layer[64], shape[64];
		size_t entry[3], entries = output_shape(run, l, entry);
		size_t length = 0;

		snprintf(layer, sizeof layer, "%s (%s)",
			model_layer_name(model, l, name),
			model_layer_type(model, l));
		for (size_t i = 0; i < entries; i++)
			length += (size_t)snprintf(shape + length,
				sizeof shape - length,
				entry[i] == 0 ? "%sNone" : "%s%zu",
				i == 0 ? "(" : ", ", entry[i]);
		snprintf(shape + length, sizeof shape - length, ")");
		printf("%-28s%-24s%s\n", layer, shape,
			number_grouped(number,
				model_layer_parameters(model, l)));
	}
	number_grouped(number, model->parameters.total);
	printf(_("Total params: %s\n"), number);
	printf(_("Trainable params: %s\n"), number);
	if (run_learning_parameters(run) < model->parameters.total)
		printf(_("Of these, %s can learn in this framing\n"),
			number_grouped(number, run_learning_parameters(run)));
}

static void
print_setting(const char *key, const char *text)
{
	printf("%-22s", key);
	printable_print(text, stdout);
	putchar('\n');
}

/* Print how the numbers of each column are scaled. */
static void
print_scaling(const struct run *run)
{
	const struct scaling *scaling = run_scaling(run);
	struct data_report report;
	char name[NAME_SIZE], text[2 * NAME_SIZE];

	if (!run_data_report(run, &report))
		report = (struct data_report){0};
	for (size_t f = 0; f < scaling->features; f++) {
		snprintf(text, sizeof text, "(%s - %.*g) / %.*g",
			data_report_column(&report, f, name, sizeof name),
			SCALING_DIGITS, scaling->offset[f], DIGITS,
			scaling->factor[f]);
		print_setting(f == 0 ? "scaling" : "", text);
	}
	data_report_destroy(&report);
}

/* Print what was read from the data when the run began. */
static void
print_data(const struct run *run)
{
	struct text_list lines = {0};
	struct data_report report;

	if (!run_data_report(run, &report))
		return;
	if (data_report_list(&report, &lines))
		for (size_t i = 0; i < lines.count; i++)
			print_setting(i == 0 ? "data_report" : "",
				lines.text[i]);
	text_list_destroy(&lines);
	data_report_destroy(&report);
}

static void
print_text(const struct run *run)
{
	const struct history *history = run_history(run);
	char text[SETTINGS_TEXT_SIZE], number[NUMBER_TEXT_SIZE];
	char last[NUMBER_TEXT_SIZE], average[NUMBER_TEXT_SIZE];
	char best[NUMBER_TEXT_SIZE];

	print_layers(run);
	printf("\n%-22s%s\n", "updates",
		number_grouped(number, run_updates(run)));
	for (size_t id = 0; setting_list[id] != NULL; id++) {
		setting_format(setting_list[id], run_settings(run), text);
		if (text[0] != '\0' &&
			setting_is_relevant(run_settings(run),
				setting_list[id]))
			print_setting(setting_list[id]->key,
				setting_list[id] == &setting_batch
					? run_batch(run, text)
					: text);
	}
	print_scaling(run);
	/* a rate that decays differs from its setting */
	if (setting_is_relevant(run_settings(run), &setting_decay_after))
		print_setting("present_learning_rate",
			number_shortest(number,
				number_round(run_learning_rate(run),
					RATE_DIGITS)));
	if (run_init_file(run)[0] != '\0')
		print_setting("init", run_init_file(run));
	print_data(run);
	if (run_kernel(run)[0] != '\0')
		print_setting("kernel", run_kernel(run));
	if (run_updates(run) > 0) {
		printf("%-22s", "last loss");
		printf(_("%s, average %s, best %s\n"),
			number_loss(last, history->last),
			number_loss(average, history_average(history)),
			number_loss(best, history->best));
	}
	if (run_validation(run)->epochs > 0) {
		printf("%-22s", "validation");
		printf(_("%s after epoch %s, best %s after epoch %llu\n"),
			number_loss(last, run_validation(run)->last),
			number_grouped(number, run_validation(run)->epochs),
			number_loss(best, run_validation(run)->best),
			(unsigned long long)run_validation(run)->best_epoch);
	}
}

static json_t *
layers_object(const struct run *run)
{
	const struct model *model = run_model(run);
	json_t *layers = json_array();

	for (size_t l = 0; l < model_layers(model); l++) {
		char name[PARAMETERS_NAME_SIZE];
		size_t entry[3], entries = output_shape(run, l, entry);
		json_t *shape = json_array();

		for (size_t i = 0; i < entries; i++)
			json_array_append_new(shape,
				entry[i] == 0
					? json_null()
					: json_integer((json_int_t)entry[i]));
		json_array_append_new(layers,
			json_pack("{s: s, s: s, s: o, "
				  "s: I}",
				"name", model_layer_name(model, l, name),
				"type", model_layer_type(model, l),
				"output_shape", shape, "parameters",
				(json_int_t)model_layer_parameters(model, l)));
	}
	return layers;
}

/* The offset and factor of each column; null without scaling. */
static json_t *
scaling_value(const struct scaling *scaling)
{
	json_t *list;

	if (scaling->features == 0)
		return json_null();
	list = json_array();
	for (size_t f = 0; f < scaling->features; f++)
		json_array_append_new(list,
			json_pack("{s: f, s: f}", "offset", scaling->offset[f],
				"factor", scaling->factor[f]));
	return list;
}

/* Add the exact bytes of a name that is not UTF-8, as in the model file. */
static int
add_exact_path(json_t *object, const char *key, const char *path)
{
	char *encoded;
	int failed;

	if (utf8_is_valid(path))
		return 0;
	encoded = exact_bytes_encode(path);
	failed = json_object_set_new(object, key,
		encoded != NULL ? json_string(encoded) : NULL);
	free(encoded);
	return failed;
}

static bool
print_json(const struct run *run, struct error *error)
{
	const struct history *history = run_history(run);
	json_t *object = json_object();
	int failed = 0;
	bool good;

	for (size_t id = 0; setting_list[id] != NULL; id++)
		failed |= json_object_set_new(object, setting_list[id]->key,
			settings_json(run_settings(run), setting_list[id]));
	failed |= json_object_set_new(object, "parameters",
		json_integer((json_int_t)run_model(run)->parameters.total));
	failed |= json_object_set_new(object, "learning_parameters",
		json_integer((json_int_t)run_learning_parameters(run)));
	failed |= json_object_set_new(object, "init",
		settings_json_path(run_init_file(run)));
	failed |=
		add_exact_path(object, "data_bytes", run_settings(run)->data) |
		add_exact_path(object, "init_bytes", run_init_file(run));
	failed |= json_object_set_new(object, "scaling",
		scaling_value(run_scaling(run)));
	failed |= json_object_set_new(object, "data_report",
		run_data_report_text(run) != NULL
			? json_loads(run_data_report_text(run), 0, NULL)
			: json_null());
	failed |= json_object_set_new(object, "kernel",
		run_kernel(run)[0] != '\0' ? json_string(run_kernel(run))
					   : json_null());
	failed |= json_object_set_new(object, "present_learning_rate",
		json_real(run_learning_rate(run)));
	failed |= json_object_set_new(object, "updates",
		json_integer((json_int_t)run_updates(run)));
	if (run_updates(run) > 0) {
		failed |= json_object_set_new(object, "last_loss",
			json_real(history->last));
		failed |= json_object_set_new(object, "average_loss",
			json_real(history_average(history)));
	}
	if (run_streams(run) > 0)
		failed |= json_object_set_new(object, "streams",
			json_integer((json_int_t)run_streams(run)));
	failed |= json_object_set_new(object, "layers", layers_object(run));
	good = json_output_digits(failed == 0 ? object : NULL,
		run_scaling(run)->features > 0 ? SCALING_DIGITS : DIGITS,
		error);
	json_decref(object);
	return good;
}

static enum exit_status
info(const struct arguments *arguments, struct error *error)
{
	struct run *run = NULL;
	bool good;

	if (command_check_files(arguments->session.model, NULL, error))
		run = model_file_open(arguments->session.context,
			arguments->session.model, error);
	good = run != NULL;
	if (good && arguments->json)
		good = print_json(run, error);
	else if (good)
		print_text(run);
	good = good && command_flush(error);
	run_destroy(run);
	return good ? EXIT_DONE : EXIT_FAILED;
}

static const struct setting *const options[] = {&option_json, NULL};

const struct command command_info = {
	.name = "info",
	.operand = "MODEL",
	.needs_operand = true,
	.first_files = MODEL_FILES,
	.summary = N_("print the layers and the run of a model file"),
	.run = info,
	.options = options,
};
