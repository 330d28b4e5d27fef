/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/signals.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/select.h>

#include "base/translate.h"

static volatile sig_atomic_t caught, stop, resize, report, interrupt;

/* Signals blocked before signals_block, and during signals_wait_input. */
static sigset_t waiting_mask;

/*
 * Signals that end the program, sent by users, shells, batch systems, timers
 * and resource limits. Signals raised by faults, such as SIGSEGV, keep their
 * default action.
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

/* Signals that ask for a progress report. */
static const int reporting[] = {
	SIGUSR1,
#ifdef SIGINFO
	SIGINFO,
#endif
};

/* Signals of the terminal, caught by signals_block only. */
static const int terminal_signals[] = {SIGTSTP, SIGWINCH};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* Keep the first signal: SIGXCPU and SIGXFSZ are sent repeatedly. */
static void
note_end(int number)
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

/* Install a handler unless the signal is ignored (nohup) or has a handler. */
static void
catch_default(int number, void (*handler)(int number))
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
 * Lower the soft limit of processor time if it equals the hard limit, as
 * `ulimit -t` sets it: the system would otherwise kill the process without
 * SIGXCPU. Reserve a tenth of the time for saving, from 1 to 10 seconds.
 */
static void
lower_time_limit(void)
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
		catch_default(ending[i], note_end);
	for (size_t i = 0; i < COUNT(reporting); i++)
		catch_default(reporting[i], note_report);
	signal(SIGPIPE, SIG_IGN);
	lower_time_limit();
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
		return _("the processor time limit was reached (ulimit -t)");
	case SIGXFSZ:
		return _("a file reached the size limit (ulimit -f)");
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

/* A positive si_code means that the kernel sent SIGINT for the terminal. */
static void
note_interrupt(int number, siginfo_t *info, void *context)
{
	(void)context;
	/* other systems have positive codes for signals of processes too */
	if (info->si_code > 0 && info->si_code != SI_USER &&
		info->si_code != SI_QUEUE)
		interrupt = 1;
	else
		note_end(number);
}

/* Replace the handler of SIGINT by one that sees the sender. */
static void
catch_interrupt(void)
{
	struct sigaction action, before;

	memset(&action, 0, sizeof action);
	sigemptyset(&action.sa_mask);
	action.sa_sigaction = note_interrupt;
	action.sa_flags = SA_SIGINFO;
	if (sigaction(SIGINT, NULL, &before) == 0 &&
		before.sa_handler == note_end)
		sigaction(SIGINT, &action, NULL);
}

void
signals_block(void)
{
	struct sigaction action;
	sigset_t set;

	catch_default(SIGTSTP, note_stop);
	catch_interrupt();
	memset(&action, 0, sizeof action);
	sigemptyset(&action.sa_mask);
	action.sa_handler = note_resize;
	sigaction(SIGWINCH, &action, NULL);
	sigemptyset(&set);
	for (size_t i = 0; i < COUNT(ending); i++)
		sigaddset(&set, ending[i]);
	for (size_t i = 0; i < COUNT(reporting); i++)
		sigaddset(&set, reporting[i]);
	for (size_t i = 0; i < COUNT(terminal_signals); i++)
		sigaddset(&set, terminal_signals[i]);
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
signals_unblock_briefly(void)
{
	sigset_t mask;

	sigprocmask(SIG_SETMASK, &waiting_mask, &mask);
	sigprocmask(SIG_SETMASK, &mask, NULL);
}

/* Clear a flag and return its old value. */
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
	sigprocmask(SIG_UNBLOCK, &set, &mask); /* the process stops here */
	sigprocmask(SIG_SETMASK, &mask, NULL);
	sigaction(SIGTSTP, &before, NULL);
}
