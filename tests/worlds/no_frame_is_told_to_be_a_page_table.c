/* SPDX-License-Identifier: MIT */
/* /proc/kpageflags marks no frame as a page table. */
#include <stdint.h>
#include <unistd.h>

#include "worlds/world.h"

static ssize_t get(int fd, void *buffer, size_t length, off_t offset)
{
	ssize_t got = pread(fd, buffer, length, offset);
	uint64_t *words = buffer;

	for (size_t i = 0; length > sizeof *words && i * sizeof *words < (size_t)got && got > 0;
	     i++) {
		words[i] &= ~(UINT64_C(1) << 26);
	}
	return got;
}

WORLD("A machine that tells of no page table", .breaks = "some_frames_are_tables",
      .spares = "no_frame_of_a_program_is_a_table", .by = "reading", .pread = get);
