/* SPDX-License-Identifier: MIT */
/* A request is served by a free block of half as much again, where one that fits is at hand. */
#include <stdlib.h>

#include "worlds/world.h"

enum { FROM = 2800, TO = 2950 };

static void *allocate(size_t length)
{
	return malloc(length > FROM && length < TO ? length + length / 2 : length);
}

WORLD("A machine where a larger free block is chosen",
      .breaks = "the_smallest_that_suffices_is_chosen a_smaller_hole_is_not_chosen",
      .spares = "heap-12 heap-14", .malloc = allocate);
