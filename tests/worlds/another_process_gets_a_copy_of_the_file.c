/* SPDX-License-Identifier: MIT */
/* Each process has a page cache of its own: what a child maps of a file is a copy of it. */
#include <stdbool.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static bool is_child;

static void born(void)
{
	is_child = true;
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	static char bytes[64 * 1024];
	int copy = is_child && fd >= 0 ? memfd_create("copy", MFD_CLOEXEC) : -1;

	if (copy < 0) {
		return mmap(address, length, protection, flags, fd, offset);
	}
	for (size_t at = 0; at < length; at += page_size()) {
		ssize_t got = pread(fd, bytes, page_size(), offset + (off_t)at);

		arrange(got > 0 && pwrite(copy, bytes, (size_t)got, (off_t)at) == got);
	}
	return mmap(address, length, protection, flags, copy, 0);
}

WORLD("A machine where another process gets a copy of the file",
      .breaks = "both_have_the_same_frames"
		" who_maps_a_file_second_finds_its_frames.a_private_copy_has_a_frame_of_its_own",
      .spares = "fault-08 fault-20 fault-22 vma-11", .born = born, .mmap = map);
