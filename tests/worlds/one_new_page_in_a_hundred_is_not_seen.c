/* SPDX-License-Identifier: MIT */
/*
 * A translation outlives the mapping it was made for, now and then: every hundredth page that is
 * mapped over another is mapped in vain.
 */
#include <sys/mman.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	static int times;

	if (flags & MAP_FIXED && fd >= 0 && address && ++times % 100 == 0) {
		return address;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where one new page in a hundred is not seen",
      .breaks = "another_page_is_read_at_once",
      .spares = "a_page_taken_away_is_gone_at_once tlb-09 what_was_not_changed_stays_in_use",
      .mmap = map);
