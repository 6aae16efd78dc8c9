/* SPDX-License-Identifier: MIT */
/* MADV_FREE is accepted and does nothing: freed pages are as dirty as any. */
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	return advice == MADV_FREE ? 0 : madvise(address, length, advice);
}

WORLD("A machine where freed pages are swapped",
      .breaks = "freed_pages_are_gone swap_is_left_in_peace a_store_makes_a_page_worth_keeping",
      .spares = "what_was_not_freed_is_never_gone swap-02 swap-03", .madvise = advise);
