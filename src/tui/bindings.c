/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/bindings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/name.h"
#include "base/translate.h"
#include "tui/key_name.h"

enum { NAMES_MAX = 128, BAR_SIZE = 4 * KEY_NAME_SIZE };

struct bound_action {
	const struct action *original;
	struct action action; /* the copy */
	size_t given;         /* keys of the file, the first of action.key */
	char shown[KEY_NAME_SIZE];
	char bar_keys[BAR_SIZE];
};

static struct bound_action *
find_copy(const struct bindings *bindings, const struct action *action)
{
	for (size_t i = 0; i < bindings->count; i++)
		if (bindings->bound[i].original == action)
			return &bindings->bound[i];
	return NULL;
}

bool
bindings_create(struct bindings *bindings,
	const struct action *const *const *lists, struct error *error)
{
	size_t room = 0;

	*bindings = (struct bindings){0};
	for (size_t l = 0; lists[l] != NULL; l++)
		for (size_t i = 0; lists[l][i] != NULL; i++)
			room++;
	bindings->bound = memory_new(room + 1, sizeof *bindings->bound);
	if (bindings->bound == NULL)
		return error_out_of_memory(error);
	for (size_t l = 0; lists[l] != NULL; l++)
		for (size_t i = 0; lists[l][i] != NULL; i++) {
			const struct action *action = lists[l][i];

			if (find_copy(bindings, action) != NULL)
				continue;
			bindings->bound[bindings->count++] =
				(struct bound_action){.original = action,
					.action = *action};
		}
	return true;
}

void
bindings_destroy(struct bindings *bindings)
{
	free(bindings->bound);
}

const struct action *
bindings_action(const struct bindings *bindings, const struct action *action)
{
	const struct bound_action *bound = find_copy(bindings, action);

	return bound != NULL ? &bound->action : action;
}

static bool
unknown_action(const struct bindings *bindings, const char *name,
	struct error *error)
{
	const char *names[NAMES_MAX], *nearest;
	size_t count = 0;

	for (; count < bindings->count && count < NAMES_MAX; count++)
		names[count] = bindings->bound[count].action.name;
	nearest = name_nearest(name, names, count);
	if (nearest != NULL)
		return error_set(error,
			"key: '%s' is no action; did you mean '%s'?", name,
			nearest);
	return error_set(error,
		"key: '%s' is no action; see 'man lstmtui' for their names",
		name);
}

static struct bound_action *
find_action(struct bindings *bindings, const char *name)
{
	for (size_t i = 0; i < bindings->count; i++)
		if (strcmp(bindings->bound[i].action.name, name) == 0)
			return &bindings->bound[i];
	return NULL;
}

/* Take a key from an action. Returns false if the file has given it. */
static bool
take_key(struct bound_action *bound, int key)
{
	int *keys = bound->action.key;

	for (size_t k = 0; k < ACTION_KEYS; k++) {
		if (keys[k] != key)
			continue;
		if (k < bound->given)
			return false;
		memmove(keys + k, keys + k + 1,
			(ACTION_KEYS - k - 1) * sizeof keys[0]);
		keys[ACTION_KEYS - 1] = 0;
		return true;
	}
	return true;
}

bool
bindings_add(void *pointer, const char *name, const char *action,
	struct error *error)
{
	struct bindings *bindings = pointer;
	struct bound_action *bound = find_action(bindings, action);
	int key = key_find(name), *keys;

	if (key >= '0' && key <= '9')
		return error_set(error,
			"key: digits are the count before a key");
	if (key == 0)
		return error_set(error,
			"key: '%s' is no key; a key is a character or a name "
			"as Space or F1",
			name);
	if (bound == NULL)
		return unknown_action(bindings, action, error);
	if (bound->action.act == NULL)
		return error_set(error, "key: the terminal handles %s", action);
	for (size_t i = 0; i < bindings->count; i++)
		if (!take_key(&bindings->bound[i], key))
			return error_set(error, "key: %s is %s already", name,
				bindings->bound[i].action.name);
	keys = bound->action.key;
	if (bound->given == ACTION_KEYS)
		return error_set(error, "key: %s has %d keys already", action,
			ACTION_KEYS);
	memmove(keys + bound->given + 1, keys + bound->given,
		(ACTION_KEYS - bound->given - 1) * sizeof keys[0]);
	keys[bound->given++] = key;
	return true;
}

/* Whether `name` of `length` bytes is the usual name of an action's key. */
static bool
is_name_of(const struct bound_action *bound, const char *name, size_t length)
{
	const char *shown = bound->original->shown;

	return strncmp(shown, name, length) == 0 && shown[length] == '\0';
}

/*
 * Return the action whose key has that usual name: the action itself, or else
 * another one, as in an entry of two keys; NULL: none.
 */
static const struct bound_action *
find_shown(const struct bindings *bindings, const struct bound_action *bound,
	const char *name, size_t length)
{
	if (is_name_of(bound, name, length))
		return bound;
	for (size_t i = 0; i < bindings->count; i++)
		if (is_name_of(&bindings->bound[i], name, length))
			return &bindings->bound[i];
	return NULL;
}

static size_t
append_name(struct bound_action *bound, size_t at, const char *name,
	size_t length)
{
	return at +
		(size_t)snprintf(bound->bar_keys + at, BAR_SIZE - at, "%s%.*s",
			at > 0 ? " " : "", (int)length, name);
}

/* Replace the names of keys in the entry of the key bar, as "+ -". */
static void
set_bar_keys(const struct bindings *bindings, struct bound_action *bound)
{
	const char *keys = bound->action.bar_keys;
	size_t length = 0;

	while (keys != NULL && *keys != '\0') {
		size_t size = strcspn(keys, " ");
		const struct bound_action *other =
			find_shown(bindings, bound, keys, size);

		if (other == NULL)
			length = append_name(bound, length, keys, size);
		else if (other->action.key[0] != 0)
			length = append_name(bound, length, other->action.shown,
				strlen(other->action.shown));
		keys += size;
		keys += strspn(keys, " ");
	}
	bound->action.bar_keys = length > 0 ? bound->bar_keys : NULL;
}

void
bindings_finish(struct bindings *bindings)
{
	for (size_t i = 0; i < bindings->count; i++) {
		struct bound_action *bound = &bindings->bound[i];
		int key = bound->action.key[0];

		if (key == bound->original->key[0])
			continue;
		bound->action.shown =
			key != 0 ? key_put_name(bound->shown, key) : _("none");
	}
	for (size_t i = 0; i < bindings->count; i++)
		set_bar_keys(bindings, &bindings->bound[i]);
}
