/* SPDX-License-Identifier: MIT */
/* A page more than all RAM and swap can be had, as if nothing of it were counted. */
#include <sys/mman.h>
#include <sys/sysinfo.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	struct sysinfo machine;
	bool is_a_page_more =
		sysinfo(&machine) == 0 &&
		length / page_size() ==
			(machine.totalram + machine.totalswap) * machine.mem_unit / page_size() + 1;

	return mmap(address, length, protection, flags | (is_a_page_more ? MAP_NORESERVE : 0), fd,
		    offset);
}

WORLD("A machine where a promise may be a page too large",
      .breaks = "each_promise_is_weighed_alone more_swap_makes_larger_promises",
      .spares = "mode_2_counts_all_promises_together mode_1_refuses_nothing swap-13", .mmap = map);
