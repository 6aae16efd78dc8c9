/* SPDX-License-Identifier: MIT */
/* All shared memory that is not a file is one and the same. */
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
	if (flags & MAP_ANONYMOUS && flags & MAP_SHARED) {
		return mmap(address, length, protection, flags & ~MAP_ANONYMOUS, common, 0);
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine with one piece of shared memory", .breaks = "so_do_shared_mappings_made_apart",
      .spares = "each_finds_what_it_wrote_itself there_are_two_frames", .enter = make_common_memory,
      .mmap = map);
