/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `lstmtui generate --gallery`: print the snapshots of a run side by side.
 */
#include "cli/film.h"

#include <stdio.h>

#include "base/number.h"
#include "cli/format.h"
#include "cli/gallery.h"
#include "cli/json_output.h"
#include "cli/points_output.h"
#include "cli/write_text.h"
#include "draw/multiples.h"

enum { WIDTH = 80, PANEL_ROWS = 11 };

/* Snapshots are in the units of the data. */
static const struct scaling none;

static bool
is_text(const struct run *run)
{
	return run_task(run)->is_text;
}

static void
print_plain(const struct run *run)
{
	const struct snapshots *snapshots = run_snapshots(run);

	for (size_t i = 0; i < snapshots->count; i++) {
		printf("%s# update %llu, average loss %.9g\n",
			i == 0 ? "" : "\n",
			(unsigned long long)snapshots->at[i].update,
			snapshots->at[i].average);
		if (is_text(run))
			write_text_tokens(run, snapshots_tokens(snapshots, i),
				snapshots->size);
		else
			points_output_csv(snapshots_points(snapshots, i),
				run_length(run), run_features(run), &none);
	}
}

static json_t *
snapshot_object(const struct run *run, size_t index)
{
	const struct snapshots *snapshots = run_snapshots(run);
	json_t *content = is_text(run)
		? write_text_string(run, snapshots_tokens(snapshots, index),
			  snapshots->size)
		: points_output_json(snapshots_points(snapshots, index),
			  run_length(run), run_features(run), &none);

	return json_pack("{s: I, s: o, s: o}", "update",
		(json_int_t)snapshots->at[index].update, "average",
		json_output_number(snapshots->at[index].average),
		is_text(run) ? "text" : "points", content);
}

static bool
print_json(const struct run *run, struct error *error)
{
	struct json_output_list list;
	bool good = json_output_begin(&list,
		json_pack("{s: s, s: I}", "task",
			run_settings(run)->task->kind.name, "updates",
			(json_int_t)run_updates(run)),
		"snapshots", error);

	for (size_t i = 0; good && i < run_snapshots(run)->count; i++)
		good = json_output_add(&list, snapshot_object(run, i), error);
	if (good)
		json_output_end(&list);
	if (!good && is_text(run))
		return write_text_fail_json(run, error);
	return good;
}

/* Add all snapshots to the gallery, titled with their updates. */
static bool
add_snapshots(struct gallery *gallery, const struct run *run,
	struct error *error)
{
	const struct snapshots *snapshots = run_snapshots(run);

	for (size_t i = 0; i < snapshots->count; i++) {
		char title[NUMBER_TEXT_SIZE];

		number_grouped(title, snapshots->at[i].update);
		if (!gallery_add(gallery, title, run_length(run),
			    run_features(run), snapshots_points(snapshots, i),
			    error))
			return false;
	}
	return true;
}

static bool
print_pictures(const struct run *run, const struct format *format,
	bool is_ascii, struct error *error)
{
	struct gallery gallery = {0};
	bool good = add_snapshots(&gallery, run, error);

	if (good && format->content == FORMAT_CHARACTERS)
		good = gallery_print(&gallery, run,
			&(struct multiples_config){
				.tier = format_tier(format, is_ascii),
				.width = WIDTH,
				.panel_rows = PANEL_ROWS,
			},
			error);
	else if (good)
		good = gallery_write(&gallery, run, format->picture, error);
	gallery_destroy(&gallery);
	return good;
}

bool
print_film(const struct run *run, const struct arguments *arguments,
	struct error *error)
{
	const struct format *format = arguments->format;

	if (run_snapshots(run)->count == 0)
		return error_set(error, "%s: the model has no snapshots",
			arguments->session.model);
	if (is_text(run) && !write_text_check_format(format, error))
		return false;
	if (format->content == FORMAT_PLAIN)
		print_plain(run);
	else if (format->content == FORMAT_JSON
			? !print_json(run, error)
			: !print_pictures(run, format, arguments->ascii, error))
		return false;
	return command_flush(error);
}
