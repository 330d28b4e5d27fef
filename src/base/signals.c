#include "base/signals.h"

#include <signal.h>
#include <string.h>

static volatile sig_atomic_t caught;

static void
note(int number)
{
	caught = number;
}

void
signals_catch(void)
{
	static const int ending[] = {SIGINT, SIGTERM, SIGHUP};
	struct sigaction action;

	memset(&action, 0, sizeof action);
	sigemptyset(&action.sa_mask);
	action.sa_handler = note;
	for (size_t i = 0; i < sizeof ending / sizeof ending[0]; i++) {
		struct sigaction before;

		/* nohup and shells' background jobs ignore some on purpose */
		sigaction(ending[i], NULL, &before);
		if (before.sa_handler != SIG_IGN)
			sigaction(ending[i], &action, NULL);
	}
	action.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &action, NULL);
}

int
signals_caught(void)
{
	return caught;
}
