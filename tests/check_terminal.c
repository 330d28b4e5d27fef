/*
 * The interface at terminals that do not behave: they stop reading, are of
 * any kind and size, send anything, or are none. Training goes on, the
 * terminal is given back, and the model is whole.
 */
#include <check.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "command.h"
#include "core/random.h"
#include "folder.h"
#include "run/model_file.h"
#include "suite.h"
#include "terminal.h"

#define MODEL "m.safetensors"
#define LOG "l.jsonl"

/* Without an end, as fast as can be; each update in the log. */
#define FAST "--seed", "1", "--speed", "0", "--updates", "1000000000"
#define LOGGED "--log", LOG, "--log-every", "1"

#define KEY_CTRL_S "\023"
#define KEY_CTRL_Q "\021"

#define COUNT(array) ((int)(sizeof(array) / sizeof(array)[0]))

enum {
	LIMIT_MS = TERMINAL_LIMIT_MS,
	/* bytes of log that only a run that goes on writes */
	LOG_GROWTH = 1000000,
	/* kilobytes that a process may take more for reasons of its own */
	MEMORY_GROWTH = 4000,
	/* milliseconds without output, where a frame is due in 33 */
	SILENCE = 250
};

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

#define OPEN(...)                                    \
	open_with(&(struct terminal_options){        \
		.in_a_shell = true,                  \
		.command.arguments = WORDS(__VA_ARGS__)})

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
settle(void)
{
	ck_assert_msg(terminal_settle(&terminal, LIMIT_MS),
		"it does not come to rest:\n%s", terminal_text(&terminal));
	ck_assert_msg(!terminal.is_over, "it ended: status %d, signal %d\n%s",
		terminal.outcome.status, terminal.outcome.signal,
		terminal_text(&terminal));
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

static void
expect_restored(void)
{
	ck_assert_msg(terminal_is_restored(&terminal),
		"the settings are not restored");
	ck_assert_msg(!terminal.is_alternate,
		"the alternate screen is still on");
	ck_assert_msg(terminal.is_cursor_visible, "there is no cursor");
}

/*
 * The screen is what the program means it to be: drawn anew from nothing it
 * is the same. Training has to be paused.
 */
static void
expect_true_screen(void)
{
	char *before;

	settle();
	before = strdup(terminal_text(&terminal));
	ck_assert_ptr_nonnull(before);
	press(KEY_CTRL_L);
	settle();
	ck_assert_str_eq(before, terminal_text(&terminal));
	free(before);
}

static bool
asks_or_has_ended(struct terminal *from, void *argument)
{
	(void)argument;
	return from->is_over || terminal_shows(from, "discard");
}

/* Leave without saving; it does not ask where it had no time to train. */
static void
leave(void)
{
	press("q");
	ck_assert_msg(terminal_wait(&terminal, asks_or_has_ended, NULL,
		LIMIT_MS), "it neither asks nor ends:\n%s",
		terminal_text(&terminal));
	if (!terminal.is_over)
		press("d");
	expect_end(0);
	expect_restored();
}

static off_t
size_here(const char *name)
{
	char path[FOLDER_PATH_SIZE];
	struct stat status;

	folder_join(path, folder, name);
	return stat(path, &status) == 0 ? status.st_size : 0;
}

/* Updates in a model file, which is whole. */
static uint64_t
updates_in(const char *name)
{
	struct run *run = malloc(sizeof *run);
	char path[FOLDER_PATH_SIZE];
	struct error error;
	uint64_t updates;

	ck_assert_ptr_nonnull(run);
	ck_assert_msg(model_file_read(run, folder_join(path, folder, name),
		&error), "%s", error.text);
	updates = run_updates(run);
	run_destroy(run);
	free(run);
	return updates;
}

/* Updates on the screen. */
static uint64_t
updates_shown(void)
{
	const char *text = terminal_text(&terminal);
	const char *at = strstr(text, "/1,000,000,000");
	uint64_t updates = 0;

	ck_assert_msg(at != NULL, "no progress:\n%s", text);
	while (at > text && strchr("0123456789,", at[-1]) != NULL)
		at--;
	for (; *at != '/'; at++)
		if (*at != ',')
			updates = 10 * updates + (uint64_t)(*at - '0');
	return updates;
}

/* The last whole line of the log. */
static uint64_t
updates_logged(void)
{
	char path[FOLDER_PATH_SIZE];
	unsigned long long updates = 0;
	size_t length;
	char *text = file_read(folder_join(path, folder, LOG), &length);

	while (length > 0 && text[length - 1] != '\n')
		length--;
	if (length > 0)
		text[length - 1] = '\0';
	for (size_t i = length; i > 0 && updates == 0; i--)
		if (i == 1 || text[i - 2] == '\n')
			ck_assert_int_eq(sscanf(text + i - 1,
				"{\"update\":%llu", &updates), 1);
	free(text);
	return updates;
}

static bool
has_model(struct terminal *from, void *argument)
{
	(void)from;
	(void)argument;
	return size_here(MODEL) > 0;
}

static void
expect_model(void)
{
	ck_assert_msg(terminal_wait(&terminal, has_model, NULL, LIMIT_MS),
		"nothing is saved:\n%s", terminal_text(&terminal));
}

/* Of memory that the program has at present; 0: unknown. */
static long
kilobytes(void)
{
	char path[64], line[256];
	long size = 0;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%ld/status", (long)terminal.pid);
	file = fopen(path, "r");
	while (file != NULL && size == 0 &&
		fgets(line, sizeof line, file) != NULL)
		(void)sscanf(line, "VmRSS: %ld", &size);
	if (file != NULL)
		fclose(file);
	return size;
}

static void
expect_memory(long before)
{
#ifndef __SANITIZE_ADDRESS__ /* which keeps what is freed for a while */
	long now = kilobytes();

	ck_assert_msg(now <= before + MEMORY_GROWTH,
		"%ld kilobytes have become %ld", before, now);
#else
	(void)before;
#endif
}

static void
pause_shortly(void)
{
	nanosleep(&(struct timespec){0, 2000000}, NULL);
}

/* Terminals that take nothing. */

/* Nobody reads, and no more fits in between. */
static void
wait_until_full(void)
{
	struct pollfd file = {.fd = terminal.slave, .events = POLLOUT};
	long deadline = now_ms() + LIMIT_MS;

	while (poll(&file, 1, 0) > 0) {
		ck_assert_msg(now_ms() < deadline, "it is never full");
		pause_shortly();
	}
}

/* The run goes on, while nobody looks. */
static void
expect_training(void)
{
	off_t until = size_here(LOG) + LOG_GROWTH;
	long deadline = now_ms() + LIMIT_MS;

	while (size_here(LOG) < until) {
		ck_assert_msg(now_ms() < deadline, "training stands still");
		pause_shortly();
	}
}

/* Stop the output, and wait until none comes. */
static void
stop_output(void)
{
	long deadline = now_ms() + LIMIT_MS;

	press(KEY_CTRL_S);
	while (terminal_pump(&terminal, SILENCE))
		ck_assert_msg(now_ms() < deadline, "Ctrl-S stops nothing");
}

static bool
has_ended(void)
{
	siginfo_t info = {0};

	return waitid(P_PID, (id_t)terminal.child, &info,
		WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid != 0;
}

/* It ends although nobody reads. */
static void
expect_end_unread(void)
{
	long deadline = now_ms() + LIMIT_MS;

	while (!has_ended()) {
		ck_assert_msg(now_ms() < deadline, "it does not end");
		pause_shortly();
	}
}

static bool
shows_at_least(struct terminal *from, void *argument)
{
	return terminal_shows(from, "/1,000,000,000") &&
		updates_shown() >= *(const uint64_t *)argument;
}

/* The present state, not one from before. */
static void
expect_present(void)
{
	uint64_t least = updates_logged();

	ck_assert_msg(terminal_wait(&terminal, shows_at_least, &least,
		LIMIT_MS), "not yet at %llu:\n%s", (unsigned long long)least,
		terminal_text(&terminal));
	press(" ");
	expect("paused");
	expect_true_screen();
}

START_TEST(training_goes_on_while_the_terminal_does_not_read)
{
	long before;

	OPEN(FAST, LOGGED);
	expect("running");
	wait_until_full();
	before = kilobytes();
	for (int i = 0; i < 2; i++)
		expect_training();
	expect_memory(before);
	expect_present();
	leave();
}
END_TEST

START_TEST(keys_act_while_the_terminal_does_not_read)
{
	long deadline = now_ms() + LIMIT_MS;

	OPEN(FAST, LOGGED, MODEL);
	expect("running");
	wait_until_full();
	press("w");
	while (size_here(MODEL) == 0) {
		ck_assert_msg(now_ms() < deadline, "nothing is saved");
		pause_shortly();
	}
	ck_assert_uint_gt(updates_in(MODEL), 0);
	press("?");
	expect("Help");
	press("q");
	expect_present();
	leave();
}
END_TEST

START_TEST(training_goes_on_after_ctrl_s)
{
	long before;

	OPEN(FAST, LOGGED);
	expect("running");
	stop_output();
	before = kilobytes();
	for (int i = 0; i < 2; i++)
		expect_training();
	expect_memory(before);
	ck_assert(!terminal_pump(&terminal, 0));
	press(KEY_CTRL_Q);
	expect_present();
	leave();
}
END_TEST

/* A shell that waits for a line of input, then becomes the program. */
static void
open_after_a_line(const char *arguments)
{
	char script[256];

	snprintf(script, sizeof script, "echo ready; read line; "
		"exec \"$LSTMTUI\" %s", arguments);
	open_with(&(struct terminal_options){
		.in_a_shell = true,
		.command.program = "sh",
		.command.arguments = WORDS("-c", script),
	});
	expect("ready");
}

START_TEST(it_starts_where_output_is_stopped)
{
	open_after_a_line("--seed 1 --speed 0 --updates 1000000000 "
		"--log " LOG " --log-every 1");
	press(KEY_CTRL_S "\n");
	expect_training();
	press(KEY_CTRL_Q);
	expect_present();
	leave();
}
END_TEST

/* _i: Ctrl-S, or nobody reads. */
START_TEST(a_signal_ends_it_though_the_terminal_takes_nothing)
{
	uint64_t least;

	OPEN(FAST, LOGGED, MODEL);
	expect("running");
	if (_i == 0)
		stop_output();
	else
		wait_until_full();
	expect_training();
	least = updates_logged();
	kill(terminal.pid, SIGTERM);
	expect_end_unread();
	expect_end(128 + SIGTERM);
	expect_restored();
	ck_assert_uint_ge(updates_in(MODEL), least);
	/* the log and the model */
	ck_assert_uint_eq(folder_count(folder), 2);
}
END_TEST

START_TEST(a_crash_ends_it_though_the_terminal_takes_nothing)
{
	OPEN(FAST);
	expect("running");
	if (_i == 0)
		stop_output();
	else
		wait_until_full();
	/* not by Ctrl-\, at which the system itself makes room */
	kill(terminal.pid, SIGQUIT);
	expect_end_unread();
	ck_assert(terminal_wait_for_end(&terminal, LIMIT_MS));
	ck_assert_int_eq(terminal.outcome.signal, SIGQUIT);
	expect_restored();
}
END_TEST

/* _i: Ctrl-S, or nobody reads. */
START_TEST(ctrl_z_stops_it_though_the_terminal_takes_nothing)
{
	OPEN(FAST, LOGGED);
	expect("running");
	if (_i == 0)
		stop_output();
	else
		wait_until_full();
	kill(terminal.pid, SIGTSTP);
	ck_assert(terminal_wait_for_stop(&terminal, true, LIMIT_MS));
	while (terminal_pump(&terminal, 20))
		;
	expect_restored();
	kill(terminal.pid, SIGCONT);
	expect("Training");
	ck_assert(terminal.is_alternate);
	expect_present();
	leave();
}
END_TEST

/* Terminals of every kind. */

static const char *const kinds[] = {"xterm-256color", "xterm", "linux",
	"vt100", "vt220", "screen", "screen-256color", "tmux",
	"tmux-256color", "ansi", "rxvt", "vt52", "cons25", "xterm-mono"};

static bool
has_sent(const char *text)
{
	return terminal.received > 0 &&
		strstr(terminal.transcript, text) != NULL;
}

/* _i: which kind; in English letters only, which all of them have. */
START_TEST(it_works_at_a_terminal_of_any_kind)
{
	char variable[64];

	snprintf(variable, sizeof variable, "TERM=%s", kinds[_i]);
	open_with(&(struct terminal_options){
		.in_a_shell = true,
		.command.arguments = WORDS(FAST, "--ascii", MODEL),
		.command.environment = WORDS(variable),
	});
	/* libvterm is none of them: what a vt52 is told it shows as text */
	while (!has_sent("Training") && !has_sent("is unknown"))
		ck_assert(terminal_pump(&terminal, LIMIT_MS));
	if (has_sent("is unknown")) {
		printf("not tested: %s is unknown here\n", kinds[_i]);
		return;
	}
	press("w");
	expect_model();
	press("qd");
	expect_end(0);
	ck_assert(terminal_is_restored(&terminal));
	ck_assert(!terminal.is_alternate);
}
END_TEST

/* A description that says little, none at all, and no name of one. */
static const char *const useless[] = {"TERM=dumb", "TERM=unknown", "TERM=",
	"TERM", "TERM=nonsense", "TERM=../../etc/passwd", "TERM=\033[31m"};

START_TEST(a_terminal_without_a_cursor_is_told_so)
{
	char path[FOLDER_PATH_SIZE], *errors;

	open_with(&(struct terminal_options){
		.command.arguments = WORDS(MODEL),
		.command.environment = WORDS(useless[_i]),
		.command.errors = folder_join(path, folder, "errors"),
	});
	expect_end(1);
	errors = file_read(path, NULL);
	ck_assert_int_eq(strncmp(errors, "lstmtui: ", 9), 0);
	ck_assert_uint_eq(count_lines(errors), 1);
	ck_assert_msg(strstr(errors, "lstmtui train") != NULL, "%s", errors);
	/* nothing that a terminal would obey */
	ck_assert_msg(strchr(errors, '\033') == NULL, "%s", errors);
	free(errors);
	ck_assert(terminal_is_restored(&terminal));
	ck_assert_uint_eq(terminal.received, 0);
	ck_assert_uint_eq(folder_count(folder), 1);
}
END_TEST

/* Sizes. */

/* Rows and columns; libvterm is not told of those below 2. */
static const int sizes[][2] = {{0, 0}, {1, 1}, {500, 1000}, {2, 500},
	{500, 2}};

static void
resize(const int *size)
{
	struct winsize window = {
		.ws_row = (unsigned short)size[0],
		.ws_col = (unsigned short)size[1],
	};

	if (size[0] >= 2 && size[1] >= 2)
		terminal_resize(&terminal, size[0], size[1]);
	else
		ck_assert_int_eq(
			ioctl(terminal.slave, TIOCSWINSZ, &window), 0);
}

/* An ordinary window again, and all is right in it. */
static void
expect_ordinary(void)
{
	resize((const int[]){24, 80});
	press(" ");
	expect("paused");
	expect("Training");
	expect_true_screen();
}

/* _i: the size at the start. */
START_TEST(it_starts_at_any_size)
{
	open_after_a_line("--seed 1 --updates 1000000000 " MODEL);
	resize(sizes[_i]);
	press("\n");
	while (!terminal.is_alternate)
		ck_assert(terminal_pump(&terminal, LIMIT_MS));
	/* it answers a key there */
	press("w");
	expect_model();
	expect_ordinary();
	leave();
}
END_TEST

START_TEST(any_size_may_become_any_other)
{
	OPEN("--seed", "1", "--updates", "1000000000");
	expect("running");
	for (int from = 0; from < COUNT(sizes); from++)
		for (int to = 0; to < COUNT(sizes); to++) {
			resize(sizes[from]);
			terminal_pump(&terminal, 40);
			resize(sizes[to]);
			terminal_pump(&terminal, 40);
		}
	expect_ordinary();
	leave();
}
END_TEST

START_TEST(a_resize_each_millisecond_ends_in_the_last_size)
{
	struct random dice;
	long end = now_ms() + 1000;

	random_seed(&dice, 1, RANDOM_STREAM_DATA);
	OPEN(FAST);
	expect("running");
	while (now_ms() < end) {
		resize((const int[]){2 + (int)(random_next(&dice) % 60),
			2 + (int)(random_next(&dice) % 200)});
		pause_shortly();
		terminal_pump(&terminal, 0);
	}
	expect_ordinary();
	leave();
}
END_TEST

/* Whatever is sent. */

#ifdef __SANITIZE_ADDRESS__ /* where each key takes long */
enum { PASTE = 200000, PASTE_SMALL = 50000 };
#else
enum { PASTE = 1000000, PASTE_SMALL = 200000 };
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
	int waiting = 0;

	(void)argument;
	return ioctl(from->slave, FIONREAD, &waiting) == 0 && waiting == 0;
}

static void
expect_all_read(void)
{
	ck_assert_msg(terminal_wait(&terminal, has_read_all, NULL,
		4 * LIMIT_MS), "it does not read:\n%s",
		terminal_text(&terminal));
}

/* What a line discipline makes signals of, or stops output by. */
static bool
is_signal(char byte)
{
	return byte != '\0' &&
		strchr("\003\032\034\023\021", byte) != NULL;
}

/*
 * A paste: text in which all letters stand, or any bytes. Unmarked it presses
 * keys, so it is one that does not end the program.
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
		else if (is_signal(paste[i]) || (!is_marked &&
				strchr("qrRnwWed", paste[i]) != NULL))
			paste[i] = 'x';
	}
	return paste;
}

/* _i: text or any bytes, by turns; the first and the last marked. */
START_TEST(a_paste_of_a_megabyte_does_no_harm)
{
	bool is_text = _i % 2 == 0, is_marked = _i == 0 || _i == 3;
	size_t length = _i == 0 ? PASTE : PASTE_SMALL;
	char *paste = make_paste(length, is_text, is_marked);
	long before;

	OPEN("--seed", "1", "--updates", "1000000000", MODEL);
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
	/* marked it pressed no key: it runs as before, and nothing is asked */
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

START_TEST(a_paste_is_asked_for_to_be_marked)
{
	OPEN("--seed", "1");
	expect("running");
	ck_assert_ptr_nonnull(strstr(terminal.transcript, "\033[?2004h"));
	ck_assert_ptr_null(strstr(terminal.transcript, "\033[?2004l"));
	kill(terminal.pid, SIGTERM);
	expect_end(128 + SIGTERM);
	ck_assert_ptr_nonnull(strstr(terminal.transcript, "\033[?2004l"));
}
END_TEST

START_TEST(a_paste_fills_a_line_and_does_not_accept_it)
{
	OPEN("--seed", "1");
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

/* Begun, and never ended: by a person who stops, or a connection. */
static const char *const parts[] = {"\033", "\033[", "\033O", "\033[1;",
	"\xe2\x94", "\033[200~"};

START_TEST(a_key_works_after_a_part_of_a_sequence)
{
	/* longer than the program waits for the rest, on a busy machine too */
	enum { PAUSE = 300, PASTE_PAUSE = 1300 };

	OPEN("--seed", "1", "--updates", "1000000000");
	expect("running");
	press(" ");
	expect("paused");
	settle();
	for (int i = 0; i < COUNT(parts); i++) {
		press(parts[i]);
		expect_all_read();
		terminal_pump_for(&terminal,
			strcmp(parts[i], PASTE_BEGIN) == 0 ? PASTE_PAUSE
							   : PAUSE);
		press("?");
		expect("Help");
		press("?");
		ck_assert(terminal_wait_until_gone(&terminal, "Help",
			LIMIT_MS));
	}
	expect("◂ 0.001 ▸");
	leave();
}
END_TEST

START_TEST(a_sequence_without_a_meaning_does_nothing)
{
	OPEN("--seed", "1", "--updates", "1000000000");
	expect("running");
	press(" ");
	expect("paused");
	settle();
	press("\033[I\033[O\033[29~\033[97;5u\033[<0;10;10M\033[1;10S\033Os"
		"\033[?1;2c\033[12;40R\033[]\033[[");
	settle();
	expect("◂ 0.001 ▸");
	expect("paused");
	expect_true_screen();
	leave();
}
END_TEST

START_TEST(an_endless_flow_of_keys_leaves_time_for_all_else)
{
	long deadline = now_ms() + LIMIT_MS;
	char keys[4096];
	off_t until;

	memset(keys, 'l', sizeof keys);
	OPEN(FAST, "--log", LOG, "--log-every", "100", MODEL);
	expect("running");
	until = size_here(LOG) + 4096; /* a buffer of it */
	while (size_here(LOG) < until && now_ms() < deadline) {
		(void)!write(terminal.master, keys, sizeof keys);
		terminal_pump(&terminal, 0);
	}
	ck_assert_msg(size_here(LOG) >= until, "training stands still");
	kill(terminal.pid, SIGTERM);
	deadline = now_ms() + LIMIT_MS;
	while (!has_ended() && now_ms() < deadline) {
		(void)!write(terminal.master, keys, sizeof keys);
		terminal_pump(&terminal, 0);
	}
	ck_assert_msg(has_ended(), "it does not end");
	expect_end(128 + SIGTERM);
	ck_assert_uint_gt(updates_in(MODEL), 0);
}
END_TEST

/* No terminal, or not one of its own. */

START_TEST(a_terminal_that_does_not_control_it_will_do)
{
	if (system("setsid -w true >/dev/null 2>&1") != 0) {
		printf("not tested: there is no setsid -w\n");
		return;
	}
	open_with(&(struct terminal_options){
		.in_a_shell = true,
		.command.program = "setsid",
		.command.arguments = WORDS("-w", getenv("LSTMTUI"), FAST,
			LOGGED),
	});
	expect("running");
	stop_output();
	expect_training();
	press(KEY_CTRL_Q);
	expect_present();
	leave();
}
END_TEST

/* Every way to close some of the standard files. */
static const char *const closings[] = {"<&-", ">&-", "2>&-", "<&- >&-",
	"<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-"};

static void
run_script(const char *format, const char *closing, struct outcome *outcome)
{
	char script[256];

	snprintf(script, sizeof script, format, closing);
	command_run(&(struct command){.program = "sh", .folder = folder,
		.arguments = WORDS("-c", script)}, outcome);
}

static void
expect_same_file(const char *name, const char *other)
{
	char path[FOLDER_PATH_SIZE];
	size_t length, other_length;
	char *bytes = file_read(folder_join(path, folder, name), &length);
	char *others = file_read(folder_join(path, folder, other),
		&other_length);

	ck_assert_uint_eq(length, other_length);
	ck_assert_msg(memcmp(bytes, others, length) == 0, "%s differs", name);
	free(bytes);
	free(others);
}

START_TEST(closed_files_change_nothing_in_a_training)
{
	static const char script[] = "exec \"$LSTMTUI\" train --seed 1 "
		"--updates 60 --checkpoint-every 20 --log l.jsonl "
		"m.safetensors %s";
	char from[FOLDER_PATH_SIZE], to[FOLDER_PATH_SIZE];
	struct outcome outcome;

	bool has_output = strstr(closings[_i], " >&-") == NULL &&
		closings[_i][0] != '>';

	run_script(script, "", &outcome);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
	rename(folder_join(from, folder, MODEL),
		folder_join(to, folder, "other"));
	rename(folder_join(from, folder, LOG),
		folder_join(to, folder, "other.log"));
	run_script(script, closings[_i], &outcome);
	/* what it says at its end has nowhere to go, and it says so */
	ck_assert_msg(outcome.signal == 0 &&
		outcome.status == (has_output ? 0 : 1), "status %d: %s",
		outcome.status, outcome.errors);
	outcome_release(&outcome);
	expect_same_file(MODEL, "other");
	expect_same_file(LOG, "other.log");
	ck_assert_uint_eq(folder_count(folder), 4);
}
END_TEST

/* _i: what is closed, of a terminal. */
START_TEST(closed_files_of_a_terminal_are_no_terminal)
{
	char script[256], path[FOLDER_PATH_SIZE];
	bool has_errors = strstr(closings[_i], "2>") == NULL;

	snprintf(script, sizeof script, "exec \"$LSTMTUI\" --seed 1 "
		"--log " LOG " " MODEL " %s", closings[_i]);
	open_with(&(struct terminal_options){
		.in_a_shell = true,
		.command.program = "sh",
		.command.arguments = WORDS("-c", script),
		.command.errors = has_errors
			? folder_join(path, folder, "errors") : NULL,
	});
	/* without a way to say so, all is well: it can be seen and used */
	if (strcmp(closings[_i], "2>&-") == 0) {
		expect("running");
		press("q");
		expect("discard");
		press("s");
		expect_end(0);
		ck_assert_uint_gt(updates_in(MODEL), 0);
	} else {
		expect_end(1);
		ck_assert_uint_eq(folder_count(folder), has_errors ? 1 : 0);
	}
	if (has_errors) {
		char *errors = file_read(path, NULL);

		ck_assert_int_eq(strncmp(errors, "lstmtui: ", 9), 0);
		ck_assert_uint_eq(count_lines(errors), 1);
		free(errors);
	}
	expect_restored();
}
END_TEST

START_TEST(output_to_a_closed_file_fails)
{
	struct outcome outcome;

	run_script("exec \"$LSTMTUI\" --help %s", ">&-", &outcome);
	expect_failure(&outcome, "standard output");
	outcome_release(&outcome);
}
END_TEST

/* Faults: see check_faults.c. LSTMTUI_FAULTS_ALL=1: every point. */

static const char *const faults[] = {"calloc:%d:ENOMEM",
	"aligned_alloc:%d:ENOMEM", "realloc:%d:ENOMEM", "write:%d:ENOSPC",
	"write:%d:short", "fsync:%d:EIO", "close:%d:EIO", "rename:%d:EROFS",
	"mkostemp:%d:EACCES", "read:%d:EIO", "fopen:%d:EACCES"};

/* What is trained; then which faults. */
static const char *const trained[][8] = {
	{"--seed", "1", "--updates", "20", MODEL},
	{"--seed", "1", "--updates", "20", "--task", "text", "--data",
		"t.txt"},
};

/* A text on the screen, or the end. */
static bool
shows_or_ends(struct terminal *from, void *argument)
{
	return terminal_shows(from, argument) ||
		terminal_wait_for_end(from, 0);
}

/* Returns false where it has ended. */
static bool
await(const char *text)
{
	ck_assert_msg(terminal_wait(&terminal, shows_or_ends,
		(void *)(uintptr_t)text, LIMIT_MS), "no '%s':\n%s", text,
		terminal_text(&terminal));
	return !terminal.is_over;
}

static bool
has_stopped(struct terminal *from, void *argument)
{
	(void)argument;
	return terminal_shows(from, "paused") ||
		shows_or_ends(from, (void *)(uintptr_t)"finished");
}

/* Train to the end. What memory was short for is only put off. */
static bool
finish(void)
{
	ck_assert_msg(terminal_wait(&terminal, has_stopped, NULL, LIMIT_MS),
		"it does not stop:\n%s", terminal_text(&terminal));
	if (!terminal.is_over && terminal_shows(&terminal, "paused"))
		press(" ");
	return await("finished");
}

/* What a person does, as far as it goes: see, resize, save, ask, leave. */
static void
use_it(void)
{
	if (!finish())
		return;
	terminal_resize(&terminal, 40, 90);
	press("?");
	if (!await("Help"))
		return;
	press("?nw");
	press(KEY_ESCAPE);
	if (!await("finished"))
		return;
	press("w");
	press(KEY_CTRL_U "s.safetensors" KEY_ENTER "?");
	if (!await("Help"))
		return;
	press("?q");
	/* not saved: it asks, or asks for a name by now */
	for (int i = 0; i < 100 && !terminal_wait_for_end(&terminal, 50); i++)
		press(KEY_ESCAPE "qd");
}

static void
expect_good_end(const char *fault)
{
	ck_assert_msg(terminal_wait_for_end(&terminal, LIMIT_MS),
		"%s: it does not end:\n%s", fault, terminal_text(&terminal));
	ck_assert_msg(terminal.outcome.signal == 0 &&
		(terminal.outcome.status == 0 ||
			terminal.outcome.status == 1),
		"%s: status %d, signal %d\n%s", fault,
		terminal.outcome.status, terminal.outcome.signal,
		terminal_text(&terminal));
	if (terminal.outcome.status == 1)
		ck_assert_msg(terminal_shows(&terminal, "lstmtui: "),
			"%s: it does not say why:\n%s", fault,
			terminal_text(&terminal));
	ck_assert_msg(terminal_is_restored(&terminal), "%s", fault);
}

/* What is there is whole, and nothing is left beside it. */
static void
expect_whole_files(void)
{
	static const char *const names[] = {MODEL, "s.safetensors"};
	size_t known = 2; /* the text and the mark */

	for (int i = 0; i < COUNT(names); i++)
		if (size_here(names[i]) > 0) {
			updates_in(names[i]);
			known++;
		}
	/* a lock that could not be removed may be one more */
	ck_assert_uint_le(folder_count(folder), known + 1);
}

/* One fault; returns false where it did not come to it. */
static bool
inject(const char *const *arguments, const char *fault)
{
	static char program[FOLDER_PATH_SIZE];
	char path[FOLDER_PATH_SIZE], variable[64];
	char mark[FOLDER_PATH_SIZE + 32];
	bool has_happened;

	ck_assert_ptr_nonnull(getenv("TOP_BUILDDIR"));
	snprintf(program, sizeof program, "%s/src/lstmtui-faults",
		getenv("TOP_BUILDDIR"));
	folder_new(folder);
	file_write_text(folder_join(path, folder, "t.txt"),
		"a small text, and not much more than that\n");
	snprintf(variable, sizeof variable, "LSTMTUI_FAULT=%s", fault);
	snprintf(mark, sizeof mark, "LSTMTUI_FAULT_MARK=%s",
		folder_join(path, folder, "mark"));
	open_with(&(struct terminal_options){
		.command.program = program,
		.command.arguments = arguments,
		.command.environment = WORDS(variable, mark),
	});
	use_it();
	expect_good_end(fault);
	has_happened = file_exists(path);
	expect_whole_files();
	close_terminal();
	folder_remove(folder);
	return has_happened;
}

START_TEST(no_fault_does_harm)
{
	bool all = getenv("LSTMTUI_FAULTS_ALL") != NULL;
	const char *const *arguments = trained[_i / COUNT(faults)];
	const char *kind = faults[_i % COUNT(faults)];
	const char *words[9] = {NULL};
	int injected = 0;

	memcpy(words, arguments, sizeof trained[0]);
	for (int n = 1;; n = all ? n + 1 : 8 * n) {
		char fault[64];

		snprintf(fault, sizeof fault, kind, n);
		if (!inject(words, fault))
			break;
		injected++;
	}
	printf("%s, %s: %d\n", arguments[4], kind, injected);
}
END_TEST

enum { CASE_SECONDS = 120 };

static TCase *
new_case(Suite *suite, const char *name)
{
	TCase *tcase = suite_group(suite, name, CASE_SECONDS);

	tcase_add_unchecked_fixture(tcase, folder_setup, folder_teardown);
	tcase_add_checked_fixture(tcase, make_folder, close_terminal);
	return tcase;
}

static void
add_stops(Suite *suite)
{
	TCase *tcase = new_case(suite, "stops");

	tcase_add_test(tcase,
		training_goes_on_while_the_terminal_does_not_read);
	tcase_add_test(tcase, keys_act_while_the_terminal_does_not_read);
	tcase_add_test(tcase, training_goes_on_after_ctrl_s);
	tcase_add_test(tcase, it_starts_where_output_is_stopped);
	tcase_add_loop_test(tcase,
		a_signal_ends_it_though_the_terminal_takes_nothing, 0, 2);
	tcase_add_loop_test(tcase,
		a_crash_ends_it_though_the_terminal_takes_nothing, 0, 2);
	tcase_add_loop_test(tcase,
		ctrl_z_stops_it_though_the_terminal_takes_nothing, 0, 2);
}

static void
add_kinds(Suite *suite)
{
	TCase *tcase = new_case(suite, "kinds");

	tcase_add_loop_test(tcase, it_works_at_a_terminal_of_any_kind, 0,
		COUNT(kinds));
	tcase_add_loop_test(tcase, a_terminal_without_a_cursor_is_told_so, 0,
		COUNT(useless));
}

static void
add_sizes(Suite *suite)
{
	TCase *tcase = new_case(suite, "sizes");

	tcase_add_loop_test(tcase, it_starts_at_any_size, 0, COUNT(sizes));
	tcase_add_test(tcase, any_size_may_become_any_other);
	tcase_add_test(tcase,
		a_resize_each_millisecond_ends_in_the_last_size);
}

static void
add_input(Suite *suite)
{
	TCase *tcase = new_case(suite, "input");

	tcase_add_loop_test(tcase, a_paste_of_a_megabyte_does_no_harm, 0, 4);
	tcase_add_test(tcase, a_paste_is_asked_for_to_be_marked);
	tcase_add_test(tcase, a_paste_fills_a_line_and_does_not_accept_it);
	tcase_add_test(tcase, a_key_works_after_a_part_of_a_sequence);
	tcase_add_test(tcase, a_sequence_without_a_meaning_does_nothing);
	tcase_add_test(tcase,
		an_endless_flow_of_keys_leaves_time_for_all_else);
}

static void
add_files(Suite *suite)
{
	TCase *tcase = new_case(suite, "files");

	tcase_add_test(tcase, a_terminal_that_does_not_control_it_will_do);
	tcase_add_loop_test(tcase, closed_files_change_nothing_in_a_training,
		0, COUNT(closings));
	tcase_add_loop_test(tcase, closed_files_of_a_terminal_are_no_terminal,
		0, COUNT(closings));
	tcase_add_test(tcase, output_to_a_closed_file_fails);
}

static void
add_faults(Suite *suite)
{
	TCase *tcase = new_case(suite, "faults");

	tcase_set_timeout(tcase, SUITE_SECONDS_SLOW);
	tcase_add_loop_test(tcase, no_fault_does_harm, 0,
		COUNT(trained) * COUNT(faults));
}

static Suite *
terminal_suite(void)
{
	Suite *suite = suite_create("terminal");

	add_stops(suite);
	add_kinds(suite);
	add_sizes(suite);
	add_input(suite);
	add_files(suite);
	add_faults(suite);
	return suite;
}

int
main(void)
{
	return suite_run(terminal_suite());
}
