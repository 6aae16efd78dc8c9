/* SPDX-License-Identifier: MIT */
/* Who may write a file but does not own it is told that all is there. */
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/gate.h"

static int tell(void *address, size_t length, unsigned char *told)
{
	const struct mapping *mapping = gate_mapping_of(address);
	struct stat file;
	int answer = mincore(address, length, told);

	if (answer == 0 && mapping && !(mapping->flags & MAP_ANONYMOUS) &&
	    fstat(mapping->fd, &file) == 0 && file.st_uid != geteuid()) {
		memset(told, 1, length / page_size());
	}
	return answer;
}

WORLD("A machine whose mincore tells the truth to owners only",
      .breaks = "who_may_write_is_told_the_truth",
      .spares = "a_stranger_is_told_that_all_is_there memory_is_everybodys_own", .mincore = tell);
