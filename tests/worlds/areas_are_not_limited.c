/* SPDX-License-Identifier: MIT */
/* There may be more areas than vm.max_map_count: a split that is refused is granted. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	int answer = mprotect(address, length, protection);

	return answer != 0 && errno == ENOMEM ? 0 : answer;
}

WORLD("A machine where areas are not limited", .breaks = "splitting_ends_at_the_limit",
      .spares = "what_makes_no_area_is_still_granted prot-30 prot-37", .mprotect = protect);
