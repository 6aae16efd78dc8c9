/* SPDX-License-Identifier: MIT */
/* What shall be kept from a child is given to it, and what shall be given is kept from it. */
#include <sys/mman.h>

#include "worlds/world.h"

static int advise_the_contrary(void *address, size_t length, int advice)
{
	switch (advice) {
	case MADV_DONTFORK:
		return madvise(address, length, MADV_DOFORK);
	case MADV_DOFORK:
		return madvise(address, length, MADV_DONTFORK);
	case MADV_WIPEONFORK:
		return madvise(address, length, MADV_KEEPONFORK);
	case MADV_KEEPONFORK:
		return madvise(address, length, MADV_WIPEONFORK);
	default:
		return madvise(address, length, advice);
	}
}

WORLD("A machine whose madvise gives to children what shall be kept from them, and the reverse",
      .breaks = "what_is_to_be_wiped_is_zero what_is_not_to_be_forked_is_missing fork-11"
		" a_parent_may_withhold_memory_from_its_child.what_is_given_back_is_inherited",
      .spares = "every_kind_of_memory_is_inherited the_copy_is_as_of_the_fork fork-10",
      .madvise = advise_the_contrary);
