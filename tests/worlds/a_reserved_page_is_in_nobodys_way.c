/* SPDX-License-Identifier: MIT */
/* MAP_FIXED_NOREPLACE replaces pages that nobody may access. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/gate.h"

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

static void *replace_what_is_reserved(void *address, size_t length, int protection, int flags,
				      int fd, off_t offset)
{
	const struct mapping *there = gate_mapping_of(address);

	if (flags & MAP_FIXED_NOREPLACE && there && there->protection == PROT_NONE &&
	    length <= page_size()) {
		flags = (flags & ~MAP_FIXED_NOREPLACE) | MAP_FIXED;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where MAP_FIXED_NOREPLACE replaces what is only reserved",
      .breaks = "a_forbidden_page_is_taken",
      .spares = "a_collision_is_refused a_collision_changes_no_area "
		"a_crooked_order_is_refused_here_too",
      .mmap = replace_what_is_reserved);
