/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the manual's recipes: each command of them runs as it stands there,
 * on the files of the examples, and the models are good ones. Also the choice
 * of the task by the data, which the recipes rely on.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <unistd.h>

#include "here.h"
#include "manual.h"
#include "suite.h"

enum { COMMAND_SIZE = 1024, WORDS_MAX = 64, COMMANDS = 11 };

/*
 * Append a line of the manual to a command: without the macro, quotes, and the
 * escape at its end. Return whether the command goes on in the next line.
 */
static bool
append_line(char command[COMMAND_SIZE], const char *line)
{
	size_t used = strlen(command);
	const char *end = strchr(line, '\n');
	bool goes_on;

	line += strlen(".Dl ");
	ck_assert_uint_lt(used + (size_t)(end - line) + 2, COMMAND_SIZE);
	for (; line < end; line++)
		if (*line != '"')
			command[used++] = *line;
	goes_on = used > 2 && memcmp(command + used - 2, "\\e", 2) == 0;
	if (goes_on)
		used -= 2;
	command[used++] = ' ';
	command[used] = '\0';
	return goes_on;
}

/* Run a command, which the shell would divide at its spaces. */
static void
run_command(char *command)
{
	const char *words[WORDS_MAX + 1];
	int count = 0;

	for (char *word = strtok(command, " "); word != NULL;
		word = strtok(NULL, " ")) {
		ck_assert_int_lt(count, WORDS_MAX);
		words[count++] = word;
	}
	words[count] = NULL;
	ck_assert_int_gt(count, 2);
	ck_assert_str_eq(words[0], "$");
	ck_assert_str_eq(words[1], "lstmtui");
	must_run(words + 2);
}

/* Run the commands of a part of the manual; return their number. */
static int
run_commands(const char *line, const char *end)
{
	char command[COMMAND_SIZE] = "";
	int count = 0;

	for (; line != NULL && line < end; line = next_line(line)) {
		if (!begins(line, ".Dl ") || append_line(command, line))
			continue;
		run_command(command);
		command[0] = '\0';
		count++;
	}
	ck_assert_str_eq(command, "");
	return count;
}

/* Make the examples appear in the test's folder. */
static void
link_examples(void)
{
	char from[FOLDER_PATH_SIZE], to[PATH_MAX];

	ck_assert_ptr_nonnull(getenv("TOP_SRCDIR"));
	snprintf(from, sizeof from, "%s/examples", getenv("TOP_SRCDIR"));
	ck_assert_ptr_nonnull(realpath(from, to));
	ck_assert_int_eq(symlink(to, path_here(from, "examples")), 0);
}

/*
 * Assert that the mean absolute error of a model is less than a part of that of
 * both predictors without a network.
 */
static void
expect_better(const char *model, double part)
{
	json_t *object = OBJECT_OF("evaluate", "--json", model);
	double error = get_number(object, "mae");

	ck_assert_double_lt(error, part * get_number(object, "naive_last"));
	ck_assert_double_lt(error, part * get_number(object, "naive_mean"));
	json_decref(object);
}

/* The forecast has a line of rising quantiles for each month, near the data. */
static void
expect_forecast(void)
{
	char *text = OUTPUT_OF("generate", "--start", "end", "--length", "12",
		"--quantiles", "0.1,0.5,0.9", "--seed", "1", "visitors.st");
	const char *line = next_line(text);

	for (int month = 1; month <= 12; month++) {
		double low, middle, high;
		int step;

		ck_assert_ptr_nonnull(line);
		ck_assert_int_eq(sscanf(line, "%d,%lf,%lf,%lf", &step, &low,
					 &middle, &high),
			4);
		ck_assert_int_eq(step, month);
		ck_assert_double_lt(low, middle);
		ck_assert_double_lt(middle, high);
		/* the last year has 371 to 477 visitors a month */
		ck_assert_double_gt(middle, 250);
		ck_assert_double_lt(middle, 600);
		line = next_line(line);
	}
	free(text);
}

START_TEST(each_command_runs_and_each_model_is_good)
{
	const char *end;
	const char *start = section(".Sh ", "RECIPES", &end);
	json_t *object;

	link_examples();
	ck_assert_int_eq(run_commands(start, end), COMMANDS);
	expect_better("visitors.st", 0.9);
	expect_better("track.st", 0.6);
	expect_better("handwriting.st", 0.5);
	expect_better("melody.st", 0.9);
	/* 5 bits are what the frequencies of the letters alone would reach */
	object = OBJECT_OF("evaluate", "--json", "names.st-best");
	ck_assert_double_lt(get_number(object, "bits_per_character"), 4);
	json_decref(object);
	expect_forecast();
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Sweeps with other programs */

enum { SCRIPT_SIZE = 8192 };

/* Append a line of the manual to a script, without prompt and escapes. */
static void
append_script(char script[SCRIPT_SIZE], const char *line)
{
	size_t used = strlen(script);

	if (begins(line, "$ "))
		line += 2;
	for (; *line != '\n'; line++) {
		ck_assert_uint_lt(used + 2, SCRIPT_SIZE);
		if (begins(line, "\\e")) {
			script[used++] = '\\';
			line++;
		} else if (begins(line, "\\(aq")) {
			script[used++] = '\'';
			line += 3;
		} else {
			script[used++] = *line;
		}
	}
	script[used++] = '\n';
	script[used] = '\0';
}

/*
 * Store the block of commands of the manual that begins with these words, as a
 * script for a shell. The content of a file follows `cat FILE` until the next
 * command.
 */
static void
read_block(const char *words, char script[SCRIPT_SIZE])
{
	const char *end,
		*line = section(".Ss ", "Sweeps with other programs", &end);
	char start[COMMAND_SIZE];
	bool is_file = false;

	snprintf(start, sizeof start, "$ %s", words);
	while (line < end && !begins(line, start))
		line = next_line(line);
	ck_assert_msg(line < end, "no recipe begins with %s", words);
	script[0] = '\0';
	for (; !begins(line, ".Ed"); line = next_line(line)) {
		ck_assert(line < end);
		if (begins(line, "$ cat ")) {
			strcat(script, "cat >Makefile <<'EOF'\n");
			is_file = true;
			continue;
		}
		if (is_file && begins(line, "$ ")) {
			strcat(script, "EOF\n");
			is_file = false;
		}
		append_script(script, line);
	}
}

/* Return a port of this machine that no server uses. */
static int
free_port(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof address;
	int descriptor = socket(AF_INET, SOCK_STREAM, 0);

	ck_assert_int_ge(descriptor, 0);
	ck_assert_int_eq(bind(descriptor, (struct sockaddr *)&address, size),
		0);
	ck_assert_int_eq(getsockname(descriptor, (struct sockaddr *)&address,
				 &size),
		0);
	close(descriptor);
	return ntohs(address.sin_port);
}

/*
 * A server on this machine with a key of its own, which a client knows under
 * the names one and two. PORT is replaced.
 */
static const char server[] =
	"set -e\n"
	"mkdir ssh && cd ssh\n"
	"ssh-keygen -q -t ed25519 -N '' -f host\n"
	"ssh-keygen -q -t ed25519 -N '' -f key\n"
	"cat >server <<EOF\n"
	"Port PORT\n"
	"ListenAddress 127.0.0.1\n"
	"HostKey $PWD/host\n"
	"AuthorizedKeysFile $PWD/key.pub\n"
	"PidFile $PWD/pid\n"
	"StrictModes no\n"
	"PermitRootLogin prohibit-password\n"
	"PasswordAuthentication no\n"
	"UsePAM no\n"
	"MaxStartups 100\n"
	"SetEnv PATH=$PATH\n"
	"EOF\n"
	"cat >client <<EOF\n"
	"Host one two\n"
	"  HostName 127.0.0.1\n"
	"  Port PORT\n"
	"  IdentityFile $PWD/key\n"
	"  IdentitiesOnly yes\n"
	"  UserKnownHostsFile /dev/null\n"
	"  StrictHostKeyChecking no\n"
	"  LogLevel ERROR\n"
	"EOF\n"
	"PARALLEL_SSH=\"ssh -F $PWD/client\"\n"
	"export PARALLEL_SSH\n"
	"test \"$(id -u)\" != 0 || mkdir -p /run/sshd\n"
	"\"$(command -v sshd || echo /usr/sbin/sshd)\" -f \"$PWD/server\"\n"
	"trap 'kill \"$(cat ssh/pid)\"' EXIT\n"
	"cd ..\n"
	"set +e\n"
	"until ssh -F ssh/client one true; do :; done\n";

#define HAS_PARALLEL "parallel --version 2>/dev/null | grep -q 'GNU parallel'"
#define HAS_SSH                                              \
	"{ command -v sshd || test -x /usr/sbin/sshd; } && " \
	"command -v ssh-keygen && command -v ssh"

static const struct {
	const char *words;  /* the begin of the recipe */
	const char *has;    /* whether the machine has the tools */
	const char *before; /* to do before it, or NULL */
	const char *after;  /* to do after it, or NULL */
} sweeps[] = {
	{"parallel <", HAS_PARALLEL, NULL, NULL},
	{"parallel --sshlogin one,two --workdir . ",
		HAS_PARALLEL " && " HAS_SSH, server, NULL},
	{"parallel --sshlogin one,two --workdir ... ",
		HAS_PARALLEL " && " HAS_SSH " && command -v rsync", server,
		NULL},
	{"cat Makefile", "make --version", NULL, NULL},
	{"lstmtui sweep --plan --chunk",
		"command -v sbatch && timeout 5 sinfo -h | grep -q .", NULL,
		"while squeue -h -n wrap | grep -q .; do sleep 0.1; done\n"},
};

/* Run a script, which finds the program by its name. */
static void
run_script(const char *text, struct outcome *outcome)
{
	char path[SCRIPT_SIZE], home[FOLDER_PATH_SIZE + 16];

	snprintf(path, sizeof path, "PATH=%s/bin:%s", folder, getenv("PATH"));
	/* parallel takes a folder in the home for one of the other's home */
	snprintf(home, sizeof home, "HOME=%s/bin", folder);
	write_here("script", text);
	command_run(&(struct command){.program = "sh",
			    .folder = folder,
			    .arguments = WORDS("script"),
			    .environment = WORDS(path, home, "MAKEFLAGS",
				    "MFLAGS", "MAKELEVEL")},
		outcome);
}

/* Put the program into a folder of the search path. */
static void
link_program(void)
{
	char path[FOLDER_PATH_SIZE], program[PATH_MAX];

	ck_assert_ptr_nonnull(getenv("LSTMTUI"));
	ck_assert_ptr_nonnull(realpath(getenv("LSTMTUI"), program));
	ck_assert_int_eq(mkdir(path_here(path, "bin"), 0700), 0);
	ck_assert_int_eq(symlink(program, path_here(path, "bin/lstmtui")), 0);
}

/* Append a script for the server, with its port. */
static void
append_server(char script[SCRIPT_SIZE])
{
	char port[8];
	size_t used = strlen(script);

	snprintf(port, sizeof port, "%d", free_port());
	for (const char *at = server; *at != '\0';) {
		bool is_port = begins(at, "PORT\n");

		ck_assert_uint_lt(used + sizeof port, SCRIPT_SIZE);
		if (is_port)
			used += (size_t)snprintf(script + used,
				SCRIPT_SIZE - used, "%s", port);
		else
			script[used++] = *at;
		at += is_port ? strlen("PORT") : 1;
	}
	script[used] = '\0';
}

/* Each recipe trains the models of the sweep that `lstmtui sweep` trains. */
START_TEST(each_program_trains_the_models_of_a_sweep)
{
	char script[SCRIPT_SIZE], block[SCRIPT_SIZE];
	struct outcome outcome;
	char *swept;

	link_program();
	run_script(sweeps[_i].has, &outcome);
	if (outcome.status != 0) {
		printf("not tested: %s...\n", sweeps[_i].words);
		outcome_release(&outcome);
		return;
	}
	outcome_release(&outcome);
	read_block("lstmtui sweep --plan --vary", script);
	if (sweeps[_i].before != NULL)
		append_server(script);
	read_block(sweeps[_i].words, block);
	ck_assert_uint_lt(strlen(script) + strlen(block) + 100, SCRIPT_SIZE);
	strcat(script, block);
	if (sweeps[_i].after != NULL)
		strcat(script, sweeps[_i].after);
	run_script(script, &outcome);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
	read_block("lstmtui sweep --collect", script);
	run_script(script, &outcome);
	expect_status(&outcome, 0);
	swept = OUTPUT_OF("sweep", "--quiet", "--vary", "cell=rnn,gru,lstm",
		"--units", "5", "--updates", "5000", "--output", "swept");
	/* all models, so no line about others; then the names of the files */
	ck_assert_msg(begins(outcome.output, swept), "%s is not %s",
		outcome.output, swept);
	outcome_release(&outcome);
	free(swept);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* The task */

static const struct {
	const char *text, *task;
} kinds[] = {
	{"1,2\n3,4\n5,6\n", "points"},
	{"day,price\n2024-01-02,3\n2024-01-03,4\n", "points"},
	{"day;price\n2.1.24;3,5\n3.1.24;4,5\n", "points"},
	{"Once there was a mouse,\nwho was 3 years old,\nand small.\n", "text"},
	/* a line of a number amid lines of text is the number of a page */
	{"Once there was a mouse\nand a cat\n12\nand a dog\nand all\n", "text"},
	{"Ada\nBarbara\nClara\nDora\n", "text"},
};

START_TEST(the_data_decide_the_task)
{
	struct outcome outcome;
	char note[128], path[FOLDER_PATH_SIZE];
	json_t *object;

	write_here("data", kinds[_i].text);
	path_here(path, "data");
	command_run(&(struct command){.folder = folder,
			    .arguments = WORDS("train", "--data",
				    _i % 2 == 0 ? "data" : "-", "--units", "2",
				    "--updates", "1", "--seed", "1", "m.st"),
			    .input = _i % 2 == 0 ? NULL : path},
		&outcome);
	expect_status(&outcome, 0);
	snprintf(note, sizeof note, "task %s, because ", kinds[_i].task);
	ck_assert_ptr_nonnull(strstr(outcome.errors, note));
	outcome_release(&outcome);
	object = info("m.st");
	ck_assert_str_eq(get_string(object, "task"), kinds[_i].task);
	json_decref(object);
}
END_TEST

START_TEST(a_given_task_stands)
{
	struct outcome outcome;

	write_here("data", "1,2\n3,4\n5,6\n");
	free(OUTPUT_OF("train", "--task", "text", "--data", "data", "--units",
		"2", "--updates", "1", "--quiet", "m.st"));
	RUN(&outcome, "train", "--task", "star", "--data", "data");
	expect_status(&outcome, 1);
	ck_assert_ptr_nonnull(strstr(outcome.errors, "3 points, not the"));
	outcome_release(&outcome);
	/* without data the default is as before */
	MUST("train", "--quiet", "--updates", "1", "r.st");
	json_t *object = info("r.st");
	ck_assert_str_eq(get_string(object, "task"), "rectangle");
	json_decref(object);
}
END_TEST

static Suite *
recipes_suite(void)
{
	Suite *suite = suite_create("recipes");
	TCase *group = add_case(suite, "recipes");

	tcase_add_checked_fixture(group, read_manual, release_manual);
	tcase_add_test(group, each_command_runs_and_each_model_is_good);
	group = add_case(suite, "sweeps");
	tcase_add_checked_fixture(group, read_manual, release_manual);
	suite_add_loop(group, each_program_trains_the_models_of_a_sweep, 0,
		COUNT(sweeps));
	group = add_case(suite, "task");
	suite_add_loop(group, the_data_decide_the_task, 0, COUNT(kinds));
	tcase_add_test(group, a_given_task_stands);
	return suite;
}

int
main(void)
{
	return suite_run(recipes_suite());
}
