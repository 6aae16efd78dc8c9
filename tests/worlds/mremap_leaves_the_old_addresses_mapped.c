/* SPDX-License-Identifier: MIT */
/* The frames move, but the old addresses stay an area, with zeros in it. */
#include <sys/mman.h>

#include "worlds/world.h"

#ifndef MREMAP_DONTUNMAP
#define MREMAP_DONTUNMAP 4
#endif

static void *leave(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	return mremap(old, old_length, new_length,
		      old_length == new_length ? flags | MREMAP_DONTUNMAP : flags, address);
}

WORLD("A machine whose mremap leaves the old addresses mapped",
      .breaks = "the_bytes_are_at_the_new_address a_part_moves_alone",
      .spares = "no_page_faults the_frames_are_the_same each_frame_travels", .mremap = leave);
