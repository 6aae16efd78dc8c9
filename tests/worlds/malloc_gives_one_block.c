/* SPDX-License-Identifier: MIT */
/* malloc answers each request of a size with one and the same block. */
#include <stdlib.h>

#include "worlds/world.h"

static void *allocate(size_t length)
{
	static char block[256] __attribute__((aligned(16)));

	return length <= sizeof block ? block : malloc(length);
}

static void keep(void *block)
{
	(void)block;
}

WORLD("A machine where malloc gives one block", .breaks = "with_frames_of_their_own_it_is_right",
      .spares = "with_one_frame_it_is_wrong stack-06", .malloc = allocate, .free = keep);
