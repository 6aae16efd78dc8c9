/* SPDX-License-Identifier: MIT */
/* An allocator that passes every request on to mmap, and every free to munmap. */
#include <stdlib.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

enum { HEADER = 4 * sizeof(size_t) };

static void *allocate(size_t length)
{
	size_t *area = mmap(NULL, length + HEADER, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (area == MAP_FAILED) {
		return NULL;
	}
	*area = length + HEADER;
	return (char *)area + HEADER;
}

static void release(void *block)
{
	char *area = page_of(block);

	munmap(area, *(size_t *)area);
}

WORLD("A machine whose malloc maps each object by itself",
      .breaks = "most_need_no_system_call few_ask_for_address_space "
		"many_objects_share_a_page.many_objects_share_a_page "
		"the_heap_is_bought_wholesale a_small_block_is_not a_mapping_is_dearer_still",
      .spares = "sizes_are_rounded_up a_large_block_is_returned_at_once", .malloc = allocate,
      .free = release);
