/* SPDX-License-Identifier: MIT */
/* The bit of growth is accepted, and means nothing. */
#include <sys/mman.h>

#include "worlds/world.h"

#ifndef PROT_GROWSDOWN
#define PROT_GROWSDOWN 0x01000000
#define PROT_GROWSUP   0x02000000
#endif

static int protect(void *address, size_t length, int protection)
{
	return mprotect(address, length, protection & ~(PROT_GROWSDOWN | PROT_GROWSUP));
}

WORLD("A machine where growing areas are changed as named",
      .breaks = "it_reaches_down_to_the_start what_does_not_grow_is_refused "
		"the_main_stack_is_such_an_area",
      .spares = "prot-30 prot-34", .mprotect = protect);
