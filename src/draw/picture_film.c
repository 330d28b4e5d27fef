/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw/picture_film.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "draw/labels.h"
#include "draw/panel_map.h"
#include "draw/theme.h"

/* Sizes in units of the picture, CSS pixels. */
enum {
	LEFT = PICTURE_FILM_LEFT,
	TOP = PICTURE_FILM_TOP,
	SIZE = PICTURE_FILM_SIZE,
	RIGHT = 28,
	WIDTH = LEFT + SIZE + RIGHT,
	TITLE_AT = 28,
	SUBTITLE_AT = 46,
	TITLE_FONT = 15,
	SUBTITLE_FONT = 11,
	LABEL_FONT = 11,
	FRAME_FONT = 13,
	TICK = 4,
	FRAME_AT = TOP + SIZE + 52, /* title and note of a frame */
	MARKS_AT = FRAME_AT + 20,
	HEIGHT = MARKS_AT + 24,
	Y_LABEL_MAX = 6, /* characters */
	X_LABEL_MAX = 8
};

/* The mean width of a character, as a part of the font's size. */
#define CHARACTER_WIDTH 0.56

/* Seconds. */
#define FRAME_TIME 1.1
#define FADE_TIME 0.35
#define LAST_TIME 3.0    /* in addition, of the last frame */
#define FRAMES_TIME 30.0 /* max for all frames */

struct timing {
	double frame, fade, all;
};

static struct timing
make_timing(size_t frames)
{
	struct timing timing = {
		.frame = fmin(FRAME_TIME, FRAMES_TIME / (double)frames)};

	timing.fade = fmin(FADE_TIME, timing.frame / 3);
	timing.all = (double)frames * timing.frame + LAST_TIME;
	return timing;
}

static void
add_text(struct bytes *svg, const char *text)
{
	bytes_add_escaped(svg, text, strlen(text));
}

/* Add a text element; `attributes` as they are. */
static void
add_label(struct bytes *svg, double x, double y, const char *attributes,
	const char *text)
{
	if (text[0] == '\0')
		return;
	bytes_add_format(svg, "<text x=\"%.2f\" y=\"%.2f\"%s>", x, y,
		attributes);
	add_text(svg, text);
	bytes_add_text(svg, "</text>\n");
}

/* ---------------------------------------------------------------------- */
/* Style */

/* Add the colours of a theme; `ground` and `text` are not among its roles. */
static void
add_colors(struct bytes *svg, const struct theme *theme, const char *ground,
	const char *text)
{
	static const struct {
		const char *class, *property;
		enum screen_role role;
	} uses[] = {
		{".dim", "fill", ROLE_DIM},
		{".axis", "stroke", ROLE_DIM},
		{".mark", "fill", ROLE_GHOST},
		{".end", "stroke", ROLE_GHOST},
		{".now", "fill", ROLE_MODEL},
		{".shape", "stroke", ROLE_MODEL},
	};

	bytes_add_format(svg, ".ground{fill:%s}text{fill:%s}", ground, text);
	for (size_t i = 0; i < sizeof uses / sizeof uses[0]; i++)
		bytes_add_format(svg, "%s{%s:#%06x}", uses[i].class,
			uses[i].property,
			(unsigned)theme_color(theme, uses[i].role,
				THEME_DIRECT));
	bytes_add_text(svg, "\n");
}

/*
 * A frame is shown from 0 on, after its delay: its shape fades in, and out
 * while the next one fades in. Texts change at once, because two of them at the
 * same place cannot be read.
 */
static void
add_keyframes(struct bytes *svg, const struct timing *timing)
{
	double percent = 100 / timing->all;
	double last = timing->frame + LAST_TIME;

	bytes_add_format(svg,
		"@keyframes frame{0%%{opacity:0}%.4f%%,%.4f%%{opacity:1}"
		"%.4f%%,100%%{opacity:0}}\n",
		percent * timing->fade, percent * timing->frame,
		percent * (timing->frame + timing->fade));
	bytes_add_format(svg,
		"@keyframes last{0%%{opacity:0}%.4f%%,%.4f%%{opacity:1}"
		"%.4f%%,100%%{opacity:0}}\n",
		percent * timing->fade, percent * last,
		percent * (last + timing->fade));
	bytes_add_format(svg,
		"@keyframes text{0%%{opacity:1}%.4f%%,100%%{opacity:0}}\n",
		percent * timing->frame);
	bytes_add_format(svg,
		"@keyframes lasttext{0%%{opacity:1}%.4f%%,100%%{opacity:0}}\n",
		percent * last);
	bytes_add_format(svg,
		".frame,.last{animation:frame %.3fs linear infinite}\n"
		".last{animation-name:last}\n"
		".text,.lasttext{animation:text %.3fs step-end infinite}\n"
		".lasttext{animation-name:lasttext}\n"
		"@media (prefers-reduced-motion:reduce)"
		"{.frame,.last,.text,.lasttext{animation:none!important}}\n",
		timing->all, timing->all);
}

static void
add_style(struct bytes *svg, const struct timing *timing, size_t frames)
{
	bytes_add_format(svg,
		"<style>\n"
		"text{font:%dpx system-ui,sans-serif;"
		"font-variant-numeric:tabular-nums}\n"
		".axis,.end,.shape{fill:none;stroke-linecap:round;"
		"stroke-linejoin:round}\n"
		".end{stroke-width:1.5;stroke-opacity:0.45}"
		".shape{stroke-width:2.5}.mark{fill-opacity:0.5}\n",
		LABEL_FONT);
	add_colors(svg, &theme_light, "#ffffff", "#222222");
	if (frames > 1)
		add_keyframes(svg, timing);
	bytes_add_text(svg, "@media (prefers-color-scheme:dark){\n");
	add_colors(svg, &theme_dark, "#141414", "#dddddd");
	bytes_add_text(svg, "}\n</style>\n");
}

/* ---------------------------------------------------------------------- */
/* Drawing */

/* Add the font of a text, smaller if it is wider than the panel. */
static void
add_heading(struct bytes *svg, double y, int font, const char *weight,
	const char *text)
{
	double wide = CHARACTER_WIDTH * (double)utf8_columns(text);
	char attributes[80];

	snprintf(attributes, sizeof attributes, " style=\"font-size:%.2fpx%s\"",
		fmin(font, SIZE / fmax(wide, 1)), weight);
	add_label(svg, LEFT, y, attributes, text);
}

/* Add the labels of an axis's two ticks, and their shared part. */
static void
add_tick_labels(struct bytes *svg, const double mark[2], bool is_x,
	double origin, double scale)
{
	static const char middle[] = " class=\"dim\" text-anchor=\"middle\"";
	static const char end[] = " class=\"dim\" text-anchor=\"end\"";
	struct labels labels;

	if (!labels_make(&labels, mark, 2, is_x ? X_LABEL_MAX : Y_LABEL_MAX,
		    true))
		return;
	for (int i = 0; i < 2; i++)
		if (is_x)
			add_label(svg, LEFT + origin + scale * mark[i],
				TOP + SIZE + TICK + LABEL_FONT + 2, middle,
				labels.text[i]);
		else
			add_label(svg, LEFT - TICK - 3,
				TOP + origin + scale * mark[i] + 4, end,
				labels.text[i]);
	if (is_x)
		add_label(svg, LEFT + SIZE,
			TOP + SIZE + TICK + 2 * LABEL_FONT + 5, end,
			labels.common);
	else
		add_label(svg, LEFT, TOP - 6, middle, labels.common);
}

static void
add_axes(struct bytes *svg, const struct plane_range *range,
	const struct panel_map *map)
{
	double across[2], up[2];

	plane_marks(range->left, range->right, across);
	plane_marks(range->bottom, range->top, up);
	bytes_add_format(svg, "<path class=\"axis\" d=\"M%d %dV%dH%d", LEFT,
		TOP, TOP + SIZE, LEFT + SIZE);
	for (int i = 0; i < 2; i++)
		bytes_add_format(svg, "M%.2f %dv%dM%d %.2fh%d",
			LEFT + map->x_origin + map->x_scale * across[i],
			TOP + SIZE, TICK, LEFT,
			TOP + map->y_origin + map->y_scale * up[i], -TICK);
	bytes_add_text(svg, "\"/>\n");
	add_tick_labels(svg, up, false, map->y_origin, map->y_scale);
	add_tick_labels(svg, across, true, map->x_origin, map->x_scale);
}

static void
add_shape(struct bytes *svg, const struct picture_film *film, size_t frame,
	const struct panel_map *map, const char *class)
{
	const struct multiples *shapes = film->shapes;
	const struct multiples_item *item = &shapes->items[frame];
	struct drawing_pen pen =
		drawing_begin(&shapes->drawing, item->length, item->points);

	bytes_add_format(svg, "<path class=\"%s\" d=\"", class);
	while (drawing_next(&pen)) {
		double x = panel_map_x(map, &pen), y = panel_map_y(map, &pen);

		bytes_add_format(svg, "%c%.2f %.2f", pen.is_joined ? 'L' : 'M',
			x, y);
		/* a line to itself is a dot */
		if (pen.is_alone)
			bytes_add_format(svg, "L%.2f %.2f", x, y);
	}
	bytes_add_format(svg, "%s\"/>\n", shapes->is_closed ? "Z" : "");
}

/*
 * Begin a group that is shown with a frame. Without animations only those of
 * the last frame are shown.
 */
static void
begin_group(struct bytes *svg, const struct picture_film *film, size_t frame,
	const struct timing *timing, bool is_text)
{
	size_t last = film->shapes->count - 1;

	bytes_add_format(svg, "<g class=\"%s%s\"", frame == last ? "last" : "",
		is_text                 ? "text"
			: frame == last ? ""
					: "frame");
	if (last > 0)
		bytes_add_format(svg, " style=\"animation-delay:%.3fs\"%s",
			(double)frame * timing->frame - timing->all,
			frame < last ? " opacity=\"0\"" : "");
	bytes_add_text(svg, ">\n");
}

/* Add the panel, an image within the image, which cuts what is outside. */
static void
add_panel(struct bytes *svg, const struct picture_film *film,
	const struct panel_map *map, const struct timing *timing)
{
	size_t last = film->shapes->count - 1;

	bytes_add_format(svg,
		"<svg x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\">\n", LEFT,
		TOP, SIZE, SIZE);
	if (last > 0)
		add_shape(svg, film, last, map, "end");
	for (size_t i = 0; i <= last; i++) {
		begin_group(svg, film, i, timing, false);
		add_shape(svg, film, i, map, "shape");
		bytes_add_text(svg, "</g>\n");
	}
	bytes_add_text(svg, "</svg>\n");
}

static double
mark_place(const struct picture_film *film, size_t frame)
{
	size_t last = film->shapes->count - 1;

	return LEFT +
		(last > 0 ? (double)frame * SIZE / (double)last : SIZE / 2.0);
}

/* Add the texts of the frames, and their marks. */
static void
add_texts(struct bytes *svg, const struct picture_film *film,
	const struct timing *timing)
{
	const struct multiples *shapes = film->shapes;

	for (size_t i = 0; i < shapes->count; i++)
		bytes_add_format(svg,
			"<circle class=\"mark\" cx=\"%.2f\" cy=\"%d\" "
			"r=\"2\"/>\n",
			mark_place(film, i), MARKS_AT);
	for (size_t i = 0; i < shapes->count; i++) {
		char font[64];

		begin_group(svg, film, i, timing, true);
		snprintf(font, sizeof font, " style=\"font-size:%dpx\"",
			FRAME_FONT);
		add_label(svg, LEFT, FRAME_AT, font, shapes->items[i].title);
		snprintf(font, sizeof font,
			" class=\"dim\" text-anchor=\"end\" "
			"style=\"font-size:%dpx\"",
			FRAME_FONT);
		add_label(svg, LEFT + SIZE, FRAME_AT, font, film->notes[i]);
		bytes_add_format(svg,
			"<circle class=\"now\" cx=\"%.2f\" cy=\"%d\" r=\"4\"/>"
			"</g>\n",
			mark_place(film, i), MARKS_AT);
	}
}

void
picture_film_write(const struct picture_film *film, struct bytes *svg)
{
	const struct multiples *shapes = film->shapes;
	struct timing timing = make_timing(shapes->count);
	struct panel_map map =
		panel_map_make(&shapes->range, &shapes->drawing, SIZE);

	bytes_add_format(svg,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" "
		"height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\">\n<title>",
		WIDTH, HEIGHT, WIDTH, HEIGHT);
	add_text(svg, film->title);
	bytes_add_text(svg, "</title>\n");
	add_style(svg, &timing, shapes->count);
	bytes_add_text(svg,
		"<rect class=\"ground\" width=\"100%\" height=\"100%\"/>\n");
	add_heading(svg, TITLE_AT, TITLE_FONT, ";font-weight:600", film->title);
	add_heading(svg, SUBTITLE_AT, SUBTITLE_FONT, "", film->subtitle);
	add_axes(svg, &shapes->range, &map);
	add_panel(svg, film, &map, &timing);
	add_texts(svg, film, &timing);
	bytes_add_text(svg, "</svg>\n");
}
