/* SPDX-License-Identifier: MIT */
/* Where its parent has unmapped a page a child has one. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *hole;
static size_t hole_length;

static int unmap(void *address, size_t length)
{
	hole = address;
	hole_length = length;
	return munmap(address, length);
}

static void fill_hole(void)
{
	if (hole) {
		mmap(hole, hole_length, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	}
}

WORLD("A machine where a child finds holes filled", .breaks = "the_wild_process_is_killed",
      .spares = "its_sibling_goes_on_unharmed prot-11", .munmap = unmap, .born = fill_hole);
