/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/weight_names.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIST_NAME "arr_" /* of numpy.savez without names */

enum { LEVEL_MAX = 1000 };

/* A name, taken apart. */
struct parsed {
	size_t path_length;
	size_t level;
	bool has_level;
	enum weight_style style;
	bool is_recurrent;
	bool is_of_either; /* a bias, whose style its layer decides */
	enum weight_part part;
};

/* The last part of a name, by style; first those of recurrent layers. */
static const struct {
	const char *name;
	enum weight_style style;
	enum weight_part part;
	bool is_recurrent;
} parts[] = {
	{"weight_ih", WEIGHT_TORCH, WEIGHT_INPUT, true},
	{"weight_hh", WEIGHT_TORCH, WEIGHT_RECURRENT, true},
	{"bias_ih", WEIGHT_TORCH, WEIGHT_BIAS, true},
	{"bias_hh", WEIGHT_TORCH, WEIGHT_RECURRENT_BIAS, true},
	{"recurrent_kernel", WEIGHT_KERAS, WEIGHT_RECURRENT, true},
	{"kernel", WEIGHT_KERAS, WEIGHT_INPUT, false},
	{"weight", WEIGHT_TORCH, WEIGHT_INPUT, false},
	{"bias", WEIGHT_KERAS, WEIGHT_BIAS, false},
};

static bool
is_separator(char c)
{
	return c == '.' || c == '/';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/*
 * Take _l0, _l1, ... from the end of a name of *length bytes. Return false if
 * it has none.
 */
static bool
take_level(const char *name, size_t *length, size_t *level)
{
	size_t first = *length;

	while (first > 0 && is_digit(name[first - 1]))
		first--;
	if (first == *length || first < 2 || name[first - 1] != 'l' ||
		name[first - 2] != '_' || *length - first > 3)
		return false;
	*level = (size_t)strtoul(name + first, NULL, 10);
	*length = first - 2;
	return *level < LEVEL_MAX;
}

/* Take a name apart. Return false if it is not that of a layer's tensor. */
static bool
parse(const char *name, struct parsed *parsed)
{
	size_t length = strlen(name), first;

	*parsed = (struct parsed){0};
	if (length > 2 && strcmp(name + length - 2, ":0") == 0)
		length -= 2;
	parsed->has_level = take_level(name, &length, &parsed->level);
	for (first = length; first > 0 && !is_separator(name[first - 1]);)
		first--;
	parsed->path_length = first;
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		if (strlen(parts[i].name) != length - first ||
			memcmp(parts[i].name, name + first, length - first) !=
				0)
			continue;
		parsed->style = parts[i].style;
		parsed->part = parts[i].part;
		parsed->is_recurrent = parts[i].is_recurrent;
		parsed->is_of_either = strcmp(parts[i].name, "bias") == 0;
		/* only the recurrent modules of PyTorch have levels */
		return !parsed->has_level ||
			(parsed->is_recurrent && parsed->style == WEIGHT_TORCH);
	}
	return false;
}

/* Refuse layers of PyTorch that this program does not have. */
static bool
check_kind(const char *name, struct error *error)
{
	if (strstr(name, "_reverse") != NULL && strstr(name, "_l") != NULL)
		return error_set(error,
			"the tensor '%.80s' is that of a bidirectional layer, "
			"which this program does not have",
			name);
	return strstr(name, "weight_hr_l") == NULL ||
		error_set(error,
			"the tensor '%.80s' is that of an LSTM with a "
			"projection, which this program does not have",
			name);
}

/* Return the layer of a tensor, a new one if there is none; NULL: too many. */
static struct weight_layer *
find_layer(struct weight_names *names, const char *path,
	const struct parsed *parsed)
{
	struct weight_layer *layer;

	for (size_t i = 0; i < names->layers; i++) {
		layer = &names->layer[i];
		if (layer->path_length == parsed->path_length &&
			layer->level == parsed->level &&
			memcmp(layer->path, path, layer->path_length) == 0)
			return layer;
	}
	if (names->layers == WEIGHT_LAYERS_MAX)
		return NULL;
	layer = &names->layer[names->layers++];
	*layer = (struct weight_layer){
		.path = path,
		.path_length = parsed->path_length,
		.level = parsed->level,
	};
	for (size_t i = 0; i < WEIGHT_PARTS; i++)
		layer->part[i] = SIZE_MAX;
	return layer;
}

static bool
add(struct weight_names *names, const char *path, const struct parsed *parsed,
	size_t number, struct error *error)
{
	struct weight_layer *layer = find_layer(names, path, parsed);

	if (layer == NULL)
		return error_set(error, "more than %d layers",
			WEIGHT_LAYERS_MAX);
	if (layer->part[parsed->part] != SIZE_MAX)
		return error_set(error,
			"the layer '%.*s' has two tensors of a kind",
			(int)(layer->path_length < 80 ? layer->path_length
						      : 80),
			layer->path);
	layer->part[parsed->part] = number;
	layer->is_recurrent |= parsed->is_recurrent;
	layer->has_level |= parsed->has_level;
	if (!parsed->is_of_either)
		layer->style = parsed->style;
	return true;
}

/*
 * Whether the tensors are arr_0, arr_1, ..., three of each recurrent layer and
 * two of the dense one.
 */
static bool
is_list(const struct tensor_file *file)
{
	char name[sizeof LIST_NAME + 24];

	for (size_t i = 0; i < file->tensors; i++) {
		snprintf(name, sizeof name, LIST_NAME "%zu", i);
		if (tensor_file_find(file, name) == NULL)
			return false;
	}
	return file->tensors >= 5 && file->tensors % 3 == 2;
}

static bool
group_list(struct weight_names *names, const struct tensor_file *file,
	struct error *error)
{
	static const enum weight_part order[] = {WEIGHT_INPUT, WEIGHT_RECURRENT,
		WEIGHT_BIAS};
	char name[sizeof LIST_NAME + 24];

	for (size_t i = 0; i < file->tensors; i++) {
		bool is_dense = i + 2 >= file->tensors;
		struct parsed parsed = {
			.path_length = strlen(LIST_NAME),
			.level = i / 3,
			.is_recurrent = !is_dense,
			/* of the dense layer: the kernel, and the bias */
			.part = is_dense && i % 3 == 1 ? WEIGHT_BIAS
						       : order[i % 3],
		};
		const struct safetensors_tensor *tensor;

		snprintf(name, sizeof name, LIST_NAME "%zu", i);
		tensor = tensor_file_find(file, name);
		if (!add(names, tensor->name, &parsed,
			    (size_t)(tensor - file->tensor), error))
			return false;
	}
	return true;
}

/* Compare paths; numbers in them by value: lstm_2 is before lstm_10. */
static int
compare_paths(const struct weight_layer *left, const struct weight_layer *right)
{
	const char *a = left->path, *b = right->path;
	const char *end_a = a + left->path_length;
	const char *end_b = b + right->path_length;

	while (a < end_a && b < end_b) {
		const char *first_a = a, *first_b = b;

		while (a < end_a && is_digit(*a))
			a++;
		while (b < end_b && is_digit(*b))
			b++;
		if (a > first_a && b > first_b) {
			if (a - first_a != b - first_b)
				return a - first_a < b - first_b ? -1 : 1;
			if (memcmp(first_a, first_b, (size_t)(a - first_a)) !=
				0)
				return memcmp(first_a, first_b,
					(size_t)(a - first_a));
			continue;
		}
		a = first_a;
		b = first_b;
		if (*a != *b)
			return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
		a++;
		b++;
	}
	return (a < end_a) - (b < end_b);
}

static int
compare_layers(const void *a, const void *b)
{
	const struct weight_layer *left = a, *right = b;
	int order;

	if (left->is_recurrent != right->is_recurrent)
		return left->is_recurrent ? -1 : 1;
	order = compare_paths(left, right);
	if (order != 0)
		return order;
	return (left->level > right->level) - (left->level < right->level);
}

static bool
group_names(struct weight_names *names, const struct tensor_file *file,
	struct error *error)
{
	struct parsed parsed;

	for (size_t i = 0; i < file->tensors; i++) {
		const char *name = file->tensor[i].name;

		if (!check_kind(name, error))
			return false;
		if (!parse(name, &parsed)) {
			if (names->stray == SIZE_MAX)
				names->stray = i;
		} else if (!add(names, name, &parsed, i, error)) {
			return false;
		}
	}
	return true;
}

bool
weight_names_group(struct weight_names *names, const struct tensor_file *file,
	struct error *error)
{
	names->layers = names->recurrent = 0;
	names->stray = SIZE_MAX;
	if (!(is_list(file) ? group_list(names, file, error)
			    : group_names(names, file, error)))
		return false;
	qsort(names->layer, names->layers, sizeof names->layer[0],
		compare_layers);
	for (size_t i = 0; i < names->layers; i++)
		names->recurrent += names->layer[i].is_recurrent;
	return true;
}

char *
weight_names_of(const struct weight_layer *layer, enum weight_part part,
	char name[WEIGHT_NAME_SIZE])
{
	const char *found = "bias";
	char level[24] = "";

	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (parts[i].part == part && parts[i].style == layer->style &&
			(parts[i].is_recurrent == layer->is_recurrent ||
				layer->style == WEIGHT_KERAS)) {
			found = parts[i].name;
			break;
		}
	if (layer->has_level)
		snprintf(level, sizeof level, "_l%zu", layer->level);
	snprintf(name, WEIGHT_NAME_SIZE, "%.*s%s%s",
		(int)(layer->path_length < 100 ? layer->path_length : 100),
		layer->path, found, level);
	return name;
}
