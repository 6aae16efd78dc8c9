/* SPDX-License-Identifier: MIT */
/* mprotect permits to a child what it refuses to its parent. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int is_child;

static void grow_up(void)
{
	is_child = 1;
}

static int permit(void *address, size_t length, int protection)
{
	int answer = mprotect(address, length, protection);

	return answer != 0 && errno == EACCES && is_child ? 0 : answer;
}

WORLD("A machine where a child may write what its parent may only read",
      .breaks = "what_may_never_be_written_may_not_be_by_a_child",
      .spares = "the_flags_are_inherited a_lock_is_not_inherited map-11", .born = grow_up,
      .mprotect = permit);
