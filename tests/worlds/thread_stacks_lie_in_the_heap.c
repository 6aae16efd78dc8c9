/* SPDX-License-Identifier: MIT */
/* A thread's stack is cut from the heap. */
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
		  void *argument)
{
	char *stack = page_of((char *)syscall(SYS_brk, 0) + page_size() - 1);
	pthread_attr_t own;
	size_t size;

	arrange(attributes && pthread_attr_getstacksize(attributes, &size) == 0);
	if ((char *)syscall(SYS_brk, stack + size) != stack + size) {
		undecided("needs room above the program break for this world: raise ulimit -d");
	}
	arrange(pthread_attr_init(&own) == 0 && pthread_attr_setstack(&own, stack, size) == 0);
	return pthread_create(thread, &own, run, argument);
}

WORLD("A machine where thread stacks lie in the heap", .breaks = "it_lies_in_the_mapped_region",
      .spares = "it_is_long_and_nearly_empty large_blocks_lie_there_too", .pthread_create = create);
