/* SPDX-License-Identifier: MIT */
/* mprotect makes the promise that mmap was told not to make. */
#include <sys/mman.h>

#include "worlds/gate.h"

static int promise(void *address, size_t length, int protection)
{
	const struct mapping *area = gate_mapping_of(address);

	if (area && area->flags & MAP_NORESERVE && protection & PROT_WRITE) {
		return mmap(address, length, protection, (area->flags & ~MAP_NORESERVE) | MAP_FIXED,
			    area->fd, 0) == MAP_FAILED
			       ? -1
			       : 0;
	}
	return mprotect(address, length, protection);
}

WORLD("A machine where mprotect makes the promise that was declined",
      .breaks = "the_choice_is_made_once",
      .spares = "without_a_promise_nothing_is_counted no_promise_is_too_large_to_be_declined "
		"memory_can_be_had_without_a_promise.a_promise_is_counted",
      .mprotect = promise);
