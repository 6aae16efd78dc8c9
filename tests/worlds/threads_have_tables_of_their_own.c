/* SPDX-License-Identifier: MIT */
/* What a thread touches is entered in a table of its own; the other threads have to touch it, too. */
#include <pthread.h>
#include <sys/mman.h>

#include "worlds/gate.h"

static int create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
		  void *argument)
{
	const struct mapping *mapping = gate_mapping_of(argument);

	if (mapping) {
		argument = mmap(NULL, mapping->length, PROT_READ | PROT_WRITE,
				MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	}
	return pthread_create(thread, attributes, run, argument);
}

WORLD("A machine where threads have tables of their own", .breaks = "threads_share_a_set",
      .spares = "ptable-17", .pthread_create = create);
