/* SPDX-License-Identifier: MIT */
/* A stack for a new thread is set aside when the program begins. */
#include <sys/mman.h>

#include <touchstone/outcome.h>

#include "worlds/world.h"

enum { STACK = 1024 * 1024 };

static void *stack;

static void set_aside(void)
{
	stack = mmap(NULL, STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	arrange(stack != MAP_FAILED);
}

static int run_there(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
		     void *argument)
{
	pthread_attr_t own;

	if (attributes) {
		return pthread_create(thread, attributes, run, argument);
	}
	pthread_attr_init(&own);
	pthread_attr_setstack(&own, stack, STACK);
	return pthread_create(thread, &own, run, argument);
}

WORLD("A machine where a thread runs on memory that was there before",
      .breaks = "a_thread_brings_an_area_for_its_stack",
      .spares = "a_big_object_brings_an_area small_objects_bring_none", .enter = set_aside,
      .pthread_create = run_there);
