/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lstmtui: train a small generative LSTM live in a terminal.
 */
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/translate.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "core/context.h"

/*
 * Create a context with the fastest kernel, or the kernel named in the
 * environment, and one thread per processor.
 */
static bool
create_context(struct context *context, struct error *error)
{
	const char *name = getenv("LSTMTUI_KERNEL");

	return context_create(context, name != NULL ? kernel_find(name) : NULL,
		0, error);
}

static void
print_version(const struct context *context)
{
	const char *separator = "";

	printf("%s\nKernel: %s (of", PACKAGE_STRING, context->kernel->name);
	for (size_t i = 0; kernel_variant(i) != NULL; i++) {
		printf("%s %s", separator, kernel_variant(i)->name);
		separator = ",";
	}
	printf(")\n");
}

/*
 * If a standard file is closed, the next file opened would take its place, and
 * messages would go into a model. Occupy it with a descriptor on which reading
 * or writing fails, as on a closed one.
 */
static void
occupy_standard_files(void)
{
	for (int standard = STDIN_FILENO; standard <= STDERR_FILENO; standard++)
		if (fcntl(standard, F_GETFD) < 0)
			(void)!open("/dev/null",
				standard == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

int
main(int argc, char **argv)
{
	const struct command *command = command_find(argc, argv);
	struct arguments arguments;
	struct context context;
	struct error error;
	enum exit_status status = EXIT_USAGE;

	occupy_standard_files();
	/* not LC_NUMERIC: numbers have a '.' everywhere */
	setlocale(LC_CTYPE, "");
	translate_begin();
	error_set(&error, "%s", "");
	if (!create_context(&context, &error)) {
		status = EXIT_FAILED;
	} else if (options_parse(command, argc, argv, &arguments, &error)) {
		/* other languages have characters beyond ASCII */
		if (arguments.ascii)
			translate_end();
		if (arguments.help) {
			options_help(&arguments, stdout);
			status = EXIT_DONE;
		} else if (arguments.version) {
			print_version(&context);
			status = EXIT_DONE;
		} else {
			arguments.session.context = &context;
			status = command->run(&arguments, &error);
		}
	}
	if (error.is_usage)
		status = EXIT_USAGE;
	if (status == EXIT_DONE && !command_flush(&error))
		status = EXIT_FAILED;
	context_destroy(&context);
	if (error.text[0] != '\0')
		fprintf(stderr, "lstmtui: %s\n%s", error.text,
			error.hint != NULL ? _(error.hint) : "");
	return (int)status;
}
