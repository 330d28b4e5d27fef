/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The names of tensors of PyTorch's and Keras's layers (file/weights.h): group
 * the tensors of a file by the layers that they belong to.
 */
#ifndef LSTMTUI_FILE_WEIGHT_NAMES_H
#define LSTMTUI_FILE_WEIGHT_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "file/tensor_file.h"

enum { WEIGHT_LAYERS_MAX = 64, WEIGHT_NAME_SIZE = 160 };

enum weight_part {
	WEIGHT_INPUT, /* weight_ih, weight, kernel */
	WEIGHT_RECURRENT,
	WEIGHT_BIAS,
	WEIGHT_RECURRENT_BIAS, /* bias_hh */
	WEIGHT_PARTS
};

enum weight_style { WEIGHT_KERAS, WEIGHT_TORCH };

/* A layer: the tensors that have a path in common. */
struct weight_layer {
	const char *path; /* [path_length], with its separator */
	size_t path_length;
	size_t level;   /* of a module of PyTorch with several layers */
	bool has_level; /* in the names: _l0 */
	enum weight_style style;
	bool is_recurrent;
	/* numbers of the file's tensors; SIZE_MAX: missing */
	size_t part[WEIGHT_PARTS];
};

struct weight_names {
	size_t layers;
	/* recurrent layers first, each kind in the order of paths and levels */
	struct weight_layer layer[WEIGHT_LAYERS_MAX];
	size_t recurrent; /* layers */
	size_t stray;     /* the first tensor of no layer; SIZE_MAX: none */
};

/*
 * Group the tensors. Return false for names of layers that this program does
 * not have, or if there are too many.
 */
bool weight_names_group(struct weight_names *names,
	const struct tensor_file *file, struct error *error);

/* Write the name that a part of a layer has, or would have. Return name. */
char *weight_names_of(const struct weight_layer *layer, enum weight_part part,
	char name[WEIGHT_NAME_SIZE]);

#endif
