/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/cell.h"

const struct kind *const cell_list[] = {
	&cell_lstm.kind,
	&cell_gru.kind,
	&cell_rnn.kind,
	NULL,
};

_Static_assert(offsetof(struct cell, kind) == 0,
	"the kind of a cell is its first member");

const struct cell *
cell_of(const struct kind *kind)
{
	return (const struct cell *)kind;
}

size_t
cell_trace_floats(const struct cell *cell)
{
	/* hidden and d_hidden; the cell state and its tanh */
	return cell->trace_columns + 2 + (cell->has_cell_state ? 2 : 0);
}

size_t
cell_states(const struct cell *cell)
{
	return cell->has_cell_state ? 2 : 1;
}
