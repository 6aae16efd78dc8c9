/* SPDX-License-Identifier: MIT */
/* Once much has been freed, a large request gets it, though it lies in pieces. */
#include <stdlib.h>

#include "worlds/world.h"

enum { MUCH = 300, LARGE = 100 * 1024 };

static void *freed;
static unsigned frees;

static void release(void *block)
{
	freed = frees++ ? freed : block;
	free(block);
}

static void *allocate(size_t length)
{
	return frees > MUCH && length >= LARGE ? (char *)freed + 4 * frees++ : malloc(length);
}

WORLD("A machine where a large request is served by small holes",
      .breaks = "the_heap_grows_though_enough_is_free without_growth_the_request_fails",
      .spares = "one_hole_serves_it heap-12", .malloc = allocate, .free = release);
