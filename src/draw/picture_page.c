/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw/picture_page.h"

#ifdef HAVE_CAIRO

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <string.h>

#include "base/bytes.h"
#include "base/number.h"

/*
 * fontconfig, which finds cairo's fonts, leaks some memory once. Do not report
 * that as a leak of this program.
 */
#ifdef __has_feature
#define HAS_ASAN __has_feature(address_sanitizer)
#elif defined(__SANITIZE_ADDRESS__)
#define HAS_ASAN 1
#else
#define HAS_ASAN 0
#endif
#if HAS_ASAN
#include <sanitizer/lsan_interface.h>
#define IGNORE_LEAKS() __lsan_disable()
#define REPORT_LEAKS() __lsan_enable()
#else
#define IGNORE_LEAKS() ((void)0)
#define REPORT_LEAKS() ((void)0)
#endif

enum {
	PIXELS_PER_POINT = 2,
	PIXELS_MAX = 32000 /* limit of cairo's image surfaces */
};

/* The date of every PDF, so that the same picture gives the same bytes. */
#define PDF_DATE "1980-01-01T00:00:00Z"

void
picture_draw_text(cairo_t *cairo, double x, double y, double alignment,
	const char *text)
{
	cairo_text_extents_t extents;

	cairo_text_extents(cairo, text, &extents);
	cairo_move_to(cairo, x - alignment * extents.x_advance, y);
	cairo_show_text(cairo, text);
}

void
picture_draw_fitted(cairo_t *cairo, double y, double font, double width,
	const char *text)
{
	cairo_text_extents_t extents;

	cairo_set_font_size(cairo, font);
	cairo_text_extents(cairo, text, &extents);
	if (extents.x_advance > width)
		cairo_set_font_size(cairo, font * width / extents.x_advance);
	picture_draw_text(cairo, PICTURE_MARGIN, y, 0, text);
}

void
picture_draw_title(cairo_t *cairo, const struct picture_page *page,
	const char *title)
{
	cairo_set_source_rgb(cairo, 0, 0, 0);
	picture_draw_fitted(cairo, PICTURE_MARGIN + PICTURE_TITLE_FONT,
		PICTURE_TITLE_FONT, page->width - 2 * PICTURE_MARGIN, title);
}

static cairo_status_t
write_to_sink(void *closure, const unsigned char *bytes, unsigned count)
{
	const struct picture_sink *sink = closure;

	return sink->write(sink->context, bytes, count)
		? CAIRO_STATUS_SUCCESS
		: CAIRO_STATUS_WRITE_ERROR;
}

static bool
add_to_bytes(void *to, const void *data, size_t count)
{
	struct bytes *bytes = to;

	bytes_add(bytes, data, count);
	return !bytes->has_failed;
}

/*
 * Pass an SVG on. cairo numbers its surfaces for as long as the process runs:
 * leave out the number, which nothing refers to.
 */
static bool
pass_svg(struct bytes *svg, const struct picture_sink *sink)
{
	static const char name[] = "<g id=\"surface";
	const char *text, *at;
	size_t length;

	bytes_add(svg, "", 1);
	if (svg->has_failed)
		return false;
	text = (const char *)svg->data;
	length = svg->count - 1;
	at = strstr(text, name);
	if (at == NULL)
		return sink->write(sink->context, text, length);
	at += strlen(name);
	if (!sink->write(sink->context, text, (size_t)(at - text)))
		return false;
	at += strspn(at, "0123456789");
	return sink->write(sink->context, at, length - (size_t)(at - text));
}

/* Create a surface of the page's size with points as units. */
static cairo_surface_t *
create_surface(enum picture_format format, const struct picture_page *page,
	struct picture_sink *sink)
{
	cairo_surface_t *surface;
	double scale = PIXELS_PER_POINT;

	if (format == PICTURE_SVG)
		return cairo_svg_surface_create_for_stream(write_to_sink, sink,
			page->width, page->height);
	if (format == PICTURE_PDF) {
		surface = cairo_pdf_surface_create_for_stream(write_to_sink,
			sink, page->width, page->height);
		cairo_pdf_surface_set_metadata(surface,
			CAIRO_PDF_METADATA_CREATE_DATE, PDF_DATE);
		return surface;
	}
	scale = fmin(scale, PIXELS_MAX / fmax(page->width, page->height));
	surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24,
		number_int(floor(page->width * scale)),
		number_int(floor(page->height * scale)));
	cairo_surface_set_device_scale(surface, scale, scale);
	return surface;
}

/* Draw the page on white. */
static void
draw_page(cairo_t *cairo, const struct picture_page *page)
{
	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_paint(cairo);
	cairo_select_font_face(cairo, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
		CAIRO_FONT_WEIGHT_NORMAL);
	page->draw(cairo, page);
	cairo_show_page(cairo);
}

bool
picture_page_write(const struct picture_page *page, enum picture_format format,
	const struct picture_sink *sink, struct error *error)
{
	struct bytes svg = {0};
	struct picture_sink closure = format == PICTURE_SVG
		? (struct picture_sink){add_to_bytes, &svg}
		: *sink;
	cairo_surface_t *surface = create_surface(format, page, &closure);
	cairo_t *cairo = cairo_create(surface);
	cairo_status_t status;

	IGNORE_LEAKS();
	draw_page(cairo, page);
	REPORT_LEAKS();
	status = cairo_status(cairo);
	cairo_destroy(cairo);
	if (status == CAIRO_STATUS_SUCCESS && format == PICTURE_PNG)
		status = cairo_surface_write_to_png_stream(surface,
			write_to_sink, &closure);
	cairo_surface_finish(surface);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	if (status == CAIRO_STATUS_SUCCESS && format == PICTURE_SVG &&
		!pass_svg(&svg, sink))
		status = CAIRO_STATUS_WRITE_ERROR;
	bytes_release(&svg);
	if (status != CAIRO_STATUS_SUCCESS)
		return error_set(error, "cannot write the %s image: %s",
			picture_format_name(format),
			cairo_status_to_string(status));
	return true;
}

#endif
