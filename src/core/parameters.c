#include "core/parameters.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"

bool
parameters_add(struct parameters *parameters, const char *layer,
	const char *name, size_t rows, size_t columns)
{
	struct tensor *tensor = &parameters->tensor[parameters->tensors];
	size_t size, bytes;

	if (parameters->tensors == PARAMETERS_TENSORS_MOST ||
	    !memory_product(rows > 0 ? rows : 1, columns, &size) ||
	    size > SIZE_MAX - parameters->total ||
	    !memory_product(parameters->total + size, sizeof(float), &bytes))
		return false;
	snprintf(tensor->name, sizeof tensor->name, "%s.%s", layer, name);
	tensor->rows = rows;
	tensor->columns = columns;
	tensor->size = size;
	tensor->offset = parameters->total;
	parameters->total += size;
	parameters->tensors++;
	return true;
}

const struct tensor *
parameters_find(const struct parameters *parameters, const char *name)
{
	for (size_t i = 0; i < parameters->tensors; i++)
		if (strcmp(parameters->tensor[i].name, name) == 0)
			return &parameters->tensor[i];
	return NULL;
}

bool
parameters_finite(const float *values, size_t count)
{
	float sum = 0;

	/* x * 0 is 0, or NaN where x is not finite; NaN stays in the sum */
	for (size_t i = 0; i < count; i++)
		sum += values[i] * 0.0f;
	return sum == 0.0f;
}
