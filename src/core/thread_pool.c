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
	SPINS = 8000,    /* polls for a job before a worker blocks */
	CHUNKS_EACH = 4, /* chunks of a thread's share, to balance the load */
	CACHE_LINE = 64,
};

/* Value of the next part after the end of a job. */
#define CLOSED UINT32_MAX

/*
 * A thread's share of a job, parts [next, end). The next part and the number of
 * the job share one word: a thread that takes a part knows that the job has not
 * changed since it read the word.
 */
struct share {
	_Atomic uint64_t state; /* job << 32 | next part */
	/* late threads read these too, then see that the state has changed */
	atomic_size_t end, chunk;
	char apart[CACHE_LINE]; /* each share in cache lines of its own */
};

/*
 * Each thread has a share of the parts, the same parts in each job of the same
 * size, because what it computed of a part is still in its cache. When it has
 * done them, it takes parts of the others, so that a thread that is late or
 * preempted does not delay them.
 */
struct thread_pool {
	size_t size;    /* threads that share a job, including the caller */
	size_t workers; /* threads started, excluding the caller */
	pthread_t worker[THREAD_POOL_MAX - 1];
	struct worker {
		struct thread_pool *pool;
		size_t index; /* of its share */
	} self[THREAD_POOL_MAX];
	struct share share[THREAD_POOL_MAX]; /* those of `size` threads */
	atomic_size_t done;                  /* finished parts of the job */
	atomic_bool is_ending;               /* workers must return */

	/* the job, read by threads that have taken a part of it */
	void (*work)(void *argument, size_t from, size_t to);
	void *argument;
	size_t first;

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
job_number(struct share *share)
{
	return (uint32_t)(atomic_load(&share->state) >> 32);
}

/* Take and do parts of a share until none are left. */
static void
do_share(struct thread_pool *pool, struct share *share)
{
	for (;;) {
		uint64_t state = atomic_load(&share->state);
		size_t next = (uint32_t)state, last, end;

		last = atomic_load_explicit(&share->end, memory_order_relaxed);
		if (!is_open(state) || next >= last)
			return;
		end = next +
			atomic_load_explicit(&share->chunk,
				memory_order_relaxed);
		if (end > last)
			end = last;
		if (!atomic_compare_exchange_strong(&share->state, &state,
			    state + (end - next)))
			continue;
		pool->work(pool->argument, pool->first + next,
			pool->first + end);
		atomic_fetch_add(&pool->done, end - next);
	}
}

/* Do the parts of a thread's share, then those left in the others'. */
static void
do_parts(struct thread_pool *pool, size_t index)
{
	for (size_t i = index; i < pool->size; i++)
		do_share(pool, &pool->share[i]);
	for (size_t i = 0; i < index; i++)
		do_share(pool, &pool->share[i]);
}

/* Wait for a job other than job n: spin briefly, then block. */
static uint32_t
wait_for_job(struct thread_pool *pool, struct share *share, uint32_t n)
{
	for (int i = 0; i < SPINS; i++) {
		uint32_t number = job_number(share);

		if (number != n)
			return number;
		pause_briefly();
	}
	pthread_mutex_lock(&pool->mutex);
	pool->sleepers++;
	while (job_number(share) == n)
		pthread_cond_wait(&pool->wake, &pool->mutex);
	pool->sleepers--;
	pthread_mutex_unlock(&pool->mutex);
	return job_number(share);
}

static void *
run_worker(void *argument)
{
	const struct worker *self = argument;
	struct thread_pool *pool = self->pool;
	struct share *share = &pool->share[self->index];
	uint32_t n = 0;

	for (;;) {
		n = wait_for_job(pool, share, n);
		if (atomic_load(&pool->is_ending))
			return NULL;
		do_parts(pool, self->index);
	}
}

/* Block signals in workers: the program's own threads handle them. */
static bool
start_worker(struct thread_pool *pool)
{
	struct worker *self = &pool->self[pool->workers];
	sigset_t all, before;
	bool is_started;

	sigfillset(&all);
	/* a fault is delivered to the thread that caused it */
	sigdelset(&all, SIGSEGV);
	sigdelset(&all, SIGBUS);
	sigdelset(&all, SIGFPE);
	sigdelset(&all, SIGILL);
	/* share 0 is the caller's */
	*self = (struct worker){pool, pool->workers + 1};
	pthread_sigmask(SIG_SETMASK, &all, &before);
	is_started = pthread_create(&pool->worker[pool->workers], NULL,
			     run_worker, self) == 0;
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
	for (size_t i = 0; i < pool->size; i++)
		atomic_init(&pool->share[i].state, CLOSED);
	pthread_mutex_init(&pool->mutex, NULL);
	pthread_cond_init(&pool->wake, NULL);
	return pool;
}

/* Wake all workers that have blocked, after a change of the shares. */
static void
wake(struct thread_pool *pool)
{
	pthread_mutex_lock(&pool->mutex);
	if (pool->sleepers > 0)
		pthread_cond_broadcast(&pool->wake);
	pthread_mutex_unlock(&pool->mutex);
}

static uint64_t
next_number(struct thread_pool *pool)
{
	return (uint64_t)(job_number(&pool->share[0]) + 1) << 32;
}

void
thread_pool_destroy(struct thread_pool *pool)
{
	uint64_t number;

	if (pool == NULL)
		return;
	atomic_store(&pool->is_ending, true);
	number = next_number(pool);
	for (size_t i = 0; i < pool->size; i++)
		atomic_store(&pool->share[i].state, number | CLOSED);
	wake(pool);
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
	uint64_t size = pool->size;
	size_t chunk = (size_t)(count / (size * CHUNKS_EACH));
	uint64_t number = next_number(pool);

	pool->first = first;
	atomic_store(&pool->done, 0);
	for (size_t i = 0; i < size; i++) {
		struct share *share = &pool->share[i];

		atomic_store_explicit(&share->end,
			(size_t)(count * (i + 1) / size), memory_order_relaxed);
		atomic_store_explicit(&share->chunk, chunk > 0 ? chunk : 1,
			memory_order_relaxed);
		atomic_store(&share->state, number | count * i / size);
	}
	wake(pool);
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
	do_parts(pool, 0);
	/* workers are about to finish the parts that they took */
	for (unsigned i = 0; atomic_load(&pool->done) < count; i++)
		if (i < SPINS)
			pause_briefly();
		else
			sched_yield();
	for (size_t i = 0; i < pool->size; i++)
		atomic_fetch_or(&pool->share[i].state, CLOSED);
}
