/* SPDX-License-Identifier: MIT */
/* mprotect changes only pages that lie wholly in its range: of one byte, none. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	return mprotect(address, length / page_size() * page_size(), protection);
}

WORLD("A machine whose mprotect rounds down", .breaks = "prot-05",
      .spares = "prot-07 prot-08 prot-15 prot-16 prot-21 fault-05", .mprotect = protect);
