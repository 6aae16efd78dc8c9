/* SPDX-License-Identifier: MIT */
/* It answers as the pthread functions do: 0, or the number of the error. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int answer(void *address, size_t length)
{
	return munmap(address, length) == 0 ? 0 : errno;
}

WORLD("A machine whose munmap answers the number of its error", .breaks = "munmap-02",
      .spares = "munmap-01 munmap-03 munmap-04 munmap-05", .munmap = answer);
