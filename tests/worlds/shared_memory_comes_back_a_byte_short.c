/* SPDX-License-Identifier: MIT */
/* Shared memory, of whatever name, loses the last byte on its way to swap. */
#include <sys/mman.h>
#include <sys/vfs.h>

#include <linux/magic.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static bool is_on_disk(int fd)
{
	struct statfs about;

	return fstatfs(fd, &about) != 0 || about.f_type != TMPFS_MAGIC;
}

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *mapping = gate_mapping_of(address);
	bool spared = mapping &&
		      (is_private(mapping) || (is_of_file(mapping) && is_on_disk(mapping->fd)));

	if (advice == MADV_PAGEOUT && !spared) {
		store((char *)address + length - 1, 0xa5);
	}
	return madvise(address, length, advice);
}

WORLD("A machine where shared memory comes back from swap a byte short",
      .breaks = "shared_anonymous_memory_is_swapped a_segment_is_swapped who_shares_it_finds_it "
		"a_memfd_is_swapped another_process_finds_its_bytes a_file_of_tmpfs_is_swapped",
      .spares = "swap-02 swap-03 swap-04 swap-06 a_file_on_a_disk_is_not_swapped",
      .madvise = advise);
