/* SPDX-License-Identifier: MIT */
/* Pages that may be executed are brought when they are mapped. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	return mmap(address, length, protection,
		    protection & PROT_EXEC ? flags | MAP_POPULATE : flags, fd, offset);
}

WORLD("A machine where code comes with its mapping", .breaks = "the_first_call_brings_the_page",
      .spares = "what_was_dropped_is_brought_again a_load_has_brought_it_as_well lazy-02 fault-20",
      .mmap = map);
