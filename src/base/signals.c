#include "base/signals.h"

#include <signal.h>
#include <string.h>
#include <sys/select.h>

static volatile sig_atomic_t caught, stop, resize;

/* What is let through while input is waited for. */
static sigset_t waiting_mask;

static void
note(int number)
{
	caught = number;
}

/* The signals that end the program. */
static const int ending[] = {SIGINT, SIGTERM, SIGHUP};

void
signals_catch(void)
{
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

bool
signals_is_ending(void)
{
	sigset_t pending;

	sigemptyset(&pending);
	sigpending(&pending);
	for (size_t i = 0; i < sizeof ending / sizeof ending[0]; i++)
		if (sigismember(&pending, ending[i]) == 1)
			return true;
	return caught != 0;
}

static void
note_stop(int number)
{
	(void)number;
	stop = 1;
}

static void
note_resize(int number)
{
	(void)number;
	resize = 1;
}

void
signals_hold(void)
{
	static const int held[] = {SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGWINCH};
	struct sigaction action, before;
	sigset_t set;

	memset(&action, 0, sizeof action);
	sigemptyset(&action.sa_mask);
	action.sa_handler = note_stop;
	sigaction(SIGTSTP, NULL, &before);
	if (before.sa_handler != SIG_IGN)
		sigaction(SIGTSTP, &action, NULL);
	action.sa_handler = note_resize;
	sigaction(SIGWINCH, &action, NULL);
	sigemptyset(&set);
	for (size_t i = 0; i < sizeof held / sizeof held[0]; i++)
		sigaddset(&set, held[i]);
	sigprocmask(SIG_BLOCK, &set, &waiting_mask);
}

bool
signals_wait_input(int input, int output, int milliseconds)
{
	struct timespec limit = {milliseconds / 1000,
		milliseconds % 1000 * 1000000L};
	fd_set inputs, outputs;

	FD_ZERO(&inputs);
	FD_SET(input, &inputs);
	FD_ZERO(&outputs);
	if (output >= 0)
		FD_SET(output, &outputs);
	return pselect((input > output ? input : output) + 1, &inputs,
		&outputs, NULL, milliseconds < 0 ? NULL : &limit,
		&waiting_mask) > 0 && FD_ISSET(input, &inputs);
}

void
signals_let_in(void)
{
	sigset_t mask;

	sigprocmask(SIG_SETMASK, &waiting_mask, &mask);
	sigprocmask(SIG_SETMASK, &mask, NULL);
}

/* Take a flag back. */
static bool
take(volatile sig_atomic_t *flag)
{
	bool is_set = *flag != 0;

	*flag = 0;
	return is_set;
}

bool
signals_take_stop(void)
{
	return take(&stop);
}

bool
signals_take_resize(void)
{
	return take(&resize);
}

void
signals_stop(void)
{
	struct sigaction action, before;
	sigset_t set, mask;

	memset(&action, 0, sizeof action);
	sigemptyset(&action.sa_mask);
	action.sa_handler = SIG_DFL;
	sigaction(SIGTSTP, &action, &before);
	raise(SIGTSTP);
	sigemptyset(&set);
	sigaddset(&set, SIGTSTP);
	sigprocmask(SIG_UNBLOCK, &set, &mask); /* it strikes here */
	sigprocmask(SIG_SETMASK, &mask, NULL);
	sigaction(SIGTSTP, &before, NULL);
}
