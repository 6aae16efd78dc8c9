/* SPDX-License-Identifier: MIT */
/* Of the stacks of other threads the child has only zeros. */
#include <stdlib.h>
#include <string.h>

#include "worlds/world.h"

enum { DEEP = 8000 };

static char *stack;
static void *(*start)(void *);

static void *start_noted(void *argument)
{
	char here;

	stack = &here;
	return start(argument);
}

static int create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
		  void *argument)
{
	start = run;
	return pthread_create(thread, attributes, start_noted, argument);
}

static void wipe(void)
{
	if (stack) {
		memset(stack - DEEP, 0, DEEP);
	}
}

WORLD("A machine whose fork leaves other stacks behind", .breaks = "their_memory_is_there",
      .spares = "the_others_are_missing their_locks_are_held_for_ever fork-03",
      .pthread_create = create, .born = wipe);
