/* SPDX-License-Identifier: MIT */
/* With each new mapping the last page of those that are there moves to another frame. */
#include <string.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static void move(const struct mapping *mapping)
{
	static char kept[64 * 1024];
	char *last = mapping->start + mapping->length - page_size();

	if (is_private(mapping) && page_is_present(observe_pages("world", last, 1), 0)) {
		char *aside = mmap(NULL, page_size(), PROT_READ | PROT_WRITE,
				   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		memcpy(kept, last, page_size());
		memcpy(aside, kept, page_size());
		mremap(aside, page_size(), page_size(), MREMAP_MAYMOVE | MREMAP_FIXED, last);
	}
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	gate_each_mapping(move);
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where frames move when others want memory", .breaks = "who_stays_keeps_the_frame",
      .spares = "each_has_a_frame_of_its_own frames_are_given_to_others", .mmap = map);
