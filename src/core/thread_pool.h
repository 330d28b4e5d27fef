/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A thread pool for loops whose parts are independent of each other. The
 * assignment of parts to threads never changes a result. The worker threads
 * start with the first job, and block while there is no job.
 */
#ifndef LSTMTUI_CORE_THREAD_POOL_H
#define LSTMTUI_CORE_THREAD_POOL_H

#include <stddef.h>

enum { THREAD_POOL_MAX = 16 };

struct thread_pool;

/*
 * Create a pool of `size` threads including the caller, 1 to THREAD_POOL_MAX;
 * 0: one per processor that the process may use. Release it with
 * thread_pool_destroy. Returns NULL if out of memory.
 */
struct thread_pool *thread_pool_create(size_t size);

/*
 * End the worker threads and free the pool, which may be NULL. No job may be
 * running. A child process made by fork has none of its parent's workers, and
 * must not call this if there were any.
 */
void thread_pool_destroy(struct thread_pool *pool);

/*
 * In the child of a fork, which has no other threads: let the caller do all
 * parts from now on.
 */
void thread_pool_forget(struct thread_pool *pool);

/* Number of threads that share a job, including the caller. */
size_t thread_pool_size(const struct thread_pool *pool);

/*
 * Run one job: call work(argument, from, to) so that each part of [first, last)
 * is done once, and return when all are done. The caller does its share, or all
 * parts if no thread can be started. A pool runs one job at a time: threads
 * that train at the same time need a pool each.
 */
void thread_pool_run(struct thread_pool *pool,
	void (*work)(void *argument, size_t from, size_t to), void *argument,
	size_t first, size_t last);

#endif
