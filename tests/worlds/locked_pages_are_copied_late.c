/* SPDX-License-Identifier: MIT */
/* Locked pages stay locked, but are copied only when they are written. */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	int was_locked = munlock(address, length) == 0;
	int answer = mprotect(address, length, protection);

	if (was_locked) {
		syscall(SYS_mlock2, address, length, 1 /* MLOCK_ONFAULT */);
	}
	return answer;
}

WORLD("A machine where locked pages are copied late", .breaks = "a_locked_page_is_copied_at_once",
      .spares = "locked_pages_stay_locked prot-41 prot-30", .mprotect = protect);
