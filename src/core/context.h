/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A context: the kernel and the thread pool that compute models. It holds no
 * values of a model. The program creates one context, or several for runs that
 * differ in kernel or threads, and passes it down; models and optimizers borrow
 * it.
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
 * Create a context with the given kernel (NULL: the fastest) and number of
 * threads (0: one per processor, see thread_pool.h). Release it with
 * context_destroy, after everything that borrows it. Returns false if out of
 * memory.
 */
bool context_create(struct context *context, const struct kernel *kernel,
	size_t threads, struct error *error);

void context_destroy(struct context *context);

#endif
