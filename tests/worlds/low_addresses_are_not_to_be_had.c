/* SPDX-License-Identifier: MIT */
/* MAP_32BIT is ignored. */
#include <sys/mman.h>

#include "worlds/world.h"

#if defined(__x86_64__) && defined(__LP64__)
#define LOW MAP_32BIT
#else
#define LOW 0
#endif

static void *ignore(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	return mmap(address, length, protection, flags & ~LOW, fd, offset);
}

WORLD("A machine where MAP_32BIT is ignored", .breaks = "the_place_is_below_two_gibibytes",
      .spares = "an_order_prevails without_the_flag_the_place_is_high", .mmap = ignore);
