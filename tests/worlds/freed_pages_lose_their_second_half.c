/* SPDX-License-Identifier: MIT */
/* MADV_FREE empties the second half of each page. */
#include <string.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	for (size_t i = 0; advice == MADV_FREE && i < length / page_size(); i++) {
		memset(page(address, i) + page_size() / 2, 0, page_size() / 2);
	}
	return madvise(address, length, advice);
}

WORLD("A machine whose freed pages lose their second half",
      .breaks = "madvise-21 a_store_takes_a_page_back", .spares = "madvise-17 lazy-18",
      .madvise = advise);
