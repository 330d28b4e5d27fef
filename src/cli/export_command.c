/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `lstmtui export`: write a model in a format of other software.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/number.h"
#include "base/printable.h"
#include "base/translate.h"
#include "cli/commands.h"
#include "cli/common_options.h"
#include "export/export.h"
#include "export/exporters.h"
#include "file/file_set.h"
#include "session/model_file.h"

static bool
is_stdout(const char *path)
{
	return strcmp(path, "-") == 0;
}

/* Set an error that lists the formats. Return NULL. */
static const struct exporter *
unknown_format(const char *out, struct error *error)
{
	if (out == NULL)
		error_set_usage(error, "export: name OUT or --format:");
	else
		error_set_usage(error,
			"%s: no format has this suffix; name it with "
			"--format:",
			out);
	for (size_t i = 0; exporter_list[i] != NULL; i++)
		error_append(error, "%s %s", i == 0 ? "" : ",",
			exporter_list[i]->name);
	return NULL;
}

/* Return the format of --format or of the suffix of OUT. */
static const struct exporter *
choose_format(const struct arguments *arguments, struct error *error)
{
	const struct exporter *exporter = arguments->exporter;
	const char *out = arguments->second;

	if (exporter == NULL && out != NULL)
		exporter = exporter_of_path(out);
	if (exporter == NULL && arguments->animated)
		exporter = &exporter_svg;
	if (exporter == NULL)
		return unknown_format(out, error);
	if (!arguments->animated)
		return exporter;
	if (exporter->film == NULL)
		error_set_usage(error,
			"--animated: %s has no film; use --format svg",
			exporter->kind.name);
	return exporter->film;
}

/* Check that OUT is not the model, and that a folder can be written. */
static bool
check_files(const struct exporter *exporter, const char *model, const char *out,
	struct error *error)
{
	struct file_set set = {0};

	if (!is_stdout(out))
		return export_check_out(model, out, error);
	if (exporter->is_folder)
		return error_set_usage(error,
			"-: %s is a folder of several files, which standard "
			"output cannot hold",
			exporter->kind.name);
	file_set_add(&set, FILE_INPUT, "MODEL", model);
	file_set_add_standard(&set);
	return file_set_check(&set, error);
}

/* Ask on the terminal whether OUT is to be replaced. */
static bool
ask(const char *out)
{
	char answer[16] = "";

	fputs("lstmtui: ", stderr);
	printable_print(out, stderr);
	fputs(_(" exists; replace it? [y/N] "), stderr);
	fflush(stderr);
	return fgets(answer, sizeof answer, stdin) != NULL &&
		(answer[0] == 'y' || answer[0] == 'Y');
}

static bool
may_replace(const struct arguments *arguments, const struct exporter *exporter,
	const struct export_output *output, const char *out,
	struct error *error)
{
	if (arguments->force || !export_replaces(exporter, output, out))
		return true;
	if (isatty(STDIN_FILENO) && isatty(STDERR_FILENO))
		return ask(out) || error_set(error, "%s: not replaced", out);
	return error_set(error, "%s: already exists; --force replaces it", out);
}

/* Print what was written, and the note of the exporter. */
static void
report(const struct export_output *output, const char *out)
{
	char number[NUMBER_TEXT_SIZE];
	size_t size = 0;

	for (size_t i = 0; i < output->files; i++)
		size += output->file[i].bytes.count;
	printable_print(out, stdout);
	printf(_(": %s bytes\n"), number_grouped(number, size));
	if (output->note[0] != '\0') {
		printable_print(output->note, stdout);
		putchar('\n');
	}
}

static bool
write_output(const struct arguments *arguments, const struct exporter *exporter,
	const struct export_output *output, const char *out,
	struct error *error)
{
	const struct bytes *bytes = &output->file[0].bytes;

	if (is_stdout(out)) {
		fwrite(bytes->data, 1, bytes->count, stdout);
		return command_flush(error);
	}
	if (!may_replace(arguments, exporter, output, out, error) ||
		!export_write(exporter, output, out, error))
		return false;
	if (!arguments->quiet)
		report(output, out);
	return command_flush(error);
}

static bool
export_to(const struct arguments *arguments, const struct exporter *exporter,
	const char *out, struct error *error)
{
	const char *model = arguments->session.model;
	struct export_output output = {0};
	struct run *run = NULL;
	bool good;

	if (check_files(exporter, model, out, error))
		run = model_file_open(arguments->session.context, model, error);
	good = run != NULL &&
		export_make(exporter, run, model, &output, error) &&
		write_output(arguments, exporter, &output, out, error);
	export_output_release(&output);
	run_destroy(run);
	return good;
}

static enum exit_status
export_command(const struct arguments *arguments, struct error *error)
{
	const struct exporter *exporter = choose_format(arguments, error);
	char *path = NULL;
	bool good;

	if (exporter == NULL)
		return EXIT_USAGE;
	if (arguments->second == NULL) {
		path = export_default_path(exporter, arguments->session.model);
		if (path == NULL) {
			error_out_of_memory(error);
			return EXIT_FAILED;
		}
	}
	good = export_to(arguments, exporter,
		path != NULL ? path : arguments->second, error);
	free(path);
	return good ? EXIT_DONE : EXIT_FAILED;
}

static const struct setting option_format = {
	.option = "format",
	.argument = "NAME",
	.summary = N_("format of OUT"),
	.type = SETTING_CHOICE,
	.offset = ARGUMENT(exporter),
	.choices = exporter_list,
	.shown_default = N_("by the suffix of OUT"),
};

static const struct setting option_animated = {
	.option = "animated",
	.summary = N_("draw the snapshots as a film (svg)"),
	.type = SETTING_FLAG,
	.offset = ARGUMENT(animated),
};

static const struct setting option_force = {
	.option = "force",
	.summary = N_("replace an existing OUT"),
	.type = SETTING_FLAG,
	.offset = ARGUMENT(force),
};

static const struct setting *const options[] = {
	&option_format,
	&option_animated,
	&option_force,
	NULL,
};

/* The suffix of OUT without its point; of tfjs, a folder. */
static const char *
files_of_format(const struct kind *format)
{
	const struct exporter *exporter = (const struct exporter *)format;

	return exporter->is_folder ? "/" : exporter->suffix + 1;
}

const struct command command_export = {
	.name = "export",
	.operand = "MODEL [OUT]",
	.needs_operand = true,
	.second = "OUT",
	.first_files = MODEL_FILES,
	.second_files = "",
	.second_files_of = files_of_format,
	.summary = N_("write a model for other software, or to share it"),
	.run = export_command,
	.options = options,
};
