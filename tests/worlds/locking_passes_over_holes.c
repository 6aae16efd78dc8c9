/* SPDX-License-Identifier: MIT */
/* mlock tells of a hole, but locks what lies behind it. */
#include <errno.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int lock(const void *address, size_t length)
{
	int answer = mlock(address, length);

	if (answer != 0 && errno == ENOMEM) {
		for (size_t i = 1; i * page_size() < length; i++) {
			mlock(page((const char *)address, i), page_size());
		}
		errno = ENOMEM;
	}
	return answer;
}

WORLD("A machine whose mlock passes over holes", .breaks = "mlock-16",
      .spares = "mlock-18 mlock-05 "
		"what_cannot_be_locked_is_told.memory_without_rights_is_locked_none_the_less",
      .mlock = lock);
