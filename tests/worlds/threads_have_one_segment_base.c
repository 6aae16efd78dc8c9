/* SPDX-License-Identifier: MIT */
/* A thread's work is done by the one that asked for it: there is one base, and one of each variable. */
#include "worlds/world.h"

static void *nothing(void *argument)
{
	return argument;
}

static int create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
		  void *argument)
{
	run(argument);
	return pthread_create(thread, attributes, nothing, NULL);
}

WORLD("A machine where all threads have one segment base", .breaks = "seg-02",
      .spares = "seg-01 a_global_variable_is_one_for_all", .pthread_create = create);
