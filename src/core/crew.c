/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/crew.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <unistd.h>

enum {
	SPINS = 2000,   /* looks for work before a thread goes to sleep */
	CHUNKS_EACH = 4 /* of the parts, so that nobody waits for long */
};

/* In place of the next part: there is none, and nothing may be read. */
#define CLOSED UINT32_MAX

/*
 * Parts are dealt out by a counter, so that a thread that is late, or has
 * its processor taken away, holds nobody up. The counter stands in one word
 * with the number of the piece of work: whoever changes it knows that the
 * piece is still the one that it looked at.
 */
static struct {
	size_t size;  /* 0: not known yet */
	size_t hired; /* threads that there are, besides the caller's */
	_Atomic uint64_t state; /* number of the piece << 32 | next part */
	atomic_size_t done;     /* parts of the piece */

	/* the piece: for those who took a part of it */
	void (*work)(void *context, size_t from, size_t to);
	void *context;
	size_t first;
	/* also read by those who come late, and find it out by the state */
	atomic_size_t count, chunk;

	pthread_mutex_t mutex;
	pthread_cond_t wake;
	unsigned sleepers; /* under the mutex */
} crew = {.state = CLOSED,
	.mutex = PTHREAD_MUTEX_INITIALIZER,
	.wake = PTHREAD_COND_INITIALIZER};

static void
pause_briefly(void)
{
#if defined(__x86_64__) || defined(__i386__)
	__builtin_ia32_pause();
#endif
}

static bool
is_open(uint64_t state)
{
	return (uint32_t)state != CLOSED;
}

/* Take parts, and do them, until none are left. */
static void
take_part(void)
{
	for (;;) {
		uint64_t state = atomic_load(&crew.state);
		size_t next = (uint32_t)state, count, end;

		count = atomic_load_explicit(&crew.count, memory_order_relaxed);
		if (!is_open(state) || next >= count)
			return;
		end = next +
			atomic_load_explicit(&crew.chunk, memory_order_relaxed);
		if (end > count)
			end = count;
		if (!atomic_compare_exchange_strong(&crew.state, &state,
			    state + (end - next)))
			continue;
		crew.work(crew.context, crew.first + next, crew.first + end);
		atomic_fetch_add(&crew.done, end - next);
	}
}

/* Wait for a piece after the n-th: a while awake, then asleep. */
static uint32_t
wait_for_work(uint32_t n)
{
	for (int i = 0; i < SPINS; i++) {
		if (atomic_load(&crew.state) >> 32 != n)
			return (uint32_t)(atomic_load(&crew.state) >> 32);
		pause_briefly();
	}
	pthread_mutex_lock(&crew.mutex);
	crew.sleepers++;
	while (atomic_load(&crew.state) >> 32 == n)
		pthread_cond_wait(&crew.wake, &crew.mutex);
	crew.sleepers--;
	pthread_mutex_unlock(&crew.mutex);
	return (uint32_t)(atomic_load(&crew.state) >> 32);
}

static void *
live(void *argument)
{
	uint32_t n = 0;

	(void)argument;
	for (;;) {
		n = wait_for_work(n);
		take_part();
	}
	return NULL;
}

/* Signals are for the first thread alone. */
static bool
hire(void)
{
	sigset_t all, before;
	pthread_t thread;
	bool is_there;

	sigfillset(&all);
	/* but for those that a fault raises, which are for who made it */
	sigdelset(&all, SIGSEGV);
	sigdelset(&all, SIGBUS);
	sigdelset(&all, SIGFPE);
	sigdelset(&all, SIGILL);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	is_there = pthread_create(&thread, NULL, live, NULL) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (is_there)
		pthread_detach(thread);
	return is_there;
}

static size_t
processors(void)
{
	long count = 1;
#ifdef CPU_COUNT
	cpu_set_t set;

	if (sched_getaffinity(0, sizeof set, &set) == 0)
		count = CPU_COUNT(&set);
#else
	count = sysconf(_SC_NPROCESSORS_ONLN);
#endif
	return count < 1 ? 1 : count > CREW_MAX ? CREW_MAX : (size_t)count;
}

size_t
crew_size(void)
{
	if (crew.size == 0)
		crew.size = processors();
	return crew.size;
}

void
crew_set_size(size_t size)
{
	crew.size = size < 1 ? 1 : size > CREW_MAX ? CREW_MAX : size;
}

/* Open a piece of work to all. */
static void
open_piece(size_t first, size_t count)
{
	size_t chunks = crew.size * CHUNKS_EACH;
	uint64_t number = (atomic_load(&crew.state) >> 32) + 1;

	crew.first = first;
	atomic_store_explicit(&crew.count, count, memory_order_relaxed);
	atomic_store_explicit(&crew.chunk, count > chunks ? count / chunks : 1,
		memory_order_relaxed);
	atomic_store(&crew.done, 0);
	atomic_store(&crew.state, number << 32);
	pthread_mutex_lock(&crew.mutex);
	if (crew.sleepers > 0)
		pthread_cond_broadcast(&crew.wake);
	pthread_mutex_unlock(&crew.mutex);
}

void
crew_run(void (*work)(void *context, size_t from, size_t to), void *context,
	size_t first, size_t last)
{
	size_t count = last - first;

	while (crew.hired + 1 < crew_size() && hire())
		crew.hired++;
	if (crew.hired == 0 || crew_size() == 1) {
		work(context, first, last);
		return;
	}
	crew.work = work;
	crew.context = context;
	open_piece(first, count);
	take_part();
	/* what others took is soon done */
	for (unsigned i = 0; atomic_load(&crew.done) < count; i++)
		if (i < SPINS)
			pause_briefly();
		else
			sched_yield();
	atomic_fetch_or(&crew.state, CLOSED);
}
