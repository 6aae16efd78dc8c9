/* SPDX-License-Identifier: MIT */
/* The guard below a thread's stack is there by name, but can be used like any memory. */
#include "worlds/acts.h"

static size_t all_of_it(size_t guard)
{
	return guard;
}

static int create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *),
		  void *argument)
{
	return create_unguarded(thread, attributes, start, argument, all_of_it);
}

WORLD("A machine where threads have no guard", .breaks = "stack-03", .spares = "stack-02 stack-04",
      .pthread_create = create);
