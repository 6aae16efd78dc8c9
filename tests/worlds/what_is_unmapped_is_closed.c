/* SPDX-License-Identifier: MIT */
/* What is unmapped is not gone, but closed. */
#include <sys/mman.h>

#include "worlds/world.h"

static int close_only(void *address, size_t length)
{
	return mprotect(address, length, PROT_NONE);
}

WORLD("A machine where what is unmapped is merely closed",
      .breaks = "among_its_own_a_program_is_told_which",
      .spares = "a_page_and_a_hole_are_told_alike kernel-01", .munmap = close_only);
