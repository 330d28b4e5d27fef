/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `lstmtui import`: make a model of weights of other software.
 */
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/number.h"
#include "base/printable.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "cli/commands.h"
#include "cli/common_options.h"
#include "file/file_set.h"
#include "session/import.h"
#include "session/model_file.h"

static bool
check_files(const struct arguments *arguments, struct error *error)
{
	const struct settings *settings = &arguments->session.settings;
	struct file_set set = {0};
	struct stat status;

	if (settings_read_input(settings))
		return error_set_usage(error,
			"--data -: give the name of a file");
	file_set_add(&set, FILE_INPUT, "IN", arguments->session.model);
	file_set_add(&set, FILE_INPUT, "--vocabulary-file",
		arguments->vocabulary_file);
	file_set_add(&set, FILE_INPUT, "--data", settings->data);
	file_set_add(&set, FILE_OUTPUT, "MODEL", arguments->second);
	file_set_add_standard(&set);
	if (!file_set_check(&set, error))
		return false;
	return arguments->force || lstat(arguments->second, &status) != 0 ||
		error_set(error, "%s: already exists; --force replaces it",
			arguments->second);
}

/* Print what was imported, and the note. */
static void
report(const struct arguments *arguments, const struct import *import)
{
	const struct run *run = import->run;
	const struct settings *settings = run_settings(run);
	char architecture[512], number[NUMBER_TEXT_SIZE];

	settings_architecture(settings, run_model(run)->shape.outputs,
		!arguments->ascii && utf8_is_locale(), architecture,
		sizeof architecture);
	printable_print(arguments->second, stdout);
	printf(": ");
	printf(_("%s, %s, %s, %s parameters, %s"), settings->task->kind.name,
		settings->framing->kind.name, architecture,
		number_grouped(number, run_model(run)->parameters.total),
		settings->loss->kind.name);
	putchar('\n');
	if (import->note[0] != '\0') {
		printf("%s ", _("note:"));
		printable_print(import->note, stdout);
		putchar('\n');
	}
}

static enum exit_status
import_command(const struct arguments *arguments, struct error *error)
{
	const struct import_options options = {
		.context = arguments->session.context,
		.path = arguments->session.model,
		.format = arguments->import_format,
		.vocabulary = arguments->vocabulary_file,
		.settings = arguments->session.settings,
		.given = arguments->session.given,
	};
	struct import import;
	bool good;

	if (!check_files(arguments, error) ||
		!import_read(&import, &options, error))
		return EXIT_FAILED;
	good = model_file_write(run_get_state(import.run), arguments->second,
		error);
	if (good && !arguments->quiet)
		report(arguments, &import);
	run_destroy(import.run);
	return good && command_flush(error) ? EXIT_DONE : EXIT_FAILED;
}

static const struct setting option_format = {
	.option = "format",
	.argument = "NAME",
	.summary = N_("format of IN"),
	.type = SETTING_CHOICE,
	.offset = ARGUMENT(import_format),
	.choices = tensor_format_list,
	.shown_default = N_("by the content of IN"),
};

static const struct setting option_vocabulary_file = {
	.option = "vocabulary-file",
	.argument = "FILE",
	.summary = N_("JSON list of the text's tokens, in the order of the "
		      "model's inputs"),
	.type = SETTING_TEXT,
	.offset = ARGUMENT(vocabulary_file),
	.files = "json",
	.shown_default = N_("in IN, or vocabulary.json beside it"),
};

static const struct setting option_force = {
	.option = "force",
	.summary = N_("replace an existing MODEL"),
	.type = SETTING_FLAG,
	.offset = ARGUMENT(force),
};

static const struct setting *const options[] = {
	&option_format,
	&option_vocabulary_file,
	&option_force,
	NULL,
};

const struct command command_import = {
	.name = "import",
	.operand = "IN MODEL",
	.needs_operand = true,
	.first = "IN",
	.second = "MODEL",
	.needs_second = true,
	.first_files = "safetensors st pt pth npz",
	.second_files = MODEL_FILES,
	.summary = N_("make a model of weights of other software"),
	.run = import_command,
	.takes = common_takes_all,
	.options = options,
};
