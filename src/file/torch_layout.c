/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/torch_layout.h"

size_t
torch_layout_gate(const struct cell *cell, size_t gate)
{
	/* z, r, n and r, z, n */
	return cell == &cell_gru && gate < 2 ? 1 - gate : gate;
}

/* The index in PyTorch's weights of Keras's [row, gate · units + unit]. */
static size_t
torch_index(const struct cell *cell, size_t inputs, size_t units, size_t row,
	size_t column)
{
	size_t gate = torch_layout_gate(cell, column / units);

	return (gate * units + column % units) * inputs + row;
}

void
torch_layout_from_keras(const struct cell *cell, size_t inputs, size_t units,
	const float *keras, float *torch)
{
	for (size_t row = 0; row < inputs; row++)
		for (size_t column = 0; column < cell->gates * units; column++)
			torch[torch_index(cell, inputs, units, row, column)] =
				*keras++;
}

void
torch_layout_to_keras(const struct cell *cell, size_t inputs, size_t units,
	const float *torch, float *keras)
{
	for (size_t row = 0; row < inputs; row++)
		for (size_t column = 0; column < cell->gates * units; column++)
			*keras++ = torch[torch_index(cell, inputs, units, row,
				column)];
}
