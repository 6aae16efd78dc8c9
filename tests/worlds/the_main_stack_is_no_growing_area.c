/* SPDX-License-Identifier: MIT */
/* Of the main stack mprotect does not know that it grows. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/gate.h"

#ifndef PROT_GROWSDOWN
#define PROT_GROWSDOWN 0x01000000
#endif

static int protect(void *address, size_t length, int protection)
{
	if (protection & PROT_GROWSDOWN && !gate_mapping_of(address)) {
		errno = EINVAL;
		return -1;
	}
	return mprotect(address, length, protection);
}

WORLD("A machine where the main stack is no growing area",
      .breaks = "the_main_stack_is_such_an_area",
      .spares = "it_reaches_down_to_the_start what_does_not_grow_is_refused", .mprotect = protect);
