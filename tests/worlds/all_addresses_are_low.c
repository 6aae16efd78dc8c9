/* SPDX-License-Identifier: MIT */
/* The kernel chooses low addresses, asked or not. */
#include <sys/mman.h>

#include "worlds/world.h"

#if defined(__x86_64__) && defined(__LP64__)
#define LOW MAP_32BIT
#else
#define LOW 0
#endif

static void *choose_low(void *address, size_t length, int protection, int flags, int fd,
			off_t offset)
{
	return mmap(address, length, protection, flags | LOW, fd, offset);
}

WORLD("A machine where all addresses are low", .breaks = "without_the_flag_the_place_is_high",
      .spares = "mmap-15 without_a_hint_the_kernel_chooses.without_a_hint_the_kernel_chooses",
      .mmap = choose_low);
