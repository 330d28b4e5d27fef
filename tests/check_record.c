/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of --record: a replay shows the same screens as the terminal did, and
 * the file is whole at every moment.
 */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "endless.h"
#include "file/asciicast.h"
#include "suite.h"

#define CAST "lesson.cast"
#define RECORD "--record", CAST

static const char query[] = "\033]11;?\a\033[c";

/* ---------------------------------------------------------------------- */
/* Reading */

/* A recording, replayed. */
struct replay {
	struct terminal terminal;
	json_t *header;
	double seconds; /* of the last event */
	size_t events, resizes;
	size_t rest; /* bytes after the last complete line */
};

static void
replay_event(struct replay *replay, const json_t *event)
{
	const char *kind = json_string_value(json_array_get(event, 1));
	const json_t *content = json_array_get(event, 2);
	double seconds = json_number_value(json_array_get(event, 0));
	int rows, columns;

	EXPECT(json_array_size(event) == 3 && kind != NULL &&
			json_is_string(content),
		"not an event");
	EXPECT(seconds >= replay->seconds, "%g after %g", seconds,
		replay->seconds);
	replay->seconds = seconds;
	replay->events++;
	if (strcmp(kind, "o") == 0) {
		terminal_show(&replay->terminal, json_string_value(content),
			json_string_length(content));
		return;
	}
	ck_assert_str_eq(kind, "r");
	ck_assert_int_eq(sscanf(json_string_value(content), "%dx%d", &columns,
				 &rows),
		2);
	terminal_resize(&replay->terminal, rows, columns);
	replay->resizes++;
}

static json_t *
parse_line(const char *line, size_t length)
{
	json_error_t error;
	json_t *value = json_loadb(line, length, JSON_ALLOW_NUL, &error);

	ck_assert_msg(value != NULL, "%s: %.*s", error.text,
		(int)(length < 200 ? length : 200), line);
	return value;
}

/* Replay the complete lines of a recording. Release with replay_release. */
static void
replay_file(struct replay *replay, const char *name)
{
	size_t length;
	char *text = read_here(name, &length), *at, *end;

	*replay = (struct replay){0};
	for (at = text; (end = strchr(at, '\n')) != NULL; at = end + 1) {
		json_t *line = parse_line(at, (size_t)(end - at));

		if (replay->header != NULL) {
			replay_event(replay, line);
			json_decref(line);
			continue;
		}
		replay->header = line;
		terminal_open_bare(&replay->terminal,
			(int)get_integer(line, "height"),
			(int)get_integer(line, "width"));
	}
	replay->rest = strlen(at);
	ck_assert_uint_eq(length, (size_t)(at - text) + replay->rest);
	ck_assert_ptr_nonnull(replay->header);
	free(text);
}

static void
replay_release(struct replay *replay)
{
	terminal_close(&replay->terminal);
	json_decref(replay->header);
}

static void
expect_same_cell(const struct replay *replay, int row, int column)
{
	struct terminal_cell cell, again;

	terminal_cell(&terminal, row, column, &cell);
	terminal_cell(&replay->terminal, row, column, &again);
	EXPECT(strcmp(cell.text, again.text) == 0 &&
			cell.is_bold == again.is_bold &&
			cell.is_reverse == again.is_reverse &&
			cell.foreground == again.foreground &&
			cell.background == again.background,
		"row %d, column %d: '%s' in a replay, not '%s'", row, column,
		again.text, cell.text);
}

/* Assert that a replay now shows what the terminal shows. */
static void
expect_same_screen(struct replay *replay)
{
	replay_file(replay, CAST);
	ck_assert_uint_eq(replay->rest, 0);
	ck_assert_int_eq(replay->terminal.rows, terminal.rows);
	ck_assert_int_eq(replay->terminal.columns, terminal.columns);
	ck_assert_str_eq(terminal_text(&replay->terminal),
		terminal_text(&terminal));
	for (int row = 0; row < terminal.rows; row++)
		for (int column = 0; column < terminal.columns; column++)
			expect_same_cell(replay, row, column);
	ck_assert_int_eq(replay->terminal.is_alternate, terminal.is_alternate);
	ck_assert_int_eq(replay->terminal.is_cursor_visible,
		terminal.is_cursor_visible);
	ck_assert_int_eq(replay->terminal.mouse, terminal.mouse);
}

static void
expect_same(void)
{
	struct replay replay;

	expect_same_screen(&replay);
	replay_release(&replay);
}

/* Remove every occurrence of a word. */
static void
leave_out(char *text, const char *word)
{
	char *at;

	while ((at = strstr(text, word)) != NULL)
		memmove(at, at + strlen(word), strlen(at + strlen(word)) + 1);
}

/* ---------------------------------------------------------------------- */
/* Replays */

static const struct way {
	const char *option;
	const char *variable[2];
	const char *background; /* answer of the terminal */
} ways[] = {
	{"--theme=dark", {"LC_ALL=C.UTF-8", "COLORTERM"}, NULL},
	{"--ascii", {"LC_ALL=C.UTF-8", "COLORTERM"}, NULL},
	{"--theme=auto", {"LC_ALL=C.UTF-8", "COLORTERM=truecolor"},
		"\033]11;rgb:ffff/ffff/ffff\033\\"},
	{"--quiet", {"LC_ALL=C", "TERM=xterm"}, NULL},
};

static void
open_way(const struct way *way)
{
	open_with(&(struct terminal_options){
		.command.arguments = WORDS("--seed", "1", way->option, RECORD),
		.command.environment =
			WORDS(way->variable[0], way->variable[1]),
		.background = way->background,
	});
}

START_TEST(a_replay_shows_the_same_screens)
{
	struct replay replay;

	open_way(&ways[_i]);
	expect_at_least(100);
	pause_training();
	expect_same();
	press_and_settle("i");
	expect_same();
	terminal_resize(&terminal, 24, 60);
	settle();
	expect_same();
	press_and_settle("?");
	terminal_resize(&terminal, 50, 140);
	settle();
	expect_same_screen(&replay);
	ck_assert_uint_eq(replay.resizes, 2);
	replay_release(&replay);
	press("?i ");
	expect("running");
	leave();
	expect_same_screen(&replay);
	ck_assert_int_eq(get_integer(replay.header, "width"), 100);
	ck_assert_int_eq(get_integer(replay.header, "height"), 30);
	ck_assert(!replay.terminal.is_alternate);
	replay_release(&replay);
}
END_TEST

START_TEST(all_that_the_terminal_received_is_recorded_but_questions)
{
	struct replay replay;
	char *received;

	open_way(&ways[_i]);
	expect_at_least(100);
	press("if?");
	expect("Help");
	press("?");
	leave();
	replay_file(&replay, CAST);
	received = terminal.transcript;
	ck_assert_ptr_eq(strstr(replay.terminal.transcript, query), NULL);
	if (ways[_i].background != NULL)
		ck_assert_ptr_nonnull(strstr(received, query));
	leave_out(received, query);
	ck_assert_str_eq(replay.terminal.transcript, received);
	replay_release(&replay);
}
END_TEST

START_TEST(the_header_and_the_times_are_those_of_the_session)
{
	double start = clock_seconds(), seconds;
	long day = (long)time(NULL), timestamp;
	struct replay replay;
	json_t *environment;

	open_with(&(struct terminal_options){
		.command.arguments = WORDS("--seed", "1", RECORD),
		.command.environment = WORDS("TERM=xterm-256color",
			"SHELL=/bin/\303\244sh", "COLORTERM"),
	});
	expect_at_least(100);
	leave();
	seconds = clock_seconds() - start;
	replay_file(&replay, CAST);
	ck_assert_int_eq(get_integer(replay.header, "version"), 2);
	timestamp = get_integer(replay.header, "timestamp");
	ck_assert_int_ge(timestamp, day);
	ck_assert_int_le(timestamp, (long)time(NULL));
	environment = json_object_get(replay.header, "env");
	ck_assert_str_eq(get_string(environment, "TERM"), "xterm-256color");
	ck_assert_str_eq(get_string(environment, "SHELL"), "/bin/\303\244sh");
	ck_assert_double_gt(replay.seconds, 0.05);
	ck_assert_double_le(replay.seconds, seconds);
	replay_release(&replay);
}
END_TEST

START_TEST(suspended_time_is_kept)
{
	struct replay replay;
	double stopped;

	open_with(&(struct terminal_options){
		.in_a_shell = true,
		.command.arguments = WORDS("--seed", "1", RECORD),
	});
	pause_training();
	press(KEY_CTRL_Z);
	ck_assert(terminal_wait_for_stop(&terminal, true, LIMIT_MS));
	ck_assert(!terminal_pump(&terminal, 0));
	expect_same_screen(&replay);
	ck_assert(!replay.terminal.is_alternate);
	stopped = replay.seconds;
	replay_release(&replay);
	terminal_resize(&terminal, 26, 90);
	for (long until = now_ms() + 300; now_ms() < until;)
		pause_shortly();
	kill(terminal.pid, SIGCONT);
	expect("paused");
	settle();
	expect_same_screen(&replay);
	ck_assert_double_ge(replay.seconds, stopped + 0.3);
	ck_assert_uint_eq(replay.resizes, 1);
	replay_release(&replay);
	leave();
	expect_same();
}
END_TEST

/* Output that waits for the terminal is recorded when it is accepted. */
START_TEST(a_terminal_that_accepts_no_output_delays_nothing)
{
	off_t size;

	OPEN(FAST, LOGGED, RECORD);
	expect("running");
	stop_output();
	wait_until_full();
	expect_training();
	size = size_here(CAST);
	expect_training();
	ck_assert_int_eq(size_here(CAST), size);
	press(KEY_CTRL_Q);
	expect_present();
	expect_same();
	leave();
	expect_same();
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Ends */

START_TEST(a_signal_ends_the_recording_with_the_terminal_restored)
{
	struct replay replay;

	OPEN("--seed", "1", RECORD, MODEL);
	expect_at_least(100);
	kill(terminal.pid, SIGTERM);
	expect_end(128 + SIGTERM);
	expect_same_screen(&replay);
	ck_assert(!replay.terminal.is_alternate);
	ck_assert(replay.terminal.is_cursor_visible);
	replay_release(&replay);
	ck_assert(exists_here(MODEL));
}
END_TEST

START_TEST(a_killed_program_leaves_a_recording)
{
	struct replay replay;

	OPEN("--seed", "1", RECORD);
	expect_at_least(100);
	kill(terminal.pid, SIGKILL);
	ck_assert(terminal_wait_for_end(&terminal, LIMIT_MS));
	ck_assert_int_eq(terminal.outcome.signal, SIGKILL);
	replay_file(&replay, CAST);
	ck_assert_uint_gt(replay.events, 2);
	ck_assert(terminal_shows(&replay.terminal, "rectangle"));
	replay_release(&replay);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Files */

static const struct refused {
	const char *const *arguments;
	int status;
	const char *named;
} refused[] = {
	{WORDS("--record", "-"), 2, "--record -"},
	{WORDS("--record", "there"), 1, "there: already exists"},
	{WORDS("--record", "link"), 1, "link: already exists"},
	{WORDS("--record", "no/where"), 1, "no/where: No such file"},
	{WORDS("--record", "new", "new"), 2, "--record new"},
	{WORDS("--record", "new", "--log", "./new"), 2, "--record new"},
	{WORDS("--record", ".new.lock", "new"), 2, "--record .new.lock"},
	{WORDS("--record", "data.csv", "--data", "data.csv"), 2,
		"--record data.csv"},
};

START_TEST(a_recording_replaces_no_file)
{
	char path[FOLDER_PATH_SIZE], *there;
	size_t files;

	write_here("there", "kept");
	write_here("data.csv", "0,0\n0.5,0\n0.5,0.5\n0,0.5\n");
	ck_assert_int_eq(symlink("target", path_here(path, "link")), 0);
	files = folder_count(folder);
	open_program(refused[_i].arguments);
	expect_end(refused[_i].status);
	ck_assert_msg(strstr(terminal.transcript, refused[_i].named) != NULL,
		"%s", terminal.transcript);
	ck_assert(!terminal.was_alternate);
	ck_assert_uint_eq(folder_count(folder), files);
	there = read_here("there", &(size_t){0});
	ck_assert_str_eq(there, "kept");
	free(there);
}
END_TEST

/* The name is kept for the recording while it is written. */
START_TEST(a_model_is_not_saved_over_the_recording)
{
	OPEN("--seed", "1", RECORD);
	pause_training();
	press("w");
	press(KEY_CTRL_U CAST KEY_ENTER);
	expect("Replace the file?");
	press("y");
	expect("--record");
	settle();
	expect_same();
	/* nor is an export */
	press("E" KEY_CTRL_U CAST KEY_ENTER);
	expect("OUT");
	press_and_settle(KEY_ESCAPE);
	expect_same();
	leave();
	expect_same();
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Characters, and errors of the file */

static char *
path_of_cast(void)
{
	static char path[FOLDER_PATH_SIZE];

	return path_here(path, CAST);
}

static void
create(struct asciicast *cast)
{
	struct error error;

	ck_assert_msg(asciicast_create(cast, path_of_cast(), &error), "%s",
		error.text);
	asciicast_size(cast, 80, 24);
}

static void
close_cast(struct asciicast *cast)
{
	struct error error;

	ck_assert_msg(asciicast_close(cast, &error), "%s", error.text);
}

/* What a recording gives back. */
static void
expect_text(const char *expected, size_t events)
{
	struct replay replay;

	replay_file(&replay, CAST);
	ck_assert_str_eq(replay.terminal.transcript, expected);
	ck_assert_uint_eq(replay.events, events);
	replay_release(&replay);
}

START_TEST(a_character_in_two_pieces_is_whole)
{
	static const char text[] = "a\303\244\342\226\210\360\237\230\200\"\\z";
	struct asciicast cast;
	size_t length = strlen(text), cut = (size_t)_i;

	ck_assert_ptr_nonnull(setlocale(LC_CTYPE, "C.UTF-8"));
	create(&cast);
	asciicast_add(&cast, text, cut);
	asciicast_end(&cast);
	asciicast_add(&cast, text + cut, length - cut);
	asciicast_end(&cast);
	close_cast(&cast);
	expect_text(text, cut == 0 || cut == length ? 1 : 2);
}
END_TEST

START_TEST(invalid_bytes_are_replaced)
{
	struct asciicast cast;

	ck_assert_ptr_nonnull(setlocale(LC_CTYPE, "C.UTF-8"));
	create(&cast);
	asciicast_add(&cast, "a\377b\342\226", 5);
	asciicast_end(&cast);
	asciicast_add(&cast, "c\303\303\244", 4);
	asciicast_end(&cast);
	close_cast(&cast);
	expect_text("a\357\277\275b\357\277\275c\357\277\275\303\244", 2);
}
END_TEST

START_TEST(other_encodings_become_unicode)
{
	struct asciicast cast;

	if (setlocale(LC_CTYPE, "de_DE.ISO-8859-1") == NULL)
		return;
	create(&cast);
	asciicast_add(&cast, "\344\n", 2);
	asciicast_end(&cast);
	close_cast(&cast);
	expect_text("\303\244\n", 1);
}
END_TEST

START_TEST(sizes_are_events_if_they_change)
{
	struct asciicast cast;
	struct replay replay;

	create(&cast);
	asciicast_size(&cast, 80, 24);
	asciicast_size(&cast, 81, 24);
	asciicast_size(&cast, 81, 24);
	asciicast_size(&cast, 81, 25);
	asciicast_end(&cast);
	close_cast(&cast);
	replay_file(&replay, CAST);
	ck_assert_uint_eq(replay.events, 2);
	ck_assert_int_eq(replay.terminal.columns, 81);
	ck_assert_int_eq(replay.terminal.rows, 25);
	replay_release(&replay);
}
END_TEST

START_TEST(a_recording_without_a_size_leaves_no_file)
{
	struct asciicast cast;
	struct error error;

	ck_assert(asciicast_create(&cast, path_of_cast(), &error));
	close_cast(&cast);
	ck_assert(!exists_here(CAST));
}
END_TEST

/* A limit of file size stands for a full disk: it also cuts a write. */
START_TEST(a_full_disk_leaves_whole_lines_and_one_error)
{
	struct rlimit limit = {.rlim_cur = 500, .rlim_max = RLIM_INFINITY};
	struct asciicast cast;
	struct error error;
	struct replay replay;

	signal(SIGXFSZ, SIG_IGN);
	create(&cast);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	for (int i = 0; i < 40; i++) {
		asciicast_add(&cast, "twenty characters...", 20);
		asciicast_end(&cast);
	}
	limit.rlim_cur = RLIM_INFINITY;
	setrlimit(RLIMIT_FSIZE, &limit);
	asciicast_size(&cast, 90, 24);
	ck_assert(asciicast_take_error(&cast, &error));
	ck_assert_ptr_nonnull(strstr(error.text, CAST ": File too large"));
	ck_assert(!asciicast_take_error(&cast, &error));
	close_cast(&cast);
	replay_file(&replay, CAST);
	ck_assert_uint_eq(replay.rest, 0);
	ck_assert_uint_gt(replay.events, 3);
	ck_assert_uint_lt(replay.events, 20);
	ck_assert_uint_eq(replay.resizes, 0);
	replay_release(&replay);
}
END_TEST

/*
 * The disk is full at the header, or at the first event, which follows the
 * first write to the terminal.
 */
static const char *const faults[] = {"LSTMTUI_FAULT=write:1:ENOSPC",
	"LSTMTUI_FAULT=write:3:ENOSPC"};

START_TEST(the_interface_goes_on_without_its_recording)
{
	static char program[FOLDER_PATH_SIZE];

	ck_assert_ptr_nonnull(getenv("TOP_BUILDDIR"));
	snprintf(program, sizeof program, "%s/src/lstmtui-faults",
		getenv("TOP_BUILDDIR"));
	open_with(&(struct terminal_options){
		.command.program = program,
		.command.arguments = WORDS(FAST, LOGGED, RECORD),
		.command.environment = WORDS(faults[_i]),
	});
	expect("no longer recorded: " CAST ": No space left on device");
	expect_training();
	pause_training();
	expect_gone("no longer recorded");
	expect_true_screen();
	ck_assert_int_le(size_here(CAST), 200);
	leave();
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("record");
	TCase *group = add_screen_case(suite, "replays");

	suite_add_loop(group, a_replay_shows_the_same_screens, 0, COUNT(ways));
	suite_add_loop(group,
		all_that_the_terminal_received_is_recorded_but_questions, 0,
		COUNT(ways));
	tcase_add_test(group,
		the_header_and_the_times_are_those_of_the_session);
	tcase_add_test(group, suspended_time_is_kept);
	tcase_add_test(group, a_terminal_that_accepts_no_output_delays_nothing);

	group = add_screen_case(suite, "ends");
	tcase_add_test(group,
		a_signal_ends_the_recording_with_the_terminal_restored);
	tcase_add_test(group, a_killed_program_leaves_a_recording);

	group = add_screen_case(suite, "files");
	suite_add_loop(group, a_recording_replaces_no_file, 0, COUNT(refused));
	tcase_add_test(group, a_model_is_not_saved_over_the_recording);
	suite_add_loop(group, the_interface_goes_on_without_its_recording, 0,
		COUNT(faults));

	group = add_case(suite, "format");
	suite_add_loop(group, a_character_in_two_pieces_is_whole, 0, 14);
	tcase_add_test(group, invalid_bytes_are_replaced);
	tcase_add_test(group, other_encodings_become_unicode);
	tcase_add_test(group, sizes_are_events_if_they_change);
	tcase_add_test(group, a_recording_without_a_size_leaves_no_file);
	tcase_add_test(group, a_full_disk_leaves_whole_lines_and_one_error);
	return suite_run(suite);
}
