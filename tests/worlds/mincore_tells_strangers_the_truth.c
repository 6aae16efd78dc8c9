/* SPDX-License-Identifier: MIT */
/*
 * Whoever may read a file is told what is cached of it. (The file is cold, so the truth is
 * no.)
 */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/gate.h"

static int tell(void *address, size_t length, unsigned char *told)
{
	const struct mapping *mapping = gate_mapping_of(address);
	int answer = mincore(address, length, told);

	if (answer == 0 && geteuid() != 0 && mapping && !(mapping->flags & MAP_ANONYMOUS)) {
		memset(told, 0, length / page_size());
	}
	return answer;
}

WORLD("A machine whose mincore tells strangers the truth",
      .breaks = "a_stranger_is_told_that_all_is_there",
      .spares = "memory_is_everybodys_own who_may_write_is_told_the_truth mincore-02",
      .mincore = tell);
