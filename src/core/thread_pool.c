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
#include "base/system.h"

enum {
	SPINS = 2000,    /* polls for a job before a worker blocks */
	CHUNKS_EACH = 4, /* chunks per thread, to balance the load */
};

/* Value of the next part after the end of a job. */
#define CLOSED UINT32_MAX

/*
 * Threads take parts from a shared counter, so that a thread that is late or
 * preempted does not delay the others. The counter and the number of the job
 * share one word: a thread that takes a part knows that the job has not changed
 * since it read the word.
 */
struct thread_pool {
	size_t size;    /* threads that share a job, including the caller */
	size_t workers; /* threads started, excluding the caller */
	pthread_t worker[THREAD_POOL_MAX - 1];
	_Atomic uint64_t state; /* job number << 32 | next part */
	atomic_size_t done;     /* finished parts of the job */
	atomic_bool is_ending;  /* workers must return */

	/* the job, read by threads that have taken a part of it */
	void (*work)(void *argument, size_t from, size_t to);
	void *argument;
	size_t first;
	/* late threads read these too, then see that the state has changed */
	atomic_size_t count, chunk;

	pthread_mutex_t mutex;
	pthread_cond_t wake;
	unsigned sleepers; /* guarded by mutex */
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

/* Take and do parts of the job until none are left. */
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

/* Wait for a job other than job n: spin briefly, then block. */
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

/* Block signals in workers: the program's own threads handle them. */
static bool
start_worker(struct thread_pool *pool)
{
	sigset_t all, before;
	bool is_started;

	sigfillset(&all);
	/* a fault is delivered to the thread that caused it */
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

struct thread_pool *
thread_pool_create(size_t size)
{
	struct thread_pool *pool = memory_new(1, sizeof *pool);

	if (pool == NULL)
		return NULL;
	if (size == 0)
		size = system_processors();
	pool->size = size > THREAD_POOL_MAX ? THREAD_POOL_MAX : size;
	atomic_init(&pool->state, CLOSED);
	pthread_mutex_init(&pool->mutex, NULL);
	pthread_cond_init(&pool->wake, NULL);
	return pool;
}

/* Publish a job, or the end, and wake all workers. */
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

void
thread_pool_forget(struct thread_pool *pool)
{
	pool->workers = 0;
	pool->size = 1;
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

	/* the part counter has 32 bits */
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
	/* workers are about to finish the parts that they took */
	for (unsigned i = 0; atomic_load(&pool->done) < count; i++)
		if (i < SPINS)
			pause_briefly();
		else
			sched_yield();
	atomic_fetch_or(&pool->state, CLOSED);
}
