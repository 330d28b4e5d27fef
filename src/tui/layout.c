/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/layout.h"

#include <string.h>

enum {
	/* on a smaller screen no pane is shown */
	ROWS_MIN = 4,
	COLUMNS_MIN = 16,
	BOX_ROWS_MIN = 3
};

/* A share of a length in cells. */
struct share {
	int min, want; /* want < 0: the remainder */
	int priority;  /* < 0: never gets more than it wants */
	int size;      /* the result */
};

/* The panes of one band: items [first, first + count) of the plan. */
struct group {
	int first, count;
	bool is_stacked; /* one below the other, not side by side */
};

struct plan {
	const struct app *app;
	int rows, columns; /* of the screen */
	int count;         /* of the panes not dropped */
	struct {
		const struct pane *pane;
		int index; /* in the list */
	} item[PANES_MAX];
	int groups;
	struct group group[PANES_MAX];
};

static int
min(int a, int b)
{
	return a < b ? a : b;
}

static int
max(int a, int b)
{
	return a > b ? a : b;
}

static const struct pane *
pane_at(const struct plan *plan, int i)
{
	return plan->item[i].pane;
}

static bool
is_bar(const struct pane *pane)
{
	return pane->title == NULL;
}

static int
min_rows(const struct pane *pane)
{
	return is_bar(pane) ? 1 : max(pane->place->min.rows, 1);
}

/* The share of the highest priority that wants more cells, or -1. */
static int
next_to_grow(const struct share *shares, int count)
{
	int next = -1;

	for (int i = 0; i < count; i++)
		if (shares[i].want > shares[i].size &&
			(next < 0 ||
				shares[i].priority > shares[next].priority))
			next = i;
	return next;
}

/*
 * Divide a length, at least the sum of the minima. Each share gets its minimum,
 * then the size that it wants, in order of priority. The remainder is divided
 * among the shares that want it; if there are none, the share of the highest
 * priority gets it.
 */
static void
distribute(struct share *shares, int count, int length)
{
	int best = 0, fillers = 0, next;

	for (int i = 0; i < count; i++) {
		shares[i].size = shares[i].min;
		length -= shares[i].min;
		fillers += shares[i].want < 0;
		if (shares[i].priority > shares[best].priority)
			best = i;
	}
	while (length > 0 && (next = next_to_grow(shares, count)) >= 0) {
		int more = min(shares[next].want - shares[next].size, length);

		shares[next].size += more;
		length -= more;
	}
	if (count > 0 && fillers == 0 && shares[best].priority >= 0)
		shares[best].size += length;
	for (int i = 0; i < count && fillers > 0; i++)
		if (shares[i].want < 0) {
			shares[i].size += length / fillers;
			length -= length / fillers;
			fillers--;
		}
}

/* Whether the pane is shown on a screen of this size. */
static bool
suits_screen(const struct pane *pane, int rows, int columns)
{
	return rows >= pane->place->screen_min.rows &&
		columns >= pane->place->screen_min.columns &&
		(pane->place->screen_rows_below == 0 ||
			rows < pane->place->screen_rows_below);
}

static bool
has_title(const struct pane *pane, const char *title)
{
	return !is_bar(pane) && strcmp(pane->title, title) == 0;
}

/*
 * Select the bars and the pane with this title, also on a screen that is too
 * small to show it beside others; NULL: all panes.
 */
static void
select_panes(struct plan *plan, const struct pane *const *panes,
	const char *title)
{
	plan->count = 0;
	for (int i = 0; i < PANES_MAX && panes[i] != NULL; i++) {
		bool suits = suits_screen(panes[i], plan->rows, plan->columns);

		if (title != NULL && !is_bar(panes[i]))
			suits = has_title(panes[i], title) &&
				(suits || plan->rows >= PANE_ROWS_LOW);
		if (!suits)
			continue;
		plan->item[plan->count].pane = panes[i];
		plan->item[plan->count++].index = i;
	}
}

static bool
has_pane(const struct plan *plan)
{
	for (int i = 0; i < plan->count; i++)
		if (!is_bar(pane_at(plan, i)))
			return true;
	return false;
}

/* Drop the pane of lowest priority in [first, first + count), never a bar. */
static void
drop_lowest(struct plan *plan, int first, int count)
{
	int lowest = -1;

	for (int i = first; i < first + count; i++)
		if (!is_bar(pane_at(plan, i)) &&
			(lowest < 0 ||
				pane_at(plan, i)->place->priority <
					pane_at(plan, lowest)->place->priority))
			lowest = i;
	if (lowest < 0)
		return;
	plan->count--;
	for (int i = lowest; i < plan->count; i++)
		plan->item[i] = plan->item[i + 1];
}

static bool
are_of_one_band(const struct pane *a, const struct pane *b)
{
	return a->place->band != NULL && b->place->band != NULL &&
		strcmp(a->place->band, b->place->band) == 0;
}

static void
build_groups(struct plan *plan)
{
	plan->groups = 0;
	for (int i = 0; i < plan->count; i++) {
		const struct pane *pane = pane_at(plan, i);
		const struct pane *before = i > 0 ? pane_at(plan, i - 1) : NULL;

		if (before != NULL && are_of_one_band(before, pane))
			plan->group[plan->groups - 1].count++;
		else
			plan->group[plan->groups++] =
				(struct group){i, 1, false};
	}
}

/* Sum the preferred rows of all groups, with one group stacked. */
static int
preferred_rows(const struct plan *plan, const struct group *stacked)
{
	int sum = 0;

	for (const struct group *group = plan->group;
		group < plan->group + plan->groups; group++) {
		int rows = 0;

		for (int i = group->first; i < group->first + group->count;
			i++) {
			int wanted =
				max(pane_at(plan, i)->place->preferred.rows,
					min_rows(pane_at(plan, i)));

			rows = group == stacked ? rows + wanted
						: max(rows, wanted);
		}
		sum += rows;
	}
	return sum;
}

/* Decide whether to stack the group; false: its panes do not fit. */
static bool
arrange(const struct plan *plan, struct group *group)
{
	int preferred = 0, minimum = 0;

	for (int i = group->first; i < group->first + group->count; i++) {
		preferred += pane_at(plan, i)->place->preferred.columns;
		minimum += pane_at(plan, i)->place->min.columns;
	}
	group->is_stacked = false;
	if (group->count == 1 || preferred <= plan->columns)
		return true;
	if (preferred_rows(plan, group) <= plan->rows) {
		group->is_stacked = true;
		return true;
	}
	/* with few rows, only if the panes get their preferred columns */
	return plan->rows >= PANE_ROWS_LOW && minimum <= plan->columns;
}

static int
group_min_rows(const struct plan *plan, const struct group *group)
{
	int rows = 0;

	for (int i = group->first; i < group->first + group->count; i++) {
		int minimum = min_rows(pane_at(plan, i));

		rows = group->is_stacked ? rows + minimum : max(rows, minimum);
	}
	return rows;
}

static int
group_priority(const struct plan *plan, const struct group *group)
{
	int priority = -1;

	for (int i = group->first; i < group->first + group->count; i++)
		if (!is_bar(pane_at(plan, i)))
			priority = max(priority,
				pane_at(plan, i)->place->priority);
	return priority;
}

/* Drop panes until the others fit. */
static void
make_room(struct plan *plan)
{
	for (;;) {
		int rows = 0;
		const struct group *lowest = NULL, *tight = NULL;

		build_groups(plan);
		for (struct group *group = plan->group;
			group < plan->group + plan->groups; group++) {
			int priority = group_priority(plan, group);

			if (!arrange(plan, group))
				tight = group;
			rows += group_min_rows(plan, group);
			if (priority >= 0 &&
				(lowest == NULL ||
					priority <
						group_priority(plan, lowest)))
				lowest = group;
		}
		if (tight == NULL && (rows <= plan->rows || lowest == NULL))
			return;
		if (tight == NULL)
			tight = lowest;
		drop_lowest(plan, tight->first, tight->count);
	}
}

/* The rows that a group wants out of `rows`; < 0: the remainder. */
static int
group_rows(const struct plan *plan, const struct group *group, int rows)
{
	int want = -1;

	if (is_bar(pane_at(plan, group->first)))
		return 1;
	if (group->is_stacked)
		return -1;
	for (int i = group->first; i < group->first + group->count; i++) {
		const struct pane *pane = pane_at(plan, i);

		if (pane->place->rows == NULL)
			return -1;
		want = max(want,
			pane->place->rows(plan->app, rows, plan->columns));
	}
	return want;
}

/* Divide the area of a group among its panes. */
static void
divide_group(const struct plan *plan, const struct group *group,
	struct area area, struct layout *layout)
{
	struct share share[PANES_MAX];

	for (int i = 0; i < group->count; i++) {
		const struct pane *pane = pane_at(plan, group->first + i);
		int (*wants)(const struct app *app, int rows, int columns) =
			group->is_stacked ? pane->place->rows
					  : pane->place->columns;

		share[i].min = group->is_stacked ? min_rows(pane)
			: group->count > 1       ? pane->place->min.columns
						 : 0;
		share[i].priority = is_bar(pane) ? 0 : pane->place->priority;
		share[i].want = wants != NULL && group->count > 1
			? wants(plan->app, area.rows, area.columns)
			: -1;
	}
	distribute(share, group->count,
		group->is_stacked ? area.rows : area.columns);
	for (int i = 0; i < group->count; i++) {
		struct area part = area;
		struct layout_place *place;

		if (group->is_stacked)
			part.rows = share[i].size;
		else
			part.columns = share[i].size;
		place = &layout->place[plan->item[group->first + i].index];
		place->area = part;
		place->has_box = !is_bar(pane_at(plan, group->first + i)) &&
			plan->rows >= PANE_ROWS_LOW &&
			part.rows >= BOX_ROWS_MIN;
		area.row += group->is_stacked ? part.rows : 0;
		area.column += group->is_stacked ? 0 : part.columns;
	}
}

void
layout_compute(struct layout *layout, const struct pane *const *panes,
	const char *zoom, const struct app *app, int rows, int columns)
{
	struct plan plan = {.app = app, .rows = rows, .columns = columns};
	struct share share[PANES_MAX];
	struct area area = {0, 0, rows, columns};
	int body = rows;

	*layout = (struct layout){0};
	if (rows < ROWS_MIN || columns < COLUMNS_MIN)
		return;
	select_panes(&plan, panes, zoom);
	if (!has_pane(&plan))
		select_panes(&plan, panes, NULL);
	make_room(&plan);
	for (int i = 0; i < plan.count; i++)
		body -= is_bar(pane_at(&plan, i));
	for (int i = 0; i < plan.groups; i++) {
		share[i].min = group_min_rows(&plan, &plan.group[i]);
		share[i].want = group_rows(&plan, &plan.group[i], body);
		share[i].priority = group_priority(&plan, &plan.group[i]);
	}
	distribute(share, plan.groups, rows);
	for (int i = 0; i < plan.groups; i++) {
		area.rows = share[i].size;
		divide_group(&plan, &plan.group[i], area, layout);
		area.row += area.rows;
	}
}
