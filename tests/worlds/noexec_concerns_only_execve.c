/* SPDX-License-Identifier: MIT */
/* What lies on a mount with noexec can be mapped to be executed. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static void *permit(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	return area == MAP_FAILED && errno == EPERM && protection & PROT_EXEC
		       ? mmap(address, length, PROT_READ, flags, fd, offset)
		       : area;
}

WORLD("A machine where noexec does not concern mmap",
      .breaks = "where_nothing_runs_nothing_is_mapped_to_run.where_nothing_runs_nothing_is_mapped_"
		"to_run",
      .spares = "elsewhere_it_can_be_mapped_to_run mmap-23 map-08", .mmap = permit);
