/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>

TCase *
suite_group(Suite *suite, const char *name, double seconds)
{
	TCase *group = tcase_create(name);

	tcase_set_timeout(group, seconds);
	suite_add_tcase(suite, group);
	return group;
}

struct suite_loop
suite_loop(int from, int to)
{
	const char *sample = getenv("LSTMTUI_SAMPLE");
	int part = 1, parts = 1, all = to - from;

	if (sample != NULL &&
		(sscanf(sample, "%d/%d", &part, &parts) != 2 || part < 1 ||
			part > parts)) {
		fprintf(stderr, "LSTMTUI_SAMPLE=%s is not like 1/4\n", sample);
		exit(EXIT_FAILURE);
	}
	if (parts == 1 || all < 2 * parts)
		return (struct suite_loop){from, to, all, all};
	return (struct suite_loop){from + part - 1, to, parts, 1};
}

static struct context context;

/* Kernel of the context, which the first call of suite_context creates. */
static const struct kernel *kernel;

const struct context *
suite_context(void)
{
	struct error error;

	if (context.kernel == NULL)
		ck_assert(context_create(&context, kernel, 0, &error));
	return &context;
}

/*
 * A message may contain a screen, which Check cuts at BUFSIZ bytes; its default
 * is less. It moves a block of this size for each assertion of a test: a larger
 * one costs seconds in a program of many assertions.
 */
static void
set_message_size(void)
{
	char size[32];

	snprintf(size, sizeof size, "%d", 2 * BUFSIZ);
	setenv("CK_MAX_MSG_SIZE", size, 0);
}

int
suite_run(Suite *suite)
{
	SRunner *runner = srunner_create(suite);
	int failed;

	set_message_size();
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	context_destroy(&context);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
suite_run_kernels(Suite *(*make)(void))
{
	int result = EXIT_SUCCESS;

	for (size_t i = 0; (kernel = kernel_variant(i)) != NULL; i++) {
		printf("Kernel: %s\n", kernel->name);
		if (suite_run(make()) != EXIT_SUCCESS)
			result = EXIT_FAILURE;
	}
	return result;
}
