/* SPDX-License-Identifier: MIT */
/* One child uses the very same shared memory. Those that are forked after it get a copy. */
#include <string.h>
#include <sys/mman.h>

#include "worlds/gate.h"

static unsigned children;

static void count(pid_t child)
{
	(void)child;
	children++;
}

static void part(const struct mapping *mapping)
{
	if (mapping->flags & MAP_SHARED && mapping->protection & PROT_WRITE) {
		char *copy = mmap(NULL, mapping->length, PROT_READ | PROT_WRITE,
				  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		memcpy(copy, mapping->start, mapping->length);
		mremap(copy, mapping->length, mapping->length, MREMAP_MAYMOVE | MREMAP_FIXED,
		       mapping->start);
	}
}

static void part_later_children(void)
{
	if (children > 0) {
		gate_each_mapping(part);
	}
}

WORLD("A machine where only the first child shares memory with its parent",
      .breaks = "shared_memory_stays_one a_shared_file_mapping_stays_one"
		" fork_is_cheap_but_not_free.shared_memory_is_forked_for_nothing",
      .spares = "private_memory_becomes_two pages_first_touched_after_the_fork_obey_the_flag_too "
		"other_processes_keep_their_mapping",
      .born = part_later_children, .forked = count);
