/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of unusual input to the interface: pastes, incomplete sequences,
 * unknown sequences, an endless stream of keys.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/random.h"
#include "endless.h"
#include "suite.h"

#ifdef __SANITIZE_ADDRESS__ /* each key is slow there */
enum { PASTE = 200000, PASTE_SMALL = 50000 };
#else
enum { PASTE = 1000000, PASTE_SMALL = 50000 };
#endif

#define PASTE_BEGIN "\033[200~"
#define PASTE_END "\033[201~"

static void
type_bytes(const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t written = write(terminal.master, bytes, length);

		if (written <= 0) {
			terminal_pump(&terminal, 1);
			continue;
		}
		bytes += written;
		length -= (size_t)written;
	}
}

static bool
has_read_all(struct terminal *from, void *argument)
{
	(void)argument;
	return terminal_has_read(from);
}

static void
expect_all_read(void)
{
	ck_assert_msg(terminal_wait(&terminal, has_read_all, NULL,
			      4 * LIMIT_MS),
		"the program does not read its input:\n%s",
		terminal_text(&terminal));
}

/* Return true for bytes that a terminal turns into signals or flow control. */
static bool
is_signal(char byte)
{
	return byte != '\0' && strchr("\003\032\034\023\021", byte) != NULL;
}

/*
 * Make a paste: printable text, or random bytes. Without paste marks its bytes
 * act as keys, so keys that end the program are left out.
 */
static char *
make_paste(size_t length, bool is_text, bool is_marked)
{
	static const char harmless[] = "abijkmopuvzABCDEFGHIJKLMNOPQSTUVXYZ"
				       " ,.;:!/()'\"0123456789+-[]ltxg?";
	char *paste = malloc(length);
	struct random dice;

	ck_assert_ptr_nonnull(paste);
	random_seed(&dice, 3, RANDOM_STREAM_DATA);
	for (size_t i = 0; i < length; i++) {
		uint64_t number = random_next(&dice);

		paste[i] = (char)(number & 0xff);
		if (is_text && is_marked)
			paste[i] = (char)(' ' + number % 95);
		else if (is_text)
			paste[i] = harmless[number % (sizeof harmless - 1)];
		else if (is_signal(paste[i]) ||
			(!is_marked && strchr("qrRnwWed", paste[i]) != NULL))
			paste[i] = 'x';
	}
	return paste;
}

/* _i even: text; odd: random bytes. The first and the last paste are marked. */
START_TEST(a_large_paste_does_no_harm)
{
	bool is_text = _i % 2 == 0, is_marked = _i == 0 || _i == 3;
	size_t length = _i == 0 ? PASTE : PASTE_SMALL;
	char *paste = make_paste(length, is_text, is_marked);
	long before;

	OPEN_IN_SHELL("--seed", "1", "--updates", "1000000000",
		"--history-memory", "4", MODEL);
	expect("running");
	before = kilobytes();
	if (is_marked)
		press(PASTE_BEGIN);
	type_bytes(paste, length);
	if (is_marked)
		press(PASTE_END);
	else
		press(KEY_ESCAPE);
	expect_all_read();
	ck_assert(!terminal.is_over);
	expect_memory(before);
	/*
	 * a marked paste acts as no key: training continues and no question is
	 * asked
	 */
	if (is_marked) {
		press(" ");
		expect("paused");
		expect("◂ 0.001 ▸");
		expect_true_screen();
	}
	ck_assert_int_eq(size_here(MODEL), 0);
	kill(terminal.pid, SIGTERM);
	expect_end(128 + SIGTERM);
	expect_restored();
	free(paste);
}
END_TEST

START_TEST(bracketed_paste_is_switched_on)
{
	OPEN_IN_SHELL("--seed", "1");
	expect("running");
	ck_assert_ptr_nonnull(strstr(terminal.transcript, "\033[?2004h"));
	ck_assert_ptr_null(strstr(terminal.transcript, "\033[?2004l"));
	kill(terminal.pid, SIGTERM);
	expect_end(128 + SIGTERM);
	ck_assert_ptr_nonnull(strstr(terminal.transcript, "\033[?2004l"));
}
END_TEST

START_TEST(a_paste_fills_a_prompt_without_accepting_it)
{
	OPEN_IN_SHELL("--seed", "1");
	expect("running");
	press("W");
	expect("Enter accepts");
	press(PASTE_BEGIN "pas\nted\r\033.safetensors\n" PASTE_END);
	expect("pasted.safetensors");
	settle();
	ck_assert_uint_eq(folder_count(folder), 0);
	press(KEY_ENTER);
	expect("saved pasted.safetensors");
	ck_assert_int_gt(size_here("pasted.safetensors"), 0);
	press("q");
	kill(terminal.pid, SIGTERM);
	ck_assert(terminal_wait_for_end(&terminal, LIMIT_MS));
}
END_TEST

/*
 * Sequences that are begun and never completed, by a user or a slow connection.
 */
static const char *const parts[] = {"\033", "\033[", "\033O", "\033[1;",
	"\xe2\x94", "\033[<0;1", "\033[200~"};

START_TEST(a_key_works_after_an_incomplete_sequence)
{
	/* longer than the second of silence that ends an unfinished paste */
	enum { PASTE_SILENCE_MS = 1100 };

	OPEN_IN_SHELL("--seed", "1", "--updates", "1000000000");
	expect("running");
	press(" ");
	expect("paused");
	settle();
	for (int i = 0; i < COUNT(parts); i++) {
		press(parts[i]);
		settle();
		if (strcmp(parts[i], PASTE_BEGIN) == 0)
			while (terminal_pump(&terminal, PASTE_SILENCE_MS))
				;
		press("?");
		expect("Help");
		press("?");
		ck_assert(
			terminal_wait_until_gone(&terminal, "Help", LIMIT_MS));
	}
	expect("◂ 0.001 ▸");
	leave();
}
END_TEST

START_TEST(an_unknown_sequence_does_nothing)
{
	OPEN_IN_SHELL("--seed", "1", "--updates", "1000000000");
	expect("running");
	press(" ");
	expect("paused");
	settle();
	press("\033[I\033[O\033[29~\033[97;5u\033[<3;10;10M\033[<0;10;10m"
	      "\033[1;10S\033Os\033[?1;2c\033[12;40R\033[]\033[[");
	settle();
	expect("◂ 0.001 ▸");
	expect("paused");
	press(KEY_ESCAPE); /* clears the message about unknown keys */
	expect_true_screen();
	leave();
}
END_TEST

START_TEST(an_endless_stream_of_keys_leaves_time_for_training_and_signals)
{
	long deadline = now_ms() + LIMIT_MS;
	char keys[4096];
	off_t until;

	memset(keys, 'l', sizeof keys);
	OPEN_IN_SHELL(FAST, "--log", LOG, "--log-every", "100", MODEL);
	expect("running");
	until = size_here(LOG) + 4096; /* one buffer of the log */
	while (size_here(LOG) < until && now_ms() < deadline) {
		(void)!write(terminal.master, keys, sizeof keys);
		terminal_pump(&terminal, 1);
	}
	ck_assert_msg(size_here(LOG) >= until, "training does not advance");
	kill(terminal.pid, SIGTERM);
	deadline = now_ms() + LIMIT_MS;
	while (!has_ended() && now_ms() < deadline) {
		(void)!write(terminal.master, keys, sizeof keys);
		terminal_pump(&terminal, 1);
	}
	ck_assert_msg(has_ended(), "the program does not exit");
	expect_end(128 + SIGTERM);
	ck_assert_uint_gt(updates_of(MODEL), 0);
}
END_TEST

static void
add_input(Suite *suite)
{
	TCase *tcase = add_screen_case(suite, "input");

	suite_add_loop(tcase, a_large_paste_does_no_harm, 0, 4);
	tcase_add_test(tcase, bracketed_paste_is_switched_on);
	tcase_add_test(tcase, a_paste_fills_a_prompt_without_accepting_it);
	tcase_add_test(tcase, a_key_works_after_an_incomplete_sequence);
	tcase_add_test(tcase, an_unknown_sequence_does_nothing);
	tcase_add_test(tcase,
		an_endless_stream_of_keys_leaves_time_for_training_and_signals);
}

int
main(void)
{
	Suite *suite = suite_create("input");

	add_input(suite);
	return suite_run(suite);
}
