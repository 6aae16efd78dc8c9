/* SPDX-License-Identifier: MIT */
/*
 * When a page gets its rights back the processor notes that the second page of the area was used.
 */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	int answer = mprotect(address, length, protection);

	if (answer == 0 && protection & PROT_READ && length > page_size()) {
		load(page(address, 1));
	}
	return answer;
}

WORLD("A machine where rights that are given back are a use",
      .breaks = "pressure-13 an_idle_window_sees_nothing", .spares = "pressure-10 oom-03",
      .mprotect = protect);
