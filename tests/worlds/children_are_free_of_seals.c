/* SPDX-License-Identifier: MIT */
/* A child may unmap what its parent has sealed. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int is_child;

static void note_child(void)
{
	is_child = 1;
}

static int unmap(void *address, size_t length)
{
	int answer = munmap(address, length);

	return answer != 0 && errno == EPERM && is_child ? 0 : answer;
}

WORLD("A machine where children are free of seals", .breaks = "mseal-05",
      .spares = "mseal-01 mseal-02 mseal-03 mseal-04", .born = note_child, .munmap = unmap);
