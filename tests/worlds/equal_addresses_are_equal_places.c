/* SPDX-License-Identifier: MIT */
/* New private memory at a given address is the same memory for every process. */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <fcntl.h>

#include <touchstone/outcome.h>

#include "worlds/world.h"

static int common;

static void make_common_memory(void)
{
	common = (int)syscall(SYS_memfd_create, "common", 0);
	arrange(common >= 0 && ftruncate(common, 1 << 24) == 0);
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (flags & MAP_FIXED && flags & MAP_ANONYMOUS && flags & MAP_PRIVATE) {
		return mmap(address, length, protection, MAP_FIXED | MAP_SHARED, common, 0);
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where equal addresses are equal places",
      .breaks = "each_finds_what_it_wrote_itself there_are_two_frames "
		"each_keeps_its_own_and_shares_the_rest",
      .spares = "so_do_shared_mappings_made_apart prot-19 prot-22", .enter = make_common_memory,
      .mmap = map);
