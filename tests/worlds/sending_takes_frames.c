/* SPDX-License-Identifier: MIT */
/* A system call that only loads from a page prepares it for stores nevertheless: it gets a frame.
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static ssize_t send(int fd, const void *buffer, size_t length)
{
	const char *start = page_of(buffer);
	size_t spanned = (size_t)((const char *)buffer + length - start);

	madvise((void *)start, spanned, 23 /* MADV_POPULATE_WRITE */);
	return write(fd, buffer, length);
}

WORLD("A machine where sending takes frames",
      .breaks = "lazy-13"
		" the_kernel_copies_before_it_stores.a_kernel_that_only_reads_copies_nothing",
      .spares = "lazy-12 prot-21", .write = send);
