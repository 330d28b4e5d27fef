/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the guided tour in a terminal: its scenes, its keys, and that the
 * user's own run comes back as it was.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "interface.h"
#include "suite.h"

/* The titles of the scenes, in their order. */
static const struct {
	const char *number, *title;
} scenes[] = {
	{"1", "The lesson"},
	{"2a", "430 frozen parameters"},
	{"2b", "All 542 parameters learn"},
	{"3a", "Memory: a star without"},
	{"3b", "Memory: a star with"},
	{"4a", "Why mae draws the median"},
	{"4b", "Why mse draws the mean"},
	{"4c", "A mixture draws them all"},
	{"5", "True generation"},
	{"6", "A text learns words"},
	{"7", "Overfitting"},
	{"8", "Forget gates as a clock"},
};

static void
expect_scene(int i)
{
	char place[32];

	snprintf(place, sizeof place, "Scene %s of 8 ", scenes[i].number);
	expect(place);
	expect(scenes[i].title);
}

/* Expect a text in the row below another one. */
static void
expect_below(const char *above, const char *text)
{
	char line[TEXT_SIZE];

	settle();
	for (int row = 0; row + 1 < terminal.rows; row++) {
		terminal_line(&terminal, row, line, sizeof line);
		if (strstr(line, above) == NULL)
			continue;
		terminal_line(&terminal, row + 1, line, sizeof line);
		ck_assert_msg(strstr(line, text) != NULL, "%s", line);
		return;
	}
	ck_abort_msg("%s:\n%s", above, terminal_text(&terminal));
}

static const struct size {
	int rows, columns;
	const char *option;
} sizes[] = {
	{24, 80, "--quiet"},
	{24, 80, "--ascii"},
	{40, 120, "--quiet"},
	{40, 120, "--ascii"},
	{60, 200, "--quiet"},
};

static void
open_tour(const struct size *size)
{
	open_with(&(struct terminal_options){.rows = size->rows,
		.columns = size->columns,
		.command.arguments =
			WORDS("--tour", "--seed", "1", size->option)});
}

START_TEST(the_tour_walks_through_its_scenes_and_back)
{
	const struct size *size = &sizes[_i];

	open_tour(size);
	for (int i = 0; i < COUNT(scenes); i++) {
		expect_scene(i);
		expect("running");
		ck_assert(terminal_shows(&terminal, "Esc leave"));
		ck_assert(terminal_shows(&terminal, "a scene of the tour"));
		ck_assert(!terminal_shows(&terminal, "not saved"));
		ck_assert_int_eq(terminal_shows(&terminal, "Enter next"),
			i < COUNT(scenes) - 1);
		ck_assert_int_eq(terminal_shows(&terminal, "Left back"), i > 0);
		ck_assert(terminal_shows(&terminal, "Loss"));
		ck_assert(terminal_shows(&terminal, "Generated"));
		ck_assert(terminal_shows(&terminal, "Training"));
		ck_assert(boxes_are_whole(&terminal));
		if (strcmp(size->option, "--ascii") == 0)
			ck_assert_uint_eq(terminal.high, 0);
		press(i % 2 == 0 ? KEY_RIGHT : KEY_ENTER);
	}
	expect("this is the last scene; Esc leaves the tour");
	for (int i = COUNT(scenes) - 2; i >= 0; i--) {
		press(KEY_LEFT);
		expect_scene(i);
	}
	press(KEY_LEFT);
	expect("this is the first scene");
	/* the default run begins now, at update 0 */
	press(KEY_ESCAPE);
	expect_gone("Scene");
	expect_at_least(1);
	leave();
	ck_assert_uint_eq(folder_count(folder), 0);
}
END_TEST

/* The caption stays in the view inside, from which Esc leads back. */
START_TEST(the_scene_stays_with_the_view_inside)
{
	open_tour(&sizes[_i]);
	expect_scene(0);
	press(" ");
	expect("paused");
	press("i");
	expect("Gates and cells");
	expect_scene(0);
	expect("Esc back");
	ck_assert(!terminal_shows(&terminal, "Enter next"));
	ck_assert(boxes_are_whole(&terminal));
	press(KEY_ESCAPE);
	expect("Esc leave");
	expect_scene(0);
	ck_assert(!terminal_shows(&terminal, "Gates and cells"));
	leave();
}
END_TEST

START_TEST(the_tour_can_be_seen_at_any_size)
{
	static const int small[][2] = {{20, 60}, {12, 40}, {11, 40}, {8, 30},
		{4, 16}, {3, 20}, {1, 1}, {50, 30}};

	open_tour(&sizes[0]);
	expect_scene(0);
	press(" ");
	expect("paused");
	for (int i = 0; i < COUNT(small); i++) {
		terminal_resize(&terminal, small[i][0], small[i][1]);
		settle();
		ck_assert(boxes_are_whole(&terminal));
		if (small[i][0] >= 8 && small[i][1] >= 30)
			ck_assert_msg(terminal_shows(&terminal,
					      "Scene 1 of 8") &&
					terminal_shows(&terminal, "Esc leave"),
				"%s", terminal_text(&terminal));
	}
	press(KEY_RIGHT);
	expect("Scene 2a of 8");
	terminal_resize(&terminal, 24, 80);
	expect_scene(1);
	leave();
}
END_TEST

/* The caption of two rows goes on in `more` where there are rows and need. */
START_TEST(a_caption_has_the_rows_that_it_needs)
{
	open_tour(&sizes[0]);
	press(KEY_RIGHT);
	expect_scene(1);
	press("4000s");
	expect("finished");
	expect("forget gate, which work on a state. In sequence they move.");
	ck_assert(!terminal_shows(&terminal, "..."));
	ck_assert(!terminal_shows(&terminal, "…"));
	terminal_resize(&terminal, 12, 40);
	settle();
	expect("…");
	terminal_resize(&terminal, 40, 80);
	expect("where the state goes on.");
	/* directly above, in 80 columns as well as in 200 */
	expect_below("where the state goes on.", "Measured: 112 of 542");
	terminal_resize(&terminal, 40, 200);
	expect_below("where the state goes on.", "Measured: 112 of 542");
	leave();
}
END_TEST

/* A caption follows from the run, and a measurement confirms it. */
START_TEST(a_finished_scene_says_what_was_measured)
{
	open_tour(&sizes[_i]);
	expect_scene(0);
	press(KEY_RIGHT);
	expect_scene(1);
	expect("In one-to-one each step starts from an empty state");
	ck_assert(!terminal_shows(&terminal, "Measured"));
	press("4000s");
	expect("Moved: one-to-one 112 of 542; sequence: not yet");
	expect("After 4,000 updates 430 have their first value");
	ck_assert_int_eq(terminal_shows(&terminal,
				 "Measured: 112 of 542 parameters have moved, "
				 "430 have not."),
		sizes[_i].rows >= 36);
	expect("finished");
	ck_assert(!terminal_shows(&terminal, "w saves"));
	ck_assert(boxes_are_whole(&terminal));
	ck_assert_int_eq(terminal_shows(&terminal, "That state is zero here"),
		sizes[_i].rows >= 36);
	press(KEY_RIGHT);
	expect_scene(2);
	/* the scene before stays for comparison, until the next number */
	expect("one-to-one 0.1");
	press("4000s");
	expect("Moved: one-to-one 112 of 542; sequence 542 of 542");
	/* e extends the scene, which is then no longer at its claim */
	press("1000e");
	expect("The same network, the same seed");
	ck_assert(!terminal_shows(&terminal, "Measured"));
	/* the comparison is of the scene's end, and stays */
	ck_assert(terminal_shows(&terminal, "; sequence 542 of 542"));
	press(KEY_RIGHT);
	expect_scene(3);
	ck_assert(!terminal_shows(&terminal, "sequence 0."));
	leave();
}
END_TEST

/* Every key of the interface acts on the run of the scene. */
START_TEST(keys_act_on_the_run_of_the_scene)
{
	char goal[] = "10,000";
	uint64_t before;

	open_tour(&sizes[2]);
	expect_scene(0);
	press(" ");
	expect("paused");
	settle();
	before = count_to(10000);
	press_and_settle("7s");
	ck_assert_uint_eq(count_to(10000), before + 7);
	press_and_settle("f");
	ck_assert(terminal_shows(&terminal, "film strip"));
	ck_assert(terminal_shows(&terminal, goal));
	/* Escape drops a count first */
	press_and_settle("12");
	press_and_settle(KEY_ESCAPE);
	expect_scene(0);
	press_and_settle("s");
	ck_assert_uint_eq(count_to(10000), before + 8);
	press("r");
	expect("Start the scene over?");
	press_and_settle("y");
	ck_assert_uint_eq(count_to(10000), 0);
	expect_scene(0);
	/* the help takes its own arrows */
	press_and_settle("?");
	press_and_settle(KEY_DOWN KEY_ESCAPE);
	expect_scene(0);
	leave();
}
END_TEST

/* The error of the scene before is that of another loss in 4b, not in 3b. */
START_TEST(only_drawings_of_the_same_loss_are_compared)
{
	open_with(&(struct terminal_options){.rows = 40,
		.columns = 120,
		.command.arguments = WORDS("--tour")});
	for (int i = 0; i < 7; i++) {
		expect_scene(i);
		expect("average 0.");
		if (strcmp(scenes[i].number, "3b") == 0)
			expect(" was 0.");
		if (strcmp(scenes[i].number, "4b") == 0)
			ck_assert(!terminal_shows(&terminal, " was 0."));
		press(KEY_RIGHT);
	}
	leave();
}
END_TEST

/* The captions follow the memory, and the inside of a scene can be seen. */
START_TEST(the_memory_of_a_scene_can_be_cut)
{
	char line[TEXT_SIZE];

	open_tour(&sizes[_i]);
	for (int i = 0; i < 4; i++) {
		expect_scene(i);
		line_with("Try:", "cut memory", line);
		ck_assert_str_eq(line, "");
		press(KEY_RIGHT);
	}
	expect_scene(4);
	expect("m cut memory");
	press("12000s");
	expect("Its error is less than a tenth");
	press("m");
	expect("The memory is cut");
	expect("The memory cut");
	ck_assert(!terminal_shows(&terminal, "Its error is less"));
	press("i");
	expect("Esc back");
	expect("inside");
	/* one level back, then out of the tour */
	press_and_settle(KEY_ESCAPE);
	expect("The memory cut");
	press("m");
	expect("Its error is less than a tenth");
	expect_scene(4);
	press(KEY_RIGHT);
	expect_scene(5);
	press(KEY_LEFT);
	expect_scene(4);
	expect("m cut memory");
	press(KEY_ESCAPE);
	expect_gone("Scene");
	leave();
}
END_TEST

static const struct refused {
	const char *key, *answer;
} refused[] = {
	{"w", "a scene of the tour is not saved"},
	{"W", "a scene of the tour is not saved"},
	{"n", "the run of a scene stays as it is"},
	{"R", "the run of a scene stays as it is"},
	{KEY_F2, "this is the tour; Esc leaves it"},
};

START_TEST(a_scene_is_neither_saved_nor_replaced)
{
	open_tour(&sizes[0]);
	expect_scene(0);
	press(refused[_i].key);
	expect(refused[_i].answer);
	expect_scene(0);
	leave();
	ck_assert_uint_eq(folder_count(folder), 0);
}
END_TEST

/* The screen, row by row. */
struct picture {
	char row[64][TEXT_SIZE];
};

static void
take_picture(struct picture *picture)
{
	for (int row = 0; row < terminal.rows; row++)
		terminal_line(&terminal, row, picture->row[row], TEXT_SIZE);
}

static const int touring_sizes[][2] = {{24, 80}, {40, 120}};

/*
 * The run with unsaved updates, its screen, its lock and its log come back as
 * they were, and it continues with the same bits.
 */
START_TEST(the_own_run_comes_back_bit_for_bit)
{
	static struct picture before, after;
	char keys[16], *here, *there;
	size_t length, other_length;
	struct outcome outcome;

	open_with(&(struct terminal_options){.rows = touring_sizes[_i][0],
		.columns = touring_sizes[_i][1],
		.command.arguments = WORDS("--seed", "9", "--speed", "1",
			"--updates", "300", "--log", "log", MODEL)});
	pause_training();
	press_and_settle("fx");
	snprintf(keys, sizeof keys, "%ds", 120 - (int)count_to(300));
	press(keys);
	expect("120/300");
	settle();
	ck_assert_uint_eq(count_to(300), 120);
	take_picture(&before);
	press(KEY_F2);
	expect_scene(0);
	for (int i = 1; i < COUNT(scenes); i++) {
		press(KEY_RIGHT);
		expect_scene(i);
		press("+20s");
	}
	/* the model is locked still, and the log is complete */
	RUN(&outcome, "train", "--quiet", MODEL);
	ck_assert_int_eq(outcome.status, 1);
	outcome_release(&outcome);
	here = read_here("log", &length);
	other_length = 0;
	for (const char *at = here; (at = strchr(at, '\n')) != NULL; at++)
		other_length++;
	ck_assert_uint_eq(other_length, 120);
	free(here);
	press_and_settle(KEY_ESCAPE);
	expect_gone("Scene");
	take_picture(&after);
	for (int row = 0; row < terminal.rows; row++)
		ck_assert_str_eq(after.row[row], before.row[row]);
	press("180s");
	expect("finished");
	press("w");
	expect("saved " MODEL);
	press("q");
	expect_end(0);
	MUST("train", "--quiet", "--seed", "9", "--updates", "300",
		"t.safetensors");
	here = read_here(MODEL, &length);
	there = read_here("t.safetensors", &other_length);
	ck_assert_uint_eq(length, other_length);
	ck_assert_mem_eq(here, there, length);
	free(here);
	free(there);
}
END_TEST

/* A line that is not due yet is written before the tour begins. */
START_TEST(the_log_does_not_wait_for_the_end_of_the_tour)
{
	uint64_t done, lines = 0;
	char *log;

	OPEN("--seed", "1", "--speed", "1", "--log", "log");
	pause_training();
	done = count() + 50;
	press("50s");
	expect_count(UPDATES_DEFAULT, done, done);
	press(KEY_F2);
	expect_scene(0);
	log = read_here("log", NULL);
	for (const char *at = log; (at = strchr(at, '\n')) != NULL; at++)
		lines++;
	free(log);
	ck_assert_uint_eq(lines, done);
	leave();
}
END_TEST

/* The own run waits during the tour and then runs on. */
START_TEST(a_running_run_waits_and_runs_on)
{
	uint64_t saved;

	OPEN("--seed", "1", "--speed", "200", "--checkpoint-every", "1", MODEL);
	expect_at_least(20);
	press(KEY_F2);
	expect_scene(0);
	saved = updates_of(MODEL);
	expect_count(10000, 500, 10000);
	ck_assert_uint_eq(updates_of(MODEL), saved);
	press(KEY_ESCAPE);
	expect("running");
	expect_count(UPDATES_DEFAULT, saved, saved + 100);
	expect("200/s");
	expect_at_least(saved + 20);
	leave();
}
END_TEST

/* q leaves the tour first; what may be lost is the user's own run. */
START_TEST(quitting_asks_about_the_own_run)
{
	uint64_t done;

	OPEN("--seed", "1", MODEL);
	expect_at_least(50);
	pause_training();
	done = count();
	press(KEY_F2);
	expect_scene(0);
	expect_count(10000, 100, 10000);
	press("q");
	expect("Progress is not saved.");
	press("c");
	expect_gone("Progress");
	ck_assert(!terminal_shows(&terminal, "Scene"));
	ck_assert_uint_eq(count(), done);
	press(KEY_F2);
	expect_scene(0);
	press("q");
	expect("Progress is not saved.");
	press("s");
	expect_end(0);
	ck_assert_uint_eq(updates_of(MODEL), done);
}
END_TEST

START_TEST(quitting_a_tour_without_an_own_run_does_not_ask)
{
	OPEN("--tour");
	expect_scene(0);
	expect_count(10000, 100, 10000);
	press("q");
	expect_end(0);
	expect_restored();
	ck_assert_uint_eq(folder_count(folder), 0);
}
END_TEST

static const int signals[] = {SIGTERM, SIGINT, SIGHUP};

START_TEST(a_signal_saves_the_own_run)
{
	uint64_t done;

	OPEN("--seed", "1", MODEL);
	expect_at_least(50);
	pause_training();
	done = count();
	press(KEY_F2);
	expect_scene(0);
	expect_count(10000, 100, 10000);
	if (signals[_i] == SIGINT)
		press(KEY_CTRL_C);
	else
		kill(terminal.pid, signals[_i]);
	expect_end(128 + signals[_i]);
	ck_assert_uint_eq(updates_of(MODEL), done);
	ck_assert_uint_eq(folder_count(folder), 1);
}
END_TEST

START_TEST(esc_leads_to_the_run_of_the_command_line)
{
	MUST("train", "--quiet", "--task", "star", "--seed", "1", "--updates",
		"50", MODEL);
	OPEN("--tour", MODEL);
	expect_scene(0);
	press(KEY_ESCAPE);
	expect("star");
	expect("50/50");
	expect("resumed " MODEL);
	press("q");
	expect_end(0);
}
END_TEST

/* The text of the program serves every command, without any file. */
START_TEST(the_tale_of_the_program_can_be_trained)
{
	char *one, *other;

	MUST("train", "--quiet", "--task", "text", "--data", "builtin:tale",
		"--units", "8", "--seed", "1", "--updates", "20", MODEL);
	MUST("train", "--quiet", "--updates", "40", MODEL);
	MUST("train", "--quiet", "--task", "text", "--data", "builtin:tale",
		"--units", "8", "--seed", "1", "--updates", "40", "t.st");
	one = OUTPUT_OF("generate", "--length", "50", "--seed", "1", MODEL);
	other = OUTPUT_OF("generate", "--length", "50", "--seed", "1", "t.st");
	ck_assert_str_eq(one, other);
	free(one);
	free(other);
	MUST("evaluate", MODEL);
	one = OUTPUT_OF("info", MODEL);
	ck_assert_ptr_nonnull(strstr(one, "builtin:tale"));
	free(one);
}
END_TEST

/* Scenes that run to their end are slow under AddressSanitizer. */
#ifdef __SANITIZE_ADDRESS__
enum { WALKS = 1, MEASURED = 1 };
#else
enum { WALKS = COUNT(sizes), MEASURED = 3 };
#endif

int
main(void)
{
	Suite *suite = suite_create("tour_screen");
	TCase *group = add_screen_case(suite, "scenes");

	suite_add_loop(group, the_tour_walks_through_its_scenes_and_back, 0,
		WALKS);
	suite_add_loop(group, the_scene_stays_with_the_view_inside, 0,
		COUNT(sizes));
	tcase_add_test(group, the_tour_can_be_seen_at_any_size);
	tcase_add_test(group, a_caption_has_the_rows_that_it_needs);
	suite_add_loop(group, a_finished_scene_says_what_was_measured, 0,
		MEASURED);
	tcase_add_test(group, keys_act_on_the_run_of_the_scene);
	tcase_add_test(group, only_drawings_of_the_same_loss_are_compared);
	suite_add_loop(group, the_memory_of_a_scene_can_be_cut, 0, 3);
	suite_add_loop(group, a_scene_is_neither_saved_nor_replaced, 0,
		COUNT(refused));
	group = add_screen_case(suite, "own run");
	suite_add_loop(group, the_own_run_comes_back_bit_for_bit, 0,
		COUNT(touring_sizes));
	tcase_add_test(group, the_log_does_not_wait_for_the_end_of_the_tour);
	tcase_add_test(group, a_running_run_waits_and_runs_on);
	tcase_add_test(group, quitting_asks_about_the_own_run);
	tcase_add_test(group, quitting_a_tour_without_an_own_run_does_not_ask);
	suite_add_loop(group, a_signal_saves_the_own_run, 0, COUNT(signals));
	tcase_add_test(group, esc_leads_to_the_run_of_the_command_line);
	tcase_add_test(group, the_tale_of_the_program_can_be_trained);
	return suite_run(suite);
}
