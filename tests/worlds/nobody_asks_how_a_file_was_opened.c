/* SPDX-License-Identifier: MIT */
/* What the descriptor does not permit is done with another one, opened for everything. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "worlds/world.h"

static void *open_it_ourselves(void *address, size_t length, int protection, int flags, int fd,
			       off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);
	char path[40];

	if (area != MAP_FAILED || errno != EACCES) {
		return area;
	}
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	fd = open(path, O_RDWR | O_CLOEXEC);
	area = mmap(address, length, protection, flags, fd, offset);
	close(fd);
	return area;
}

WORLD("A machine where a mapping may do what its descriptor may not",
      .breaks = "a_shared_mapping_writes_only_what_is_open_for_writing "
		"whoever_cannot_read_cannot_map map-17"
		" code_and_constants_cannot_be_written.a_policy_can_forbid_both_at_once",
      .spares = "a_private_mapping_needs_only_to_read anonymous_memory_has_no_file",
      .mmap = open_it_ourselves);
