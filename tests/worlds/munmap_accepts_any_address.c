/* SPDX-License-Identifier: MIT */
/* munmap of addresses that no process can have is no error. */
#include <stdint.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int accept(void *address, size_t length)
{
	int answer = munmap(address, length);

	return (uintptr_t)address > UINTPTR_MAX / 2 + UINTPTR_MAX / 4 ? 0 : answer;
}

WORLD("A machine whose munmap accepts addresses that no process can have", .breaks = "munmap-31",
      .spares = "munmap-30 munmap-04", .munmap = accept);
