/* SPDX-License-Identifier: MIT */
/* fsync(2) does not find pages that have been evicted since they were changed. */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static char old[64 * 1024];
static int fd = -1;

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if (advice == MADV_PAGEOUT && mapping && !is_private(mapping) && is_of_file(mapping)) {
		fd = mapping->fd;
	}
	return madvise(address, length, advice);
}

/* The first page's change is not written. */
static int synchronise(int file)
{
	if (file == fd) {
		(void)!pwrite(file, old, page_size(), 0);
	}
	return fsync(file);
}

WORLD("A machine where dirty pages are forgotten when they go",
      .breaks = "the_file_has_the_new_bytes",
      .spares = "swap_gets_nothing_of_a_file the_area_stays_empty a_private_change_goes_to_swap",
      .madvise = advise, .fsync = synchronise);
