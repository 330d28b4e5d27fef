/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the mouse in the interface: its reports, clicks and the wheel, and
 * that the terminal gets it back.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "interface.h"
#include "suite.h"
#include "tui/mouse.h"

static const struct {
	const char *report;
	struct mouse_event event;
} reports[] = {
	{"0;1;1M", {MOUSE_CLICK, 0, 0}},
	{"0;300;200M", {MOUSE_CLICK, 199, 299}},
	{"4;12;7M", {MOUSE_CLICK, 6, 11}},  /* with Shift */
	{"0;12;7m", {MOUSE_OTHER, 0, 0}},   /* a release */
	{"2;12;7M", {MOUSE_OTHER, 6, 11}},  /* the right button */
	{"32;12;7M", {MOUSE_OTHER, 6, 11}}, /* a motion */
	{"64;12;7M", {MOUSE_WHEEL_UP, 6, 11}},
	{"65;12;7M", {MOUSE_WHEEL_DOWN, 6, 11}},
	{"0;0;7M", {MOUSE_OTHER, 0, 0}},
	{"0;7;0M", {MOUSE_OTHER, 0, 0}},
	{"0;-3;7M", {MOUSE_OTHER, 0, 0}},
	{"0;99999;7M", {MOUSE_OTHER, 0, 0}},
	{"0;999999999999;7M", {MOUSE_OTHER, 0, 0}},
	{"0;12M", {MOUSE_OTHER, 0, 0}},
	{"M", {MOUSE_OTHER, 0, 0}},
	{"", {MOUSE_OTHER, 0, 0}},
};

START_TEST(a_report_is_decoded)
{
	for (int i = 0; i < COUNT(reports); i++) {
		struct mouse_event event = mouse_decode(reports[i].report);

		ck_assert_msg(event.kind == reports[i].event.kind, "%s",
			reports[i].report);
		ck_assert_int_eq(event.row, reports[i].event.row);
		ck_assert_int_eq(event.column, reports[i].event.column);
	}
}
END_TEST

static void
open_paused(void)
{
	open_with(&(struct terminal_options){.rows = 24,
		.columns = 80,
		.command.arguments = WORDS("--seed", "1")});
	pause_training();
}

/* Press and release a button in a cell. */
static void
report(int button, int row, int column)
{
	char bytes[64];

	snprintf(bytes, sizeof bytes, "\033[<%d;%d;%dM\033[<%d;%d;%dm", button,
		column + 1, row + 1, button, column + 1, row + 1);
	press_and_settle(bytes);
}

/* Click the cell `by` columns behind the beginning of a text on the screen. */
static void
click_text(const char *text, int by)
{
	for (int row = terminal.rows - 1; row >= 0; row--)
		for (int column = 0; column < terminal.columns; column++) {
			char found[TEXT_SIZE] = "";

			for (int i = column; i < terminal.columns &&
				strlen(found) < strlen(text);
				i++) {
				struct terminal_cell cell;

				terminal_cell(&terminal, row, i, &cell);
				strcat(found, cell.text);
			}
			if (strcmp(found, text) != 0)
				continue;
			report(0, row, column + by);
			return;
		}
	ck_abort_msg("no '%s' in:\n%s", text, terminal_text(&terminal));
}

START_TEST(a_click_on_a_key_of_the_bar_presses_it)
{
	uint64_t before;

	open_paused();
	click_text("help", 1);
	expect("1 Keys");
	press_and_settle(KEY_ESCAPE);
	click_text("+ - speed", 0);
	expect("\u25c2 2,000/s");
	click_text("+ - speed", 2);
	click_text("+ - speed", 2);
	expect("\u25c2 500/s");
	/* between the two keys is none */
	click_text("+ - speed", 1);
	expect("\u25c2 500/s");
	/* on the word: the first */
	click_text("+ - speed", 8);
	expect("\u25c2 1,000/s");
	/* between two entries is nothing */
	click_text("  + - speed", 1);
	expect("\u25c2 1,000/s");
	expect("paused");
	before = count();
	click_text("s step", 3);
	ck_assert_uint_eq(count(), before + 1);
	leave();
}
END_TEST

START_TEST(a_click_on_a_pane_enlarges_it_and_back)
{
	open_paused();
	click_text("Generated", 3);
	ck_assert(terminal_shows(&terminal, "Generated"));
	ck_assert(!terminal_shows(&terminal, "Training"));
	ck_assert(!terminal_shows(&terminal, "Loss"));
	report(0, 10, 70);
	ck_assert(terminal_shows(&terminal, "Training"));
	ck_assert(terminal_shows(&terminal, "Loss"));
	/* the right button and the wheel do nothing there */
	report(2, 10, 70);
	report(64, 10, 70);
	ck_assert(terminal_shows(&terminal, "Training"));
	ck_assert(!terminal_shows(&terminal, "no function"));
	/* beyond the screen */
	report(0, 500, 500);
	expect("paused");
	leave();
}
END_TEST

START_TEST(a_click_on_a_sign_changes_its_value)
{
	open_paused();
	expect("\u25c2 1,000/s \u25b8");
	click_text("\u25c2 1,000/s", 0);
	expect("\u25c2 500/s \u25b8");
	click_text("500/s \u25b8", 6);
	expect("\u25c2 1,000/s \u25b8");
	/* the rate has its own */
	click_text("0.001 \u25b8", 6);
	ck_assert(!terminal_shows(&terminal, "0.001 \u25b8"));
	expect("\u25c2 1,000/s \u25b8");
	/* the value itself is a part of the pane */
	click_text("1,000/s", 2);
	ck_assert(!terminal_shows(&terminal, "Loss"));
	leave();
}
END_TEST

/* Find a text on the screen. */
static void
find(const char *text, int *row, int *column)
{
	char line[TEXT_SIZE];

	for (*row = 0; *row < terminal.rows; ++*row) {
		const char *at;

		terminal_line(&terminal, *row, line, sizeof line);
		at = strstr(line, text);
		if (at != NULL) {
			*column = (int)(at - line);
			return;
		}
	}
	ck_abort_msg("no '%s' in:\n%s", text, terminal_text(&terminal));
}

START_TEST(the_mouse_moves_the_cursor_inside)
{
	int row, column;

	open_with(&(struct terminal_options){.rows = 40,
		.columns = 120,
		.command.arguments = WORDS("--seed", "1", "--ascii", "--units",
			"30", "--task", "star", "--framing", "sequence")});
	pause_training();
	press_and_settle("i");
	expect("unit < 1 >  step < 1 > of 9");
	/* a map has a column for each step, in ASCII of known places */
	find("i input", &row, &column);
	report(0, row + 3, column + 4);
	expect("unit < 2 >  step < 5 > of 9");
	report(65, row + 3, column + 4);
	expect("unit < 3 >  step < 5 > of 9");
	report(64, row + 3, column + 4);
	report(64, row + 3, column + 4);
	expect("unit < 1 >  step < 5 > of 9");
	/* the number of a unit */
	report(0, row + 5, 4);
	expect("unit < 4 >  step < 5 > of 9");
	/* the table of steps */
	find("truth", &row, &column);
	report(0, row, 40);
	expect("unit < 4 >  step < 3 > of 9");
	report(65, row, 40);
	expect("unit < 4 >  step < 4 > of 9");
	/* the signs of the title */
	click_text("unit < 4 >", 5);
	click_text("step < 4 >", 9);
	expect("unit < 3 >  step < 5 > of 9");
	/* a row of the connections is a step, a column of the weights a unit */
	click_text("   y7", 4);
	expect("unit < 3 >  step < 7 > of 9");
	click_text("bias", 9 + 4);
	expect("unit < 9 >  step < 7 > of 9");
	/* elsewhere a click enlarges */
	click_text("Connections", 2);
	ck_assert(!terminal_shows(&terminal, "Gates and cells"));
	leave();
}
END_TEST

START_TEST(the_wheel_and_a_click_read_the_help)
{
	open_paused();
	press_and_settle("?");
	ck_assert(terminal_shows(&terminal, "run or pause"));
	report(65, 10, 40);
	ck_assert(!terminal_shows(&terminal, "run or pause"));
	report(64, 10, 40);
	ck_assert(terminal_shows(&terminal, "run or pause"));
	click_text("3 Words", 2);
	ck_assert(terminal_shows(&terminal, "The points of a shape"));
	click_text("1 Keys", 0);
	ck_assert(terminal_shows(&terminal, "run or pause"));
	press_and_settle(KEY_ESCAPE);
	leave();
}
END_TEST

START_TEST(a_click_answers_a_question)
{
	open_paused();
	press_and_settle("r");
	expect("Discard the weights");
	/* beside the answers */
	click_text("Discard the", 0);
	expect("Discard the weights");
	click_text("n no", 3);
	expect_gone("Discard the weights");
	ck_assert(!terminal_shows(&terminal, "started over"));
	press_and_settle("r");
	click_text("y yes", 0);
	expect("started over");
	leave();
}
END_TEST

/* A report in pasted text is text. */
START_TEST(a_pasted_report_is_no_click)
{
	char line[TEXT_SIZE];

	open_paused();
	press_and_settle("\033[200~a\033[<0;60;8Mb\033[201~");
	ck_assert(terminal_shows(&terminal, "Training"));
	press_and_settle("W" KEY_CTRL_U);
	press_and_settle("\033[200~one\033[<0;60;8Mtwo\033[201~");
	line_with("onetwo", "", line);
	ck_assert_msg(line[0] != '\0', "%s", terminal_text(&terminal));
	press_and_settle(KEY_ESCAPE);
	leave();
}
END_TEST

/* A report that arrives in parts, as over a slow connection. */
START_TEST(a_report_may_arrive_in_parts)
{
	open_paused();
	press_and_settle("\033[<0;60");
	press_and_settle(";8");
	ck_assert(terminal_shows(&terminal, "Training"));
	press_and_settle("M");
	ck_assert(!terminal_shows(&terminal, "Training"));
	expect("paused");
	leave();
}
END_TEST

/* _i 0: quit; 1: a signal; 2: suspended; 3: a fault. */
START_TEST(the_terminal_gets_the_mouse_back)
{
	open_with(&(struct terminal_options){.in_a_shell = true,
		.command.arguments = WORDS("--seed", "1")});
	pause_training();
	ck_assert_int_eq(terminal.mouse, VTERM_PROP_MOUSE_CLICK);
	switch (_i) {
	case 0:
		leave();
		break;
	case 1:
		kill(terminal.pid, SIGTERM);
		expect_end(128 + SIGTERM);
		break;
	case 2:
		press(KEY_CTRL_Z);
		ck_assert(terminal_wait_for_stop(&terminal, true, LIMIT_MS));
		terminal_pump(&terminal, 100);
		ck_assert_int_eq(terminal.mouse, VTERM_PROP_MOUSE_NONE);
		kill(terminal.pid, SIGCONT);
		expect("paused");
		settle();
		ck_assert_int_eq(terminal.mouse, VTERM_PROP_MOUSE_CLICK);
		leave();
		break;
	default:
		kill(terminal.pid, SIGSEGV);
		ck_assert(terminal_wait_for_end(&terminal, LIMIT_MS));
	}
	ck_assert_int_eq(terminal.mouse, VTERM_PROP_MOUSE_NONE);
}
END_TEST

/* _i 0: --no-mouse; 1: a terminal without a mouse. */
START_TEST(the_mouse_is_left_to_the_terminal)
{
	open_with(&(struct terminal_options){
		.rows = 24,
		.columns = 80,
		.command = {.environment = WORDS(_i == 0 ? "TERM=xterm-256color"
							 : "TERM=vt100"),
			.arguments = _i == 0
				? WORDS("--seed", "1", "--no-mouse")
				: WORDS("--seed", "1")},
	});
	pause_training();
	ck_assert_int_eq(terminal.mouse, VTERM_PROP_MOUSE_NONE);
	ck_assert_ptr_null(strstr(terminal.transcript, "\033[?1000"));
	report(0, 7, 59);
	ck_assert(terminal_shows(&terminal, "Training"));
	leave();
	ck_assert_ptr_null(strstr(terminal.transcript, "\033[?1000"));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("mouse");
	TCase *tcase = add_screen_case(suite, "mouse");

	tcase_add_test(tcase, a_report_is_decoded);
	tcase_add_test(tcase, a_click_on_a_key_of_the_bar_presses_it);
	tcase_add_test(tcase, a_click_on_a_pane_enlarges_it_and_back);
	tcase_add_test(tcase, a_click_on_a_sign_changes_its_value);
	tcase_add_test(tcase, the_mouse_moves_the_cursor_inside);
	tcase_add_test(tcase, the_wheel_and_a_click_read_the_help);
	tcase_add_test(tcase, a_click_answers_a_question);
	tcase_add_test(tcase, a_pasted_report_is_no_click);
	tcase_add_test(tcase, a_report_may_arrive_in_parts);
	suite_add_loop(tcase, the_terminal_gets_the_mouse_back, 0, 4);
	suite_add_loop(tcase, the_mouse_is_left_to_the_terminal, 0, 2);
	return suite_run(suite);
}
