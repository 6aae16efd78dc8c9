/* SPDX-License-Identifier: MIT */
/* Whatever guard is asked for, one page is forbidden, just below the stack; the rest is open. */
#include <touchstone/memory.h>

#include "worlds/acts.h"

static size_t all_but_a_page(size_t guard)
{
	return guard > page_size() ? guard - page_size() : 0;
}

static int create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *),
		  void *argument)
{
	return create_unguarded(thread, attributes, start, argument, all_but_a_page);
}

WORLD("A machine whose guards are one page only",
      .breaks = "a_threads_stack_ends_at_its_guard.the_whole_guard_is_forbidden",
      .spares = "an_overflow_is_stopped_in_the_guard stack-02 stack-04", .pthread_create = create);
