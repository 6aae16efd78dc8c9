/* SPDX-License-Identifier: MIT */
/* From the five thousandth on an area costs the kernel nothing: here, as it is not made. */
#include <sys/mman.h>

#include "worlds/world.h"

enum { MANY = 5000 };

static int protect(void *address, size_t length, int protection)
{
	static int calls;

	return ++calls > MANY ? 0 : mprotect(address, length, protection);
}

WORLD("A machine where half of the areas cost nothing", .breaks = "many_areas_cost_much",
      .spares = "one_large_area_costs_little vma-03 vma-02", .mprotect = protect);
