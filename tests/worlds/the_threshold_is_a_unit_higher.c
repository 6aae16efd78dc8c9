/* SPDX-License-Identifier: MIT */
/* The shortest block that should be mapped comes from the heap, where it just fits without its end. */
#include <stdlib.h>

#include "worlds/world.h"

enum { SHORTEST = 128 * 1024 - sizeof(size_t), LESS = 64 };

static void *allocate(size_t length)
{
	return malloc(length == SHORTEST ? length - LESS : length);
}

WORLD("A machine whose threshold is a unit higher",
      .breaks = "from_the_threshold_on_objects_are_mapped",
      .spares = "below_the_threshold_they_are_not heap-04", .malloc = allocate);
