/* SPDX-License-Identifier: MIT */
/* A hint at the very bottom or the very top is refused, as if it were an order. */
#include <errno.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *refuse(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	uintptr_t hint = (uintptr_t)address;

	if (address && (hint < page_size() || hint > UINTPTR_MAX - length)) {
		errno = ENOMEM;
		return MAP_FAILED;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where a hint that cannot be followed is an error",
      .breaks = "an_impossible_hint_is_no_error the_place_chosen_was_free",
      .spares = "map-02 map-03 map-04 "
		"without_a_hint_the_kernel_chooses.without_a_hint_the_kernel_chooses",
      .mmap = refuse);
