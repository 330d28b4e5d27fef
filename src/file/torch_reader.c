/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/torch_reader.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "file/pickle_reader.h"
#include "file/safetensors_private.h"

#define PICKLE_NAME "/data.pkl"

enum {
	NAME_SIZE = 256, /* of a member, or of a storage's key */
	DEPTH_MAX = 8    /* of dicts in dicts */
};

/* The file while it is read. */
struct torch {
	struct tensor_file *file;
	const char *prefix; /* NAME of the archive, [prefix_length] */
	size_t prefix_length;
	struct error *error;
};

/* The tensor's place in its storage, in elements. */
struct layout {
	size_t offset;
	size_t stride[SAFETENSORS_DIMENSIONS_MAX];
	bool is_contiguous;
};

static struct zip_member *
find_pickle(const struct zip_archive *archive)
{
	size_t suffix = strlen(PICKLE_NAME);

	for (size_t i = 0; i < archive->members; i++) {
		struct zip_member *member = &archive->member[i];

		if (member->name_length > suffix &&
			memcmp(member->name + member->name_length - suffix,
				PICKLE_NAME, suffix) == 0)
			return member;
	}
	return NULL;
}

bool
torch_is_archive(const struct zip_archive *archive)
{
	return find_pickle(archive) != NULL;
}

/* Find the member NAME/PART. */
static struct zip_member *
find_member(const struct torch *torch, const char *part, size_t length)
{
	char name[NAME_SIZE];
	int size = snprintf(name, sizeof name, "%.*s/%.*s",
		(int)torch->prefix_length, torch->prefix, (int)length, part);

	/* a key with a zero byte names no member */
	return torch->prefix_length < NAME_SIZE && length < NAME_SIZE &&
			size < NAME_SIZE
		? zip_find(&torch->file->archive, name)
		: NULL;
}

/* Store a number that is not negative. */
static bool
get_size(const struct pickle_value *value, size_t *size)
{
	*size = value->type == PICKLE_NUMBER && value->number >= 0
		? (size_t)value->number
		: SIZE_MAX;
	return *size != SIZE_MAX;
}

/* Read the shape and the strides. Set the number of elements. */
static bool
read_shape(const struct torch *torch, const struct pickle_value *arguments,
	struct safetensors_tensor *tensor, struct layout *layout)
{
	const struct pickle *pickle = &torch->file->pickle;
	const struct pickle_value *shape = pickle_item(pickle, arguments, 2);
	const struct pickle_value *strides = pickle_item(pickle, arguments, 3);
	size_t count = 1, extent, expected = 1;

	if (shape->type != PICKLE_TUPLE || strides->type != PICKLE_TUPLE ||
		shape->list.count != strides->list.count ||
		shape->list.count > SAFETENSORS_DIMENSIONS_MAX ||
		!get_size(pickle_item(pickle, arguments, 1), &layout->offset))
		return error_set(torch->error, "its shape is wrong");
	tensor->dimensions = shape->list.count;
	layout->is_contiguous = true;
	for (size_t d = tensor->dimensions; d-- > 0;) {
		if (!get_size(pickle_item(pickle, shape, d), &extent) ||
			!get_size(pickle_item(pickle, strides, d),
				&layout->stride[d]))
			return error_set(torch->error, "its shape is wrong");
		if (!memory_product(count, extent, &count))
			return error_set(torch->error,
				"its shape is too large");
		tensor->shape[d] = extent;
		layout->is_contiguous &=
			extent == 1 || layout->stride[d] == expected;
		expected = count;
	}
	tensor->count = count;
	return true;
}

/* Whether all elements are within `elements` of the storage. */
static bool
is_within(const struct safetensors_tensor *tensor, const struct layout *layout,
	size_t elements)
{
	size_t last = layout->offset, reach;

	if (tensor->count == 0)
		return true;
	for (size_t d = 0; d < tensor->dimensions; d++) {
		if (!memory_product((size_t)tensor->shape[d] - 1,
			    layout->stride[d], &reach) ||
			reach > SIZE_MAX - last)
			return false;
		last += reach;
	}
	return last < elements;
}

/* Copy the elements, of `size` bytes, in the order of a contiguous tensor. */
static bool
gather(const struct torch *torch, struct safetensors_tensor *tensor,
	const struct layout *layout, const unsigned char *storage, size_t size)
{
	unsigned char *copy =
		tensor_file_copy_room(torch->file, tensor->bytes, torch->error);

	if (copy == NULL)
		return false;
	for (size_t i = 0; i < tensor->count; i++) {
		size_t at = layout->offset, index = i;

		for (size_t d = tensor->dimensions; d-- > 0;) {
			size_t extent = (size_t)tensor->shape[d];

			/* there is an element */
			assert(extent > 0);
			at += index % extent * layout->stride[d];
			index /= extent;
		}
		memcpy(copy + i * size, storage + at * size, size);
	}
	tensor->data = copy;
	return true;
}

/* Find the storage of a tensor. Store its bytes and number of elements. */
static const unsigned char *
open_storage(const struct torch *torch, const struct pickle_value *value,
	size_t size, size_t *elements)
{
	const struct pickle *pickle = &torch->file->pickle;
	const struct pickle_value *id = pickle_item(pickle, value, 0);
	const struct pickle_value *key = pickle_item(pickle, id, 2);
	char part[NAME_SIZE];
	struct zip_member *member;
	size_t bytes;

	snprintf(part, sizeof part, "data/%.*s",
		(int)(key->text.length < NAME_SIZE ? key->text.length
						   : NAME_SIZE),
		key->text.bytes);
	member = find_member(torch, part, strlen(part));
	if (member == NULL) {
		error_set(torch->error, "damaged: its storage is missing");
		return NULL;
	}
	if (!get_size(pickle_item(pickle, id, 4), elements) ||
		!memory_product(*elements, size, &bytes) ||
		bytes > member->size) {
		error_set(torch->error, "damaged: its storage is truncated");
		return NULL;
	}
	return zip_content(&torch->file->archive, member, torch->error);
}

/* Read the tensor that _rebuild_tensor_v2 would make of its arguments. */
static bool
read_tensor(const struct torch *torch, const struct pickle_value *value,
	struct safetensors_tensor *tensor)
{
	const struct pickle *pickle = &torch->file->pickle;
	const struct pickle_value *arguments = pickle_item(pickle, value, 0);
	const struct pickle_value *storage = pickle_item(pickle, arguments, 0);
	const unsigned char *data;
	struct layout layout = {0};
	size_t size, elements;

	*tensor = (struct safetensors_tensor){0};
	if (storage->type != PICKLE_STORAGE)
		return error_set(torch->error, "it has no storage");
	tensor->type = pickle_item(pickle, pickle_item(pickle, storage, 0), 1)
			       ->global->type;
	size = safetensors_type_size(tensor->type);
	if (!read_shape(torch, arguments, tensor, &layout))
		return false;
	data = open_storage(torch, storage, size, &elements);
	if (data == NULL)
		return false;
	/* an expanded tensor could be far larger than the file */
	if (tensor->count > elements || !is_within(tensor, &layout, elements))
		return error_set(torch->error,
			"its shape is larger than its storage");
	tensor->bytes = (size_t)tensor->count * size;
	tensor->data = data + (tensor->count > 0 ? layout.offset * size : 0);
	return layout.is_contiguous ||
		gather(torch, tensor, &layout, data, size);
}

/* Whether a text ends with a word. */
static bool
ends_with(const struct pickle_value *text, const char *word)
{
	size_t length = strlen(word);

	return text->type == PICKLE_TEXT && text->text.length >= length &&
		memcmp(text->text.bytes + text->text.length - length, word,
			length) == 0;
}

/* Whether a dict is a state dict of recurrent layers. */
static bool
has_layers(const struct pickle *pickle, const struct pickle_value *dict)
{
	for (size_t i = 0; i + 1 < dict->list.count; i += 2) {
		const struct pickle_value *key = pickle_item(pickle, dict, i);

		if (pickle_item(pickle, dict, i + 1)->type == PICKLE_TENSOR &&
			(ends_with(key, "weight_hh_l0") ||
				ends_with(key, "weight_hh") ||
				ends_with(key, "recurrent_kernel")))
			return true;
	}
	return false;
}

/*
 * Find the state dict in a dict, and the dict that contains it; 0 if there is
 * none. Dicts are visited once, since a forged one may contain itself.
 */
static uint32_t
find_state(struct pickle *pickle, uint32_t number, size_t depth,
	uint32_t *around)
{
	struct pickle_value *dict = &pickle->value[number];

	if (dict->type != PICKLE_DICT || dict->is_visited || depth == DEPTH_MAX)
		return 0;
	dict->is_visited = true;
	if (has_layers(pickle, dict))
		return number;
	for (size_t i = 1; i < dict->list.count; i += 2) {
		uint32_t found = find_state(pickle, dict->list.item[i],
			depth + 1, around);

		if (found != 0 && *around == 0)
			*around = number;
		if (found != 0)
			return found;
	}
	return 0;
}

/* Return a list of strings, or NULL if the value is none. */
static json_t *
string_list(const struct pickle *pickle, const struct pickle_value *value)
{
	json_t *list;
	int failed = 0;

	if (value == NULL || value->type != PICKLE_LIST ||
		value->list.count == 0)
		return NULL;
	list = json_array();
	for (size_t i = 0; i < value->list.count && failed == 0; i++) {
		const struct pickle_value *item = pickle_item(pickle, value, i);

		failed = item->type != PICKLE_TEXT ||
			json_array_append_new(list,
				json_stringn(item->text.bytes,
					item->text.length)) != 0;
	}
	if (failed == 0)
		return list;
	json_decref(list);
	return NULL;
}

/* Take the vocabulary from a dict, if it has one. */
static void
take_vocabulary(struct tensor_file *file, const struct pickle_value *dict)
{
	static const char *const keys[] = {"vocabulary", "vocab", "chars"};
	const struct pickle *pickle = &file->pickle;

	if (file->vocabulary == NULL)
		file->vocabulary = string_list(pickle,
			pickle_attribute(pickle, dict, keys[0]));
	for (size_t i = 0; i < 3 && file->vocabulary == NULL; i++)
		file->vocabulary =
			string_list(pickle, pickle_get(pickle, dict, keys[i]));
}

/* Take all tensors of the state dict. */
static bool
take_tensors(const struct torch *torch, const struct pickle_value *dict)
{
	const struct pickle *pickle = &torch->file->pickle;
	struct safetensors_tensor tensor;

	for (size_t i = 0; i + 1 < dict->list.count; i += 2) {
		const struct pickle_value *key = pickle_item(pickle, dict, i);
		const struct pickle_value *value =
			pickle_item(pickle, dict, i + 1);

		if (value->type != PICKLE_TENSOR || key->type != PICKLE_TEXT)
			continue;
		if (!read_tensor(torch, value, &tensor))
			return error_prefix(torch->error, "tensor '%.*s'",
				(int)(key->text.length < 80 ? key->text.length
							    : 80),
				key->text.bytes);
		if (!tensor_file_add(torch->file, key->text.bytes,
			    key->text.length, &tensor, torch->error))
			return false;
	}
	return true;
}

/* Refuse storages in another byte order, which newer files name. */
static bool
check_order(const struct torch *torch)
{
	struct zip_member *member = find_member(torch, "byteorder", 9);
	const unsigned char *order;

	if (member == NULL)
		return true;
	order = zip_content(&torch->file->archive, member, torch->error);
	return order != NULL &&
		((member->size == 6 && memcmp(order, "little", 6) == 0) ||
			error_set(torch->error,
				"its numbers are big-endian, which is not "
				"supported"));
}

/* Take the state dict of the pickled object. */
static bool
take_state(const struct torch *torch)
{
	struct tensor_file *file = torch->file;
	struct pickle *pickle = &file->pickle;
	const struct pickle_value *text;
	uint32_t around = 0;
	uint32_t state = find_state(pickle, pickle->root, 0, &around);

	if (state == 0 && pickle->value[pickle->root].type != PICKLE_DICT)
		return error_set(torch->error,
			"it holds no dict of tensors, but another object");
	/* the message about missing tensors lists those that are there */
	if (state == 0)
		state = pickle->root;
	text = pickle_attribute(pickle, &pickle->value[state], "lstmtui");
	if (text != NULL && text->type == PICKLE_TEXT)
		tensor_file_describe(file, text->text.bytes, text->text.length);
	take_vocabulary(file, &pickle->value[state]);
	if (around != 0)
		take_vocabulary(file, &pickle->value[around]);
	return take_tensors(torch, &pickle->value[state]);
}

bool
torch_read(struct tensor_file *file, struct error *error)
{
	struct zip_member *member = find_pickle(&file->archive);
	struct torch torch = {.file = file, .error = error};
	const unsigned char *bytes;

	if (member == NULL)
		return error_set(error, "damaged: it has no data.pkl");
	torch.prefix = member->name;
	torch.prefix_length = member->name_length - strlen(PICKLE_NAME);
	bytes = zip_content(&file->archive, member, error);
	return bytes != NULL && check_order(&torch) &&
		pickle_read(&file->pickle, bytes, member->size, error) &&
		take_state(&torch);
}
