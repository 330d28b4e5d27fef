/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/overlay.h"

#include <assert.h>
#include <string.h>

#include "tui/screen.h"

static struct overlay_entry *
top(struct overlay_stack *stack)
{
	return stack->count > 0 ? &stack->entry[stack->count - 1] : NULL;
}

void *
overlay_open(struct overlay_stack *stack, const struct overlay *overlay)
{
	const struct overlay *present = overlay_top(stack);
	struct overlay_entry *entry;

	assert(overlay->state_size <= OVERLAY_STATE_SIZE);
	if (present != NULL && present->is_dialog && overlay->is_dialog)
		overlay_close(stack);
	if (stack->count == OVERLAYS_MAX)
		overlay_close(stack);
	entry = &stack->entry[stack->count++];
	entry->overlay = overlay;
	memset(entry->state.bytes, 0, overlay->state_size);
	return entry->state.bytes;
}

void
overlay_close(struct overlay_stack *stack)
{
	if (stack->count > 0)
		stack->count--;
}

void
overlay_close_all(struct overlay_stack *stack)
{
	stack->count = 0;
}

const struct overlay *
overlay_top(const struct overlay_stack *stack)
{
	return stack->count > 0 ? stack->entry[stack->count - 1].overlay : NULL;
}

void *
overlay_state(struct overlay_stack *stack, const struct overlay *overlay)
{
	for (size_t i = stack->count; i-- > 0;)
		if (stack->entry[i].overlay == overlay)
			return stack->entry[i].state.bytes;
	return NULL;
}

bool
overlay_stops_run(const struct overlay_stack *stack)
{
	for (size_t i = 0; i < stack->count; i++)
		if (stack->entry[i].overlay->stops_run)
			return true;
	return false;
}

void
overlay_key(struct overlay_stack *stack, struct app *app, int key)
{
	struct overlay_entry *entry = top(stack);

	if (entry != NULL)
		entry->overlay->key(app, entry->state.bytes, key);
}

void
overlay_click(struct overlay_stack *stack, struct app *app, int rows,
	int columns, struct area cell)
{
	struct overlay_entry *entry = top(stack);

	if (entry != NULL && entry->overlay->click != NULL)
		entry->overlay->click(app, entry->state.bytes, rows, columns,
			cell);
}

void
overlay_draw(const struct overlay_stack *stack, const struct app *app, int rows,
	int columns)
{
	const struct overlay *overlay = overlay_top(stack);

	if (overlay != NULL)
		overlay->draw(app, stack->entry[stack->count - 1].state.bytes,
			rows, columns);
}

struct area
overlay_place(int rows, int columns, int wanted_rows, int wanted_columns)
{
	struct area area = {.rows = wanted_rows, .columns = wanted_columns};

	if (area.rows > rows)
		area.rows = rows;
	if (area.columns > columns)
		area.columns = columns;
	area.row = (rows - area.rows) / 2;
	area.column = (columns - area.columns) / 2;
	return area;
}

struct area
overlay_area(int rows, int columns, int wanted_rows, int wanted_columns)
{
	struct area area =
		overlay_place(rows, columns, wanted_rows, wanted_columns);

	screen_clear(area);
	return area;
}
