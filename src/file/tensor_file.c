/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/tensor_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "file/pickle_reader.h"
#include "file/tensor_read.h"

struct tensor_file *
tensor_file_new(struct error *error)
{
	struct tensor_file *file = memory_new(1, sizeof *file);

	if (file == NULL)
		error_out_of_memory(error);
	return file;
}

void
tensor_file_close(struct tensor_file *file)
{
	if (file == NULL)
		return;
	for (size_t i = 0; i < file->blocks; i++)
		free(file->block[i]);
	free(file->block);
	free(file->tensor);
	json_decref(file->description);
	json_decref(file->vocabulary);
	pickle_destroy(&file->pickle);
	zip_close(&file->archive);
	free(file->bytes);
	safetensors_close(file->safetensors);
	free(file);
}

const struct safetensors_tensor *
tensor_file_find(const struct tensor_file *file, const char *name)
{
	for (size_t i = 0; i < file->tensors; i++)
		if (strcmp(file->tensor[i].name, name) == 0)
			return &file->tensor[i];
	return NULL;
}

const struct safetensors_tensor *
tensor_file_require(const struct tensor_file *file, const char *name,
	struct error *error)
{
	const struct safetensors_tensor *tensor = tensor_file_find(file, name);

	if (tensor == NULL)
		tensor_missing(file->tensor, file->tensors, name, error);
	return tensor;
}

bool
tensor_file_own(struct tensor_file *file, void *block, struct error *error)
{
	if (block == NULL ||
		!memory_grow((void **)&file->block, &file->block_capacity,
			file->blocks + 1, sizeof *file->block)) {
		free(block);
		error_out_of_memory(error);
		return false;
	}
	file->block[file->blocks++] = block;
	return true;
}

unsigned char *
tensor_file_copy_room(struct tensor_file *file, size_t bytes,
	struct error *error)
{
	size_t has = file->archive.size + file->archive.inflated;
	unsigned char *room;

	if (bytes > has || file->copied > 2 * has - bytes) {
		error_set(error, "its tensors repeat too many numbers");
		return NULL;
	}
	file->copied += bytes;
	room = memory_new(bytes, 1);
	return tensor_file_own(file, room, error) ? room : NULL;
}

bool
tensor_file_add(struct tensor_file *file, const char *name, size_t length,
	const struct safetensors_tensor *tensor, struct error *error)
{
	char *copy = memory_new(length + 1, 1);

	if (file->tensors == TENSOR_FILE_MAX) {
		free(copy);
		return error_set(error, "more than %d tensors",
			TENSOR_FILE_MAX);
	}
	if (copy != NULL)
		memcpy(copy, name, length);
	if (!tensor_file_own(file, copy, error))
		return false;
	if (memchr(name, '\0', length) != NULL)
		return error_set(error, "damaged: a name contains a zero byte");
	if (tensor_file_find(file, copy) != NULL)
		return error_set(error, "two tensors have the name '%.80s'",
			copy);
	if (!memory_grow((void **)&file->tensor, &file->capacity,
		    file->tensors + 1, sizeof *file->tensor))
		return error_out_of_memory(error);
	file->tensor[file->tensors] = *tensor;
	file->tensor[file->tensors++].name = copy;
	return true;
}

void
tensor_file_describe(struct tensor_file *file, const char *text, size_t length)
{
	const size_t flags = JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL;
	json_t *description = json_loadb(text, length, flags, NULL);
	json_t *list = json_object_get(description, "vocabulary");

	if (!json_is_object(description)) {
		json_decref(description);
		return;
	}
	json_decref(file->description);
	file->description = description;
	if (json_is_array(list) && file->vocabulary == NULL)
		file->vocabulary = json_incref(list);
}
