/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/sequences.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static size_t
count_numbers(const struct sequences *sequences)
{
	return sequences->start[sequences->count] * sequences->features;
}

struct csv_reader *
sequences_open(const struct sequences_config *config, struct error *error)
{
	return config->bytes != NULL
		? csv_reader_open_bytes(config->path, config->bytes->bytes,
			  config->bytes->count, error)
		: csv_reader_open(config->path, error);
}

struct csv_dialect_config
sequences_dialect_config(const struct sequences_config *config)
{
	return (struct csv_dialect_config){
		.separator = config->separator != NULL ? config->separator
						       : &csv_separator_auto,
		.decimal = config->decimal != NULL ? config->decimal
						   : &csv_decimal_auto,
		.is_ragged =
			config->layout != NULL && config->layout->is_series,
	};
}

void
sequences_scale(struct sequences *sequences, const struct scaling *scaling)
{
	size_t count = count_numbers(sequences);
	char *memory = (char *)sequences->numbers;
	void *smaller;
	double number;
	float value;

	assert(sequences->values == NULL && memory != NULL);
	/* a float never overwrites a number that is not read yet */
	for (size_t i = 0; i < count; i++) {
		memcpy(&number, memory + i * sizeof number, sizeof number);
		value = scaling_apply_one(scaling, i % sequences->features,
			number);
		memcpy(memory + i * sizeof value, &value, sizeof value);
	}
	smaller = realloc(memory, (count > 0 ? count : 1) * sizeof value);
	sequences->values =
		smaller != NULL ? smaller : (void *)sequences->numbers;
	sequences->numbers = NULL;
}

void
sequences_destroy(struct sequences *sequences)
{
	for (size_t f = 0; sequences->column != NULL && f < sequences->features;
		f++)
		free(sequences->column[f].name);
	free(sequences->start);
	free(sequences->numbers);
	free(sequences->values);
	free(sequences->column);
	text_list_destroy(&sequences->left_out);
	text_list_destroy(&sequences->warnings);
	*sequences = (struct sequences){0};
}
