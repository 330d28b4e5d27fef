/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/interface.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/signals.h"
#include "base/translate.h"
#include "cli/common_options.h"
#include "cli/config_file.h"
#include "cli/start_progress.h"
#include "tui/actions.h"
#include "tui/app.h"
#include "tui/bindings.h"
#include "tui/loop.h"
#include "tui/output.h"
#include "tui/pair.h"
#include "tui/terminal.h"
#include "tui/tour.h"
#include "tui/view.h"

/* Save the run after a signal or the loss of the terminal. */
static enum exit_status
rescue(const struct app *app, bool has_terminal, struct error *error)
{
	struct session *session = app->session;
	int number = signals_caught();

	if (number == 0 && !has_terminal)
		number = SIGHUP;
	if (number == 0 && app->is_interrupted)
		number = SIGINT;
	if (number == 0)
		return EXIT_DONE;
	if (!session_keep(session, app->has_diverged, error) ||
		(app->other != NULL &&
			!session_keep(app->other->session,
				app->other->has_diverged, error)))
		return EXIT_FAILED;
	if (session->notice[0] != '\0')
		error_set(error, "%s", session->notice);
	return command_signalled(number, error);
}

/* What the interface shows first: a second model, the tour, or a note. */
static bool
begin(struct app *app, const struct arguments *arguments, struct error *error)
{
	const struct session *session = app->session;

	bool is_suspected = app_say_data(app, "");

	/* the screen shows a task that was guessed, but not a suspicion */
	if (session->note[0] != '\0' &&
		(!is_suspected || run_init_file(session->run)[0] != '\0'))
		app_say(app, ROLE_NORMAL, "%s", session->note);
	if (arguments->second != NULL &&
		!pair_open(app, arguments->second, error))
		return false;
	if (arguments->tour)
		tour_begin(app);
	return true;
}

/* The second context is for a run beside that of the session. */
static enum exit_status
run_on_screen(struct session *session, const struct arguments *arguments,
	const struct interface *interface, struct context *second,
	struct error *error)
{
	const char *no_color = getenv("NO_COLOR");
	struct screen_options options = {
		.ascii = arguments->ascii,
		.no_color = arguments->color == &color_never ||
			(arguments->color == &color_auto && no_color != NULL &&
				no_color[0] != '\0'),
		.theme = arguments->theme,
	};
	struct app app;
	enum exit_status status = EXIT_FAILED;
	bool has_terminal;

	/*
	 * Before curses starts: curses keeps existing signal handlers, but its
	 * own would drop a Ctrl-Z that arrives while it draws.
	 */
	signals_block();
	if (arguments->no_mouse)
		terminal_refuse_mouse();
	if (!app_create(&app, session, interface->views, interface->actions,
		    interface->bindings, arguments->speed, error) ||
		!screen_open(&options, error)) {
		app_destroy(&app);
		return EXIT_FAILED;
	}
	app.second = second;
	if (begin(&app, arguments, error)) {
		has_terminal = loop_run(&app);
		tour_end(&app);
		/* save first: restoring a slow terminal can take a while */
		status = rescue(&app, has_terminal, error);
	}
	if (status == EXIT_DONE && app.failure.text[0] != '\0') {
		*error = app.failure;
		status = EXIT_FAILED;
	}
	screen_close();
	pair_end(&app);
	app_destroy(&app);
	return status;
}

/* The same, recorded if --record is given. */
static enum exit_status
run_recorded(struct session *session, const struct arguments *arguments,
	const struct interface *interface, struct context *second,
	struct error *error)
{
	const char *path = arguments->session.record;
	enum exit_status status;
	struct asciicast recording;
	struct error failure;

	if (path == NULL)
		return run_on_screen(session, arguments, interface, second,
			error);
	if (!asciicast_create(&recording, path, error))
		return EXIT_FAILED;
	output_record(&recording);
	status = run_on_screen(session, arguments, interface, second, error);
	output_record(NULL);
	if (!asciicast_close(&recording, &failure) && status == EXIT_DONE) {
		*error = failure;
		status = EXIT_FAILED;
	}
	return status;
}

/*
 * Open the session before the screen: initializing a large model shows its
 * progress on standard error.
 */
static bool
open_session(struct session *session, const struct arguments *arguments,
	struct shared_bytes *input, struct error *error)
{
	struct session_options options = arguments->session;
	struct start_progress start;
	bool is_open;

	start_progress_begin(&start, arguments->quiet);
	options.progress = &start.progress;
	options.asks = true;
	options.history_memory = arguments->history_memory << 20;
	options.input = input;
	is_open = session_open(session, &options, error);
	start_progress_end(&start);
	return is_open;
}

/*
 * Read the data from standard input for --data -, and the keys from the
 * terminal from then on.
 */
static bool
read_input(const struct arguments *arguments, struct shared_bytes **input,
	struct error *error)
{
	int terminal;
	bool good;

	if (!settings_are_given(arguments->session.given, &setting_data) ||
		!settings_read_input(&arguments->session.settings))
		return true;
	*input = shared_bytes_read("-", TEXT_BYTES_MAX, error);
	if (*input == NULL)
		return false;
	terminal = open("/dev/tty", O_RDWR | O_CLOEXEC);
	good = terminal >= 0 && dup2(terminal, STDIN_FILENO) >= 0;
	if (!good)
		error_set(error,
			"--data -: no terminal for the keys: /dev/tty: %s",
			strerror(errno));
	if (terminal > STDIN_FILENO)
		close(terminal);
	return good;
}

/* Refuse files without a name, and a tour beside two runs. */
static bool
check_arguments(const struct arguments *arguments, struct error *error)
{
	const char *const names[] = {arguments->session.log,
		arguments->session.record};
	static const char *const labels[] = {"--log", "--record"};

	if (arguments->tour && arguments->second != NULL)
		return error_set_usage(error,
			"--tour: has no effect with two MODELs");
	for (int i = 0; i < 2; i++)
		if (names[i] != NULL && strcmp(names[i], "-") == 0)
			return error_set_usage(error,
				"%s -: standard output is the screen; "
				"give a file name",
				labels[i]);
	return true;
}

static enum exit_status
run_session(const struct interface *interface,
	const struct arguments *arguments, struct error *error)
{
	struct session *session = memory_new(1, sizeof *session);
	struct shared_bytes *input = NULL;
	struct context second = {.threads = NULL};
	enum exit_status status = EXIT_FAILED;

	if (session == NULL) {
		error_out_of_memory(error);
		return EXIT_FAILED;
	}
	signals_catch();
	if (check_arguments(arguments, error) &&
		read_input(arguments, &input, error) && terminal_check(error) &&
		open_session(session, arguments, input, error))
		status = run_recorded(session, arguments, interface, &second,
			error);
	else if (signals_caught() != 0)
		status = command_signalled(signals_caught(), error);
	shared_bytes_release(input);
	status = command_close(session, status, error);
	if (second.threads != NULL)
		context_destroy(&second);
	return status;
}

/* Copy the actions of all views. */
static bool
create_bindings(struct bindings *bindings, const struct interface *interface,
	struct error *error)
{
	const struct action *const *lists[APP_VIEWS_MAX + 2] = {
		interface->actions};
	size_t count = 1;

	for (size_t i = 0; interface->views[i] != NULL; i++)
		if (interface->views[i]->actions != NULL)
			lists[count++] = interface->views[i]->actions;
	return bindings_create(bindings, lists, error);
}

/* Apply the configuration file to the arguments and to the keys. */
static bool
configure(struct arguments *arguments, struct bindings *bindings,
	struct error *error)
{
	char path[CONFIG_FILE_PATH_SIZE];

	if (config_file_path(path) &&
		!config_file_read(path, arguments, bindings_add, bindings,
			error))
		return false;
	bindings_finish(bindings);
	return true;
}

enum exit_status
interface_run_with(const struct interface *interface,
	const struct arguments *arguments, struct error *error)
{
	struct arguments configured = *arguments;
	struct bindings bindings;
	enum exit_status status = EXIT_FAILED;

	if (create_bindings(&bindings, interface, error) &&
		configure(&configured, &bindings, error))
		status = run_session(&(struct interface){interface->views,
					     interface->actions, &bindings},
			&configured, error);
	bindings_destroy(&bindings);
	return status;
}

static enum exit_status
run(const struct arguments *arguments, struct error *error)
{
	static const struct interface interface = {
		.views = view_list,
		.actions = action_list,
	};

	return interface_run_with(&interface, arguments, error);
}

/* A missing MODEL is no unmet need: the interface asks for its name. */
static void
find_unmet(const struct arguments *arguments, struct unmet *unmet)
{
	if (arguments->session.log == NULL)
		unmet_add(unmet, &need_log);
}

static const struct setting option_history_memory = {
	.option = "history-memory",
	.group = SETTING_OF_INTERFACE,
	.argument = "MB",
	.summary = N_("memory for going back to earlier updates (0: none)"),
	.type = SETTING_COUNT,
	.offset = ARGUMENT(history_memory),
	.max = 1e6,
	.initial = "64",
};

static const struct setting option_record = {
	.option = "record",
	.group = SETTING_OF_INTERFACE,
	.argument = "FILE",
	.summary = N_("record the screen as an asciicast, to replay it"),
	.type = SETTING_TEXT,
	.offset = ARGUMENT(session.record),
	.files = "cast",
};

static const struct setting *const options[] = {
	&option_init,
	&option_log,
	&option_log_format,
	&option_log_every,
	&option_checkpoint_every,
	&option_history_memory,
	&option_record,
	&option_tour,
	NULL,
};

const struct command command_interface = {
	.operand = "[MODEL [MODEL]]",
	.second = "MODEL",
	.first_files = MODEL_FILES,
	.second_files = MODEL_FILES,
	.summary = N_("train in the terminal interface"),
	.run = run,
	.takes = common_takes_all,
	.options = options,
	.find_unmet = find_unmet,
};
