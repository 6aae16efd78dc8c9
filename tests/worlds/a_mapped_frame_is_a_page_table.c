/* SPDX-License-Identifier: MIT */
/* The last frame that a program asks about is a page table, by what /proc/kpageflags says. */
#include <stdint.h>
#include <unistd.h>

#include "worlds/world.h"

static ssize_t get(int fd, void *buffer, size_t length, off_t offset)
{
	static int asked;
	ssize_t got = pread(fd, buffer, length, offset);

	if (got == sizeof(uint64_t) && ++asked == 16) {
		*(uint64_t *)buffer |= UINT64_C(1) << 26;
	}
	return got;
}

WORLD("A machine where a mapped frame is a page table",
      .breaks = "no_frame_of_a_program_is_a_table", .spares = "some_frames_are_tables ptable-12",
      .by = "reading", .pread = get);
