/* SPDX-License-Identifier: MIT */
/* munmap accepts a part of a huge page, and leaves it. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/gate.h"

static int accept(void *address, size_t length)
{
	const struct mapping *area = gate_mapping_of(address);
	int answer = munmap(address, length);

	return answer != 0 && errno == EINVAL && area && area->flags & MAP_HUGETLB ? 0 : answer;
}

WORLD("A machine whose munmap accepts a part of a huge page", .breaks = "munmap-32",
      .spares = "an_unknown_size_is_refused mmap-16 munmap-04", .munmap = accept);
