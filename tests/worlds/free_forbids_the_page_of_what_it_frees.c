/* SPDX-License-Identifier: MIT */
/* A freed object takes the page that it lies in with it, whoever else lives there. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void forbid(void *block)
{
	mprotect(page_of(block), page_size(), PROT_NONE);
}

WORLD("A machine whose free forbids the page of what it frees",
      .breaks = "a_page_with_a_live_object_stays a_small_block_is_not", .spares = "heap-22",
      .free = forbid);
