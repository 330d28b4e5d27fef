/*
 * lstmtui: train a small generative LSTM live in a terminal.
 */
#include <locale.h>
#include <stdio.h>

#include "cli/options.h"
#include "core/kernel.h"

static void
print_version(void)
{
	const char *separator = "";

	printf("%s\nKernel: %s (of", PACKAGE_STRING, kernel_current()->name);
	for (size_t i = 0; kernel_variant(i) != NULL; i++) {
		printf("%s %s", separator, kernel_variant(i)->name);
		separator = ",";
	}
	printf(")\n");
}

int
main(int argc, char **argv)
{
	const struct command *command = command_find(argc, argv);
	struct arguments arguments;
	struct error error;
	enum exit_status status = EXIT_USAGE;

	/* not LC_NUMERIC: numbers have a '.' everywhere */
	setlocale(LC_CTYPE, "");
	error_set(&error, "%s", "");
	if (options_parse(command, argc, argv, &arguments, &error)) {
		if (arguments.help) {
			options_help(command, stdout);
			status = EXIT_DONE;
		} else if (arguments.version) {
			print_version();
			status = EXIT_DONE;
		} else {
			status = command->run(&arguments, &error);
		}
	}
	if (error.is_usage)
		status = EXIT_USAGE;
	if (fflush(stdout) != 0 && status == EXIT_DONE) {
		error_set(&error, "standard output: it could not be written");
		status = EXIT_FAILED;
	}
	if (error.text[0] != '\0')
		fprintf(stderr, "lstmtui: %s\n", error.text);
	return (int)status;
}
