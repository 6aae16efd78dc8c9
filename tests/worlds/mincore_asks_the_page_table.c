/* SPDX-License-Identifier: MIT */
/* What this process has not touched is not in memory, though the page cache may have it. */
#include <fcntl.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int tell(void *address, size_t length, unsigned char *told)
{
	int answer = mincore(address, length, told), pagemap = open("/proc/self/pagemap", O_RDONLY);

	for (size_t i = 0; answer == 0 && i * page_size() < length; i++) {
		uint64_t word = 0;
		uintptr_t number = (uintptr_t)address / page_size() + i;

		(void)!pread(pagemap, &word, sizeof word, (off_t)(number * sizeof word));
		told[i] &= word >> 63;
	}
	close(pagemap);
	return answer;
}

WORLD("A machine whose mincore asks nothing but the page table",
      .breaks = "a_cached_page_is_there_for_everybody what_is_given_back_stays_cached "
		"shared_memory_is_asked_for_elsewhere pagemap_tells_of_this_process_only",
      .spares = "private_memory_is_there_once_touched a_child_has_what_its_parent_had mincore-04",
      .mincore = tell);
