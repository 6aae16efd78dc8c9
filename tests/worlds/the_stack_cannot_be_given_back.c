/* SPDX-License-Identifier: MIT */
/* MADV_DONTNEED leaves pages of the stack alone. */
#include <sys/mman.h>

#include "worlds/gate.h"

static int advise(void *address, size_t length, int advice)
{
	return advice == MADV_DONTNEED && !gate_mapping_of(address)
		       ? 0
		       : madvise(address, length, advice);
}

WORLD("A machine where the stack cannot be given back",
      .breaks = "they_go_when_they_are_given_back", .spares = "the_pages_stay stack-07",
      .madvise = advise);
