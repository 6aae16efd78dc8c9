/* SPDX-License-Identifier: MIT */
/* The sentence taken literally: fork makes every area copy-on-write, the shared ones as well. */
#include <string.h>
#include <sys/mman.h>

#include "worlds/acts.h"

static void part(const struct mapping *mapping)
{
	if ((mapping->flags & MAP_TYPE) != MAP_SHARED || is_of_file(mapping) ||
	    !(mapping->protection & PROT_WRITE)) {
		return;
	}

	char *copy = mmap(NULL, mapping->length, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	memcpy(copy, mapping->start, mapping->length);
	mremap(copy, mapping->length, mapping->length, MREMAP_MAYMOVE | MREMAP_FIXED,
	       mapping->start);
}

static void part_all(void)
{
	gate_each_mapping(part);
}

WORLD("A machine whose fork makes shared memory private",
      .breaks = "one_frame_is_behind_inherited_memory shared_pages_have_one_frame fork-08 "
		"shared_memory_stays_one a_shared_page_shows_the_last_writer "
		"shared_frames_belong_to_all"
		" a_child_begins_with_its_parents_memory.shared_memory_has_no_moment_of_the_fork "
		"each_written_page_is_copied_once.a_writer_of_shared_memory_stays "
		"generations_part_one_by_one.shared_memory_has_no_generations "
		"one_memory_has_many_addresses.a_child_inherits_the_address",
      .spares = "fork-03 fork-04 fork-07", .born = part_all);
