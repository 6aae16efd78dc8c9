/* SPDX-License-Identifier: MIT */
/* A thread begins without any rights but those of key 0. */
#include <pthread.h>

#include <touchstone/keys.h>

#include "worlds/world.h"

static void *(*wanted)(void *);

static void *close_and_run(void *argument)
{
	for (int key = 1; key < 16; key++) {
		set_key_rights(key, PKEY_DISABLE_ACCESS);
	}
	return wanted(argument);
}

static int create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
		  void *argument)
{
	wanted = run;
	return pthread_create(thread, attributes, close_and_run, argument);
}

WORLD("A machine where new threads have every key closed",
      .breaks = "pkey-05 a_thread_closes_a_key_for_itself.an_open_key_refuses_nobody",
      .spares = "prot-10 pkey-06 pkey-07", .pthread_create = create);
