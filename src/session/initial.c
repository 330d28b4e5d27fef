/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/initial.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/byte_order.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "file/tensor_file_read.h"
#include "file/tensor_read.h"
#include "file/weights.h"
#include "task/vocabulary_list.h"

/* Max characters listed in a note. */
enum { NAMED_MAX = 8 };

/* The run that needs weights, and its tokens' indices in the file. */
struct wanted {
	const struct tensor_file *file;
	const struct run_state *state;
	/*
	 * For a text, if the file has a vocabulary (of `tokens` tokens): the
	 * index among its inputs of each token of the run, or -1. NULL
	 * otherwise.
	 */
	int64_t *number;
	size_t tokens;
};

static bool
is_text(const struct run_state *state)
{
	return run_state_task(state)->is_text;
}

/* Set an error with both shapes and the settings that require one of them. */
static bool
shape_differs(const struct wanted *wanted,
	const struct safetensors_tensor *tensor, size_t rows, size_t columns,
	struct error *error)
{
	const struct model_shape *shape = &wanted->state->model.shape;
	char units[SETTINGS_TEXT_SIZE];
	char has[TENSOR_SHAPE_SIZE], wants[TENSOR_SHAPE_SIZE];

	setting_format(&setting_units, &wanted->state->settings, units);
	return error_set(error,
		"the tensor '%s' has the shape %s in the file, but %s is "
		"required by --units %.100s with %zu inputs and %zu outputs",
		tensor->name, tensor_shape(tensor, has),
		tensor_shape_expected(rows, columns, wants), units,
		shape->inputs, shape->outputs);
}

/* Whether the tensor has a row, or a column, for each token. */
static bool
is_by_token(const struct wanted *wanted, const char *name, bool *by_row)
{
	const struct parameters *parameters = &wanted->state->model.parameters;

	*by_row = strcmp(name, parameters->tensor[0].name) == 0;
	return wanted->number != NULL &&
		(*by_row || strncmp(name, "dense.", 6) == 0);
}

/* Reorder from[rows, columns] from the file's token order to the run's. */
static void
match(const struct wanted *wanted, const struct tensor *tensor, bool by_row,
	const float *from, float *to)
{
	size_t rows = tensor->rows > 0 ? tensor->rows : 1;
	size_t width = by_row ? tensor->columns : wanted->tokens;

	for (size_t row = 0; row < rows; row++)
		for (size_t column = 0; column < tensor->columns; column++) {
			int64_t number = wanted->number[by_row ? row : column];
			size_t at = by_row ? (size_t)number * width + column
					   : row * width + (size_t)number;

			*to++ = number < 0 ? NAN : from[at];
		}
}

static bool
take_tensor(const struct wanted *wanted, const struct tensor *tensor,
	struct initial *initial, struct error *error)
{
	const struct safetensors_tensor *from =
		tensor_file_require(wanted->file, tensor->name, error);
	float *to = initial->values + tensor->offset, *values;
	size_t rows = tensor->rows, columns = tensor->columns;
	bool by_row, by_token, good;

	if (from == NULL)
		return false;
	by_token = is_by_token(wanted, tensor->name, &by_row);
	if (by_token && by_row)
		rows = wanted->tokens;
	else if (by_token)
		columns = wanted->tokens;
	if (!tensor_has_shape(from, rows, columns))
		return shape_differs(wanted, from, rows, columns, error);
	initial->hash = hash_bytes(initial->hash, from->data, from->bytes);
	if (!by_token)
		return tensor_values(from, to, error);
	values = memory_floats((size_t)from->count);
	if (values == NULL)
		return error_out_of_memory(error);
	good = tensor_values(from, values, error);
	if (good)
		match(wanted, tensor, by_row, values, to);
	free(values);
	return good;
}

/* Write a token for a note: 'a', 'ä', U+000A, byte 0xff, ' word'. */
static int
name_character(const struct vocabulary *vocabulary, uint32_t token, char *text,
	size_t size)
{
	uint32_t c = vocabulary_character(vocabulary, token);
	char bytes[TEXT_ENCODED_SIZE];

	text_encode(vocabulary, token, bytes);
	if (vocabulary_is_word(vocabulary, token))
		return snprintf(text, size, "'%s'", bytes);
	if (vocabulary->is_bytes && c >= 0x80)
		return snprintf(text, size, _("byte 0x%02x"), c);
	if (c == ' ' || !utf8_is_printable(c))
		return snprintf(text, size, "U+%04X", c);
	return snprintf(text, size, "'%s'", bytes);
}

/* Add the characters of the run that the file lacks to the note. */
static void
note_new(const struct wanted *wanted, const char *path, size_t lacking,
	struct initial *initial)
{
	const struct vocabulary *vocabulary = &wanted->state->reader.vocabulary;
	char *note = initial->note;
	size_t room = sizeof initial->note, named = 0;
	int length = snprintf(note, room,
		vocabulary->words.count > 0
			? _("%.200s: no weights for %zu of the text's %zu "
			    "tokens, which start from random weights: ")
			: _("%.200s: no weights for %zu of the text's %zu "
			    "characters, which start from random weights: "),
		path, lacking, vocabulary->count);

	for (uint32_t c = 0; c < vocabulary->count && named < NAMED_MAX &&
		(size_t)length < room;
		c++) {
		if (wanted->number[c] >= 0)
			continue;
		if (named++ > 0)
			length += snprintf(note + length, room - (size_t)length,
				", ");
		length += name_character(vocabulary, c, note + length,
			room - (size_t)length);
	}
	if (lacking > named && (size_t)length < room)
		snprintf(note + length, room - (size_t)length,
			_(" and %zu more"), lacking - named);
}

/* Read the vocabulary of a model file, in the order of its tokens. */
static bool
read_model_tokens(const struct safetensors_tensor *tensor,
	const struct safetensors_tensor *words, struct vocabulary *has,
	struct error *error)
{
	if (strcmp(tensor->type, "U32") != 0 || tensor->count == 0)
		return error_set(error,
			"the tensor 'vocabulary' does not contain characters");
	has->count = has->characters = (size_t)tensor->count;
	has->character = memory_new(has->count, sizeof *has->character);
	if (has->character == NULL)
		return error_out_of_memory(error);
	byte_order_little(has->character, tensor->data, sizeof *has->character,
		has->count);
	for (size_t i = 1; i < has->count; i++)
		if (has->character[i] <= has->character[i - 1])
			return error_set(error,
				"the characters in the tensor "
				"'vocabulary' are not ascending");
	return words == NULL || strcmp(words->type, "U8") != 0 ||
		word_tokens_parse(has, (const char *)words->data, words->bytes,
			error) ||
		error_prefix(error, "the tensor 'vocabulary.words'");
}

/* Whether the characters in the file are bytes. */
static bool
has_bytes(const struct tensor_file *file)
{
	const char *bytes = file->safetensors != NULL
		? safetensors_metadata(file->safetensors, "bytes")
		: NULL;
	const char *tokens = json_string_value(
		json_object_get(json_object_get(file->description, "settings"),
			"tokens"));

	return (bytes != NULL && strcmp(bytes, "yes") == 0) ||
		(tokens != NULL && strcmp(tokens, tokens_bytes.kind.name) == 0);
}

/*
 * Read the vocabulary of the file, and the index among its inputs of each
 * token, which is the same if *place is NULL.
 */
static bool
read_tokens(const struct wanted *wanted, struct vocabulary *has, size_t **place,
	struct error *error)
{
	const struct tensor_file *file = wanted->file;

	*place = NULL;
	if (file->vocabulary != NULL)
		return vocabulary_list_take(file->vocabulary, has_bytes(file),
			has, place, error);
	return read_model_tokens(tensor_file_find(file, "vocabulary"),
		tensor_file_find(file, "vocabulary.words"), has, error);
}

/* Return the index of a token of the run in the file's vocabulary, or -1. */
static int64_t
find_token(const struct vocabulary *vocabulary, uint32_t token,
	const struct vocabulary *has, bool same_kind)
{
	uint32_t number = 0, c = vocabulary_character(vocabulary, token);
	const char *word;
	size_t length;

	if (vocabulary_is_word(vocabulary, token)) {
		word = vocabulary_word(vocabulary, token, &length);
		return word_list_find(&has->words, word, length, &number)
			? (int64_t)(has->characters + number)
			: -1;
	}
	/* a byte above 0x7f is not the character of that code point */
	return (same_kind || c < 0x80) && vocabulary_find(has, c, &number)
		? (int64_t)number
		: -1;
}

/*
 * Find the index among the inputs of the file of each token of the run. Return
 * how many it lacks.
 */
static size_t
number_tokens(struct wanted *wanted, const struct vocabulary *has,
	const size_t *place)
{
	const struct vocabulary *vocabulary = &wanted->state->reader.vocabulary;
	bool same_kind = has_bytes(wanted->file) == vocabulary->is_bytes;
	size_t lacking = 0;

	for (uint32_t i = 0; i < vocabulary->count; i++) {
		int64_t found = find_token(vocabulary, i, has, same_kind);

		wanted->number[i] = found >= 0 && place != NULL
			? (int64_t)place[found]
			: found;
		lacking += found < 0;
	}
	return lacking;
}

/* Find the tokens of the run in the vocabulary of the file. */
static bool
match_vocabulary(struct wanted *wanted, const char *path,
	struct initial *initial, struct error *error)
{
	size_t count = wanted->state->reader.vocabulary.count, *place, lacking;
	struct vocabulary has = {0};
	bool good = read_tokens(wanted, &has, &place, error);

	wanted->tokens = has.count;
	if (good) {
		wanted->number = memory_new(count, sizeof *wanted->number);
		if (wanted->number == NULL)
			error_out_of_memory(error);
	}
	if (wanted->number != NULL) {
		lacking = number_tokens(wanted, &has, place);
		for (size_t i = 0; i < has.characters; i++)
			initial->hash = hash_number(initial->hash,
				has.character[i], sizeof *has.character);
		initial->hash = hash_bytes(initial->hash, has.words.bytes,
			has.words.used);
		if (lacking > 0)
			note_new(wanted, path, lacking, initial);
	}
	free(place);
	vocabulary_destroy(&has);
	return wanted->number != NULL;
}

/* Match the tokens of the file and of the run. */
static bool
match_tokens(struct wanted *wanted, const char *path, struct initial *initial,
	struct error *error)
{
	if (!is_text(wanted->state))
		return true;
	if (wanted->file->vocabulary != NULL ||
		tensor_file_find(wanted->file, "vocabulary") != NULL)
		return match_vocabulary(wanted, path, initial, error);
	snprintf(initial->note, sizeof initial->note,
		_("%.200s: no vocabulary; the weights are assigned to "
		  "the text's characters in code point order"),
		path);
	return true;
}

static bool
take_all(struct wanted *wanted, const char *path, struct initial *initial,
	struct error *error)
{
	const struct parameters *parameters = &wanted->state->model.parameters;

	if (!match_tokens(wanted, path, initial, error))
		return false;
	for (size_t i = 0; i < parameters->tensors; i++)
		if (!take_tensor(wanted, &parameters->tensor[i], initial,
			    error))
			return false;
	return true;
}

/* Give the tensors the names of the model file, unless they have them. */
static bool
name_tensors(struct tensor_file *file, const struct run_state *state,
	struct error *error)
{
	const struct parameters *parameters = &state->model.parameters;
	const struct cell *cell = state->model.layer[0].cell;
	struct weights weights;

	if (tensor_file_find(file, parameters->tensor[0].name) != NULL)
		return true;
	return weights_find(&weights, file, cell, true, error) &&
		(weights.cell == cell ||
			error_set(error,
				"its layers are of --cell %s, not of --cell %s",
				weights.cell->kind.name, cell->kind.name));
}

bool
initial_read(struct initial *initial, const struct run_state *state,
	const char *path, struct error *error)
{
	struct tensor_file *file = tensor_file_read(path, NULL, error);
	struct wanted wanted = {.file = file, .state = state};
	size_t total = state->model.parameters.total;
	bool good = true;

	*initial = (struct initial){.hash = HASH_EMPTY};
	if (file == NULL)
		return false;
	initial->values = memory_floats(total);
	initial->drawn = memory_floats(total);
	if (initial->values == NULL || initial->drawn == NULL)
		good = error_out_of_memory(error);
	else if (!name_tensors(file, state, error) ||
		!take_all(&wanted, path, initial, error))
		good = error_prefix(error, "%s", path);
	free(wanted.number);
	tensor_file_close(file);
	if (!good)
		initial_release(initial);
	return good;
}

void
initial_apply(const struct initial *initial, struct run_state *state)
{
	size_t total = state->model.parameters.total;

	model_get_values(&state->model, initial->drawn);
	for (size_t i = 0; i < total; i++)
		if (!isnan(initial->values[i]))
			initial->drawn[i] = initial->values[i];
	model_set_values(&state->model, initial->drawn);
}

void
initial_release(struct initial *initial)
{
	free(initial->values);
	free(initial->drawn);
	*initial = (struct initial){0};
}
