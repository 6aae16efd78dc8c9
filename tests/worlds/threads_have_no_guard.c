/* SPDX-License-Identifier: MIT */
/* The guard below a thread's stack is there by name, but can be used like any memory. */
#include <pthread.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

#ifndef MADV_GUARD_REMOVE
#define MADV_GUARD_REMOVE 103 /* Linux 6.13 */
#endif

static void *(*wanted)(void *);

static void *run(void *argument)
{
	pthread_attr_t attributes;
	size_t size, guard;
	void *low;

	pthread_getattr_np(pthread_self(), &attributes);
	pthread_attr_getstack(&attributes, &low, &size);
	pthread_attr_getguardsize(&attributes, &guard);
	mprotect((char *)low - guard, guard, PROT_READ | PROT_WRITE);
	madvise((char *)low - guard, guard, MADV_GUARD_REMOVE);
	return wanted(argument);
}

static int create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *),
		  void *argument)
{
	wanted = start;
	return pthread_create(thread, attributes, run, argument);
}

WORLD("A machine where threads have no guard", .breaks = "stack-03", .spares = "stack-02 stack-04",
      .pthread_create = create);
