/* SPDX-License-Identifier: MIT */
/* What is asked for as shared anonymous memory is private. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (flags & MAP_ANONYMOUS && (flags & MAP_TYPE) == MAP_SHARED) {
		flags = (flags & ~MAP_TYPE) | MAP_PRIVATE;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine whose shared anonymous memory is private",
      .breaks = "shared_anonymous_memory_is_one two_processes_talk_by_loads_and_stores "
		"who_stores_last_undoes_the_other "
		"atomic_steps_are_never_lost locked_steps_are_never_lost "
		"whole_steps_in_turn_are_not_lost what_is_shared_does_not_stay lazy-21 "
		"shared_memory_stays_one "
		"pages_first_touched_after_the_fork_obey_the_flag_too the_letter_tells_the_kind "
		"the_flags_tell_it_too",
      .spares = "lazy-04 lazy-05 shared_memory_is_zero a_shared_file_mapping_stays_one "
		"a_shared_view_for_readers_has_the_letter_only",
      .mmap = map);
