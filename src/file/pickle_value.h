/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The objects of a pickle that holds a state dict of PyTorch. Objects refer to
 * each other by number, and may refer to an object several times or, in a
 * forged pickle, to themselves.
 */
#ifndef LSTMTUI_FILE_PICKLE_VALUE_H
#define LSTMTUI_FILE_PICKLE_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum pickle_type {
	PICKLE_NONE,
	PICKLE_NUMBER, /* an integer or a bool */
	PICKLE_REAL,
	PICKLE_LONG, /* an integer beyond 64 bits, without its value */
	PICKLE_TEXT, /* a string, or bytes */
	PICKLE_TUPLE,
	PICKLE_LIST, /* also a set */
	PICKLE_DICT, /* items: a key, its value, the next key, ... */
	PICKLE_GLOBAL,
	/* item: ("storage", class, key, device, number of elements), checked */
	PICKLE_STORAGE,
	/* item: the tuple (storage, offset, shape, strides, ...), unchecked */
	PICKLE_TENSOR
};

/* What a name in a pickle stands for; other names are refused. */
struct pickle_global {
	const char *module, *name;
	enum {
		PICKLE_MAKES_DICT,
		PICKLE_MAKES_TENSOR,
		PICKLE_MAKES_PARAMETER, /* its first argument, a tensor */
		PICKLE_MAKES_TUPLE,     /* its argument */
		PICKLE_IS_STORAGE       /* a class of storages */
	} role;
	const char *type; /* of a storage's elements, as in safetensors */
};

struct pickle_value {
	enum pickle_type type;
	uint32_t attributes; /* of a dict: the dict of them; 0: none */
	bool is_visited;     /* for those who walk over the objects */
	union {
		int64_t number;
		double real;
		struct {
			const char *bytes; /* [length], in the pickle */
			size_t length;
		} text;
		struct {
			uint32_t *item; /* [count] */
			size_t count, capacity;
		} list; /* of types with items */
		const struct pickle_global *global;
	};
};

struct pickle {
	struct pickle_value *value; /* [values]; 0 is None */
	size_t values, capacity;
	uint32_t root; /* the object that was pickled */
};

/* Whether values of this type have items. */
bool pickle_has_items(enum pickle_type type);

/* Return item `index` of a value, or None past the last. */
const struct pickle_value *pickle_item(const struct pickle *pickle,
	const struct pickle_value *value, size_t index);

/* Whether a value is this text. */
bool pickle_is_text(const struct pickle_value *value, const char *text);

/* Return the value of a key of a dict; NULL if there is none. */
const struct pickle_value *pickle_get(const struct pickle *pickle,
	const struct pickle_value *dict, const char *key);

/* Return the attribute of a dict; NULL if there is none. */
const struct pickle_value *pickle_attribute(const struct pickle *pickle,
	const struct pickle_value *dict, const char *name);

#endif
