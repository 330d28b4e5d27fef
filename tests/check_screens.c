/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The scenes of the pictures in doc: the real program in a terminal, brought to
 * a given update by keys. `make check` asserts that each scene shows what the
 * README says of it; the texts, which take long, are trained only a little.
 * `make readme-screens` sets SCREENS, the folder in which each scene is saved
 * as text and as a PNG picture.
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "here.h"
#include "interface.h"
#include "picture_of_terminal.h"
#include "suite.h"

#define WORDS_MAX 16
#define SHOWN_MAX 8

struct scene {
	const char *name;
	int rows, columns;
	/* options of the run trained before the program starts; or none */
	const char *trained[WORDS_MAX];
	const char *beside[WORDS_MAX]; /* of a second one, the model OTHER */
	/* NULL: the default; few: if no picture is made */
	const char *updates, *few_updates;
	const char *arguments[WORDS_MAX]; /* of the interface */
	uint64_t update;  /* paused after this update; 0: finished */
	const char *keys; /* typed then, one character each; NULL: none */
	const char *shown[SHOWN_MAX];
};

#define TALE "tale.txt"
#define OTHER "other.safetensors"

/* clang-format off */
#define TALE_RUN                                                          \
	.trained = {"--task", "text", "--data", TALE, "--seed", "7",       \
		"--units", "64"}
#define TALE_MODEL TALE_RUN, .updates = "2000", .few_updates = "60"
/* one sequence, whose end is forecast */
#define SERIES_RUN                                                         \
	.trained = {"--task", "points", "--data", SERIES, "--framing",     \
		"sequence", "--loss", "mixture", "--learning-rate",        \
		"0.003", "--seed", "7"}
#define STROKES_RUN                                                        \
	.trained = {"--task", "points", "--data", STROKES, "--layout",     \
		"strokes", "--framing", "sequence", "--learning-rate",     \
		"0.003", "--seed", "7"}
/* before the text is learnt by heart, which helps no other text */
#define TALE_EARLY TALE_RUN, .updates = "400", .few_updates = "60"
/* clang-format on */

#define SERIES "series.csv"
#define STROKES "strokes.csv"
#define LESSON "--seed", "7", "--speed", "1"

static const struct scene scenes[] = {
	{
		.name = "lesson",
		.rows = 24,
		.columns = 80,
		.arguments = {LESSON},
		.update = 12000,
		.keys = "+++++++++", /* to 1,000 updates a second */
		.shown = {"12,000/25,000", "0.083", "paused"},
	},
	{
		.name = "main",
		.rows = 40,
		.columns = 120,
		.arguments = {"--task", "star", "--framing", "sequence",
			LESSON},
		.update = 22000,
		.keys = "+++++++++",
		.shown = {"22,000/25,000", "Film", "paused"},
	},
	{
		.name = "text",
		.rows = 30,
		.columns = 100,
		TALE_MODEL,
		.arguments = {MODEL},
		.shown = {"validation", "finished"},
	},
	{
		.name = "text-without-memory",
		.rows = 30,
		.columns = 100,
		TALE_MODEL,
		.arguments = {MODEL},
		.keys = "m",
		.shown = {"Generated", " without memory "},
	},
	{
		.name = "inside-star",
		.rows = 40,
		.columns = 120,
		.trained = {"--task", "star", "--framing", "sequence", "--seed",
			"7"},
		.arguments = {MODEL},
		.keys = "i6j4l",
		.shown = {"unit 7 at step 5", "climbs at each step",
			"all 542 learn"},
	},
	{
		.name = "inside-rectangle",
		.rows = 40,
		.columns = 120,
		.trained = {"--seed", "7"},
		.arguments = {MODEL},
		.keys = "i2j2l",
		.shown = {"unit 3 at step 3", "430 of 542: none"},
	},
	{
		.name = "inside-text",
		.rows = 40,
		.columns = 120,
		TALE_MODEL,
		.arguments = {MODEL},
		.keys = "i",
		.shown = {"validation", "Expected", "half of the influence"},
	},
	{
		.name = "inside-text-memory",
		.rows = 30,
		.columns = 100,
		TALE_EARLY,
		.arguments = {MODEL},
		.keys = "i9h9h4h",
		.shown = {"with memory", "without memory",
			"Bits per character: with memory", "blind 5.36"},
	},
	{
		.name = "series",
		.rows = 30,
		.columns = 100,
		SERIES_RUN,
		.updates = "6000",
		.few_updates = "200",
		.arguments = {MODEL},
		.shown = {"1 step ahead, forecast", "10-90 % of samples",
			"finished"},
	},
	{
		.name = "past",
		.rows = 30,
		.columns = 100,
		.arguments = {"--seed", "7", "--framing", "sequence", "--speed",
			"0", "--updates", "3000"},
		.keys = "300@",
		.shown = {"at 300 of 3,000", "The run as it was"},
	},
	{
		.name = "pair",
		.rows = 30,
		.columns = 100,
		.trained = {"--seed", "7", "--updates", "5000", "--framing",
			"sequence"},
		.beside = {"--seed", "7", "--updates", "5000"},
		.arguments = {MODEL, OTHER},
		.shown = {"Training both", "Other run", "one-to-one"},
	},
	{
		.name = "strokes",
		.rows = 24,
		.columns = 80,
		STROKES_RUN,
		.updates = "6000",
		.few_updates = "50",
		.arguments = {MODEL},
		.shown = {"drawn", "last seen", "finished"},
	},
};

/* Pause, and make the remaining updates in one step. */
static void
step_to(uint64_t update)
{
	char text[32];

	pause_training();
	snprintf(text, sizeof text, "%" PRIu64 "s", update - count());
	press(text);
	group(text, update);
	strcat(text, "/");
	expect(text);
	settle();
}

/* Copy a file of examples/ to the test's folder. */
static void
copy_example(const char *name)
{
	char examples[FOLDER_PATH_SIZE], path[FOLDER_PATH_SIZE], *text;

	snprintf(examples, sizeof examples, "%s/examples",
		getenv("TOP_SRCDIR"));
	text = file_read(folder_join(path, examples, name), NULL);
	write_here(name, text);
	free(text);
}

/* Write a trend with a season, and letters of strokes with lifted pens. */
static void
write_data(void)
{
	char text[8192];
	size_t length = 0;

	for (int i = 0; i < 144; i++)
		length += (size_t)snprintf(text + length, sizeof text - length,
			"%.0f\n",
			110 + 2.4 * i + (40 + 0.3 * i) * sin(0.5236 * i) +
				12 * cos(1.0472 * i));
	write_here(SERIES, text);
	write_here(STROKES,
		"0,0,0\n0,10,1\n0,-5,0\n5,0,1\n0,-5,0\n0,10,1\n"
		"4,-10,0\n0,6,1\n0,3,0\n0,1,1\n");
}

/* Train a model of a scene; updates may be NULL. */
static void
train(const char *const *options, const char *updates, const char *model)
{
	const char *words[WORDS_MAX + 6] = {"train", "--quiet"};
	size_t count = 2;

	for (size_t i = 0; options[i] != NULL; i++)
		words[count++] = options[i];
	if (updates != NULL) {
		words[count++] = "--updates";
		words[count++] = updates;
	}
	words[count] = model;
	must_run(words);
}

START_TEST(a_scene_shows_what_the_readme_says)
{
	const struct scene *scene = &scenes[_i];
	const char *to = getenv("SCREENS");

	copy_example(TALE);
	write_data();
	if (scene->trained[0] != NULL)
		train(scene->trained,
			to != NULL ? scene->updates : scene->few_updates,
			MODEL);
	if (scene->beside[0] != NULL)
		train(scene->beside, NULL, OTHER);
	open_with(&(struct terminal_options){.rows = scene->rows,
		.columns = scene->columns,
		.command.arguments = scene->arguments});
	if (scene->update > 0)
		step_to(scene->update);
	else
		expect("finished");
	settle();
	for (const char *key = scene->keys; key != NULL && *key != '\0'; key++)
		press_and_settle((char[]){*key, '\0'});
	for (int i = 0; scene->shown[i] != NULL; i++)
		expect(scene->shown[i]);
	if (to != NULL) {
		char path[FOLDER_PATH_SIZE];

		picture_of_terminal(&terminal,
			folder_join(path, to, scene->name));
	}
	leave();
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("screens");
	TCase *group = add_screen_case(suite, "scenes");

	suite_add_loop(group, a_scene_shows_what_the_readme_says, 0,
		COUNT(scenes));
	return suite_run(suite);
}
