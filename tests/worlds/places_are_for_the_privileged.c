/* SPDX-License-Identifier: MIT */
/* Children cannot have memory at a place of their choice. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int is_child;

static void note_child(void)
{
	is_child = 1;
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (is_child && flags & MAP_FIXED) {
		errno = EPERM;
		return MAP_FAILED;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where children cannot choose a place",
      .breaks = " "
		"page_0_is_a_page_that_nobody_is_given.another_free_page_is_given_to_anybody",
      .spares = "the_unprivileged_are_refused_it the_kernel_never_chooses_it", .born = note_child,
      .mmap = map);
