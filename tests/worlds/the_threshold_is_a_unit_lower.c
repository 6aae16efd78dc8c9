/* SPDX-License-Identifier: MIT */
/* The longest block that should lie in the heap is mapped already. */
#include <stdlib.h>

#include "worlds/world.h"

enum { SHORTEST = 128 * 1024 - sizeof(size_t), UNIT = 16 };

static void *allocate(size_t length)
{
	return malloc(length == SHORTEST - UNIT ? (size_t)SHORTEST : length);
}

WORLD("A machine whose threshold is a unit lower", .breaks = "below_the_threshold_they_are_not",
      .spares = "from_the_threshold_on_objects_are_mapped heap-04", .malloc = allocate);
