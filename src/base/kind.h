/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Named choices of a setting, such as the tasks, the losses or the optimizers.
 * Each setting has its own struct type, whose first member is a struct kind,
 * one constant of that type for each choice, and one list of their addresses.
 * Options, help, form, model file and tests read the list. To add a choice,
 * write its constant and add its address to the list.
 */
#ifndef LSTMTUI_BASE_KIND_H
#define LSTMTUI_BASE_KIND_H

#include <stddef.h>

/* A default value that a kind sets for another setting. */
struct kind_default {
	const char *option; /* option name without dashes: "learning-rate" */
	const char *value;  /* in the syntax of the option's argument */
};

struct kind {
	const char *name;    /* in options and model files */
	const char *summary; /* one line of help */
	/* ends with an entry whose option is NULL; NULL: no such defaults */
	const struct kind_default *defaults;
};

/* Return the kind with that name in a NULL-terminated list, or NULL. */
const struct kind *kind_find(const struct kind *const *list, const char *name);

/* Return the name in the list closest to a misspelt one, or NULL. */
const char *kind_nearest(const struct kind *const *list, const char *name);

/* Return the number of kinds in the list. */
size_t kind_count(const struct kind *const *list);

/* Return the default value that a kind sets for an option, or NULL. */
const char *kind_default(const struct kind *kind, const char *option);

#endif
