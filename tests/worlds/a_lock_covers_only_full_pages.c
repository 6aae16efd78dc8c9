/* SPDX-License-Identifier: MIT */
/* A page of which only a part is in the range is not locked. */
#include <stdint.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int lock(const void *address, size_t length)
{
	uintptr_t start = ((uintptr_t)address + page_size() - 1) / page_size() * page_size();
	uintptr_t end = ((uintptr_t)address + length) / page_size() * page_size();

	return end <= start ? 0 : mlock((const void *)start, end - start);
}

WORLD("A machine whose mlock covers only full pages", .breaks = "mlock-05",
      .spares = "mlock-01 mlock-06 mlock-08", .mlock = lock);
