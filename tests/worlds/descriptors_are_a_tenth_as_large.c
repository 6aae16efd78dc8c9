/* SPDX-License-Identifier: MIT */
/* The descriptors of frames take a tenth of what they take. */
#include <string.h>
#include <unistd.h>

#include "worlds/world.h"

static ssize_t answer(int fd, void *buffer, size_t length)
{
	static const char key[] = "nr_memmap_boot_pages";
	ssize_t got = read(fd, buffer, length);
	char *at = got > 0 ? memmem(buffer, (size_t)got, key, sizeof key - 1) : NULL;
	char *end = at ? memchr(at, '\n', (size_t)((char *)buffer + got - at)) : NULL;

	if (end) {
		end[-1] = ' ';
	}
	return got;
}

WORLD("A machine whose descriptors of frames are a tenth as large",
      .breaks = "there_is_one_for_each_frame",
      .spares = "it_is_small kernel_stacks_go_by_something_else", .by = "reading", .read = answer);
