/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `lstmtui generate --gallery`: the snapshots of a run, side by side.
 */
#include "cli/film.h"

#include <stdio.h>

#include "base/memory.h"
#include "base/number.h"
#include "cli/format.h"
#include "cli/gallery.h"
#include "draw/multiples.h"

enum { WIDTH = 80, PANEL_ROWS = 11 };

static void
print_points(const struct run *run, const float *points, const char *open,
	const char *between, const char *close)
{
	size_t features = run_features(run);

	for (size_t i = 0; i < run_length(run); i++) {
		fputs(open, stdout);
		for (size_t f = 0; f < features; f++)
			printf("%s%.9g", f == 0 ? "" : ",",
				(double)points[i * features + f]);
		fputs(i + 1 < run_length(run) ? between : close, stdout);
	}
}

static void
print_csv(const struct run *run)
{
	const struct snapshots *snapshots = run_snapshots(run);

	for (size_t i = 0; i < snapshots->count; i++) {
		printf("%s# update %llu, average loss %.9g\n",
			i == 0 ? "" : "\n",
			(unsigned long long)snapshots->at[i].update,
			snapshots->at[i].average);
		print_points(run, snapshots_points(snapshots, i), "", "\n",
			"\n");
	}
}

static void
print_json(const struct run *run)
{
	const struct snapshots *snapshots = run_snapshots(run);

	printf("{\"task\":\"%s\",\"updates\":%llu,\"snapshots\":[",
		run_settings(run)->task->kind.name,
		(unsigned long long)run_updates(run));
	for (size_t i = 0; i < snapshots->count; i++) {
		printf("%s\n{\"update\":%llu,\"average\":%.9g,\"points\":[",
			i == 0 ? "" : ",",
			(unsigned long long)snapshots->at[i].update,
			snapshots->at[i].average);
		print_points(run, snapshots_points(snapshots, i), "[", "],",
			"]]}");
	}
	printf("\n]}\n");
}

/* Hang all of them up, by their updates. */
static bool
hang_all(struct gallery *gallery, const struct run *run, struct error *error)
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
	bool good = hang_all(&gallery, run, error);

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
		return error_set(error, "%s: it has no snapshots",
			arguments->session.model);
	if (format->content == FORMAT_PLAIN)
		print_csv(run);
	else if (format->content == FORMAT_JSON)
		print_json(run);
	else if (!print_pictures(run, format, arguments->ascii, error))
		return false;
	return command_flush(error);
}
