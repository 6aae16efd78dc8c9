/* SPDX-License-Identifier: MIT */
/* Who asks for reading and executing is given reading. */
#include <sys/mman.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	return mprotect(address, length,
			protection & PROT_READ ? protection & ~PROT_EXEC : protection);
}

WORLD("A machine where what can be read cannot run",
      .breaks = "an_execute_only_page_runs_unread.what_may_be_read_too_is_read",
      .spares = "it_runs_and_cannot_be_written prot-30", .mprotect = protect);
