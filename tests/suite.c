#include "suite.h"

#include <stdlib.h>

TCase *
suite_group(Suite *suite, const char *name, double seconds)
{
	TCase *group = tcase_create(name);

	tcase_set_timeout(group, seconds);
	suite_add_tcase(suite, group);
	return group;
}

int
suite_run(Suite *suite)
{
	SRunner *runner = srunner_create(suite);
	int failed;

	/* a message may hold a whole screen */
	setenv("CK_MAX_MSG_SIZE", "1000000", 0);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
