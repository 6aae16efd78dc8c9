/* SPDX-License-Identifier: MIT */
/* Whatever guard is asked for, one page is forbidden, just below the stack; the rest is open. */
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
	if (guard > page_size()) {
		mprotect((char *)low - guard, guard - page_size(), PROT_READ | PROT_WRITE);
		madvise((char *)low - guard, guard - page_size(), MADV_GUARD_REMOVE);
	}
	return wanted(argument);
}

static int create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *),
		  void *argument)
{
	wanted = start;
	return pthread_create(thread, attributes, run, argument);
}

WORLD("A machine whose guards are one page only",
      .breaks = "a_threads_stack_ends_at_its_guard.the_whole_guard_is_forbidden",
      .spares = "an_overflow_is_stopped_in_the_guard stack-02 stack-04", .pthread_create = create);
