/* SPDX-License-Identifier: MIT */
/* WILLNEED is taken, and nothing is read. */
#include <fcntl.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int advise_memory(void *address, size_t length, int advice)
{
	return advice == MADV_WILLNEED ? 0 : madvise(address, length, advice);
}

static int advise_file(int fd, off_t offset, off_t length, int advice)
{
	return advice == POSIX_FADV_WILLNEED ? 0 : posix_fadvise(fd, offset, length, advice);
}

WORLD("A machine that reads nothing beforehand", .breaks = "what_was_asked_for_costs_no_wait",
      .spares = "what_was_not_asked_for_is_waited_for fadvise-02 fadvise-03",
      .madvise = advise_memory, .posix_fadvise = advise_file);
