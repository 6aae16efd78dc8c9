/* SPDX-License-Identifier: MIT */
/* When swap is full the last of the pages that should leave leaves all the same, for nowhere. */
#include <sys/mman.h>
#include <sys/sysinfo.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	int answer = madvise(address, length, advice);
	struct sysinfo machine;

	if (advice == MADV_PAGEOUT && sysinfo(&machine) == 0 &&
	    machine.freeswap < machine.totalswap / 4) {
		for (size_t i = length / page_size(); i-- > 0;) {
			char *at = page(address, i);

			if (page_is_present(observe_pages("of the world", at, 1), 0)) {
				madvise(at, page_size(), MADV_DONTNEED);
				break;
			}
		}
	}
	return answer;
}

WORLD("A machine where a page that finds no slot is lost", .breaks = "swap-11",
      .spares = "where_there_is_room_all_can_leave promises_exceed_ram_and_swap_together",
      .madvise = advise);
