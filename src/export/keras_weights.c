/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/keras_weights.h"

#include "export/keras_layers.h"

/* Write a group without links. */
static uint64_t
empty_group(struct bytes *file)
{
	struct hdf5_group group = {0};

	return hdf5_writer_group(file, &group);
}

/* Write a group with one link. */
static uint64_t
group_of(struct bytes *file, const char *name, uint64_t address)
{
	struct hdf5_group group = {0};

	hdf5_group_add(&group, name, address);
	return hdf5_writer_group(file, &group);
}

/* Write the tensors of a layer as the group "vars"; the names end with NULL. */
static uint64_t
add_variables(const struct export_source *source, size_t layer,
	const char *const names[], struct bytes *file)
{
	struct hdf5_group group = {0};

	for (size_t i = 0; names[i] != NULL; i++) {
		const float *values;
		const struct tensor *tensor =
			export_source_tensor(source, layer, names[i], &values);
		const char number[] = {(char)('0' + i), '\0'};

		hdf5_group_add(&group, number,
			hdf5_writer_floats(file, tensor->rows, tensor->columns,
				values));
	}
	return hdf5_writer_group(file, &group);
}

static uint64_t
add_recurrent(const struct export_source *source, size_t layer,
	struct bytes *file)
{
	static const char *const names[] = {"kernel", "recurrent_kernel",
		"bias", NULL};
	struct hdf5_group group = {0};

	hdf5_group_add(&group, "cell",
		group_of(file, "vars",
			add_variables(source, layer, names, file)));
	hdf5_group_add(&group, "vars", empty_group(file));
	return hdf5_writer_group(file, &group);
}

static uint64_t
add_dense(const struct export_source *source, size_t layer, struct bytes *file)
{
	static const char *const names[] = {"kernel", "bias", NULL};

	return group_of(file, "vars",
		add_variables(source, layer, names, file));
}

static uint64_t
add_layers(const struct export_source *source, struct bytes *file)
{
	const struct model *model = run_model(source->run);
	struct hdf5_group group = {0};

	if (keras_layers_before(source->run) > 0)
		hdf5_group_add(&group, "repeat_vector",
			group_of(file, "vars", empty_group(file)));
	for (size_t i = 0; i < model_layers(model); i++) {
		char name[PARAMETERS_NAME_SIZE];

		hdf5_group_add(&group, model_layer_name(model, i, name),
			i < model->shape.layers ? add_recurrent(source, i, file)
						: add_dense(source, i, file));
	}
	return hdf5_writer_group(file, &group);
}

bool
keras_weights_write(const struct export_source *source, const char *text,
	struct bytes *file, struct error *error)
{
	struct hdf5_group root = {0};

	hdf5_writer_begin(file);
	hdf5_group_add(&root, "layers", add_layers(source, file));
	hdf5_group_add(&root, "vars", empty_group(file));
	if (text != NULL)
		hdf5_group_add(&root, "lstmtui.json",
			hdf5_writer_text(file, text));
	return hdf5_writer_end(file, hdf5_writer_group(file, &root), error);
}
