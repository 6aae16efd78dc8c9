/* SPDX-License-Identifier: MIT */
/* When a hole is written back it is a hole again. */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static int fall_through(void *address, size_t length, int flags)
{
	const struct mapping *mapping = gate_mapping_of(address);
	int answer = msync(address, length, flags);

	if (answer == 0 && mapping && mapping->flags & MAP_SHARED && is_of_file(mapping)) {
		fallocate(mapping->fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
			  (off_t)page_size(), (off_t)(length - page_size()));
		fsync(mapping->fd);
	}
	return answer;
}

WORLD("A machine where what is stored into a hole falls through",
      .breaks = "a_store_into_a_hole_stays a_store_takes_blocks",
      .spares = "a_hole_reads_as_zeros loads_take_no_block msync-02", .msync = fall_through);
