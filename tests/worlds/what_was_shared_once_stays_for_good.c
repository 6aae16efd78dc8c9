/* SPDX-License-Identifier: MIT */
/* Areas that a process had when it forked are never evicted any more, also when the child has gone. */
#include <stdbool.h>
#include <sys/mman.h>

#include "worlds/gate.h"

enum { MOST = 64 };

static const void *shared[MOST];
static size_t count;

static void note(const struct mapping *mapping)
{
	shared[count++ % MOST] = mapping->start;
}

static void forked(pid_t child)
{
	(void)child;
	gate_each_mapping(note);
}

static int advise(void *address, size_t length, int advice)
{
	bool stays = false;

	for (size_t i = 0; i < MOST; i++) {
		stays |= shared[i] == address;
	}
	return advice == MADV_PAGEOUT && stays ? 0 : madvise(address, length, advice);
}

WORLD("A machine where what was shared once stays for good",
      .breaks = "swap-27 what_nobody_shares_goes", .spares = "swap-02 swap-03 swap-05",
      .forked = forked, .madvise = advise);
