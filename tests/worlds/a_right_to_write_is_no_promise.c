/* SPDX-License-Identifier: MIT */
/* mprotect gives the right to write to memory that is not reserved. */
#include <sys/mman.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	if (!(protection & PROT_WRITE)) {
		return mprotect(address, length, protection);
	}
	return mmap(address, length, protection,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1, 0) == address
		       ? 0
		       : -1;
}

WORLD("A machine where a right to write is no promise",
      .breaks = "a_right_to_write_is_a_promise a_right_to_write_may_be_refused",
      .spares = "what_may_be_written_is_counted not_everything_writable_is_a_promise",
      .mprotect = protect);
