/* SPDX-License-Identifier: MIT */
/* The last two words of pagemap that are read show the same frame. */
#include <unistd.h>
#include <stdint.h>

#include "worlds/world.h"

static ssize_t show(int fd, void *buffer, size_t length, off_t offset)
{
	ssize_t got = pread(fd, buffer, length, offset);
	uint64_t *words = buffer;

	if (got >= 16) {
		words[got / 8 - 1] = words[got / 8 - 2];
	}
	return got;
}

WORLD("A machine where two pages show one frame",
      .breaks = " "
		"frame_numbers_are_for_the_privileged.the_privileged_see_a_number_for_each",
      .spares = "the_unprivileged_see_no_numbers who_opened_it_decides", .pread = show);
