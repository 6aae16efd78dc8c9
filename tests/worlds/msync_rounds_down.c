/* SPDX-License-Identifier: MIT */
/* An address inside a page is taken for the page that it lies in. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int round_down(void *address, size_t length, int flags)
{
	size_t inside = (size_t)((char *)address - page_of(address));

	return msync(page_of(address), length + inside, flags);
}

WORLD("A machine whose msync rounds its address down",
      .breaks = "msync_minds_its_arguments.a_crooked_address_is_refused",
      .spares = "msync-02 msync-04 a_hole_is_an_error", .msync = round_down);
