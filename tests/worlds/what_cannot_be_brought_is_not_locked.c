/* SPDX-License-Identifier: MIT */
/* mlock undoes everything when it fails. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int lock(const void *address, size_t length)
{
	int answer = mlock(address, length), error = errno;

	if (answer != 0) {
		munlock(address, length);
		errno = error;
	}
	return answer;
}

WORLD("A machine whose mlock undoes what it could not finish",
      .breaks = "mlock-17 a_hole_ends_the_locking",
      .spares = "mlock-18 a_range_that_begins_in_a_hole_is_left_alone mlock-19", .mlock = lock);
