/* SPDX-License-Identifier: MIT */
/* What is unmapped is only put out of sight, and keeps its frames and its slots. */
#include <sys/mman.h>

#include "worlds/world.h"

static int hide(void *address, size_t length)
{
	void *aside = mmap(NULL, length, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return mremap(address, length, length, MREMAP_MAYMOVE | MREMAP_FIXED, aside) == MAP_FAILED
		       ? -1
		       : 0;
}

WORLD("A machine where unmapped pages stay in swap", .breaks = "what_is_given_up_is_forgotten",
      .spares = "zram-01 zram-02 zram-03", .munmap = hide);
