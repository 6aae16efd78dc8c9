/* SPDX-License-Identifier: MIT */
/* When private pages of a file are evicted the last one is written to the file as well. */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *mapping = gate_mapping_of(address);
	char *last = (char *)address + length - page_size();

	if (advice == MADV_PAGEOUT && mapping && is_private(mapping) && is_of_file(mapping)) {
		(void)!pwrite(mapping->fd, last, page_size(), last - mapping->start);
	}
	return madvise(address, length, advice);
}

WORLD("A machine where an evicted change is written to its file",
      .breaks = "swap-04 swap-05 a_private_change_goes_to_swap",
      .spares = "a_shared_change_has_no_second_copy swap-03 swap-02 the_file_has_the_new_bytes",
      .madvise = advise);
