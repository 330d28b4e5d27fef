/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/thread_pool.h"

#include <assert.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"

enum {
	SPINS = 2000,    /* polls for a job before a worker blocks */
	CHUNKS_EACH = 4, /* chunks per thread, so that none waits for long */
};

/* In place of the next part: the job is done, nothing may be read. */
#define CLOSED UINT32_MAX

/*
 * Parts are dealt out by a counter, so that a thread that is late, or loses
 * its processor, holds nobody up. The counter and the job's number share one
 * word: a thread that changes it knows that the job is still the one that it
 * looked at.
 */
struct thread_pool {
	size_t size;    /* threads that share a job, with the caller's */
	size_t workers; /* threads started, without the caller's */
	pthread_t worker[THREAD_POOL_MAX - 1];
	_Atomic uint64_t state; /* the job's number << 32 | next part */
	atomic_size_t done;     /* parts of the job */
	atomic_bool is_ending;  /* the workers return */

	/* the job: read by threads that took a part of it */
	void (*work)(void *argument, size_t from, size_t to);
	void *argument;
	size_t first;
	/* also read by late threads, to which the state tells that they are */
	atomic_size_t count, chunk;

	pthread_mutex_t mutex;
	pthread_cond_t wake;
	unsigned sleepers; /* under the mutex */
};

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

static uint32_t
job_number(struct thread_pool *pool)
{
	return (uint32_t)(atomic_load(&pool->state) >> 32);
}

/* Take parts of the job, and do them, until none are left. */
static void
do_parts(struct thread_pool *pool)
{
	for (;;) {
		uint64_t state = atomic_load(&pool->state);
		size_t next = (uint32_t)state, count, end;

		count = atomic_load_explicit(&pool->count,
			memory_order_relaxed);
		if (!is_open(state) || next >= count)
			return;
		end = next +
			atomic_load_explicit(&pool->chunk,
				memory_order_relaxed);
		if (end > count)
			end = count;
		if (!atomic_compare_exchange_strong(&pool->state, &state,
			    state + (end - next)))
			continue;
		pool->work(pool->argument, pool->first + next,
			pool->first + end);
		atomic_fetch_add(&pool->done, end - next);
	}
}

/* Wait for another job than number n: spin briefly, then block. */
static uint32_t
wait_for_job(struct thread_pool *pool, uint32_t n)
{
	for (int i = 0; i < SPINS; i++) {
		uint32_t number = job_number(pool);

		if (number != n)
			return number;
		pause_briefly();
	}
	pthread_mutex_lock(&pool->mutex);
	pool->sleepers++;
	while (job_number(pool) == n)
		pthread_cond_wait(&pool->wake, &pool->mutex);
	pool->sleepers--;
	pthread_mutex_unlock(&pool->mutex);
	return job_number(pool);
}

static void *
run_worker(void *argument)
{
	struct thread_pool *pool = argument;
	uint32_t n = 0;

	for (;;) {
		n = wait_for_job(pool, n);
		if (atomic_load(&pool->is_ending))
			return NULL;
		do_parts(pool);
	}
}

/* Signals are delivered to the threads of the program, not to workers. */
static bool
start_worker(struct thread_pool *pool)
{
	sigset_t all, before;
	bool is_started;

	sigfillset(&all);
	/* a fault's signal goes to the thread that raised it */
	sigdelset(&all, SIGSEGV);
	sigdelset(&all, SIGBUS);
	sigdelset(&all, SIGFPE);
	sigdelset(&all, SIGILL);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	is_started = pthread_create(&pool->worker[pool->workers], NULL,
			     run_worker, pool) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pool->workers += is_started;
	return is_started;
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
	return count < 1 ? 1 : (size_t)count;
}

struct thread_pool *
thread_pool_create(size_t size)
{
	struct thread_pool *pool = memory_new(1, sizeof *pool);

	if (pool == NULL)
		return NULL;
	if (size == 0)
		size = processors();
	pool->size = size > THREAD_POOL_MAX ? THREAD_POOL_MAX : size;
	atomic_init(&pool->state, CLOSED);
	pthread_mutex_init(&pool->mutex, NULL);
	pthread_cond_init(&pool->wake, NULL);
	return pool;
}

/* Give all workers the job of that number, or the end. */
static void
announce(struct thread_pool *pool, uint64_t state)
{
	atomic_store(&pool->state, state);
	pthread_mutex_lock(&pool->mutex);
	if (pool->sleepers > 0)
		pthread_cond_broadcast(&pool->wake);
	pthread_mutex_unlock(&pool->mutex);
}

static uint64_t
next_number(struct thread_pool *pool)
{
	return (uint64_t)(job_number(pool) + 1) << 32;
}

void
thread_pool_destroy(struct thread_pool *pool)
{
	if (pool == NULL)
		return;
	atomic_store(&pool->is_ending, true);
	announce(pool, next_number(pool) | CLOSED);
	for (size_t i = 0; i < pool->workers; i++)
		pthread_join(pool->worker[i], NULL);
	pthread_cond_destroy(&pool->wake);
	pthread_mutex_destroy(&pool->mutex);
	free(pool);
}

size_t
thread_pool_size(const struct thread_pool *pool)
{
	return pool->size;
}

static void
open_job(struct thread_pool *pool, size_t first, size_t count)
{
	size_t chunks = pool->size * CHUNKS_EACH;

	pool->first = first;
	atomic_store_explicit(&pool->count, count, memory_order_relaxed);
	atomic_store_explicit(&pool->chunk, count > chunks ? count / chunks : 1,
		memory_order_relaxed);
	atomic_store(&pool->done, 0);
	announce(pool, next_number(pool));
}

void
thread_pool_run(struct thread_pool *pool,
	void (*work)(void *argument, size_t from, size_t to), void *argument,
	size_t first, size_t last)
{
	size_t count = last - first;

	/* a part's number shares a word with the job's */
	assert(first <= last && count < CLOSED);
	while (pool->workers + 1 < pool->size && start_worker(pool))
		;
	if (pool->workers == 0) {
		work(argument, first, last);
		return;
	}
	pool->work = work;
	pool->argument = argument;
	open_job(pool, first, count);
	do_parts(pool);
	/* the parts that workers took are soon done */
	for (unsigned i = 0; atomic_load(&pool->done) < count; i++)
		if (i < SPINS)
			pause_briefly();
		else
			sched_yield();
	atomic_fetch_or(&pool->state, CLOSED);
}
