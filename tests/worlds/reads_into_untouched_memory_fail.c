/* SPDX-License-Identifier: MIT */
/*
 * The kernel does not fault in the program's name: a read into memory that is not there yet is
 * refused with EFAULT.
 */
#include <errno.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static bool all_there(char *buffer, size_t length)
{
	unsigned char there;

	for (char *p = page_of(buffer); length > 0 && p < buffer + length; p += page_size()) {
		if (mincore(p, page_size(), &there) != 0 || !(there & 1)) {
			return false;
		}
	}
	return true;
}

static ssize_t fill(int fd, void *buffer, size_t length, off_t offset)
{
	if (!all_there(buffer, length)) {
		errno = EFAULT;
		return -1;
	}
	return pread(fd, buffer, length, offset);
}

WORLD("A machine that reads into no memory that is untouched", .breaks = "lazy-12",
      .spares = "lazy-13 a_page_first_written_by_the_kernel_is_zero prot-21", .pread = fill);
