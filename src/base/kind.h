/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A kind: one of several things of the same sort that a user chooses by name,
 * as a task, a loss or an optimizer. Every sort has a struct of its own whose
 * first member is a struct kind, one constant of that struct for each kind,
 * and one list of their addresses. Options, help, form, model file and tests
 * read the list: to add a kind, write its constant and add its address.
 */
#ifndef LSTMTUI_BASE_KIND_H
#define LSTMTUI_BASE_KIND_H

#include <stddef.h>

/* The default of a setting where a kind wants another than the setting's. */
struct kind_default {
	const char *option; /* "learning-rate" */
	const char *value;  /* as a user would write it */
};

struct kind {
	const char *name;    /* as options and files have it */
	const char *summary; /* one line of help */
	/* ends with an option of NULL; NULL: the settings' own defaults */
	const struct kind_default *defaults;
};

/* The kind of that name in a list that ends with NULL, or NULL. */
const struct kind *kind_find(const struct kind *const *list, const char *name);

/* The name in the list that is nearest to a mistyped one, or NULL. */
const char *kind_nearest(const struct kind *const *list, const char *name);

/* How many kinds the list has. */
size_t kind_count(const struct kind *const *list);

/* The default that a kind has for an option, or NULL. */
const char *kind_default(const struct kind *kind, const char *option);

#endif
