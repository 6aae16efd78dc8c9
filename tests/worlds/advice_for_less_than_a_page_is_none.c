/* SPDX-License-Identifier: MIT */
/* Of a length only the whole pages are advised, but for a length below one. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	if (advice == MADV_DONTNEED && length > page_size()) {
		length -= length % page_size();
	}
	return madvise(address, length, advice);
}

WORLD("A machine whose madvise leaves out the page that a range only begins",
      .breaks = "a_length_is_rounded_up", .spares = "madvise-01 madvise-05 lazy-18",
      .madvise = advise);
