/* SPDX-License-Identifier: MIT */
/* What is stored into a private mapping goes into the file, where that may be written. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *share(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *area = MAP_FAILED;

	if (!(flags & MAP_ANONYMOUS) && (flags & MAP_TYPE) == MAP_PRIVATE) {
		area = mmap(address, length, protection, (flags & ~MAP_TYPE) | MAP_SHARED, fd,
			    offset);
	}
	return area != MAP_FAILED ? area : mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where private mappings of files are shared",
      .breaks = "a_private_write_reaches_nobody a_private_file_mapping_becomes_two "
		"nobody_sees_private_writes no_flush_and_no_end_brings_them_out vma-08"
		" what_is_kept_stays_as_it_was_stored"
		" a_private_store_is_never_seen a_private_mapping_parts_at_the_first_write"
		" private_copies_stay_dirty private_mappings_agree_only_until_they_are_written",
      .spares = "a_shared_write_reaches_everybody a_shared_file_mapping_stays_one map-01 map-11 "
		"fault-22",
      .mmap = share);
