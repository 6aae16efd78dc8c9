/* SPDX-License-Identifier: MIT */
/* When a mapping cannot be made, the page at its hint has been thrown away already. */
#include <errno.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *throw_away(void *address, size_t length, int protection, int flags, int fd,
			off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (area == MAP_FAILED && address) {
		int error = errno;

		madvise(page_of(address), page_size(), MADV_DONTNEED);
		errno = error;
	}
	return area;
}

WORLD("A machine where a mapping that fails loses what lies at its hint",
      .breaks = "a_mapping_that_fails_changes_no_byte no_length_is_an_error"
		" the_start_address_is_merely_a_hint.an_order_that_may_not_replace_is_refused",
      .spares = "a_mapping_that_fails_leaves_the_map a_part_of_a_page_is_a_page",
      .mmap = throw_away);
