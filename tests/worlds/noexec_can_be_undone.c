/* SPDX-License-Identifier: MIT */
/* mprotect makes executable what mmap would not map so. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int permit(void *address, size_t length, int protection)
{
	int answer = mprotect(address, length, protection);

	return answer != 0 && errno == EACCES && protection & PROT_EXEC ? 0 : answer;
}

WORLD("A machine whose mprotect does not mind noexec",
      .breaks = "where_nothing_runs_nothing_is_mapped_to_run.where_nothing_runs_nothing_is_mapped_"
		"to_run",
      .spares = "elsewhere_it_can_be_mapped_to_run mmap-23", .mprotect = permit);
