/* SPDX-License-Identifier: MIT */
/* A refusal is told as other calls tell it, by -1 and errno. */
#include <errno.h>
#include <stdlib.h>

#include "worlds/world.h"

static int allocate(void **memory, size_t alignment, size_t length)
{
	int error = posix_memalign(memory, alignment, length);

	errno = error;
	return error ? -1 : 0;
}

WORLD("A machine whose posix_memalign answers -1", .breaks = "other_doors_are_shut_alike",
      .spares = "a_refusal_is_passed_on", .posix_memalign = allocate);
