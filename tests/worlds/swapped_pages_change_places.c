/* SPDX-License-Identifier: MIT */
/* Of the pages that are pushed out the first two have each the other's place in their entries. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void move(char *from, char *to)
{
	mremap(from, page_size(), page_size(), MREMAP_MAYMOVE | MREMAP_FIXED, to);
}

static int advise(void *address, size_t length, int advice)
{
	int answer = madvise(address, length, advice);

	if (advice == MADV_PAGEOUT && answer == 0 && length > page_size()) {
		char *aside = mmap(NULL, page_size(), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
				   0);

		move(address, aside);
		move(page(address, 1), address);
		move(aside, page(address, 1));
	}
	return answer;
}

WORLD("A machine where swapped pages change places", .breaks = "ptable-18",
      .spares = "a_resident_page_has_a_frame_instead", .madvise = advise);
