/* SPDX-License-Identifier: MIT */
/* MADV_DONTFORK and MADV_WIPEONFORK are accepted, and forgotten. */
#include <sys/mman.h>

#include "worlds/world.h"

static int forget(void *address, size_t length, int advice)
{
	return advice == MADV_DONTFORK || advice == MADV_WIPEONFORK
		       ? 0
		       : madvise(address, length, advice);
}

WORLD("A machine whose madvise forgets what it is told about forks",
      .breaks = "what_is_to_be_wiped_is_zero what_is_not_to_be_forked_is_missing fork-11",
      .spares = "every_kind_of_memory_is_inherited the_copy_is_as_of_the_fork fork-10",
      .madvise = forget);
