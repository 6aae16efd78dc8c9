/* SPDX-License-Identifier: MIT */
/* What is stored into a shared mapping of a file is kept by whoever stored it. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *keep_apart(void *address, size_t length, int protection, int flags, int fd,
			off_t offset)
{
	if (!(flags & MAP_ANONYMOUS) && (flags & MAP_TYPE) == MAP_SHARED) {
		flags = (flags & ~MAP_TYPE) | MAP_PRIVATE;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where shared mappings of files are private",
      .breaks =
	      "a_shared_file_mapping_stays_one a_shared_write_reaches_everybody "
	      "all_windows_show_one_object vma-08"
	      " known_frames_come_back_empty.frames_that_were_kept_hold_their_bytes "
	      "shared_memory_is_zero_where_nobody_wrote.what_was_written_stays "
	      "a_mapping_needs_a_fitting_descriptor.who_may_do_both_may_map_either_way "
	      "a_copy_is_one_page.a_shared_page_is_not_copied "
	      "a_private_file_page_is_lent_until_written.a_shared_page_stays_the_files "
	      "one_file_is_one_through_every_descriptor an_object_that_is_opened_again_is_not_new",
      .spares = "shared_memory_stays_one a_private_write_reaches_nobody map-01 "
		"one_of_the_flags_must_be_given",
      .mmap = keep_apart);
