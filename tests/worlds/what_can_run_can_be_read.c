/* SPDX-License-Identifier: MIT */
/* PROT_EXEC means PROT_READ as well. */
#include <sys/mman.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	return mprotect(address, length,
			protection & PROT_EXEC ? protection | PROT_READ : protection);
}

WORLD("A machine where what can run can be read", .breaks = "with_keys_it_cannot_be_read",
      .spares = "it_runs_and_cannot_be_written what_may_be_read_too_is_read prot-30",
      .mprotect = protect);
