/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Floats in the JSON of a page. */
#ifndef LSTMTUI_EXPORT_PAGE_FLOATS_H
#define LSTMTUI_EXPORT_PAGE_FLOATS_H

#include <jansson.h>
#include <stddef.h>

/*
 * Return floats as a string, base64 of IEEE 754, lowest byte first; NULL if out
 * of memory.
 */
json_t *page_floats(const float *values, size_t count);

#endif
