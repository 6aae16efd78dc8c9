/* SPDX-License-Identifier: MIT */
/* Each shared window onto a file, but the first one, is a copy that nobody else sees. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	static int windows;
	bool copied = !(flags & MAP_ANONYMOUS) && flags & MAP_SHARED && windows++ > 0;
	char *area = mmap(address, length, protection,
			  copied ? (flags & ~MAP_TYPE) | MAP_PRIVATE : flags, fd, offset);

	for (size_t at = 0; copied && area != MAP_FAILED && at < length; at += page_size()) {
		store(area + at, load(area + at));
	}
	return area;
}

WORLD("A machine where each window but the first is a copy",
      .breaks = "each_byte_keeps_its_offset one_frame_has_many_addresses it_counts_its_addresses "
		"paging.five_kinds_of_page_live_in_one_process.the_five_kinds_can_be_told_apart "
		"stores_turn_three_kinds_into_one",
      .spares = "another_page_has_other_bytes a_walk_notices_no_difference", .mmap = map);
