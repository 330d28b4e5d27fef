/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/file_kind.h"

#include <stdbool.h>
#include <string.h>

#include "base/translate.h"

/* Kinds with fixed bytes at an offset; the first match counts. */
static const struct {
	size_t offset, length;
	const char *bytes;
	const char *name;
} kinds[] = {
	{0, 8, "\x89HDF\r\n\x1a\n", N_("an HDF5 file (Keras's .h5)")},
	{0, 6, "\x93NUMPY", "a NumPy array (.npy)"},
	{0, 4, "GGUF", "a GGUF file (llama.cpp's)"},
	{4, 4, "TFL3", N_("a TensorFlow Lite model (.tflite)")},
	{0, 2, "\x1f\x8b", N_("compressed by gzip: unpack it first")},
	{0, 4, "\x28\xb5\x2f\xfd", N_("compressed by zstd: unpack it first")},
	{0, 6, "\xfd\x37zXZ\0", N_("compressed by xz: unpack it first")},
	{257, 5, "ustar", N_("a tar archive")},
	{0, 4, "%PDF", "a PDF file"},
	{0, 4, "\x89PNG", "a PNG image"},
	{0, 4, "\x7f\x45LF", "a program (ELF)"},
	{0, 23, "version https://git-lfs",
		N_("a Git LFS pointer; fetch the file with `git lfs pull'")},
};

/* Kinds of zip archives, by part of a file name near their start. */
static const struct {
	const char *part, *name;
} archives[] = {
	{"data.pkl",
		N_("a zip archive (PyTorch's .pt); 'lstmtui import' makes a "
		   "model "
		   "of it")},
	{".npy",
		N_("a zip archive (NumPy's .npz); 'lstmtui import' makes a "
		   "model "
		   "of it")},
	{"model.weights.h5", N_("a zip archive (Keras's .keras)")},
	{"metadata.json", N_("a zip archive (Keras's .keras)")},
	{"config.json", N_("a zip archive (Keras's .keras)")},
};

/*
 * Programs that convert files of other kinds, by a part of the kind's name.
 * get_weights has the order of arr_0, arr_1, ... that file/weights.h knows. The
 * gates of ONNX are i, o, f, c and z, r, h.
 */
static const struct {
	const char *kind, *lines;
} hints[] = {
	{"Keras's .",
		N_("Python converts it to .npz (first load_weights, if FILE "
		   "has only weights):\n"
		   "  import keras, numpy\n"
		   "  model = keras.models.load_model(\"FILE\")\n"
		   "  numpy.savez(\"model.npz\", *model.get_weights())\n")},
	{"Python pickle",
		N_("Python converts it; torch.load runs what is in the file, "
		   "so "
		   "that it must be trusted:\n"
		   "  import torch\n"
		   "  model = torch.load(\"FILE\", weights_only=False)\n"
		   "  state = model if isinstance(model, dict) else "
		   "model.state_dict()\n"
		   "  torch.save(state, \"model.pt\")\n")},
	{"ONNX",
		N_("Python converts its LSTM or GRU and dense layer to .npz:\n"
		   "  import numpy as np, onnx\n"
		   "  from onnx.numpy_helper import to_array\n"
		   "  graph, out = onnx.load(\"FILE\").graph, []\n"
		   "  t = {i.name: to_array(i) for i in graph.initializer}\n"
		   "  def gates(a, n):\n"
		   "      parts = np.split(a, n, -1)\n"
		   "      order = (0, 2, 3, 1) if n == 4 else range(n)\n"
		   "      return np.concatenate([parts[k] for k in order], "
		   "-1)\n"
		   "  for x in graph.node:\n"
		   "      n = {\"LSTM\": 4, \"GRU\": 3, \"RNN\": 1}"
		   ".get(x.op_type)\n"
		   "      if n:\n"
		   "          w, r, b = (t[i][0] for i in x.input[1:4])\n"
		   "          b = b.reshape(2, -1)\n"
		   "          b = gates(b if n == 3 else b.sum(0), n)\n"
		   "          out += [gates(w.T, n), gates(r.T, n), b]\n"
		   "      elif x.op_type in (\"MatMul\", \"Gemm\", \"Add\"):\n"
		   "          out += [t[i] for i in x.input if i in t]\n"
		   "  np.savez(\"model.npz\", *out)\n")},
	{"NumPy array",
		N_("Python puts arrays with names into an .npz:\n"
		   "  import numpy\n"
		   "  numpy.savez(\"model.npz\", **{\"lstm.kernel\": "
		   "numpy.load(\"FILE\"), ...})\n")},
};

static bool
contains(const unsigned char *bytes, size_t count, const char *part)
{
	size_t length = strlen(part);

	for (size_t i = 0; i + length <= count; i++)
		if (memcmp(bytes + i, part, length) == 0)
			return true;
	return false;
}

static const char *
archive_kind(const unsigned char *bytes, size_t count)
{
	for (size_t i = 0; i < sizeof archives / sizeof archives[0]; i++)
		if (contains(bytes, count, archives[i].part))
			return archives[i].name;
	return N_("a zip archive (such as PyTorch's .pt, Keras's .keras or "
		  "NumPy's .npz)");
}

/* Return true for text: no control characters except white space. */
static bool
is_text(const unsigned char *bytes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if ((bytes[i] < ' ' && strchr("\t\n\r\f", bytes[i]) == NULL) ||
			bytes[i] == 0 || bytes[i] == 0x7f)
			return false;
	return true;
}

/* Return true if the first line consists of numbers and separators. */
static bool
is_csv(const unsigned char *bytes, size_t count)
{
	bool has_comma = false;

	for (size_t i = 0; i < count && bytes[i] != '\n'; i++) {
		if (bytes[i] == 0 ||
			strchr("0123456789+-.eE,; \t\r", bytes[i]) == NULL)
			return false;
		has_comma |= bytes[i] == ',' || bytes[i] == ';';
	}
	return has_comma;
}

static const char *
text_kind(const unsigned char *bytes, size_t count)
{
	size_t first = 0;

	if (count >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
		first = 3;
	while (first < count && strchr(" \t\r\n", bytes[first]) != NULL)
		first++;
	bytes += first;
	count -= first;
	if (count == 0)
		return N_("a blank text file");
	if (bytes[0] == '{' || bytes[0] == '[')
		return N_("JSON text");
	if (bytes[0] == '<')
		return N_("a web page (HTML or XML); check the address that it "
			  "was downloaded from");
	return is_csv(bytes, count) ? N_("a CSV file; pass data with --data")
				    : N_("a text file");
}

/*
 * Whether the bytes are those of a protocol buffer of ONNX: the version of the
 * format (field 1), then the producer (2, 3), the graph (7) or the operators
 * (8).
 */
static bool
is_onnx(const unsigned char *bytes, size_t count)
{
	return count > 3 && bytes[0] == 0x08 && bytes[1] > 0 && bytes[1] < 32 &&
		(bytes[2] == 0x12 || bytes[2] == 0x1a || bytes[2] == 0x3a ||
			bytes[2] == 0x42);
}

const char *
file_kind_hint(const unsigned char *bytes, size_t count)
{
	const char *kind = file_kind(bytes, count);

	for (size_t i = 0; kind != NULL && i < sizeof hints / sizeof hints[0];
		i++)
		if (strstr(kind, hints[i].kind) != NULL)
			return hints[i].lines;
	return NULL;
}

const char *
file_kind_pickle_hint(void)
{
	static const unsigned char pickle[] = {0x80, 2, '.'};

	return file_kind_hint(pickle, sizeof pickle);
}

const char *
file_kind(const unsigned char *bytes, size_t count)
{
	if (count > FILE_KIND_BYTES)
		count = FILE_KIND_BYTES;
	if (count == 0)
		return N_("an empty file");
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (count >= kinds[i].offset + kinds[i].length &&
			memcmp(bytes + kinds[i].offset, kinds[i].bytes,
				kinds[i].length) == 0)
			return kinds[i].name;
	if (count >= 4 && memcmp(bytes, "PK\x03\x04", 4) == 0)
		return archive_kind(bytes, count);
	/* a pickle of protocol 2 to 5 */
	if (count >= 3 && bytes[0] == 0x80 && bytes[1] >= 2 && bytes[1] <= 5)
		return N_("a Python pickle (an old .pt, or .pkl)");
	if (is_onnx(bytes, count))
		return N_("a graph of ONNX (.onnx)");
	return is_text(bytes, count) ? text_kind(bytes, count) : NULL;
}
