/* SPDX-License-Identifier: MIT */
/* A change of rights that would make an area too many is not refused. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	int answer = mprotect(address, length, protection);

	return answer != 0 && errno == ENOMEM ? 0 : answer;
}

WORLD("A machine with room for any number of areas",
      .breaks = "the_limit_is_met_exactly what_needs_no_area_goes_on",
      .spares = "alike_they_are_one_area vma-03 vma-02 prot-30 prot-37", .mprotect = protect);
