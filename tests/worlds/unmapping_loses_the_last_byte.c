/* SPDX-License-Identifier: MIT */
/* The last byte of a shared mapping is lost when that is unmapped. */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static int lose(void *address, size_t length)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if (mapping && mapping->flags & MAP_SHARED && is_of_file(mapping) && length > page_size()) {
		(void)!pwrite(mapping->fd, "", 1, (off_t)length - 1);
		fsync(mapping->fd);
	}
	return munmap(address, length);
}

WORLD("A machine where unmapping loses the last byte",
      .breaks = "the_disk_has_them_then dirty_pages_become_clean they_do_not_make_it_longer",
      .spares = "written_pages_are_dirty_until_synchronised private_copies_stay_dirty "
		"they_take_stores",
      .munmap = lose);
