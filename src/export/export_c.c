/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The exporter c: a run as one C99 file that needs only the C library and libm.
 * The file keeps nothing between calls but a struct of the caller; its weights
 * are constants with the bits of the model's. It has a main function for the
 * compiler's option -DLSTMTUI_MAIN, which prints what `lstmtui generate` does.
 */
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/translate.h"
#include "export/export_c_private.h"
#include "export/exporters.h"

enum { ARCHITECTURE_SIZE = 1024 };

/* Whether a name is that of a file that a shell takes as it is. */
static bool
is_plain_name(const char *name)
{
	return name[0] != '-' &&
		name[strspn(name,
			"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
			"0123456789._-")] == '\0';
}

static void
add_compilation(const struct export_c *export)
{
	const char *name = export->source->name;

	if (!is_plain_name(name))
		name = export->out.lower;
	bytes_add_format(export->out.bytes,
		" *\n"
		" * With a program that includes the interface below:\n"
		" *\n"
		" *     cc -std=c99 -O2 -c %s.c    (link it with -lm)\n"
		" *\n"
		" * Alone, to print what `lstmtui generate` prints:\n"
		" *\n"
		" *     cc -std=c99 -O2 -DLSTMTUI_MAIN -o %s %s.c -lm\n",
		name, name, name);
}

static void
add_heading(const struct export_c *export)
{
	const struct run *run = export->source->run;
	const struct settings *settings = run_settings(run);
	struct bytes *bytes = export->out.bytes;
	char layers[ARCHITECTURE_SIZE], number[NUMBER_TEXT_SIZE];

	bytes_add_text(bytes, "/*\n * ");
	c_source_add_comment(&export->out, export->source->name);
	bytes_add_format(bytes,
		": a recurrent neural network as C99, from %s.\n *\n",
		PACKAGE_STRING);
	bytes_add_format(bytes, " *     layers      %s\n",
		settings_architecture(settings, run_model(run)->shape.outputs,
			false, layers, sizeof layers));
	bytes_add_format(bytes, " *     parameters  %s\n",
		number_grouped(number, run_model(run)->parameters.total));
	bytes_add_format(bytes, " *     updates     %s\n",
		number_grouped(number, run_updates(run)));
	bytes_add_format(bytes,
		" *     task        %s\n *     framing     %s\n"
		" *     loss        %s\n",
		run_task(run)->kind.name, settings->framing->kind.name,
		settings->loss->kind.name);
	add_compilation(export);
	bytes_add_text(bytes,
		" *\n"
		" * No function allocates memory or keeps anything outside the "
		"state that it is\n"
		" * given, so any number of states can be used side by side.\n"
		" */\n"
		"#include <math.h>\n#include <stddef.h>\n#include <stdint.h>\n"
		"#include <string.h>\n\n");
}

static void
add_weights(const struct export_c *export)
{
	const struct parameters *parameters =
		&run_model(export->source->run)->parameters;
	struct bytes *bytes = export->out.bytes;

	bytes_add_text(bytes,
		"/* ---- The weights, row by row: a row for each input of a "
		"layer. ---- */\n");
	for (size_t i = 0; i < parameters->tensors; i++) {
		const struct tensor *tensor = &parameters->tensor[i];
		int layer = (int)strcspn(tensor->name, ".");
		size_t rows = tensor->rows > 0 ? tensor->rows : 1;

		bytes_add_format(bytes, "\n/* [%zu, %zu] */\n", rows,
			tensor->columns);
		c_source_add(&export->out, "static const float @_");
		bytes_add_format(bytes, "%.*s_%s[%zu] = {", layer, tensor->name,
			tensor->name + layer + 1, tensor->size);
		c_source_add_floats(&export->out, tensor->size, tensor->columns,
			export->source->values + tensor->offset);
		bytes_add_text(bytes, "\n};\n");
	}
	bytes_add_text(bytes, "\n");
}

static bool
write_c(const struct export_source *source, struct export_output *output,
	struct error *error)
{
	struct bytes *bytes = export_add_file(output, "");
	const struct export_c export = {
		.out = c_source_begin(bytes, source->name),
		.source = source,
	};
	bool is_text = run_task(source->run)->is_text;

	add_heading(&export);
	if (is_text)
		export_c_add_text_interface(&export);
	else
		export_c_add_points_interface(&export);
	add_weights(&export);
	export_c_add_layers(&export);
	if (is_text)
		export_c_add_text(&export);
	else
		export_c_add_points(&export);
	return bytes_check(bytes, error);
}

const struct exporter exporter_c = {
	.kind = {.name = "c",
		.summary = N_("one file of C99 without libraries")},
	.suffix = ".c",
	.write = write_c,
};
