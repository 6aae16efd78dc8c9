/* SPDX-License-Identifier: MIT */
/* Once it has had a child a process evicts nothing any more. */
#include <stdbool.h>
#include <sys/mman.h>

#include "worlds/world.h"

static bool has_forked;

static void forked(pid_t child)
{
	(void)child;
	has_forked = true;
}

static int advise(void *address, size_t length, int advice)
{
	return advice == MADV_PAGEOUT && has_forked ? 0 : madvise(address, length, advice);
}

WORLD("A machine where what was shared once stays for good",
      .breaks = "swap-27 what_nobody_shares_goes", .spares = "swap-02 swap-03 swap-05",
      .forked = forked, .madvise = advise);
