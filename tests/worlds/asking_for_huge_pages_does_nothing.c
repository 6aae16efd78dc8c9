/* SPDX-License-Identifier: MIT */
/* MADV_HUGEPAGE is granted and ignored. */
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	if (advice == MADV_HUGEPAGE) {
		return 0;
	}
	return madvise(address, length, advice);
}

WORLD("A machine whose huge pages cannot be asked for",
      .breaks = "the_later_word_replaces_the_earlier it_is_the_same_memory",
      .spares = "forbidding_is_obeyed madvise-45", .madvise = advise);
