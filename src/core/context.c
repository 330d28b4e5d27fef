/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/context.h"

bool
context_create(struct context *context, const struct kernel *kernel,
	size_t threads, struct error *error)
{
	*context = (struct context){
		.kernel = kernel != NULL ? kernel : kernel_variant(0),
		.threads = thread_pool_create(threads),
	};
	return context->threads != NULL || error_out_of_memory(error);
}

void
context_destroy(struct context *context)
{
	thread_pool_destroy(context->threads);
	*context = (struct context){0};
}
