/* SPDX-License-Identifier: MIT */
/* mprotect answers that the pages are closed, and leaves them as they are. */
#include <sys/mman.h>

#include "worlds/world.h"

static int pretend(void *address, size_t length, int protection)
{
	return protection == PROT_NONE ? 0 : mprotect(address, length, protection);
}

WORLD("A machine where pages are never closed", .breaks = "rights_of_pages_stop_it",
      .spares = "the_limit_stops_nobody seg-03 seg-05", .mprotect = pretend);
