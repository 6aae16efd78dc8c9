/* SPDX-License-Identifier: MIT */
/* Memory that may only be executed may be written as well. */
#include <sys/mman.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	return mprotect(address, length,
			protection == PROT_EXEC ? PROT_EXEC | PROT_READ | PROT_WRITE : protection);
}

WORLD("A machine where what can run can be written", .breaks = "it_runs_and_cannot_be_written",
      .spares = "what_may_be_read_too_is_read prot-30", .mprotect = protect);
