/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Points in the exporter c: their scaling, generation and a main function. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "core/mixture.h"
#include "export/c_code.h"
#include "export/c_code_points.h"
#include "export/export_c_private.h"
#include "run/generate.h"
#include "task/framing.h"

/* How the generation of a framing is written. */
struct c_framing {
	const struct framing *framing;
	const char *comment, *body; /* of @_generate */
};

static const struct c_framing framings[] = {
	{&framing_one_to_one, c_points_one_to_one, c_points_one_to_one_body},
	{&framing_sequence, c_points_sequence, c_points_sequence_body},
	{&framing_many_to_one, c_points_many_to_one, c_points_many_to_one_body},
	{&framing_one_to_many, c_points_one_to_many, c_points_one_to_many_body},
};

static bool
is_mixture(const struct export_c *export)
{
	return run_settings(export->source->run)->loss == &loss_mixture;
}

static bool
is_scaled(const struct export_c *export)
{
	return run_scaling(export->source->run)->features > 0;
}

static size_t
starts_of(const struct run *run)
{
	return framing_start_points(settings_framing(run_settings(run)));
}

static void
add_constants(const struct export_c *export)
{
	const struct run *run = export->source->run;
	struct framing_config framing = settings_framing(run_settings(run));
	const struct c_source *out = &export->out;

	c_source_add(out, "enum {\n");
	c_source_add_constant(out, "FEATURES", run_features(run),
		"numbers of a point");
	c_source_add_constant(out, "OUTPUTS", run_model(run)->shape.outputs,
		is_mixture(export) ? "numbers that describe the next point"
				   : "numbers of the next point");
	if (is_mixture(export))
		c_source_add_constant(out, "MIXTURES",
			(size_t)run_settings(run)->mixtures,
			"components of their distribution");
	if (framing_has_window(framing.framing))
		c_source_add_constant(out, "WINDOW", framing.window,
			"points of a window");
	c_source_add_constant(out, "STARTS", starts_of(run),
		"points that a sequence starts from");
	c_source_add_constant(out, "LENGTH",
		generator_length(run, starts_of(run)),
		"points of a sequence, if nothing else is asked for");
	c_source_add(out, "};\n\n");
}

void
export_c_add_points_interface(const struct export_c *export)
{
	const struct c_source *out = &export->out;

	c_source_add(out,
		"/* ---- The interface: a header of yours. ---- */\n\n");
	add_constants(export);
	c_source_add(out,
		"/* What the network remembers from step to step. */\n"
		"struct @_state {\n");
	export_c_add_memory(export);
	c_source_add(out,
		"};\n\n"
		"/* The points that a sequence starts from, one after the "
		"other. */\n"
		"extern const double @_start[$_STARTS * $_FEATURES];\n\n"
		"/* Begin anew: set the state to zero. */\n"
		"void @_reset(struct @_state *state);\n\n");
	if (is_mixture(export))
		c_source_add(out,
			"/* Read a point; store the distribution of the next "
			"one (see @_sample). */\n");
	else
		c_source_add(out,
			"/* Read a point, and store the next one as the "
			"network expects it. */\n");
	c_source_add(out,
		"void @_step(struct @_state *state, const double "
		"input[$_FEATURES],\n\tdouble output[$_OUTPUTS]);\n\n");
	if (is_mixture(export))
		c_source_add(out,
			"/*\n * Draw a point from the distribution. *random is "
			"any number at first, the seed,\n * and the state of "
			"the random numbers then.\n */\n"
			"void @_sample(const double output[$_OUTPUTS], double "
			"temperature,\n\tuint64_t *random, double "
			"point[$_FEATURES]);\n\n");
	c_source_add(out,
		"/*\n * Complete a sequence of `length` points, one after the "
		"other, whose first `given`\n * points, at least $_STARTS, are "
		"there.\n */\n"
		"void @_generate(struct @_state *state, size_t given, size_t "
		"length,\n\tdouble *points");
	c_source_add(out,
		is_mixture(export) ? ", double temperature, uint64_t *random"
				   : "");
	c_source_add(out, ");\n\n");
}

/* The scaling and the points of the start, in the units of the data. */
static bool
add_data(const struct export_c *export)
{
	const struct run *run = export->source->run;
	const struct scaling *scaling = run_scaling(run);
	const struct c_source *out = &export->out;
	size_t features = run_features(run), count = starts_of(run) * features;
	float *start = memory_floats(count);
	double *shown = memory_new(count, sizeof *shown);

	if (start != NULL && shown != NULL) {
		run_start(run, start);
		for (size_t i = 0; i < count; i++)
			shown[i] = scaling_undo_one(scaling, i % features,
				start[i]);
		c_source_add(out,
			"const double @_start[$_STARTS * $_FEATURES] = {");
		if (is_scaled(export))
			c_source_add_doubles(out, count, shown);
		else
			c_source_add_floats(out, count, features, start);
		c_source_add(out, "\n};\n\n");
	}
	if (is_scaled(export)) {
		c_source_add(out,
			"static const double @_offset[$_FEATURES] = {");
		c_source_add_doubles(out, features, scaling->offset);
		c_source_add(out,
			"\n};\nstatic const double @_factor[$_FEATURES] = {");
		c_source_add_doubles(out, features, scaling->factor);
		c_source_add(out, "\n};\n\n");
		c_source_add(out, c_points_scale);
	}
	free(start);
	free(shown);
	return start != NULL && shown != NULL;
}

static void
add_step(const struct export_c *export)
{
	const struct run *run = export->source->run;
	const struct c_source *out = &export->out;

	c_source_add(out, c_code_reset);
	c_source_add(out,
		"void\n@_step(struct @_state *state, const double "
		"input[$_FEATURES],\n\tdouble output[$_OUTPUTS])\n{\n"
		"\tfloat x[$_FEATURES], y[$_OUTPUTS];\n");
	export_c_add_scratch(export);
	c_source_add(out,
		is_scaled(export)
			? "\tfor (size_t f = 0; f < $_FEATURES; f++)\n"
			  "\t\tx[f] = @_scale(f, input[f]);\n\n"
			: "\tfor (size_t f = 0; f < $_FEATURES; f++)\n"
			  "\t\tx[f] = (float)input[f];\n\n");
	export_c_add_step(export, "state->");
	c_source_add(out,
		is_scaled(export) && !is_mixture(export)
			? "\tfor (size_t o = 0; o < $_OUTPUTS; o++)\n"
			  "\t\toutput[o] = @_unscale(o, (double)y[o]);\n}\n\n"
			: "\tfor (size_t o = 0; o < $_OUTPUTS; o++)\n"
			  "\t\toutput[o] = (double)y[o];\n}\n\n");
	if (!is_mixture(export))
		return;
	c_source_add(out, c_code_random);
	c_source_add(out, c_points_normal);
	c_source_add(out, c_code_choose);
	c_source_add(out,
		"/* The least width of a component. */\n"
		"static const double @_sigma_floor = ");
	bytes_add_format(out->bytes, "%.17g;\n\n",
		run_settings(run)->sigma_floor);
	c_source_add(out, c_points_sample);
	if (run_features(run) == 2)
		c_source_add(out, c_points_sample_rho);
	c_source_add(out, c_points_sample_end);
	c_source_add(out,
		is_scaled(export) ? c_points_sample_scaled
				  : c_points_sample_plain);
	c_source_add(out, c_points_next_mixture);
}

/* A body with its calls: see c_code_points.h. */
static void
add_body(const struct export_c *export, const char *body)
{
	const struct c_source *out = &export->out;

	for (;;) {
		size_t plain = strcspn(body, "`");
		char part[2048];

		snprintf(part, sizeof part, "%.*s", (int)plain, body);
		c_source_add(out, part);
		if (body[plain] == '\0')
			return;
		c_source_add(out,
			is_mixture(export)
				? "@_next(state, temperature, random, "
				: "@_step(state, ");
		body += plain + 1;
	}
}

static void
add_generation(const struct export_c *export)
{
	const struct framing *framing =
		run_settings(export->source->run)->framing;
	const struct c_source *out = &export->out;
	size_t i = 0;

	while (framings[i].framing != framing)
		i++;
	c_source_add(out, framings[i].comment);
	c_source_add(out,
		"void\n@_generate(struct @_state *state, size_t given, size_t "
		"length,\n\tdouble *points");
	c_source_add(out,
		is_mixture(export) ? ", double temperature, uint64_t *random"
				   : "");
	c_source_add(out, ")\n{\n");
	add_body(export, framings[i].body);
}

void
export_c_add_points(const struct export_c *export)
{
	const struct c_source *out = &export->out;

	if (!add_data(export))
		out->bytes->has_failed = true;
	add_step(export);
	add_generation(export);
	c_source_add(out, c_points_main_head);
	c_source_add(out,
		is_scaled(export) ? c_points_print_scaled
				  : c_points_print_plain);
	c_source_add(out,
		is_mixture(export) ? c_points_main_mixture : c_points_main);
	c_source_add(out, c_points_main_end);
}
