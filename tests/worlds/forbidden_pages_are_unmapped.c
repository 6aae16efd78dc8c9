/* SPDX-License-Identifier: MIT */
/*
 * A page that is made inaccessible is unmapped, so that whoever accesses it hears there is nothing
 * (SEGV_MAPERR).
 */
#include <sys/mman.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	return protection == PROT_NONE ? munmap(address, length)
				       : mprotect(address, length, protection);
}

WORLD("A machine that unmaps forbidden pages",
      .breaks = "refused_accesses_say_so_and_change_nothing prot-08 prot-15",
      .spares = "prot-05 prot-07 prot-17", .mprotect = protect);
