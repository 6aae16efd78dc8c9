/* SPDX-License-Identifier: MIT */
/* mprotect changes the page that an address lies in, wherever in it, instead of refusing. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	return mprotect(page_of(address), length, protection);
}

WORLD("A machine whose mprotect takes any address", .breaks = "prot-07",
      .spares = "prot-05 prot-08 prot-15 prot-16", .mprotect = protect);
