/*
 * The interface, run as a program in a terminal: what a person would type,
 * what they would see, and what is left behind.
 */
#include <check.h>
#include <ctype.h>
#include <jansson.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "comma_locale.h"
#include "command.h"
#include "folder.h"
#include "suite.h"
#include "terminal.h"

#define MODEL "m.safetensors"

enum {
	LIMIT_MS = TERMINAL_LIMIT_MS,
	TEXT_SIZE = 4096,
	UPDATES_DEFAULT = 25000
};

/* Where the program runs; the terminal that most tests need one of. */
static char folder[FOLDER_PATH_SIZE];
static struct terminal terminal;
static bool is_open;

static void
make_folder(void)
{
	folder_new(folder);
	is_open = false;
}

static void
close_terminal(void)
{
	if (is_open)
		terminal_close(&terminal);
	is_open = false;
}

static void
open_with(const struct terminal_options *given)
{
	struct terminal_options options = *given;

	options.command.folder = folder;
	terminal_open(&terminal, &options);
	is_open = true;
}

static void
open_program(const char *const *arguments)
{
	open_with(&(struct terminal_options){.command.arguments = arguments});
}

#define OPEN(...) open_program(WORDS(__VA_ARGS__))

static void
press(const char *keys)
{
	terminal_type(&terminal, keys);
}

static void
expect(const char *text)
{
	ck_assert_msg(terminal_wait_for(&terminal, text, LIMIT_MS),
		"'%s' does not come:\n%s", text, terminal_text(&terminal));
}

static void
expect_gone(const char *text)
{
	ck_assert_msg(terminal_wait_until_gone(&terminal, text, LIMIT_MS),
		"'%s' does not go:\n%s", text, terminal_text(&terminal));
}

/* For a program that has nothing to do until the next key. */
static void
settle(void)
{
	ck_assert_msg(terminal_settle(&terminal, LIMIT_MS),
		"it does not come to rest:\n%s", terminal_text(&terminal));
	ck_assert_msg(!terminal.is_over, "it ended: status %d, signal %d\n%s",
		terminal.outcome.status, terminal.outcome.signal,
		terminal_text(&terminal));
}

static void
press_and_settle(const char *keys)
{
	press(keys);
	settle();
}

static void
pause_training(void)
{
	expect("running");
	press(" ");
	expect("paused");
	settle();
}

static void
expect_end(int status)
{
	ck_assert_msg(terminal_wait_for_end(&terminal, LIMIT_MS),
		"it does not end:\n%s", terminal_text(&terminal));
	ck_assert_msg(terminal.outcome.signal == 0 &&
		terminal.outcome.status == status,
		"status %d, signal %d, where %d should be\n%s",
		terminal.outcome.status, terminal.outcome.signal, status,
		terminal_text(&terminal));
}

/* That the terminal is as it was before the program. */
static void
expect_restored(void)
{
	ck_assert_msg(terminal_is_restored(&terminal),
		"the settings are not restored");
	ck_assert_msg(!terminal.is_alternate,
		"the alternate screen is still on");
	ck_assert_msg(terminal.is_cursor_visible, "there is no cursor");
	ck_assert_int_eq(terminal.mouse, VTERM_PROP_MOUSE_NONE);
}

/* Leave without saving, whatever is asked. */
static void
leave(void)
{
	press("q");
	if (!terminal_wait_for_end(&terminal, 300))
		press("d");
	expect_end(0);
	expect_restored();
}

/* A number with its thousands grouped, which has to end at the end. */
static bool
read_grouped(const char *text, const char *end, uint64_t *value)
{
	const char *digit = end;

	while (digit > text && (isdigit((unsigned char)digit[-1]) ||
		digit[-1] == ','))
		digit--;
	*value = 0;
	for (const char *at = digit; at < end; at++) {
		if (*at == ',' && (end - at) % 4 != 0)
			return false;
		if (*at != ',')
			*value = 10 * *value + (uint64_t)(*at - '0');
		else if (at == digit)
			return false;
	}
	/* grouped indeed: no four digits in a row */
	return end > digit && (*value < 1000 || end[-4] == ',');
}

static void
group(char text[32], uint64_t value)
{
	char digits[32];
	int length = snprintf(digits, sizeof digits, "%llu",
		(unsigned long long)value);
	size_t to = 0;

	for (int i = 0; i < length; i++) {
		if (i > 0 && (length - i) % 3 == 0)
			text[to++] = ',';
		text[to++] = digits[i];
	}
	text[to] = '\0';
}

/* Updates done, from "12,340/25,000" on the screen. */
static bool
read_count(struct terminal *from, uint64_t wanted, uint64_t *done)
{
	char goal[40] = "/";
	const char *text = terminal_text(from), *at = text;

	group(goal + 1, wanted);
	while ((at = strstr(at, goal)) != NULL) {
		const char *behind = at + strlen(goal);

		if (!isdigit((unsigned char)*behind) && *behind != ',' &&
		    read_grouped(text, at, done))
			return true;
		at = behind;
	}
	return false;
}

static uint64_t
count_to(uint64_t wanted)
{
	uint64_t done = 0;

	ck_assert_msg(read_count(&terminal, wanted, &done),
		"no count to %llu in:\n%s", (unsigned long long)wanted,
		terminal_text(&terminal));
	return done;
}

static uint64_t
count(void)
{
	return count_to(UPDATES_DEFAULT);
}

struct range {
	uint64_t wanted, least, most;
};

static bool
is_in_range(struct terminal *from, void *argument)
{
	const struct range *range = argument;
	uint64_t done;

	return read_count(from, range->wanted, &done) &&
		done >= range->least && done <= range->most;
}

static void
expect_count(uint64_t wanted, uint64_t least, uint64_t most)
{
	struct range range = {wanted, least, most};

	ck_assert_msg(terminal_wait(&terminal, is_in_range, &range, LIMIT_MS),
		"the count does not come to %llu to %llu:\n%s",
		(unsigned long long)least, (unsigned long long)most,
		terminal_text(&terminal));
}

static void
expect_at_least(uint64_t least)
{
	expect_count(UPDATES_DEFAULT, least, UPDATES_DEFAULT);
}

static bool
exists_here(const char *name)
{
	char path[FOLDER_PATH_SIZE];

	return file_exists(folder_join(path, folder, name));
}

/* What `info` says of a model file. */
static uint64_t
updates_in(const char *model)
{
	struct outcome outcome;
	json_error_t error;
	json_t *object;
	uint64_t updates;

	command_run(&(struct command){.folder = folder,
		.arguments = WORDS("info", "--json", model)}, &outcome);
	expect_status(&outcome, 0);
	object = json_loads(outcome.output, 0, &error);
	ck_assert_msg(json_is_integer(json_object_get(object, "updates")),
		"%s", outcome.output);
	updates = (uint64_t)json_integer_value(
		json_object_get(object, "updates"));
	json_decref(object);
	outcome_release(&outcome);
	return updates;
}

/* Does a word stand on the screen by itself? */
static bool
has_word(const char *text, const char *word)
{
	size_t length = strlen(word);
	const char *at = text;

	while ((at = strstr(at, word)) != NULL) {
		char before = at > text ? at[-1] : ' ', behind = at[length];

		if (!isalnum((unsigned char)before) && before != '\'' &&
		    !isalnum((unsigned char)behind) && behind != '\'')
			return true;
		at++;
	}
	return false;
}

/* The first line that holds both words; "" where none does. */
static void
line_with(const char *first, const char *second, char line[TEXT_SIZE])
{
	for (int row = 0; row < terminal.rows; row++) {
		terminal_line(&terminal, row, line, TEXT_SIZE);
		if (strstr(line, first) != NULL &&
		    strstr(line, second) != NULL)
			return;
	}
	line[0] = '\0';
}

/* Starting, pausing, stepping, finishing. */

START_TEST(it_starts_running_with_its_three_panes)
{
	OPEN("--seed", "1");
	expect("running");
	expect("Loss");
	expect("Generated");
	expect("Training");
	expect("542");
	expect_at_least(1);
	ck_assert(terminal.is_alternate);
	ck_assert(!terminal.is_cursor_visible);
	leave();
	ck_assert_uint_eq(folder_count(folder), 0);
}
END_TEST

START_TEST(counts_are_grouped_by_thousands)
{
	OPEN("--seed", "1", "--speed", "0");
	expect("25,000/25,000");
	leave();
}
END_TEST

START_TEST(the_default_pace_is_one_a_person_can_follow)
{
	uint64_t before;

	OPEN("--seed", "1");
	expect_at_least(1);
	before = count();
	terminal_pump_for(&terminal, 1000);
	ck_assert_uint_gt(count(), before + 300);
	ck_assert_uint_lt(count(), before + 3000);
	expect("1,000/s");
	leave();
}
END_TEST

START_TEST(space_pauses_and_resumes)
{
	uint64_t paused;

	OPEN("--seed", "1");
	expect_at_least(20);
	pause_training();
	paused = count();
	terminal_pump_for(&terminal, 200);
	/* also what it draws anew must not have moved */
	press_and_settle(KEY_CTRL_L);
	ck_assert_uint_eq(count(), paused);
	press(" ");
	expect("running");
	expect_at_least(paused + 20);
	leave();
}
END_TEST

START_TEST(s_makes_exactly_one_update)
{
	uint64_t before;

	OPEN("--seed", "1");
	expect_at_least(20);
	pause_training();
	before = count();
	for (uint64_t i = 1; i <= 5; i++) {
		press("s");
		expect_count(UPDATES_DEFAULT, before + i, before + i);
		settle();
		ck_assert_uint_eq(count(), before + i);
		expect("paused");
	}
	leave();
}
END_TEST

START_TEST(s_while_running_pauses)
{
	OPEN("--seed", "1");
	expect_at_least(20);
	press("s");
	expect("paused");
	leave();
}
END_TEST

START_TEST(a_count_before_s_makes_so_many)
{
	uint64_t before;

	OPEN("--seed", "1");
	expect_at_least(20);
	pause_training();
	before = count();
	press("100s");
	expect_count(UPDATES_DEFAULT, before + 100, before + 100);
	expect("paused");
	settle();
	ck_assert_uint_eq(count(), before + 100);
	/* and the count is used up */
	press("s");
	expect_count(UPDATES_DEFAULT, before + 101, before + 101);
	settle();
	ck_assert_uint_eq(count(), before + 101);
	leave();
}
END_TEST

START_TEST(escape_drops_a_count)
{
	uint64_t before;

	OPEN("--seed", "1");
	pause_training();
	before = count();
	press_and_settle("70");
	press_and_settle(KEY_ESCAPE);
	press("s");
	expect_count(UPDATES_DEFAULT, before + 1, before + 1);
	settle();
	ck_assert_uint_eq(count(), before + 1);
	leave();
}
END_TEST

START_TEST(unlimited_speed_finishes_and_stays)
{
	OPEN("--seed", "1", "--speed", "0");
	expect("finished");
	expect("25,000/25,000");
	settle();
	expect("Loss");
	expect("Generated");
	ck_assert(!terminal.is_over);
	leave();
}
END_TEST

START_TEST(a_finished_run_does_not_step_on)
{
	OPEN("--seed", "1", "--speed", "0", "--updates", "50");
	expect("finished");
	press_and_settle("s");
	press_and_settle(" ");
	press_and_settle("10s");
	ck_assert_uint_eq(count_to(50), 50);
	expect("finished");
	leave();
}
END_TEST

START_TEST(e_extends_a_finished_run)
{
	static const char goal[] = "50/50";

	OPEN("--seed", "1", "--speed", "0", "--updates", "50");
	expect("finished");
	expect(goal);
	press_and_settle("e");
	press(KEY_ENTER);
	/* how many more is the program's own proposal */
	expect_gone(goal);
	expect("finished");
	settle();
	ck_assert(!terminal_shows(&terminal, goal));
	leave();
}
END_TEST

START_TEST(e_takes_the_number_that_is_typed)
{
	OPEN("--seed", "1", "--speed", "0", "--updates", "50");
	expect("finished");
	press_and_settle("e");
	press("70" KEY_ENTER);
	expect("120/120");
	leave();
}
END_TEST

/* Saving, leaving, coming back. */

START_TEST(w_saves_what_is_shown)
{
	uint64_t saved;

	OPEN("--seed", "1", MODEL);
	expect_at_least(100);
	pause_training();
	saved = count();
	ck_assert(!exists_here(MODEL));
	press("w");
	expect("saved " MODEL);
	ck_assert(exists_here(MODEL));
	ck_assert_uint_eq(updates_in(MODEL), saved);
	/* nothing is unsaved, so nothing is asked */
	settle();
	press("q");
	expect_end(0);
	expect_restored();
	ck_assert_uint_eq(folder_count(folder), 1);
}
END_TEST

START_TEST(w_while_running_saves_and_runs_on)
{
	uint64_t saved;

	OPEN("--seed", "1", MODEL);
	expect_at_least(50);
	press("w");
	expect("saved " MODEL);
	saved = updates_in(MODEL);
	ck_assert_uint_ge(saved, 50);
	expect_at_least(saved + 50);
	expect("running");
	leave();
	ck_assert_uint_eq(updates_in(MODEL), saved);
}
END_TEST

START_TEST(w_without_a_model_asks_for_a_name)
{
	OPEN("--seed", "1");
	expect_at_least(20);
	pause_training();
	press_and_settle("w");
	press("mine.safetensors" KEY_ENTER);
	expect("saved mine.safetensors");
	ck_assert(exists_here("mine.safetensors"));
	settle();
	press("q");
	expect_end(0);
	ck_assert_uint_eq(folder_count(folder), 1);
}
END_TEST

START_TEST(escape_from_the_name_saves_nothing)
{
	OPEN("--seed", "1");
	expect_at_least(20);
	pause_training();
	press_and_settle("w");
	press("mine");
	settle();
	press_and_settle(KEY_ESCAPE);
	ck_assert_uint_eq(folder_count(folder), 0);
	expect("paused");
	leave();
}
END_TEST

START_TEST(a_name_can_be_corrected)
{
	OPEN("--seed", "1");
	pause_training();
	press_and_settle("w");
	press("wrong" KEY_CTRL_U "minx" KEY_BACKSPACE "e.safetensors"
		KEY_ENTER);
	expect("saved mine.safetensors");
	ck_assert(exists_here("mine.safetensors"));
	leave();
}
END_TEST

START_TEST(capital_w_saves_under_another_name)
{
	OPEN("--seed", "1", MODEL);
	expect_at_least(20);
	pause_training();
	press("w");
	expect("saved " MODEL);
	press_and_settle("W");
	press(KEY_CTRL_U "other.safetensors" KEY_ENTER);
	expect("saved other.safetensors");
	ck_assert_uint_eq(updates_in("other.safetensors"), count());
	leave();
}
END_TEST

START_TEST(a_save_that_fails_says_so_and_loses_nothing)
{
	char path[FOLDER_PATH_SIZE];

	folder_join(path, folder, "gone");
	ck_assert_int_eq(mkdir(path, 0700), 0);
	OPEN("--seed", "1", "gone/" MODEL);
	expect_at_least(20);
	pause_training();
	folder_remove(path);
	press_and_settle("w");
	ck_assert(!terminal_shows(&terminal, "saved gone"));
	expect("gone/" MODEL);
	/* and so does leaving with a save */
	press("q");
	expect("discard");
	press_and_settle("s");
	ck_assert(!terminal.is_over);
	leave();
}
END_TEST

static const char *const quit_keys[] = {"q", KEY_F10};

START_TEST(quit_asks_and_saves)
{
	uint64_t done;

	OPEN("--seed", "1", MODEL);
	expect_at_least(50);
	pause_training();
	done = count();
	press(quit_keys[_i]);
	expect("discard");
	press("s");
	expect_end(0);
	expect_restored();
	ck_assert_uint_eq(updates_in(MODEL), done);
	ck_assert_uint_eq(folder_count(folder), 1);
}
END_TEST

START_TEST(quit_asks_and_discards)
{
	OPEN("--seed", "1", MODEL);
	expect_at_least(50);
	press("q");
	expect("discard");
	press("d");
	expect_end(0);
	expect_restored();
	ck_assert_uint_eq(folder_count(folder), 0);
}
END_TEST

static const char *const cancel_keys[] = {"c", KEY_ESCAPE};

START_TEST(quit_asks_and_cancels)
{
	uint64_t done;

	OPEN("--seed", "1", MODEL);
	expect_at_least(50);
	press("q");
	expect("discard");
	settle(); /* training waits for the answer */
	done = count();
	press(cancel_keys[_i]);
	expect_gone("discard");
	expect("running");
	expect_at_least(done + 20);
	leave();
	ck_assert_uint_eq(folder_count(folder), 0);
}
END_TEST

START_TEST(quit_with_save_asks_for_a_missing_name)
{
	OPEN("--seed", "1");
	expect_at_least(50);
	press("q");
	expect("discard");
	press_and_settle("s");
	press(KEY_CTRL_U "mine.safetensors" KEY_ENTER);
	expect_end(0);
	expect_restored();
	ck_assert_uint_ge(updates_in("mine.safetensors"), 50);
}
END_TEST

START_TEST(quit_from_a_finished_and_saved_run_does_not_ask)
{
	OPEN("--seed", "1", "--speed", "0", MODEL);
	expect("finished");
	press("w");
	expect("saved " MODEL);
	press("q");
	expect_end(0);
	expect_restored();
	ck_assert_uint_eq(updates_in(MODEL), UPDATES_DEFAULT);
}
END_TEST

START_TEST(a_resumed_run_shows_the_same_count)
{
	char updates[32];
	uint64_t saved;

	OPEN("--seed", "1", MODEL);
	expect_at_least(150);
	pause_training();
	saved = count();
	press("w");
	expect("saved " MODEL);
	press("q");
	expect_end(0);
	close_terminal();

	/* it starts running, so at one update a second */
	OPEN("--speed", "1", MODEL);
	expect("running");
	expect_count(UPDATES_DEFAULT, saved, saved + 1);
	press("q");
	if (!terminal_wait_for_end(&terminal, 300))
		press("d");
	expect_end(0);
	close_terminal();

	snprintf(updates, sizeof updates, "%llu", (unsigned long long)saved);
	OPEN("--updates", updates, MODEL);
	expect("finished");
	ck_assert_uint_eq(count_to(saved), saved);
	press("q");
	if (!terminal_wait_for_end(&terminal, 300))
		press("d");
	expect_end(0);
}
END_TEST

START_TEST(a_resumed_run_goes_on_as_train_would)
{
	struct outcome outcome;
	char *here, *there, path[FOLDER_PATH_SIZE];
	size_t length, other_length;

	OPEN("--seed", "9", "--speed", "0", "--updates", "120", MODEL);
	expect("finished");
	press("w");
	expect("saved " MODEL);
	press("q");
	expect_end(0);
	close_terminal();
	OPEN("--speed", "0", "--updates", "300", MODEL);
	expect("300/300");
	press("w");
	expect("saved " MODEL);
	press("q");
	expect_end(0);
	command_run(&(struct command){.folder = folder,
		.arguments = WORDS("train", "--seed", "9", "--updates", "300",
			"t.safetensors")}, &outcome);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
	here = file_read(folder_join(path, folder, MODEL), &length);
	there = file_read(folder_join(path, folder, "t.safetensors"),
		&other_length);
	ck_assert_uint_eq(length, other_length);
	ck_assert_mem_eq(here, there, length);
	free(here);
	free(there);
}
END_TEST

/* Help, and keys that change how it looks or goes. */

static const char *const help_keys[] = {"?", KEY_F1};
static const char *const help_closers[] = {KEY_ESCAPE, "?"};

START_TEST(help_names_every_key)
{
	static const char *const keys[] = {"Space", "s", "+", "-", "[", "]",
		"g", "r", "R", "w", "W", "l", "x", "Tab", "?", "F1", "q",
		"F10", "e", "Ctrl-L", "Ctrl-Z"};
	char before[64][TEXT_SIZE], help[64 * TEXT_SIZE] = "";
	char line[TEXT_SIZE];

	open_with(&(struct terminal_options){.rows = 50, .columns = 120,
		.command.arguments = WORDS("--seed", "1")});
	pause_training();
	for (int row = 0; row < terminal.rows; row++)
		terminal_line(&terminal, row, before[row], TEXT_SIZE);
	press_and_settle(help_keys[_i]);
	/* what stood there before, as the key bar, is not the help */
	for (int row = 0; row < terminal.rows; row++) {
		terminal_line(&terminal, row, line, sizeof line);
		if (strcmp(line, before[row]) != 0)
			strcat(help, strcat(line, "\n"));
	}
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		ck_assert_msg(has_word(help, keys[i]), "no %s in:\n%s",
			keys[i], help);
	press_and_settle(help_closers[_i]);
	for (int row = 0; row < terminal.rows; row++) {
		terminal_line(&terminal, row, line, sizeof line);
		ck_assert_str_eq(line, before[row]);
	}
	leave();
}
END_TEST

START_TEST(training_goes_on_beneath_the_help)
{
	uint64_t before;

	OPEN("--seed", "1");
	expect_at_least(20);
	before = count();
	press("?");
	expect("Ctrl-L");
	terminal_pump_for(&terminal, 300);
	press(KEY_ESCAPE);
	expect_gone("Ctrl-L");
	expect("running");
	expect_at_least(before + 100);
	leave();
}
END_TEST

START_TEST(help_can_be_read_and_closed_at_any_size)
{
	static const int sizes[][2] = {{24, 80}, {12, 40}, {8, 30}, {3, 20},
		{1, 10}, {1, 1}};

	OPEN("--seed", "1");
	pause_training();
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		terminal_resize(&terminal, sizes[i][0], sizes[i][1]);
		settle();
		press_and_settle("?");
		press_and_settle(KEY_DOWN KEY_DOWN KEY_UP KEY_PAGE_DOWN);
		press_and_settle(KEY_ESCAPE);
	}
	terminal_resize(&terminal, 30, 100);
	settle();
	expect("paused");
	ck_assert(!terminal_shows(&terminal, "Ctrl-L"));
	leave();
}
END_TEST

START_TEST(plus_and_minus_change_the_speed)
{
	char before[TEXT_SIZE], faster[TEXT_SIZE], again[TEXT_SIZE];

	OPEN("--seed", "1", "--speed", "50");
	pause_training();
	line_with("speed", "50/s", before);
	ck_assert_str_ne(before, "");
	press_and_settle("+");
	line_with("speed", "/s", faster);
	ck_assert_str_ne(faster, before);
	press_and_settle("-");
	line_with("speed", "50/s", again);
	ck_assert_str_eq(again, before);
	/* to both ends, and beyond */
	press_and_settle("----------------------------------------");
	line_with("speed", " 1/s", again);
	ck_assert_msg(again[0] != '\0', "%s", terminal_text(&terminal));
	press_and_settle("++++++++++++++++++++++++++++++++++++++++");
	press_and_settle(" ");
	expect("finished");
	leave();
}
END_TEST

START_TEST(brackets_change_the_learning_rate)
{
	char before[TEXT_SIZE], raised[TEXT_SIZE], again[TEXT_SIZE];

	OPEN("--seed", "1");
	pause_training();
	line_with("rate", "0.001", before);
	ck_assert_str_ne(before, "");
	press_and_settle("]");
	line_with("rate", "0.001", raised);
	ck_assert_str_ne(raised, before);
	press_and_settle("[");
	line_with("rate", "0.001", again);
	ck_assert_str_eq(again, before);
	press_and_settle("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[");
	press_and_settle("]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]");
	leave();
}
END_TEST

static const char *const reset_keys[] = {"r", "R"};

START_TEST(reset_asks_first)
{
	uint64_t before;

	OPEN("--seed", "1", "--speed", "100");
	expect_at_least(60);
	pause_training();
	before = count();
	press_and_settle(reset_keys[_i]);
	press_and_settle("n");
	ck_assert_uint_eq(count(), before);
	press_and_settle(reset_keys[_i]);
	press_and_settle(KEY_ESCAPE);
	ck_assert_uint_eq(count(), before);
	press_and_settle(reset_keys[_i]);
	press("y");
	expect_count(UPDATES_DEFAULT, 0, before - 1);
	leave();
}
END_TEST

START_TEST(reset_repeats_the_run_of_the_same_seed)
{
	char first[TEXT_SIZE], second[TEXT_SIZE];

	OPEN("--seed", "1");
	pause_training();
	press_and_settle("r");
	press_and_settle("y");
	press("40s");
	expect_count(UPDATES_DEFAULT, 40, 40);
	settle();
	line_with("best", "average", first);
	press_and_settle("r");
	press_and_settle("y");
	press("40s");
	expect_count(UPDATES_DEFAULT, 40, 40);
	settle();
	line_with("best", "average", second);
	ck_assert_msg(first[0] != '\0', "%s", terminal_text(&terminal));
	ck_assert_str_eq(first, second);
	leave();
}
END_TEST

START_TEST(keys_of_the_view_change_no_number)
{
	static const char *const keys[] = {"l", "x", "x", "x", "l", "t", "t",
		"g", KEY_CTRL_L, KEY_TAB, KEY_TAB, KEY_TAB, KEY_TAB};
	uint64_t before;

	OPEN("--seed", "1");
	expect_at_least(200);
	pause_training();
	before = count();
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		press_and_settle(keys[i]);
	expect("paused");
	ck_assert_uint_eq(count(), before);
	expect("Loss");
	expect("Generated");
	expect("Training");
	leave();
}
END_TEST

START_TEST(keys_of_the_view_do_no_harm_before_the_first_update)
{
	OPEN("--seed", "1", "--speed", "1");
	pause_training();
	press_and_settle("r");
	press_and_settle("y");
	press_and_settle("lxxxlttg" KEY_CTRL_L);
	expect("0/25,000");
	leave();
}
END_TEST

START_TEST(keys_without_a_meaning_do_nothing)
{
	uint64_t before;

	OPEN("--seed", "1");
	pause_training();
	before = count();
	press_and_settle(KEY_LEFT KEY_RIGHT KEY_UP KEY_DOWN KEY_F5
		KEY_PAGE_DOWN KEY_BACKSPACE KEY_ENTER);
	/* no UTF-8, and UTF-8 that is no key */
	press_and_settle("\xff\xfe\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80");
	ck_assert_uint_eq(count(), before);
	expect("paused");
	leave();
}
END_TEST

START_TEST(a_flood_of_keys_is_worked_off)
{
	enum { KEYS = 5000 };
	static const char pattern[] = "lxtg+-[]";
	char keys[KEYS + 1];

	for (int i = 0; i < KEYS; i++)
		keys[i] = pattern[i % (int)(sizeof pattern - 1)];
	keys[KEYS] = '\0';
	OPEN("--seed", "1", "--updates", "1000000000");
	expect("running");
	press(keys);
	press(" ");
	expect("paused");
	leave();
}
END_TEST

/* Sizes. */

/* The strokes of a frame, in the four styles that Unicode has. */
enum stroke {
	STROKE_NONE,
	STROKE_LEVEL,
	STROKE_UPRIGHT,
	STROKE_UPPER_LEFT,
	STROKE_UPPER_RIGHT,
	STROKE_LOWER_LEFT,
	STROKE_LOWER_RIGHT
};

static enum stroke
stroke_of(const char *text)
{
	static const struct {
		enum stroke stroke;
		const char *glyphs[7];
	} strokes[] = {
		{STROKE_LEVEL, {"─", "━", "═", "┬", "┴", "┼"}},
		{STROKE_UPRIGHT, {"│", "┃", "║", "├", "┤", "┼"}},
		{STROKE_UPPER_LEFT, {"┌", "┏", "╔", "╭"}},
		{STROKE_UPPER_RIGHT, {"┐", "┓", "╗", "╮"}},
		{STROKE_LOWER_LEFT, {"└", "┗", "╚", "╰"}},
		{STROKE_LOWER_RIGHT, {"┘", "┛", "╝", "╯"}},
	};

	for (size_t i = 0; i < sizeof strokes / sizeof strokes[0]; i++)
		for (int k = 0; strokes[i].glyphs[k] != NULL; k++)
			if (strcmp(strokes[i].glyphs[k], text) == 0)
				return strokes[i].stroke;
	return STROKE_NONE;
}

struct strokes {
	int rows, columns;
	enum stroke at[TERMINAL_ROWS_MOST][TERMINAL_COLUMNS_MOST];
	bool is_taken[TERMINAL_ROWS_MOST][TERMINAL_COLUMNS_MOST];
};

static void
read_strokes(const struct terminal *from, struct strokes *strokes)
{
	memset(strokes, 0, sizeof *strokes);
	strokes->rows = from->rows;
	strokes->columns = from->columns;
	for (int row = 0; row < from->rows; row++)
		for (int column = 0; column < from->columns; column++) {
			struct terminal_cell cell;

			terminal_cell(from, row, column, &cell);
			strokes->at[row][column] = stroke_of(cell.text);
		}
}

/*
 * Is there a whole box with its upper left corner here? Titles may stand in
 * its upper and lower edges, but no corner of another box. It is marked as
 * taken; false if a part was.
 */
static bool
take_box(struct strokes *strokes, int top, int left)
{
	int right = left + 1, bottom = top + 1;

	while (right < strokes->columns &&
		strokes->at[top][right] < STROKE_UPPER_LEFT)
		right++;
	if (right == strokes->columns ||
	    strokes->at[top][right] != STROKE_UPPER_RIGHT)
		return false;
	while (bottom < strokes->rows &&
		strokes->at[bottom][left] == STROKE_UPRIGHT &&
		strokes->at[bottom][right] == STROKE_UPRIGHT)
		bottom++;
	if (bottom == strokes->rows ||
	    strokes->at[bottom][left] != STROKE_LOWER_LEFT ||
	    strokes->at[bottom][right] != STROKE_LOWER_RIGHT)
		return false;
	for (int column = left + 1; column < right; column++)
		if (strokes->at[bottom][column] >= STROKE_UPPER_LEFT)
			return false;
	for (int row = top; row <= bottom; row++)
		for (int column = left; column <= right; column++) {
			if (strokes->is_taken[row][column])
				return false;
			strokes->is_taken[row][column] = true;
		}
	return true;
}

/*
 * Every upper left corner begins a whole box and the boxes do not overlap;
 * there is no corner outside of them. Within a box there may be axes; on a
 * screen too small for boxes nothing but axes.
 */
static bool
boxes_are_whole(const struct terminal *from)
{
	static struct strokes strokes;
	int boxes = 0;

	read_strokes(from, &strokes);
	for (int row = 0; row < strokes.rows; row++)
		for (int column = 0; column < strokes.columns; column++)
			if (strokes.at[row][column] == STROKE_UPPER_LEFT) {
				if (!take_box(&strokes, row, column))
					return false;
				boxes++;
			}
	if (boxes == 0)
		return true;
	for (int row = 0; row < strokes.rows; row++)
		for (int column = 0; column < strokes.columns; column++)
			if (strokes.at[row][column] > STROKE_UPPER_LEFT &&
			    !strokes.is_taken[row][column])
				return false;
	return true;
}

static bool
are_boxes_whole(struct terminal *from, void *argument)
{
	(void)argument;
	return boxes_are_whole(from);
}

static void
expect_good_screen(struct terminal *from)
{
	ck_assert_msg(!from->is_over, "%d x %d: status %d, signal %d",
		from->columns, from->rows, from->outcome.status,
		from->outcome.signal);
	ck_assert_msg(boxes_are_whole(from), "%d x %d:\n%s", from->columns,
		from->rows, terminal_text(from));
	if (from->rows >= 24 && from->columns >= 80) {
		uint64_t done;

		ck_assert_msg(terminal_shows(from, "Loss") &&
			terminal_shows(from, "Generated") &&
			terminal_shows(from, "Training") &&
			terminal_shows(from, "paused") &&
			read_count(from, UPDATES_DEFAULT, &done),
			"%d x %d:\n%s", from->columns, from->rows,
			terminal_text(from));
	}
}

/* Several at once: each waits for its next frame while others draw. */
enum { SWEEPERS = 6 };

struct sweep {
	struct terminal terminal[SWEEPERS];
	int waiting; /* resized, and not yet looked at */
};

static void
look(struct sweep *sweep)
{
	for (int i = 0; i < sweep->waiting; i++) {
		struct terminal *one = &sweep->terminal[i];

		ck_assert_msg(terminal_settle(one, LIMIT_MS),
			"%d x %d: it does not come to rest", one->columns,
			one->rows);
		expect_good_screen(one);
	}
	sweep->waiting = 0;
}

static void
visit(struct sweep *sweep, int rows, int columns)
{
	terminal_resize(&sweep->terminal[sweep->waiting++], rows, columns);
	if (sweep->waiting == SWEEPERS)
		look(sweep);
}

START_TEST(every_size_is_drawn_without_overlap)
{
	static struct sweep sweep;

	for (int i = 0; i < SWEEPERS; i++) {
		terminal_open(&sweep.terminal[i], &(struct terminal_options){
			.command = {.folder = folder,
				.arguments = WORDS("--seed", "1")},
		});
		ck_assert(terminal_wait_for(&sweep.terminal[i], "running",
			LIMIT_MS));
		terminal_type(&sweep.terminal[i], " ");
		ck_assert(terminal_wait_for(&sweep.terminal[i], "paused",
			LIMIT_MS));
	}
	for (int rows = 1; rows <= 20; rows++)
		for (int columns = 1; columns <= 40; columns++)
			visit(&sweep, rows, columns);
	/* primes: the grid meets odd and even sizes and all thresholds near */
	for (int rows = 1; rows <= 60; rows += rows < 30 ? 3 : 7)
		for (int columns = 41; columns <= 200;
			columns += columns < 110 ? 7 : 23)
			visit(&sweep, rows, columns);
	for (int rows = 21; rows <= 60; rows += 5)
		for (int columns = 1; columns <= 40; columns += 3)
			visit(&sweep, rows, columns);
	visit(&sweep, 24, 80);
	visit(&sweep, 60, 200);
	visit(&sweep, 1, 200);
	visit(&sweep, 60, 1);
	look(&sweep);
	for (int i = 0; i < SWEEPERS; i++) {
		terminal_type(&sweep.terminal[i], "qd");
		ck_assert(terminal_wait_for_end(&sweep.terminal[i],
			LIMIT_MS));
		ck_assert_int_eq(sweep.terminal[i].outcome.status, 0);
		terminal_close(&sweep.terminal[i]);
	}
}
END_TEST

static const int small_sizes[][2] = {{1, 1}, {1, 2}, {2, 1}, {1, 200}, {60, 1},
	{2, 8}, {3, 12}, {5, 20}, {8, 30}, {12, 40}};

START_TEST(it_starts_and_quits_at_the_smallest_sizes)
{
	open_with(&(struct terminal_options){
		.rows = small_sizes[_i][0],
		.columns = small_sizes[_i][1],
		.command.arguments = WORDS("--seed", "1"),
	});
	while (!terminal.is_alternate)
		ck_assert(terminal_pump(&terminal, LIMIT_MS));
	terminal_pump_for(&terminal, 50);
	ck_assert(boxes_are_whole(&terminal));
	leave();
}
END_TEST

START_TEST(panes_of_every_kind_fit_at_every_kind_of_size)
{
	static const int sizes[][2] = {{30, 100}, {24, 80}, {20, 60}, {12, 40},
		{6, 24}, {3, 10}, {60, 200}};

	OPEN("--seed", "1");
	expect_at_least(100);
	pause_training();
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		terminal_resize(&terminal, sizes[i][0], sizes[i][1]);
		settle();
		/* once round all panes, large by turns */
		for (int tab = 0; tab < 4; tab++) {
			press_and_settle(KEY_TAB);
			ck_assert_msg(boxes_are_whole(&terminal),
				"%d x %d:\n%s", terminal.columns,
				terminal.rows, terminal_text(&terminal));
		}
	}
	leave();
}
END_TEST

/* Marsaglia's xorshift: the same numbers on every machine. */
static uint32_t
next_number(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

START_TEST(a_storm_of_resizes_while_training_ends_in_a_good_screen)
{
	uint32_t state = 20240229;

	OPEN("--seed", "1", "--speed", "0", "--updates", "0");
	expect("running");
	for (int i = 0; i < 200; i++) {
		int rows = 1 + (int)(next_number(&state) % 60);
		int columns = 1 + (int)(next_number(&state) % 200);

		terminal_resize(&terminal, rows, columns);
		terminal_pump(&terminal, (int)(next_number(&state) % 12));
	}
	terminal_resize(&terminal, 30, 100);
	expect("running");
	expect("Training");
	ck_assert_msg(terminal_wait(&terminal, are_boxes_whole, NULL,
		LIMIT_MS), "%s", terminal_text(&terminal));
	leave();
}
END_TEST

START_TEST(a_resize_keeps_the_history_of_the_loss)
{
	char before[TEXT_SIZE * 4];

	OPEN("--seed", "1");
	expect_at_least(300);
	pause_training();
	press_and_settle(KEY_CTRL_L);
	snprintf(before, sizeof before, "%s", terminal_text(&terminal));
	terminal_resize(&terminal, 5, 20);
	settle();
	terminal_resize(&terminal, 30, 100);
	settle();
	ck_assert_str_eq(terminal_text(&terminal), before);
	leave();
}
END_TEST

/* Signs and colours. */

static void
use_the_interface_a_little(void)
{
	expect_at_least(200);
	pause_training();
	press_and_settle("?");
	press_and_settle(KEY_ESCAPE);
	press_and_settle("lxgt");
	press_and_settle("w");
	press_and_settle(KEY_ESCAPE);
	press_and_settle("q");
	press_and_settle("c");
	press_and_settle("++++++++++++++++ ");
	expect("finished");
}

START_TEST(a_utf8_locale_gets_braille)
{
	OPEN("--seed", "1");
	expect_at_least(200);
	pause_training();
	/* the braille block is U+2800 to U+28FF */
	expect("\342\240");
	expect("┌");
	leave();
}
END_TEST

START_TEST(another_locale_gets_ascii_only)
{
	open_with(&(struct terminal_options){.command = {
		.arguments = WORDS("--seed", "1"),
		.environment = WORDS("LC_ALL=C"),
	}});
	use_the_interface_a_little();
	expect("Loss");
	leave();
	ck_assert_uint_eq(terminal.high, 0);
	/* nor the line drawing set of a terminal */
	ck_assert_ptr_null(strchr(terminal.transcript, '\016'));
	ck_assert_ptr_null(strstr(terminal.transcript, "\033(0"));
}
END_TEST

START_TEST(the_option_ascii_gets_ascii_only)
{
	OPEN("--seed", "1", "--ascii");
	use_the_interface_a_little();
	expect("Loss");
	leave();
	ck_assert_uint_eq(terminal.high, 0);
	ck_assert_ptr_null(strstr(terminal.transcript, "\033(0"));
}
END_TEST

static size_t
coloured_cells(void)
{
	size_t coloured = 0;

	for (int row = 0; row < terminal.rows; row++)
		for (int column = 0; column < terminal.columns; column++) {
			struct terminal_cell cell;

			terminal_cell(&terminal, row, column, &cell);
			coloured += cell.is_coloured;
		}
	return coloured;
}

START_TEST(a_terminal_with_colours_gets_some)
{
	OPEN("--seed", "1");
	expect_at_least(100);
	ck_assert_uint_gt(coloured_cells(), 0);
	leave();
}
END_TEST

/* In words: what asks for no colours, or has none. */
static const struct {
	const char *option, *environment;
} colourless[] = {
	{NULL, "NO_COLOR=1"},
	{"--color=never", "COLORTERM=truecolor"},
	{NULL, "TERM=vt100"},
	{NULL, "TERM=xterm-mono"},
};

START_TEST(no_colour_means_none)
{
	open_with(&(struct terminal_options){.command = {
		.arguments = WORDS("--seed", "1", colourless[_i].option),
		.environment = WORDS(colourless[_i].environment),
	}});
	expect_at_least(100);
	ck_assert_uint_eq(coloured_cells(), 0);
	pause_training();
	press_and_settle("?");
	ck_assert_uint_eq(coloured_cells(), 0);
	press_and_settle("?");
	press_and_settle("q");
	ck_assert_uint_eq(coloured_cells(), 0);
	press("d");
	expect_end(0);
}
END_TEST

static const char *const terms[] = {"TERM=xterm", "TERM=screen", "TERM=linux",
	"TERM=vt100", "TERM=vt220", "TERM=ansi", "TERM=tmux-256color",
	"TERM=screen-256color", "TERM=rxvt"};

START_TEST(it_works_in_terminals_of_many_kinds)
{
	open_with(&(struct terminal_options){.command = {
		.arguments = WORDS("--seed", "1"),
		.environment = WORDS(terms[_i]),
	}});
	expect("running");
	expect_at_least(50);
	press(" ");
	expect("paused");
	press("q");
	expect("discard");
	press("d");
	expect_end(0);
	ck_assert(terminal_is_restored(&terminal));
}
END_TEST

/* No terminal to speak of. */

/* One line that names what can be used instead. */
static void
expect_hint(const struct outcome *outcome)
{
	ck_assert_int_eq(outcome->signal, 0);
	ck_assert_msg(outcome->status == 1 || outcome->status == 2,
		"status %d: %s", outcome->status, outcome->errors);
	ck_assert_int_eq(strncmp(outcome->errors, "lstmtui: ", 9), 0);
	ck_assert_msg(count_lines(outcome->errors) == 1, "%s",
		outcome->errors);
	ck_assert_msg(strstr(outcome->errors, "lstmtui train") != NULL, "%s",
		outcome->errors);
}

static const char *const useless_terms[] = {"TERM=dumb", "TERM", "TERM=",
	"TERM=nonsense", "TERM=unknown"};

START_TEST(a_terminal_that_can_do_nothing_is_refused)
{
	char path[FOLDER_PATH_SIZE];

	open_with(&(struct terminal_options){.command = {
		.arguments = WORDS(MODEL),
		.environment = WORDS(useless_terms[_i]),
		.errors = folder_join(path, folder, "errors"),
	}});
	ck_assert(terminal_wait_for_end(&terminal, LIMIT_MS));
	terminal.outcome.errors = file_read(path,
		&terminal.outcome.errors_length);
	expect_hint(&terminal.outcome);
	ck_assert(terminal_is_restored(&terminal));
	/* nothing but the file of errors, and nothing on the screen */
	ck_assert_uint_eq(folder_count(folder), 1);
	ck_assert_msg(strspn(terminal_text(&terminal), " \n") ==
		strlen(terminal_text(&terminal)), "%s",
		terminal_text(&terminal));
	free(terminal.outcome.errors);
}
END_TEST

START_TEST(output_that_is_no_terminal_is_refused)
{
	char errors[FOLDER_PATH_SIZE], output[FOLDER_PATH_SIZE];

	open_with(&(struct terminal_options){.command = {
		.errors = folder_join(errors, folder, "errors"),
		.output = folder_join(output, folder, "output"),
	}});
	ck_assert(terminal_wait_for_end(&terminal, LIMIT_MS));
	terminal.outcome.errors = file_read(errors, NULL);
	expect_hint(&terminal.outcome);
	free(terminal.outcome.errors);
	ck_assert_str_eq(terminal.outcome.errors = file_read(output, NULL),
		"");
	free(terminal.outcome.errors);
}
END_TEST

START_TEST(input_that_is_no_terminal_is_refused)
{
	char errors[FOLDER_PATH_SIZE];

	open_with(&(struct terminal_options){.command = {
		.errors = folder_join(errors, folder, "errors"),
		.input = "/dev/null",
	}});
	ck_assert(terminal_wait_for_end(&terminal, LIMIT_MS));
	terminal.outcome.errors = file_read(errors, NULL);
	expect_hint(&terminal.outcome);
	free(terminal.outcome.errors);
}
END_TEST

START_TEST(no_terminal_at_all_is_refused)
{
	struct outcome outcome;

	command_run(&(struct command){.folder = folder}, &outcome);
	expect_hint(&outcome);
	ck_assert_str_eq(outcome.output, "");
	outcome_release(&outcome);
}
END_TEST

/* Numbers in other countries. */

/* The screen of the finished lesson, but for what takes time. */
static void
finished_screen(const char *const *environment, char *text, size_t size)
{
	char line[TEXT_SIZE];

	open_with(&(struct terminal_options){.command = {
		.arguments = WORDS("--seed", "1", "--speed", "0"),
		.environment = environment,
	}});
	expect("finished");
	settle();
	text[0] = '\0';
	for (int row = 0; row < terminal.rows; row++) {
		terminal_line(&terminal, row, line, sizeof line);
		if (strstr(line, "/s") == NULL &&
		    strlen(text) + strlen(line) + 2 < size)
			strcat(strcat(text, line), "\n");
	}
	expect("25,000/25,000");
	expect("0.001");
	leave();
	close_terminal();
}

START_TEST(a_comma_locale_shows_the_same_numbers)
{
	static char here[8 * TEXT_SIZE], there[8 * TEXT_SIZE];
	struct comma_locale locale;

	if (!comma_locale_make(&locale))
		return;
	finished_screen(NULL, here, sizeof here);
	finished_screen(locale.environment, there, sizeof there);
	ck_assert_str_eq(here, there);
}
END_TEST

/* Being stopped, and ways out that nobody typed. */

START_TEST(ctrl_z_gives_the_terminal_back_until_it_goes_on)
{
	static const char *const states[] = {"running", "paused"};
	size_t received;

	open_with(&(struct terminal_options){
		.in_a_shell = true,
		.command.arguments = WORDS("--seed", "1", "--updates",
			"1000000000"),
	});
	expect("running");
	if (_i == 1)
		pause_training();
	for (int time = 0; time < 3; time++) {
		press(KEY_CTRL_Z);
		ck_assert_msg(terminal_wait_for_stop(&terminal, true,
			LIMIT_MS), "it is not stopped:\n%s",
			terminal_text(&terminal));
		expect_restored();
		received = terminal.received;
		terminal_pump_for(&terminal, 50);
		ck_assert_uint_eq(terminal.received, received);
		kill(terminal.pid, SIGCONT);
		ck_assert(terminal_wait_for_stop(&terminal, false, LIMIT_MS));
		expect("Training");
		expect(states[_i]);
		expect("┌");
		ck_assert(terminal.is_alternate);
		ck_assert(!terminal.is_cursor_visible);
	}
	/* keys are read as before */
	press(" ");
	expect(states[!_i]);
	leave();
}
END_TEST

START_TEST(a_resize_while_it_is_stopped_is_seen)
{
	open_with(&(struct terminal_options){
		.in_a_shell = true,
		.command.arguments = WORDS("--seed", "1"),
	});
	pause_training();
	press(KEY_CTRL_Z);
	ck_assert(terminal_wait_for_stop(&terminal, true, LIMIT_MS));
	terminal_resize(&terminal, 24, 80);
	kill(terminal.pid, SIGCONT);
	ck_assert(terminal_wait_for_stop(&terminal, false, LIMIT_MS));
	expect("paused");
	settle();
	expect_good_screen(&terminal);
	leave();
}
END_TEST

static const int ending_signals[] = {SIGINT, SIGTERM, SIGHUP};

/* _i: which signal; then running, paused, finished, or at a question. */
START_TEST(a_signal_saves_and_restores)
{
	int number = ending_signals[_i % 3];
	int state = _i / 3;
	uint64_t done;

	OPEN("--seed", "1", "--updates", state == 2 ? "100" : "25000",
		MODEL);
	if (state == 2) {
		expect("100/100");
	} else {
		expect_at_least(50);
	}
	if (state == 1)
		pause_training();
	if (state == 3) {
		press("q");
		expect("discard");
		settle();
	}
	done = count_to(state == 2 ? 100 : UPDATES_DEFAULT);
	kill(terminal.pid, number);
	expect_end(128 + number);
	expect_restored();
	ck_assert_uint_ge(updates_in(MODEL), done);
	if (state != 0)
		ck_assert_uint_eq(updates_in(MODEL), done);
	ck_assert_uint_eq(folder_count(folder), 1);
}
END_TEST

START_TEST(a_signal_without_a_model_restores_and_leaves_nothing)
{
	OPEN("--seed", "1");
	expect_at_least(50);
	kill(terminal.pid, ending_signals[_i]);
	expect_end(128 + ending_signals[_i]);
	expect_restored();
	ck_assert_uint_eq(folder_count(folder), 0);
}
END_TEST

START_TEST(ctrl_c_is_a_signal_too)
{
	OPEN("--seed", "1", MODEL);
	expect_at_least(50);
	press(KEY_CTRL_C);
	expect_end(130);
	expect_restored();
	ck_assert_uint_ge(updates_in(MODEL), 50);
}
END_TEST

static const int fatal_signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGILL,
	SIGQUIT};

START_TEST(a_crash_restores_the_terminal_and_dies_of_its_signal)
{
	OPEN("--seed", "1", MODEL);
	expect_at_least(50);
	kill(terminal.pid, fatal_signals[_i]);
	ck_assert(terminal_wait_for_end(&terminal, LIMIT_MS));
	ck_assert_msg(terminal.outcome.signal == fatal_signals[_i],
		"status %d, signal %d", terminal.outcome.status,
		terminal.outcome.signal);
	expect_restored();
}
END_TEST

/* _i: running, paused, finished. */
START_TEST(a_closed_window_ends_it_with_a_save)
{
	uint64_t done = 100;

	OPEN("--seed", "1", "--updates", _i == 2 ? "100" : "25000", MODEL);
	if (_i == 2) {
		expect("finished");
		settle();
	} else {
		expect_at_least(done);
	}
	if (_i == 1)
		pause_training();
	terminal_hang_up(&terminal);
	ck_assert_msg(terminal_wait_for_end(&terminal, 2000),
		"it goes on without a terminal");
	ck_assert_msg(terminal.outcome.status == 129, "status %d, signal %d",
		terminal.outcome.status, terminal.outcome.signal);
	ck_assert_uint_ge(updates_in(MODEL), done);
}
END_TEST

START_TEST(a_closed_window_ends_it_also_where_the_signal_is_ignored)
{
	/* as nohup and some session managers leave it */
	open_with(&(struct terminal_options){.command = {
		.program = "sh",
		.arguments = WORDS("-c", "trap '' HUP; exec \"$LSTMTUI\" "
			"--seed 1 " MODEL),
	}});
	expect_at_least(50);
	if (_i == 1)
		pause_training();
	terminal_hang_up(&terminal);
	ck_assert_msg(terminal_wait_for_end(&terminal, 2000),
		"it goes on without a terminal");
	ck_assert_int_eq(terminal.outcome.signal, 0);
	ck_assert_uint_ge(updates_in(MODEL), 50);
}
END_TEST

/* Time: what it takes, and what it leaves to others. */

START_TEST(paused_or_finished_costs_no_processor_time)
{
	static struct terminal paused, finished;
	long before[2];

	terminal_open(&paused, &(struct terminal_options){
		.command.arguments = WORDS("--seed", "1"),
		.command.folder = folder});
	terminal_open(&finished, &(struct terminal_options){
		.command.arguments = WORDS("--seed", "1", "--speed", "0"),
		.command.folder = folder});
	ck_assert(terminal_wait_for(&paused, "running", LIMIT_MS));
	terminal_type(&paused, " ");
	ck_assert(terminal_wait_for(&paused, "paused", LIMIT_MS));
	ck_assert(terminal_wait_for(&finished, "finished", LIMIT_MS));
	ck_assert(terminal_settle(&paused, LIMIT_MS));
	ck_assert(terminal_settle(&finished, LIMIT_MS));
	before[0] = terminal_ticks(&paused);
	before[1] = terminal_ticks(&finished);
	if (before[0] < 0) {
		printf("not tested: there is no /proc\n");
	} else {
		size_t received = paused.received + finished.received;

		terminal_pump_for(&paused, 1500);
		terminal_pump(&finished, 0);
		ck_assert_int_lt(terminal_ticks(&paused) - before[0], 2);
		ck_assert_int_lt(terminal_ticks(&finished) - before[1], 2);
		ck_assert_uint_eq(paused.received + finished.received,
			received);
	}
	terminal_close(&paused);
	terminal_close(&finished);
}
END_TEST

START_TEST(a_key_is_answered_at_once_at_full_speed)
{
	enum { TRIES = 8, ANSWER_MS = 50 };
	long best = LIMIT_MS;

	OPEN("--seed", "1", "--units", "256,256", "--batch", "16",
		"--framing", "sequence", "--speed", "0", "--updates", "0");
	expect("running");
	for (int i = 0; i < TRIES && best > ANSWER_MS; i++) {
		long pressed, took;

		/* not in step with the frames */
		terminal_pump_for(&terminal, 37);
		pressed = now_ms();
		press(" ");
		expect("paused");
		took = now_ms() - pressed;
		best = took < best ? took : best;
		press(" ");
		expect("running");
	}
	ck_assert_msg(best <= ANSWER_MS, "the best answer took %ld ms", best);
	leave();
}
END_TEST

/* Bursts of output in a time: a frame is one of them. */
static double
bursts_per_second(int duration)
{
	enum { GAP_MS = 2 };
	long end = now_ms() + duration, last = 0;
	int bursts = 0;

	while (now_ms() < end) {
		if (!terminal_pump(&terminal, 5))
			continue;
		bursts += terminal.received_at - last >= GAP_MS;
		last = terminal.received_at;
	}
	return bursts * 1000.0 / duration;
}

START_TEST(there_are_at_most_sixty_frames_a_second)
{
	double least = 1e9;

	OPEN("--seed", "1", "--speed", "0", "--updates", "0");
	expect("running");
	/* a frame that was torn in two counts double: the best of three */
	for (int i = 0; i < 3 && least > 62; i++) {
		double bursts = bursts_per_second(1000);

		least = bursts < least ? bursts : least;
	}
	ck_assert_msg(least <= 62, "%.0f a second", least);
	/* and it does go on being drawn */
	ck_assert_msg(least >= 5, "%.0f a second", least);
	leave();
}
END_TEST

enum { CASE_SECONDS = 120 };

static TCase *
add_case(Suite *suite, const char *name)
{
	TCase *tcase = tcase_create(name);

	tcase_add_unchecked_fixture(tcase, folder_setup, folder_teardown);
	tcase_add_checked_fixture(tcase, make_folder, close_terminal);
	tcase_set_timeout(tcase, CASE_SECONDS);
	suite_add_tcase(suite, tcase);
	return tcase;
}

#define COUNT(array) ((int)(sizeof(array) / sizeof(array)[0]))

static void
add_running(Suite *suite)
{
	TCase *tcase = add_case(suite, "running");

	tcase_add_test(tcase, it_starts_running_with_its_three_panes);
	tcase_add_test(tcase, counts_are_grouped_by_thousands);
	tcase_add_test(tcase, the_default_pace_is_one_a_person_can_follow);
	tcase_add_test(tcase, space_pauses_and_resumes);
	tcase_add_test(tcase, s_makes_exactly_one_update);
	tcase_add_test(tcase, s_while_running_pauses);
	tcase_add_test(tcase, a_count_before_s_makes_so_many);
	tcase_add_test(tcase, escape_drops_a_count);
	tcase_add_test(tcase, unlimited_speed_finishes_and_stays);
	tcase_add_test(tcase, a_finished_run_does_not_step_on);
	tcase_add_test(tcase, e_extends_a_finished_run);
	tcase_add_test(tcase, e_takes_the_number_that_is_typed);
}

static void
add_saving(Suite *suite)
{
	TCase *tcase = add_case(suite, "saving");

	tcase_add_test(tcase, w_saves_what_is_shown);
	tcase_add_test(tcase, w_while_running_saves_and_runs_on);
	tcase_add_test(tcase, w_without_a_model_asks_for_a_name);
	tcase_add_test(tcase, escape_from_the_name_saves_nothing);
	tcase_add_test(tcase, a_name_can_be_corrected);
	tcase_add_test(tcase, capital_w_saves_under_another_name);
	tcase_add_test(tcase, a_save_that_fails_says_so_and_loses_nothing);
	tcase_add_loop_test(tcase, quit_asks_and_saves, 0, COUNT(quit_keys));
	tcase_add_test(tcase, quit_asks_and_discards);
	tcase_add_loop_test(tcase, quit_asks_and_cancels, 0,
		COUNT(cancel_keys));
	tcase_add_test(tcase, quit_with_save_asks_for_a_missing_name);
	tcase_add_test(tcase,
		quit_from_a_finished_and_saved_run_does_not_ask);
	tcase_add_test(tcase, a_resumed_run_shows_the_same_count);
	tcase_add_test(tcase, a_resumed_run_goes_on_as_train_would);
}

static void
add_keys(Suite *suite)
{
	TCase *tcase = add_case(suite, "keys");

	tcase_add_loop_test(tcase, help_names_every_key, 0,
		COUNT(help_keys));
	tcase_add_test(tcase, training_goes_on_beneath_the_help);
	tcase_add_test(tcase, help_can_be_read_and_closed_at_any_size);
	tcase_add_test(tcase, plus_and_minus_change_the_speed);
	tcase_add_test(tcase, brackets_change_the_learning_rate);
	tcase_add_loop_test(tcase, reset_asks_first, 0, COUNT(reset_keys));
	tcase_add_test(tcase, reset_repeats_the_run_of_the_same_seed);
	tcase_add_test(tcase, keys_of_the_view_change_no_number);
	tcase_add_test(tcase,
		keys_of_the_view_do_no_harm_before_the_first_update);
	tcase_add_test(tcase, keys_without_a_meaning_do_nothing);
	tcase_add_test(tcase, a_flood_of_keys_is_worked_off);
}

static void
add_sizes(Suite *suite)
{
	TCase *tcase = add_case(suite, "sizes");

	tcase_add_test(tcase, every_size_is_drawn_without_overlap);
	tcase_add_loop_test(tcase, it_starts_and_quits_at_the_smallest_sizes,
		0, COUNT(small_sizes));
	tcase_add_test(tcase,
		panes_of_every_kind_fit_at_every_kind_of_size);
	tcase_add_test(tcase,
		a_storm_of_resizes_while_training_ends_in_a_good_screen);
	tcase_add_test(tcase, a_resize_keeps_the_history_of_the_loss);
}

static void
add_terminals(Suite *suite)
{
	TCase *tcase = add_case(suite, "terminals");

	tcase_add_test(tcase, a_utf8_locale_gets_braille);
	tcase_add_test(tcase, another_locale_gets_ascii_only);
	tcase_add_test(tcase, the_option_ascii_gets_ascii_only);
	tcase_add_test(tcase, a_terminal_with_colours_gets_some);
	tcase_add_loop_test(tcase, no_colour_means_none, 0,
		COUNT(colourless));
	tcase_add_loop_test(tcase, it_works_in_terminals_of_many_kinds, 0,
		COUNT(terms));
	tcase_add_loop_test(tcase, a_terminal_that_can_do_nothing_is_refused,
		0, COUNT(useless_terms));
	tcase_add_test(tcase, output_that_is_no_terminal_is_refused);
	tcase_add_test(tcase, input_that_is_no_terminal_is_refused);
	tcase_add_test(tcase, no_terminal_at_all_is_refused);
	tcase_add_test(tcase, a_comma_locale_shows_the_same_numbers);
}

static void
add_endings(Suite *suite)
{
	TCase *tcase = add_case(suite, "endings");

	tcase_add_loop_test(tcase,
		ctrl_z_gives_the_terminal_back_until_it_goes_on, 0, 2);
	tcase_add_test(tcase, a_resize_while_it_is_stopped_is_seen);
	tcase_add_loop_test(tcase, a_signal_saves_and_restores, 0, 12);
	tcase_add_loop_test(tcase,
		a_signal_without_a_model_restores_and_leaves_nothing, 0,
		COUNT(ending_signals));
	tcase_add_test(tcase, ctrl_c_is_a_signal_too);
	tcase_add_loop_test(tcase,
		a_crash_restores_the_terminal_and_dies_of_its_signal, 0,
		COUNT(fatal_signals));
	tcase_add_loop_test(tcase, a_closed_window_ends_it_with_a_save, 0, 3);
	tcase_add_loop_test(tcase,
		a_closed_window_ends_it_also_where_the_signal_is_ignored, 0,
		2);
}

static void
add_time(Suite *suite)
{
	TCase *tcase = add_case(suite, "time");

	tcase_add_test(tcase, paused_or_finished_costs_no_processor_time);
	tcase_add_test(tcase, a_key_is_answered_at_once_at_full_speed);
	tcase_add_test(tcase, there_are_at_most_sixty_frames_a_second);
}

int
main(void)
{
	Suite *suite = suite_create("interface");

	add_running(suite);
	add_saving(suite);
	add_keys(suite);
	add_sizes(suite);
	add_terminals(suite);
	add_endings(suite);
	add_time(suite);
	return suite_run(suite);
}
