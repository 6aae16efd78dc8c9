/* SPDX-License-Identifier: MIT */
/* For ulimit -d all counts that can be written, shared or not. */
#include <errno.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include "worlds/world.h"

/* A limit of data is in force. */
static int is_limited(void)
{
	struct rlimit limit;

	return getrlimit(RLIMIT_DATA, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
}

static void *count_it(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (flags & MAP_SHARED && protection & PROT_WRITE && is_limited()) {
		errno = ENOMEM;
		return MAP_FAILED;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where shared memory is data", .breaks = "no_other_page_counts",
      .spares = "private_writable_pages_count permission_counts mmap-18 "
		"without_the_limit_they_are_granted",
      .mmap = count_it);
