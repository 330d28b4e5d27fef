/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A context: what a program's models compute with, the kernel and the thread
 * pool. It holds no value of a model. The program makes one, or several for
 * runs that differ in kernel or threads, and hands it down; models and
 * optimizers borrow it.
 */
#ifndef LSTMTUI_CORE_CONTEXT_H
#define LSTMTUI_CORE_CONTEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "core/kernel.h"
#include "core/thread_pool.h"

struct context {
	const struct kernel *kernel;
	struct thread_pool *threads;
};

/*
 * Make a context with that kernel, NULL for the fastest, and so many threads,
 * 0 for one per processor (thread_pool.h). Release it with context_destroy,
 * after everything that borrows it. Returns false when memory cannot be had.
 */
bool context_create(struct context *context, const struct kernel *kernel,
	size_t threads, struct error *error);

void context_destroy(struct context *context);

#endif
