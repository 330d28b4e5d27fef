/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/page_floats.h"

#include "base/base64.h"

json_t *
page_floats(const float *values, size_t count)
{
	struct bytes text = {0};
	json_t *string = NULL;

	base64_add_floats(&text, values, count);
	bytes_add(&text, "", 1); /* '\0': of no floats, an empty string */
	if (!text.has_failed)
		string = json_string((const char *)text.data);
	bytes_release(&text);
	return string;
}
