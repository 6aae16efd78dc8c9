/* SPDX-License-Identifier: MIT */
/* The next page is taken instead of the one before. */
#include <stdint.h>
#include <sys/shm.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *attach(int id, const void *address, int flags)
{
	const char *at = address;

	if (flags & SHM_RND && (uintptr_t)at % page_size() != 0) {
		at = page_of(at) + page_size();
	}
	return shmat(id, at, flags);
}

WORLD("A machine where SHM_RND rounds up", .breaks = "an_address_within_a_page_is_invalid",
      .spares = "an_address_is_taken_at_its_word sysv-02 shm_remap_takes_its_place",
      .shmat = attach);
