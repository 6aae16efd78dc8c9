/* SPDX-License-Identifier: MIT */
/* Whatever the mode, a process is promised no more than RAM and swap in all. */
#include <errno.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/sysinfo.h>

#include "worlds/world.h"

static uint64_t promised;

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	struct sysinfo machine;

	if (sysinfo(&machine) == 0 && !(flags & MAP_NORESERVE) &&
	    promised + length > (machine.totalram + machine.totalswap) * machine.mem_unit) {
		errno = ENOMEM;
		return MAP_FAILED;
	}

	void *area = mmap(address, length, protection, flags, fd, offset);

	promised += area == MAP_FAILED || (flags & MAP_NORESERVE) ? 0 : length;
	return area;
}

static int unmap(void *address, size_t length)
{
	promised -= length;
	return munmap(address, length);
}

WORLD("A machine whose promises all fit into memory",
      .breaks = "promises_exceed_ram_and_swap_together each_promise_is_weighed_alone "
		"mode_1_refuses_nothing",
      .spares = "mode_2_counts_all_promises_together more_swap_makes_larger_promises", .mmap = map,
      .munmap = unmap);
