/* SPDX-License-Identifier: MIT */
/* Pages whose rights are changed are no longer locked. */
#include <sys/mman.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	munlock(address, length);
	return mprotect(address, length, protection);
}

WORLD("A machine whose mprotect unlocks",
      .breaks = "locked_pages_stay_locked a_locked_page_is_copied_at_once",
      .spares = "prot-40 prot-41 prot-30", .mprotect = protect);
