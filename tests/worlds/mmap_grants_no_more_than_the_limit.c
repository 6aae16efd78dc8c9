/* SPDX-License-Identifier: MIT */
/*
 * Who is in a memory group is refused to map more than it may hold, instead of being killed
 * later.
 */
#include <errno.h>
#include <stdbool.h>
#include <sys/mman.h>

#include "worlds/world.h"

static size_t most;
static bool is_member;

static struct memory_group make(size_t limit)
{
	most = limit;
	return guard_memory_group(limit);
}

static void enter(const struct memory_group *group)
{
	is_member = true;
	enter_memory_group(group);
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (is_member && length > most) {
		errno = ENOMEM;
		return MAP_FAILED;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine whose mmap grants no more than the limit",
      .breaks = "a_store_beyond_the_limit_is_a_kill",
      .spares = "no_handler_is_asked a_call_that_needs_memory_does_not_return "
		"without_swap_death_comes_earlier",
      .guard_memory_group = make, .enter_memory_group = enter, .mmap = map);
