/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/gallery.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/number.h"
#include "draw/picture_shapes.h"
#include "run/points_drawing.h"

bool
gallery_check(enum picture_format format, uint64_t count, struct error *error)
{
	const char *name = picture_format_name(format);

	if (!picture_check(format, error))
		return false;
	if (count > PICTURE_PANELS_MAX)
		return error_set_usage(error,
			"--count: a picture holds at "
			"most %d shapes",
			PICTURE_PANELS_MAX);
	if (format != PICTURE_SVG && isatty(STDOUT_FILENO))
		return error_set_usage(error,
			"--format %s: refusing to write binary data "
			"to a terminal; redirect it: > shapes.%s",
			name, name);
	return true;
}

bool
gallery_add(struct gallery *gallery, const char *title, size_t length,
	size_t features, const float *points, struct error *error)
{
	struct multiples_item item = {.length = length};
	char number[NUMBER_TEXT_SIZE];
	float *copy;

	if (!memory_grow((void **)&gallery->items, &gallery->room,
		    gallery->count + 1, sizeof *gallery->items))
		return error_out_of_memory(error);
	copy = memory_floats(length * features);
	number_grouped(number, gallery->count + 1);
	item.title = memory_string(title != NULL ? title : number);
	item.points = copy;
	gallery->items[gallery->count++] = item;
	if (copy == NULL || item.title == NULL)
		return error_out_of_memory(error);
	memcpy(copy, points, length * features * sizeof *copy);
	return true;
}

static bool
print_bytes(void *to, const void *bytes, size_t count)
{
	(void)to;
	return fwrite(bytes, 1, count, stdout) == count;
}

bool
gallery_print(const struct gallery *gallery, const struct run *run,
	const struct multiples_config *config, struct error *error)
{
	struct multiples multiples =
		points_multiples(run, gallery->items, gallery->count);
	char text[MULTIPLES_TEXT_SIZE];

	if (multiples_describe(&multiples, text)[0] != '\0')
		puts(text);
	return multiples_print(&multiples, config, stdout, error);
}

bool
gallery_write(const struct gallery *gallery, const struct run *run,
	enum picture_format format, struct error *error)
{
	const struct task *task = run_task(run);
	struct multiples multiples =
		points_multiples(run, gallery->items, gallery->count);
	char title[768], architecture[256], updates[NUMBER_TEXT_SIZE];
	char text[MULTIPLES_TEXT_SIZE];

	settings_architecture(run_settings(run), run_model(run)->shape.outputs,
		false, architecture, sizeof architecture);
	multiples_describe(&multiples, text);
	snprintf(title, sizeof title, "%s by %s after %s updates%s%s",
		gallery->count == 1 ? task->singular : task->plural,
		architecture, number_grouped(updates, run_updates(run)),
		text[0] != '\0' ? ", " : "", text);
	multiples.title = title;
	return picture_shapes_write(&multiples, format,
		&(struct picture_sink){print_bytes, NULL}, error);
}

void
gallery_destroy(struct gallery *gallery)
{
	for (size_t i = 0; i < gallery->count; i++) {
		free((void *)(uintptr_t)gallery->items[i].title);
		free((void *)(uintptr_t)gallery->items[i].points);
	}
	free(gallery->items);
	*gallery = (struct gallery){0};
}
