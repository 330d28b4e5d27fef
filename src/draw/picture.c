/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw/picture.h"

static const char *const format_names[] = {
	[PICTURE_SVG] = "svg",
	[PICTURE_PNG] = "png",
	[PICTURE_PDF] = "pdf",
};

const char *
picture_format_name(enum picture_format format)
{
	return format_names[format];
}

#ifndef HAVE_CAIRO

bool
picture_check(enum picture_format format, struct error *error)
{
	return error_set(error,
		"the format '%s' is not available: the program was built "
		"without cairo; install cairo (Debian: libcairo2-dev), then "
		"configure and build again",
		picture_format_name(format));
}

#else

bool
picture_check(enum picture_format format, struct error *error)
{
	(void)format;
	(void)error;
	return true;
}

#endif
