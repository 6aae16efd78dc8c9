/* SPDX-License-Identifier: MIT */
/* For ulimit -v MAP_FIXED counts all of its pages, though it replaces some. */
#include <errno.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include <touchstone/residency.h>

#include "worlds/world.h"

static void *count_all(void *address, size_t length, int protection, int flags, int fd,
		       off_t offset)
{
	struct rlimit limit;

	if (flags & MAP_FIXED && getrlimit(RLIMIT_AS, &limit) == 0 &&
	    limit.rlim_cur != RLIM_INFINITY && status_bytes("VmSize") + length > limit.rlim_cur) {
		errno = ENOMEM;
		return MAP_FAILED;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where a replacement counts as new", .breaks = "a_replacement_counts_nothing",
      .spares = "every_page_counts what_is_there_stays mmap-19", .mmap = count_all);
