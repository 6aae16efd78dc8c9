/* SPDX-License-Identifier: MIT */
/* What was read of a file leaves memory when the mapping does, or with the end of the read. */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "worlds/acts.h"

static int drop_mapping(void *address, size_t length)
{
	const struct mapping *mapping = gate_mapping_of(address);
	int fd = mapping && is_of_file(mapping) ? mapping->fd : -1,
	    answer = munmap(address, length);

	posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	return answer;
}

static ssize_t drop_read(int fd, void *buffer, size_t length, off_t offset)
{
	ssize_t got = pread(fd, buffer, length, offset);

	posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	return got;
}

WORLD("A machine that keeps nothing of a file", .breaks = "mapfile-15",
      .spares = "without_the_cache_it_waits_again a_load_of_an_absent_page_is_a_wait mapfile-01",
      .munmap = drop_mapping, .pread = drop_read);
