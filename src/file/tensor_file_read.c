/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/tensor_file_read.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/regular_file.h"
#include "base/translate.h"
#include "file/file_kind.h"
#include "file/npz_reader.h"
#include "file/read_bytes.h"
#include "file/torch_reader.h"

const struct tensor_format tensor_format_safetensors = {
	.kind = {.name = "safetensors",
		.summary = "with Keras's or PyTorch's names"}};
const struct tensor_format tensor_format_torch = {
	.kind = {.name = "torch", .summary = "PyTorch's state dict"}};
const struct tensor_format tensor_format_npz = {
	.kind = {.name = "npz", .summary = "NumPy's arrays"}};

const struct kind *const tensor_format_list[] = {
	&tensor_format_safetensors.kind,
	&tensor_format_torch.kind,
	&tensor_format_npz.kind,
	NULL,
};

static bool
check_format(const struct tensor_format *wanted,
	const struct tensor_format *found, struct error *error)
{
	return wanted == NULL || wanted == found ||
		error_set_usage(error, "not --format %s, but %s",
			wanted->kind.name, found->kind.name);
}

/* Read an archive whose bytes are there. */
static bool
read_archive(struct tensor_file *file, size_t size,
	const struct tensor_format *format, struct error *error)
{
	if (!zip_open(&file->archive, file->bytes, size, error))
		return false;
	if (torch_is_archive(&file->archive))
		return check_format(format, &tensor_format_torch, error) &&
			torch_read(file, error);
	if (npz_is_archive(&file->archive))
		return check_format(format, &tensor_format_npz, error) &&
			npz_read(file, error);
	return error_set(error, "not a model file but %s",
		_(file_kind(file->bytes, size)));
}

static bool
is_archive(const unsigned char *head, size_t size)
{
	return size >= 4 && memcmp(head, "PK\3\4", 4) == 0;
}

/*
 * Read the bytes of an archive. Store 0 in *size, and read nothing, if the file
 * is none. Store the hint for a file of this kind.
 */
static bool
load(struct tensor_file *file, int descriptor, size_t *size, const char **hint,
	struct error *error)
{
	unsigned char head[FILE_KIND_BYTES];
	struct stat status;
	size_t first;

	if (fstat(descriptor, &status) != 0)
		return error_set(error, "%s", strerror(errno));
	*size = (size_t)status.st_size;
	first = *size < sizeof head ? *size : sizeof head;
	if (!read_bytes(descriptor, head, 0, first, error))
		return false;
	*hint = file_kind_hint(head, first);
	if (!is_archive(head, first)) {
		*size = 0;
		return true;
	}
	file->bytes = memory_new(*size, 1);
	if (file->bytes == NULL)
		return error_out_of_memory(error);
	memcpy(file->bytes, head, first);
	return read_bytes(descriptor, file->bytes, first, *size, error);
}

/* Take the tensors of a safetensors file. */
static bool
read_safetensors(struct tensor_file *file, const char *path,
	const struct tensor_format *format, struct error *error)
{
	const char *list;

	file->safetensors = safetensors_read(path, error);
	if (file->safetensors == NULL)
		return false;
	if (!check_format(format, &tensor_format_safetensors, error))
		return error_prefix(error, "%s", path);
	for (size_t i = 0; i < safetensors_count(file->safetensors); i++) {
		const struct safetensors_tensor *tensor =
			safetensors_at(file->safetensors, i);

		/* a model file's own: not weights */
		if (strncmp(tensor->name, "optimizer.", 10) == 0)
			continue;
		if (!tensor_file_add(file, tensor->name, strlen(tensor->name),
			    tensor, error))
			return error_prefix(error, "%s", path);
	}
	list = safetensors_metadata(file->safetensors, "vocabulary");
	if (list != NULL)
		file->vocabulary = json_loads(list, 0, NULL);
	if (!json_is_array(file->vocabulary)) {
		json_decref(file->vocabulary);
		file->vocabulary = NULL;
	}
	return true;
}

static bool
read_any(struct tensor_file *file, const char *path,
	const struct tensor_format *format, struct error *error)
{
	int descriptor = regular_file_open(path, REGULAR_FILE_ONLY, error);
	const char *hint = NULL;
	size_t size = 0;
	bool good;

	if (descriptor < 0)
		return false;
	good = load(file, descriptor, &size, &hint, error) &&
		(size == 0 || read_archive(file, size, format, error));
	close(descriptor);
	if (!good)
		error_prefix(error, "%s", path);
	else if (size == 0)
		good = read_safetensors(file, path, format, error);
	if (!good && hint != NULL)
		error_set_hint(error, hint);
	return good;
}

struct tensor_file *
tensor_file_read(const char *path, const struct tensor_format *format,
	struct error *error)
{
	struct tensor_file *file = tensor_file_new(error);

	if (file == NULL || read_any(file, path, format, error))
		return file;
	tensor_file_close(file);
	return NULL;
}
