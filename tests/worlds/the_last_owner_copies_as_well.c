/* SPDX-License-Identifier: MIT */
/* Every first write after a fork moves the writer, even when nobody else has the frame. */
#include <string.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static void move(char *page)
{
	char *copy = mmap(NULL, page_size(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			  -1, 0);

	memcpy(copy, page, page_size());
	mremap(copy, page_size(), page_size(), MREMAP_MAYMOVE | MREMAP_FIXED, page);
}

static void watch_all(void)
{
	watch_private(PROT_READ, move);
}

static void watch_parent(pid_t child)
{
	(void)child;
	watch_all();
}

WORLD("A machine on which the last owner of a frame copies it, too",
      .breaks = "who_survives_keeps_the_frames who_took_a_copy_owns_nothing_here_any_more "
		"the_last_owner_may_be_the_child the_parent_keeps_the_frames_the_device_knows",
      .spares = "fork-04 cow-03 cow-07 the_early_copy_is_no_different_one", .born = watch_all,
      .forked = watch_parent);
