/* SPDX-License-Identifier: MIT */
/* A freed page that is stored to stays, but when its frame is wanted it loses its first byte. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *freed;

static int advise(void *address, size_t length, int advice)
{
	int answer = madvise(address, length, advice);

	freed = advice == MADV_FREE ? address : freed;
	if (advice == MADV_PAGEOUT && address == freed) {
		struct pages seen = observe_pages("world", address, length / page_size());

		for (size_t i = 0; i < seen.count; i++) {
			if (page_is_present(seen, i) || page_is_swapped(seen, i)) {
				store(page(address, i), 0);
			}
		}
	}
	return answer;
}

WORLD("A machine where a page taken back loses a byte that was not stored",
      .breaks = "a_store_makes_a_page_worth_keeping",
      .spares = "freed_pages_are_gone what_was_not_freed_is_never_gone", .madvise = advise);
