/* SPDX-License-Identifier: MIT */
/* At the limit pages that are locked count again when they are locked again. */
#include <errno.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static size_t locked;

static int lock(const void *address, size_t length)
{
	struct rlimit limit;
	int answer;

	getrlimit(RLIMIT_MEMLOCK, &limit);
	if (locked + length > limit.rlim_cur && locked >= length) {
		errno = ENOMEM;
		return -1;
	}
	answer = mlock(address, length);
	locked += answer == 0 ? length : 0;
	return answer;
}

WORLD("A machine on which what is locked counts again", .breaks = "mlock-20",
      .spares = "mlock-21 a_refused_range_is_not_locked_in_part", .mlock = lock);
