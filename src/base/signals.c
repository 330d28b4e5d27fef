/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/signals.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/select.h>

static volatile sig_atomic_t caught, stop, resize, report, interrupt;

/* What is let through while input is waited for. */
static sigset_t waiting_mask;

/*
 * The signals that end the program: people's, shells', batch systems', timers'
 * and limits'. Those that a fault of the program raises are not among them.
 */
/* clang-format off */
static const int ending[] = {
	SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR2, SIGALRM, SIGXCPU, SIGXFSZ,
	SIGVTALRM, SIGPROF,
#ifdef SIGPWR
	SIGPWR,
#endif
#ifdef SIGPOLL
	SIGPOLL,
#endif
#ifdef SIGSTKFLT
	SIGSTKFLT,
#endif
};
/* clang-format on */

/* Those that ask how far it is. */
static const int asking[] = {
	SIGUSR1,
#ifdef SIGINFO
	SIGINFO,
#endif
};

/* And what is caught only where signals are held back. */
static const int of_terminals[] = {SIGTSTP, SIGWINCH};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* The first one counts: a limit's comes again and again. */
static void
note(int number)
{
	if (caught == 0)
		caught = number;
}

static void
note_report(int number)
{
	(void)number;
	report = 1;
}

/* Catch one that nobody has ignored, as nohup does, or handles. */
static void
handle(int number, void (*handler)(int number))
{
	struct sigaction action, before;

	memset(&action, 0, sizeof action);
	sigemptyset(&action.sa_mask);
	action.sa_handler = handler;
	if (sigaction(number, NULL, &before) == 0 &&
		!(before.sa_flags & SA_SIGINFO) && before.sa_handler == SIG_DFL)
		sigaction(number, &action, NULL);
}

/*
 * `ulimit -t` sets both limits to the same: the system then kills at once,
 * where the lower one alone would have warned by SIGXCPU. A tenth of the time,
 * at most ten seconds, is for saving.
 */
static void
be_warned_of_limit(void)
{
	struct rlimit limit;
	rlim_t rest;

	if (getrlimit(RLIMIT_CPU, &limit) != 0 ||
		limit.rlim_max == RLIM_INFINITY ||
		limit.rlim_cur < limit.rlim_max)
		return;
	rest = limit.rlim_max / 10;
	rest = rest < 1 ? 1 : rest > 10 ? 10 : rest;
	if (limit.rlim_max <= rest)
		return;
	limit.rlim_cur = limit.rlim_max - rest;
	setrlimit(RLIMIT_CPU, &limit);
}

void
signals_catch(void)
{
	for (size_t i = 0; i < COUNT(ending); i++)
		handle(ending[i], note);
	for (size_t i = 0; i < COUNT(asking); i++)
		handle(asking[i], note_report);
	signal(SIGPIPE, SIG_IGN);
	be_warned_of_limit();
}

int
signals_caught(void)
{
	return caught;
}

const char *
signals_reason(int number)
{
	switch (number) {
	case SIGXCPU:
		return "the limit of processor time is reached (ulimit -t)";
	case SIGXFSZ:
		return "a file reached the limit of its size (ulimit -f)";
	default:
		return NULL;
	}
}

bool
signals_is_ending(void)
{
	sigset_t pending;

	sigemptyset(&pending);
	sigpending(&pending);
	for (size_t i = 0; i < COUNT(ending); i++)
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

/* A code above 0 says that the system itself sent it: the terminal did. */
static void
note_interrupt(int number, siginfo_t *info, void *context)
{
	(void)context;
	if (info->si_code > 0)
		interrupt = 1;
	else
		note(number);
}

/* SIGINT, where it is caught, tells who sent it. */
static void
tell_interrupts(void)
{
	struct sigaction action, before;

	memset(&action, 0, sizeof action);
	sigemptyset(&action.sa_mask);
	action.sa_sigaction = note_interrupt;
	action.sa_flags = SA_SIGINFO;
	if (sigaction(SIGINT, NULL, &before) == 0 && before.sa_handler == note)
		sigaction(SIGINT, &action, NULL);
}

void
signals_hold(void)
{
	struct sigaction action;
	sigset_t set;

	handle(SIGTSTP, note_stop);
	tell_interrupts();
	memset(&action, 0, sizeof action);
	sigemptyset(&action.sa_mask);
	action.sa_handler = note_resize;
	sigaction(SIGWINCH, &action, NULL);
	sigemptyset(&set);
	for (size_t i = 0; i < COUNT(ending); i++)
		sigaddset(&set, ending[i]);
	for (size_t i = 0; i < COUNT(asking); i++)
		sigaddset(&set, asking[i]);
	for (size_t i = 0; i < COUNT(of_terminals); i++)
		sigaddset(&set, of_terminals[i]);
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
	return pselect((input > output ? input : output) + 1, &inputs, &outputs,
		       NULL, milliseconds < 0 ? NULL : &limit,
		       &waiting_mask) > 0 &&
		FD_ISSET(input, &inputs);
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
signals_take_report(void)
{
	return take(&report);
}

bool
signals_take_interrupt(void)
{
	return take(&interrupt);
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
