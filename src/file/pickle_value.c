/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/pickle_value.h"

#include <string.h>

bool
pickle_has_items(enum pickle_type type)
{
	return type == PICKLE_TUPLE || type == PICKLE_LIST ||
		type == PICKLE_DICT || type == PICKLE_STORAGE ||
		type == PICKLE_TENSOR;
}

const struct pickle_value *
pickle_item(const struct pickle *pickle, const struct pickle_value *value,
	size_t index)
{
	return pickle_has_items(value->type) && index < value->list.count
		? &pickle->value[value->list.item[index]]
		: &pickle->value[0];
}

bool
pickle_is_text(const struct pickle_value *value, const char *text)
{
	return value->type == PICKLE_TEXT &&
		value->text.length == strlen(text) &&
		memcmp(value->text.bytes, text, value->text.length) == 0;
}

const struct pickle_value *
pickle_get(const struct pickle *pickle, const struct pickle_value *dict,
	const char *key)
{
	for (size_t i = 0; dict->type == PICKLE_DICT && i < dict->list.count;
		i += 2)
		if (pickle_is_text(pickle_item(pickle, dict, i), key))
			return pickle_item(pickle, dict, i + 1);
	return NULL;
}

const struct pickle_value *
pickle_attribute(const struct pickle *pickle, const struct pickle_value *dict,
	const char *name)
{
	return dict->type == PICKLE_DICT && dict->attributes > 0
		? pickle_get(pickle, &pickle->value[dict->attributes], name)
		: NULL;
}
