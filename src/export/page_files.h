/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The files of src/export/page as arrays, which the build makes: the template,
 * the style, and the scripts of a page of points, and of one of a text. They
 * end without '\0'.
 */
#ifndef LSTMTUI_EXPORT_PAGE_FILES_H
#define LSTMTUI_EXPORT_PAGE_FILES_H

#include <stddef.h>

extern const unsigned char page_html[], page_style[];
extern const unsigned char page_points[], page_text[];
extern const size_t page_html_size, page_style_size;
extern const size_t page_points_size, page_text_size;

#endif
