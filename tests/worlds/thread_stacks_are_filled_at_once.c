/* SPDX-License-Identifier: MIT */
/* A thread's stack has all its frames before the thread begins. */
#include <sys/mman.h>

#include <touchstone/outcome.h>

#include "worlds/world.h"

static int create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
		  void *argument)
{
	pthread_attr_t own;
	size_t size;
	char *stack;

	arrange(attributes && pthread_attr_getstacksize(attributes, &size) == 0);
	stack = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE,
		     -1, 0);
	arrange(stack != MAP_FAILED && pthread_attr_init(&own) == 0);
	arrange(pthread_attr_setstack(&own, stack, size) == 0);
	return pthread_create(thread, &own, run, argument);
}

WORLD("A machine where thread stacks are filled at once", .breaks = "it_is_long_and_nearly_empty",
      .spares = "it_lies_in_the_mapped_region a_stack_in_use_is_resident layout-05",
      .pthread_create = create);
