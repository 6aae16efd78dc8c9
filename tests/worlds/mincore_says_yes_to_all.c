/* SPDX-License-Identifier: MIT */
/* Whatever is mapped is said to be in memory. */
#include <string.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int tell(void *address, size_t length, unsigned char *told)
{
	int answer = mincore(address, length, told);

	if (answer == 0 && length > 0) {
		memset(told, 1, (length - 1) / page_size() + 1);
	}
	return answer;
}

WORLD("A machine whose mincore says yes to all",
      .breaks = "private_memory_is_there_once_touched a_child_has_what_its_parent_had "
		"a_cached_page_is_there_for_everybody what_left_the_cache_is_gone_for_everybody "
		"memory_is_everybodys_own who_may_write_is_told_the_truth "
		"shared_memory_is_asked_for_elsewhere pagemap_tells_of_this_process_only",
      .spares = "what_is_given_back_stays_cached mincore-03 mincore-04", .mincore = tell);
