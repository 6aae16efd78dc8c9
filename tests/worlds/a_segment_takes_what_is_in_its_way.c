/* SPDX-License-Identifier: MIT */
/* Whatever is mapped where a segment is attached gives way, though nobody said SHM_REMAP. */
#include <sys/shm.h>

#include "worlds/world.h"

static void *attach(int id, const void *address, int flags)
{
	return shmat(id, address, address ? flags | SHM_REMAP : flags);
}

WORLD("A machine where a segment takes what is in its way",
      .breaks = "what_is_mapped_is_in_the_way a_place_that_is_taken_is_not_given "
		"a_place_that_is_left_is_free",
      .spares = "an_address_is_taken_at_its_word sysv-02 shm_remap_takes_its_place",
      .shmat = attach);
