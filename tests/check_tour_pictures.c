/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pictures of the guided tour in doc: its scenes in a terminal, one after
 * the other, each after its last update. `make check` lets only those scenes
 * train to their end that take little time, and asserts what they show.
 * `make readme-screens` sets SCREENS, the folder in which each scene is saved
 * as a PNG picture.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "interface.h"
#include "picture_of_terminal.h"
#include "suite.h"

enum { ROWS = 34, COLUMNS = 100, SHOWN_MAX = 4 };

static const struct scene {
	const char *name;
	const char *title;
	int updates;  /* to its end */
	bool is_long; /* only for a picture */
	/* after its end */
	const char *shown[SHOWN_MAX];
	const char *cut; /* shown without memory; NULL: not tried */
} scenes[] = {
	{
		.name = "tour-lesson",
		.title = "The lesson",
		.updates = 10000,
		.shown = {"the network draws a", "what does not learn"},
	},
	{
		.name = "tour-one-to-one",
		.title = "430 frozen parameters",
		.updates = 4000,
		.shown = {"Moved: one-to-one 112 of 542; sequence: not yet",
			"In sequence they move", "the same in sequence"},
	},
	{
		.name = "tour-sequence",
		.title = "All 542 parameters learn",
		.updates = 4000,
		.shown = {"Moved: one-to-one 112 of 542; sequence 542 of 542",
			"what memory is for"},
	},
	{
		.name = "tour-star-without",
		.title = "Memory: a star without",
		.updates = 8000,
		.shown = {"No star.", "Error: one-to-one 0.",
			"sequence: not yet", "the same with memory"},
	},
	{
		.name = "tour-star-with",
		.title = "Memory: a star with",
		.updates = 12000,
		.shown = {"A star. Its error is less than a tenth",
			"; sequence 0.0", ", its memory cut 0.",
			"m cut memory"},
		.cut = "each step starts from an empty state",
	},
	{
		.name = "tour-mae",
		.title = "Why mae draws the median",
		.updates = 6000,
		.is_long = true,
		.shown = {"The drawing is 1/4 wide and high",
			"Widths: mae 0.2"},
	},
	{
		.name = "tour-mse",
		.title = "Why mse draws the mean",
		.updates = 6000,
		.is_long = true,
		.shown = {"about 1/3 by 1/3", "; mse 0.3"},
	},
	{
		.name = "tour-mixture",
		.title = "A mixture draws them all",
		.updates = 6000,
		.is_long = true,
		.shown = {"; mixture median 0.", "(data 0.2",
			"Widths: mae 0.2"},
	},
	{
		.name = "tour-generation",
		.title = "True generation",
		.updates = 8000,
		.is_long = true,
		.shown = {"Every drawing is another rectangle",
			"Measured: widths of 10,000"},
	},
	{
		.name = "tour-words",
		.title = "A text learns words",
		.updates = 3000,
		.is_long = true,
		.shown = {"Most of what it writes", "are words of the tale."},
	},
	{
		.name = "tour-overfitting",
		.title = "Overfitting",
		.updates = 4000,
		.is_long = true,
		.shown = {"What to do: stop at the best",
			"Measured: best validation 1.", "at update 1,",
			"now it is "},
	},
	{
		.name = "tour-clock",
		.title = "Forget gates as a clock",
		.updates = 12000,
		.is_long = true,
		.shown = {"A cell climbs at each of the nine steps",
			"Measured: c"},
	},
};

static void
save(const char *name)
{
	const char *to = getenv("SCREENS");
	char path[FOLDER_PATH_SIZE];

	if (to == NULL)
		return;
	picture_of_terminal(&terminal, folder_join(path, to, name));
	/* the pictures suffice */
	strcat(path, ".txt");
	remove(path);
}

/* Train to the last update, a part at a time: texts take long. */
static void
train_slowly(uint64_t updates)
{
	uint64_t done;

	pause_training();
	settle();
	for (done = count_to(updates); done < updates;) {
		uint64_t part = updates - done < 400 ? updates - done : 400;
		char text[32];

		snprintf(text, sizeof text, "%" PRIu64 "s", part);
		press(text);
		done += part;
		group(text, done);
		strcat(text, "/");
		expect(text);
	}
}

/* Let the scene train to its end, and look at what it says. */
static void
finish(const struct scene *scene)
{
	char keys[32];

	/* more than remain: it stops at its last update */
	snprintf(keys, sizeof keys, "%ds", scene->updates);
	if (scene->is_long)
		train_slowly((uint64_t)scene->updates);
	else
		press(keys);
	expect("finished");
	settle();
	for (int i = 0; i < SHOWN_MAX && scene->shown[i] != NULL; i++)
		expect(scene->shown[i]);
	save(scene->name);
	if (scene->cut == NULL)
		return;
	press("m");
	expect(scene->cut);
	expect("m gives it back");
	/* the comparison still holds */
	expect(scene->shown[1]);
	settle();
	save("tour-star-cut");
	press_and_settle("m");
	ck_assert(!terminal_shows(&terminal, "m gives it back"));
}

START_TEST(each_scene_shows_what_its_caption_says)
{
	bool is_saved = getenv("SCREENS") != NULL;

	open_with(&(struct terminal_options){.rows = ROWS,
		.columns = COLUMNS,
		.command.arguments = WORDS("--tour", "--seed", "1")});
	for (int i = 0; i < COUNT(scenes); i++) {
		expect(scenes[i].title);
		if (is_saved || !scenes[i].is_long)
			finish(&scenes[i]);
		press(KEY_RIGHT);
	}
	expect("this is the last scene");
	press(KEY_ESCAPE);
	expect_gone("Scene");
	leave();
}
END_TEST

static const int sizes[][2] = {{24, 80}, {30, 100}, {40, 120}, {12, 40},
	{8, 30}, {4, 16}, {1, 1}};

/* Esc returns to the own run at each size. */
START_TEST(escape_leaves_the_tour_at_each_size)
{
	char done[32];

	OPEN("--seed", "1", "--speed", "1");
	pause_training();
	press("20s");
	settle();
	snprintf(done, sizeof done, "%d/25,000", (int)count());
	for (int i = 0; i < COUNT(sizes); i++) {
		terminal_resize(&terminal, sizes[i][0], sizes[i][1]);
		settle();
		press(KEY_F2 KEY_RIGHT);
		if (sizes[i][0] >= 8)
			expect("Scene 2a of 8");
		if (sizes[i][0] >= 8)
			ck_assert(terminal_shows(&terminal, "Esc leave"));
		press(KEY_ESCAPE);
		terminal_resize(&terminal, 24, 80);
		expect(done);
		ck_assert(terminal_shows(&terminal, "paused"));
		ck_assert(!terminal_shows(&terminal, "Scene"));
	}
	leave();
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("tour_pictures");
	TCase *group = add_screen_case(suite, "scenes");

	tcase_add_test(group, each_scene_shows_what_its_caption_says);
	tcase_add_test(group, escape_leaves_the_tour_at_each_size);
	return suite_run(suite);
}
